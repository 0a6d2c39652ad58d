package web

import (
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
	Table   []claims.Apart
	Files   page.Links
	Verify  *page.Verify
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
	p := claimPage{Claim: c, Grades: grades([]published.Grade{
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
		p.Reading = claims.SpecificationSentence
		p.Files = fileLinks("/evidence/specifications", "", "The nine specifications")
	case "mutuals":
		p.Table = claims.CarriedMutuals()
	}
	if how := madeBy(c); len(how) > 0 {
		p.Verify = &page.Verify{
			Title: "Make the figures again", Intro: "With the published files in a folder, on any machine.",
			Steps: how, Limits: "This cannot show whether the published files are right.",
		}
	}
	f.Data = p
	return v.show(http.StatusOK, "claim_show", f)
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
			ID: "specifications", Title: "Nine ways of asking the same data", Sub: "Change of SHMI that goes with one more point of engagement, with its likely range",
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
