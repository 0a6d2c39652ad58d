package estimate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"commonweal/survey/estimate"
)

// classes are the moments of values by class, and of all of them.
func classes(values []float64, of []string, totals map[string]float64) (whole estimate.Class, parts []estimate.Class) {
	moments, n := map[string]*estimate.Moments{"": {}}, map[string]int{}
	var names []string
	for i, v := range values {
		if moments[of[i]] == nil {
			moments[of[i]] = &estimate.Moments{}
			names = append(names, of[i])
		}
		n[of[i]]++
		if !math.IsNaN(v) {
			moments[of[i]].Add(v)
			moments[""].Add(v)
		}
	}
	class := func(name string, n int) estimate.Class {
		m := moments[name]
		return estimate.Class{Name: name, N: n, Known: m.N(), Mean: m.Mean(), SD: m.SD(), Total: totals[name]}
	}
	for _, name := range names {
		parts = append(parts, class(name, n[name]))
	}
	return class("", len(values)), parts
}

// From exact moments the figures are those of R's svymean after postStratify,
// which had every answer: for a question that all answered, and one that some
// left out.
func TestReweigh_EqualsSvymean(t *testing.T) {
	var m means
	load(t, "means.json", &m)
	for _, name := range []string{"score", "partial"} {
		t.Run(name, func(t *testing.T) {
			whole, parts := classes(m.Values[name], m.Categories["group"], m.Totals["group"])
			got, err := estimate.Reweigh(whole, parts, 0, 1000, m.Population, 0.95)
			if err != nil {
				t.Fatal(err)
			}
			want := m.Post.Figures[name]
			same(t, "mean", got.Value, want.Mean)
			same(t, "se", got.SE, want.SE)
			same(t, "low", got.Low, want.Low)
			same(t, "high", got.High, want.High)
			if got.N != want.N || got.Trimmed.Cut != 0 {
				t.Errorf("%d answers, %d cut; R has %d", got.N, got.Trimmed.Cut, want.N)
			}
			for i, p := range parts {
				weight := p.Total / float64(p.N) * float64(whole.N) / float64(m.Population)
				same(t, "weight of "+p.Name, got.Weights[i], weight)
			}
		})
	}
}

// With weights that are cut, and people in no part, the figures are those of Mean on the
// rows themselves.
func TestReweigh_EqualsMeanOfRows(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 22)) //nolint:gosec // invented answers
	var values []float64
	var of []string
	for i, n := range []int{60, 40, 30, 12, 20} {
		for range n {
			v := 5 + float64(i)/3 + 1.5*random.NormFloat64()
			if random.IntN(12) == 0 {
				v = math.NaN()
			}
			values, of = append(values, v), append(of, string(rune('a'+i)))
		}
	}
	totals := map[string]float64{"a": 300, "b": 60, "c": 30, "d": 300}
	whole, all := classes(values, of, totals)
	parts := all[:4] // the last did not say where they are
	got, err := estimate.Reweigh(whole, parts, 0.5, 2, 1000, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	totals["e"] = 690 * 20.0 / 142
	if got.Rest != 1 && got.Trimmed.Cut == 0 {
		t.Errorf("who said nothing counts %g", got.Rest)
	}
	w, err := estimate.PostStratify(estimate.Margin{Name: "classes", Of: of, Totals: totals})
	if err != nil {
		t.Fatal(err)
	}
	if w, err = w.Trim(0.5, 2); err != nil {
		t.Fatal(err)
	}
	want, err := estimate.Mean(estimate.Sample{Values: values, Weighting: w, Population: 1000}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if got.Trimmed.Cut == 0 {
		t.Error("no weight was cut, and the case was made so that some are")
	}
	same(t, "mean", got.Value, want.Value)
	if math.Abs(got.SE/want.SE-1) > 0.05 { // of the rest no spread is known but that of all
		t.Errorf("standard error %g, of the rows %g", got.SE, want.SE)
	}
	same(t, "effective n", got.EffectiveN, want.EffectiveN)
	same(t, "largest weight", got.LargestWeight, want.LargestWeight)
	same(t, "design effect", got.Design, float64(len(values))/w.EffectiveN())
}

// Where the parts answered as the register has them, everybody counts the same and the
// figure is the plain one, to the last digit that rounding leaves.
func TestReweigh_EvenAnswersChangeNothing(t *testing.T) {
	whole := estimate.Class{N: 100, Known: 100, Mean: 6.84, SD: 1.5}
	parts := []estimate.Class{{Name: "a", N: 60, Known: 60, Mean: 6.9, SD: 1.5, Total: 120}, {Name: "b", N: 40, Known: 40, Mean: 6.8, SD: 1.5, Total: 80}}
	got, err := estimate.Reweigh(whole, parts, 0.3, 3, 200, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "mean", got.Value, 6.84)
	same(t, "design effect", got.Design, 1)
}

// What cannot be meant is refused.
func TestReweigh_Refuses(t *testing.T) {
	whole := estimate.Class{N: 10, Known: 10, Mean: 5, SD: 1}
	for _, c := range []struct {
		name, why string
		parts     []estimate.Class
	}{
		{"no parts", "there is nothing to weight by", nil},
		{"more values than people", "nobody has two", []estimate.Class{{Name: "a", N: 5, Known: 6, Mean: 5, SD: 1, Total: 9}}},
		{"nobody on the register", "no weight can make them none", []estimate.Class{{Name: "a", N: 5, Known: 5, Mean: 5, SD: 1}}},
		{"no mean", "it cannot be added", []estimate.Class{{Name: "a", N: 5, Known: 5, Mean: math.NaN(), SD: 1, Total: 9}}},
	} {
		if _, err := estimate.Reweigh(whole, c.parts, 0.3, 3, 0, 0.95); err == nil {
			t.Errorf("%s was taken: %s", c.name, c.why)
		}
	}
}
