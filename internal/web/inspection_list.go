package web

import (
	"cmp"
	"net/http"

	"commonweal/internal/own/register"
	"commonweal/internal/web/page"
)

type inspectionsPage struct {
	Open, Closed *page.Table
	Empty        *page.Panel
}

// inspectionList is the requests to inspect the register with their clocks, those
// that are overdue first.
func (s *Server) inspectionList(v *visit) error {
	all, err := v.house.Register.Requests(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	var p inspectionsPage
	overdue, open := 0, 0
	for _, l := range all {
		if l.Status.State == register.Closed {
			p.Closed = v.addRequest(p.Closed, l)
			continue
		}
		open++
		if l.Status.Overdue {
			overdue++
		}
		p.Open = v.addRequest(p.Open, l)
	}
	if len(all) == 0 {
		panel := page.Empty("Nobody has asked", "Requests to inspect the register come in through a page that anybody may open. Each has its clock here.", page.Link{Text: "See that page", Href: "/inspection"})
		p.Empty = &panel
	}
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	f.Heading = "Requests to inspect the register"
	f.Sentence = inspectionsSentence(open, overdue)
	if len(all) > 0 {
		f.Files = []page.Files{v.files("/inspections", "the requests", v.today())}
	}
	f.Data = p
	return v.show(http.StatusOK, "inspection_list", f)
}

func inspectionsSentence(open, overdue int) string {
	if open == 0 {
		return "No request waits."
	}
	out := phrase(open, "request waits", "requests wait")
	if overdue > 0 {
		return out + ", and " + said(page.Words(overdue)) + " " + said(page.Plural(overdue, "is", "are")) + " overdue."
	}
	return out + ". None is overdue."
}

func (v *visit) addRequest(t *page.Table, l register.Listed) *page.Table {
	if t == nil {
		t = &page.Table{Caption: "Requests that wait", Columns: []page.Column{{Head: "Request"}, {Head: "Asks as"}, {Head: "Received"}, {Head: "Where it stands", Wide: true}}}
		if l.Status.State == register.Closed {
			t.Caption = "Requests that are closed"
		}
	}
	kind := page.Plain
	if l.Status.Overdue {
		kind = page.Strong
	}
	t.Rows = append(t.Rows, page.Row{
		{Text: number(l.Number) + ", " + cmp.Or(l.Name, "details erased"), Href: "/inspections/" + l.ID},
		{Text: register.AskerWords(l.Audience)},
		v.dayCell(l.Received),
		{Text: l.Status.Sentence, Kind: kind},
	})
	return t
}

// inspectionsNote is the line under the link to the requests.
func (v *visit) inspectionsNote() (string, error) {
	overdue, open, err := v.house.Register.Overdue(v.ctx, v.org.ID)
	if err != nil {
		return "", err
	}
	return inspectionsSentence(open, overdue), nil
}
