package comment

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Term is a word that one set of comments has more often than another.
type Term struct {
	Word string // as most people wrote it
	// Of and Against are how many comments have it in each set.
	Of, Against int
	// Keyness is the likelihood ratio of the two rates (Dunning 1993). Above
	// 10.8 chance alone would give it once in a thousand words.
	Keyness float64
}

// Keyness lists the words that the comments of one set have more often than
// those of the other, the most telling first, at most so many. A comment
// counts once for each word, however often it has it, so that nobody makes a
// word key by repeating it; and a word in fewer than least comments of the set
// is left out, so that no word points to a few people.
//
// Give it scrubbed comments. What stands for something taken out is left out.
func Keyness(of, against []string, least, most int) ([]Term, error) {
	if least < 2 || most < 1 {
		return nil, fmt.Errorf("keyness: words of at least %d comments, at most %d words", least, most)
	}
	if len(of) == 0 || len(against) == 0 {
		return nil, fmt.Errorf("keyness: %d comments against %d", len(of), len(against))
	}
	in, spelt := have(of)
	out, _ := have(against)
	var list []Term
	for _, s := range slices.Sorted(maps.Keys(in)) {
		a, b := in[s], out[s]
		if a < least || a*len(against) <= b*len(of) {
			continue
		}
		list = append(list, Term{Word: usual(spelt[s]), Of: a, Against: b, Keyness: ratio(a, len(of), b, len(against))})
	}
	slices.SortStableFunc(list, func(a, b Term) int {
		switch {
		case a.Keyness > b.Keyness:
			return -1
		case a.Keyness < b.Keyness:
			return 1
		}
		return strings.Compare(a.Word, b.Word)
	})
	return list[:min(most, len(list))], nil
}

// have counts the comments that have each stem, and the ways it is written.
func have(comments []string) (in map[string]int, spelt map[string]map[string]int) {
	in, spelt = map[string]int{}, map[string]map[string]int{}
	for _, c := range comments {
		once := map[string]bool{}
		for _, w := range words(c) {
			form := plain(w.folded)
			s := stem(form)
			if w.held || stop[s] || len(s) < 3 || once[s] {
				continue
			}
			once[s] = true
			in[s]++
			if spelt[s] == nil {
				spelt[s] = map[string]int{}
			}
			spelt[s][form]++
		}
	}
	return in, spelt
}

// usual is the form that most comments have, the first by spelling of several.
func usual(forms map[string]int) string {
	best := ""
	for _, f := range slices.Sorted(maps.Keys(forms)) {
		if best == "" || forms[f] > forms[best] {
			best = f
		}
	}
	return best
}

// ratio is twice the log likelihood ratio of a of n against b of m having one
// rate or two.
func ratio(a, n, b, m int) float64 {
	rate := float64(a+b) / float64(n+m)
	part := func(k, n int) float64 {
		return surely(k, float64(n)*rate) + surely(n-k, float64(n)*(1-rate))
	}
	return 2 * (part(a, n) + part(b, m))
}

func surely(seen int, expected float64) float64 {
	if seen == 0 {
		return 0
	}
	return float64(seen) * math.Log(float64(seen)/expected)
}
