package estimate

import (
	"fmt"
	"math"
)

// Proportion estimates which part of everybody has what the rows have, values
// being 1 or 0, with Wilson's interval (Wilson 1927), without correction for
// continuity. It holds for few answers and for none or all of them.
//
// Wilson's n is here Kish's effective n over the finite-population factor
// 1 - n/N: unequal weights widen the interval and a large share of everybody
// narrows it. What weighting to margins explains is not taken off it, so that
// the interval is rather too wide. SE is that of [Mean].
func Proportion(s Sample, level float64) (Figure, error) {
	for i, v := range s.Values {
		if v != 0 && v != 1 && !math.IsNaN(v) {
			return Figure{}, fmt.Errorf("row %d: value %g of a proportion is neither 0 nor 1", i, v)
		}
	}
	f, err := Mean(s, level)
	if err != nil {
		return f, err
	}
	return f.wilson(len(s.Values), s.Population), nil
}

// Percentage is [Proportion] of yes among n equally weighted answers.
func Percentage(yes, n, population int, level float64) (Figure, error) {
	if yes < 0 || yes > n {
		return Figure{}, fmt.Errorf("%d of %d answers", yes, n)
	}
	if population < 0 {
		return Figure{}, fmt.Errorf("population %d: below nought", population)
	}
	p := 0.0
	if n > 0 {
		p = float64(yes) / float64(n)
	}
	f, err := FromMoments(n, p, math.Sqrt(p*(1-p)*float64(n)/max(1, float64(n-1))), population, level)
	if err != nil {
		return f, err
	}
	return f.wilson(n, population), nil
}

// wilson puts Wilson's interval in the place of the t interval. Took is how
// many took part, with or without an answer to this question.
func (f Figure) wilson(took, population int) Figure {
	f.DF = 0
	switch f.Note {
	case NoAnswers, OneAnswer, Everybody:
		return f
	case AllAlike: // Wilson's holds for none and for all
		f.Note = ""
		if population > f.Population {
			f.Note = MoreThanListed
		}
	}
	factor := 1.0
	if f.Population > 0 {
		factor = 1 - float64(took)/float64(f.Population)
	}
	f.Low, f.High = wilson(f.Value, f.EffectiveN/factor, f.Level)
	f.HasInterval = true
	return f
}

func wilson(p, n, level float64) (low, high float64) {
	z := zQuantile(0.5 + level/2)
	if math.IsInf(n, 1) {
		return p, p
	}
	zz := z * z / n
	centre := (p + zz/2) / (1 + zz)
	half := math.Sqrt(zz*(p*(1-p)+zz/4)) / (1 + zz)
	low, high = max(0, centre-half), min(1, centre+half)
	// None and all are the ends themselves, which rounding would miss.
	return min(low, p), max(high, p)
}
