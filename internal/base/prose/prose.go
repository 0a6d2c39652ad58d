// Package prose is what people write: it puts a text into the form in which it is stored,
// and refuses what would not be shown as it was meant.
package prose

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"commonweal/internal/base/fault"
)

// markup is what looks like HTML. Text is shown as it is written, so it would not
// work; whoever writes it is told, instead of others being shown tags.
var markup = regexp.MustCompile(`<[a-zA-Z/!?]|&[a-zA-Z]+;|&#[0-9xX]`)

// Clean puts a text of a field into its stored form: plain, with line breaks, without
// what cannot be seen, of at most so many letters.
func Clean(field, s string, letters int) (string, error) {
	s = strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case c == '\t':
			return ' '
		case unseen(c) || c == utf8.RuneError:
			return -1
		}
		return c
	}, strings.ReplaceAll(s, "\r\n", "\n")))
	if Longer(s, letters) {
		return "", fault.Fieldf(field, "the text has more than %d letters", letters)
	}
	return s, Plain(field, s)
}

// Plain refuses markup, and what cannot be seen but for line breaks.
func Plain(field, s string) error {
	switch {
	case markup.MatchString(s):
		return fault.Fieldf(field, "write plain text: tags and codes of web pages are shown as they are")
	case strings.ContainsFunc(s, func(c rune) bool { return c != '\n' && unseen(c) }):
		return fault.Fieldf(field, "the text has characters that cannot be seen")
	}
	return nil
}

// unseen reports whether a character controls something, or changes the direction of
// text, with which one name can be made to look like another.
func unseen(c rune) bool {
	return unicode.IsControl(c) || c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069' || c == '\u200e' || c == '\u200f'
}

// Longer reports whether a text has more than so many letters.
func Longer(s string, letters int) bool { return utf8.RuneCountInString(s) > letters }
