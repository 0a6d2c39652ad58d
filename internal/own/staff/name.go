package staff

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"commonweal/internal/base/identity"
	"commonweal/internal/own/stafflist"
)

// letters is what two ways of writing a name have in common: its letters, without
// marks, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// first is the first word of a name.
func first(s string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return word
}

// sameName reports whether somebody on a list bears the name of a person: the
// same surname, and the same first name or the one they prefer.
func sameName(w stafflist.Who, p identity.Person) bool {
	if letters(w.Family) != letters(p.Family) {
		return false
	}
	given := letters(first(p.Given))
	return given == letters(first(w.Given)) || w.PreferredName != "" && given == letters(first(w.PreferredName))
}

// fullName is what people of one name share.
func fullName(w stafflist.Who) string { return letters(w.Family) + "/" + letters(first(w.Given)) }

// longestName is what package identity takes, in bytes.
const longestName = 200

// clipped keeps a name within what a person may bear. A list may have longer ones.
func clipped(s string) string {
	if len(s) <= longestName {
		return s
	}
	cut := longestName
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return s[:cut]
}
