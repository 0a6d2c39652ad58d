package estimate_test

import (
	"math"
	"testing"

	"commonweal/survey/estimate"
)

// The bounds hold whatever the others think, for every rate of response.
func TestBounds_HoldWhateverTheOthersThink(t *testing.T) {
	r := seeded(9)
	for range 500 {
		eligible := 1 + r.IntN(300)
		answers := 1 + r.IntN(eligible)
		sum, rest := 0.0, 0.0
		for i := range eligible {
			if v := 10 * r.Float64(); i < answers {
				sum += v
			} else {
				rest += v
			}
		}
		a := estimate.Answered{Eligible: eligible, Answers: answers, Mean: sum / float64(answers)}
		low, high, err := estimate.Bounds(a, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		truth := (sum + rest) / float64(eligible)
		if truth < low-1e-9 || truth > high+1e-9 || a.Mean < low-1e-9 || a.Mean > high+1e-9 {
			t.Fatalf("%d of %d: everybody %g, answers %g, bounds %g to %g", answers, eligible, truth, a.Mean, low, high)
		}
		if math.Abs(high-low-10*(1-a.Rate())) > 1e-9 {
			t.Fatalf("bounds %g apart at rate %g", high-low, a.Rate())
		}
	}
}

// At the difference that is given the two groups stand level, and the answer
// does not depend on which is named first.
func TestOvertake_StandsLevelAtTheDifference(t *testing.T) {
	a := estimate.Answered{ID: "north", Eligible: 100, Answers: 60, Mean: 7}
	b := estimate.Answered{ID: "south", Eligible: 80, Answers: 20, Mean: 6.5}
	o, err := estimate.Overtake(b, a, 0, 10)
	if err != nil || o.Ahead != "north" || o.Behind != "south" || !o.Possible {
		t.Fatalf("%+v, %v", o, err)
	}
	all := func(g estimate.Answered, by float64) float64 { return g.Rate()*g.Mean + (1-g.Rate())*(g.Mean+by) }
	if d := all(a, -o.Both) - all(b, o.Both); math.Abs(d) > 1e-12 {
		t.Errorf("both: %g apart", d)
	}
	if d := all(a, -o.Only) - b.Mean; math.Abs(d) > 1e-12 {
		t.Errorf("only: %g apart", d)
	}
	full := estimate.Answered{ID: "full", Eligible: 10, Answers: 10, Mean: 9}
	o, err = estimate.Overtake(full, estimate.Answered{ID: "nearly", Eligible: 10, Answers: 9, Mean: 5}, 0, 10)
	if err != nil || o.Possible || !math.IsInf(o.Only, 1) {
		t.Errorf("nobody left to differ: %+v, %v", o, err)
	}
}

func TestNonresponse_Refuses(t *testing.T) {
	for name, a := range map[string]estimate.Answered{
		"more answers than people": {ID: "x", Eligible: 3, Answers: 4, Mean: 5},
		"no answers":               {ID: "x", Eligible: 3, Mean: 5},
		"a mean off the scale":     {ID: "x", Eligible: 3, Answers: 2, Mean: 11},
		"no mean":                  {ID: "x", Eligible: 3, Answers: 2, Mean: math.NaN()},
	} {
		if _, _, err := estimate.Bounds(a, 0, 10); err == nil {
			t.Errorf("took %s", name)
		}
	}
	if _, err := estimate.Represent([]estimate.Answered{{ID: "x", Eligible: 3, Answers: 4}}); err == nil {
		t.Error("took more answers than people")
	}
}

// R is 1 where all groups answered alike, and the bias they allow is none.
func TestRepresent_OfEvenResponse(t *testing.T) {
	even, err := estimate.Represent([]estimate.Answered{{ID: "a", Eligible: 10, Answers: 5}, {ID: "b", Eligible: 40, Answers: 20}})
	if err != nil || even.R != 1 || even.Rate != 0.5 || even.MostBias(2) != 0 {
		t.Errorf("%+v, %v", even, err)
	}
	uneven, err := estimate.Represent([]estimate.Answered{{ID: "a", Eligible: 10, Answers: 10}, {ID: "b", Eligible: 40}})
	if err != nil || uneven.R >= 0.5 || uneven.MostBias(2) <= 0 {
		t.Errorf("%+v, %v", uneven, err)
	}
}
