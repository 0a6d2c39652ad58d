// Package readtest measures how hard a sentence is to read, for the tests of rooms whose
// words everybody must understand.
package readtest

import "strings"

// Age is the grade of Flesch and Kincaid plus five years. Figures and names of
// months count as words of two syllables; a colon or semicolon ends a stretch as a full
// stop does.
func Age(text string) float64 {
	words, syllables := 0, 0
	for _, w := range strings.Fields(text) {
		w = strings.ToLower(strings.Trim(w, ".,;:()%"))
		if w == "" {
			continue
		}
		words++
		syllables += beats(w)
	}
	stops := max(1, strings.Count(text, ".")-strings.Count(text, "0.")+strings.Count(text, ";")+strings.Count(text, ": "))
	for i := range len(text) - 2 { // a point between digits ends nothing
		if text[i+1] == '.' && text[i] >= '0' && text[i] <= '9' && text[i+2] >= '0' && text[i+2] <= '9' && text[i] != '0' {
			stops--
		}
	}
	stops = max(1, stops)
	return 0.39*float64(words)/float64(stops) + 11.8*float64(syllables)/float64(words) - 15.59 + 5
}

func beats(word string) int {
	n, vowel := 0, false
	for _, r := range word {
		is := strings.ContainsRune("aeiouy", r)
		if is && !vowel {
			n++
		}
		vowel = is
	}
	if strings.HasSuffix(word, "e") && n > 1 {
		n--
	}
	return max(1, n)
}
