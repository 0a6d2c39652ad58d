package stafflist

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold reduces text to what people would call the same: letters and digits in
// lower case, without accents, words divided by one space. "&" reads "and".
func fold(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
			// An accent or apostrophe does not divide a word.
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case r == '&':
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString("and")
			gap = true
		default:
			gap = true
		}
	}
	return b.String()
}

// plain reports whether folding would change nothing.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// words folds a heading, dividing it also where the case changes: "HireDate" and
// "Hire Date" give the same words.
func words(heading string) []string {
	var b strings.Builder
	var before rune
	runes := []rune(heading)
	for i, r := range runes {
		nextLower := i+1 < len(runes) && unicode.IsLower(runes[i+1])
		if unicode.IsUpper(r) && (unicode.IsLower(before) || unicode.IsUpper(before) && nextLower) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		before = r
	}
	return strings.Fields(fold(b.String()))
}

// joined is the heading as one word, so that "Payscale" and "Pay Scale" agree.
func joined(heading string) string { return strings.Join(words(heading), "") }

// distance counts the letters to add, drop, change or swap with a neighbour to
// turn a into b. It gives up above limit and returns limit+1.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	two, one, now := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now[0] = i
		best := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			now[j] = min(one[j]+1, now[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], two[j-2]+1)
			}
			best = min(best, now[j])
		}
		if best > limit {
			return limit + 1
		}
		two, one, now = one, now, two
	}
	return min(one[len(y)], limit+1)
}

// tolerance is how many slips a word of this length may hold and still be meant.
func tolerance(s string) int {
	switch n := len([]rune(s)); {
	case n <= 3:
		return 0
	case n <= 6:
		return 1
	case n <= 12:
		return 2
	default:
		return 3
	}
}
