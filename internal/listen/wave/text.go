package wave

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"commonweal/internal/base/fault"
)

var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// markup is what looks like HTML. Text is shown as it is written, so it would not work.
var markup = regexp.MustCompile(`<[a-zA-Z/!?]|&[a-zA-Z]+;|&#[0-9xX]`)

// prose puts text that people write into its stored form: plain, with line breaks, of at
// most so many letters.
func prose(field, s string, most int) (string, error) {
	s = strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case c == '\t':
			return ' '
		case unicode.IsControl(c) || c == utf8.RuneError || turns(c):
			return -1
		}
		return c
	}, strings.ReplaceAll(s, "\r\n", "\n")))
	if longer(s, most) {
		return "", fault.Fieldf(field, "the text has more than %d letters", most)
	}
	return s, plainText(field, s)
}

func plainText(field, s string) error {
	switch {
	case markup.MatchString(s):
		return fault.Fieldf(field, "write plain text: tags and codes of web pages are shown as they are")
	case strings.ContainsFunc(s, func(c rune) bool { return turns(c) || c != '\n' && unicode.IsControl(c) }):
		return fault.Fieldf(field, "the text has characters that cannot be seen")
	}
	return nil
}

// turns reports whether a character changes the direction of text, with which one name
// can be made to look like another.
func turns(c rune) bool {
	return c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069' || c == '\u200e' || c == '\u200f'
}

func longer(s string, most int) bool { return utf8.RuneCountInString(s) > most }

// slug makes a code of a name: small letters, digits and hyphens.
func slug(name string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := strings.Trim(b.String(), "-")
	if len(s) > longestCode-4 {
		s = strings.Trim(s[:longestCode-4], "-")
	}
	if s == "" || s == Whole {
		s = "unit-" + s
	}
	return strings.Trim(s, "-")
}
