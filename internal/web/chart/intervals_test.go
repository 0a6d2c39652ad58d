package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func groupsOfPeople() Intervals {
	return Intervals{
		Frame: testFrame, Head: "Directorate", Value: "Score", Words: "Not shown, to protect the people in it",
		Rows: []Interval{
			{Label: "Children and families", Value: 7.52, Low: 7.28, High: 7.76, Decimals: 2, Answers: "210"},
			{Label: "Therapies", Value: 7.4, Low: 7.2, High: 7.7, Decimals: 1, Answers: "75", Ours: true},
			{Label: "Night sitting team", Hidden: true},
			{Label: "Prison healthcare", Hidden: true},
			{Label: "Mental health in the community", Value: 6.71, Low: 6.44, High: 6.98, Decimals: 2, Answers: "125"},
		},
		Lines: []Upright{{Label: "Community trusts’ median", Value: 7.23, Decimals: 2}, {Label: "All of us", Value: 7.21, Decimals: 2, Ours: true}},
	}
}

func TestIntervals_Golden(t *testing.T) {
	got, err := groupsOfPeople().HTML()
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, string(got))
	golden(t, "intervals.html", string(got)+"\n")
	if again, err := groupsOfPeople().HTML(); err != nil || again != got {
		t.Error("the same description gave other bytes")
	}
}

// The picture shows what the table says, on both widths; a group that is not shown
// has its name, the words, and no mark.
func TestIntervals_PictureEqualsTable(t *testing.T) {
	markup, err := groupsOfPeople().HTML()
	if err != nil {
		t.Fatal(err)
	}
	figure := parse(t, string(markup))
	_, rows := cells(figure)
	if got, want := fmt.Sprint(rows["Therapies"]), "[7.4 7.2 7.7 75]"; got != want {
		t.Errorf("therapies %s, want %s", got, want)
	}
	if got, want := fmt.Sprintf("%q", rows["Night sitting team"]), `["Not shown, to protect the people in it" "" "" ""]`; got != want {
		t.Errorf("the hidden row %s, want %s", got, want)
	}
	narrow, wide := pictures(t, figure)
	for _, p := range []node{narrow, wide} {
		marks := len(p.all("circle")) + len(p.all("path"))
		if marks != 3 {
			t.Errorf("%s: %d marks for three groups that are shown", p.attr("class"), marks)
		}
		value := axisOfQuiet(t, p)
		for _, c := range p.all("circle") {
			at := value(c.number(t, "cx"))
			if math.Abs(at-7.52) > 0.008 && math.Abs(at-6.71) > 0.008 {
				t.Errorf("%s: a mark stands at %g", p.attr("class"), at)
			}
		}
		for _, at := range []string{"7.28", "7.76", "6.44", "6.98"} {
			if !hasUpright(t, p, value, at, quiet) {
				t.Errorf("%s: no end of an interval at %s", p.attr("class"), at)
			}
		}
		if !hasUpright(t, p, value, "7.21", damson) {
			t.Errorf("%s: no line at 7.21", p.attr("class"))
		}
		if n := strings.Count(strings.ReplaceAll(p.said(), "\n", " "), "Not shown"); n < 2 {
			t.Errorf("%s: the words stand %d times", p.attr("class"), n)
		}
	}
}

// axisOfQuiet is axisOf among other quiet texts: those that are no number are no tick.
func axisOfQuiet(t *testing.T, p node) func(float64) float64 {
	t.Helper()
	var ticks node
	ticks.Kids = append(ticks.Kids, node{})
	for _, text := range p.all("text") {
		if text.attr("class") == "q" && !strings.Contains(text.Text, " ") {
			ticks.Kids = append(ticks.Kids, text)
		}
	}
	return axisOf(t, ticks)
}

// Labels keep apart whatever the names and figures are.
func TestIntervals_LabelsApart(t *testing.T) {
	long := groupsOfPeople()
	long.Rows[0].Label = "The Extraordinarily Long Name of a Directorate for Health and Social Care in the North and the East"
	long.Rows[2].Label = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
	close := groupsOfPeople()
	close.Lines = append(close.Lines, Upright{Label: "England, all organisations together", Value: 7.22, Decimals: 2})
	edges := groupsOfPeople()
	edges.Lines = []Upright{{Label: "Everybody in the whole of the organisation", Value: 2}, {Label: "Everybody in the whole of England", Value: 9.9}}
	share := Intervals{Frame: testFrame, Head: "Team", Value: "Answered", Unit: "%", Rows: []Interval{{Label: "A", Value: 100, Low: 100, High: 100}, {Label: "B", Value: 0, Low: 0, High: 0}}}
	for name, s := range map[string]Intervals{"sample": groupsOfPeople(), "long names": long, "lines close together": close, "lines at the edges": edges, "percentages at both ends": share} {
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

func TestIntervals_Refused(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Intervals)
		want   string
	}{
		{"no source", func(s *Intervals) { s.Source = "" }, "chart engagement has no source"},
		{"all hidden", func(s *Intervals) { s.Rows = s.Rows[2:4] }, "has nothing to show"},
		{"an interval beside its figure", func(s *Intervals) { s.Rows[0].Low = 8 }, "leaves out its figure"},
		{"no number", func(s *Intervals) { s.Rows[0].High = math.NaN() }, "is no number"},
		{"a row without a label", func(s *Intervals) { s.Rows[0].Label = "" }, "without a label"},
		{"hidden without words", func(s *Intervals) { s.Words = "" }, "has no words for it"},
		{"a line without a label", func(s *Intervals) { s.Lines[0].Label = "" }, "a line without a label"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := groupsOfPeople()
			c.change(&s)
			if _, err := s.HTML(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// A chart of changes writes a rise with its plus, a fall with its minus, and nought bare.
func TestIntervals_Signed(t *testing.T) {
	s := Intervals{Signed: true}
	for want, v := range map[string]float64{"+0.52": 0.52, "\u22121.00": -1, "0.00": 0.004} {
		if got := s.write(v, 2); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
	if got := (Intervals{}).write(0.52, 2); got != "0.52" {
		t.Errorf("a score is written %q", got)
	}
}
