package identity

import (
	"encoding/json"
	"regexp"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Kind is what sort of organisation it is.
type Kind string

const (
	Platform Kind = "platform" // runs the machine for others
	Mutual   Kind = "mutual"   // has members
	Employer Kind = "employer" // employs people who are or may become members elsewhere
	Body     Kind = "body"     // a regulator, commissioner or programme
)

// Organisation is one organisation. Its ID is its code: short, chosen once, and
// the name of its record, so that it never changes.
type Organisation struct {
	ID               string
	Name             string
	Kind             Kind
	LegalForm        string // id of a form in the law packs; the caller knows which there are
	ODS              string // code in the NHS organisation directory
	Parent           string // ID
	RegisteredNo     string
	RegisteredOffice string
	Brand            Brand
	Invented         bool // made in a demonstration; set by [Service.CreateOrganisation]
	Opened, Closed   law.Date
}

// Brand is how the organisation looks. Whether it can be read is for the pages
// to check.
type Brand struct {
	Name   string `json:"name,omitempty"`
	Mark   string `json:"mark,omitempty"` // source of a square SVG
	Colour string `json:"colour,omitempty"`
	Deep   string `json:"deep,omitempty"`
	Wash   string `json:"wash,omitempty"`
}

// OpenOn reports whether the organisation is open on a day.
func (o Organisation) OpenOn(d law.Date) bool {
	return !d.Before(o.Opened) && (o.Closed.IsZero() || d.Before(o.Closed))
}

var (
	codeForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}[a-z0-9]$`)
	odsForm  = regexp.MustCompile(`^[A-Z0-9]{3,10}$`)
	formForm = regexp.MustCompile(`^[a-z][a-z0-9_.-]{0,60}$`)
)

// ParseODS puts an organisation code of the NHS directory into its one form:
// three to ten capital letters and digits.
func ParseODS(s string) (string, error) {
	code := strings.ToUpper(strings.TrimSpace(s))
	if !odsForm.MatchString(code) {
		return "", fault.Fieldf("ods", "%q is not an ODS code: it has 3 to 10 letters and digits, like RY9", clip(s))
	}
	return code, nil
}

// check puts the organisation into its stored form or says what is wrong.
func (o *Organisation) check() error {
	o.Name = tidy(o.Name)
	o.RegisteredNo, o.RegisteredOffice = tidy(o.RegisteredNo), strings.TrimSpace(o.RegisteredOffice)
	switch {
	case !codeForm.MatchString(o.ID):
		return fault.Fieldf("code", "the code %q has to be 2 to 32 small letters, digits and hyphens, and begin with a letter", clip(o.ID))
	case o.ID == "setup" || o.ID == "system" || o.ID == "rule":
		return fault.Fieldf("code", "the code %q has a meaning of its own", o.ID)
	case o.Name == "" || len(o.Name) > 200:
		return fault.Fieldf("name", "organisation %s needs a name of at most 200 letters", o.ID)
	case o.Kind != Platform && o.Kind != Mutual && o.Kind != Employer && o.Kind != Body:
		return fault.Fieldf("kind", "organisation %s: there is no kind %q", o.ID, clip(string(o.Kind)))
	case o.LegalForm != "" && !formForm.MatchString(o.LegalForm):
		return fault.Fieldf("legal_form", "organisation %s: %q is not the id of a legal form", o.ID, clip(o.LegalForm))
	case o.Parent == o.ID:
		return fault.Fieldf("parent", "organisation %s cannot be its own parent", o.ID)
	case o.Opened.IsZero():
		return fault.Fieldf("opened", "organisation %s has no first day", o.ID)
	case !o.Closed.IsZero() && o.Closed.Before(o.Opened):
		return fault.Fieldf("closed", "organisation %s would close on %s, before it opens on %s", o.ID, o.Closed, o.Opened)
	case len(o.Brand.Mark) > 20_000:
		return fault.Fieldf("mark", "organisation %s: the mark has %d bytes and may have 20,000", o.ID, len(o.Brand.Mark))
	}
	if o.ODS == "" {
		return nil
	}
	var err error
	o.ODS, err = ParseODS(o.ODS)
	return err
}

func (b Brand) column() (any, error) {
	if b == (Brand{}) {
		return nil, nil
	}
	raw, err := json.Marshal(b)
	return string(raw), err
}

func readBrand(column string) (b Brand, err error) {
	if column == "" {
		return b, nil
	}
	err = json.Unmarshal([]byte(column), &b)
	return b, err
}

// tidy takes away space around text and more than one space within.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// clip shortens input that is shown back in an error.
func clip(s string) string {
	runes := []rune(s)
	if len(runes) > 40 {
		return string(runes[:40]) + "..."
	}
	return s
}
