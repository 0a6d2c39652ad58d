package panel_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"commonweal/panel"
)

// The smoking ban in Sicily: the ratios that the paper's correction and R print.
func TestInterrupted_AsPublished(t *testing.T) {
	rows := table(t, "causal/its_sicily_smoking_ban.csv", ',', "time", "time")
	s := panel.Series{Counts: rows.Columns["aces"], At: rows.Columns["stdpop"], After: rows.Columns["smokban"]}
	var rates []float64
	for i, m := range rows.Columns["month"] {
		s.Month = append(s.Month, int(m))
		rates = append(rates, s.Counts[i]/s.At[i]*1e5)
	}
	f, err := panel.Interrupted(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string][2]float64{
		"ratio": {f.Poisson.Value, 0.894377}, "low": {f.Poisson.Low, 0.864686}, "high": {f.Poisson.High, 0.925086},
		"quasi low": {f.Quasi.Low, 0.839189}, "quasi high": {f.Quasi.High, 0.953193},
	} {
		near(t, what, c[0], c[1], 1e-6)
	}
	near(t, "dispersion", f.Dispersion, 3.55919, 1e-5)
	if f, err = panel.Interrupted(s, 2); err != nil {
		t.Fatal(err)
	}
	near(t, "with a season", f.Quasi.Value, 0.885072, 1e-6)
	near(t, "low", f.Quasi.Low, 0.839401, 1e-6)
	near(t, "high", f.Quasi.High, 0.933227, 1e-6)
	near(t, "dispersion", f.Dispersion, 2.26219, 1e-5)

	l, err := panel.Segmented(rates, s.After, 3)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "level", l.Level.Value, -24.8444, 1e-4)
	near(t, "error", l.Level.SE, 7.7046, 1e-4)
	near(t, "Newey-West", l.LevelNW.SE, 7.3464, 1e-4)
	near(t, "slope", l.Slope.Value, 0.1272, 1e-4)
	near(t, "Durbin-Watson", l.DurbinWatson, 1.594, 1e-3)
}

// shmiChanges are trusts' mean SHMI of 2016 to 2019 less that of 2012 to 2015.
func shmiChanges(t testing.TB) []float64 {
	p := take(t, table(t, "NSS-2012-2019-trusts-engagement-SHMI-merged.csv", ',', "Code", "Year.Index"), "SHMI.Index")
	_, changes := panel.Changes(p, "SHMI.Index", 2016)
	return changes
}

// What ten sites of 124 can show of mortality: five points, twice what is claimed.
func TestDetectable(t *testing.T) {
	changes := shmiChanges(t)
	if len(changes) != 124 {
		t.Errorf("%d trusts at every time", len(changes))
	}
	for k, want := range map[int]float64{10: 0.051, 20: 0.038, 40: 0.030, 62: 0.028} {
		p, err := panel.Detectable(changes, k)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "spread", p.Spread, 0.05556157, 1e-7)
		near(t, fmt.Sprint(k, " sites"), p.Smallest, want, want/20)
	}
}

// Made-up pathfinders on real mortality: chance assignment calls an effect in five of a
// hundred sets, however few the sites.
func TestRandomise_PlacebosOnRealMortality(t *testing.T) {
	sets := 600
	if testing.Short() {
		sets = 20 // too few to judge the share
	}
	changes := shmiChanges(t)
	for _, k := range []int{2, 5, 10, 20} {
		t.Run(fmt.Sprint(k, " sites"), func(t *testing.T) {
			t.Parallel()
			chance := rand.New(rand.NewPCG(uint64(k), 124))
			found := 0
			for set := range sets {
				treated := make([]bool, len(changes))
				for _, i := range chance.Perm(len(changes))[:k] {
					treated[i] = true
				}
				c, err := panel.Randomise(changes, treated, nil, panel.Least, uint64(set))
				if err != nil {
					t.Fatal(err)
				}
				if c.P <= 0.05 {
					found++
				}
			}
			share := float64(found) / float64(sets)
			t.Logf("%.3f of %d made-up sets show an effect", share, sets)
			if !testing.Short() && (share < 0.03 || share > 0.07) {
				t.Errorf("%.3f of made-up sets show an effect", share)
			}
		})
	}
}

// A real effect is found, strata are kept, and the same seed gives the same p.
func TestRandomise(t *testing.T) {
	chance := rand.New(rand.NewPCG(7, 7))
	changes, treated, strata := make([]float64, 80), make([]bool, 80), make([]int, 80)
	for i := range changes {
		strata[i] = i % 2
		treated[i] = i < 16
		changes[i] = chance.NormFloat64() + float64(strata[i])*5
		if treated[i] {
			changes[i] += 1.5
		}
	}
	c, err := panel.Randomise(changes, treated, strata, panel.Least, 42)
	if err != nil {
		t.Fatal(err)
	}
	again, err := panel.Randomise(changes, treated, strata, panel.Least, 42)
	if err != nil || *again != *c {
		t.Errorf("%+v, %+v, %v", c, again, err)
	}
	if c.P > 0.01 || c.Treated != 16 || c.Pool != 80 {
		t.Errorf("%+v", c)
	}
	if _, err := panel.Randomise(changes, treated, strata, 999, 1); err == nil {
		t.Error("999 draws were enough")
	}
}

// 230 organisations by 180 months with 4,999 draws.
func BenchmarkRandomise(b *testing.B) {
	chance := rand.New(rand.NewPCG(1, 1))
	rows := panel.Rows{Columns: map[string][]float64{}}
	for u := range 230 {
		for m := range 180 {
			rows.Unit, rows.Time = append(rows.Unit, fmt.Sprintf("%03d", u)), append(rows.Time, m)
			rows.Columns["y"] = append(rows.Columns["y"], chance.NormFloat64())
		}
	}
	for b.Loop() {
		p := take(b, rows, "y")
		_, changes := panel.Changes(p, "y", 90)
		treated := make([]bool, len(changes))
		for i := range 10 {
			treated[i*20] = true
		}
		if _, err := panel.Randomise(changes, treated, nil, panel.Least, 1); err != nil {
			b.Fatal(err)
		}
	}
}
