package keys

import (
	_ "embed"
	"encoding/hex"
	"strings"

	"commonweal/belenios"
)

//go:embed words.txt
var wordList string

var vocabulary = strings.Fields(wordList)

// fingerprintWords is how many words are compared: 128 bits, because a keyholder and the
// server who worked together could try many keys.
const fingerprintWords = 16

// Words are the words by which people compare a key: one word of 256 for each of the
// first 16 bytes of the SHA-256 of its trustees. A keyholder's program makes them of
// the bytes that it verified itself.
func Words(trustees []byte) []string { return wordsOf(belenios.HashOf(trustees).String()) }

// wordsOf are the words of a hash in hexadecimal digits, none of no hash.
func wordsOf(hash string) []string {
	b, err := hex.DecodeString(hash)
	if err != nil || len(b) < fingerprintWords {
		return nil
	}
	var out []string
	for _, x := range b[:fingerprintWords] {
		out = append(out, vocabulary[x])
	}
	return out
}

// Vocabulary are the 256 words, in order.
func Vocabulary() []string { return append([]string(nil), vocabulary...) }
