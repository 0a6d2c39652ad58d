package panel

import "math"

func weight(w []float64, r int) float64 {
	if w == nil {
		return 1
	}
	return w[r]
}

// sum adds with Neumaier's compensation.
type sum struct{ s, c float64 }

func (s *sum) add(x float64) {
	t := s.s + x
	if math.Abs(s.s) >= math.Abs(x) {
		s.c += (s.s - t) + x
	} else {
		s.c += (x - t) + s.s
	}
	s.s = t
}

func (s *sum) value() float64 { return s.s + s.c }

func dot(a, b, w []float64) float64 {
	var s sum
	for i := range a {
		s.add(weight(w, i) * a[i] * b[i])
	}
	return s.value()
}

func centred(x, w []float64) []float64 {
	var top, bottom sum
	for i, v := range x {
		top.add(weight(w, i) * v)
		bottom.add(weight(w, i))
	}
	m := top.value() / bottom.value()
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = v - m
	}
	return out
}
