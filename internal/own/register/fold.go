package register

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"commonweal/law"
)

// fold puts a name into the form it is sorted by: small letters without marks.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			plain = false
			break
		}
	}
	if !plain {
		s = strings.Map(func(c rune) rune {
			if unicode.Is(unicode.Mn, c) {
				return -1
			}
			return c
		}, norm.NFD.String(s))
	}
	return strings.ToLower(strings.TrimSpace(s))
}

// ownMarks reports whether a view has the organisation's numbers of entries.
func ownMarks(a law.Audience) bool { return a == Full || a == law.OwnEntry }
