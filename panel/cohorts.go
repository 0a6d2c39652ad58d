package panel

import (
	"fmt"
	"math"
	"slices"
)

// Treated says when each unit of a panel begins to be treated: a place among its times,
// or [Never].
type Treated []int

// Never is the start of a unit that is not treated while it is watched.
const Never = math.MaxInt

// Starts reads the starts from a column that holds, in every row of a unit, the time at
// which it begins, and 0 for never. A unit that begins before it is watched is refused:
// it has no time before.
func Starts(p *Panel, column string) (Treated, error) {
	out := make(Treated, len(p.Units))
	seen := make([]bool, len(p.Units))
	for i, u := range p.Unit {
		v, start := p.Column(column)[i], Never
		if v != 0 {
			start = slices.IndexFunc(p.Times, func(t int) bool { return float64(t) >= v })
			switch {
			case start < 0: // after the last time: not while it is watched
				start = Never
			case start == 0:
				return nil, fmt.Errorf("unit %s begins at %v, when it is first seen: there is nothing before to compare with", p.Units[u], v)
			}
		}
		if seen[u] && out[u] != start {
			return nil, fmt.Errorf("unit %s has two starts in column %q: give the one time in each of its rows", p.Units[u], column)
		}
		out[u], seen[u] = start, true
	}
	return out, nil
}

// cohorts are the different starts, in order, without Never.
func (t Treated) cohorts() []int {
	out := slices.DeleteFunc(slices.Clone(t), func(s int) bool { return s == Never })
	slices.Sort(out)
	return slices.Compact(out)
}

// wide is a balanced panel of one column, by unit and time.
func wide(p *Panel, column string) ([][]float64, error) {
	if !p.Balanced() {
		return nil, fmt.Errorf("every unit must be there at every time: %d rows of %d units at %d times", p.Len(), len(p.Units), len(p.Times))
	}
	out := make([][]float64, len(p.Units))
	for u := range out {
		out[u] = p.Column(column)[u*len(p.Times) : (u+1)*len(p.Times)]
	}
	return out, nil
}
