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
	f.DF = 0
	if f.N == 0 || f.Note == Everybody {
		return f, nil
	}
	if f.Note == OneAnswer {
		f.HasInterval = false
		return f, nil
	}
	if f.Note == AllAlike {
		f.Note = ""
		if s.Population > f.Population {
			f.Note = MoreThanListed
		}
	}
	factor := 1.0
	if f.Population > 0 {
		factor = 1 - float64(len(s.Values))/float64(f.Population)
	}
	f.Low, f.High = wilson(f.Value, f.EffectiveN/factor, level)
	f.HasInterval = true
	return f, nil
}

// Percentage is [Proportion] of yes among n equally weighted answers.
func Percentage(yes, n, population int, level float64) (Figure, error) {
	if yes < 0 || yes > n {
		return Figure{}, fmt.Errorf("%d of %d answers", yes, n)
	}
	values := make([]float64, n)
	for i := range yes {
		values[i] = 1
	}
	return Proportion(Sample{Values: values, Population: population}, level)
}

func wilson(p, n, level float64) (low, high float64) {
	z := zQuantile(0.5 + level/2)
	if math.IsInf(n, 1) {
		return p, p
	}
	zz := z * z / n
	centre := (p + zz/2) / (1 + zz)
	half := math.Sqrt(zz*(p*(1-p)+zz/4)) / (1 + zz)
	// None and all are the ends themselves, which rounding would miss.
	low, high = max(0, centre-half), min(1, centre+half)
	if p == 0 {
		low = 0
	}
	if p == 1 {
		high = 1
	}
	return low, high
}
