package wave

import (
	"regexp"
	"strings"
)

var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

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
