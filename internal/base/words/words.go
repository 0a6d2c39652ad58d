// Package words writes a hash as four plain English words, so that two people
// can compare it over a telephone or on paper.
//
// The four words carry the first 40 bits of the hash, ten bits a word, most
// significant first: word i is the entry of the list with the number
// hash[10i:10i+10], counted from 0. That is enough to notice a head or a
// tracker that is not the one expected. It is not enough to stand in for the
// hash where somebody can search for a second input with the same words, which
// takes 2^40 tries: the full hash decides, the words only help people look.
//
// The list has 1,024 words of four to eight letters. No two share their first
// four letters, so four letters tell a word; no two are one letter or one
// exchange of neighbours apart; and words that sound like another word, are
// spelled in two ways, or belong to medicine, to a brand or to an insult were
// left out. Words are printed on receipts, so the list never changes.
package words

import (
	_ "embed"
	"fmt"
	"strings"
)

// Bits is how much of a hash the four words carry.
const Bits = 40

const (
	size     = 1024
	wordBits = 10
	stem     = 4 // letters that tell a word from all others
)

//go:embed list.txt
var text string

var (
	list   = strings.Fields(text)
	byStem = index(list)
)

func index(list []string) map[string]int {
	m := make(map[string]int, len(list))
	for i, w := range list {
		m[w[:stem]] = i
	}
	return m
}

// Four returns the words for the first 40 bits of a hash. It panics when hash
// is shorter than five bytes, which is a fault of the program.
func Four(hash []byte) [4]string {
	var n uint64
	for _, b := range hash[:Bits/8] {
		n = n<<8 | uint64(b)
	}
	var out [4]string
	for i := range out {
		shift := Bits - wordBits*(i+1)
		out[i] = list[n>>shift&(size-1)]
	}
	return out
}

// Text is [Four] as people write it: four words with a space between.
func Text(hash []byte) string {
	four := Four(hash)
	return strings.Join(four[:], " ")
}

// Parse reads four words as somebody types them and returns the 40 bits. Case
// does not matter; the words may be parted by spaces, hyphens, full stops or
// commas; the first four letters of a word are enough, and what follows them
// must be the rest of that word as far as it goes.
func Parse(s string) ([Bits / 8]byte, error) {
	var out [Bits / 8]byte
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return strings.ContainsRune(" \t\r\n-.,", r)
	})
	if len(parts) != len(Four(out[:])) {
		return out, fmt.Errorf("four words are needed, not %d", len(parts))
	}
	var n uint64
	for _, p := range parts {
		i, err := number(p)
		if err != nil {
			return out, err
		}
		n = n<<wordBits | uint64(i)
	}
	for i := range out {
		out[i] = byte(n >> (Bits - 8*(i+1)))
	}
	return out, nil
}

func number(word string) (int, error) {
	if len(word) >= stem {
		if i, ok := byStem[word[:stem]]; ok && strings.HasPrefix(list[i], word) {
			return i, nil
		}
	}
	const shown = 20
	if len(word) > shown {
		word = word[:shown]
	}
	return 0, fmt.Errorf("word %q is not in the list", word)
}
