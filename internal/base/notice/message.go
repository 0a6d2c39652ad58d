package notice

import (
	"strings"
	"unicode/utf8"

	"commonweal/internal/base/fault"
)

// Message is what somebody is to be told, before it is laid out. It has no
// markup: the same words make the plain text, the HTML, the digest and the
// letter.
type Message struct {
	Kind string
	// To is a person of the organisation by id alone (name and addresses are
	// looked up), or somebody outside by name and e-mail address.
	To Person
	// About is the id of what it is about, so that it can be shown later that
	// everybody was told.
	About   string
	Subject string
	Body    []string // paragraphs
	Facts   []Fact
	Action  Link
	// Reason begins "You get this because" and is printed in every message. The
	// record keeps it, so it names nobody.
	Reason string
	// Statutory says that the law asks for it. It goes at once, cannot be muted
	// and goes by post where there is no e-mail. The kind says so too.
	Statutory bool
	// Urgent goes at once unless the person chose otherwise. What is neither
	// urgent nor statutory waits for Monday's digest.
	Urgent bool
}

// Fact is one line of a short table: "Closes", "Friday 27 November, 5pm".
type Fact struct{ Label, Value string }

// Link leads to one of our own pages: Path begins with a stroke.
type Link struct{ Text, Path string }

const (
	reasonStart = "You get this because "
	maxSubject  = 150
	maxBody     = 20_000
)

// check refuses a message that could not be sent or would say too little.
func (m Message) check() error {
	refuse := func(field, why string) error {
		return fault.Fieldf(field, "message %s: the %s %s", m.Kind, field, why)
	}
	switch {
	case strings.TrimSpace(m.Subject) == "" || !plainText(m.Subject):
		return refuse("subject", "is empty or has a line break or control character")
	case utf8.RuneCountInString(m.Subject) > maxSubject:
		return refuse("subject", "is longer than 150 characters")
	case !strings.HasPrefix(m.Reason, reasonStart) || !plainText(m.Reason):
		return refuse("reason", `does not begin "You get this because" on one line`)
	case len(m.Body) == 0:
		return refuse("body", "is empty")
	case (m.Action.Text == "") != (m.Action.Path == ""):
		return refuse("action", "has a text or a path alone")
	case m.Action.Path != "" && (!strings.HasPrefix(m.Action.Path, "/") || strings.HasPrefix(m.Action.Path, "//") ||
		!plainText(m.Action.Path) || strings.ContainsAny(m.Action.Path, " \\<>\"'")):
		return refuse("action", "does not lead to one of our pages")
	}
	all := append([]string{m.Action.Text}, m.Body...)
	for _, f := range m.Facts {
		all = append(all, f.Label, f.Value)
	}
	size := 0
	for _, s := range all {
		size += len(s)
		if !utf8.ValidString(s) {
			return refuse("body", "is not text")
		}
	}
	if size > maxBody {
		return refuse("body", "is longer than 20,000 characters")
	}
	if (m.To.ID == "") == (m.To.Email == "") {
		return refuse("recipient", "is neither a person's id alone nor an address alone")
	}
	return nil
}
