package estimate_test

import (
	"fmt"
	"slices"
	"testing"

	"commonweal/survey/estimate"
)

type figure struct {
	Mean, SE, Low, High float64
	N                   int
}

type weighted struct {
	Bounds  []float64
	Weights []float64
	Figures map[string]figure
}

type means struct {
	Population                  int
	Values                      map[string]holes
	Categories                  map[string][]string
	Totals                      map[string]map[string]float64
	Endless, SRS                map[string]figure
	Post, Raked, Fixed, Trimmed weighted
	AtOnce                      map[string]float64 `json:"at_once"`
	Kish                        float64
	Levels                      []struct{ Level, Low, High float64 }
}

func (m means) margin(name string) estimate.Margin {
	return estimate.Margin{Name: name, Of: m.Categories[name], Totals: m.Totals[name]}
}

func (m means) raked(t *testing.T) *estimate.Weighting {
	t.Helper()
	w, err := estimate.Rake(m.margin("group"), m.margin("hours"), m.margin("site"))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Means, standard errors and t intervals are those of svymean for a question
// that all answered, a part, one that some left out, and one team of the
// sample, under each design.
func TestMean_EqualsSvymean(t *testing.T) {
	var m means
	load(t, "means.json", &m)
	post, err := estimate.PostStratify(m.margin("group"))
	if err != nil {
		t.Fatal(err)
	}
	raked := m.raked(t)
	fixed, err := estimate.Fixed(m.Fixed.Weights)
	if err != nil {
		t.Fatal(err)
	}
	trimmed, err := raked.Trim(m.Trimmed.Bounds[0], m.Trimmed.Bounds[1])
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name       string
		weighting  *estimate.Weighting
		population int
		weights    []float64
		figures    map[string]figure
	}{
		{"no weights, no end of people", nil, 0, nil, m.Endless},
		{"no weights", nil, m.Population, nil, m.SRS},
		{"post-stratified", post, m.Population, m.Post.Weights, m.Post.Figures},
		{"raked", raked, m.Population, m.Raked.Weights, m.Raked.Figures},
		{"given weights", fixed, m.Population, m.Fixed.Weights, m.Fixed.Figures},
		{"raked and trimmed", trimmed, m.Population, m.Trimmed.Weights, m.Trimmed.Figures},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for i, w := range c.weights {
				same(t, fmt.Sprint("weight of row ", i), c.weighting.Weights[i], w)
			}
			if len(c.figures) != 4 {
				t.Fatalf("%d figures in the fixture", len(c.figures))
			}
			for name, want := range c.figures {
				got, err := estimate.Mean(estimate.Sample{Values: m.Values[name], Weighting: c.weighting, Population: c.population}, 0.95)
				if err != nil {
					t.Fatal(err)
				}
				same(t, name+" mean", got.Value, want.Mean)
				same(t, name+" standard error", got.SE, want.SE)
				same(t, name+" low", got.Low, want.Low)
				same(t, name+" high", got.High, want.High)
				if got.N != want.N || !got.HasInterval {
					t.Errorf("%s: n %d, R has %d; interval %v", name, got.N, want.N, got.HasInterval)
				}
			}
		})
	}
	same(t, "Kish's n", raked.EffectiveN(), m.Kish)
}

// svymean takes raked margins out in ten rounds; least squares do it at once.
// We go on until nothing moves and must give the latter.
func TestMean_TakesMarginsOutAltogether(t *testing.T) {
	var m means
	load(t, "means.json", &m)
	raked := m.raked(t)
	for name, se := range m.AtOnce {
		got, err := estimate.Mean(estimate.Sample{Values: m.Values[name], Weighting: raked, Population: m.Population}, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		same(t, name, got.SE, se)
	}
}

func TestMean_Levels(t *testing.T) {
	var m means
	load(t, "means.json", &m)
	width := 0.0
	for _, want := range m.Levels {
		got, err := estimate.Mean(estimate.Sample{Values: m.Values["score"], Population: m.Population}, want.Level)
		if err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprint("low at ", want.Level), got.Low, want.Low)
		same(t, fmt.Sprint("high at ", want.Level), got.High, want.High)
		if got.HalfWidth() <= width {
			t.Errorf("level %g: half-width %g is not above that of the level before", want.Level, got.HalfWidth())
		}
		width = got.HalfWidth()
	}
}

// Values one by one give what they give together.
func TestMoments_EqualMean(t *testing.T) {
	var m means
	load(t, "means.json", &m)
	var by estimate.Moments
	for _, v := range m.Values["score"] {
		by.Add(v)
	}
	got, err := by.Figure(m.Population, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	want := m.SRS["score"]
	same(t, "mean", got.Value, want.Mean)
	same(t, "standard error", got.SE, want.SE)
	same(t, "low", got.Low, want.Low)
	whole, err := estimate.Mean(estimate.Sample{Values: m.Values["score"], Population: m.Population}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if whole.N != got.N || whole.DF != got.DF || whole.EffectiveN != got.EffectiveN || whole.LargestWeight != got.LargestWeight {
		t.Errorf("together %+v, one by one %+v", whole, got)
	}
}

// The order in which answers come changes nothing, to the last bit.
func TestMean_SameWhateverTheOrder(t *testing.T) {
	var m means
	load(t, "means.json", &m)
	all := func() estimate.Figure {
		f, err := estimate.Mean(estimate.Sample{Values: m.Values["partial"], Weighting: m.raked(t), Population: m.Population}, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	before := all()
	for _, list := range m.Categories {
		slices.Reverse(list)
	}
	slices.Reverse(m.Values["partial"])
	if after := all(); after != before {
		t.Errorf("%+v\nturned round %+v", before, after)
	}
}
