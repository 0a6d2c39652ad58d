package pack

import (
	"fmt"
	"math"

	"commonweal/spc"
)

// Rows and columns of the matrix, in order.
var (
	Variations = []string{"Better", "Usual variation", "Another change", "A concern", "Not judged"}
	Assurances = []string{"Target met every time", "Target met by chance", "Target missed every time", "Not judged, or no target"}
)

// Matrix is how many measures vary how, and whether they meet their targets. Its cells
// hold the places of pages.
type Matrix [5][4][]int

// Sum puts the pages into the matrix.
func Sum(pages []Page) Matrix {
	var m Matrix
	for i, p := range pages {
		row, column := p.Cell()
		m[row][column] = append(m[row][column], i)
	}
	return m
}

// Cell is the row and column of a page.
func (p Page) Cell() (row, column int) {
	row, column = 4, 3
	if p.Chart == nil {
		return row, column
	}
	if !p.Chart.VariationWithheld {
		switch p.Chart.Variation {
		case spc.Improvement:
			row = 0
		case spc.Usual:
			row = 1
		case spc.NeutralHigh, spc.NeutralLow:
			row = 2
		case spc.Concern:
			row = 3
		}
	}
	if p.Chart.Withheld == "" {
		switch p.Chart.Assurance {
		case spc.Passes:
			column = 0
		case spc.HitAndMiss:
			column = 1
		case spc.Fails:
			column = 2
		}
	}
	return row, column
}

// Sentence is what the pack found, in one sentence: what changed, and of which targets the
// board has to know that they will not be met as things stand.
func Sentence(pages []Page) string {
	if len(pages) == 0 {
		return "No measure has been chosen yet."
	}
	var better, worse, other, missed, refused int
	for _, p := range pages {
		row, column := p.Cell()
		switch row {
		case 0:
			better++
		case 2:
			other++
		case 3:
			worse++
		}
		if column == 2 {
			missed++
		}
		if p.Chart == nil {
			refused++
		}
	}
	s := fmt.Sprintf("Of %s %s, ", numeral(len(pages)), plural(len(pages), "measure", "measures"))
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{{better, "for the better"}, {worse, "for the worse"}, {other, "that is neither better nor worse"}} {
		switch {
		case c.n == 0:
		case len(parts) == 0:
			parts = append(parts, fmt.Sprintf("%s %s a change %s", numeral(c.n), plural(c.n, "shows", "show"), c.what))
		default:
			parts = append(parts, numeral(c.n)+" "+c.what)
		}
	}
	if len(parts) == 0 {
		s += "none shows a change at its last point"
	}
	s += list(parts)
	if missed > 0 {
		s += fmt.Sprintf("; as things stand %s", plural(missed, "one misses its target every time", numeral(missed)+" miss their targets every time"))
	}
	if refused > 0 {
		s += fmt.Sprintf("; %s not charted", plural(refused, "one is", numeral(refused)+" are"))
	}
	return s + "."
}

// Chance says how many signals to expect in a pack in which nothing is going on.
func Chance(pages []Page) string {
	var points []int
	for _, p := range pages {
		if n := p.Points(); n > 0 && !p.Chart.VariationWithheld {
			points = append(points, n)
		}
	}
	if len(points) == 0 {
		return ""
	}
	e := spc.FalseSignals(points...)
	return fmt.Sprintf("%s %s. If nothing at all were going on, %s would still show a signal at the last point, by chance alone; and %s of the charts would show one somewhere.",
		begin(numeral(len(points))), plural(len(points), "measure is charted", "measures are charted"), about(e.Last, "pack"), rounded(e.Any))
}

// about writes an expected number: "about one in every three packs", "about two measures".
func about(x float64, noun string) string {
	if x < 0.75 {
		n := max(2, int(math.Round(1/max(x, 0.001))))
		return fmt.Sprintf("a measure in about one in every %s %ss", numeral(n), noun)
	}
	n := int(math.Round(x))
	return fmt.Sprintf("about %s %s", numeral(n), plural(n, "measure", "measures"))
}

func rounded(x float64) string {
	if x < 0.75 {
		return "less than one"
	}
	return "about " + numeral(int(math.Round(x)))
}
