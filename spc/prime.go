package spc

import (
	"fmt"
	"math"
	"slices"

	"commonweal/law"
)

// d2 is the mean range of two standard normal values.
const d2 = 1.128

// Counted is a count and what it is out of: absent days of days available, falls in
// bed-days.
type Counted struct {
	Date  law.Date
	Count float64
	Of    float64
}

// Limits is one point of a chart whose limits differ from point to point.
type Limits struct {
	Date                      law.Date
	Value, Mean, Lower, Upper float64
	Outside                   bool
}

// PPrime charts proportions of large denominators (Laney, Quality Engineering 2002): the
// limits of a binomial, widened or narrowed by how much the proportions really move from
// one point to the next. A plain P chart of a hundred thousand days calls nearly every
// month a signal.
func PPrime(points []Counted) ([]Limits, error) {
	for _, p := range points {
		if p.Count > p.Of {
			return nil, fmt.Errorf("%s: %v of %v is more than all", p.Date, p.Count, p.Of)
		}
	}
	return prime(points, func(centre, of float64) float64 { return math.Sqrt(centre * (1 - centre) / of) }, 1)
}

// UPrime charts rates, such as falls in a thousand bed-days, as [PPrime] charts
// proportions: from the limits of a Poisson count.
func UPrime(points []Counted) ([]Limits, error) {
	return prime(points, func(centre, of float64) float64 { return math.Sqrt(centre / of) }, math.Inf(1))
}

func prime(points []Counted, spread func(centre, of float64) float64, top float64) ([]Limits, error) {
	points = slices.Clone(points)
	slices.SortFunc(points, func(a, b Counted) int { return a.Date.Compare(b.Date) })
	var sum, of float64
	for i, p := range points {
		switch {
		case p.Date.IsZero() || !finite(p.Count) || !finite(p.Of):
			return nil, fmt.Errorf("%s: a day, a count and what it is out of are needed", p.Date)
		case i > 0 && p.Date == points[i-1].Date:
			return nil, fmt.Errorf("%s is there twice: keep one count a period", p.Date)
		case p.Of > Most:
			return nil, fmt.Errorf("%s: %g is too large to chart: count in thousands or millions", p.Date, p.Of)
		case p.Count > Most:
			return nil, fmt.Errorf("%s: %g is too large to chart: count in thousands or millions", p.Date, p.Count)
		case p.Of <= 0 || p.Count < 0:
			return nil, fmt.Errorf("%s: %v of %v is no proportion and no rate", p.Date, p.Count, p.Of)
		}
		sum, of = sum+p.Count, of+p.Of
	}
	if len(points) < 2 {
		return nil, fmt.Errorf("a chart takes two points or more, and there %s", isOrAre(len(points)))
	}
	centre := sum / of
	z, shares := make([]float64, len(points)), make([]float64, len(points))
	for i, p := range points {
		shares[i] = p.Count / p.Of
		if s := spread(centre, p.Of); s > 0 {
			z[i] = (p.Count/p.Of - centre) / s
		}
	}
	least := grain(append(shares, centre))
	moving, _, _ := meanRange(z, false)
	sigma := moving / d2
	out := make([]Limits, len(points))
	for i, p := range points {
		width := 3 * sigma * spread(centre, p.Of)
		l := Limits{Date: p.Date, Value: p.Count / p.Of, Mean: centre, Lower: max(0, centre-width), Upper: min(top, centre+width)}
		l.Outside = l.Value < l.Lower-least || l.Value > l.Upper+least
		out[i] = l
	}
	return out, nil
}
