package estimate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"commonweal/survey/estimate"
)

// prop.test without correction is Wilson's interval.
func TestPercentage_EqualsPropTest(t *testing.T) {
	var w struct {
		Whole []struct {
			Yes, N           int
			Level, Low, High float64
		}
	}
	load(t, "wilson.json", &w)
	if len(w.Whole) < 60 {
		t.Fatalf("%d intervals in the fixture", len(w.Whole))
	}
	for _, c := range w.Whole {
		if c.N < 2 {
			continue // one answer gets no interval from us
		}
		got, err := estimate.Percentage(c.Yes, c.N, 0, c.Level)
		if err != nil {
			t.Fatal(err)
		}
		what := fmt.Sprintf("%d of %d at %g", c.Yes, c.N, c.Level)
		same(t, what+" low", got.Low, c.Low)
		same(t, what+" high", got.High, c.High)
	}
}

type change struct {
	EarlierPopulation                     int `json:"earlier_population"`
	LaterPopulation                       int `json:"later_population"`
	Level, Value, SE, DF, T, P, Low, High float64
}

func TestDifference_EqualsWelch(t *testing.T) {
	var c struct {
		Earlier, Later []float64
		Welch          []change
		Finite         change
	}
	load(t, "changes.json", &c)
	for _, want := range append(c.Welch, c.Finite) {
		earlier, err := estimate.Mean(estimate.Sample{Values: c.Earlier, Population: want.EarlierPopulation}, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		later, err := estimate.Mean(estimate.Sample{Values: c.Later, Population: want.LaterPopulation}, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		got, err := estimate.Difference(earlier, later, want.Level)
		if err != nil {
			t.Fatal(err)
		}
		what := fmt.Sprintf("level %g, population %d: ", want.Level, want.LaterPopulation)
		same(t, what+"value", got.Value, want.Value)
		same(t, what+"standard error", got.SE, want.SE)
		same(t, what+"degrees of freedom", got.DF, want.DF)
		same(t, what+"t", got.T, want.T)
		same(t, what+"p", got.P, want.P)
		same(t, what+"low", got.Low, want.Low)
		same(t, what+"high", got.High, want.High)
	}
}

func TestAdjust_EqualsPAdjust(t *testing.T) {
	var c struct {
		Adjust []struct{ P, BH, Holm holes }
	}
	load(t, "changes.json", &c)
	for k, want := range c.Adjust {
		bh, err := estimate.BenjaminiHochberg(want.P)
		if err != nil {
			t.Fatal(err)
		}
		holm, err := estimate.Holm(want.P)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range want.P {
			if math.IsNaN(p) {
				if !math.IsNaN(bh[i]) || !math.IsNaN(holm[i]) {
					t.Errorf("list %d: a test not made got a p value", k)
				}
				continue
			}
			same(t, fmt.Sprintf("list %d: BH of %g", k, p), bh[i], want.BH[i])
			same(t, fmt.Sprintf("list %d: Holm of %g", k, p), holm[i], want.Holm[i])
		}
	}
}

// Between, mean, pooled values and their intervals are those of rma by REML
// and blup, also where chance explains everything and where nearly nothing.
func TestPool_EqualsMetafor(t *testing.T) {
	var c struct {
		Sets []struct {
			Value, Variance         []float64
			Between, Mean           float64
			MeanSE                  float64 `json:"mean_se"`
			Estimate, SE, Low, High []float64
			Low90, High90           []float64
		}
	}
	load(t, "pooling.json", &c)
	if len(c.Sets) != 5 {
		t.Fatalf("%d sets in the fixture", len(c.Sets))
	}
	for k, want := range c.Sets {
		t.Run(fmt.Sprint("set ", k), func(t *testing.T) {
			var teams []estimate.Team
			for i, v := range want.Value {
				teams = append(teams, estimate.Team{ID: fmt.Sprint(i), Value: v, Variance: want.Variance[i]})
			}
			got, err := estimate.Pool(teams, 0.95)
			if err != nil {
				t.Fatal(err)
			}
			less, err := estimate.Pool(teams, 0.9)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "between", got.Between, want.Between)
			same(t, "mean", got.Mean, want.Mean)
			same(t, "its standard error", got.MeanSE, want.MeanSE)
			for i, p := range got.Teams {
				same(t, fmt.Sprint("estimate of ", i), p.Estimate, want.Estimate[i])
				same(t, fmt.Sprint("standard error of ", i), p.SE, want.SE[i])
				same(t, fmt.Sprint("low of ", i), p.Low, want.Low[i])
				same(t, fmt.Sprint("high of ", i), p.High, want.High[i])
				same(t, fmt.Sprint("low of 90% of ", i), less.Teams[i].Low, want.Low90[i])
				same(t, fmt.Sprint("high of 90% of ", i), less.Teams[i].High, want.High90[i])
			}
		})
	}
}

func TestRepresent_EqualsStandardDeviationOfPropensities(t *testing.T) {
	var c struct {
		Eligible, Answers []int
		R                 float64
	}
	load(t, "response.json", &c)
	var groups []estimate.Answered
	for i, n := range c.Eligible {
		groups = append(groups, estimate.Answered{ID: fmt.Sprint(i), Eligible: n, Answers: c.Answers[i]})
	}
	got, err := estimate.Represent(groups)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "R", got.R, c.R)
}

// The shares are the average over all 120 orders of what lm gives.
func TestDrivers_EqualBruteForce(t *testing.T) {
	var c struct {
		Outcome   []float64
		Questions []string
		Answers   [][]float64
		R2        float64
		LMG       []float64
	}
	load(t, "drivers.json", &c)
	r := estimate.Respondents{RowsAre: estimate.People, Outcome: "engagement", Values: c.Outcome, Questions: c.Questions, Answers: c.Answers}
	got, err := estimate.Drivers(r, 200, 0.95, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "R2", got.R2, c.R2)
	for i, d := range got.Drivers {
		same(t, "share of "+d.Question, d.Share, c.LMG[i])
	}
}
