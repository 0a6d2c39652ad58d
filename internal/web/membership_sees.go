package web

import (
	"net/http"

	"commonweal/internal/web/page"
	"commonweal/law"
)

type seesPage struct {
	Table  *page.Table
	Rights []right
	Others []string
	Keep   string
}

// seesAudiences head the columns: who looks.
var seesAudiences = []struct {
	audience law.Audience
	head     string
}{
	{law.OwnEntry, "You"}, {law.Member, "Other members"}, {law.Interested, "With an interest in the funds"}, {law.Trustee, "Trustees"}, {law.Anyone, "Anyone"},
}

// seesShow says who may see what of a member's entry, by the law of the form.
func (s *Server) seesShow(v *visit) error {
	form, err := v.legalForm(v.today())
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	f.Heading = "Who may see what about you"
	f.Sentence = "You see all that is held about you. What others see of the register, the law says."
	p := seesPage{Others: []string{
		"The secretary keeps the registers and the staff list, and so sees them.",
		"The returning officer sees the register where a vote needs it.",
		"Whoever runs the machine sees that it works, and nothing personal through these pages.",
		"Nobody sees how you vote or what you answer in a survey.",
	}}
	if form != nil {
		p.Table, p.Rights = seesTable(form)
		p.Keep = form.Retention.Text
	}
	f.Data = p
	return v.show(http.StatusOK, "membership_sees", f)
}

func seesTable(form *law.Form) (*page.Table, []right) {
	t := page.Table{Caption: "Who may see which part of an entry in the register", Columns: []page.Column{{Head: "Part of the entry"}}}
	var rights []right
	var who []law.Audience
	for _, a := range seesAudiences {
		if i, ok := form.Inspection(a.audience); ok {
			t.Columns = append(t.Columns, page.Column{Head: a.head})
			who = append(who, a.audience)
			rights = append(rights, rightOf(i.Text, i.Provenance))
		}
	}
	for _, field := range form.Register {
		row := page.Row{{Text: field.Text}}
		for _, a := range who {
			cell := page.Cell{Text: "no", Kind: page.Quiet}
			if form.MaySee(a, field.Name) {
				cell = page.Cell{Text: "yes"}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return &t, rights
}
