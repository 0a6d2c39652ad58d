package panel

import (
	"cmp"
	"math"
	"slices"
)

// EventTime is the estimate so many times after the start of each unit; before it, Times is
// below nought.
type EventTime struct {
	Times int
	Estimate
}

// half is how far the 95 % interval reaches to each side; NaN where it is not known.
func (e EventTime) half() float64 {
	if half := (e.High - e.Low) / 2; half > 0 {
		return half
	}
	return math.NaN()
}

// Base says what estimates before the start are set against.
type Base string

const (
	// TimeBefore sets each against the time before it, as [CallawaySantAnna] does.
	TimeBefore Base = "time before"
	// LastBefore sets all against the last time before the start, as [SunAbraham] does.
	LastBefore Base = "last before"
)

// Drift is what is known, from before the start, of how far treated units and their
// comparison move apart by themselves between one time and the next. No test of the times
// before can show that this ended when something began; a Drift says how much of it a
// finding would bear.
type Drift struct {
	// Seen is the largest move between two times before the start, and Most the largest
	// that the data do not rule out: that with the upper ends of their 95 % intervals. Both
	// are in the unit of the outcome, and not below nought.
	Seen, Most float64
	events     []EventTime
}

// DriftBefore measures the drift before the start from the estimates of an event study. It
// reports false where no two neighbouring times before the start have estimates with an
// error.
func DriftBefore(events []EventTime, base Base) (Drift, bool) {
	d := Drift{events: slices.SortedFunc(slices.Values(events), func(a, b EventTime) int { return cmp.Compare(a.Times, b.Times) })}
	known := false
	add := func(move, half float64) {
		if !math.IsNaN(half) {
			known = true
			d.Seen, d.Most = max(d.Seen, math.Abs(move)), max(d.Most, math.Abs(move)+half)
		}
	}
	for i, e := range d.events {
		switch {
		case e.Times >= 0:
		case base == TimeBefore:
			add(e.Value, e.half())
		case e.Times == -2: // the next is nought by design
			add(e.Value, e.half())
		case i+1 < len(d.events) && d.events[i+1].Times == e.Times+1 && e.Times < -2:
			// The error of a difference is at most the sum of both errors, however they
			// hang together.
			add(d.events[i+1].Value-e.Value, d.events[i+1].half()+e.half())
		}
	}
	return d, known
}

// Range is where the effect lies at a time from the start on, if from one time to the next
// the two sides go on to drift apart at most m times as far as they do before the start
// (the restriction on relative magnitudes of Rambachan and Roth, A More Credible Approach
// to Parallel Trends, Review of Economic Studies 2023). At m = 0 it is the ordinary
// interval. At any m it holds the effect in 95 of 100 samples or more: for the largest move
// before the start, whichever it is, the ends of what the restriction lets be are sums of
// two estimates, whose error is at most the sum of theirs. It is wider than the sets of the
// authors' R package HonestDiD, which needs how all errors hang together. It is (NaN, NaN)
// where there is no such estimate, or its error is not known.
func (d Drift) Range(times int, m float64) (low, high float64) {
	for _, e := range d.events {
		if e.Times == times && times >= 0 {
			half := e.half() + float64(times+1)*m*d.Most
			return e.Value - half, e.Value + half
		}
	}
	return math.NaN(), math.NaN()
}

// Bears is the largest m for which [Drift.Range] leaves out nought at a time: how many
// times the drift before the start the finding bears. It is 0 where not even the ordinary
// interval leaves out nought, and NaN where there is none.
func (d Drift) Bears(times int) float64 {
	low, high := d.Range(times, 0)
	if math.IsNaN(low) {
		return low
	}
	return max(0, low, -high) / (float64(times+1) * d.Most)
}

// Firmest is the time from the start on that bears most, the first of several, and what it
// bears; false where no time bears anything.
func (d Drift) Firmest() (times int, m float64, ok bool) {
	for _, e := range d.events {
		if b := d.Bears(e.Times); b > m {
			times, m, ok = e.Times, b, true
		}
	}
	return times, m, ok
}
