package panel_test

import (
	"math"
	"testing"

	"commonweal/panel"
)

// A covariate in pounds or in millions of them, or counted from another nought, is the same
// covariate: the estimate and its error are the same too. (In pounds it was refused as
// telling units apart for certain, and a mean of a thousand deviations as not settling.)
func TestCallawaySantAnna_CovariatesInAnyUnit(t *testing.T) {
	estimated := func(of func(x float64) float64) *panel.Effects {
		rows := cohortsOf(40, 6)
		for i, x := range rows.Columns["x"] {
			rows.Columns["x"][i] = of(x)
		}
		p := take(t, rows, "y", "x", "start")
		starts, err := panel.Starts(p, "start")
		ok(t, err)
		e, err := panel.CallawaySantAnna(p, "y", starts, panel.NeverTreated, "x")
		ok(t, err)
		return e
	}
	want := estimated(func(x float64) float64 { return x }).Simple
	for _, c := range []struct {
		why    string
		of     func(x float64) float64
		within float64
	}{
		{"by a power of two, to the last bit", func(x float64) float64 { return math.Ldexp(x, 40) }, 0},
		{"down by one", func(x float64) float64 { return math.Ldexp(x, -40) }, 0},
		{"a million million times", func(x float64) float64 { return x * 1e12 }, 1e-11},
		{"a millionth", func(x float64) float64 { return x * 1e-6 }, 1e-11},
		{"from a thousand on", func(x float64) float64 { return x + 1e3 }, 1e-9},
		{"from a million on, which costs the data six digits", func(x float64) float64 { return x + 1e6 }, 1e-6},
	} {
		got := estimated(c.of).Simple
		for i, v := range []float64{got.Value, got.SE, got.P} {
			if w := []float64{want.Value, want.SE, want.P}[i]; math.Abs(v-w) > c.within*math.Abs(w) {
				t.Errorf("%s: %+v; want %+v", c.why, got, want)
			}
		}
	}
	rows := cohortsOf(40, 6)
	for i := range rows.Columns["x"] {
		rows.Columns["x"][i] = 0.1
	}
	p := take(t, rows, "y", "x", "start")
	starts, err := panel.Starts(p, "start")
	ok(t, err)
	if _, err := panel.CallawaySantAnna(p, "y", starts, panel.NeverTreated, "x"); err == nil || err.Error() != "units that begin at 2004, at 2002: the covariate x is the same in every unit: leave it out" {
		t.Error(err)
	}
}

// The outcome in another unit, by a power of two, gives every estimate in that unit to the
// last bit, and the same p: nothing in a method knows what size figures usually have.
func TestEveryMethod_OutcomeInAnyUnit(t *testing.T) {
	for _, by := range []int{40, -40} {
		in := func(shift int) []panel.Estimate {
			rows := cohortsOf(12, 7)
			for i, y := range rows.Columns["y"] {
				rows.Columns["y"][i] = math.Ldexp(y, shift)
			}
			p := take(t, rows, "y", "x", "w", "start", "once")
			starts, err := panel.Starts(p, "start")
			ok(t, err)
			once, err := panel.Starts(p, "once")
			ok(t, err)
			var out []panel.Estimate
			for _, kind := range []panel.Errors{panel.IID, panel.Robust, panel.Clustered, panel.TwoWay} {
				d := design(p, "y", "x")
				d.Effects, d.Weights, d.Errors = [][]int{p.Unit, p.Time}, p.Column("w"), kind
				out = append(out, fit(t, d).Estimates...)
			}
			cs, err := panel.CallawaySantAnna(p, "y", starts, panel.NotYetTreated)
			ok(t, err)
			sun, err := panel.SunAbraham(p, "y", starts)
			ok(t, err)
			did, err := panel.SyntheticDiD(p, "y", once)
			ok(t, err)
			sc, err := panel.SyntheticControl(p, "y", once)
			ok(t, err)
			return append(append(out, cs.Simple, cs.Dynamic, cs.Group, cs.Calendar, sun.Total, did.Estimate, sc.Estimate), cs.Event...)
		}
		want, got := in(0), in(by)
		for i, w := range want {
			w.Value, w.SE, w.Low, w.High = math.Ldexp(w.Value, by), math.Ldexp(w.SE, by), math.Ldexp(w.Low, by), math.Ldexp(w.High, by)
			if exact(got[i]) != exact(w) {
				t.Errorf("times 2^%d: %s\nis not %s", by, exact(got[i]), exact(w))
			}
		}
	}
}
