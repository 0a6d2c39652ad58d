package spc

import "math"

// lastByChance is how often the last point of a settled process is flagged under [PTD]:
// from 0.014 of 12 points to 0.020 of 120, measured on 40,000 series of normal values each.
// TestFalseSignals measures it again on fewer.
const lastByChance = 0.017

// anyByChance is how often a settled process of so many points shows at least one
// signal anywhere under [PTD], measured on the same series. Between two lengths it is interpolated.
var anyByChance = []struct {
	points int
	share  float64
}{
	{12, 0.071}, {24, 0.188}, {36, 0.287}, {48, 0.387}, {60, 0.472}, {90, 0.630}, {120, 0.742},
}

// Expected is what chance alone does to a pack of charts.
type Expected struct {
	Charts int
	// Last is how many charts show a signal at their last point, on average.
	Last float64
	// Any is how many show a signal anywhere.
	Any float64
}

// FalseSignals says how many signals to expect in a pack of charts of settled processes,
// given how many points each has. A pack with about so many shows nothing.
func FalseSignals(points ...int) Expected {
	e := Expected{Charts: len(points), Last: lastByChance * float64(len(points))}
	for _, n := range points {
		e.Any += chanceOfAny(n)
	}
	return e
}

// chanceOfAny interpolates the chance of no signal on a log scale: it falls by the same
// factor with each further point.
func chanceOfAny(n int) float64 {
	t := anyByChance
	at := 1
	for at < len(t)-1 && t[at].points < n {
		at++
	}
	a, b := t[at-1], t[at]
	slope := (math.Log1p(-b.share) - math.Log1p(-a.share)) / float64(b.points-a.points)
	return min(1, max(0, -math.Expm1(math.Log1p(-a.share)+slope*float64(n-a.points))))
}
