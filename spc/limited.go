package spc

import (
	"fmt"

	"commonweal/law"
)

// LimitsAlone and MedianAlone are the rule sets of charts that are not XmR: of the first,
// only a point beyond its own limits is a signal; of the second no single point is.
const (
	LimitsAlone RuleSet = "limits"
	MedianAlone RuleSet = "median"
)

// On gives each value of a chart of rare events its day: that of the event that ended
// the wait. There are as many days as values.
func (r Rare) On(days []law.Date) []Limits {
	out := make([]Limits, len(r.Values))
	for i, v := range r.Values {
		out[i] = Limits{Date: days[i], Value: v, Mean: r.Centre, Lower: r.Lower, Upper: r.Upper, Outside: r.Outside[i]}
	}
	return out
}

// Limited is the chart of points that have their limits already: those of [PPrime],
// [UPrime], [T] and [G], in order of their days.
func Limited(points []Limits, improve Direction) Chart {
	c := Chart{Options: Options{Rules: LimitsAlone, Improve: improve}, Variation: Usual}
	if len(points) == 0 {
		return c
	}
	last := points[len(points)-1]
	s := Segment{From: points[0].Date, To: last.Date, Points: len(points), Mean: last.Mean, Lower: last.Lower, Upper: last.Upper}
	s.Short, s.Constant = s.Points < Enough, true
	plain := make([]Point, len(points))
	for i, p := range points {
		plain[i] = Point{Date: p.Date, Value: p.Value}
		s.Constant = s.Constant && p.Value == points[0].Value
		rule := NoRule
		switch {
		case p.Outside && p.Value > p.Mean:
			rule = AboveUpper
		case p.Outside:
			rule = BelowLower
		}
		c.Points = append(c.Points, Charted{
			Point: plain[i], Short: s.Short, Mean: p.Mean, Lower: p.Lower, Upper: p.Upper, Rule: rule, Kind: rule.kind(improve),
		})
	}
	c.Segments = []Segment{s}
	c.weak(s)
	c.judge()
	c.Warnings = append(c.Warnings, hangTogether(plain, c.Options)...)
	return c
}

// Medians is the chart of points in order of their days about the medians of their
// stretches, as [Rebase] has them; one stretch is the plain run chart. It has no limits:
// lower and upper stand on the median.
func Medians(points []Point, stretches []Stretch) (Chart, error) {
	c := Chart{Options: Options{Rules: MedianAlone, Improve: Neutral}, Variation: Usual}
	for n, s := range stretches {
		if s.From < 0 || s.To >= len(points) || s.From > s.To {
			return Chart{}, fmt.Errorf("stretch %d runs from %d to %d of %d points", n+1, s.From, s.To, len(points))
		}
		values := 0
		for _, p := range points[s.From : s.To+1] {
			if !p.Gap {
				values++
			}
			c.Points = append(c.Points, Charted{Point: p, Segment: n, Mean: s.Median, Lower: s.Median, Upper: s.Median, Rule: NoRule, Kind: Usual})
		}
		c.Segments = append(c.Segments, Segment{From: points[s.From].Date, To: points[s.To].Date, Points: values, Mean: s.Median, Lower: s.Median, Upper: s.Median})
	}
	return c, nil
}
