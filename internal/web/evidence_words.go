package web

import (
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

// What the evidence pages have in common: their measures, their sources, and
// what they say while nothing is there.

var evidenceBack = page.Link{Text: "Evidence, open to everyone", Href: "/evidence"}

// evidenceMeasures are the measures that pages offer: engagement, its
// sub-scores, the elements of the People Promise and morale.
func evidenceMeasures() []published.Measure {
	var out []published.Measure
	for _, code := range published.CarriedScores() {
		if m, ok := published.ScoreOf(code); ok {
			out = append(out, m)
		}
	}
	return out
}

// evidenceMeasure is the measure that the address asks for; engagement where it
// names none.
func (v *visit) evidenceMeasure() (published.Measure, error) {
	code := v.r.URL.Query().Get("measure")
	if code == "" {
		code = "E"
	}
	for _, m := range evidenceMeasures() {
		if m.Code == code {
			return m, nil
		}
	}
	return published.Measure{}, fault.Errorf(fault.NotFound, "there is no measure with this code; choose one from the list")
}

func measureChoice(chosen published.Measure) page.Select {
	s := page.Select{Name: "measure", Label: "See another measure", Value: chosen.Code}
	for _, m := range evidenceMeasures() {
		label := m.Label
		switch {
		case !m.Composite():
			label = "Engagement: " + strings.ToLower(label)
		case strings.HasPrefix(m.Code, "PP"):
			label = "People Promise: " + strings.ToLower(label)
		}
		s.Options = append(s.Options, page.Option{Value: m.Code, Label: label})
	}
	return s
}

// evidenceEmpty is what a page says before any figures are there.
func evidenceEmpty() *page.Panel {
	p := page.Empty("No published figures are here yet", "The NHS’s published figures for every organisation would be here. "+
		"Whoever runs the machine loads them with “commonweal published import”.", page.Link{})
	return &p
}

// licences are the lines that have to stand beside figures, each once.
func licences(lists ...[]published.Source) string {
	var lines []string
	for _, list := range lists {
		for _, s := range list {
			if !slices.Contains(lines, s.Licence) {
				lines = append(lines, s.Licence)
			}
		}
	}
	return strings.Join(lines, " ")
}

// exactJSON is a figure for a program: null where it is hidden.
func exactJSON(f published.Figure) *float64 {
	if f.Suppressed {
		return nil
	}
	return &f.Value
}

// hiddenWord says that the publisher hid a figure. One wording for all.
const hiddenWord = "Not shown, to protect the people in it"

// baseCell writes how many answered.
func baseCell(n int) page.Cell {
	if n == 0 {
		return page.Cell{Text: "not known", Kind: page.Quiet}
	}
	return page.Cell{Text: number(n)}
}

// ownODS reports whether a code is that of the organisation whose pages these are.
func (v *visit) ownODS(ods string) bool { return v.org.ODS != "" && v.org.ODS == ods }
