package count

import (
	"fmt"
	"io"
	"strings"
)

// WriteText writes where the rule comes from and how it was read, to stand below a
// transcript or in a notice of election.
func (r Rule) WriteText(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "Rules: %s (%s), fingerprint %s.\n", r.Name, r, r.Fingerprint())
	for _, s := range r.Sources {
		checked := "its words were not seen"
		if s.Checked != "no" {
			checked = "words seen in: " + s.Checked
		}
		fmt.Fprintf(&out, "  Source: %s (%s).\n", s.Citation, checked)
	}
	for _, g := range r.Readings {
		clause := g.Clause
		if clause != "" {
			clause = strings.ToUpper(clause[:1]) + clause[1:] + ". "
		}
		fmt.Fprintf(&out, "  %s%s %s\n", clause, g.Question, g.Answer)
	}
	_, err := io.WriteString(w, out.String())
	return err
}
