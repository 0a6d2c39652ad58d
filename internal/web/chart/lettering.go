package chart

import (
	"strconv"
	"strings"
)

// textWidth is the most that a text takes up in the fonts that may stand in
// (Source Sans 3 or Arial). It rests on the widths of classes of letters in
// Arial, the wider of the two.
func textWidth(s string, size float64, heavy bool) float64 {
	em := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("ijl.,:;'|! I", r):
			em += 0.28
		case strings.ContainsRune("frt()-[]/\u2019", r):
			em += 0.36
		case strings.ContainsRune("mwMW%&@", r):
			em += 0.89
		case r >= 'A' && r <= 'Z':
			em += 0.70
		default:
			em += 0.556
		}
	}
	if heavy {
		em *= 1.07
	}
	return em * size
}

// wrap breaks a text into as few lines as it needs at the given width, and
// those lines as even as they can be. A word that is too long for a line by
// itself is cut and ends in an ellipsis: its whole stands in the table.
func wrap(s string, width, size float64, heavy bool) []string {
	lines := fill(s, width, size, heavy)
	for narrower := width - 4; narrower > width/2; narrower -= 4 {
		tighter := fill(s, narrower, size, heavy)
		if len(tighter) > len(lines) || strings.Contains(strings.Join(tighter, ""), "…") {
			break
		}
		lines = tighter
	}
	return lines
}

// fill makes each line as full as can be.
func fill(s string, width, size float64, heavy bool) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		word = fit(word, width, size, heavy)
		switch longer := strings.TrimSpace(line + " " + word); {
		case line == "" || textWidth(longer, size, heavy) <= width:
			line = longer
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

func fit(word string, width, size float64, heavy bool) string {
	if textWidth(word, size, heavy) <= width {
		return word
	}
	letters := []rune(word)
	for len(letters) > 1 && textWidth(string(letters)+"…", size, heavy) > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// written formats a figure: with the given decimals from a hundred answers or
// where the answers are not counted, with one less below that.
func written(v float64, decimals, answers int, unit string) string {
	if answers > 0 && answers < 100 && decimals > 0 {
		decimals--
	}
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		s = "\u2212" + rest
		if strings.Trim(rest, "0.") == "" {
			s = rest
		}
	}
	return s + unit
}

// grouped puts commas between the thousands of a figure that is written already, with a
// sign before it and fractions and a unit after it.
func grouped(s string) string {
	first := strings.IndexFunc(s, func(r rune) bool { return r >= '0' && r <= '9' })
	if first < 0 {
		return s
	}
	last := first
	for last < len(s) && s[last] >= '0' && s[last] <= '9' {
		last++
	}
	for i := last - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// thousands writes a count with commas: 28,074.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
