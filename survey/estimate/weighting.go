package estimate

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// Margin is what the register knows of everybody eligible: how many there are
// in each category of one thing, and the category in which each row put
// itself. Two things crossed are one margin whose categories name both.
type Margin struct {
	Name string // as "staff group"
	// Of is the category of each row, as the person gave it.
	Of []string
	// Totals is how many of each there are, or any numbers in proportion, as
	// the profile of a benchmarking group.
	Totals map[string]float64
}

// EmptyCell is the error for a category that has people on the register and
// nobody in the sample: no weight can make up for them. Merge it with another.
type EmptyCell struct{ Margin, Category string }

func (e *EmptyCell) Error() string {
	return fmt.Sprintf("%s: nobody of %q answered, so nobody can stand for them; merge it with another category", e.Margin, e.Category)
}

// Weighting says how much each row counts.
type Weighting struct {
	// Weights add up to the margins' total.
	Weights []float64
	// Rounds is how many times raking went through all margins.
	Rounds int
	// Trimmed is nil where no weight was cut.
	Trimmed *Trimming

	margins    []coded
	calibrated []float64 // the weights before trimming
}

// Fixed takes weights that somebody else made. The variance then treats them
// as given and not as made to fit margins.
func Fixed(weights []float64) (*Weighting, error) {
	for i, w := range weights {
		if !(w > 0) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("row %d: weight %g is not above nought", i, w)
		}
	}
	return &Weighting{Weights: slices.Clone(weights)}, nil
}

// EffectiveN is Kish's: how many equally weighted answers would be as good.
func (w *Weighting) EffectiveN() float64 { return kish(w.Weights) }

// Largest is the largest weight over the mean weight.
func (w *Weighting) Largest() float64 { return largest(w.Weights) }

// Smallest is the smallest weight over the mean weight.
func (w *Weighting) Smallest() float64 {
	if len(w.Weights) == 0 {
		return 0
	}
	return slices.Min(w.Weights) / meanOf(w.Weights)
}

func kish(w []float64) float64 {
	if len(w) == 0 {
		return 0
	}
	// Over the largest, so that equal weights give a whole number.
	most := slices.Max(w)
	sum := sumOf(len(w), func(i int) float64 { return w[i] / most })
	squares := sumOf(len(w), func(i int) float64 { r := w[i] / most; return float64(r * r) })
	return sum * sum / squares
}

func largest(w []float64) float64 {
	if len(w) == 0 {
		return 0
	}
	return slices.Max(w) / meanOf(w)
}

func meanOf(x []float64) float64 {
	return sumOf(len(x), func(i int) float64 { return x[i] }) / float64(len(x))
}

// coded is a margin with its categories numbered in the order of their names.
type coded struct {
	name       string
	categories []string
	totals     []float64
	of         []int
}

func (m Margin) code(rows int) (coded, error) {
	c := coded{name: m.Name}
	if len(m.Of) != rows {
		return c, fmt.Errorf("%s: categories for %d rows of %d", m.Name, len(m.Of), rows)
	}
	present := map[string]bool{}
	for _, k := range m.Of {
		present[k] = true
	}
	number := map[string]int{}
	for _, k := range slices.Sorted(maps.Keys(m.Totals)) {
		t := m.Totals[k]
		switch {
		case !(t >= 0) || math.IsInf(t, 0):
			return c, fmt.Errorf("%s: total %g of %q", m.Name, t, k)
		case t == 0 && present[k]:
			return c, fmt.Errorf("%s: answers from %q, of which the register has nobody", m.Name, k)
		case t == 0:
			continue
		case !present[k]:
			return c, &EmptyCell{m.Name, k}
		}
		number[k] = len(c.totals)
		c.categories, c.totals = append(c.categories, k), append(c.totals, t)
	}
	c.of = make([]int, rows)
	for i, k := range m.Of {
		n, ok := number[k]
		if !ok {
			return c, fmt.Errorf("%s: row %d is of %q, which has no total", m.Name, i, k)
		}
		c.of[i] = n
	}
	return c, nil
}

func (m coded) sum() float64 {
	return sumOf(len(m.totals), func(k int) float64 { return m.totals[k] })
}

// weighted is what the weights make of each category.
func (m coded) weighted(w []float64) []float64 {
	sums := make([]Sum, len(m.totals))
	for i, k := range m.of {
		sums[k].Add(w[i])
	}
	out := make([]float64, len(sums))
	for k := range sums {
		out[k] = sums[k].Value()
	}
	return out
}

// miss is the category furthest from its total, and how far in parts of it.
func (m coded) miss(w []float64) (category string, by float64) {
	for k, got := range m.weighted(w) {
		if d := math.Abs(got/m.totals[k] - 1); d > by {
			category, by = m.categories[k], d
		}
	}
	return category, by
}

// fit scales the weights so that each category meets its total.
func (m coded) fit(w []float64) {
	got := m.weighted(w)
	for i, k := range m.of {
		w[i] *= m.totals[k] / got[k]
	}
}
