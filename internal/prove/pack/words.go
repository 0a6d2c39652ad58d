package pack

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"commonweal/internal/prove/indicator"
	"commonweal/law"
)

// Forbidden are words that say or hint that one thing brought about another. No sentence
// of this package holds one: what a board may conclude is in the three grades.
var Forbidden = []string{
	"cause", "caused", "causes", "causing", "because of", "because", "led to", "leads to", "lead to", "due to the", "thanks to", "owing to", "improved by", "reduced by",
	"results from", "resulted", "result of", "as a result", "brought about", "drives", "drove", "driven", "proves", "proved", "proof that", "shows that it works", "works", "effective",
	"impact", "effect", "no effect", "no difference", "success", "failure", "attributable", "achieved", "thereby", "consequently",
}

var forbidden = regexp.MustCompile(`(?i)\b(` + strings.Join(Forbidden, "|") + `)\b`)

// Found is the first forbidden word in a sentence; "" where there is none. "Cause" is
// allowed in the one heading that asks what can be said about it.
func Found(sentence string) string { return forbidden.FindString(sentence) }

// value writes a figure of a measure with its unit.
func value(d indicator.Definition, v float64) string { return with(d, v, d.Decimals) }

func with(d indicator.Definition, v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.HasPrefix(s, "-") {
		s = s[1:]
		if strings.Trim(s, "0.") != "" {
			s = "\u2212" + s
		}
	}
	switch {
	case d.Unit == "":
		return s
	case d.Unit == "%":
		return s + "%"
	}
	return s + " " + d.Unit
}

// target writes the target with the digits that it was given.
func target(d indicator.Definition, text string) string {
	_, fraction, _ := strings.Cut(text, ".")
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return with(d, v, len(fraction))
}

var isoDay = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// spoken is a text of the library in which days are named by the periods that begin on
// them, as people say them.
func spoken(d indicator.Definition, text string) string {
	return isoDay.ReplaceAllStringFunc(text, func(iso string) string {
		day, err := law.ParseDate(iso)
		if err != nil {
			return iso
		}
		return d.FromWords(day)
	})
}

var numerals = []string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// numeral writes a small number as a word.
func numeral(n int) string {
	if n >= 0 && n < len(numerals) {
		return numerals[n]
	}
	return strconv.Itoa(n)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func ordinal(n int) string {
	ending := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, ending)
}

func begin(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}
