package spc_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"commonweal/law"
	"commonweal/spc"
)

func signals(c spc.Chart) (out []spc.Rule) {
	for _, p := range c.Points {
		if p.Rule != spc.NoRule {
			out = append(out, p.Rule)
		}
	}
	return out
}

// Decimal fractions are not whole in a computer: the sum of ten times 0.1 is not 1. No
// value lies above its own mean because of it, and a run ends at a point on the mean.
func TestXmR_DecimalFractionsMakeNoSignal(t *testing.T) {
	for _, set := range []spc.RuleSet{spc.PTD, spc.WesternElectric} {
		for _, v := range []float64{0.1, 0.3, 1.0 / 3, 88.7, 1e6 + 0.1, -0.7, 99.9} {
			for n := 1; n <= 60; n++ {
				c, err := spc.XmR(series(slices.Repeat([]float64{v}, n)...), spc.Options{Rules: set})
				if err != nil {
					t.Fatal(err)
				}
				if s := signals(c); len(s) > 0 || c.Segments[0].Mean != v || c.Segments[0].Upper != v || c.Segments[0].Constant != (n > 1) {
					t.Fatalf("%d times %v: %v, %+v", n, v, s, c.Segments[0])
				}
			}
		}
		// The mean is 0.48, and so is the middle value of each seven.
		var values []float64
		for range 8 {
			values = append(values, 0.52, 0.5, 0.48, 0.46, 0.44)
		}
		values = append(values, 0.49, 0.49, 0.49, 0.48, 0.49, 0.49, 0.49, 0.48, 0.42)
		c, err := spc.XmR(series(values...), spc.Options{Rules: set})
		if err != nil || len(signals(c)) > 0 {
			t.Errorf("%s: %v, %v (mean %.17g)", set, signals(c), err, c.Segments[0].Mean)
		}
	}
	// The same of the charts with limits a point each.
	var in []spc.Counted
	for i := range 40 {
		in = append(in, spc.Counted{Date: day(i), Count: float64(i + 1), Of: float64(3 * (i + 1))})
	}
	for name, chart := range map[string]func([]spc.Counted) ([]spc.Limits, error){"P'": spc.PPrime, "U'": spc.UPrime} {
		out, err := chart(in)
		if err != nil || slices.ContainsFunc(out, func(l spc.Limits) bool { return l.Outside }) {
			t.Errorf("%s of a third each time: %v, %v", name, out, err)
		}
	}
	r, err := spc.T(slices.Repeat([]float64{0.1}, 30))
	if err != nil || slices.Contains(r.Outside, true) {
		t.Errorf("T of the same wait each time: %+v, %v", r, err)
	}
}

// A stretch without a value has no mean: it is refused and not given the mean nought.
func TestXmR_RefusesAStretchOfGaps(t *testing.T) {
	gap := math.NaN()
	points := series(5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, gap, gap)
	_, err := spc.XmR(points, spc.Options{Rebase: []law.Date{day(12)}})
	if err == nil || !strings.Contains(err.Error(), "from 2021-01-01 to 2021-02-01 no period has a value") {
		t.Errorf("got %v", err)
	}
	fixed := series(append(slices.Repeat([]float64{gap}, 12), 4, 5, 6)...)
	_, err = spc.XmR(fixed, spc.Options{Fix: 12})
	if err == nil || !strings.Contains(err.Error(), "from 2020-01-01 to 2020-12-01 no period") {
		t.Errorf("got %v", err)
	}
}

// Values whose sums a computer cannot hold are refused, and with them limits that are no
// numbers.
func TestXmR_RefusesWhatNoPictureHolds(t *testing.T) {
	large := 1e16
	for name, c := range map[string]struct {
		points []spc.Point
		o      spc.Options
		want   string
	}{
		"a value":  {series(1, 1e308), spc.Options{}, "2020-02-01: 1e+308 is too large to chart"},
		"a target": {series(1, 2), spc.Options{Target: &large}, "the target 1e+16 is too large"},
	} {
		_, err := spc.XmR(c.points, c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := spc.UPrime([]spc.Counted{{Date: day(0), Count: 1, Of: 1e300}, {Date: day(1), Count: 1, Of: 2}}); err == nil || !strings.Contains(err.Error(), "2020-01-01: 1e+300 is too large") {
		t.Errorf("got %v", err)
	}
}

// A month that has no row is named; a gap is not, nor are quarters and weeks.
func TestGuard_NamesWhatIsLeftOut(t *testing.T) {
	months := func(places ...int) (out []spc.Point) {
		for _, i := range places {
			out = append(out, spc.Point{Date: day(i), Value: float64(i % 3)})
		}
		return out
	}
	var weeks, ends []spc.Point
	for i := range 12 {
		weeks = append(weeks, spc.Point{Date: day(0).AddDays(7 * i), Value: 1})
		ends = append(ends, spc.Point{Date: day(i).AddMonths(1).AddDays(-1), Value: 1})
	}
	for name, c := range map[string]struct {
		points []spc.Point
		want   string
	}{
		"every month":       {months(0, 1, 2, 3, 4), ""},
		"one left out":      {months(0, 1, 3, 4), "There is no row for March 2020:"},
		"several":           {months(0, 1, 5, 6, 9), "There are no rows for 5 periods, the first of them March 2020:"},
		"every quarter":     {months(0, 3, 6, 9), ""},
		"a quarter missing": {months(0, 3, 9), "There is no row for July 2020:"},
		"uneven steps":      {months(0, 2, 5), ""},
		"weeks":             {weeks, ""},
		"ends of months":    {ends, ""},
		"one point":         {months(0), ""},
	} {
		got := strings.Join(spc.Guard(c.points, spc.Options{}), " ")
		if c.want == "" && strings.Contains(got, "row") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q; want %q", name, got, c.want)
		}
	}
}

// A level that changes in the middle of a year is not taken for a season: what is taken
// out are the months' distances from the means of their own stretches. Months whose
// values stand at their ends have seasons too.
func TestXmR_SeasonBesideARebase(t *testing.T) {
	chance := rand.New(rand.NewPCG(9, 9))
	for name, first := range map[string]law.Date{"first days": day(0), "last days": law.NewDate(2020, time.April, 30)} {
		var points []spc.Point
		for i := range 42 { // eighteen months at 10, then two years at 20
			v := 10 + math.Cos(float64(i%12)*math.Pi/6) + 0.1*chance.NormFloat64()
			if i >= 18 {
				v += 10
			}
			points = append(points, spc.Point{Date: first.AddDays(1).AddMonths(i).AddDays(-1), Value: v})
		}
		o := spc.Options{Season: true, Rebase: []law.Date{points[18].Date}}
		c, err := spc.XmR(points, o)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, s := range c.Segments {
			if s.Upper-s.Lower > 1.2 {
				t.Errorf("%s: limits %.2f to %.2f, and without its season the measure moves by 0.6", name, s.Lower, s.Upper)
			}
		}
	}
}

// Whatever the values are, the chart holds numbers, limits lie about the mean, and points
// in another order give the same.
func FuzzXmR(f *testing.F) {
	f.Add(uint64(1), 20, 50.0, 0.1, uint8(0))
	f.Add(uint64(2), 1, 0.0, 0.0, uint8(1))
	f.Add(uint64(3), 30, 1e14, 1e14, uint8(7))
	f.Add(uint64(4), 60, 1e-300, 1e-310, uint8(12))
	f.Fuzz(func(t *testing.T, seed uint64, n int, level, spread float64, how uint8) {
		chance := rand.New(rand.NewPCG(seed, 0))
		points := make([]spc.Point, min(max(n, 0), 80))
		for i := range points {
			points[i] = spc.Point{Date: day(i), Value: level + spread*math.Round(chance.NormFloat64()*4)/4, Gap: how&1 > 0 && chance.IntN(6) == 0}
		}
		o := spc.Options{KeepOutliers: how&2 > 0, Season: how&16 > 0}
		if how&4 > 0 {
			o.Rules = spc.WesternElectric
		}
		if how&8 > 0 && len(points) > 9 {
			o.Rebase = []law.Date{day(len(points) / 2)}
		}
		if how&32 > 0 {
			o.Fix = spc.Enough
		}
		a, err := spc.XmR(points, o)
		if err != nil {
			return
		}
		for _, p := range a.Points {
			if math.IsNaN(p.Mean+p.Lower+p.Upper) || math.IsInf(p.Mean+p.Lower+p.Upper, 0) || p.Lower > p.Mean || p.Mean > p.Upper || p.Gap && p.Rule != spc.NoRule {
				t.Fatalf("%+v", p)
			}
		}
		chance.Shuffle(len(points), func(i, k int) { points[i], points[k] = points[k], points[i] })
		b, err := spc.XmR(points, o)
		if err != nil || fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatalf("in another order: %v\n%v\n%v", err, a, b)
		}
	})
}
