package pack

import (
	"errors"

	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/published"
	"commonweal/law"
	"commonweal/spc"
)

// Page is one measure as the board sees it.
type Page struct {
	Measure    Measure
	Definition indicator.Definition
	Figures    []indicator.Figure // of the organisation itself, by period
	Others     []indicator.Figure // of its peers
	// Chart is nil where there is nothing to chart, or charting would mislead; Refused
	// then says why.
	Chart    *spc.Chart
	Refused  string
	Sentence string // all that the page found, in one sentence
	// Variation and Assurance are what the two icons say, each a heading and why.
	Variation, Assurance Reading
	Beside               *Beside
	Grades               []published.Grade // counted, compared, tested: always all three
	Warnings             []string
	Studies              []Study // that bear on the measure
	Changes              []Change
	Notes                []string // that have to stand beside figures
}

// Reading is what an icon says, in words.
type Reading struct{ Title, Why string }

// Study is a registered study of which the measure is an outcome.
type Study struct {
	Code, Title string
	// Shows is what its run said of the measure, in plain words; "" while nothing is
	// published. Waits then says how far it has come.
	Shows, Waits string
	Shown        bool // by the test that was registered
}

// Facts are what a page is made of besides the measure itself.
type Facts struct {
	Definition indicator.Definition
	Figures    []indicator.Figure // of everybody
	ODS        string             // of the organisation itself; "" where it has none
	Name       string             // short, of the organisation itself
	// Organisations are the others by ODS code, and Mergers the codes that went into them.
	Organisations map[string]Organisation
	Mergers       map[string]string
	Studies       []Study
	// Revisions of the definition, the newest last; Corrections of figures; Terms in which
	// the pack showed the measure before, the newest last.
	Revisions   []indicator.Definition
	Corrections []Correction
	Terms       []Measure
}

// Organisation is what a page needs to know of another organisation.
type Organisation struct{ Name, Group string }

// Make makes the page of a measure.
func Make(m Measure, f Facts) Page {
	p := Page{Measure: m, Definition: f.Definition, Figures: own(f), Studies: f.Studies}
	p.chart()
	p.Beside = beside(m, f, p.Figures)
	p.read()
	p.Grades = grades(p, f)
	p.Changes = changes(m, f)
	for _, v := range p.Figures {
		if v.Note != "" {
			p.Notes = append(p.Notes, begin(f.Definition.PeriodWords(v.Period))+". "+v.Note)
		}
	}
	return p
}

// own are the figures of the organisation itself: those without a unit, or, of published
// measures, those under its code.
func own(f Facts) []indicator.Figure {
	if list := indicator.Of(f.Figures, indicator.Whole); len(list) > 0 || f.ODS == "" {
		return list
	}
	return indicator.Of(f.Figures, f.ODS)
}

// Last is the newest figure.
func (p Page) Last() (indicator.Figure, bool) {
	if len(p.Figures) == 0 {
		return indicator.Figure{}, false
	}
	return p.Figures[len(p.Figures)-1], true
}

// chart draws the control chart, or says why none is drawn.
func (p *Page) chart() {
	if len(p.Figures) == 0 {
		p.Refused = "There are no figures yet."
		return
	}
	o := spc.Options{Improve: p.Definition.Direction, Target: p.Measure.Aim(), Covers: p.Definition.Covers}
	if !p.Measure.Rebase.IsZero() {
		o.Rebase = []law.Date{p.Measure.Rebase}
	}
	c, err := spc.XmR(points(p.Definition, p.Figures), o)
	var rolling *spc.RollingError
	switch {
	case errors.As(err, &rolling):
		p.Refused = rollingWhy(p.Definition)
	case err != nil:
		p.Refused = "The chart cannot be drawn: " + spoken(p.Definition, err.Error()) + "."
	case len(c.Points) < 2:
		p.Refused = "There is one figure, and a chart takes two or more."
	default:
		p.Chart = &c
		for _, w := range c.Warnings {
			p.Warnings = append(p.Warnings, spoken(p.Definition, w))
		}
	}
}

// points are the figures with a gap for each period that has none.
func points(d indicator.Definition, list []indicator.Figure) []spc.Point {
	var out []spc.Point
	for i, f := range list {
		if i > 0 {
			for next := list[i-1].Period.AddMonths(d.Every.Months()); next.Before(f.Period); next = next.AddMonths(d.Every.Months()) {
				out = append(out, spc.Point{Date: next, Gap: true})
			}
		}
		out = append(out, spc.Point{Date: f.Period, Value: f.Value})
	}
	return out
}

// Points is how many values the chart rests on; 0 where there is none.
func (p Page) Points() int {
	if p.Chart == nil {
		return 0
	}
	return len(p.Figures)
}

// Signal reports whether the last figure is a signal that the chart may show.
func (p Page) Signal() bool {
	return p.Chart != nil && !p.Chart.VariationWithheld && p.Chart.Variation != spc.Usual
}
