package panel

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Welch is the mean of the values that are in less that of the rest, with an error that
// lets both sides vary each in its own way, and the 95 % interval and p of its degrees of
// freedom (Welch, Biometrika 1947; 34: 28). It takes two values on either side. Where all
// are alike on both, but for rounding, the error is not known.
func Welch(values []float64, in []bool) Estimate {
	var n, mean, square [2]float64
	side := func(i int) int {
		if in[i] {
			return 1
		}
		return 0
	}
	for i, v := range values {
		n[side(i)]++
		mean[side(i)] += v
	}
	for i := range mean {
		mean[i] /= n[i]
	}
	for i, v := range values {
		d := v - mean[side(i)]
		square[side(i)] += d * d
	}
	a, b := square[1]/(n[1]-1)/n[1], square[0]/(n[0]-1)/n[0]
	e := Estimate{Value: mean[1] - mean[0], SE: math.Sqrt(a + b)}
	if e.SE <= rounding*largest(values) {
		return tested("", e.Value, math.NaN(), 0)
	}
	df := (a + b) * (a + b) / (a*a/(n[1]-1) + b*b/(n[0]-1))
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}
	half := t.Quantile(0.975) * e.SE
	e.P = 2 * t.Survival(math.Abs(e.Value/e.SE))
	e.Low, e.High = e.Value-half, e.Value+half
	return e
}
