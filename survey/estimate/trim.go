package estimate

import (
	"fmt"
	"slices"
)

// Trimming is what cutting weights did.
type Trimming struct {
	// Lowest and Highest are the bounds, over the mean weight.
	Lowest, Highest float64
	// Cut is how many rows were moved to a bound.
	Cut int
	// Moved is which part of all weight they gave up or were given.
	Moved float64
	// Miss is by which part of its total the worst category is now off, and
	// Margin and Category name it. There are none after [Fixed].
	Miss             float64
	Margin, Category string
}

// Trim cuts weights to bounds given over the mean weight, as 0.3 and 3, and
// spreads what was cut evenly over the rest, until all are within them. It
// gives less spread for some bias, which Trimmed reports; the weights that
// were there stay as they are.
func (w *Weighting) Trim(lowest, highest float64) (*Weighting, error) {
	if !(lowest >= 0 && lowest < 1 && highest > 1) {
		return nil, fmt.Errorf("trimming to %g and %g times the mean weight: one must be below 1 and one above", lowest, highest)
	}
	if len(w.Weights) == 0 {
		return nil, fmt.Errorf("trimming: no weights")
	}
	out := *w
	out.Weights = slices.Clone(w.Weights)
	mean := meanOf(w.Weights)
	low, high := lowest*mean, highest*mean
	t := &Trimming{Lowest: lowest, Highest: highest}
	for range len(w.Weights) {
		if !cut(out.Weights, low, high) {
			break
		}
	}
	var moved Sum
	for i, v := range out.Weights {
		before := w.Weights[i]
		if before < low || before > high {
			t.Cut++
			moved.Add(max(before-v, v-before))
		}
	}
	t.Moved = moved.Value() / (mean * float64(len(w.Weights)))
	t.Margin, t.Category, t.Miss = out.miss()
	out.Trimmed = t
	return &out, nil
}

// cut moves weights that are out of bounds and spreads the difference; it says
// whether there were any. The bounds give way by a rounding error.
func cut(w []float64, low, high float64) bool {
	const slack = 1e-12
	var over Sum
	inside := 0
	out := make([]bool, len(w))
	for i, v := range w {
		to := min(max(v, low), high)
		if v < low*(1-slack) || v > high*(1+slack) {
			over.Add(v - to)
			w[i], out[i] = to, true
			continue
		}
		inside++
	}
	if inside == len(w) || inside == 0 {
		return false
	}
	each := over.Value() / float64(inside)
	for i := range w {
		if !out[i] {
			w[i] += each
		}
	}
	return true
}
