package poll

import (
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/prose"
)

// written puts text that people write into its stored form, of at most so many words.
func written(field, s string, words int) (string, error) {
	s, err := prose.Clean(field, s, maxLetters*words)
	if n := len(strings.Fields(s)); err == nil && n > words {
		return "", fault.Fieldf(field, "%d words are too many: at most %d", n, words)
	}
	return s, err
}

// reason puts a reason that people will read into its stored form, and asks for one.
func reason(what, s string) (string, error) {
	s, err := written("reason", s, 200)
	if err == nil && s == "" {
		err = fault.Fieldf("reason", "%s needs a reason", what)
	}
	return s, err
}
