package spc_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"commonweal/law"
	"commonweal/spc"
)

func day(i int) law.Date { return law.NewDate(2020, time.January, 1).AddMonths(i) }

func series(values ...float64) []spc.Point {
	out := make([]spc.Point, len(values))
	for i, v := range values {
		out[i] = spc.Point{Date: day(i), Value: v, Gap: math.IsNaN(v)}
	}
	return out
}

func publishedRoot() string {
	if root := os.Getenv("COMMONWEAL_PUBLISHED"); root != "" {
		return root
	}
	return filepath.Join("..", "..", "shared", "data")
}

// published opens a file of the published data, or skips.
func published(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(publishedRoot(), name))
	if err != nil {
		t.Skipf("the published data are not here: %v", err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// qicharts is one line of what qicharts2 0.8.1 prints of a chart.
type qicharts struct {
	N               int     `json:"n.obs"`
	Useful          int     `json:"n.useful"`
	LongestRun      int     `json:"longest.run"`
	LongestAllowed  int     `json:"longest.run.max"`
	Crossings       int     `json:"n.crossings"`
	CrossingsNeeded int     `json:"n.crossings.min"`
	RunsSignal      int     `json:"runs.signal"`
	Lower           float64 `json:"aLCL"`
	Centre          float64 `json:"CL"`
	Upper           float64 `json:"aUCL"`
	Outside         int     `json:"sigma.signal"`
}

func (q qicharts) run(t *testing.T, values []float64) {
	t.Helper()
	r, err := spc.RunAbout(values, q.Centre)
	if err != nil {
		t.Fatal(err)
	}
	want := spc.RunChart{Centre: q.Centre, Useful: q.Useful, LongestRun: q.LongestRun, LongestAllowed: q.LongestAllowed, Crossings: q.Crossings, CrossingsNeeded: q.CrossingsNeeded, Signal: q.RunsSignal > 0}
	if len(values) != q.N || r != want {
		t.Errorf("%+v; want %+v", r, want)
	}
}

// The file of what qicharts2 prints, for every chart whose data are published beside it:
// centre, averages of the limits, points outside and Anhøj's two tests.
func TestCharts_AsQicharts2(t *testing.T) {
	cdi := published(t, "spc/qicharts2_cdi.csv")[:24] // before the intervention
	weeks := published(t, "spc/qicharts2_nhs_accidents.csv")
	var want map[string]json.RawMessage
	text, err := os.ReadFile(filepath.Join(publishedRoot(), "spc/qicharts2_expected.json"))
	if err != nil {
		t.Skipf("the published data are not here: %v", err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	line := func(chart string) qicharts {
		var rows []qicharts
		if err := json.Unmarshal(want[chart], &rows); err != nil {
			t.Fatal(err)
		}
		return rows[0]
	}

	var counts, shares []float64
	var accidents []spc.Counted
	for _, row := range cdi {
		counts = append(counts, number(t, row[1]))
	}
	for i, row := range weeks {
		shares = append(shares, number(t, row[1])/number(t, row[2]))
		accidents = append(accidents, spc.Counted{Date: day(i), Count: number(t, row[1]), Of: number(t, row[2])})
	}

	t.Run("I chart of infections", func(t *testing.T) {
		q := line("i_cdi24")
		q.run(t, counts)
		c, err := spc.XmR(series(counts...), spc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		// It has 3/1.128 mean ranges either side, where Making Data Count has 2.66.
		near(t, "centre", c.Segments[0].Mean, q.Centre)
		near(t, "upper", q.Centre+3*c.Segments[0].Range/1.128, q.Upper)
		near(t, "lower", q.Centre-3*c.Segments[0].Range/1.128, q.Lower)
		outside := 0
		for _, p := range c.Points {
			if p.Rule == spc.AboveUpper || p.Rule == spc.BelowLower {
				outside++
			}
		}
		if outside != q.Outside {
			t.Errorf("%d points outside; want %d", outside, q.Outside)
		}
	})
	t.Run("C chart of infections, its runs", func(t *testing.T) { line("c_cdi24").run(t, counts) })
	t.Run("P chart of accident departments, its runs", func(t *testing.T) {
		q := line("p_nhs_accidents")
		q.run(t, shares)
		outside := 0
		for _, a := range accidents {
			if width := 3 * math.Sqrt(q.Centre*(1-q.Centre)/a.Of); math.Abs(a.Count/a.Of-q.Centre) > width {
				outside++
			}
		}
		if outside != q.Outside {
			t.Errorf("a plain P chart has %d points outside; want %d", outside, q.Outside)
		}
	})
	t.Run("P' chart of accident departments", func(t *testing.T) {
		q := line("pp_nhs_accidents")
		q.run(t, shares)
		out, err := spc.PPrime(accidents)
		if err != nil {
			t.Fatal(err)
		}
		var lower, upper float64
		outside := 0
		for _, l := range out {
			lower += l.Lower / float64(len(out))
			upper += l.Upper / float64(len(out))
			if l.Outside {
				outside++
			}
		}
		near(t, "centre", out[0].Mean, q.Centre)
		near(t, "lower", lower, q.Lower)
		near(t, "upper", upper, q.Upper)
		if outside != q.Outside {
			t.Errorf("%d points outside; want %d", outside, q.Outside)
		}
	})
}

// What qicharts2 allows by the number of useful values.
func TestRun_Bounds(t *testing.T) {
	for n, want := range map[int][2]int{10: {6, 2}, 12: {7, 3}, 16: {7, 4}, 20: {7, 6}, 24: {8, 8}, 36: {8, 13}, 48: {9, 18}, 60: {9, 23}, 100: {10, 41}} {
		if got := [2]int{spc.LongestAllowed(n), spc.CrossingsNeeded(n)}; got != want {
			t.Errorf("%d values: %v; want %v", n, got, want)
		}
	}
}

// runcharter on its own data, nine values and runs of nine on either side: the medians
// of the first nine and the sustained runs that it found.
func TestRebase_AsRuncharter(t *testing.T) {
	groups, dates := map[string][]float64{}, map[string][]string{}
	for _, row := range published(t, "spc/runcharter_signals.csv") {
		groups[row[0]] = append(groups[row[0]], number(t, row[1]))
		dates[row[0]] = append(dates[row[0]], row[2])
	}
	want := map[string]string{
		"WardV": "7", "WardX": "11; 6 2016-12..2017-08", "WardY": "12; 8 2017-10..2018-06", "WardZ": "4; 9 2017-06..2018-03",
	}
	for ward, values := range groups {
		out, err := spc.Rebase(values, 9, 9, spc.Either)
		if err != nil {
			t.Fatal(err)
		}
		said := make([]string, len(out))
		for i, s := range out {
			said[i] = fmt.Sprint(s.Median)
			if i > 0 {
				said[i] += fmt.Sprintf(" %s..%s", dates[ward][s.RunFrom][:7], dates[ward][s.RunTo][:7])
			}
		}
		if got := strings.Join(said, "; "); got != want[ward] {
			t.Errorf("%s: %s; want %s", ward, got, want[ward])
		}
	}
}

// A chart of times between events of a constant hazard rarely calls one a signal, and
// one that comes after ten times the usual wait it does.
func TestT_FindsTheLongWait(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	outside, n := 0, 0
	for range 500 {
		times := make([]float64, 30)
		for i := range times {
			times[i] = chance.ExpFloat64() * 20
		}
		r, err := spc.T(times)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range r.Outside {
			n++
			if o {
				outside++
			}
		}
	}
	if share := float64(outside) / float64(n); share > 0.01 {
		t.Errorf("%.4f of usual times are called signals", share)
	}
	r, err := spc.T([]float64{20, 14, 25, 18, 30, 22, 9, 16, 24, 19, 400})
	if err != nil || !r.Outside[10] {
		t.Errorf("%+v, %v", r, err)
	}
}

// What the formulae give when written down once more in another language (R).
func TestCharts_BySecondOpinion(t *testing.T) {
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
			t.Errorf("%s %.12g; want %.12g", what, got, want)
		}
	}
	// The longest of these waits makes two moving ranges that are screened out.
	long := []float64{1, 32.4, 34.3, 16.2, 10.9, 52.4, 15, 85.5, 300.5, 0.9, 18.9, 15, 37.4, 37.3, 24.2}
	r, err := spc.T(long)
	if err != nil || !r.Outside[8] {
		t.Errorf("T: %+v, %v", r, err)
	}
	near("centre of T", r.Centre, 26.0430848601)
	near("lower of T", r.Lower, 0.107842126363)
	near("upper of T", r.Upper, 208.509042494)

	r, err = spc.G([]int{11, 26, 2, 11, 14, 24, 15, 9, 7, 19, 3, 3, 33, 26})
	if err != nil || slices.Contains(r.Outside, true) {
		t.Errorf("G: %+v, %v", r, err)
	}
	near("centre of G", r.Centre, 12.5)
	near("lower of G", r.Lower, 0)
	near("upper of G", r.Upper, 59.4749930517)

	counts := []float64{4, 6, 5, 8, 5, 8, 6, 12, 2, 10}
	of := []float64{1108, 1072, 904, 1356, 991, 1261, 1186, 1170, 1077, 1312}
	upper := []float64{0.0133227552295, 0.0134485142922, 0.0141315527954, 0.0125973158092, 0.0137561256927, 0.0128497937468, 0.0130701944173, 0.0131199357106, 0.013430671437, 0.0127108417927}
	var in []spc.Counted
	for i := range counts {
		in = append(in, spc.Counted{Date: day(i), Count: counts[i], Of: of[i]})
	}
	slices.Reverse(in)
	out, err := spc.UPrime(in)
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range out {
		near("centre of U'", l.Mean, 0.00577074407624)
		near("lower of U'", l.Lower, 0)
		near("upper of U'", l.Upper, upper[i])
	}
}

func TestG(t *testing.T) {
	r, err := spc.G([]int{12, 30, 8, 15, 22, 5, 17, 11, 160})
	if err != nil {
		t.Fatal(err)
	}
	m := 280.0 / 9
	near(t, "centre", r.Centre, 15)
	near(t, "upper", r.Upper, m+3*math.Sqrt(m*(m+1)))
	if r.Lower != 0 || !r.Outside[8] || r.Outside[0] {
		t.Errorf("%+v", r)
	}
}

func noise(chance *rand.Rand, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = chance.NormFloat64()
	}
	return out
}

func rolling(values []float64, k int) []float64 {
	var out []float64
	for i := k; i <= len(values); i++ {
		sum := 0.0
		for _, v := range values[i-k : i] {
			sum += v
		}
		out = append(out, sum/float64(k))
	}
	return out
}

// share is how many of some simulated series show a signal anywhere, and at the end.
func share(t *testing.T, make func() []float64, times int) (anywhere, last float64) {
	t.Helper()
	for range times {
		c, err := spc.XmR(series(make()...), spc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(c.Points, func(p spc.Charted) bool { return p.Rule != spc.NoRule }) {
			anywhere++
		}
		if c.Variation != spc.Usual {
			last++
		}
	}
	return anywhere / float64(times), last / float64(times)
}

// What the package says that chance does is what chance does.
func TestFalseSignals(t *testing.T) {
	chance := rand.New(rand.NewPCG(20, 26))
	for _, n := range []int{12, 18, 36, 75, 120} {
		anywhere, last := share(t, func() []float64 { return noise(chance, n) }, 2000)
		e := spc.FalseSignals(n)
		if math.Abs(anywhere-e.Any) > 0.03 || math.Abs(last-e.Last) > 0.008 {
			t.Errorf("%d points: simulated %.3f and %.4f, said %.3f and %.4f", n, anywhere, last, e.Any, e.Last)
		}
	}
	if e := spc.FalseSignals(slices.Repeat([]int{24}, 48)...); e.Charts != 48 || math.Abs(e.Last-0.816) > 0.001 {
		t.Errorf("%+v", e)
	}
}

// Charts of a rolling year lie nearly always, and those of single months rarely; so the
// first are refused. Where nobody said what the values cover, the warning comes.
func TestGuard_RollingWindowsLie(t *testing.T) {
	chance := rand.New(rand.NewPCG(3, 4))
	lie, _ := share(t, func() []float64 { return rolling(noise(chance, 35), 12) }, 1000)
	if lie < 0.95 {
		t.Errorf("only %.2f of rolling charts show a signal", lie)
	}
	_, err := spc.XmR(series(noise(chance, 24)...), spc.Options{Covers: 12})
	if err == nil || !strings.Contains(err.Error(), "each value covers 12 periods") {
		t.Errorf("got %v", err)
	}
	warned := 0
	for range 200 {
		c, err := spc.XmR(series(rolling(noise(chance, 35), 12)...), spc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Warnings) > 0 {
			warned++
		}
	}
	if warned < 180 {
		t.Errorf("%d of 200 undeclared rolling series are warned of", warned)
	}
}

func TestGuard_Season(t *testing.T) {
	chance := rand.New(rand.NewPCG(5, 6))
	values := noise(chance, 48)
	for i := range values {
		values[i] += 1.5 * math.Sqrt2 * math.Sin(2*math.Pi*float64(i)/12)
	}
	c, err := spc.XmR(series(values...), spc.Options{})
	if err != nil || !strings.Contains(strings.Join(c.Warnings, " "), "time of year") {
		t.Fatalf("%q, %v", c.Warnings, err)
	}
	plain, err := spc.XmR(series(values...), spc.Options{Season: true})
	if err != nil || !strings.Contains(plain.Warnings[0], "was taken out") {
		t.Fatalf("%q, %v", plain.Warnings, err)
	}
	if wide, narrow := c.Segments[0].Range, plain.Segments[0].Range; narrow >= wide {
		t.Errorf("the range is %.3f with the season and %.3f without", wide, narrow)
	}
}

func TestXmR_Refuses(t *testing.T) {
	target := math.NaN()
	for name, c := range map[string]struct {
		points []spc.Point
		o      spc.Options
		want   string
	}{
		"nothing":                {nil, spc.Options{}, "no points"},
		"a day twice":            {[]spc.Point{{Date: day(0)}, {Date: day(0)}}, spc.Options{}, "2020-01-01 is there twice"},
		"not a number":           {[]spc.Point{{Date: day(0), Value: math.Inf(1)}}, spc.Options{}, "2020-01-01: the value is not a number"},
		"no value at all":        {[]spc.Point{{Date: day(0), Gap: true}}, spc.Options{}, "no period has a value"},
		"a rebase between":       {series(1, 2, 3), spc.Options{Rebase: []law.Date{law.NewDate(2020, 2, 2)}}, "the nearest are 2020-02-01 and 2020-03-01"},
		"a rebase after":         {series(1, 2, 3), spc.Options{Rebase: []law.Date{day(9)}}, "the last is 2020-03-01"},
		"fixed on too few":       {series(1, 2, 3), spc.Options{Fix: 11}, "it takes 12"},
		"another rule set":       {series(1, 2, 3), spc.Options{Rules: "nelson"}, `no rule set "nelson"`},
		"another direction":      {series(1, 2, 3), spc.Options{Improve: "sideways"}, "sideways"},
		"a target of no number":  {series(1, 2, 3), spc.Options{Target: &target}, "target"},
		"a season of too little": {series(noise(rand.New(rand.NewPCG(1, 1)), 23)...), spc.Options{Season: true}, "at least 24 values"},
	} {
		if _, err := spc.XmR(c.points, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}

// Judgements of a target are withheld while a signal is fresh, and both icons while the
// limits rest on too little.
func TestXmR_Withholds(t *testing.T) {
	target := 20.0
	steady := []float64{10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12}
	c, err := spc.XmR(series(steady...), spc.Options{Target: &target})
	if err != nil || c.Withheld != "" || c.Assurance != spc.Fails {
		t.Errorf("settled: %q, %s, %v", c.Withheld, c.Assurance, err)
	}
	c, err = spc.XmR(series(append(slices.Clone(steady), 40, 11)...), spc.Options{Target: &target})
	if err != nil || !strings.Contains(c.Withheld, "not settled") || c.VariationWithheld {
		t.Errorf("unsettled: %q, %v", c.Withheld, err)
	}
	c, err = spc.XmR(series(steady[:8]...), spc.Options{Target: &target})
	if err != nil || !strings.Contains(c.Withheld, "8 values") || !c.VariationWithheld {
		t.Errorf("short: %q, %v", c.Withheld, err)
	}
}

// Both Western Electric departures: a third point anywhere, and points beyond the limit
// count among the two.
func TestXmR_WesternElectric(t *testing.T) {
	values := []float64{10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 13.4, 9, 13.3, 10}
	ptd, err := spc.XmR(series(values...), spc.Options{Fix: 12})
	if err != nil {
		t.Fatal(err)
	}
	we, err := spc.XmR(series(values...), spc.Options{Fix: 12, Rules: spc.WesternElectric})
	if err != nil {
		t.Fatal(err)
	}
	if ptd.Points[18].Rule != spc.NoRule || we.Points[18].Rule != spc.TwoInThreeUp || we.Points[20].Rule != spc.TwoInThreeUp {
		t.Errorf("%s; %s, %s (limits %.2f to %.2f)", ptd.Points[18].Rule, we.Points[18].Rule, we.Points[20].Rule, we.Points[0].Lower, we.Points[0].Upper)
	}
}

// The order in which points come changes nothing.
func TestXmR_AnyOrder(t *testing.T) {
	chance := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		points := series(noise(chance, 12+chance.IntN(40))...)
		points[chance.IntN(len(points))].Gap = true
		o := spc.Options{Improve: spc.Down, Rebase: []law.Date{points[6].Date}}
		a, err := spc.XmR(points, o)
		if err != nil {
			t.Fatal(err)
		}
		chance.Shuffle(len(points), func(i, k int) { points[i], points[k] = points[k], points[i] })
		b, err := spc.XmR(points, o)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatalf("%v\n%v", a, b)
		}
	}
}
