package stafflist

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The words of this package that people read are plain English after the voice of
// the product: what is wrong, then what to do. A value from the file stands
// between curly marks, short and printable.

// quoted shows a value from the file.
func quoted(s string) string { return "“" + shown(s) + "”" }

// shown makes a value fit to show: no sensitive number, nothing unprintable, not long.
func shown(s string) string {
	s, removed := withoutNINumbers(s)
	if removed && s == "" {
		return "(not shown)"
	}
	return clip(strings.Map(func(r rune) rune {
		if unprintable(r) {
			return '□'
		}
		return r
	}, s))
}

// tidy is a cell as people mean it: composed letters, single spaces, none at the
// ends. Line breaks and tabs inside a cell are spaces.
func tidy(s string) string {
	if tidied(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(norm.NFC.String(s), func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u00a0' || r == '\u202f'
	}), " ")
}

// tidied reports quickly that s is ASCII without a space to mend.
func tidied(s string) bool {
	gap := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x80 || c < ' ':
			return false
		case c == ' ':
			if gap {
				return false
			}
			gap = true
		default:
			gap = false
		}
	}
	return !gap || s == ""
}

// unprintable reports a character that has no place in a name or a title: control
// characters, those that turn the direction of text, and invisible ones.
func unprintable(r rune) bool {
	switch {
	case unicode.IsControl(r):
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r >= 0x200b && r <= 0x200f, r == 0x2028, r == 0x2029, r == 0xfeff:
		return true
	}
	return false
}

// list joins headings for a sentence.
func list(items []string) string {
	quoted := make([]string, len(items))
	for i, item := range items {
		quoted[i] = "“" + shown(item) + "”"
	}
	return and(quoted)
}

// and joins items with commas and a last "and".
func and(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}

var smallNumbers = [...]string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

// numberWord writes numbers below ten in words and groups the others by thousands.
func numberWord(n int) string {
	if n >= 0 && n < len(smallNumbers) {
		return smallNumbers[n]
	}
	return grouped(n)
}

// grouped writes 3109 as 3,109.
func grouped(n int) string {
	if n < 0 {
		return "−" + grouped(-n)
	}
	digits := strconv.Itoa(n)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// capital begins a sentence.
func capital(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}
