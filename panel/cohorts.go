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

// SwitchedOn reads the starts from a column that is 1 in the rows of a unit from its start
// on and 0 before. A unit that is 1 when it is first seen, or that goes back to 0, is
// refused.
func SwitchedOn(p *Panel, column string) (Treated, error) {
	out := make(Treated, len(p.Units))
	for u := range out {
		out[u] = Never
	}
	for i, u := range p.Unit {
		on, first := p.Column(column)[i], i == 0 || p.Unit[i-1] != u
		switch {
		case on != 0 && on != 1:
			return nil, fmt.Errorf("unit %s has %v in column %q at %d: it holds 1 from the start on and 0 before", p.Units[u], on, column, p.Times[p.Time[i]])
		case on == 1 && first:
			return nil, fmt.Errorf("unit %s is treated when it is first seen: there is nothing before to compare with", p.Units[u])
		case on == 1 && out[u] == Never:
			out[u] = p.Time[i]
		case on == 0 && out[u] != Never:
			return nil, fmt.Errorf("unit %s is not treated any more at %d: only treatments that stay are estimated", p.Units[u], p.Times[p.Time[i]])
		}
	}
	return out, nil
}

// cohorts are the different starts, in order, without Never.
func (t Treated) cohorts() []int {
	out := slices.DeleteFunc(slices.Clone(t), func(s int) bool { return s == Never })
	slices.Sort(out)
	return slices.Compact(out)
}

// Units is how many units begin to be treated.
func (t Treated) Units() int { return len(t) - t.count(Never) }

// count is how many units begin at a place.
func (t Treated) count(start int) int {
	n := 0
	for _, s := range t {
		if s == start {
			n++
		}
	}
	return n
}

// wide is a balanced panel of one column, by unit and time.
func wide(p *Panel, column string) ([][]float64, error) {
	if u, t, ok := p.lacking(); ok {
		return nil, fmt.Errorf("unit %s has no row with every value at %d: every unit must be there at every time (%d rows of %d units at %d times); fill it in, or leave the unit or the time out",
			p.Units[u], p.Times[t], p.Len(), len(p.Units), len(p.Times))
	}
	out := make([][]float64, len(p.Units))
	for u := range out {
		out[u] = p.Column(column)[u*len(p.Times) : (u+1)*len(p.Times)]
	}
	return out, nil
}
