package notice

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"commonweal/internal/base/fault"
)

// Longest parts of an address: RFC 5321, section 4.5.3.1.
const (
	maxAddress = 254
	maxLocal   = 64
)

// ParseAddress checks an e-mail address and returns it trimmed. It takes a bare
// address only: no name, no comment, no quoted or routed form, no control
// character, and a domain with a dot in it or localhost. So what it accepts can
// stand in a header and in an SMTP command as it is.
func ParseAddress(s string) (string, error) {
	s = strings.TrimSpace(s)
	refuse := func(why string) (string, error) {
		return "", fault.Fieldf("email", "the e-mail address %s", why)
	}
	if s == "" {
		return refuse("is empty")
	}
	if len(s) > maxAddress {
		return refuse("is longer than 254 characters")
	}
	if !plainText(s) || strings.ContainsAny(s, " \"<>()[],;:\\") {
		return refuse("has a character that an address cannot have")
	}
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || domain == "" || strings.Contains(domain, "@") {
		return refuse("is not of the form name@place.uk")
	}
	if len(local) > maxLocal {
		return refuse("has more than 64 characters before the @")
	}
	if !strings.Contains(domain, ".") && domain != "localhost" {
		return refuse("has no dot after the @")
	}
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") || len(label) > 63 {
			return refuse("has a place that is not a domain name")
		}
		for _, r := range label {
			if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				return refuse("has a place that is not a domain name")
			}
		}
	}
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s || parsed.Name != "" {
		return refuse("cannot be read")
	}
	return s, nil
}

// plainText reports whether s is valid text of one line: no control character,
// no line or paragraph separator. Only such text goes into a header.
func plainText(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) {
			return false
		}
	}
	return true
}

// headerText makes a name fit for a header: whatever plainText refuses becomes
// a space. Names come from staff lists, where a stray tab must not stop a notice.
func headerText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !plainText(string(r)) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
