package spc

import (
	"fmt"
	"math"
	"slices"

	"commonweal/law"
)

// Point is one value of a measure. A period without a value is a gap: it is drawn as
// one, breaks runs and trends, and counts for no limit.
type Point struct {
	Date  law.Date
	Value float64
	Gap   bool
}

// Direction is which way a measure improves.
type Direction string

// The directions.
const (
	Up      Direction = "up"
	Down    Direction = "down"
	Neutral Direction = "neutral"
)

// RuleSet names the tests for special causes.
type RuleSet string

// The rule sets.
const (
	PTD             RuleSet = "ptd"
	WesternElectric RuleSet = "western-electric"
)

// Enough is how many points a segment needs for limits that hold; fewer are drawn with
// a warning and without icons. It is also the least number that limits may be fixed on.
const Enough = 12

// Most is the largest value that can be charted: beyond it no picture could write its
// limits.
const Most = 1e15

// Options say how a series is charted. The zero value improves upwards, screens
// outlying moving ranges and uses [PTD].
type Options struct {
	Rules   RuleSet
	Improve Direction
	// KeepOutliers keeps moving ranges above their own limit in the mean range, as the
	// workbook does. The usual way leaves them out, once.
	KeepOutliers bool
	// Fix works limits out on the first so many points of each segment; 0 on all.
	Fix int
	// Rebase begins a new segment, with limits of its own, at each of these days.
	Rebase []law.Date
	// Target is what the measure should reach; nil is none.
	Target *float64
	// Covers is how many periods each value speaks of: 12 for a rolling year by month.
	// More than one is refused, see [RollingError].
	Covers int
	// Season takes the season out first, of two years or more of monthly values, and
	// says so in a warning.
	Season bool
}

// settle checks points and options, fills in what was left out, and sorts by day.
func settle(points []Point, o Options) ([]Point, Options, error) {
	if o.Rules == "" {
		o.Rules = PTD
	}
	if o.Improve == "" {
		o.Improve = Up
	}
	switch {
	case o.Rules != PTD && o.Rules != WesternElectric:
		return nil, o, fmt.Errorf("there is no rule set %q: choose %s or %s", o.Rules, PTD, WesternElectric)
	case o.Improve != Up && o.Improve != Down && o.Improve != Neutral:
		return nil, o, fmt.Errorf("a measure improves up, down or in neither direction, not %q", o.Improve)
	case o.Fix != 0 && o.Fix < Enough:
		return nil, o, fmt.Errorf("limits cannot be fixed on %d points: it takes %d", o.Fix, Enough)
	case o.Target != nil && !finite(*o.Target):
		return nil, o, fmt.Errorf("the target is not a number")
	case o.Target != nil && math.Abs(*o.Target) > Most:
		return nil, o, fmt.Errorf("the target %g is too large to chart: count in thousands or millions", *o.Target)
	case o.Covers > 1:
		return nil, o, &RollingError{Covers: o.Covers}
	case len(points) == 0:
		return nil, o, fmt.Errorf("there are no points")
	}
	out := slices.Clone(points)
	slices.SortFunc(out, func(a, b Point) int { return a.Date.Compare(b.Date) })
	values := 0
	for i, p := range out {
		if p.Date.IsZero() {
			return nil, o, fmt.Errorf("a point has no date")
		}
		if i > 0 && p.Date == out[i-1].Date {
			return nil, o, fmt.Errorf("%s is there twice: keep one value a period", p.Date)
		}
		if p.Gap {
			out[i].Value = math.NaN()
			continue
		}
		if !finite(p.Value) {
			return nil, o, fmt.Errorf("%s: the value is not a number; leave the period without a value if there is none", p.Date)
		}
		if math.Abs(p.Value) > Most {
			return nil, o, fmt.Errorf("%s: %g is too large to chart: count in thousands or millions", p.Date, p.Value)
		}
		values++
	}
	if values == 0 {
		return nil, o, fmt.Errorf("no period has a value")
	}
	if err := rebases(out, &o); err != nil {
		return nil, o, err
	}
	return out, o, nil
}

// rebases sorts the days to rebase on and refuses one that is not a point: a limit that
// was meant to change and silently did not is worse than none.
func rebases(points []Point, o *Options) error {
	o.Rebase = slices.Clone(o.Rebase)
	slices.SortFunc(o.Rebase, law.Date.Compare)
	o.Rebase = slices.Compact(o.Rebase)
	for _, day := range o.Rebase {
		at, ok := slices.BinarySearchFunc(points, day, func(p Point, d law.Date) int { return p.Date.Compare(d) })
		if ok {
			continue
		}
		switch {
		case at == 0:
			return fmt.Errorf("there is no point on %s to rebase at: the first is %s", day, points[0].Date)
		case at == len(points):
			return fmt.Errorf("there is no point on %s to rebase at: the last is %s", day, points[at-1].Date)
		}
		return fmt.Errorf("there is no point on %s to rebase at: the nearest are %s and %s", day, points[at-1].Date, points[at].Date)
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
