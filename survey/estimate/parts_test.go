package estimate_test

import (
	"fmt"
	"math"
	"testing"

	"commonweal/survey/estimate"
)

type parts struct {
	Whole   []float64
	Part    int
	Apart   []change
	Columns []holes
	Means   struct {
		Endless, SRS, Raked figure
	}
}

func group(id string, values []float64) estimate.Group {
	var m estimate.Moments
	for _, v := range values {
		m.Add(v)
	}
	return estimate.Group{ID: id, N: m.N(), Mean: m.Mean(), SD: m.SD()}
}

// A team against all of whom it is a part: R's t.test of team and rest.
func TestApart_EqualsWelchOnTheRest(t *testing.T) {
	var c parts
	load(t, "parts.json", &c)
	team, all := group("team", c.Whole[:c.Part]), group("all", c.Whole)
	for _, want := range c.Apart {
		got, err := estimate.Apart(team, all, want.Level)
		if err != nil {
			t.Fatal(err)
		}
		what := fmt.Sprintf("level %g: ", want.Level)
		same(t, what+"value", got.Value, want.Value)
		same(t, what+"standard error", got.SE, want.SE)
		same(t, what+"degrees of freedom", got.DF, want.DF)
		same(t, what+"p", got.P, want.P)
		same(t, what+"low", got.Low, want.Low)
		same(t, what+"high", got.High, want.High)
		if got.Later.Value != team.Mean || got.Earlier.Value != all.Mean {
			t.Errorf("%sfigures %g and %g", what, got.Later.Value, got.Earlier.Value)
		}
	}
	// As if they had nobody in common it would look less certain than it is.
	a, err := estimate.FromMoments(team.N, team.Mean, team.SD, 0, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	b, err := estimate.FromMoments(all.N, all.Mean, all.SD, 0, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	apart, err := estimate.Difference(b, a, 0.95)
	if err != nil || apart.SE <= c.Apart[0].SE {
		t.Errorf("standard error %g of two samples, %g of part and whole, %v", apart.SE, c.Apart[0].SE, err)
	}
}

func TestApart_OfWhatCannotBe(t *testing.T) {
	all := estimate.Group{ID: "all", N: 40, Mean: 6, SD: 2, Population: 50}
	if _, err := estimate.Apart(estimate.Group{ID: "team", N: 41, Mean: 6, SD: 2}, all, 0.95); err == nil {
		t.Error("a part larger than the whole")
	}
	itself, err := estimate.Apart(all, all, 0.95)
	if err != nil || itself.HasInterval || itself.Note != estimate.NoAnswers {
		t.Errorf("a whole against itself: %+v, %v", itself, err)
	}
	rounded, err := estimate.Apart(estimate.Group{ID: "nearly all", N: 30, Mean: 6, SD: 2.4}, all, 0.95)
	if err != nil || !rounded.HasInterval || math.IsNaN(rounded.SE) || rounded.SE <= 0 {
		t.Errorf("figures rounded against each other: %+v, %v", rounded, err)
	}
}

// Engagement as the mean of three means: R's ratios and their contrast.
func TestMeanOfMeans_EqualsContrastOfRatios(t *testing.T) {
	var m means
	load(t, "means.json", &m)
	var c parts
	load(t, "parts.json", &c)
	var columns [][]float64
	for _, column := range c.Columns {
		columns = append(columns, column)
	}
	for name, want := range map[string]struct {
		figure
		weighting  *estimate.Weighting
		population int
	}{
		"endless": {c.Means.Endless, nil, 0},
		"finite":  {c.Means.SRS, nil, m.Population},
		"raked":   {c.Means.Raked, m.raked(t), m.Population},
	} {
		got, err := estimate.MeanOfMeans(columns, want.weighting, want.population, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		same(t, name+" mean", got.Value, want.Mean)
		same(t, name+" standard error", got.SE, want.SE)
		if !got.HasInterval || got.N >= 160 || got.N < 100 || got.DF != float64(got.N-1) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	one, err := estimate.MeanOfMeans(columns[:1], nil, m.Population, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := estimate.Mean(estimate.Sample{Values: columns[0], Population: m.Population}, 0.95)
	if err != nil || one != plain {
		t.Errorf("of one column %+v, its mean %+v, %v", one, plain, err)
	}
}

func TestMeanOfMeans_Refuses(t *testing.T) {
	if _, err := estimate.MeanOfMeans(nil, nil, 0, 0.95); err == nil {
		t.Error("took no columns")
	}
	if _, err := estimate.MeanOfMeans([][]float64{{1, 2}, {1}}, nil, 0, 0.95); err == nil {
		t.Error("took columns of two lengths")
	}
	f, err := estimate.MeanOfMeans([][]float64{{1, 2}, {math.NaN(), math.NaN()}}, nil, 0, 0.95)
	if err != nil || f.HasInterval || f.Note != estimate.NoAnswers {
		t.Errorf("a mean of nobody: %+v, %v", f, err)
	}
}
