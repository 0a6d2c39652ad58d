package panel_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"commonweal/panel"
)

// design puts a panel into a regression.
func design(p *panel.Panel, y string, x ...string) panel.Design {
	d := panel.Design{Y: p.Column(y), Names: x, Errors: panel.Clustered, Cluster: p.Unit, Cluster2: p.Time, Unit: p.Unit, Time: p.Time}
	for _, name := range x {
		d.X = append(d.X, p.Column(name))
	}
	return d
}

// Mortality on engagement by every specification, as fixest 0.12.2 prints them.
func TestFit_Engagement_AsFixest(t *testing.T) {
	rows := table(t, "NSS-2012-2019-trusts-engagement-SHMI-merged.csv", ',', "Code", "Year.Index")
	const x = "Engagement.Index"
	p := take(t, rows, "SHMI.Index", x)
	if p.Len() != 1073 || len(p.Units) != 144 {
		t.Fatalf("%d rows of %d trusts", p.Len(), len(p.Units))
	}
	d := design(p, "SHMI.Index", x)
	e := says(t, fit(t, d), x, -0.1777072, 0.05892408)
	near(t, "p", e.P, 0.003033373, 1e-8)
	d.Effects = [][]int{p.Time}
	e = says(t, fit(t, d), x, -0.2447538, 0.07316039)
	near(t, "p", e.P, 0.001049452, 1e-8)
	d.Effects = [][]int{p.Unit, p.Time}
	f := fit(t, d)
	e = says(t, f, x, -0.01437676, 0.04563085)
	near(t, "p", e.P, 0.7531704, 1e-6)
	near(t, "low", e.Low, -0.1045749, 1e-6)
	near(t, "high", e.High, 0.0758214, 1e-6)
	near(t, "within R2", f.Within, 0.0002164, 1e-7)
	if f.Clusters != 144 {
		t.Errorf("%d clusters", f.Clusters)
	}
	for kind, se := range map[panel.Errors]float64{panel.IID: 0.03220031, panel.Robust: 0.0332858, panel.TwoWay: 0.04792758} {
		d.Errors = kind
		says(t, fit(t, d), x, -0.01437676, se)
	}
}

func TestFit_Grunfeld_AsFixest(t *testing.T) {
	p := take(t, table(t, "panel/grunfeld.csv", ',', "firm", "year"), "inv", "value", "capital")
	d := design(p, "inv", "value", "capital")
	f := fit(t, d)
	says(t, f, "value", 0.1155622, 0)
	says(t, f, "capital", 0.2306785, 0)
	for _, c := range []struct {
		effects [][]int
		errors  panel.Errors
		want    [4]float64
	}{
		{[][]int{p.Unit}, panel.IID, [4]float64{0.1101238, 0.3100653, 0.01185669, 0.0173545}},
		{[][]int{p.Unit}, panel.Clustered, [4]float64{0.1101238, 0.3100653, 0.01519449, 0.05275177}},
		{[][]int{p.Unit, p.Time}, panel.IID, [4]float64{0.1177159, 0.3579163, 0.01375128, 0.02271901}},
		{[][]int{p.Unit, p.Time}, panel.Clustered, [4]float64{0.1177159, 0.3579163, 0.01082443, 0.0478484}},
	} {
		d.Effects, d.Errors = c.effects, c.errors
		f := fit(t, d)
		says(t, f, "value", c.want[0], c.want[2])
		says(t, f, "capital", c.want[1], c.want[3])
	}
}

// A treatment that begins at different times is refused with the reason; fitted all the
// same it gives what fixest gives, nearly four times the truth.
func TestFit_RefusesStaggeredStarts(t *testing.T) {
	rows := table(t, "panel/base_stagg.csv", ',', "id", "year")
	p := take(t, rows, "y", "x1", "time_to_treatment", "treated")
	post := make([]float64, p.Len())
	for i := range post {
		if p.Column("treated")[i] == 1 && p.Column("time_to_treatment")[i] >= 0 {
			post[i] = 1
		}
	}
	d := design(p, "y", "x1")
	d.X, d.Names, d.Effects = append(d.X, post), append(d.Names, "post"), [][]int{p.Unit, p.Time}
	_, err := panel.Fit(d)
	var refused *panel.StaggeredError
	if !errors.As(err, &refused) || len(refused.Starts) != 9 || !strings.Contains(err.Error(), "use cs or sunab") {
		t.Fatalf("got %v", err)
	}
	d.StaggeredAnyway = true
	e, _ := fit(t, d).Of("post")
	near(t, "post", e.Value, -3.6831, 5e-5)
	near(t, "its error", e.SE, 0.361071, 5e-7)
	d.X, d.Names = d.X[1:], d.Names[1:]
	e, _ = fit(t, d).Of("post")
	near(t, "post without x1", e.Value, -3.46761, 5e-6)
	near(t, "its error", e.SE, 0.47672, 5e-6)
}

func TestFit_Refuses(t *testing.T) {
	rows := panel.Rows{Columns: map[string][]float64{}}
	chance := rand.New(rand.NewPCG(1, 2))
	for i := range 40 {
		rows.Unit, rows.Time = append(rows.Unit, fmt.Sprint("u", i/4)), append(rows.Time, i%4)
		a := chance.NormFloat64()
		for name, v := range map[string]float64{"y": chance.NormFloat64(), "a": a, "b": 2 - 3*a, "fixed": float64(i / 4)} {
			rows.Columns[name] = append(rows.Columns[name], v)
		}
	}
	p := take(t, rows, "y", "a", "b", "fixed")
	for name, c := range map[string]struct {
		change func(*panel.Design)
		want   string
	}{
		"the same twice":     {func(d *panel.Design) { d.X, d.Names = append(d.X, p.Column("b")), append(d.Names, "b") }, "regressor b says nothing that those before it"},
		"fixed in the unit":  {func(d *panel.Design) { d.X, d.Names = append(d.X, p.Column("fixed")), append(d.Names, "fixed") }, "regressor fixed says nothing that the effects"},
		"no clusters":        {func(d *panel.Design) { d.Cluster = nil }, "need their clusters"},
		"other errors":       {func(d *panel.Design) { d.Errors = "white" }, `no "white" standard errors`},
		"a weight of nought": {func(d *panel.Design) { d.Weights = make([]float64, p.Len()) }, "row 1 has weight 0"},
	} {
		d := design(p, "y", "a")
		d.Effects = [][]int{p.Unit, p.Time}
		c.change(&d)
		if _, err := panel.Fit(d); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
	rows.Unit[1], rows.Time[1] = rows.Unit[0], rows.Time[0]
	if _, err := rows.Take("y"); err == nil || !strings.Contains(err.Error(), "unit u0 has two rows of 0") {
		t.Errorf("twice: %v", err)
	}
	if _, err := rows.Take("z"); err == nil || !strings.Contains(err.Error(), `no column "z"`) {
		t.Errorf("no column: %v", err)
	}
}

// invented is a panel with gaps and weights.
func invented(chance *rand.Rand, units, times int) panel.Rows {
	rows := panel.Rows{Columns: map[string][]float64{}}
	for u := range units {
		level := chance.NormFloat64() * 3
		for y := range times {
			if chance.IntN(10) == 0 {
				continue
			}
			x := chance.NormFloat64() + level/3
			rows.Unit, rows.Time = append(rows.Unit, fmt.Sprintf("unit %03d", u)), append(rows.Time, 2000+y)
			for name, v := range map[string]float64{"x": x, "y": 0.5*x + level + float64(y)/5 + chance.NormFloat64(), "w": 1 + chance.Float64()} {
				rows.Columns[name] = append(rows.Columns[name], v)
			}
		}
	}
	return rows
}

// Rows in another order, and another number of processors, give the same bytes.
func TestFit_SameBytes(t *testing.T) {
	chance := rand.New(rand.NewPCG(3, 4))
	rows := invented(chance, 60, 12)
	print := func() string {
		p := take(t, rows, "y", "x", "w")
		d := design(p, "y", "x")
		d.Effects, d.Weights = [][]int{p.Unit, p.Time}, p.Column("w")
		e, _ := fit(t, d).Of("x")
		return fmt.Sprintf("%b %b %b %b", e.Value, e.SE, e.P, e.High)
	}
	want := print()
	for range 5 {
		chance.Shuffle(len(rows.Unit), func(i, k int) {
			rows.Unit[i], rows.Unit[k] = rows.Unit[k], rows.Unit[i]
			rows.Time[i], rows.Time[k] = rows.Time[k], rows.Time[i]
			for _, c := range rows.Columns {
				c[i], c[k] = c[k], c[i]
			}
		})
		old := runtime.GOMAXPROCS(1)
		got := print()
		runtime.GOMAXPROCS(old)
		if got != want {
			t.Fatalf("%s\n%s", got, want)
		}
	}
}

// Absorbing effects is the same as a regressor for each level, weights and gaps and all.
func TestFit_AbsorbsAsDummiesDo(t *testing.T) {
	p := take(t, invented(rand.New(rand.NewPCG(5, 6)), 12, 6), "y", "x", "w")
	d := design(p, "y", "x")
	d.Effects, d.Weights, d.Errors = [][]int{p.Unit, p.Time}, p.Column("w"), panel.IID
	short, _ := fit(t, d).Of("x")
	d.Effects = nil
	dummies := func(ids []int, n int) {
		for level := 1; level < n; level++ {
			x := make([]float64, len(ids))
			for r, id := range ids {
				if id == level {
					x[r] = 1
				}
			}
			d.X, d.Names = append(d.X, x), append(d.Names, fmt.Sprint("level ", level))
		}
	}
	dummies(p.Unit, len(p.Units))
	dummies(p.Time, len(p.Times))
	d.StaggeredAnyway = true
	long, _ := fit(t, d).Of("x")
	near(t, "estimate", short.Value, long.Value, 1e-9)
	near(t, "error", short.SE, long.SE, 1e-9)
	near(t, "p", short.P, long.P, 1e-9)
}

// The fixed-effects regression that the speed target is about.
func BenchmarkFit(b *testing.B) {
	const n, units, times = 1_000_000, 50_000, 1_000
	chance := rand.New(rand.NewPCG(1, 1))
	x, y, u, s := make([]float64, n), make([]float64, n), make([]int, n), make([]int, n)
	for i := range n {
		u[i], s[i] = chance.IntN(units), chance.IntN(times)
		x[i] = chance.NormFloat64() + float64(u[i]%7)/10
		y[i] = x[i] + float64(u[i]%13)/10 + float64(s[i]%5)/10 + chance.NormFloat64()
	}
	d := panel.Design{Y: y, X: [][]float64{x}, Names: []string{"x"}, Effects: [][]int{u, s}, Errors: panel.Clustered, Cluster: u}
	for b.Loop() {
		if _, err := panel.Fit(d); err != nil {
			b.Fatal(err)
		}
	}
}
