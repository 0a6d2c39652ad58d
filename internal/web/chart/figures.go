package chart

import (
	"html/template"
	"strings"
)

// Figures is a table of figures of which no chart is drawn.
type Figures struct {
	ID, Title string
	Heads     []string   // the first is of what each row is
	Rows      [][]string // as many cells as heads
}

func (f Figures) table() table {
	t := table{caption: f.Title, heads: f.Heads}
	for _, r := range f.Rows {
		t.rows = append(t.rows, tableRow{cells: r})
	}
	return t
}

// Fold is the table, closed, as it is below a chart.
func (f Figures) Fold() template.HTML {
	var b strings.Builder
	f.table().fold(&b)
	return template.HTML(b.String()) //nolint:gosec // every text in it is escaped
}

// HTML is the table by itself, under its title.
func (f Figures) HTML() template.HTML { return Frame{ID: f.ID}.apart(f.table(), f.Title) }
