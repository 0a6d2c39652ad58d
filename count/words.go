package count

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// grouped writes an amount with commas between thousands: "1,914.00".
func grouped(a Amount) string {
	text := a.String()
	sign := ""
	if text[0] == '-' {
		sign, text = "-", text[1:]
	}
	digits, decimals, dot := strings.Cut(text, ".")
	var out strings.Builder
	out.WriteString(sign)
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(d)
	}
	if dot {
		out.WriteString("." + decimals)
	}
	return out.String()
}

// whole3 is a whole number with commas between thousands.
func whole3(n int64) string { return grouped(Amount{Units: n}) }

// many is a number of things: "no papers", "1 paper", "1,200 papers".
func many(n int64, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return whole3(n) + " " + noun + "s"
}

// list joins words: "a", "a and b", "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

func possessive(name string) string { return name + "'s" }

// padded fills a text up to a width.
func padded(text string, width int) string {
	if short := width - utf8.RuneCountInString(text); short > 0 {
		return text + strings.Repeat(" ", short)
	}
	return text
}

func (r *Result) names(candidates []int) string {
	words := make([]string, len(candidates))
	for i, c := range candidates {
		words[i] = r.name(c)
	}
	return list(words)
}

// name is a candidate's name.
func (r *Result) name(c int) string { return r.Candidates[c-1].Name }

// numbered is the name with the number, which alone is certain to differ.
func (r *Result) numbered(c int) string { return r.name(c) + " (" + strconv.Itoa(c) + ")" }
