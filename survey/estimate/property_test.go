package estimate_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"commonweal/survey/estimate"
)

func seeded(n uint64) *rand.Rand { return rand.New(rand.NewPCG(n, 20261122)) }

// invent draws rows for margins that can be met: the register is drawn first
// and those who answered from it, at rates of their own.
func invent(r *rand.Rand) (margins []estimate.Margin, values []float64, population int) {
	population = 200 + r.IntN(400)
	names := []string{"group", "hours", "site"}
	sizes := []int{2 + r.IntN(5), 2, 2 + r.IntN(3)}
	for k := range names {
		margins = append(margins, estimate.Margin{Name: names[k], Totals: map[string]float64{}})
	}
	seen := make([]map[string]bool, len(names))
	for k := range seen {
		seen[k] = map[string]bool{}
	}
	for range population {
		row := make([]string, len(names))
		first := r.IntN(sizes[0])
		for k := range names {
			c := first
			if k > 0 {
				c = (first/2 + r.IntN(sizes[k])) % sizes[k]
			}
			row[k] = fmt.Sprint(names[k], c)
			margins[k].Totals[row[k]]++
		}
		takes := r.Float64() < 0.3+0.1*float64(first)
		for k := range names { // nobody missing: the first of a kind answers
			takes = takes || !seen[k][row[k]]
		}
		if !takes {
			continue
		}
		for k := range names {
			seen[k][row[k]] = true
			margins[k].Of = append(margins[k].Of, row[k])
		}
		values = append(values, math.Round(min(10, max(0, 5+float64(first)+2*r.NormFloat64()))))
	}
	return margins, values, population
}

func within(a, b, part float64) bool { return math.Abs(a-b) <= part*max(1, math.Abs(b)) }

// Raked weights meet every margin, and raking what is raked changes nothing.
func TestRake_MeetsMarginsAndStays(t *testing.T) {
	for seed := range uint64(40) {
		margins, _, population := invent(seeded(seed))
		w, err := estimate.Rake(margins...)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, m := range margins {
			got := map[string]float64{}
			for i, c := range m.Of {
				got[c] += w.Weights[i]
			}
			for c, want := range m.Totals {
				if !within(got[c], want, 1e-11) {
					t.Errorf("seed %d: %s: weights of %s add up to %.14g, not %g", seed, m.Name, c, got[c], want)
				}
			}
		}
		if n := w.EffectiveN(); n > float64(len(w.Weights))+1e-9 || n < 1 {
			t.Errorf("seed %d: effective n %g of %d", seed, n, len(w.Weights))
		}
		if w.Largest() < 1 || w.Smallest() > 1 {
			t.Errorf("seed %d: weights from %g to %g of their mean", seed, w.Smallest(), w.Largest())
		}
		// The totals that the weights make, as margins again.
		again := slices.Clone(margins)
		for k, m := range again {
			again[k].Totals = map[string]float64{}
			for i, c := range m.Of {
				again[k].Totals[c] += w.Weights[i]
			}
		}
		twice, err := estimate.Rake(again...)
		if err != nil {
			t.Fatal(err)
		}
		for i := range w.Weights {
			if !within(twice.Weights[i], w.Weights[i], 1e-9) {
				t.Fatalf("seed %d: raked twice, row %d went from %.14g to %.14g of %d", seed, i, w.Weights[i], twice.Weights[i], population)
			}
		}
	}
}

// Trimmed weights keep their sum, lie within the bounds and say what it cost.
func TestTrim_KeepsSumAndBounds(t *testing.T) {
	for seed := range uint64(40) {
		margins, _, population := invent(seeded(seed))
		w, err := estimate.Rake(margins...)
		if err != nil {
			t.Fatal(err)
		}
		c, err := w.Trim(0.8, 1.25)
		if err != nil {
			t.Fatal(err)
		}
		sum, before := 0.0, slices.Clone(w.Weights)
		for _, v := range c.Weights {
			sum += v
		}
		if !within(sum, float64(population), 1e-9) {
			t.Errorf("seed %d: weights add up to %g of %d", seed, sum, population)
		}
		if c.Smallest() < 0.8-1e-9 || c.Largest() > 1.25+1e-9 {
			t.Errorf("seed %d: weights from %g to %g of their mean", seed, c.Smallest(), c.Largest())
		}
		if c.EffectiveN() < w.EffectiveN()-1e-9 {
			t.Errorf("seed %d: effective n fell from %g to %g", seed, w.EffectiveN(), c.EffectiveN())
		}
		if c.Trimmed.Cut > 0 && (c.Trimmed.Moved <= 0 || c.Trimmed.Miss <= 0 || c.Trimmed.Category == "") {
			t.Errorf("seed %d: cut %d rows and reports %+v", seed, c.Trimmed.Cut, c.Trimmed)
		}
		if !slices.Equal(before, w.Weights) || w.Trimmed != nil {
			t.Errorf("seed %d: the weights that were there changed", seed)
		}
	}
}

// Intervals hold their estimate and widen with the level; weighting by margins
// that explain the answers never leaves a wider interval than their spread.
func TestIntervals_HoldTheEstimateAndWiden(t *testing.T) {
	for seed := range uint64(20) {
		margins, values, population := invent(seeded(seed))
		w, err := estimate.Rake(margins...)
		if err != nil {
			t.Fatal(err)
		}
		yes := make([]float64, len(values))
		for i, v := range values {
			if v > 6 {
				yes[i] = 1
			}
		}
		for name, f := range map[string]func(level float64) (estimate.Figure, error){
			"mean": func(l float64) (estimate.Figure, error) {
				return estimate.Mean(estimate.Sample{Values: values, Weighting: w, Population: population}, l)
			},
			"proportion": func(l float64) (estimate.Figure, error) {
				return estimate.Proportion(estimate.Sample{Values: yes, Weighting: w, Population: population}, l)
			},
		} {
			last := 0.0
			for _, level := range []float64{0.1, 0.5, 0.8, 0.9, 0.95, 0.99, 0.9999} {
				got, err := f(level)
				if err != nil {
					t.Fatal(err)
				}
				if !(got.Low <= got.Value && got.Value <= got.High) {
					t.Errorf("seed %d: %s %g is not within %g to %g", seed, name, got.Value, got.Low, got.High)
				}
				if got.HalfWidth() <= last {
					t.Errorf("seed %d: %s at %g is no wider than at the level before", seed, name, level)
				}
				last = got.HalfWidth()
			}
		}
	}
}

// Whoever asks more of the same people knows more, and all of them everything.
func TestMean_NarrowsAsMoreOfThemAnswer(t *testing.T) {
	last := math.Inf(1)
	for _, population := range []int{0, 10000, 100, 60, 51} {
		f, err := estimate.FromMoments(50, 6, 2, population, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if f.SE >= last {
			t.Errorf("50 of %d: standard error %g is not below %g", population, f.SE, last)
		}
		last = f.SE
	}
	f, err := estimate.FromMoments(50, 6, 2, 50, 0.95)
	if err != nil || f.SE != 0 || f.Low != 6 || f.High != 6 || f.Note != estimate.Everybody {
		t.Errorf("all 50: %+v, %v", f, err)
	}
}

// Of intervals at 95% about 95 in 100 hold the truth, within what chance does
// to a count of so many trials (four standard errors) and a percentage point
// for what theory leaves out: means after raking, Wilson's without and with a
// finite population.
func TestCoverage(t *testing.T) {
	const trials = 3000
	r := seeded(7)
	// A register of 400: the truth is known because it is the register's.
	const people = 400
	group, hours := make([]string, people), make([]string, people)
	scores, yes := make([]float64, people), make([]float64, people)
	truth, part := 0.0, 0.0
	totals := []map[string]float64{{}, {}}
	for i := range people {
		group[i], hours[i] = fmt.Sprint("g", r.IntN(4)), fmt.Sprint("h", r.IntN(2))
		totals[0][group[i]]++
		totals[1][hours[i]]++
		scores[i] = 5 + float64(group[i][1]-'0') + float64(hours[i][1]-'0') + 1.5*r.NormFloat64()
		if scores[i] > 6 {
			yes[i] = 1
		}
		truth += scores[i] / people
		part += yes[i] / people
	}
	for _, answered := range []int{60, 150} {
		var mean, raked, wilson int
		for range trials {
			rows := r.Perm(people)[:answered]
			pick := func(from []float64) []float64 {
				var out []float64
				for _, i := range rows {
					out = append(out, from[i])
				}
				return out
			}
			margins := []estimate.Margin{{Name: "group", Totals: totals[0]}, {Name: "hours", Totals: totals[1]}}
			for _, i := range rows {
				margins[0].Of = append(margins[0].Of, group[i])
				margins[1].Of = append(margins[1].Of, hours[i])
			}
			w, err := estimate.Rake(margins...)
			if err != nil {
				t.Fatal(err)
			}
			holds := func(f estimate.Figure, err error, truth float64) int {
				if err != nil {
					t.Fatal(err)
				}
				if f.Low <= truth && truth <= f.High {
					return 1
				}
				return 0
			}
			f, err := estimate.Mean(estimate.Sample{Values: pick(scores), Population: people}, 0.95)
			mean += holds(f, err, truth)
			f, err = estimate.Mean(estimate.Sample{Values: pick(scores), Weighting: w, Population: people}, 0.95)
			raked += holds(f, err, truth)
			f, err = estimate.Proportion(estimate.Sample{Values: pick(yes), Population: people}, 0.95)
			wilson += holds(f, err, part)
		}
		slack := 4*math.Sqrt(0.95*0.05/trials) + 0.01
		for name, hits := range map[string]int{"mean": mean, "raked mean": raked, "percentage": wilson} {
			rate := float64(hits) / trials
			t.Logf("%d of %d answer: intervals of the %s hold the truth in %.1f%%", answered, people, name, 100*rate)
			if math.Abs(rate-0.95) > slack {
				t.Errorf("%d of %d answer: intervals of the %s hold the truth in %.3f of trials", answered, people, name, rate)
			}
		}
	}
}

// A category of the register from which nobody answered is refused by name.
func TestPostStratify_NamesTheEmptyCell(t *testing.T) {
	_, err := estimate.PostStratify(estimate.Margin{Name: "staff group", Of: []string{"nurses", "nurses"}, Totals: map[string]float64{"nurses": 10, "midwives": 4}})
	var empty *estimate.EmptyCell
	if !errors.As(err, &empty) || empty.Margin != "staff group" || empty.Category != "midwives" {
		t.Errorf("got %v", err)
	}
}

func TestRake_Refuses(t *testing.T) {
	of := []string{"a", "b", "a"}
	cases := []struct {
		name    string
		margins []estimate.Margin
		want    string
	}{
		{"no margins", nil, "raking: no margins"},
		{"answers from a category without people", []estimate.Margin{{Name: "x", Of: of, Totals: map[string]float64{"a": 3, "b": 0}}}, `x: answers from "b", of which the register has nobody`},
		{"a category the register does not know", []estimate.Margin{{Name: "x", Of: of, Totals: map[string]float64{"a": 3}}}, `x: row 1 is of "b", which has no total`},
		{"totals that do not add up to one sum", []estimate.Margin{
			{Name: "x", Of: of, Totals: map[string]float64{"a": 3, "b": 3}},
			{Name: "y", Of: of, Totals: map[string]float64{"a": 3, "b": 4}},
		}, "raking: x adds up to 6 and y to 7"},
		{"a total below nought", []estimate.Margin{{Name: "x", Of: of, Totals: map[string]float64{"a": 3, "b": -1}}}, `x: total -1 of "b"`},
		{"margins of different rows", []estimate.Margin{
			{Name: "x", Of: of, Totals: map[string]float64{"a": 3, "b": 3}},
			{Name: "y", Of: of[:2], Totals: map[string]float64{"a": 3, "b": 3}},
		}, "y: categories for 2 rows of 3"},
	}
	for _, c := range cases {
		if _, err := estimate.Rake(c.margins...); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// Where all part-timers are nurses and all nurses part-time, two margins that
// differ cannot both hold.
func TestRake_SaysWhatCannotBeMet(t *testing.T) {
	_, err := estimate.Rake(
		estimate.Margin{Name: "group", Of: []string{"nurse", "other"}, Totals: map[string]float64{"nurse": 5, "other": 5}},
		estimate.Margin{Name: "hours", Of: []string{"part", "full"}, Totals: map[string]float64{"part": 6, "full": 4}})
	var not *estimate.NotRaked
	if !errors.As(err, &not) || not.Margin == "" || not.Category == "" || not.Miss < 0.1 {
		t.Errorf("got %v", err)
	}
}

// Standard errors are those of resampling the people, raked anew each time: a
// check that shares no formula with them.
func TestStandardError_IsThatOfResampling(t *testing.T) {
	margins, values, _ := invent(seeded(12))
	raked, err := estimate.Rake(margins...)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := estimate.Mean(estimate.Sample{Values: values}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	weighted, err := estimate.Mean(estimate.Sample{Values: values, Weighting: raked}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	r := seeded(13)
	var means, weights estimate.Moments
	for means.N() < 1000 {
		again := slices.Clone(margins)
		drawn := make([]float64, len(values))
		for k := range again {
			again[k].Of = make([]string, len(values))
		}
		for i := range drawn {
			from := r.IntN(len(values))
			drawn[i] = values[from]
			for k := range again {
				again[k].Of[i] = margins[k].Of[from]
			}
		}
		w, err := estimate.Rake(again...)
		var empty *estimate.EmptyCell
		if errors.As(err, &empty) {
			continue // a small category was not drawn
		}
		if err != nil {
			t.Fatal(err)
		}
		f, err := estimate.Mean(estimate.Sample{Values: drawn, Weighting: w}, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		g, err := estimate.Mean(estimate.Sample{Values: drawn}, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		weights.Add(f.Value)
		means.Add(g.Value)
	}
	t.Logf("%d people: plain %.4f, resampled %.4f; raked %.4f, resampled %.4f", len(values), plain.SE, means.SD(), weighted.SE, weights.SD())
	// The spread of 1,000 resamples is known to about one part in forty-five.
	if math.Abs(means.SD()/plain.SE-1) > 0.06 || math.Abs(weights.SD()/weighted.SE-1) > 0.08 {
		t.Errorf("plain %g, resampled %g; raked %g, resampled %g", plain.SE, means.SD(), weighted.SE, weights.SD())
	}
	if weighted.SE >= plain.SE {
		t.Errorf("raked to margins that explain the answers: %g, plain %g", weighted.SE, plain.SE)
	}
}
