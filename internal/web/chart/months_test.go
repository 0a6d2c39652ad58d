package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func points(values ...float64) []Point {
	out := make([]Point, len(values))
	for i, v := range values {
		out[i] = Point{Value: v, Known: !math.IsNaN(v)}
	}
	return out
}

func year() Months {
	gap := math.NaN()
	return Months{
		Frame: Frame{ID: "absence", Title: "Sickness absence by month", Sub: "Days lost in a hundred days available", Source: "Source: a publisher."},
		Unit:  "%", Decimals: 2,
		Months: []string{"Apr 24", "May 24", "Jun 24", "Jul 24", "Aug 24", "Sep 24", "Oct 24", "Nov 24", "Dec 24", "Jan 25", "Feb 25", "Mar 25"},
		Lines: []Line{
			{"Sirona", LineOurs, points(5.5, 5.6, 5.7, gap, 5.2, 5.6, 6.7, 6.4, 6.5, 7.3, 6.7, 5.5)},
			{"Median of six community mutuals", LineGroup, points(5.3, 5.1, 5.6, 6.1, 5.2, 5.8, 6.3, 6.2, 6.4, 6.3, 5.5, 5.46)},
			{"England", LineWhole, points(4.8, 4.7, 4.9, 5.2, 4.8, 5.0, 5.4, 5.4, 5.7, 5.7, 5.3, 5.44)},
		},
	}
}

func TestMonths_Golden(t *testing.T) {
	got, err := year().HTML()
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, string(got))
	golden(t, "months.html", string(got)+"\n")
}

// Labels keep apart, also where three lines end at almost the same figure, at
// the bottom or at the top.
func TestMonths_LabelsApart(t *testing.T) {
	low, high := year(), year()
	for i := range low.Lines {
		last := len(low.Months) - 1
		low.Lines[i].Points[last].Value = 4.7 + float64(i)/100
		high.Lines[i].Points[last].Value = 7.3 - float64(i)/100
	}
	two := Months{Frame: testFrame, Months: []string{"Apr 24", "May 24"}, Decimals: 1, Lines: []Line{{"A", LineOurs, points(1, 1)}}}
	for name, m := range map[string]Months{"close": year(), "at the bottom": low, "at the top": high, "two months": two} {
		t.Run(name, func(t *testing.T) {
			apart(t, m.draw(newCanvas(false)))
			apart(t, m.draw(newCanvas(true)))
		})
	}
}

// The marks stand where the table says; a month that is not known has no mark,
// breaks the line, and is named in the table.
func TestMonths_PictureEqualsTable(t *testing.T) {
	markup, err := year().HTML()
	if err != nil {
		t.Fatal(err)
	}
	figure := parse(t, string(markup))
	order, rows := cells(figure)
	if len(order) != 12 || fmt.Sprint(rows["Jul 24"]) != "[not published 6.10% 5.20%]" || fmt.Sprint(rows["Apr 24"]) != "[5.50% 5.30% 4.80%]" {
		t.Errorf("rows %v", rows)
	}
	narrow, wide := pictures(t, figure)
	for _, p := range []node{narrow, wide} {
		value := heightOf(t, p)
		var diamonds []float64
		for _, path := range p.all("path") {
			if path.attr("fill") != damson {
				if path.attr("stroke") == damson && strings.Count(path.attr("d"), "M") != 2 {
					t.Errorf("%s: the line does not break once: %s", p.attr("class"), path.attr("d"))
				}
				continue
			}
			var x, top, rest float64
			if _, err := fmt.Sscanf(path.attr("d"), "M%f %fL%f", &x, &top, &rest); err != nil {
				t.Fatal(err)
			}
			diamonds = append(diamonds, value(top+small))
		}
		if len(diamonds) != 11 {
			t.Fatalf("%s: %d diamonds, want 11", p.attr("class"), len(diamonds))
		}
		n := 0
		for _, head := range order {
			cell := rows[head][0]
			if cell == "not published" {
				continue
			}
			if got := fmt.Sprintf("%.1f", diamonds[n]); !strings.HasPrefix(cell, got) {
				t.Errorf("%s: the diamond of %s stands at %s and the table says %s", p.attr("class"), head, got, cell)
			}
			n++
		}
	}
}

// heightOf finds the value of a height from the figures beside the axis.
func heightOf(t *testing.T, p node) func(y float64) float64 {
	t.Helper()
	var ys, vs []float64
	for _, text := range p.all("text") {
		var v float64
		if n, _ := fmt.Sscanf(text.Text, "%f%%", &v); n == 1 && text.attr("text-anchor") == "end" {
			ys, vs = append(ys, text.number(t, "y")-4.5), append(vs, v)
		}
	}
	if len(ys) < 2 {
		t.Fatalf("axis with %d figures", len(ys))
	}
	n := len(ys) - 1
	return func(y float64) float64 { return vs[0] + (y-ys[0])/(ys[n]-ys[0])*(vs[n]-vs[0]) }
}

func TestMonths_Refused(t *testing.T) {
	short := year()
	short.Lines[0].Points = short.Lines[0].Points[:3]
	unknown := year()
	unknown.Lines[2].Points = make([]Point, 12)
	for want, m := range map[string]Months{
		"line Sirona has 3 points for 12 months": short,
		"line England has no known month":        unknown,
		"1 months and 1 lines":                   {Frame: testFrame, Months: []string{"Apr"}, Lines: []Line{{"A", LineOurs, points(1)}}},
	} {
		if _, err := m.HTML(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
