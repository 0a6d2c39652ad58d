package panel

import (
	"fmt"
	"math"
	"slices"
)

// StaggeredError refuses plain fixed effects for a treatment that begins at different
// times: the estimate then sets units that begin late against units already treated, and
// what grew in those counts against the treatment. On the example data base_stagg, whose
// true effect is -1, it gives -3.7 and [SunAbraham] -1.1.
type StaggeredError struct {
	Starts []int // places of the times at which units begin
}

func (e *StaggeredError) Error() string {
	return fmt.Sprintf("the treatment begins at %d different times: plain fixed effects then compare with units already treated and can give another sign than the truth "+
		"(on made data with an effect of -1 they give -3.7); use cs or sunab, and bacon to see what would have been mixed", len(e.Starts))
}

// staggered returns a [StaggeredError] if the column is a treatment that stays on, and
// begins at more than one time. A treatment has two values, whichever these are.
func staggered(unit, time []int, x []float64) error {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range x {
		low, high = min(low, v), max(high, v)
	}
	for _, v := range x {
		if v != low && v != high {
			return nil // an amount, not a treatment
		}
	}
	if low == high {
		return nil
	}
	for _, on := range []float64{high, low} {
		if starts := begins(unit, time, x, on); len(starts) > 1 {
			return &StaggeredError{Starts: starts}
		}
	}
	return nil
}

// begins are the times at which units begin to have the value, or nothing where a unit
// loses it again: that is an exposure. Units that have it whenever they are seen tell
// where others begin later than they were seen; where none begins, the value is what such
// units are, not what was done to them.
func begins(unit, time []int, x []float64, on float64) []int {
	seen, first := map[int]int{}, map[int]int{}
	earliest := func(m map[int]int, u, t int) {
		if before, ok := m[u]; !ok || t < before {
			m[u] = t
		}
	}
	for i, v := range x {
		earliest(seen, unit[i], time[i])
		if v == on {
			earliest(first, unit[i], time[i])
		}
	}
	for i, v := range x {
		if start, ok := first[unit[i]]; ok && v != on && time[i] > start {
			return nil
		}
	}
	var starts, always []int
	for u, start := range first {
		if start == seen[u] {
			always = append(always, start)
		} else {
			starts = append(starts, start)
		}
	}
	if len(starts) == 0 {
		return nil
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	if len(always) > 0 && slices.Min(always) < starts[0] {
		starts = slices.Insert(starts, 0, slices.Min(always))
	}
	return starts
}
