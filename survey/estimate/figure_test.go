package estimate_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"commonweal/survey/estimate"
)

// Where an interval cannot be given there is none, and a sentence says why.
func TestMean_SaysWhyThereIsNoInterval(t *testing.T) {
	nan := math.NaN()
	cases := []struct {
		name       string
		values     []float64
		population int
		note       estimate.Note
		interval   bool
	}{
		{"nobody", nil, 20, estimate.NoAnswers, false},
		{"nobody answered this question", []float64{nan, nan}, 20, estimate.NoAnswers, false},
		{"one answer", []float64{7}, 20, estimate.OneAnswer, false},
		{"one answer among people who left it out", []float64{nan, 7, nan}, 20, estimate.OneAnswer, false},
		{"all alike", []float64{7, 7, 7}, 20, estimate.AllAlike, false},
		{"all alike in tenths, which are rounded", []float64{0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, 0, estimate.AllAlike, false},
		{"everybody", []float64{6, 7, 8}, 3, estimate.Everybody, true},
		{"everybody is one", []float64{6}, 1, estimate.Everybody, true},
		{"more answers than people on the list", []float64{6, 7, 8}, 2, estimate.MoreThanListed, true},
		{"as it should be", []float64{6, 7, 8}, 20, "", true},
	}
	for _, c := range cases {
		f, err := estimate.Mean(estimate.Sample{Values: c.values, Population: c.population}, 0.95)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if f.Note != c.note || f.HasInterval != c.interval {
			t.Errorf("%s: note %q, interval %v", c.name, f.Note, f.HasInterval)
		}
		if (f.Note == "") != (f.Note.Sentence() == "") || strings.HasSuffix(f.Note.Sentence(), "..") {
			t.Errorf("%s: sentence %q", c.name, f.Note.Sentence())
		}
		if math.IsNaN(f.Value) || math.IsNaN(f.Low) || math.IsNaN(f.SE) {
			t.Errorf("%s: not a number in %+v", c.name, f)
		}
	}
}

// None of five and five of five have an interval too, and it ends there.
func TestProportion_OfNoneAndAll(t *testing.T) {
	none, err := estimate.Percentage(0, 5, 0, 0.95)
	if err != nil || !none.HasInterval || none.Low != 0 || none.High < 0.4 || none.High > 0.5 {
		t.Errorf("none: %+v, %v", none, err)
	}
	all, err := estimate.Proportion(estimate.Sample{Values: []float64{1, 1, 1, 1, 1}}, 0.95)
	if err != nil || !all.HasInterval || all.High != 1 || math.Abs(1-all.Low-none.High) > 1e-12 {
		t.Errorf("all: %+v, %v", all, err)
	}
	few, err := estimate.Percentage(0, 5, 6, 0.95)
	if err != nil || few.High >= none.High {
		t.Errorf("none of five of six: %+v, %v", few, err)
	}
}

func TestFigures_Refuse(t *testing.T) {
	three := []float64{1, 0, 1}
	weights, err := estimate.Fixed([]float64{1, 1})
	if err != nil {
		t.Fatal(err)
	}
	_, level := estimate.Mean(estimate.Sample{Values: three}, 1)
	_, rows := estimate.Mean(estimate.Sample{Values: three, Weighting: weights}, 0.95)
	_, endless := estimate.Mean(estimate.Sample{Values: []float64{math.Inf(1)}}, 0.95)
	_, population := estimate.Mean(estimate.Sample{Values: three, Population: -1}, 0.95)
	_, half := estimate.Proportion(estimate.Sample{Values: []float64{0.5}}, 0.95)
	_, yes := estimate.Percentage(4, 3, 0, 0.95)
	_, weight := estimate.Fixed([]float64{1, 0})
	_, moments := estimate.FromMoments(3, 5, math.NaN(), 0, 0.95)
	_, bounds := weights.Trim(2, 3)
	for want, err := range map[string]error{
		"level 1: not between 0 and 1":                                                 level,
		"weights for 2 rows, values for 3":                                             rows,
		"row 0: value +Inf":                                                            endless,
		"population -1: below nought":                                                  population,
		"row 0: value 0.5 of a proportion is neither 0 nor 1":                          half,
		"4 of 3 answers":                                                               yes,
		"row 1: weight 0 is not above nought":                                          weight,
		"3 answers of 0 people with mean 5 and standard deviation NaN":                 moments,
		"trimming to 2 and 3 times the mean weight: one must be below 1 and one above": bounds,
	} {
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestFigure_Within(t *testing.T) {
	f, err := estimate.FromMoments(4, 9.5, 3, 0, 0.95)
	if err != nil || f.High <= 10 {
		t.Fatalf("%+v, %v", f, err)
	}
	if g := f.Within(0, 10); g.High != 10 || g.Low != f.Low || g.Value != f.Value {
		t.Errorf("%+v", g)
	}
}

// Sums are those of exact arithmetic rounded once, whatever the order.
func TestSum_IsExact(t *testing.T) {
	r := seeded(3)
	for trial := range 300 {
		var s, turned estimate.Sum
		exact := new(big.Float).SetPrec(3000)
		var list []float64
		for range 1 + r.IntN(60) {
			v := math.Ldexp(r.Float64()-0.5, r.IntN(160)-80)
			list = append(list, v, -v*r.Float64())
		}
		for i, v := range list {
			s.Add(v)
			turned.Add(list[len(list)-1-i])
			exact.Add(exact, new(big.Float).SetFloat64(v))
		}
		want, _ := exact.Float64()
		if s.Value() != want || turned.Value() != want {
			t.Fatalf("trial %d: %b and %b, exact %b", trial, s.Value(), turned.Value(), want)
		}
	}
	var s estimate.Sum
	for _, v := range []float64{1e308, 1, -1e308} {
		s.Add(v)
	}
	if s.Value() != 1 {
		t.Errorf("1e308 + 1 - 1e308 = %g", s.Value())
	}
	s.Add(math.Inf(1))
	if !math.IsInf(s.Value(), 1) {
		t.Errorf("with infinity: %g", s.Value())
	}
}

// Engagement spreads by about 1.8 among people. How little few answers say then:
func TestFromMoments_HalfWidths(t *testing.T) {
	for n, want := range map[int]float64{10: 1.29, 16: 0.96, 30: 0.67, 100: 0.36, 353: 0.19, 1933: 0.08} {
		f, err := estimate.FromMoments(n, 6.8, 1.8, 0, 0.95)
		if err != nil || math.Abs(f.HalfWidth()-want) > 0.005 {
			t.Errorf("%d answers: give or take %.3f, not %.2f, %v", n, f.HalfWidth(), want, err)
		}
	}
}
