package panel_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"commonweal/panel"
)

// cohortsOf is a balanced panel in which units begin at three times or never; once has
// one start alone, and one is a single unit that begins then.
func cohortsOf(units, times int) panel.Rows {
	chance := rand.New(rand.NewPCG(11, 12))
	rows := panel.Rows{Columns: map[string][]float64{}}
	for u := range units {
		level, start := chance.NormFloat64()*3, []float64{0, 2004, 2005, 2006}[u%4]
		for i := range times {
			year, x := 2001+i, chance.NormFloat64()+level/3
			on, once := 0.0, 0.0
			if start > 0 && float64(year) >= start {
				on = 1
			}
			if u%4 == 1 {
				once = 2004
			}
			rows.Unit, rows.Time = append(rows.Unit, fmt.Sprintf("unit %03d", u)), append(rows.Time, year)
			for name, v := range map[string]float64{
				"x": x, "y": 0.3*x + level + float64(i)/7 + on + chance.NormFloat64(), "w": 1 + chance.Float64(),
				"start": start, "on": on, "once": once, "pop": 1000 + 100*chance.Float64(), "n": float64(20 + chance.IntN(20)),
			} {
				rows.Columns[name] = append(rows.Columns[name], v)
			}
		}
	}
	for i, u := range rows.Unit {
		rows.Columns["one"] = append(rows.Columns["one"], 0)
		if u == "unit 001" {
			rows.Columns["one"][i] = 2004
		}
	}
	return rows
}

// sizeFor is a panel for a method; mixes take long with many units.
func sizeFor(method string) panel.Rows {
	if method == "mixes" {
		return cohortsOf(8, 7)
	}
	return cohortsOf(16, 9)
}

func shuffle(rows panel.Rows, chance *rand.Rand) {
	chance.Shuffle(len(rows.Unit), func(i, k int) {
		rows.Unit[i], rows.Unit[k] = rows.Unit[k], rows.Unit[i]
		rows.Time[i], rows.Time[k] = rows.Time[k], rows.Time[i]
		for _, c := range rows.Columns {
			c[i], c[k] = c[k], c[i]
		}
	})
}

// exact writes estimates to their last bit.
func exact(list ...panel.Estimate) string {
	var b strings.Builder
	for _, e := range list {
		fmt.Fprintf(&b, "%s %b %b %b %b %b\n", e.Term, e.Value, e.SE, e.P, e.Low, e.High)
	}
	return b.String()
}

// everyMethod is what each method of the package makes of a panel, to the last bit.
var everyMethod = map[string]func(t *testing.T, p *panel.Panel) string{
	"fixed effects": func(t *testing.T, p *panel.Panel) string {
		var out string
		for _, kind := range []panel.Errors{panel.IID, panel.Robust, panel.Clustered, panel.TwoWay} {
			d := design(p, "y", "x", "n")
			d.Effects, d.Weights, d.Errors = [][]int{p.Unit, p.Time}, p.Column("w"), kind
			out += exact(fit(t, d).Estimates...)
		}
		return out
	},
	"within and between": func(t *testing.T, p *panel.Panel) string {
		m, err := panel.Mundlak(p, "y", "x")
		ok(t, err)
		null, err := panel.Null(p, "y")
		ok(t, err)
		return exact(m.Estimates...) + fmt.Sprintf("%b %b", m.Share, null.Share)
	},
	"growth": func(t *testing.T, p *panel.Panel) string {
		m, err := panel.Growth(p, "y", "x", 2001)
		ok(t, err)
		return exact(m.Estimates...)
	},
	"cohort by cohort": func(t *testing.T, p *panel.Panel) string {
		starts, err := panel.Starts(p, "start")
		ok(t, err)
		var out string
		for _, against := range []panel.Comparison{panel.NeverTreated, panel.NotYetTreated} {
			for _, covariates := range [][]string{nil, {"x"}} {
				e, err := panel.CallawaySantAnna(p, "y", starts, against, covariates...)
				ok(t, err)
				out += exact(e.Simple, e.Dynamic, e.Group, e.Calendar) + exact(e.Event...) + fmt.Sprintf("%b %b\n", e.Pretest.W, e.Pretest.P)
				for _, c := range e.Cells {
					out += exact(c.Estimate)
				}
			}
		}
		return out
	},
	"interactions": func(t *testing.T, p *panel.Panel) string {
		starts, err := panel.SwitchedOn(p, "on")
		ok(t, err)
		f, err := panel.SunAbraham(p, "y", starts, "x")
		ok(t, err)
		return exact(f.Total) + exact(f.Event...) + exact(f.Cohort...) + exact(f.Others...)
	},
	"comparisons": func(t *testing.T, p *panel.Panel) string {
		starts, err := panel.Starts(p, "start")
		ok(t, err)
		list, err := panel.Bacon(p, "y", starts)
		ok(t, err)
		var out string
		for _, c := range list {
			out += fmt.Sprintf("%s %s %b %b %v\n", c.Treated, c.Against, c.Estimate, c.Weight, c.Forbidden)
		}
		return out
	},
	"mixes": func(t *testing.T, p *panel.Panel) string {
		starts, err := panel.Starts(p, "once")
		ok(t, err)
		var out string
		for _, of := range []func(*panel.Panel, string, panel.Treated) (*panel.Synthetic, error){panel.SyntheticDiD, panel.SyntheticControl, panel.DiD} {
			s, err := of(p, "y", starts)
			ok(t, err)
			out += exact(s.Estimate) + fmt.Sprintf("%b %b", s.Before, s.Gap)
			for _, w := range slices.Concat(s.Units, s.Times) {
				out += fmt.Sprintf("%s %b\n", w.Name, w.Weight)
			}
		}
		if starts, err = panel.Starts(p, "one"); err != nil {
			t.Fatal(err)
		}
		ranks, value, err := panel.PlaceboRanks(p, "y", starts)
		ok(t, err)
		for _, r := range ranks {
			out += fmt.Sprintf("%s %b\n", r.Name, r.Ratio)
		}
		return out + fmt.Sprintf("%b", value)
	},
	"series": func(t *testing.T, p *panel.Panel) string {
		u := len(p.Units) / 2
		var s panel.Series
		for i, unit := range p.Unit {
			if unit == u {
				s.Counts, s.At = append(s.Counts, p.Column("n")[i]), append(s.At, p.Column("pop")[i])
				s.After = append(s.After, 0)
				if p.Times[p.Time[i]] >= 2005 {
					s.After[len(s.After)-1] = 1
				}
			}
		}
		f, err := panel.Interrupted(s, 0)
		ok(t, err)
		g, err := panel.Segmented(s.Counts, s.After, 2)
		ok(t, err)
		return exact(f.Poisson, f.Quasi, g.Level, g.Slope, g.LevelNW, g.SlopeNW) + fmt.Sprintf("%b %b", f.Dispersion, g.DurbinWatson)
	},
	"chance": func(t *testing.T, p *panel.Panel) string {
		units, changes := panel.Changes(p, "y", 2005)
		treated, strata := make([]bool, len(units)), make([]int, len(units))
		for i, u := range units {
			treated[i], strata[i] = u%4 == 1, u%2
		}
		c, err := panel.Randomise(changes, treated, strata, panel.Least, 7)
		ok(t, err)
		d, err := panel.Detectable(changes, 5)
		ok(t, err)
		return fmt.Sprintf("%b %b %b %b %b", c.Difference, c.T, c.P, c.PDifference, d.Smallest)
	},
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Rows in another order, and 1, 2 or 8 processors, change no bit of any method. Two
// regulators with different machines must not have two answers.
func TestEveryMethod_SameBytes(t *testing.T) {
	old := runtime.GOMAXPROCS(0)
	t.Cleanup(func() { runtime.GOMAXPROCS(old) })
	columns := []string{"y", "x", "w", "start", "on", "once", "one", "pop", "n"}
	for name, method := range everyMethod {
		rows := sizeFor(name)
		want := method(t, take(t, rows, columns...))
		chance := rand.New(rand.NewPCG(13, 14))
		for _, processors := range []int{1, 2, 8} {
			shuffle(rows, chance)
			runtime.GOMAXPROCS(processors)
			if got := method(t, take(t, rows, columns...)); got != want {
				t.Errorf("%s on %d processors:\n%s\nis not\n%s", name, processors, got, want)
			}
		}
	}
}

// The same, asked by 1, 2 and 8 goroutines at once: nothing is shared between askings.
func TestEveryMethod_AskedAtOnce(t *testing.T) {
	askers := []int{1, 2, 8}
	if testing.Short() {
		askers = []int{3}
	}
	for name, method := range everyMethod {
		p := take(t, sizeFor(name), "y", "x", "w", "start", "on", "once", "one", "pop", "n")
		t.Run(name, func(t *testing.T) {
			want := method(t, p)
			for _, n := range askers {
				got := make([]string, n)
				var all sync.WaitGroup
				for i := range got {
					all.Go(func() { got[i] = method(t, p) })
				}
				all.Wait()
				for _, one := range got {
					if one != want {
						t.Errorf("%d at once:\n%s\nis not\n%s", n, one, want)
					}
				}
			}
		})
	}
}
