package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	claims "commonweal/internal/prove/claim"
	"commonweal/internal/prove/published"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
)

type claimPage struct {
	Claim  claims.Claim
	Grades []grade
	Chart  template.HTML
	// Reading says in words how to read the chart.
	Reading string
	// Note says what there is to know of one of the specifications.
	Note    string
	Table   *page.Table
	Friends *friendsTable
	Absence *page.Table
	Files   page.Links
	Verify  *page.Verify
	More    page.Links
}

// claimMore leads on from a claim to what bears on it here.
func claimMore(id string) page.Links {
	var more page.Links
	switch id {
	case "mutuals", "experience":
		more = append(more, page.LinkLine{Text: "Mutuals among NHS organisations", Href: "/evidence/mutuals", Note: "each by name, on staff engagement and its parts"})
	case "mortality", "absence", "pathfinders":
		more = append(more, page.LinkLine{Text: "What so many sites can show", Href: powerPath, Note: "before a study begins"})
	}
	return append(more, page.LinkLine{Text: "Studies", Href: "/evidence/studies", Note: "what was registered before its data were looked at, and what each showed"})
}

// claimShow is one claim: who said it, what bears on it, and what it comes to.
func (s *Server) claimShow(v *visit) error {
	c, ok := claims.Find(v.r.PathValue("claim"))
	if !ok {
		return fault.Errorf(fault.NotFound, "there is no such claim")
	}
	f := v.frame()
	f.Back = page.Link{Text: "What is claimed", Href: "/evidence/claims"}
	f.Kicker = "A claim"
	f.Heading = c.Words
	f.Sentence = c.Sentence
	p := claimPage{Claim: c, More: claimMore(c.ID), Grades: grades([]published.Grade{
		{Name: "Counted", Verdict: string(c.Counted.Verdict) + ".", Reason: c.Counted.Reason},
		{Name: "Compared", Verdict: string(c.Compared.Verdict) + ".", Reason: c.Compared.Reason},
		{Name: "Tested", Verdict: string(c.Tested.Verdict) + ".", Reason: c.Tested.Reason},
	})}
	switch c.ID {
	case "mortality":
		var err error
		if p.Chart, err = specificationChart(); err != nil {
			return err
		}
		p.Reading, p.Note = claims.SpecificationSentence, claims.LagNote
		p.Files = fileLinks("/evidence/specifications", "", "The nine specifications")
	case "experience":
		p.Friends = friendsBeside()
	case "absence":
		var err error
		if p.Absence, err = absenceCorrelations(); err != nil {
			return err
		}
	case "mutuals":
		p.Table = mutualsApart()
	}
	if how := madeBy(c); len(how) > 0 {
		p.Verify = &page.Verify{
			Title: "Make the figures again", Intro: madeWhere(how), Steps: how, Limits: "whether the published files are right.",
		}
	}
	f.Data = p
	return v.show(http.StatusOK, "claim_show", f)
}

// mutualsApart is how far the community mutuals lie from the community trusts.
func mutualsApart() *page.Table {
	t := &page.Table{Caption: "Community mutuals less community trusts, 2021 to 2024, in percentage points of staff", Visible: true, Columns: []page.Column{
		{Head: "Measure"}, {Head: "Difference", Number: true}, {Head: "Likely range"}, {Head: "Draws by chance of 100 that part them as far", Number: true},
	}}
	for _, a := range claims.CarriedMutuals() {
		t.Rows = append(t.Rows, page.Row{
			{Text: a.Measure}, {Text: trueMinus(decimals(a.Points, 1))}, {Text: trueMinus(decimals(a.Low, 1) + " to " + decimals(a.High, 1))}, {Text: decimals(100*a.P, 0)},
		})
	}
	return t
}

// friendsTable is what staff of the named mutuals say of care for a friend.
type friendsTable struct {
	Table    page.Table
	Together string
}

func friendsBeside() *friendsTable {
	list, together := claims.CarriedFriends()
	t := page.Table{Caption: "Staff who would be happy with the care for a friend, in per cent, 2024", Visible: true, Columns: []page.Column{
		{Head: "Mutual"}, {Head: "Would be happy", Number: true}, {Head: "Likely range"}, {Head: "Answers", Number: true}, {Head: "The middle of"},
	}}
	for _, r := range list {
		t.Rows = append(t.Rows, page.Row{
			{Text: r.Name},
			{Text: decimals(r.Percent, 1)},
			{Text: decimals(r.Low, 1) + " to " + decimals(r.High, 1)},
			{Text: number(r.Answers)},
			{Text: number(r.Trusts) + " " + r.BesideWords() + ": " + decimals(r.Middle, 1)},
		})
	}
	return &friendsTable{Table: t, Together: fmt.Sprintf(
		"Together the %d community mutuals lie %s points below the %d community trusts, likely between %s below and %s above; drawn by chance, so far apart or further comes in %.0f of a hundred draws. The ranges say nothing of those who did not answer.",
		together.Mutuals, decimals(-together.Points, 1), together.Trusts, decimals(-together.Low, 1), decimals(together.High, 1), 100*together.P)}
}

// absenceCorrelations are worked out from the figures that the program carries.
func absenceCorrelations() (*page.Table, error) {
	all, within, err := claims.CarriedAbsence()
	if err != nil {
		return nil, err
	}
	t := &page.Table{Caption: "How engagement goes with absence among NHS trusts, 2024", Visible: true, Columns: []page.Column{
		{Head: "Trusts"}, {Head: "Correlation", Number: true}, {Head: "Likely range"}, {Head: "How many", Number: true},
	}}
	for i, c := range []claims.Correlation{all, within} {
		t.Rows = append(t.Rows, page.Row{
			{Text: []string{"All together", "Among trusts of one kind"}[i]}, {Text: minus(c.R)}, {Text: minus(c.Low) + " to " + minus(c.High)}, {Text: number(c.N)},
		})
	}
	return t, nil
}

// minus writes a correlation with a true minus.
func minus(r float64) string { return strings.Replace(decimals(r, 2), "-", "\u2212", 1) }

// madeWhere says what the commands need.
func madeWhere(how []page.Command) string {
	for _, c := range how {
		if strings.Contains(c.Text, "FOLDER") {
			return "On any machine. FOLDER is one that holds the published files: the program names one that is missing."
		}
	}
	return "On any machine: the program carries the figures that it takes."
}

// madeBy are the commands that make the claim's figures.
func madeBy(c claims.Claim) (out []page.Command) {
	for _, e := range c.Bears {
		if strings.HasPrefix(e.How, "commonweal ") {
			out = append(out, page.Command{Title: e.Title, Text: e.How})
		}
	}
	return out
}

// specificationChart shows the nine answers with their likely ranges.
func specificationChart() (template.HTML, error) {
	m := chart.Intervals{
		Frame: chart.Frame{
			ID: "specifications", Title: "Nine ways of asking the same data", Sub: "Change of SHMI that goes with one more point of engagement, with its likely range. SHMI is deaths beside what would be expected: 1 is as many.",
			Note: "Errors as each specification has them. As published: the estimate of the paper.", Source: published.LicenceLine("NHS Staff Survey and SHMI 2012 to 2019"),
		},
		Head: "Specification", Value: "Change of SHMI", Lines: []chart.Upright{{Label: "None", Value: 0, Decimals: 0}},
	}
	for _, s := range claims.CarriedSpecifications() {
		label := s.Name
		if s.AsPublished {
			label += " (as published)"
		}
		m.Rows = append(m.Rows, chart.Interval{Label: label, Value: s.Value, Low: s.Low, High: s.High, Decimals: 3, Answers: number(s.Rows) + " rows", Ours: s.AsPublished})
	}
	return m.HTML()
}

// decimals writes a figure for a file.
func decimals(v float64, places int) string { return strconv.FormatFloat(v, 'f', places, 64) }
