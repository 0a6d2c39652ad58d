package identity

import (
	"net/mail"
	"strings"
	"unicode"

	"commonweal/internal/base/fault"
)

// Person is somebody an organisation knows. The same human being is a person
// of each organisation that knows them.
type Person struct {
	ID            string
	Org           string
	Given, Family string // one of them may be empty
	Email         string // in lower case; may be empty; nobody else of the organisation has it
	PostalAddress string
	Created       string // instant
	Erased        string // instant; the details are gone
}

// Name is how the person is addressed, or what is left to say of somebody
// whose details were erased.
func (p Person) Name() string {
	if p.Erased != "" && p.Given == "" && p.Family == "" {
		return "Somebody whose details were erased"
	}
	return strings.TrimSpace(p.Given + " " + p.Family)
}

const longest = 200

// check puts the person into their stored form or says what is wrong, without
// repeating it: the message may be logged.
func (p *Person) check() error {
	p.Given, p.Family = tidy(p.Given), tidy(p.Family)
	p.PostalAddress = strings.TrimSpace(p.PostalAddress)
	switch {
	case p.Given == "" && p.Family == "":
		return fault.Fieldf("family", "a person needs a name")
	case len(p.Given) > longest || len(p.Family) > longest || strings.ContainsFunc(p.Given+p.Family, unicode.IsControl):
		return fault.Fieldf("family", "a name has at most %d letters", longest)
	case len(p.PostalAddress) > 1000:
		return fault.Fieldf("postal_address", "a postal address has at most 1,000 letters")
	}
	if p.Email == "" {
		return nil
	}
	var err error
	p.Email, err = ParseEmail(p.Email)
	return err
}

// ParseEmail puts an e-mail address into the one form in which it is stored and
// looked up: trimmed and in lower case. Letters' case means nothing to any mail
// system in use, and people write their address either way.
func ParseEmail(s string) (string, error) {
	bad := fault.Fieldf("email", "this is not an e-mail address; it looks like name@example.org")
	s = strings.TrimSpace(s)
	if len(s) > 254 || strings.ContainsFunc(s, unicode.IsSpace) || strings.ContainsFunc(s, unicode.IsControl) {
		return "", bad
	}
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Name != "" || parsed.Address != s {
		return "", bad
	}
	local, domain, _ := strings.Cut(s, "@")
	if local == "" || !strings.Contains(domain, ".") || strings.Contains(domain, "@") || strings.HasSuffix(domain, ".") {
		return "", bad
	}
	return strings.ToLower(s), nil
}
