package estimate_test

import (
	"math"
	"testing"

	"commonweal/survey/estimate"
	"commonweal/survey/instrument"
)

func moments(t *testing.T, n int, mean, sd float64, population int) estimate.Figure {
	t.Helper()
	f, err := estimate.FromMoments(n, mean, sd, population, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A question whose wording changed is not compared across the change.
func TestYearOnYear_OnlyWhereMapped(t *testing.T) {
	q := instrument.Question{ID: "q15", Numbers: map[int]string{2023: "15", 2024: "15", 2025: "15"}, Breaks: map[int]string{2025: "reworded"}}
	earlier, later := moments(t, 100, 6, 2, 300), moments(t, 120, 7, 2, 300)
	at := func(year int, f estimate.Figure) estimate.Wave { return estimate.Wave{Year: year, Figure: f} }
	c, err := estimate.YearOnYear(q, at(2023, earlier), at(2024, later), 0.95)
	if err != nil || !c.HasInterval || c.Value != 1 || c.P > 0.01 || c.Low <= 0 || c.High <= c.Value {
		t.Errorf("2023 to 2024: %+v, %v", c, err)
	}
	if _, err := estimate.YearOnYear(q, at(2024, earlier), at(2025, later), 0.95); err == nil {
		t.Error("compared across a change of wording")
	}
	if _, err := estimate.YearOnYear(q, at(2019, earlier), at(2024, later), 0.95); err == nil {
		t.Error("compared with a year in which it was not asked")
	}
	if _, err := estimate.YearOnYear(nil, at(2023, earlier), at(2024, later), 0.95); err == nil {
		t.Error("compared without a question")
	}
}

func TestDifference_SaysWhyThereIsNone(t *testing.T) {
	good := moments(t, 30, 6, 2, 0)
	for name, c := range map[string]struct {
		other estimate.Figure
		note  estimate.Note
	}{
		"nobody":    {moments(t, 0, 0, 0, 0), estimate.NoAnswers},
		"one":       {moments(t, 1, 5, 0, 0), estimate.OneAnswer},
		"all alike": {moments(t, 9, 5, 0, 0), estimate.AllAlike},
	} {
		got, err := estimate.Difference(c.other, good, 0.95)
		if err != nil || got.HasInterval || got.Note != c.note || got.P != 1 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// Where everybody answered both times the change is a fact.
func TestDifference_OfEverybody(t *testing.T) {
	c, err := estimate.Difference(moments(t, 30, 6, 2, 30), moments(t, 28, 6.5, 2, 28), 0.95)
	if err != nil || !c.HasInterval || c.Low != 0.5 || c.High != 0.5 || c.P != 0 {
		t.Errorf("%+v, %v", c, err)
	}
	half, err := estimate.Difference(moments(t, 30, 6, 2, 30), moments(t, 28, 6.5, 2, 0), 0.95)
	if err != nil || half.SE != moments(t, 28, 6.5, 2, 0).SE || half.DF != 27 {
		t.Errorf("everybody before, a part after: %+v, %v", half, err)
	}
}

// Two ways of the same comparison differ in sign alone.
func TestDifference_TurnsRound(t *testing.T) {
	a, b := moments(t, 30, 6, 2, 90), moments(t, 28, 6.5, 1, 0)
	there, err := estimate.Difference(a, b, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	back, err := estimate.Difference(b, a, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	if there.Value != -back.Value || there.Low != -back.High || there.P != back.P {
		t.Errorf("%+v\n%+v", there, back)
	}
}

// A published figure without an interval is taken as exact, and that is said.
func TestAgainst(t *testing.T) {
	ours := moments(t, 100, 7, 1.8, 160)
	c, err := estimate.Against(ours, estimate.Published{Source: "England 2024", Value: 6.846}, 0.95)
	if err != nil || !c.Exact || math.Abs(c.Value-0.154) > 1e-12 || math.Abs(c.SE-ours.SE) > 1e-15 || c.DF != 99 {
		t.Errorf("%+v, %v", c, err)
	}
	if math.Abs((c.High-c.Low)-(ours.High-ours.Low)) > 1e-12 {
		t.Errorf("interval of the difference is %g wide, ours %g", c.High-c.Low, ours.High-ours.Low)
	}
	with, err := estimate.Against(ours, estimate.Published{Source: "a trust", Value: 6.8, SE: 0.2}, 0.95)
	if err != nil || with.Exact || with.SE <= ours.SE {
		t.Errorf("%+v, %v", with, err)
	}
	if _, err := estimate.Against(ours, estimate.Published{Value: math.NaN()}, 0.95); err == nil {
		t.Error("compared with nothing")
	}
}

func TestAdjust_Refuses(t *testing.T) {
	for _, p := range [][]float64{{-0.1}, {1.1}} {
		if _, err := estimate.Holm(p); err == nil {
			t.Errorf("Holm took %v", p)
		}
		if _, err := estimate.BenjaminiHochberg(p); err == nil {
			t.Errorf("Benjamini-Hochberg took %v", p)
		}
	}
}
