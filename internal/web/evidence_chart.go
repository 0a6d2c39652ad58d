package web

import (
	"fmt"
	"html/template"

	"commonweal/internal/prove/published"
	"commonweal/internal/web/chart"
)

// benchmark is what a picture of organisations among groups is made of.
type benchmark struct {
	id, title, sub, note string
	figures              published.MeasureFigures
	rows                 []published.Figure
	groups               []published.Strip
	ours                 func(ods string) bool // what the page is about, every row among it
	oursKey, dotKey      string
}

// chart draws it.
func (b benchmark) chart() (template.HTML, error) {
	m := b.figures.Measure
	s := chart.Strips{
		Frame:    chart.Frame{ID: b.id, Title: b.title, Sub: b.sub, Note: b.note, Source: licences(b.figures.Source)},
		Decimals: 2, Value: "Score", OursKey: b.oursKey, DotKey: b.dotKey,
	}
	if m.Kind == published.KindRate {
		s.Unit, s.Value = "%", "Rate"
	}
	for _, f := range b.rows {
		r := chart.Row{Label: f.Organisation.ShortName(), Value: f.Value, Ours: b.ours(f.Organisation.ODS)}
		if m.BaseUnit == "answers" {
			r.Answers = f.Base
		}
		if likely, ok := published.LikelyRange(m, f.Value, f.Base); ok {
			r.Low, r.High, r.HasRange = likely.Low, likely.High, true
		}
		s.Rows = append(s.Rows, r)
	}
	for _, strip := range b.groups {
		g := chart.Group{Label: strip.Group.Label, Median: strip.Median}
		if m.BaseUnit == "answers" {
			g.Answers = strip.Answers
		}
		for _, f := range strip.Figures {
			g.Dots = append(g.Dots, chart.Dot{Value: f.Value, Ours: b.ours(f.Organisation.ODS)})
		}
		s.Groups = append(s.Groups, g)
	}
	if e := b.figures.England(); e != nil {
		s.Reference = &chart.Reference{Label: "England", Value: e.Value}
		if m.BaseUnit == "answers" {
			s.Reference.Answers = e.Base
		}
	}
	out, err := s.HTML()
	if err != nil {
		return "", fmt.Errorf("benchmark of %s: %w", m.ID, err)
	}
	return out, nil
}

// pictured are the groups of trusts that a picture of the mutuals shows.
func pictured(strips []published.Strip) []published.Strip {
	var out []published.Strip
	for _, s := range strips {
		if s.Group.Pictured && !s.Group.Mutual {
			out = append(out, s)
		}
	}
	return out
}

// scale says what a measure's numbers are, under the title of a chart. The
// publisher weights the scores of those who provide care, and England's.
func scale(m published.Measure, g published.Group) string {
	switch {
	case m.Kind == published.KindRate:
		return "Days lost in a hundred days that staff were due to work"
	case !g.Pictured:
		return "Score from 0 to 10, not weighted; England is weighted by occupation"
	}
	return "Score from 0 to 10, weighted by occupation"
}
