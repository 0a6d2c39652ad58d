package spc

import (
	"fmt"
	"math"
	"slices"

	"commonweal/law"
)

const (
	// widthOfXmR is 3 over d2 for two, rounded as Making Data Count rounds it.
	widthOfXmR = 2.66
	// screen is the limit of the moving range over its mean: D4 for two.
	screen = 3.267
)

// Kind is what a point is, once the direction of improvement is known.
type Kind string

// The kinds of point.
const (
	Usual       Kind = "common_cause"
	Improvement Kind = "special_cause_improvement"
	Concern     Kind = "special_cause_concern"
	NeutralHigh Kind = "special_cause_neutral_high"
	NeutralLow  Kind = "special_cause_neutral_low"
)

// Assurance is what the limits say of a target.
type Assurance string

// The assurances. None is for a measure without a target or without a direction.
const (
	None         Assurance = ""
	Passes       Assurance = "consistent_pass"
	Fails        Assurance = "consistent_fail"
	HitAndMiss   Assurance = "inconsistent"
	recentPoints           = 7 // how far back a signal unsettles a judgement of the target
)

// Charted is one point of a chart with what the rules say of it.
type Charted struct {
	Point
	Segment            int // from 0; a rebase begins the next
	Short              bool
	Mean, Lower, Upper float64
	Rule               Rule
	Kind               Kind
}

// Segment is a stretch of points with limits of its own.
type Segment struct {
	From, To           law.Date
	Points             int // those with a value
	Mean, Lower, Upper float64
	// Range is the mean moving range that the limits come from, after screening.
	Range float64
	// Short says that there are fewer values than [Enough].
	Short bool
	// Constant says that every value is the same: there is no variation to chart.
	Constant bool
	// Still says that nearly every value is the one before it again, so that screening
	// would leave no range above nought, and limits on the mean that call every point a
	// signal (as NHSRplotthedots has them). It is not done then: the limits rest on all
	// ranges.
	Still bool
}

// Chart is an XmR chart.
type Chart struct {
	Options  Options
	Points   []Charted
	Segments []Segment
	// Variation is the kind of the last point.
	Variation Kind
	// Assurance is what the last limits say of the target. It means something only
	// where Withheld is empty.
	Assurance Assurance
	// Withheld says why the icons are not shown: limits on too few points, no
	// variation at all, or a process that is not settled.
	Withheld string
	// VariationWithheld is set where the icon of variation is not shown either.
	VariationWithheld bool
	// Warnings are what a reader must know before trusting the chart.
	Warnings []string
}

// XmR charts single values: limits at the mean and 2.66 mean moving ranges either side,
// tests for special causes, and what the limits say of a target.
//
// Limits, runs and trends never cross from one segment to the next. Errors name the day
// and what to do; a rolling window is a [RollingError].
func XmR(points []Point, o Options) (Chart, error) {
	sorted, o, err := settle(points, o)
	if err != nil {
		return Chart{}, err
	}
	c := Chart{Options: o}
	if o.Season {
		if sorted, err = deseason(sorted, o); err != nil {
			return Chart{}, err
		}
		c.warn("The season was taken out: each value is moved by how its month differs from the year.")
	}
	from := 0
	for _, day := range append(o.Rebase, law.Date{}) {
		to := len(sorted)
		if !day.IsZero() {
			for to = from; sorted[to].Date != day; to++ {
			}
		}
		if to == from { // a rebase at the very first point begins nothing new
			continue
		}
		if err := c.add(sorted[from:to]); err != nil {
			return Chart{}, err
		}
		from = to
	}
	c.judge()
	c.Warnings = append(c.Warnings, Guard(sorted, o)...)
	return c, nil
}

// add charts the next segment.
func (c *Chart) add(points []Point) error {
	n := len(c.Segments)
	s, series := limits(points, c.Options)
	base := series
	if c.Options.Fix > 0 {
		base = series[:min(c.Options.Fix, len(series))]
	}
	if !slices.ContainsFunc(base, finite) {
		return fmt.Errorf("from %s to %s no period has a value that limits could rest on: begin anew on another day, or leave those rows out", s.From, points[len(base)-1].Date)
	}
	c.Segments = append(c.Segments, s)
	for i, rule := range tests(series, s, c.Options.Rules) {
		c.Points = append(c.Points, Charted{
			Point: points[i], Segment: n, Short: s.Short, Mean: s.Mean, Lower: s.Lower, Upper: s.Upper,
			Rule: rule, Kind: rule.kind(c.Options.Improve),
		})
	}
	c.weak(s)
	return nil
}

// weak warns of a segment whose limits rest on little or on nothing.
func (c *Chart) weak(s Segment) {
	if s.Short {
		c.warn(fmt.Sprintf("From %s to %s there %s: limits on fewer than %d move much with each new one.", s.From, s.To, isOrAre(s.Points), Enough))
	}
	if s.Still {
		c.warn(fmt.Sprintf("From %s to %s nearly every value is the same as the one before it. So no limits can tell what is usual. Where events are rare, chart the time between them (T), or the cases between them (G).", s.From, s.To))
	}
	if s.Constant {
		c.warn(fmt.Sprintf("From %s to %s every value is the same: there is no variation to chart.", s.From, s.To))
	}
}

func ofValues(n int) string {
	if n == 1 {
		return "1 value"
	}
	return fmt.Sprintf("%d values", n)
}

func isOrAre(n int) string {
	if n == 1 {
		return "is 1 value"
	}
	return "are " + ofValues(n)
}

func (c *Chart) warn(text string) { c.Warnings = append(c.Warnings, text) }

// limits are those of one segment, and its values with NaN for gaps.
func limits(points []Point, o Options) (Segment, []float64) {
	s := Segment{From: points[0].Date, To: points[len(points)-1].Date}
	values := make([]float64, len(points))
	var fixed []float64
	for i, p := range points {
		values[i] = p.Value
		if !p.Gap {
			s.Points++
		}
		if o.Fix == 0 || i < o.Fix {
			fixed = append(fixed, p.Value)
		}
	}
	s.Short = s.Points < Enough
	s.Mean = mean(fixed)
	s.Range, s.Constant, s.Still = meanRange(fixed, !o.KeepOutliers)
	s.Lower, s.Upper = s.Mean-widthOfXmR*s.Range, s.Mean+widthOfXmR*s.Range
	return s, values
}

// meanRange is the mean moving range, screened once; whether nothing ever moved; and
// whether so little did that screening would leave nothing, and was not done.
func meanRange(values []float64, screened bool) (m float64, constant, still bool) {
	var ranges []float64
	for i := 1; i < len(values); i++ {
		if r := math.Abs(values[i] - values[i-1]); !math.IsNaN(r) {
			ranges = append(ranges, r)
		}
	}
	least := grain(values)
	m = mean(ranges)
	if len(ranges) == 0 || m <= least {
		return 0, len(ranges) > 0, false
	}
	if !screened {
		return m, false, false
	}
	var kept []float64
	for _, r := range ranges {
		if r < screen*m {
			kept = append(kept, r)
		}
	}
	if rest := mean(kept); rest > least {
		return rest, false, false
	}
	return m, false, true
}

// judge makes the two icons from the last segment.
func (c *Chart) judge() {
	last := c.Points[len(c.Points)-1]
	s := c.Segments[len(c.Segments)-1]
	c.Variation = last.Kind
	if t := c.Options.Target; t != nil {
		c.Assurance = assure(s, *t, c.Options.Improve)
	}
	switch {
	case s.Constant:
		c.Withheld, c.VariationWithheld = "there is no variation to judge", true
	case s.Still:
		c.Withheld, c.VariationWithheld = "nearly every value is the same as the one before it", true
	case s.Short:
		c.Withheld, c.VariationWithheld = fmt.Sprintf("the limits rest on %s, and it takes %d", ofValues(s.Points), Enough), true
	case c.unsettled():
		c.Withheld = "the process is not settled: there is a signal among its last seven points, so what it will do is not known"
	}
}

// assure sets the limits against the target; a target on a limit is neither met nor
// missed for certain.
func assure(s Segment, target float64, improve Direction) Assurance {
	above, below := Fails, Passes
	switch improve {
	case Neutral:
		return None
	case Down:
		above, below = Passes, Fails
	}
	switch {
	case target > s.Upper:
		return above
	case target < s.Lower:
		return below
	}
	return HitAndMiss
}

// unsettled reports whether the last points of the last segment hold a signal.
func (c *Chart) unsettled() bool {
	segment := len(c.Segments) - 1
	for i := len(c.Points) - 1; i >= 0 && i >= len(c.Points)-recentPoints && c.Points[i].Segment == segment; i-- {
		if c.Points[i].Rule != NoRule {
			return true
		}
	}
	return false
}
