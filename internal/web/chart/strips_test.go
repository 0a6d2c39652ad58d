package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var testFrame = Frame{
	ID: "engagement", Title: "Staff engagement by organisation", Sub: "Score from 0 to 10",
	Note: "Likely range: 95%.", Source: "Source: a publisher, under a licence.",
}

func sample() Strips {
	return Strips{
		Frame: testFrame, Decimals: 2, Value: "Score",
		OursKey: "A mutual, with its likely range", OtherKey: "Another mutual", DotKey: "A trust",
		Rows: []Row{
			{Label: "NAViGO", Value: 7.908, Low: 7.753, High: 8.063, HasRange: true, Answers: 517, Ours: true},
			{Label: "Sirona", Value: 6.574, Low: 6.494, High: 6.655, HasRange: true, Answers: 1933},
			{Label: "A small one", Value: 7.25, Low: 6.75, High: 7.75, HasRange: true, Answers: 50, Ours: true},
		},
		Groups: []Group{
			{Label: "Community trusts", Dots: []Dot{{Value: 6.9}, {Value: 7.2}, {Value: 7.21, Ours: true}, {Value: 7.21}, {Value: 7.5}}, Median: 7.21, Answers: 28074},
			{Label: "Mental health and learning disability", Dots: []Dot{{Value: 6.3}, {Value: 7.1}}, Median: 6.7, Answers: 900},
		},
		Reference: &Reference{Label: "England", Value: 6.846, Answers: 745006},
	}
}

func TestStrips_Golden(t *testing.T) {
	got, err := sample().HTML()
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, string(got))
	golden(t, "strips.html", string(got)+"\n")
	again, err := sample().HTML()
	if err != nil || again != got {
		t.Error("the same description gave other bytes")
	}
}

// From the marks back to the figures: the picture shows what the table says, on
// both widths.
func TestStrips_PictureEqualsTable(t *testing.T) {
	s := sample()
	got, err := s.HTML()
	if err != nil {
		t.Fatal(err)
	}
	figure := parse(t, string(got))
	order, rows := cells(figure)
	if want := []string{"NAViGO", "Sirona", "A small one", "Community trusts, median of 5", "Mental health and learning disability, median of 2", "England"}; strings.Join(order, "|") != strings.Join(want, "|") {
		t.Fatalf("rows %v, want %v", order, want)
	}
	if got, want := fmt.Sprint(rows["NAViGO"]), "[7.91 7.75 8.06 517]"; got != want {
		t.Errorf("NAViGO %s, want %s", got, want)
	}
	// Below a hundred answers one decimal, in the table and in the picture.
	if got, want := fmt.Sprint(rows["A small one"]), "[7.2 6.8 7.8 50]"; got != want {
		t.Errorf("the small one %s, want %s", got, want)
	}

	narrow, wide := pictures(t, figure)
	for _, p := range []node{narrow, wide} {
		value := axisOf(t, p)
		var shown []float64
		for _, path := range p.all("path") {
			shown = append(shown, value(diamondMiddle(t, path)))
		}
		for _, c := range p.all("circle") {
			shown = append(shown, value(c.number(t, "cx")))
		}
		// Three rows and seven dots, each at its figure.
		want := []float64{7.91, 7.25, 7.21, 6.57, 6.9, 7.2, 7.21, 7.5, 6.3, 7.1}
		for _, w := range want {
			if !take(&shown, w, 0.008) {
				t.Errorf("%s: no mark stands at %g", p.attr("class"), w)
			}
		}
		if len(shown) > 0 {
			t.Errorf("%s: marks at %v are in no table", p.attr("class"), shown)
		}
		// The ends of the ranges, the medians and England as lines.
		for _, w := range []struct {
			at     string
			colour string
		}{
			{rows["NAViGO"][1], damson},
			{rows["NAViGO"][2], damson},
			{rows["Sirona"][1], quiet},
			{rows["Sirona"][2], quiet},
			{rows[order[3]][0], ink},
			{rows[order[4]][0], ink},
			{rows["England"][0], ink},
		} {
			if !hasUpright(t, p, value, w.at, w.colour) {
				t.Errorf("%s: no upright line at %s", p.attr("class"), w.at)
			}
		}
		// Every figure of the table's first column is also written in the picture.
		written := p.said()
		for _, head := range order {
			if !strings.Contains(written, rows[head][0]) {
				t.Errorf("%s: %s is not written", p.attr("class"), rows[head][0])
			}
		}
	}
}

// axisOf finds the value of a position from the figures under the axis.
func axisOf(t *testing.T, p node) func(x float64) float64 {
	t.Helper()
	var xs, vs []float64
	for _, text := range p.all("text") {
		if text.attr("class") != "q" {
			continue
		}
		v, err := strconv.ParseFloat(strings.TrimSuffix(text.Text, "%"), 64)
		if err != nil {
			t.Fatal(err)
		}
		xs, vs = append(xs, text.number(t, "x")), append(vs, v)
	}
	if len(xs) < 2 {
		t.Fatalf("axis with %d figures", len(xs))
	}
	n := len(xs) - 1
	return func(x float64) float64 { return vs[0] + (x-xs[0])/(xs[n]-xs[0])*(vs[n]-vs[0]) }
}

var pathStart = regexp.MustCompile(`^M([0-9.]+) `)

func diamondMiddle(t *testing.T, path node) float64 {
	t.Helper()
	m := pathStart.FindStringSubmatch(path.attr("d"))
	if m == nil || path.attr("fill") != damson {
		t.Fatalf("path %v is no diamond of ours", path.Attrs)
	}
	v, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func hasUpright(t *testing.T, p node, value func(float64) float64, at, colour string) bool {
	t.Helper()
	want, err := strconv.ParseFloat(at, 64)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range p.all("line") {
		if l.attr("x1") == l.attr("x2") && l.attr("stroke") == colour && math.Abs(value(l.number(t, "x1"))-want) < 0.012 {
			return true
		}
	}
	return false
}

func take(list *[]float64, want, tolerance float64) bool {
	for i, v := range *list {
		if math.Abs(v-want) < tolerance {
			*list = append((*list)[:i], (*list)[i+1:]...)
			return true
		}
	}
	return false
}

// Labels keep apart whatever the names and figures are.
func TestStrips_LabelsApart(t *testing.T) {
	long := sample()
	long.Rows[0].Label = "The Extraordinarily Long Name of a Community Interest Company for Health and Social Care in the North and the East"
	long.Groups[0].Label = "Mental Health & Learning Disability and Mental Health, Learning Disability & Community Trusts"
	long.Rows[1].Label = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
	edge := sample()
	edge.Reference.Value = 3
	far := sample()
	far.Reference = &Reference{Label: "England and all its regions together", Value: 9.9}
	rates := sample()
	rates.Unit, rates.Decimals = "%", 2
	one := Strips{Frame: testFrame, Value: "Score", Decimals: 2, OursKey: "Ours", Rows: []Row{{Label: "Alone", Value: 5, Ours: true}}}
	groups := sample()
	groups.Rows = nil
	for name, s := range map[string]Strips{"sample": sample(), "long names": long, "reference at the left": edge, "reference at the right": far, "rates": rates, "one row": one, "groups only": groups, "crowd": crowd(400)} {
		t.Run(name, func(t *testing.T) {
			apart(t, s.narrow())
			apart(t, s.wide())
			markup, err := s.HTML()
			if err != nil {
				t.Fatal(err)
			}
			lawful(t, string(markup))
		})
	}
}

func crowd(n int) Strips {
	random := rand.New(rand.NewPCG(1, 2))
	s := sample()
	g := Group{Label: "Crowd", Median: 6.8}
	for range n {
		g.Dots = append(g.Dots, Dot{Value: 6.8 + 0.25*random.NormFloat64()})
	}
	s.Groups = append(s.Groups, g)
	return s
}

// No two dots of a strip overlap, as drawn: read back from the markup with the
// outline counted in.
func TestStrips_DotsApart(t *testing.T) {
	markup, err := crowd(300).HTML()
	if err != nil {
		t.Fatal(err)
	}
	narrow, wide := pictures(t, parse(t, string(markup)))
	for _, p := range []node{narrow, wide} {
		dots := p.all("circle")
		if len(dots) < 300 {
			t.Fatalf("%d dots", len(dots))
		}
		for i, a := range dots {
			for _, b := range dots[i+1:] {
				d := math.Hypot(a.number(t, "cx")-b.number(t, "cx"), a.number(t, "cy")-b.number(t, "cy"))
				if least := a.number(t, "r") + b.number(t, "r") + 2*outline; d < least {
					t.Fatalf("%s: dots at %s,%s and %s,%s overlap", p.attr("class"), a.attr("cx"), a.attr("cy"), b.attr("cx"), b.attr("cy"))
				}
			}
		}
	}
}

// Text from outside cannot become markup.
func TestStrips_Escapes(t *testing.T) {
	s := sample()
	s.Title, s.Rows[0].Label, s.Source = `<script>alert(1)</script>`, `A & "B" <i>`, `"><img src=x>`
	markup, err := s.HTML()
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, string(markup))
	if strings.Contains(string(markup), "<i>") || strings.Contains(string(markup), "<img") {
		t.Error("text became markup")
	}
}

func TestStrips_Refused(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Strips)
		want   string
	}{
		{"an id with a space", func(s *Strips) { s.ID = "a b" }, `chart "a b": the id is not`},
		{"no title", func(s *Strips) { s.Title = "" }, "chart engagement has no title"},
		{"no source", func(s *Strips) { s.Source = "" }, "chart engagement has no source"},
		{"nothing to show", func(s *Strips) { s.Rows, s.Groups = nil, nil }, "has nothing to show"},
		{"a range beside its figure", func(s *Strips) { s.Rows[0].Low = 8 }, "leaves out its figure"},
		{"no number", func(s *Strips) { s.Groups[0].Median = math.NaN() }, "a figure that is no number"},
		{"an empty group", func(s *Strips) { s.Groups[0].Dots = nil }, "without dots"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sample()
			c.change(&s)
			if _, err := s.HTML(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// Without ranges and counts the table has no empty columns for them.
func TestStrips_TableWithoutRanges(t *testing.T) {
	s := Strips{Frame: testFrame, Unit: "%", Decimals: 2, Value: "Rate", OursKey: "Ours", Rows: []Row{{Label: "A", Value: 4.5, Ours: true}}}
	markup, err := s.HTML()
	if err != nil {
		t.Fatal(err)
	}
	_, rows := cells(parse(t, string(markup)))
	if got := fmt.Sprint(rows["A"]); got != "[4.50%]" {
		t.Errorf("row %s", got)
	}
}

// Round values, not too many, all inside.
func TestTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		most      int
		want      string
		decimals  int
	}{
		{5.65, 8.14, 7, "[6 6.5 7 7.5 8]", 1}, {0, 100, 5, "[0 50 100]", 0}, {2.5, 7.9, 7, "[3 4 5 6 7]", 0}, {0.01, 0.04, 7, "[0.01 0.015 0.02 0.025 0.03 0.035 0.04]", 3},
	} {
		at, decimals := scale{low: c.low, high: c.high}.ticks(c.most)
		var short []string
		for _, v := range at {
			short = append(short, strconv.FormatFloat(v, 'g', 6, 64))
		}
		if got := "[" + strings.Join(short, " ") + "]"; got != c.want || decimals != c.decimals {
			t.Errorf("ticks from %g to %g are %s with %d decimals, want %s with %d", c.low, c.high, got, decimals, c.want, c.decimals)
		}
	}
}
