package estimate_test

import (
	"math"
	"slices"
	"testing"

	"commonweal/survey/estimate"
	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

// The pulse's engagement is a mean of means. The scorer gives people values
// whose mean has its standard error; worked out at once it is the same.
func TestMeanOfMeans_IsThatOfTheScorersValues(t *testing.T) {
	in, err := instrument.Load("nhs-pulse")
	if err != nil {
		t.Fatal(err)
	}
	scorer, err := score.New(in)
	if err != nil {
		t.Fatal(err)
	}
	people := scorer.Sample()
	r := seeded(21)
	for range 90 {
		answers := make([]uint8, len(in.Questions))
		mood := r.IntN(3)
		for i := range answers {
			if r.Float64() < 0.75 { // a quarter is left out
				answers[i] = uint8(1 + mood + r.IntN(3))
			}
		}
		if err := people.Add(answers); err != nil {
			t.Fatal(err)
		}
	}
	whole := slices.IndexFunc(in.Scores, func(s instrument.Score) bool { return s.Level == instrument.OfScores })
	if whole < 0 {
		t.Fatal("no score of the pulse is a mean of scores")
	}
	values := people.Values(whole)
	var columns [][]float64
	for i, s := range in.Scores {
		if !slices.Contains(in.Scores[whole].Scores, s.ID) {
			continue
		}
		var column []float64
		for p, v := range people.Values(i) {
			if !math.IsNaN(values[p]) { // as the scorer, without those who have nothing
				column = append(column, v)
			}
		}
		columns = append(columns, column)
	}
	one, err := estimate.Mean(estimate.Sample{Values: slices.DeleteFunc(values, math.IsNaN)}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	other, err := estimate.MeanOfMeans(columns, nil, 0, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if !within(one.Value, other.Value, 1e-12) || !within(one.SE, other.SE, 1e-12) || one.SE == 0 {
		t.Errorf("the scorer's values give %g with error %g, the means %g with %g", one.Value, one.SE, other.Value, other.SE)
	}
	if other.N >= one.N {
		t.Errorf("n %d is that of the smallest sub-score, and of all %d", other.N, one.N)
	}
}
