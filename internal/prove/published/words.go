package published

import (
	"strconv"
	"strings"
)

// clause counts those beyond every one of a group: "two score higher than any
// community trust".
func clause(n int, verb [2]string, group string) string {
	if n == 0 {
		return ""
	}
	return counted(n, verb) + " than any " + group
}

// counted puts a number before its verb, and nothing for none.
func counted(n int, verb [2]string) string {
	if n == 0 {
		return ""
	}
	return numeral(n) + " " + plural(n, verb[0], verb[1])
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func joined(clauses []string) string {
	kept := clauses[:0:0]
	for _, c := range clauses {
		if c != "" {
			kept = append(kept, c)
		}
	}
	return strings.Join(kept, "; ")
}

// numeral writes a small number as a word.
func numeral(n int) string {
	words := []string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
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
	return strconv.Itoa(n) + ending
}

func capital(s string) string {
	return strings.ToUpper(s[:1]) + s[1:]
}

// printed reads a figure back as it is printed, so that a difference between
// two printed figures is the one that a reader works out.
func printed(s string) float64 {
	v, _ := strconv.ParseFloat(strings.Replace(s, "\u2212", "-", 1), 64)
	return v
}
