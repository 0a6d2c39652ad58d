package count

import (
	"io"
	"strings"
	"unicode/utf8"
)

// Grid is the stage chart as rows of text: a heading for each stage, then a row a
// candidate, and the non-transferable votes last.
type Grid struct {
	Heads []string
	Rows  [][]string
}

// Grid lays the stages out side by side. A candidate who is out of the count has a
// dash; one elected has a star from that stage on.
func (r *Result) Grid() Grid {
	g := Grid{Heads: []string{""}}
	for i := range r.Stages {
		g.Heads = append(g.Heads, r.short(i))
	}
	for c := range r.Candidates {
		row := []string{r.numbered(c + 1)}
		elected := false
		for i, s := range r.Stages {
			for _, e := range s.Elected {
				elected = elected || e == c+1
			}
			switch {
			case r.silent(i, c):
				row = append(row, "-")
			case elected:
				row = append(row, grouped(s.Totals[c])+"*")
			default:
				row = append(row, grouped(s.Totals[c])+" ")
			}
		}
		g.Rows = append(g.Rows, row)
	}
	if r.Rule.Method == Highest {
		return g
	}
	row := []string{"Non-transferable"}
	for _, s := range r.Stages {
		row = append(row, grouped(s.NonTransferable)+" ")
	}
	g.Rows = append(g.Rows, row)
	return g
}

// short names a stage in a few letters: "1 First", "2 Surplus 4", "3 Out 7, 2".
func (r *Result) short(i int) string {
	s := r.Stages[i]
	head := whole3(int64(s.Number)) + " "
	switch s.Kind {
	case Surplus:
		return head + "Surplus " + numbers(s.Candidates, ", ")
	case Surpluses:
		return head + "Surpluses"
	case Exclusion:
		return head + "Out " + numbers(s.Candidates, ", ")
	}
	return head + "First"
}

// WriteTable writes the stage chart as text, six stages to a block so that it fits
// a page.
func (r *Result) WriteTable(w io.Writer) error {
	const across = 6
	g := r.Grid()
	var out strings.Builder
	for from := 1; from < len(g.Heads); from += across {
		if from > 1 {
			out.WriteString("\n")
		}
		to := min(from+across, len(g.Heads))
		rows := append([][]string{g.Heads}, g.Rows...)
		widths := make([]int, to)
		for _, row := range rows {
			widths[0] = max(widths[0], utf8.RuneCountInString(row[0]))
			for i := from; i < to; i++ {
				widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
			}
		}
		for _, row := range rows {
			line := padded(row[0], widths[0])
			for i := from; i < to; i++ {
				line += "  " + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(row[i])) + row[i]
			}
			out.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	out.WriteString("* elected\n")
	_, err := io.WriteString(w, out.String())
	return err
}
