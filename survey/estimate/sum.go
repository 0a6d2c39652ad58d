package estimate

import "math"

// Sum adds numbers without error and rounds once, at the end: so the order in
// which they come makes no difference. The zero Sum is nought and ready.
//
// It keeps the sum as parts that do not overlap (Shewchuk 1997, Adaptive
// precision floating-point arithmetic, section 2).
type Sum struct {
	parts []float64 // in rising order of size, none nought
	// lost holds infinities and NaN, for which there are no parts.
	lost float64
}

// Add adds one number.
func (s *Sum) Add(x float64) {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		s.lost += x
		return
	}
	kept := 0
	for _, p := range s.parts {
		if math.Abs(x) < math.Abs(p) {
			x, p = p, x
		}
		high := x + p
		if low := p - (high - x); low != 0 {
			s.parts[kept] = low
			kept++
		}
		x = high
	}
	s.parts = s.parts[:kept]
	if x != 0 {
		s.parts = append(s.parts, x)
	}
}

// Value is the sum so far, rounded to the nearest number.
func (s *Sum) Value() float64 {
	if s.lost != 0 {
		return s.lost
	}
	i := len(s.parts) - 1
	if i < 0 {
		return 0
	}
	total, low := s.parts[i], 0.0
	for i--; i >= 0; i-- {
		before := total
		total = before + s.parts[i]
		low = s.parts[i] - (total - before)
		if low != 0 {
			break
		}
	}
	// Half-way cases look at the parts below: they say which way to round.
	if i > 0 && (low > 0) == (s.parts[i-1] > 0) {
		twice := low * 2
		if up := total + twice; up-total == twice {
			total = up
		}
	}
	return total
}

// sumOf adds what f gives for 0 to n-1.
func sumOf(n int, f func(i int) float64) float64 {
	var s Sum
	for i := range n {
		s.Add(f(i))
	}
	return s.Value()
}
