package chart

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// Months shows a few lines over the same months: one organisation, the middle
// of its group, England.
type Months struct {
	Frame
	Unit     string
	Decimals int
	Months   []string // short, one a month: "Apr 24"
	Lines    []Line
}

// LineKind decides the mark of a line.
type LineKind int

const (
	LineOurs  LineKind = iota // damson, with diamonds
	LineGroup                 // grey-blue, with open circles
	LineWhole                 // dashed, without marks: the whole to hold it against
)

// Line is one series. It has a point for each month.
type Line struct {
	Label  string
	Kind   LineKind
	Points []Point
}

// Point is one month's figure. A month that is not known leaves a gap.
type Point struct {
	Value float64
	Known bool
}

// HTML draws the chart.
func (m Months) HTML() (template.HTML, error) {
	if err := m.check(); err != nil {
		return "", err
	}
	desc := m.describe()
	narrow, wide := m.draw(newCanvas(false)), m.draw(newCanvas(true))
	return m.figure(m.keys(),
		narrow.svg(m.ID+"-narrow", m.Title, desc),
		wide.svg(m.ID+"-wide", m.Title, desc),
		m.table()), nil
}

func (m Months) check() error {
	if err := m.Frame.check(); err != nil {
		return err
	}
	if len(m.Months) < 2 || len(m.Lines) == 0 || len(m.Lines) > 4 {
		return fmt.Errorf("chart %s has %d months and %d lines; two months or more and one to four lines can be drawn", m.ID, len(m.Months), len(m.Lines))
	}
	for _, l := range m.Lines {
		if len(l.Points) != len(m.Months) {
			return fmt.Errorf("chart %s: line %s has %d points for %d months", m.ID, l.Label, len(l.Points), len(m.Months))
		}
		if _, ok := l.last(); !ok {
			return fmt.Errorf("chart %s: line %s has no known month", m.ID, l.Label)
		}
		for _, p := range l.Points {
			if p.Known && (math.IsNaN(p.Value) || math.IsInf(p.Value, 0)) {
				return fmt.Errorf("chart %s: line %s has a figure that is no number", m.ID, l.Label)
			}
		}
	}
	return nil
}

// last is the position of the last known month.
func (l Line) last() (int, bool) {
	for i := len(l.Points) - 1; i >= 0; i-- {
		if l.Points[i].Known {
			return i, true
		}
	}
	return 0, false
}

func (m Months) write(v float64) string { return written(v, m.Decimals, 0, m.Unit) }

func (m Months) describe() string {
	var parts []string
	for _, l := range m.Lines {
		least, most := -1, -1
		for i, p := range l.Points {
			if !p.Known {
				continue
			}
			if least < 0 || p.Value < l.Points[least].Value {
				least = i
			}
			if most < 0 || p.Value > l.Points[most].Value {
				most = i
			}
		}
		last, _ := l.last()
		parts = append(parts, fmt.Sprintf("%s: lowest %s in %s, highest %s in %s, last %s in %s.", l.Label,
			m.write(l.Points[least].Value), m.Months[least], m.write(l.Points[most].Value), m.Months[most], m.write(l.Points[last].Value), m.Months[last]))
	}
	return strings.Join(parts, " ")
}

func (m Months) keys() []keyEntry {
	var keys []keyEntry
	for _, l := range m.Lines {
		var mark string
		switch l.Kind {
		case LineOurs:
			mark = fmt.Sprintf(`<path d="M1 10h28" stroke="%s" stroke-width="2.4"/><path d="%s" fill="%s" stroke="#fff" stroke-width="1.2"/>`, damson, diamondPath(15, 10, 7), damson)
		case LineGroup:
			mark = fmt.Sprintf(`<path d="M1 10h28" stroke="%s" stroke-width="1.8"/><circle cx="15" cy="10" r="3.6" fill="#fff" stroke="%s" stroke-width="1.8"/>`, quiet, quiet)
		default:
			mark = fmt.Sprintf(`<path d="M1 10h28" stroke="%s" stroke-width="1.4" stroke-dasharray="5 4"/>`, ink)
		}
		keys = append(keys, keyEntry{`<svg width="30" height="20" aria-hidden="true" focusable="false">` + mark + "</svg>", l.Label})
	}
	return keys
}

func (m Months) table() table {
	t := table{caption: m.Title, heads: []string{"Month"}}
	for _, l := range m.Lines {
		t.heads = append(t.heads, l.Label)
	}
	for i, month := range m.Months {
		row := tableRow{cells: []string{month}}
		for _, l := range m.Lines {
			cell := "not published"
			if l.Points[i].Known {
				cell = m.write(l.Points[i].Value)
			}
			row.cells = append(row.cells, cell)
		}
		t.rows = append(t.rows, row)
	}
	return t
}
