package poll

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"commonweal/internal/base/fault"
)

// markup is what looks like HTML. Text is shown as it is written, so it would not
// work; whoever writes it is told instead of being shown tags to the voters.
var markup = regexp.MustCompile(`<[a-zA-Z/!?]|&[a-zA-Z]+;|&#[0-9xX]`)

// prose puts text that people write into its stored form: plain, with line breaks,
// of at most so many words.
func prose(field, s string, words int) (string, error) {
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
	if n := len(strings.Fields(s)); n > words {
		return "", fault.Fieldf(field, "%d words are too many: at most %d", n, words)
	}
	if longer(s, maxLetters*words) {
		return "", fault.Fieldf(field, "the text has more than %d letters", maxLetters*words)
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

// turns reports whether a character changes the direction of text, with which one
// name can be made to look like another.
func turns(c rune) bool {
	return c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069' || c == '\u200e' || c == '\u200f'
}

func longer(s string, most int) bool { return utf8.RuneCountInString(s) > most }

// reason puts a reason that people will read into its stored form, and asks for one.
func reason(what, s string) (string, error) {
	s, err := prose("reason", s, 200)
	if err == nil && s == "" {
		err = fault.Fieldf("reason", "%s needs a reason", what)
	}
	return s, err
}
