package spc

import "fmt"

// RollingError refuses a series whose values speak of windows that overlap: each value
// repeats most of the last, so that an XmR chart shows signals that are not there. In
// 98 of 100 charts of 24 such values of a year by month with nothing going on it does
// (TestGuard_RollingWindowsLie shows it).
type RollingError struct {
	Covers int // periods that each value speaks of
}

func (e *RollingError) Error() string {
	return fmt.Sprintf("each value covers %d periods, so that neighbours share %d of them: chart the single periods, or one value in %d", e.Covers, e.Covers-1, e.Covers)
}
