package spc

import "math"

// mean is that of the values that are there; 0 of none. It is right to the last digit:
// ten times 0.1 have the mean 0.1, and none of them lies above it.
func mean(values []float64) float64 {
	first := about(values, 0)
	return first + about(values, first)
}

// about is the mean distance of the values from a centre, summed after Neumaier.
func about(values []float64, centre float64) float64 {
	var sum, lost float64
	n := 0
	for _, v := range values {
		if math.IsNaN(v) {
			continue
		}
		v -= centre
		n++
		next := sum + v
		if math.Abs(sum) >= math.Abs(v) {
			lost += (sum - next) + v
		} else {
			lost += (v - next) + sum
		}
		sum = next
	}
	if n == 0 {
		return 0
	}
	return (sum + lost) / float64(n)
}

// grain is the least difference between values of such a size that is one: below it lies
// what a computer makes of decimal fractions.
func grain(values []float64) float64 {
	most := 0.0
	for _, v := range values {
		if !math.IsNaN(v) {
			most = max(most, math.Abs(v))
		}
	}
	return most * 1e-13
}
