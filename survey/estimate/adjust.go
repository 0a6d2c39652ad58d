package estimate

import (
	"fmt"
	"math"
	"slices"
)

// BenjaminiHochberg adjusts p values of many tests so that of the tests whose
// value is at most q, about q or fewer are false alarms (Benjamini and
// Hochberg 1995). It is for screens of many teams, as at 0.1. NaN stands for a
// test that was not made; it stays and does not count.
func BenjaminiHochberg(p []float64) ([]float64, error) {
	order, err := tests(p)
	if err != nil {
		return nil, err
	}
	out, m, least := slices.Clone(p), float64(len(order)), 1.0
	for k := len(order) - 1; k >= 0; k-- {
		least = min(least, p[order[k]]*m/float64(k+1))
		out[order[k]] = least
	}
	return out, nil
}

// Holm adjusts p values of many tests so that the chance of even one false
// alarm among those whose value is at most q is q or less (Holm 1979). It is
// for claims in papers of the board. NaN is as in [BenjaminiHochberg].
func Holm(p []float64) ([]float64, error) {
	order, err := tests(p)
	if err != nil {
		return nil, err
	}
	out, most := slices.Clone(p), 0.0
	for k, i := range order {
		most = max(most, min(1, p[i]*float64(len(order)-k)))
		out[i] = most
	}
	return out, nil
}

// tests lists the tests made in rising order of p.
func tests(p []float64) ([]int, error) {
	var order []int
	for i, v := range p {
		if v < 0 || v > 1 {
			return nil, fmt.Errorf("test %d: p value %g", i, v)
		}
		if !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if p[a] < p[b] {
			return -1
		}
		if p[a] > p[b] {
			return 1
		}
		return 0
	})
	return order, nil
}
