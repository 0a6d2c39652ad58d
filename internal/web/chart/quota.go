package chart

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// Quota shows how each candidate's votes grew to the number that elects, or did not.
type Quota struct {
	Frame
	Value float64 // what elects
	Text  string  // the same in words: "116"
	Rows  []Candidate
}

// Candidate is one row: first preferences, and the most votes at any stage.
type Candidate struct {
	Name                string
	First, Most         float64
	FirstText, MostText string
	Outcome             string // "Elected, stage 1"
	Elected             bool
}

const (
	barElected = "#14465c" // 10.2
	barOther   = "#6f8896" // 3.7
)

// HTML draws the chart.
func (q Quota) HTML() (template.HTML, error) {
	if err := q.Frame.check(); err != nil {
		return "", err
	}
	if len(q.Rows) == 0 || q.Value <= 0 {
		return "", fmt.Errorf("chart %s has %d candidates and a quota of %g", q.ID, len(q.Rows), q.Value)
	}
	for _, r := range q.Rows {
		if r.First < 0 || r.Most < r.First || math.IsNaN(r.First) || math.IsInf(r.Most, 0) || math.IsNaN(r.Most) {
			return "", fmt.Errorf("chart %s: %s has %g votes first and %g at most", q.ID, r.Name, r.First, r.Most)
		}
	}
	narrow, wide := q.draw(newCanvas(false)), q.draw(newCanvas(true))
	return q.figure(q.keys(), narrow.svg(q.ID+"-narrow", q.Title, q.describe()), wide.svg(q.ID+"-wide", q.Title, q.describe()), q.table()), nil
}

func (q Quota) describe() string {
	var parts []string
	for _, r := range q.Rows {
		parts = append(parts, fmt.Sprintf("%s: %s first preferences, at most %s, %s.", r.Name, r.FirstText, r.MostText, strings.ToLower(r.Outcome[:1])+r.Outcome[1:]))
	}
	return strings.Join(parts, " ")
}

func (q Quota) keys() []keyEntry {
	box := func(fill string) string {
		return fmt.Sprintf(`<svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill="%s"/></svg>`, fill)
	}
	return []keyEntry{
		{box(barElected) + box(barOther), "First preferences: elected, not elected"},
		{`<svg width="22" height="14" aria-hidden="true"><rect x=".7" y=".7" width="20.6" height="12.6" fill="#fff" stroke="` + quiet +
			`" stroke-width="1.4"/><path d="M3 13L14 1M10 13L21 1" stroke="` + quiet + `" stroke-width="2"/></svg>`, "Passed on from others"},
	}
}

// draw puts a bar for each candidate on a canvas, with the name above it, so that long
// names have room on a phone.
func (q Quota) draw(c *canvas) *canvas {
	hatch := q.ID + "-hatch-" + strings.TrimPrefix(c.class, "cw-svg--")
	fmt.Fprintf(&c.b, `<defs><pattern id="%s" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><rect width="2" height="6" fill="%s"/></pattern></defs>`, hatch, quiet)
	most := q.Value
	for _, r := range q.Rows {
		most = math.Max(most, r.Most)
	}
	x := scale{low: 0, high: most * 1.08, from: 0, to: c.width}
	top, step, bar := 28.0, 58.0, 20.0
	for i, r := range q.Rows {
		y := top + step*float64(i)
		outcome := r.Outcome
		class, fill := "q halo", barOther
		if r.Elected {
			outcome, class, fill = "✓ "+outcome, "b halo", barElected
		}
		room := c.width - textWidth(outcome, c.size, r.Elected) - 12
		name := "halo"
		if r.Elected {
			name = "b halo"
		}
		c.text(0, y+20, start, name, fit(r.Name, room, c.size, r.Elected))
		c.text(c.width, y+20, end, class, outcome)
		first := x.at(r.First)
		fmt.Fprintf(&c.b, `<rect x="0" y="%s" width="%s" height="%s" fill="%s"/>`, num(y+28), num(first), num(bar), fill)
		if more := x.at(r.Most) - first; more >= 1 {
			fmt.Fprintf(&c.b, `<rect x="%s" y="%s" width="%s" height="%s" fill="url(#%s)" stroke="%s" stroke-width="1.4"/>`,
				num(first), num(y+29), num(more), num(bar-2), hatch, quiet)
		}
	}
	c.height = top + step*float64(len(q.Rows)) + 4
	at := x.at(q.Value)
	for i := range q.Rows { // beside the bars alone: names stay clear of the line
		y := top + step*float64(i) + 25
		c.line(at, y, at, y+26, "#fff", 4, "")
		c.line(at, y, at, y+26, ink, 1.8, dashes)
	}
	label := "Quota " + q.Text
	half := textWidth(label, c.size, true) / 2
	c.text(math.Min(math.Max(at, half), c.width-half), 16, middle, "b", label)
	return c
}

func (q Quota) table() table {
	t := table{caption: q.Title, heads: []string{"Candidate", "First preferences", "Most votes", "Outcome"}}
	for _, r := range q.Rows {
		t.rows = append(t.rows, tableRow{[]string{r.Name, r.FirstText, r.MostText, r.Outcome}, r.Elected})
	}
	return t
}
