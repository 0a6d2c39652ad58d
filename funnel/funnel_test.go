package funnel_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"commonweal/funnel"
)

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %.9f; want %.9f", what, got, want)
	}
}

// Every row of the published SHMI: exact limits, overdispersed limits and banding, from
// observed and expected alone.
func TestSHMI_AsPublished(t *testing.T) {
	root := os.Getenv("COMMONWEAL_PUBLISHED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(root, "funnel", "shmi_published_2011-10_2013-01.csv"))
	if err != nil {
		t.Skipf("the published data are not here: %v", err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	releases, printed := map[string][]funnel.Unit{}, map[string][]string{}
	for _, row := range rows[1:] {
		releases[row[0]] = append(releases[row[0]], funnel.Unit{Name: row[1], Observed: number(t, row[4]), Of: number(t, row[5])})
		printed[row[0]+row[1]] = row
	}
	tau2 := map[string]float64{
		"2011-10-01": 0.003672, "2012-01-01": 0.00371, "2012-04-01": 0.003842, "2012-07-01": 0.003307, "2012-10-01": 0.00302, "2013-01-01": 0.003048,
	}
	kept := map[string]int{"2011-10-01": 119, "2012-01-01": 119, "2012-04-01": 119, "2012-07-01": 115, "2012-10-01": 114, "2013-01-01": 114}
	seen := 0
	for release, units := range releases {
		r, err := funnel.Plot(funnel.SHMI, units, funnel.Options{})
		if err != nil {
			t.Fatal(err)
		}
		near(t, release+" tau2", r.Tau2, tau2[release], 5e-7)
		if r.Kept != kept[release] {
			t.Errorf("%s: %d kept", release, r.Kept)
		}
		for _, u := range r.Units {
			row := printed[release+u.Name]
			const rounding = 0.00005
			near(t, row[1]+" PO_LL", u.Exact.Lower998, number(t, row[7]), rounding)
			near(t, row[1]+" PO_UL", u.Exact.Upper998, number(t, row[8]), rounding)
			near(t, row[1]+" OD_LL", u.Lower95, number(t, row[9]), rounding)
			near(t, row[1]+" OD_UL", u.Upper95, number(t, row[10]), rounding)
			if strconv.Itoa(int(u.Band)) != row[11] {
				t.Errorf("%s %s: band %d; published %s", release, row[1], u.Band, row[11])
			}
			seen++
		}
	}
	if seen != len(rows)-1 || len(releases) != len(tau2) {
		t.Errorf("%d of %d rows, %d releases", seen, len(rows)-1, len(releases))
	}
}

type vector struct {
	Name        string    `json:"name"`
	Type        string    `json:"type"`
	Method      string    `json:"method"`
	Phi         float64   `json:"phi"`
	Tau2        float64   `json:"tau2"`
	Used        int       `json:"n_used"`
	Group       []string  `json:"group"`
	Numerator   []float64 `json:"numerator"`
	Denominator []float64 `json:"denominator"`
	Z           []float64 `json:"z"`
	Limits      struct {
		N       []float64 `json:"number_seq"`
		Low95   []float64 `json:"odll95"`
		High95  []float64 `json:"odul95"`
		Low998  []float64 `json:"odll998"`
		High998 []float64 `json:"odul998"`
	} `json:"limits"`
}

func read(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// FunnelPlotR 0.6.0: scores, phi, tau2 and limits. Its limits of the CQC method are on
// the root scale: ours are their squares.
func TestPlot_AsFunnelPlotR(t *testing.T) {
	var all struct {
		Vectors struct{ Cases []vector } `json:"vectors"`
	}
	read(t, "funnelplotr_vectors.json", &all)
	if len(all.Vectors.Cases) != 6 {
		t.Fatalf("%d cases", len(all.Vectors.Cases))
	}
	for _, v := range all.Vectors.Cases {
		t.Run(v.Name, func(t *testing.T) {
			method := map[string]funnel.Method{"SRSHMI": funnel.SHMI, "SRCQC": funnel.CQC, "PRSHMI": funnel.Proportion}[v.Type+v.Method]
			units, z := make([]funnel.Unit, len(v.Group)), map[string]float64{}
			for i, name := range v.Group {
				units[i] = funnel.Unit{Name: name, Observed: v.Numerator[i], Of: v.Denominator[i]}
				z[name] = v.Z[i]
			}
			r, err := funnel.Plot(method, units, funnel.Options{})
			if err != nil {
				t.Fatal(err)
			}
			within := 1e-9
			near(t, "phi", r.Phi, v.Phi, within)
			near(t, "tau2", r.Tau2, v.Tau2, within)
			if r.Kept != v.Used {
				t.Errorf("%d kept; want %d", r.Kept, v.Used)
			}
			for _, u := range r.Units {
				near(t, u.Name+" z", u.Z, z[u.Name], within)
			}
			within = max(within, 1e-7) // FunnelPlotR has its normal points to six decimals
			for i, n := range v.Limits.N {
				l := r.At(n)
				if method == funnel.CQC {
					l = funnel.Limits{Lower95: math.Sqrt(l.Lower95), Upper95: math.Sqrt(l.Upper95), Lower998: math.Sqrt(l.Lower998), Upper998: math.Sqrt(l.Upper998)}
				}
				near(t, fmt.Sprint(n, " lower 95"), l.Lower95, v.Limits.Low95[i], within)
				near(t, fmt.Sprint(n, " upper 95"), l.Upper95, v.Limits.High95[i], within)
				near(t, fmt.Sprint(n, " lower 99.8"), l.Lower998, v.Limits.Low998[i], within)
				near(t, fmt.Sprint(n, " upper 99.8"), l.Upper998, v.Limits.High998[i], within)
			}
		})
	}
}

// R's exact limits and intervals.
func TestExactLimits_AsR(t *testing.T) {
	var all struct {
		CP []struct{ X, N, Lo, Hi float64 }                        `json:"clopper_pearson"`
		W  []struct{ X, N, Lo, Hi float64 }                        `json:"wilson"`
		B  []struct{ N, Target, Lo95, Hi95, Lo998, Hi998 float64 } `json:"binom_funnel_spiegelhalter"`
	}
	read(t, "exact_limits.json", &all)
	for _, c := range all.CP {
		low, high := funnel.ClopperPearson(c.X, c.N, 0.025)
		near(t, "Clopper-Pearson", low, c.Lo, 1e-9)
		near(t, "Clopper-Pearson", high, c.Hi, 1e-9)
	}
	for _, c := range all.W {
		low, high := funnel.Wilson(c.X, c.N, 0.025)
		near(t, "Wilson", low, c.Lo, 1e-9)
		near(t, "Wilson", high, c.Hi, 1e-9)
	}
	for _, c := range all.B {
		for p, want := range map[float64]float64{0.025: c.Lo95, 0.975: c.Hi95, 0.001: c.Lo998, 0.999: c.Hi998} {
			near(t, fmt.Sprint("binomial ", c.N, p), funnel.BinomialLimit(p, c.N, c.Target), want, 1e-9)
		}
	}
	if len(all.CP) != 4 || len(all.W) != 4 || len(all.B) != 5 {
		t.Error("cases are missing")
	}
	for e, want := range map[float64][4]float64{15: {0.5596924, 1.649348, 0.3862650, 2.082907}, 20: {0.6108260, 1.544419, 0.4479107, 1.902094}, 30: {0.6746958, 1.427562, 0.5289724, 1.702771}} {
		low, high := funnel.PoissonLimits(e, 0.025)
		low998, high998 := funnel.PoissonLimits(e, 0.001)
		for i, got := range []float64{low, high, low998, high998} {
			near(t, fmt.Sprint("Poisson ", e), got, want[i], 1e-6)
		}
	}
}

// In a world in which units differ by chance alone every method flags about one unit in
// twenty.
func TestNothingToFind(t *testing.T) {
	chance := rand.New(rand.NewPCG(2005, 2012))
	for _, method := range funnel.Methods() {
		outside, n := 0, 0
		for range 60 {
			units := make([]funnel.Unit, 200)
			for i := range units {
				size := math.Round(200 * math.Exp(chance.Float64()*2.3))
				u := funnel.Unit{Name: fmt.Sprintf("u%03d", i), Of: size}
				switch method {
				case funnel.Proportion, funnel.Binomial:
					u.Observed = distuv.Binomial{N: size, P: 0.16, Src: chance}.Rand()
				case funnel.Ratio:
					u.Of = distuv.Poisson{Lambda: size, Src: chance}.Rand()
					fallthrough
				default:
					u.Observed = distuv.Poisson{Lambda: size, Src: chance}.Rand()
				}
				units[i] = u
			}
			r, err := funnel.Plot(method, units, funnel.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range r.Units {
				n++
				if u.Band != funnel.AsExpected {
					outside++
				}
			}
		}
		if share := float64(outside) / float64(n); share < 0.04 || share > 0.06 {
			t.Errorf("%s: %.4f of units with nothing to find are flagged", method, share)
		}
	}
}

func TestPlot_Refuses(t *testing.T) {
	a, b := funnel.Unit{Name: "A", Observed: 3, Of: 10}, funnel.Unit{Name: "B", Observed: 4, Of: 12}
	nought := 0.0
	for name, c := range map[string]struct {
		method funnel.Method
		units  []funnel.Unit
		o      funnel.Options
		want   string
	}{
		"another method":     {"league", []funnel.Unit{a, b}, funnel.Options{}, `no method "league"`},
		"one unit":           {funnel.SHMI, []funnel.Unit{a}, funnel.Options{}, "two units or more"},
		"twice":              {funnel.SHMI, []funnel.Unit{a, b, a}, funnel.Options{}, "unit A: there are two under this name"},
		"more than all":      {funnel.Proportion, []funnel.Unit{a, {Name: "C", Observed: 5, Of: 4}}, funnel.Options{}, "unit C: 5 of 4 is more than all"},
		"half a case":        {funnel.Poisson, []funnel.Unit{a, {Name: "C", Observed: 1.5, Of: 4}}, funnel.Options{}, "unit C: 1.5 is not a whole count"},
		"nothing expected":   {funnel.SHMI, []funnel.Unit{a, {Name: "C", Observed: 1}}, funnel.Options{}, "is nought"},
		"not a number":       {funnel.SHMI, []funnel.Unit{a, {Name: "C", Observed: math.NaN(), Of: 1}}, funnel.Options{}, "NaN is not a count"},
		"a target of nought": {funnel.SHMI, []funnel.Unit{a, b}, funnel.Options{Target: &nought}, "above nought"},
		"beyond numbers":     {funnel.SHMI, []funnel.Unit{a, {Name: "C", Observed: 1, Of: 1e-9}}, funnel.Options{}, "unit C: 1e-09 is too small for 1 to be set against it"},
		"beyond counting":    {funnel.Binomial, []funnel.Unit{a, {Name: "C", Observed: 1, Of: 2e12}}, funnel.Options{}, "unit C: 2e+12 is too large a count"},
		"nobody has it":      {funnel.Proportion, []funnel.Unit{{Name: "A", Of: 9}, {Name: "B", Of: 9}}, funnel.Options{}, "no target is named, and that of all units together is 0: a proportion between nought and one"},
	} {
		if _, err := funnel.Plot(c.method, c.units, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}

// The order of rows changes nothing, and a rank is never narrower than what is known:
// units that are alike may stand anywhere.
func TestPlot_AnyOrderAndRanks(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 9))
	units := make([]funnel.Unit, 40)
	for i := range units {
		units[i] = funnel.Unit{Name: fmt.Sprintf("u%02d", i), Observed: distuv.Poisson{Lambda: 100, Src: chance}.Rand(), Of: 100}
	}
	units[7].Observed = 220
	first, err := funnel.Plot(funnel.CQC, units, funnel.Options{})
	if err != nil {
		t.Fatal(err)
	}
	chance.Shuffle(len(units), func(i, k int) { units[i], units[k] = units[k], units[i] })
	second, err := funnel.Plot(funnel.CQC, units, funnel.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(first.Units, first.Tau2, first.Ranks(4)) != fmt.Sprint(second.Units, second.Tau2, second.Ranks(4)) {
		t.Error("another order gives another funnel")
	}
	ranks := first.Ranks(4)
	if r := ranks[7]; r.Name != "u07" || r.Best != 1 || r.Worst > 2 {
		t.Errorf("the one far out: %+v", r)
	}
	if r := ranks[20]; r.Worst-r.Best < 15 {
		t.Errorf("one among its like: %+v", r)
	}
}

// Every method: rows in another order change no digit of limits, spread, target and ranks.
func TestPlot_AnyOrderOfRows(t *testing.T) {
	chance := rand.New(rand.NewPCG(8, 3))
	units := make([]funnel.Unit, 35)
	for i := range units {
		of := math.Round(40 * math.Exp(chance.Float64()*3))
		units[i] = funnel.Unit{Name: fmt.Sprintf("u%02d", i), Of: of, Observed: math.Round(of * chance.Float64())}
	}
	for _, method := range funnel.Methods() {
		var first string
		for range 6 {
			r, err := funnel.Plot(method, units, funnel.Options{})
			if err != nil {
				t.Fatal(err)
			}
			said := fmt.Sprint(r.Units, r.Phi, r.Tau2, r.Target, r.Kept, r.Note, r.At(77))
			if first == "" {
				first = said
			}
			if said != first {
				t.Errorf("%s: another order gives another funnel", method)
			}
			chance.Shuffle(len(units), func(i, k int) { units[i], units[k] = units[k], units[i] })
		}
	}
}

// Units of a handful are named as such: among people whose chance is one half, every other
// unit of one lies outside of any limit.
func TestPlot_NotesSmallUnits(t *testing.T) {
	for _, c := range []struct {
		of   float64
		note bool
	}{{1, true}, {9, true}, {10, false}} {
		r, err := funnel.Plot(funnel.Binomial, []funnel.Unit{{Name: "A", Observed: 500, Of: 1000}, {Name: "B", Observed: math.Floor(c.of / 2), Of: c.of}, {Name: "C", Observed: math.Ceil(c.of / 2), Of: c.of}}, funnel.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(r.Note, "2 of the units are so small") != c.note {
			t.Errorf("units of %g: %q", c.of, r.Note)
		}
	}
}

// The published rule puts a unit without a death below limits that are never nought. In a
// trust of eight hundred expected deaths that is right; of a ward with a hundredth of one it
// is not, and is said.
func TestPlot_NotesSmallUnitsOfSHMI(t *testing.T) {
	for expected, note := range map[float64]bool{0.01: true, 4.9: true, 5: false} {
		r, err := funnel.Plot(funnel.SHMI, []funnel.Unit{{Name: "A", Observed: 50, Of: 48}, {Name: "B", Observed: 0, Of: expected}}, funnel.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Units[1].Band != funnel.Lower && r.Tau2 == 0 || strings.Contains(r.Note, "1 of the units are so small") != note {
			t.Errorf("%g expected: %s, %q", expected, r.Units[1].Band, r.Note)
		}
	}
}

// R 4's limits of counts by the hundred million, as of appointments in a country:
// qbinom and pbinom, interpolated. gonum 0.17.0 adds such distributions up wrongly: of a
// thousand million with a chance of one half its lower limit lay above the middle.
func TestBinomialLimit_OfLargeCounts_AsR(t *testing.T) {
	for _, c := range []struct {
		n, chance, low95, high95, low998, high998 float64
	}{
		{3000000, 0.161, 481752.143, 484247.500, 481033.279, 484967.653},
		{5000000, 0.5, 2497808.194, 2502190.806, 2496544.515, 2503454.485},
		{10000000, 0.05, 498649.114, 501350.738, 497870.987, 502130.578},
		{100000000, 0.3, 29991018.006, 30008981.373, 29985838.847, 30014161.293},
		{1000000000, 0.5, 499969009.748, 500030989.252, 499951138.637, 500048860.363},
		{1000000000, 0.001, 998040.989, 1001958.956, 996912.235, 1003089.609},
		{2000000000, 0.9, 1799973703.445, 1800026294.797, 1799958538.543, 1800041458.177},
		{100000000000, 0.5, 49999690101.984, 50000309897.016, 49999511390.871, 50000488608.129},
	} {
		for i, p := range []float64{0.025, 0.975, 0.001, 0.999} {
			want := []float64{c.low95, c.high95, c.low998, c.high998}[i]
			near(t, fmt.Sprint("binomial, cases of ", c.n, " at ", c.chance, p), c.n*funnel.BinomialLimit(p, c.n, c.chance), want, 0.01)
		}
	}
}

// Where units differ no more than chance makes them, limits are those of chance and a note
// says so; the SHMI keeps its own to the letter, and says the same.
func TestPlot_NoMoreThanChance(t *testing.T) {
	var units []funnel.Unit
	for i, n := range []float64{48, 52, 50, 49, 51, 50, 47, 53, 50, 51} {
		units = append(units, funnel.Unit{Name: fmt.Sprint("u", i), Observed: n, Of: 50})
	}
	shares := make([]funnel.Unit, len(units))
	for i, u := range units {
		shares[i] = funnel.Unit{Name: u.Name, Observed: u.Observed, Of: 300}
	}
	for method, in := range map[funnel.Method][]funnel.Unit{funnel.CQC: units, funnel.Proportion: shares, funnel.SHMI: units, funnel.Ratio: units} {
		r, err := funnel.Plot(method, in, funnel.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Phi >= 1 || r.Tau2 != 0 || !strings.Contains(r.Note, "units differ no more than chance makes them") {
			t.Errorf("%s: phi %g, tau2 %g, %q", method, r.Phi, r.Tau2, r.Note)
		}
		for _, u := range r.Units {
			if exact := u.Limits == u.Exact; exact != (method != funnel.SHMI) || u.Band != funnel.AsExpected {
				t.Errorf("%s, %s: %+v beside %+v", method, u.Name, u.Limits, u.Exact)
			}
		}
	}
}

func ExamplePlot() {
	r, err := funnel.Plot(funnel.Poisson, []funnel.Unit{
		{Name: "North", Observed: 60, Of: 42.5}, {Name: "South", Observed: 38, Of: 40.1}, {Name: "West", Observed: 25, Of: 29},
	}, funnel.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, u := range r.Units {
		fmt.Printf("%s %.2f, usually %.2f to %.2f: %s\n", u.Name, u.Value, u.Lower95, u.Upper95, u.Band)
	}
	// Output:
	// North 1.41, usually 0.72 to 1.35: higher than expected
	// South 0.95, usually 0.71 to 1.36: as expected
	// West 0.86, usually 0.67 to 1.44: as expected
}
