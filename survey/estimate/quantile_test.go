package estimate

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// The t distribution is R's over the degrees of freedom that surveys have.
func TestQuantile_EqualsR(t *testing.T) {
	b, err := os.ReadFile("testdata/quantiles.json")
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		T     []struct{ P, DF, Q float64 }
		Tails []struct{ T, DF, P float64 }
	}
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	if len(c.T) < 80 || len(c.Tails) < 80 {
		t.Fatalf("%d quantiles, %d tails in the fixture", len(c.T), len(c.Tails))
	}
	for _, q := range c.T {
		if got := tQuantile(q.P, q.DF); math.Abs(got-q.Q) > 1e-10*max(1, math.Abs(q.Q)) {
			t.Errorf("quantile %g of t with %g: %.14g, R has %.14g", q.P, q.DF, got, q.Q)
		}
	}
	for _, q := range c.Tails {
		if got := tTails(q.T, q.DF); math.Abs(got-q.P) > 1e-10 {
			t.Errorf("tails of %g with %g: %.14g, R has %.14g", q.T, q.DF, got, q.P)
		}
	}
}

// Wilson's n need not be whole: the fixture solved his equation for others.
func TestWilson_SolvesItsEquation(t *testing.T) {
	b, err := os.ReadFile("testdata/wilson.json")
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Parts []struct{ P, N, Level, Low, High float64 }
	}
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	for _, w := range c.Parts {
		low, high := wilson(w.P, w.N, w.Level)
		if math.Abs(low-w.Low) > 1e-8 || math.Abs(high-w.High) > 1e-8 {
			t.Errorf("%g of %g: %.12g to %.12g, R has %.12g to %.12g", w.P, w.N, low, high, w.Low, w.High)
		}
	}
}
