package web

import (
	"net/http"
	"strings"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

type organisationShowPage struct {
	Facts   page.Defs
	Form    string // what the legal form is, in a few sentences
	Look    page.Defs
	CanEdit bool
}

// organisationShow is what anybody may know about the organisation.
func (s *Server) organisationShow(v *visit) error {
	o := v.org
	p := organisationShowPage{CanEdit: v.may(policy.OrganisationEdit, v.inside()) == nil, Facts: v.organisationFacts(o)}
	if form, err := v.house.Law.Form(lawForm(o.LegalForm), v.today()); err == nil {
		p.Form = form.Text
	}
	if p.CanEdit {
		mark := "seven seats round a table, the usual one"
		if o.Brand.Mark != "" {
			mark = "your own"
		}
		p.Look = page.Defs{
			{Term: "Name on the pages", Fact: brandOf(o).Name},
			{Term: "Mark", Fact: mark},
			{Term: "Colour", Fact: usualOr(o.Brand.Colour)},
			{Term: "Deep colour", Fact: usualOr(o.Brand.Deep)},
			{Term: "Light colour", Fact: usualOr(o.Brand.Wash)},
		}
	}
	f := v.frame()
	f.Heading = o.Name
	f.Sentence = v.legalSentence()
	switch v.r.URL.Query().Get("done") {
	case "details":
		f.Notice = page.Notice{Done: true, Text: "The details are saved and recorded."}
	case "brand":
		f.Notice = page.Notice{Done: true, Text: "The new look is saved. Everybody sees it from now on."}
	}
	f.Data = p
	return v.show(http.StatusOK, "organisation_show", f)
}

func usualOr(colour string) string {
	if colour == "" {
		return "the usual one"
	}
	return colour
}

func (v *visit) organisationFacts(o identity.Organisation) page.Defs {
	form := "not said"
	if f, err := v.house.Law.Form(lawForm(o.LegalForm), v.today()); err == nil {
		form = f.Label
	}
	facts := page.Defs{
		{Term: "Legal form", Fact: form},
		{Term: "Registered number", Fact: orNone(o.RegisteredNo)},
		{Term: "Registered office", Fact: orNone(strings.Join(addressLines(o.RegisteredOffice), ", "))},
		{Term: "Code in the NHS directory", Fact: orNone(o.ODS)},
		{Term: "Began", Fact: v.day(o.Opened)},
	}
	if !o.Closed.IsZero() {
		facts = append(facts, page.Def{Term: "Closed", Fact: v.day(o.Closed)})
	}
	return facts
}

// addressLines are the lines of an address without the empty ones.
func addressLines(address string) []string {
	var out []string
	for line := range strings.SplitSeq(address, "\n") {
		if line = strings.Trim(strings.Join(strings.Fields(line), " "), ", "); line != "" {
			out = append(out, line)
		}
	}
	return out
}
