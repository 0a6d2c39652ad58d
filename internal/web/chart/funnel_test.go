package chart

import (
	"fmt"
	"math"
	"testing"

	"commonweal/funnel"
)

func trusts(t *testing.T, method funnel.Method, n int) Funnel {
	t.Helper()
	var units []funnel.Unit
	for i := range n {
		size := 200 + 2600*math.Abs(math.Sin(float64(i)*2.3))
		u := funnel.Unit{Name: fmt.Sprintf("Trust %02d", i+1), Of: math.Round(size)}
		u.Observed = math.Round(size * (1 + 0.12*math.Sin(float64(i)*5.1)))
		if method == funnel.Proportion {
			u.Observed = math.Round(u.Observed * 0.4)
		}
		units = append(units, u)
	}
	r, err := funnel.Plot(method, units, funnel.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Funnel{
		Frame:    Frame{ID: "deaths", Title: "Deaths against those expected", Sub: "Ratio of observed to expected", Source: "Invented."},
		Decimals: 2, Size: "Expected deaths", Value: "Ratio", Result: r, Ours: "Trust 07",
	}
}

func TestFunnel_Golden(t *testing.T) {
	got, err := trusts(t, funnel.SHMI, 40).HTML()
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, string(got))
	golden(t, "funnel.html", string(got)+"\n")
}

func TestFunnel_LabelsApart(t *testing.T) {
	for _, m := range funnel.Methods() {
		for _, n := range []int{2, 3, 40, 140} {
			f := trusts(t, map[bool]funnel.Method{true: funnel.Proportion, false: m}[m == funnel.Binomial], n)
			f.Times = 100
			apart(t, f.draw(newCanvas(false)))
			apart(t, f.draw(newCanvas(true)))
		}
	}
}

// One mark a unit, the reader's own a diamond; the table has every unit with its limits.
func TestFunnel_TableAndMarks(t *testing.T) {
	f := trusts(t, funnel.Poisson, 40)
	markup, err := f.HTML()
	if err != nil {
		t.Fatal(err)
	}
	figure := parse(t, string(markup))
	order, rows := cells(figure)
	if len(order) != 40 {
		t.Errorf("%d rows", len(order))
	}
	u := f.Result.Units[6]
	want := []string{fmt.Sprintf("%.2f", u.Value), fmt.Sprintf("%.2f to %.2f", u.Lower95, u.Upper95)}
	if got := rows["Trust 07"]; got[1] != want[0] || got[2] != want[1] || got[4] != u.Band.String() {
		t.Errorf("%q; want %q", got, want)
	}
	_, wide := pictures(t, figure)
	if n := len(wide.all("circle")); n != 39 {
		t.Errorf("%d circles", n)
	}
}
