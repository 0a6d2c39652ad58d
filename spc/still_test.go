package spc_test

import (
	"slices"
	"strings"
	"testing"

	"commonweal/spc"
)

// Where nearly every value repeats the one before, screening takes every range out that is
// not nought. Limits without width then call all points signals, and an event that came
// once in eighteen months an emergency in each of them. NHSRplotthedots 0.2.2 draws it so.
func TestXmR_NearlyNothingMoves(t *testing.T) {
	noughts := func(n int) []float64 { return make([]float64, n) }
	step := append(slices.Repeat([]float64{5}, 14), slices.Repeat([]float64{8}, 14)...)
	for _, c := range []struct {
		why    string
		values []float64
		o      spc.Options
		still  bool
	}{
		{"one event in eighteen months", append(append(noughts(8), 1), noughts(9)...), spc.Options{}, true},
		{"a level that changes once", step, spc.Options{}, true},
		{"the same with all ranges kept, as the workbook has it", step, spc.Options{KeepOutliers: true}, false},
		{"tenths, which are no whole numbers in a computer", append(slices.Repeat([]float64{0.1}, 15), 0.3, 0.1), spc.Options{}, true},
		{"so many events that ranges are left", []float64{0, 1, 0, 0, 2, 1, 0, 1, 0, 0, 1, 0, 3, 0, 1, 0}, spc.Options{}, false},
		{"nothing at all, which is constant", noughts(15), spc.Options{}, false},
	} {
		chart, err := spc.XmR(series(c.values...), c.o)
		if err != nil {
			t.Fatal(err)
		}
		s := chart.Segments[0]
		if s.Still != c.still || !s.Constant && !(s.Upper > s.Mean && s.Lower < s.Mean) {
			t.Errorf("%s: %+v", c.why, s)
		}
		warned := strings.Contains(strings.Join(chart.Warnings, " "), "nearly every value is the same")
		if warned != c.still || c.still && !(chart.VariationWithheld && strings.Contains(chart.Withheld, "nearly every value")) {
			t.Errorf("%s: withheld %t %q, %q", c.why, chart.VariationWithheld, chart.Withheld, chart.Warnings)
		}
	}
	one, err := spc.XmR(series(append(append(noughts(8), 1), noughts(9)...)...), spc.Options{})
	if err != nil || slices.ContainsFunc(one.Points, func(p spc.Charted) bool { return p.Rule == spc.BelowLower }) {
		t.Errorf("a month without an event is below a limit: %+v, %v", one.Segments, err)
	}
	// The same wait nine times, and once a long one: nine of them are no signals.
	r, err := spc.T(append(slices.Repeat([]float64{10}, 9), 30))
	if err != nil || slices.Contains(r.Outside[:9], true) {
		t.Errorf("T: %+v, %v", r, err)
	}
}
