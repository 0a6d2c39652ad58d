package chart

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// Intervals shows groups of people, each as a point with its interval on a line of
// its own, and upright lines to hold them against. A group that is not shown has its
// line and the same words as every other such group.
type Intervals struct {
	Frame
	Head  string // what the rows are: "Directorate"
	Value string // what the figures are: "Score"
	Unit  string // after every figure: "%" or nothing
	Rows  []Interval
	Lines []Upright
	Words string // instead of the figures of a group that is not shown

	Signed bool // figures are changes: a rise is written with its plus
}

// Interval is one group.
type Interval struct {
	Label            string
	Value, Low, High float64
	Decimals         int    // how exactly its figures are written
	Answers          string // as written; empty where they are not told
	Ours             bool   // stands out as the reader's own
	Hidden           bool   // no figure at all
}

// Upright is a figure that all are held against.
type Upright struct {
	Label    string
	Value    float64
	Decimals int
	Ours     bool // solid and damson; others are dotted
}

// HTML draws the chart.
func (s Intervals) HTML() (template.HTML, error) {
	if err := s.check(); err != nil {
		return "", err
	}
	desc := s.describe()
	narrow, wide := s.narrow(), s.wide()
	return s.figure(nil, narrow.svg(s.ID+"-narrow", s.Title, desc), wide.svg(s.ID+"-wide", s.Title, desc), s.table()), nil
}

func (s Intervals) check() error {
	if err := s.Frame.check(); err != nil {
		return err
	}
	shown := 0
	for _, r := range s.Rows {
		if r.Label == "" {
			return fmt.Errorf("chart %s has a row without a label", s.ID)
		}
		if r.Hidden {
			if s.Words == "" {
				return fmt.Errorf("chart %s hides %s and has no words for it", s.ID, r.Label)
			}
			continue
		}
		shown++
		for _, v := range []float64{r.Value, r.Low, r.High} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("chart %s: a figure of %s is no number", s.ID, r.Label)
			}
		}
		if r.Low > r.Value || r.High < r.Value {
			return fmt.Errorf("chart %s: the interval of %s from %g to %g leaves out its figure %g", s.ID, r.Label, r.Low, r.High, r.Value)
		}
	}
	if shown == 0 {
		return fmt.Errorf("chart %s has nothing to show", s.ID)
	}
	for _, l := range s.Lines {
		if l.Label == "" || math.IsNaN(l.Value) || math.IsInf(l.Value, 0) {
			return fmt.Errorf("chart %s has a line without a label or a figure", s.ID)
		}
	}
	return nil
}

// values are all figures that the axis must have room for.
func (s Intervals) values() []float64 {
	var all []float64
	for _, r := range s.Rows {
		if !r.Hidden {
			all = append(all, r.Low, r.Value, r.High)
		}
	}
	for _, l := range s.Lines {
		all = append(all, l.Value)
	}
	return all
}

func (s Intervals) write(v float64, decimals int) string {
	text := written(v, decimals, 0, s.Unit)
	if s.Signed && v > 0 && strings.ContainsAny(text, "123456789") {
		text = "+" + text
	}
	return text
}

func (s Intervals) lineLabel(l Upright) string { return l.Label + " " + s.write(l.Value, l.Decimals) }

// describe says in words what the picture shows.
func (s Intervals) describe() string {
	var parts []string
	for _, r := range s.Rows {
		if r.Hidden {
			parts = append(parts, r.Label+": "+lower(s.Words)+".")
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %s, from %s to %s.", r.Label, s.write(r.Value, r.Decimals), s.write(r.Low, r.Decimals), s.write(r.High, r.Decimals)))
	}
	for _, l := range s.Lines {
		parts = append(parts, s.lineLabel(l)+".")
	}
	return strings.Join(parts, " ")
}

func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// table holds the figures of the picture, written as in the picture.
func (s Intervals) table() table {
	answers := false
	for _, r := range s.Rows {
		answers = answers || r.Answers != ""
	}
	t := table{caption: s.Title, heads: []string{s.Head, s.Value, "Likely from", "to"}}
	if answers {
		t.heads = append(t.heads, "Answers")
	}
	for _, r := range s.Rows {
		cells := []string{r.Label, s.Words, "", ""}
		if !r.Hidden {
			cells = []string{r.Label, s.write(r.Value, r.Decimals), s.write(r.Low, r.Decimals), s.write(r.High, r.Decimals)}
		}
		if answers {
			cells = append(cells, r.Answers)
		}
		t.rows = append(t.rows, tableRow{cells, r.Ours})
	}
	for _, l := range s.Lines {
		cells := []string{l.Label, s.write(l.Value, l.Decimals), "", ""}
		if answers {
			cells = append(cells, "")
		}
		t.rows = append(t.rows, tableRow{cells, l.Ours})
	}
	return t
}
