package estimate

import (
	"fmt"
	"math"
)

// Moments adds up values of equally weighted people one by one, where keeping
// them all is not wanted. The zero Moments is ready.
type Moments struct {
	n            int
	sum, squares Sum
}

// Add counts one value in.
func (m *Moments) Add(v float64) {
	m.n++
	m.sum.Add(v)
	square := v * v
	m.squares.Add(square)
	m.squares.Add(math.FMA(v, v, -square)) // what rounding took off it
}

// N is how many were counted in.
func (m *Moments) N() int { return m.n }

// Mean means nothing where N is nought.
func (m *Moments) Mean() float64 {
	if m.n == 0 {
		return 0
	}
	return m.sum.Value() / float64(m.n)
}

// SD is the standard deviation with n-1 below; nought where N is below two.
func (m *Moments) SD() float64 {
	if m.n < 2 {
		return 0
	}
	rest := m.squares
	rest.parts = append([]float64(nil), m.squares.parts...)
	total := m.sum.Value()
	product := total * total / float64(m.n)
	rest.Add(-product)
	return math.Sqrt(max(0, rest.Value()) / float64(m.n-1))
}

// Figure is what [Mean] gives for the values counted in, all of them known.
func (m *Moments) Figure(population int, level float64) (Figure, error) {
	return FromMoments(m.n, m.Mean(), m.SD(), population, level)
}

// FromMoments is what [Mean] gives for n equally weighted values of which only
// mean and standard deviation are at hand, as in a table that was given out.
func FromMoments(n int, mean, sd float64, population int, level float64) (Figure, error) {
	if err := checkLevel(level); err != nil {
		return Figure{}, err
	}
	if n < 0 || population < 0 || !(sd >= 0) || math.IsInf(sd, 0) || math.IsNaN(mean) || math.IsInf(mean, 0) {
		return Figure{}, fmt.Errorf("%d answers of %d people with mean %g and standard deviation %g", n, population, mean, sd)
	}
	f := Figure{Level: level, N: n, EffectiveN: float64(n), Value: mean, Population: population}
	if n > 0 {
		f.LargestWeight = 1
	}
	if population > 0 && n > population {
		f.Population, f.Note = 0, MoreThanListed
	}
	switch {
	case n == 0:
		f.Value, f.Note = 0, NoAnswers
		return f, nil
	case n == 1 && f.Population != 1:
		f.Note = OneAnswer
		return f, nil
	}
	if sd >= 1e-14*(1+math.Abs(mean)) {
		factor := 1.0
		if f.Population > 0 {
			factor = 1 - float64(n)/float64(f.Population)
		}
		f.SE = sd * math.Sqrt(factor/float64(n))
	}
	return f.around(n), nil
}
