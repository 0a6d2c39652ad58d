package chart

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// Strips shows organisations as marks with their likely ranges, above groups of
// others as strips of dots with the middle marked, and one line of reference.
type Strips struct {
	Frame
	Unit     string // after every figure: "%" or nothing
	Decimals int    // of figures from a hundred answers; one less below
	Value    string // what the figure is, as the head of its column: "Score"

	Rows      []Row
	Groups    []Group
	Reference *Reference

	OursKey  string // "A mutual, with its likely range"
	OtherKey string // the same for rows that are not ours
	DotKey   string // "A trust"
}

// Row is one organisation with a line of its own.
type Row struct {
	Label     string
	Value     float64
	Low, High float64
	HasRange  bool
	Answers   int  // nought where they are not counted
	Ours      bool // damson: your organisation, or the mutuals where the page is about them
}

// Group is a strip of organisations.
type Group struct {
	Label   string
	Dots    []Dot
	Median  float64
	Answers int
}

// Dot is one organisation in a strip.
type Dot struct {
	Value float64
	Ours  bool // stands out as a diamond in our colour
}

// Reference is the figure that everything is held against.
type Reference struct {
	Label   string // "England"
	Value   float64
	Answers int
}

// HTML draws the chart.
func (s Strips) HTML() (template.HTML, error) {
	if err := s.check(); err != nil {
		return "", err
	}
	desc := s.describe()
	narrow, wide := s.narrow(), s.wide()
	return s.figure(s.keys(),
		narrow.svg(s.ID+"-narrow", s.Title, desc),
		wide.svg(s.ID+"-wide", s.Title, desc),
		s.table()), nil
}

func (s Strips) check() error {
	if err := s.Frame.check(); err != nil {
		return err
	}
	if len(s.Rows) == 0 && len(s.Groups) == 0 {
		return fmt.Errorf("chart %s has nothing to show", s.ID)
	}
	for _, r := range s.Rows {
		if r.Label == "" {
			return fmt.Errorf("chart %s has a row without a label", s.ID)
		}
		if r.HasRange && (r.Low > r.Value || r.High < r.Value) {
			return fmt.Errorf("chart %s: the range of %s from %g to %g leaves out its figure %g", s.ID, r.Label, r.Low, r.High, r.Value)
		}
	}
	for _, g := range s.Groups {
		if g.Label == "" || len(g.Dots) == 0 {
			return fmt.Errorf("chart %s has a group without a label or without dots", s.ID)
		}
	}
	for _, v := range s.values() {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("chart %s has a figure that is no number", s.ID)
		}
	}
	return nil
}

// values are all figures that the axis must have room for.
func (s Strips) values() []float64 {
	var all []float64
	for _, r := range s.Rows {
		all = append(all, r.Value)
		if r.HasRange {
			all = append(all, r.Low, r.High)
		}
	}
	for _, g := range s.Groups {
		all = append(all, g.Median)
		for _, d := range g.Dots {
			all = append(all, d.Value)
		}
	}
	if s.Reference != nil {
		all = append(all, s.Reference.Value)
	}
	return all
}

func (s Strips) write(v float64, answers int) string {
	return written(v, s.Decimals, answers, s.Unit)
}

func (r Row) mark() string {
	if r.Ours {
		return "ours-t"
	}
	return "b"
}

// describe says in words what the picture shows.
func (s Strips) describe() string {
	var parts []string
	var rows []string
	for _, r := range s.Rows {
		rows = append(rows, r.Label+" "+s.write(r.Value, r.Answers))
	}
	if len(rows) > 0 {
		parts = append(parts, strings.Join(rows, ", ")+".")
	}
	var groups []string
	for _, g := range s.Groups {
		groups = append(groups, g.Label+" "+s.write(g.Median, 0))
	}
	if len(groups) > 0 {
		parts = append(parts, "Medians: "+strings.Join(groups, ", ")+".")
	}
	if r := s.Reference; r != nil {
		parts = append(parts, r.Label+" "+s.write(r.Value, r.Answers)+".")
	}
	return strings.Join(parts, " ")
}

func (s Strips) keys() []keyEntry {
	const open = `<svg width="20" height="20" aria-hidden="true" focusable="false">`
	var keys []keyEntry
	var ours, others bool
	for _, r := range s.Rows {
		ours = ours || r.Ours
		others = others || !r.Ours
	}
	for _, g := range s.Groups {
		for _, d := range g.Dots {
			ours = ours || d.Ours
		}
	}
	if ours {
		keys = append(keys, keyEntry{fmt.Sprintf(`%s<path d="%s" fill="%s" stroke="#fff" stroke-width="1.2"/></svg>`, open, diamondPath(10, 10, 8.7), damson), s.OursKey})
	}
	if others {
		keys = append(keys, keyEntry{fmt.Sprintf(`%s<circle cx="10" cy="10" r="6" fill="#fff" stroke="%s" stroke-width="1.8"/></svg>`, open, quiet), s.OtherKey})
	}
	if len(s.Groups) > 0 {
		keys = append(keys,
			keyEntry{fmt.Sprintf(`<svg width="14" height="14" aria-hidden="true" focusable="false"><circle cx="7" cy="7" r="4" fill="#a9bac4" stroke="%s"/></svg>`, quiet), s.DotKey},
			keyEntry{fmt.Sprintf(`<svg width="10" height="20" aria-hidden="true" focusable="false"><path d="M5 1v18" stroke="%s" stroke-width="2.6"/></svg>`, ink), "Median of the group"})
	}
	return keys
}

// table holds the figures of the picture, written as in the picture. Columns
// that would be empty throughout are left out.
func (s Strips) table() table {
	var ranges, answers bool
	for _, r := range s.Rows {
		ranges = ranges || r.HasRange
		answers = answers || r.Answers > 0
	}
	for _, g := range s.Groups {
		answers = answers || g.Answers > 0
	}
	t := table{caption: s.Title, heads: []string{"Organisation or group", s.Value}}
	if ranges {
		t.heads = append(t.heads, "Likely from", "to")
	}
	if answers {
		t.heads = append(t.heads, "Answers")
	}
	add := func(label, value, low, high string, n int, strong bool) {
		cells := []string{label, value}
		if ranges {
			cells = append(cells, low, high)
		}
		if answers {
			count := ""
			if n > 0 {
				count = thousands(n)
			}
			cells = append(cells, count)
		}
		t.rows = append(t.rows, tableRow{cells, strong})
	}
	for _, r := range s.Rows {
		low, high := "", ""
		if r.HasRange {
			low, high = s.write(r.Low, r.Answers), s.write(r.High, r.Answers)
		}
		add(r.Label, s.write(r.Value, r.Answers), low, high, r.Answers, r.Ours)
	}
	for _, g := range s.Groups {
		add(fmt.Sprintf("%s, median of %d", g.Label, len(g.Dots)), s.write(g.Median, 0), "", "", g.Answers, false)
	}
	if r := s.Reference; r != nil {
		add(r.Label, s.write(r.Value, r.Answers), "", "", r.Answers, false)
	}
	return t
}
