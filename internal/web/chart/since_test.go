package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// startsByYear is the published example of counties and the minimum wage, as the R package
// did prints it, with an invented point that has no interval.
func startsByYear() Since {
	return Since{
		Frame: Frame{ID: "since", Title: "Employment by time since the start", Sub: "Against counties that never began", Note: "Each range is its own.", Source: "Source: a publisher."},
		Value: "Difference", Every: "year", Sites: "Counties", Counted: true, Thin: "one start", Decimals: 3,
		Points: []SincePoint{
			{Times: -3, Value: 0.030507, Low: 0.00104, High: 0.05997, Ranged: true, Sites: 131, Starts: 1, Thin: true},
			{Times: -2, Value: -0.000563, Low: -0.02661, High: 0.02549, Ranged: true, Sites: 171, Starts: 2},
			{Times: -1, Value: -0.024459, Low: -0.05236, High: 0.00344, Ranged: true, Sites: 171, Starts: 2},
			{Times: 0, Value: -0.019932, Low: -0.04311, High: 0.00325, Ranged: true, Sites: 191, Starts: 3},
			{Times: 1, Value: -0.050957, Low: -0.08407, High: -0.01785, Ranged: true, Sites: 60, Starts: 2},
			{Times: 2, Value: -0.137259, Low: -0.20867, High: -0.06585, Ranged: true, Sites: 20, Starts: 1, Thin: true},
			{Times: 3, Value: -0.100811, Sites: 20, Starts: 1, Thin: true},
		},
	}
}

// against is the same by a method that sets all points against the last time before.
func against() Since {
	s := startsByYear()
	s.Points[2] = SincePoint{Times: -1, Fixed: true}
	return s
}

func TestSince_Golden(t *testing.T) {
	for name, s := range map[string]Since{"since.html": startsByYear(), "since_against.html": against()} {
		got, err := s.HTML()
		if err != nil {
			t.Fatal(err)
		}
		lawful(t, string(got))
		golden(t, name, string(got)+"\n")
		if again, err := s.HTML(); err != nil || again != got {
			t.Error("the same description gave other bytes")
		}
	}
}

// Each mark and each end of an interval stands where the table says, with the shape of its
// side, hollow where it is thin; how many stand behind a point is under it.
func TestSince_PictureEqualsTable(t *testing.T) {
	for name, s := range map[string]Since{"moves": startsByYear(), "against the last before": against()} {
		markup, err := s.HTML()
		if err != nil {
			t.Fatal(err)
		}
		figure := parse(t, string(markup))
		order, rows := cells(figure)
		if len(order) != len(s.Points) || fmt.Sprint(rows["Year of the start"]) != "[\u22120.020 \u22120.043 0.003 191 3 from the start on]" ||
			fmt.Sprint(rows["3 years after"]) != "[\u22120.101 not known not known 20 1 from the start on; little behind it]" {
			t.Fatalf("%s: rows %v", name, rows)
		}
		narrow, wide := pictures(t, figure)
		for _, p := range []node{narrow, wide} {
			value, at := sinceAxes(t, p)
			var drawn []string
			for _, mark := range append(p.all("circle"), p.all("path")...) {
				var x, y, side float64
				kind := "circle"
				switch d := mark.attr("d"); {
				case d == "":
					x, y = mark.number(t, "cx"), mark.number(t, "cy")
				case strings.Contains(d, "h"):
					kind = "square"
					if _, err := fmt.Sscanf(d, "M%f %fh%f", &x, &y, &side); err != nil {
						t.Fatal(err)
					}
					x, y = x+side/2, y+side/2
				default:
					kind = "diamond"
					var top float64
					if _, err := fmt.Sscanf(d, "M%f %fL%f %f", &x, &top, &side, &y); err != nil {
						t.Fatal(err)
					}
				}
				if mark.attr("fill") == "#fff" && kind != "square" {
					kind = "hollow " + kind
				}
				drawn = append(drawn, fmt.Sprintf("%s %d %.2f", kind, int(math.Round(at(x))), value(y)))
			}
			var said []string
			for _, one := range s.Points {
				cell := rows[s.when(one.Times)]
				kind, v := "diamond", number(t, cell[0])
				switch what := cell[len(cell)-1]; {
				case strings.HasPrefix(what, "set against"):
					kind = "square"
				case strings.HasPrefix(what, "before"):
					kind = "circle"
				}
				if strings.HasSuffix(cell[len(cell)-1], "little behind it") {
					kind = "hollow " + kind
				}
				said = append(said, fmt.Sprintf("%s %d %.2f", kind, one.Times, v))
				if cell[1] == "" || cell[1] == "not known" {
					continue
				}
				whisker := false
				for _, l := range p.all("line") {
					whisker = whisker || l.attr("stroke") == quiet && l.attr("x1") == l.attr("x2") && math.Abs(at(l.number(t, "x1"))-float64(one.Times)) < 0.01 &&
						math.Abs(value(l.number(t, "y1"))-number(t, cell[1])) < 0.0015 && math.Abs(value(l.number(t, "y2"))-number(t, cell[2])) < 0.0015
				}
				if !whisker {
					t.Errorf("%s, %s: no interval of %d from %s to %s", name, p.attr("class"), one.Times, cell[1], cell[2])
				}
				behind := false
				for _, text := range p.all("text") {
					behind = behind || text.Text == cell[3] && math.Abs(at(text.number(t, "x"))-float64(one.Times)) < 0.01
				}
				if !behind {
					t.Errorf("%s, %s: %s do not stand under %d", name, p.attr("class"), cell[3], one.Times)
				}
			}
			for _, one := range said {
				if !takeText(&drawn, one) {
					t.Errorf("%s, %s: no mark %q; there are %q", name, p.attr("class"), one, drawn)
				}
			}
			if len(drawn) > 0 {
				t.Errorf("%s, %s: marks %q are in no table", name, p.attr("class"), drawn)
			}
		}
	}
}

func takeText(list *[]string, want string) bool {
	for i, one := range *list {
		if one == want {
			*list = append((*list)[:i], (*list)[i+1:]...)
			return true
		}
	}
	return false
}

// number reads a figure of the table.
func number(t *testing.T, cell string) float64 {
	t.Helper()
	var v float64
	if _, err := fmt.Sscanf(strings.Replace(cell, "\u2212", "-", 1), "%f", &v); err != nil {
		t.Fatalf("%q: %v", cell, err)
	}
	return v
}

// sinceAxes find the value of a height, and the time of a place, from what is written at
// the axes.
func sinceAxes(t *testing.T, p node) (value, at func(float64) float64) {
	t.Helper()
	var ys, vs, xs, ts []float64
	for _, text := range p.all("text") {
		switch written := text.Text; {
		case text.attr("text-anchor") == "end":
			ys, vs = append(ys, text.number(t, "y")-4.5), append(vs, number(t, written))
		case written == "0" || strings.HasPrefix(written, "+") || strings.HasPrefix(written, "\u2212"):
			xs, ts = append(xs, text.number(t, "x")), append(ts, number(t, written))
		}
	}
	if len(ys) < 2 || len(xs) < 2 {
		t.Fatalf("axes with %d and %d figures", len(ys), len(xs))
	}
	line := func(from, to []float64) func(float64) float64 {
		n := len(from) - 1
		return func(v float64) float64 { return to[0] + (v-from[0])/(from[n]-from[0])*(to[n]-to[0]) }
	}
	return line(ys, vs), line(xs, ts)
}

// Labels keep apart: with many months, one point, large figures, many sites.
func TestSince_LabelsApart(t *testing.T) {
	months := Since{Frame: testFrame, Value: "Difference", Every: "month", Sites: "Sites", Counted: true}
	for k := -35; k <= 36; k++ {
		months.Points = append(months.Points, SincePoint{Times: k, Value: math.Sin(float64(k)), Low: -1.2, High: 1.2, Ranged: true, Sites: 10_000 + k, Starts: 2})
	}
	large := startsByYear()
	large.Decimals = 0
	for i := range large.Points {
		p := &large.Points[i]
		p.Value, p.Low, p.High = p.Value*1e7, p.Low*1e7, p.High*1e7
	}
	one := Since{Frame: testFrame, Value: "Difference", Sites: "Sites", Points: []SincePoint{{Times: 0, Value: 1}}}
	late := Since{Frame: testFrame, Value: "Difference", Sites: "Sites", Points: []SincePoint{{Times: 7, Value: 0, Low: -1, High: 1, Ranged: true}, {Times: 9, Value: 0}}}
	for name, s := range map[string]Since{"years": startsByYear(), "against": against(), "months": months, "large": large, "one": one, "late": late} {
		t.Run(name, func(t *testing.T) {
			apart(t, s.draw(newCanvas(false)))
			apart(t, s.draw(newCanvas(true)))
			markup, err := s.HTML()
			if err != nil {
				t.Fatal(err)
			}
			lawful(t, string(markup))
			if !strings.Contains(string(markup), ">The start</text>") {
				t.Error("the start is not marked")
			}
		})
	}
}

func TestSince_Refused(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Since)
		want   string
	}{
		{"no source", func(s *Since) { s.Source = "" }, "chart since has no source"},
		{"nothing", func(s *Since) { s.Points = []SincePoint{{Times: -1, Fixed: true}} }, "has nothing to show"},
		{"out of order", func(s *Since) { s.Points[1].Times = -3 }, "time -3 comes after -3"},
		{"no number", func(s *Since) { s.Points[0].High = math.NaN() }, "is no number"},
		{"an interval beside its figure", func(s *Since) { s.Points[0].Low = 1 }, "leaves out its figure"},
		{"hollow without words", func(s *Since) { s.Thin = "" }, "has no words"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := startsByYear()
			c.change(&s)
			if _, err := s.HTML(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}
