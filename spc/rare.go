package spc

import (
	"fmt"
	"math"
	"slices"
)

// tPower makes times between events of a constant hazard nearly normal (Nelson, Journal
// of Quality Technology 1994).
const tPower = 3.6

// Rare is a chart of what lies between rare events. More is better: a value above the
// upper limit is an event that took long to come.
type Rare struct {
	Values               []float64 // in the order given
	Centre, Lower, Upper float64
	Outside              []bool
}

// T charts the time between rare events: values to the power 1/3.6, limits as [XmR] has
// them, with moving ranges screened once, and back. Times are in any one unit, and not below
// nought.
func T(times []float64) (Rare, error) {
	root := make([]float64, len(times))
	for i, t := range times {
		if !finite(t) || t < 0 || t > Most {
			return Rare{}, fmt.Errorf("time %d: %v is not a time between two events", i+1, t)
		}
		root[i] = math.Pow(t, 1/tPower)
	}
	if len(times) < 2 {
		return Rare{}, fmt.Errorf("a chart takes two times or more, and there is %d", len(times))
	}
	centre := mean(root)
	moving, _, _ := meanRange(root, true)
	back := func(x float64) float64 { return math.Pow(max(0, x), tPower) }
	return rare(times, back(centre), back(centre-widthOfXmR*moving), back(centre+widthOfXmR*moving)), nil
}

// G charts how many opportunities lie between rare events, such as operations between
// infections: about the median, with limits of a geometric count with the same mean.
func G(between []int) (Rare, error) {
	if len(between) < 2 {
		return Rare{}, fmt.Errorf("a chart takes two counts or more, and there is %d", len(between))
	}
	values := make([]float64, len(between))
	for i, n := range between {
		if n < 0 {
			return Rare{}, fmt.Errorf("count %d: %d is below nought", i+1, n)
		}
		values[i] = float64(n)
	}
	m := mean(values)
	width := 3 * math.Sqrt(m*(m+1))
	return rare(values, Median(values), max(0, m-width), m+width), nil
}

func rare(values []float64, centre, lower, upper float64) Rare {
	r := Rare{Values: slices.Clone(values), Centre: centre, Lower: lower, Upper: upper, Outside: make([]bool, len(values))}
	least := grain(values) * 100 // a power and back
	for i, v := range values {
		r.Outside[i] = v < lower-least || v > upper+least
	}
	return r
}

// Median is the middle value, or the mean of the two in the middle; NaN of none. NaN
// among the values is left out.
func Median(values []float64) float64 {
	sorted := slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	slices.Sort(sorted)
	n := len(sorted)
	switch {
	case n == 0:
		return math.NaN()
	case n%2 == 1:
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}
