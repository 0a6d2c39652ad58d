package panel

import (
	"fmt"
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

// staggered returns a [StaggeredError] if the column is a treatment of nought and one
// that stays on, and begins at more than one time.
func staggered(unit, time []int, x []float64) error {
	begins := map[int]int{}
	for i, v := range x {
		switch v {
		case 0:
		case 1:
			if first, ok := begins[unit[i]]; !ok || time[i] < first {
				begins[unit[i]] = time[i]
			}
		default:
			return nil // an amount, not a treatment
		}
	}
	var starts []int
	for i, v := range x {
		if first, ok := begins[unit[i]]; ok && v == 0 && time[i] > first {
			return nil // it goes off again: an exposure
		}
	}
	for _, first := range begins {
		starts = append(starts, first)
	}
	slices.Sort(starts)
	if starts = slices.Compact(starts); len(starts) > 1 {
		return &StaggeredError{Starts: starts}
	}
	return nil
}
