package panel_test

import (
	"fmt"
	"math"
	"testing"

	"commonweal/panel"
)

// made is a panel of so many units from 1 to 8 of which the first so many are treated from
// 5 on, with an outcome of unit, time and treatment.
func made(units, treated int, y func(u, at int, on bool) float64) panel.Rows {
	rows := panel.Rows{Columns: map[string][]float64{}}
	for u := range units {
		for at := 1; at <= 8; at++ {
			start, on := 0.0, 0.0
			if u < treated {
				start = 5
			}
			if u < treated && at >= 5 {
				on = 1
			}
			rows.Unit, rows.Time = append(rows.Unit, fmt.Sprintf("u%02d", u)), append(rows.Time, at)
			rows.Columns["y"] = append(rows.Columns["y"], y(u, at, on == 1))
			rows.Columns["on"], rows.Columns["start"] = append(rows.Columns["on"], on), append(rows.Columns["start"], start)
		}
	}
	return rows
}

// An error that the data cannot give is not known, and never nought with a p to match: a
// board would read "certain" where nothing is known.
func TestEstimates_ErrorsThatNothingGives(t *testing.T) {
	wave := func(u, at int) float64 { return math.Sin(float64(3*u+2*at)) + math.Cos(float64(u*at)) }
	follows := func(u, at int, on bool) float64 {
		v := float64(u) + 0.1*float64(at)
		if on {
			v += 2
		}
		return v
	}
	for _, c := range []struct {
		why    string
		rows   panel.Rows
		errors panel.Errors
		mixes  bool
	}{
		{"two clusters, whose scores add up to nought whatever happened", made(2, 1, func(u, at int, _ bool) float64 { return wave(u, at) }), panel.Clustered, false},
		{"an outcome that follows exactly but for rounding", made(8, 3, follows), panel.Clustered, true},
		{"the same, without clusters", made(8, 3, follows), panel.IID, true},
		{"nothing happened but for rounding", made(8, 3, func(u, at int, _ bool) float64 { return follows(u, at, false) }), "", true},
	} {
		p := take(t, c.rows, "y", "on", "start")
		starts, err := panel.Starts(p, "start")
		ok(t, err)
		unknown := func(what string, e panel.Estimate) {
			t.Helper()
			if e.SE > 0 || !math.IsNaN(e.P) || !math.IsNaN(e.Low) || !math.IsNaN(e.High) || math.IsNaN(e.Value) {
				t.Errorf("%s: %s: %+v", c.why, what, e)
			}
		}
		if c.errors != "" {
			unknown("fixed effects", fit(t, panel.Design{
				Y: p.Column("y"), X: [][]float64{p.Column("on")}, Names: []string{"on"}, Effects: [][]int{p.Unit, p.Time}, Errors: c.errors, Cluster: p.Unit,
			}).Estimates[0])
		}
		cs, err := panel.CallawaySantAnna(p, "y", starts, panel.NeverTreated)
		ok(t, err)
		for _, e := range append(cs.Event, cs.Simple, cs.Dynamic, cs.Group, cs.Calendar) {
			unknown("cohort by cohort", e)
		}
		if cs.Pretest.DF != 0 {
			t.Errorf("%s: movement before is tested by errors that are not known: %+v", c.why, cs.Pretest)
		}
		if c.mixes {
			s, err := panel.SyntheticDiD(p, "y", starts)
			ok(t, err)
			unknown("synthetic difference in differences", s.Estimate)
		}
		if c.errors != "" && c.mixes {
			s, err := panel.SunAbraham(p, "y", starts)
			ok(t, err)
			unknown("interactions", s.Total)
		}
	}
	line, after := make([]float64, 12), make([]float64, 12)
	for i := range line {
		line[i] = 0.1 * float64(i)
		if i >= 6 {
			after[i], line[i] = 1, line[i]+0.7
		}
	}
	s, err := panel.Segmented(line, after, 2)
	ok(t, err)
	for _, e := range []panel.Estimate{s.Level, s.LevelNW, s.Slope, s.SlopeNW} {
		if !math.IsNaN(e.SE) || !math.IsNaN(e.P) {
			t.Errorf("a line with a step: %+v", e)
		}
	}
}

// Rows that hold no number are refused with their place: one of them would make every
// estimate none.
func TestFit_RefusesWhatIsNoNumber(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		y, x := []float64{1, 2, 3, 5}, []float64{2, 1, 4, 3}
		for name, column := range map[string][]float64{"outcome": y, "regressor": x} {
			old := column[2]
			column[2] = v
			if _, err := panel.Fit(panel.Design{Y: y, X: [][]float64{x}, Names: []string{"x"}, Errors: panel.IID}); err == nil {
				t.Errorf("%s %v is taken", name, v)
			}
			column[2] = old
		}
	}
}

// Where every treated unit changed by one and no other at all, Welch's t has no bound, and
// rounding decides nothing: the p is how often a draw finds just these units, 1 of 15.
func TestRandomise_AllAlikeOnEitherSide(t *testing.T) {
	for _, by := range []float64{1, 0.1, -0.7, 1e-9} {
		changes := []float64{0.3 + by, 0.3 + by, 0.3, 0.3, 0.3, 0.3}
		c, err := panel.Randomise(changes, []bool{true, true, false, false, false, false}, nil, 20_000, 1)
		if err != nil || !math.IsInf(c.T, int(math.Copysign(1, by))) || math.Abs(c.P-1.0/15) > 0.006 || c.P != c.PDifference {
			t.Errorf("by %v: %+v, %v", by, c, err)
		}
		if e := panel.Welch(changes, []bool{true, true, false, false, false, false}); !math.IsNaN(e.SE) || !math.IsNaN(e.P) || math.Abs(e.Value-by) > 1e-15 {
			t.Errorf("by %v, where nothing says how units differ: %+v", by, e)
		}
	}
	if _, err := panel.Randomise([]float64{0.1, 0.1, 0.1, 0.1}, []bool{true, true, false, false}, nil, panel.Least, 1); err == nil || err.Error() != "every change is the same" {
		t.Error(err)
	}
}

// R 4.2.2's t.test of two sides of unlike spread.
func TestWelch_AsR(t *testing.T) {
	e := panel.Welch([]float64{3.1, 4.7, 5.2, 2.2, 1.9, 2.4, 2.1}, []bool{true, true, true, false, false, false, false})
	for what, pair := range map[string][2]float64{"difference": {e.Value, 2.183333333333}, "error": {e.SE, 0.641828983799}, "p": {e.P, 0.071145198453}, "low": {e.Low, -0.446464012629}, "high": {e.High, 4.813130679295}} {
		if math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Errorf("%s: %.12g; want %.12g", what, pair[0], pair[1])
		}
	}
}
