package panel_test

import (
	"math"
	"strings"
	"testing"

	"commonweal/panel"
)

// small is a panel whose columns are given by unit, then by time.
func small(times []int, columns map[string][][]float64) panel.Rows {
	rows := panel.Rows{Columns: map[string][]float64{}}
	for name, byUnit := range columns {
		first := len(rows.Unit) == 0
		for u, values := range byUnit {
			for i, v := range values {
				if first {
					rows.Unit, rows.Time = append(rows.Unit, string(rune('a'+u))), append(rows.Time, times[i])
				}
				rows.Columns[name] = append(rows.Columns[name], v)
			}
		}
	}
	return rows
}

var years = []int{2001, 2002, 2003, 2004}

// Every unit treated in the end: not-yet treated are compared until the last begin, which
// then have nobody; and there are none that never are.
func TestCallawaySantAnna_NobodyIsNeverTreated(t *testing.T) {
	p := take(t, small(years, map[string][][]float64{
		"y":     {{1, 2, 5, 7}, {2, 3.5, 6, 9}, {0, 1, 1.5, 5}, {3, 4.5, 5, 9}, {1, 1.5, 2.5, 6}},
		"start": {{2003, 2003, 2003, 2003}, {2003, 2003, 2003, 2003}, {2004, 2004, 2004, 2004}, {2004, 2004, 2004, 2004}, {2004, 2004, 2004, 2004}},
	}), "y", "start")
	starts, err := panel.Starts(p, "start")
	ok(t, err)
	e, err := panel.CallawaySantAnna(p, "y", starts, panel.NotYetTreated)
	ok(t, err)
	// (3 + 2.5)/2 - (0.5 + 0.5 + 1)/3, and nothing of 2004.
	near(t, "simple", e.Simple.Value, 2.75-2.0/3, 1e-12)
	if len(e.LeftOut) != 1 || e.LeftOut[0] != 2004 || len(e.Cells) != 2 {
		t.Errorf("left out %v, cells %v", e.LeftOut, e.Cells)
	}
	if _, err := panel.CallawaySantAnna(p, "y", starts, panel.NeverTreated); err == nil || !strings.Contains(err.Error(), "not-yet") {
		t.Errorf("never: %v", err)
	}
	if _, err := panel.SunAbraham(p, "y", starts); err == nil || !strings.Contains(err.Error(), "cs compares") {
		t.Errorf("interactions: %v", err)
	}
	for i := range starts {
		starts[i] = 1
	}
	for name, fails := range map[string]func() error{
		"cohorts":     func() error { _, err := panel.CallawaySantAnna(p, "y", starts, panel.NotYetTreated); return err },
		"comparisons": func() error { _, err := panel.Bacon(p, "y", starts); return err },
	} {
		if err := fails(); err == nil || !strings.Contains(err.Error(), "every unit begins at 2002") {
			t.Errorf("%s, all at once: %v", name, err)
		}
	}
}

// One unit against one says nothing of how units differ: the error is not known, and is
// not nought.
func TestCallawaySantAnna_OneAgainstOne(t *testing.T) {
	p := take(t, small(years, map[string][][]float64{
		"y": {{1, 2, 5, 7}, {2, 3.5, 4, 6}}, "start": {{2003, 2003, 2003, 2003}, {0, 0, 0, 0}},
	}), "y", "start")
	starts, err := panel.Starts(p, "start")
	ok(t, err)
	e, err := panel.CallawaySantAnna(p, "y", starts, panel.NeverTreated)
	ok(t, err)
	if !math.IsNaN(e.Simple.SE) || !math.IsNaN(e.Simple.P) || len(e.Small) != 1 || e.Pretest.DF != 0 {
		t.Errorf("%+v, small %v, pretest %+v", e.Simple, e.Small, e.Pretest)
	}
}

// What units are is no treatment that begins when they are first seen; what begins at two
// times is one, whatever its two values, and whichever of them comes first.
func TestFit_TellsTreatmentsFromWhatUnitsAre(t *testing.T) {
	y := [][]float64{{1, 2.2, 2.9, 4}, {2, 3.5, 4.1, 6}, {0, 1.3, 1.9, 3}, {1, 1.4, 2.7, 5}}
	nan := math.NaN()
	for name, c := range map[string]struct {
		x         [][]float64
		staggered bool
	}{
		"teaching trusts, one of them founded later": {[][]float64{{1, 1, 1, 1}, {nan, nan, 1, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}}, false},
		"one start":                          {[][]float64{{0, 0, 1, 1}, {0, 0, 1, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}}, false},
		"one start, and one seen since":      {[][]float64{{0, 0, 1, 1}, {nan, nan, 1, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}}, false},
		"one start, and one treated already": {[][]float64{{0, 0, 1, 1}, {1, 1, 1, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}}, true},
		"two starts":                         {[][]float64{{0, 0, 1, 1}, {0, 1, 1, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}}, true},
		"two starts, as 0 and 100":           {[][]float64{{0, 0, 100, 100}, {0, 100, 100, 100}, {0, 0, 0, 0}, {0, 0, 0, 0}}, true},
		"two starts, the other way round":    {[][]float64{{1, 1, 0, 0}, {1, 0, 0, 0}, {1, 1, 1, 1}, {1, 1, 1, 1}}, true},
		"an exposure that comes and goes":    {[][]float64{{0, 1, 0, 1}, {0, 0, 1, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}}, false},
	} {
		p := take(t, small(years, map[string][][]float64{"y": y, "x": c.x}), "y", "x")
		d := design(p, "y", "x")
		d.Effects, d.Errors = [][]int{p.Time}, panel.Robust
		_, err := panel.Fit(d)
		if refused := err != nil && strings.Contains(err.Error(), "begins at 2 different times"); refused != c.staggered {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What cannot be answered is refused with what to do, and never answered from what
// rounding leaves.
func TestFit_RefusesWhatRoundingLeaves(t *testing.T) {
	y, x := [][]float64{{1, 2, 2.5, 4}, {2, 3.5, 4, 6}, {0, 1, 2, 3}}, [][]float64{{1, 3, 2, 4}, {2, 2, 5, 4}, {3, 1, 2, 2}}
	same := [][]float64{{.1, .1, .1, .1}, {.1, .1, .1, .1}, {.1, .1, .1, .1}}
	levels := [][]float64{{.1, .1, .1, .1}, {.7, .7, .7, .7}, {.3, .3, .3, .3}}
	p := take(t, small(years, map[string][][]float64{"y": y, "x": x, "same": same, "levels": levels}), "y", "x", "same", "levels")
	for name, c := range map[string]struct {
		fails func() error
		want  string
	}{
		"the same everywhere": {func() error {
			d := design(p, "y", "same")
			d.Effects = [][]int{p.Unit, p.Time}
			_, err := panel.Fit(d)
			return err
		}, "regressor same says nothing that the effects"},
		"an outcome of levels alone": {func() error {
			d := design(p, "levels", "x")
			d.Effects = [][]int{p.Unit, p.Time}
			_, err := panel.Fit(d)
			return err
		}, "there is nothing left to explain"},
		"one cluster": {func() error {
			d := design(p, "y", "x")
			d.Cluster = make([]int, p.Len())
			_, err := panel.Fit(d)
			return err
		}, "all rows are in one cluster"},
		"never changes within": {func() error { _, err := panel.Mundlak(p, "y", "levels"); return err }, "levels never changes within a unit"},
		"a season of 13 months": {func() error {
			_, err := panel.Interrupted(panel.Series{Counts: []float64{1, 2}, At: []float64{1, 1}, After: []float64{0, 1}, Month: []int{12, 13}}, 1)
			return err
		}, "there is no month 13"},
		"a change half made": {func() error {
			_, err := panel.Segmented([]float64{1, 2, 3, 4, 5}, []float64{0, 0, .5, 1, 1}, 1)
			return err
		}, "period 3: the change is marked by 0.5"},
		"a change undone": {func() error {
			_, err := panel.Segmented([]float64{1, 2, 3, 4, 5}, []float64{0, 0, 1, 1, 0}, 1)
			return err
		}, "period 5: the change is over again"},
		"no change": {func() error {
			_, err := panel.Segmented([]float64{1, 2, 3, 4, 5}, []float64{0, 0, 0, 0, 0}, 1)
			return err
		}, "all 5 periods lie on one side"},
		"one period after": {func() error {
			_, err := panel.Segmented([]float64{1, 2, 3, 4, 5}, []float64{0, 0, 0, 0, 1}, 1)
			return err
		}, "4 periods before the change and 1 after"},
		"as many lags as periods": {func() error {
			_, err := panel.Segmented([]float64{1, 2, 3, 4, 5}, []float64{0, 0, 0, 1, 1}, 5)
			return err
		}, "5 lags in 5 periods"},
		"a month that is not there": {func() error { return panel.Gapless([]int{202311, 202312, 202402, 202403}) }, "between 202312 and 202402"},
		"a missing unit and time": {func() error {
			rows := small(years, map[string][][]float64{"y": y, "start": {{0, 0, 0, 0}, {2003, 2003, 2003, 2003}, {0, 0, 0, 0}}})
			rows.Columns["y"][6] = math.NaN()
			p := take(t, rows, "y", "start")
			starts, err := panel.Starts(p, "start")
			ok(t, err)
			_, err = panel.CallawaySantAnna(p, "y", starts, panel.NeverTreated)
			return err
		}, "unit b has no row with every value at 2003"},
	} {
		if err := c.fails(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
	if err := panel.Gapless([]int{202311, 202312, 202401}); err != nil {
		t.Errorf("months over the new year: %v", err)
	}
}

// Months grow by the month also over the new year: 202401 comes one after 202312, and not
// eighty-nine.
func TestGrowth_ByTheMonth(t *testing.T) {
	y, x := [][]float64{{1, 2, 2.5, 4}, {2, 3.5, 4, 6}, {0, 1, 2, 3.3}, {1, 1.2, 2, 3}}, [][]float64{{1, 3, 2, 4}, {2, 2, 5, 4}, {3, 1, 2, 2}, {2.5, 1, 1, 1}}
	slope := func(times []int) float64 {
		m, err := panel.Growth(take(t, small(times, map[string][][]float64{"y": y, "x": x}), "y", "x"), "y", "x", times[0])
		ok(t, err)
		e, _ := m.Of("time")
		return e.Value
	}
	near(t, "growth a month", slope([]int{202311, 202312, 202401, 202402}), slope([]int{1, 2, 3, 4}), 1e-9)
}

// A mix that is the unit itself before the start leaves no gap to divide by: its rank is
// the first, and ties count against it.
func TestPlaceboRanks_WithoutGapBefore(t *testing.T) {
	p := take(t, small(years, map[string][][]float64{
		"y":     {{1, 2, 9, 9}, {1, 2, 3, 4}, {1, 2, 3, 4}, {5, 6, 7, 8}},
		"start": {{2003, 2003, 2003, 2003}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}},
	}), "y", "start")
	starts, err := panel.Starts(p, "start")
	ok(t, err)
	ranks, value, err := panel.PlaceboRanks(p, "y", starts)
	ok(t, err)
	if ranks[0].Name != "a" || value != 0.25 {
		t.Errorf("%v, p %v", ranks, value)
	}
}
