// Package readtest measures how hard a sentence is to read, for the tests of rooms whose
// words everybody must understand.
package readtest

import "strings"

// Age is the grade of Flesch and Kincaid plus five years. A colon or semicolon ends a stretch as a full
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
	stops := max(1, ends(text))
	return 0.39*float64(words)/float64(stops) + 11.8*float64(syllables)/float64(words) - 15.59 + 5
}

// ends counts what ends a stretch. A point between digits ends nothing.
func ends(text string) (n int) {
	digit := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9' }
	for i := range len(text) {
		switch text[i] {
		case ';', '?':
			n++
		case ':':
			if i+1 < len(text) && text[i+1] == ' ' {
				n++
			}
		case '.':
			if !digit(i-1) || !digit(i+1) {
				n++
			}
		}
	}
	return n
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
