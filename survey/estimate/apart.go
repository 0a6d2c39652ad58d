package estimate

import (
	"fmt"
	"math"
)

// Apart sets a part, as a team, against the whole that it belongs to. Value is
// the part less the whole, of which the part is Later.
//
// Part and whole have people in common, so [Difference] would be wrong for
// them. The part less the whole is the part less the rest, times the rest's
// share of the whole; part and rest have nobody in common and are compared by
// Welch. The rest's figures are worked out from the two that are given. Where
// these were rounded so far that the rest has no sensible spread, that of the
// whole stands in.
func Apart(part, whole Group, level float64) (Change, error) {
	n := whole.N - part.N
	if part.N < 0 || n < 0 {
		return Change{}, fmt.Errorf("group %s has %d answers, the whole it belongs to has %d", part.ID, part.N, whole.N)
	}
	p, err := FromMoments(part.N, part.Mean, part.SD, part.Population, level)
	if err != nil {
		return Change{}, err
	}
	w, err := FromMoments(whole.N, whole.Mean, whole.SD, whole.Population, level)
	if err != nil {
		return Change{}, err
	}
	rest := Group{N: n}
	if n > 0 {
		rest.Mean = (float64(float64(whole.N)*whole.Mean) - float64(float64(part.N)*part.Mean)) / float64(n)
		rest.SD = restSpread(part, whole, rest)
	}
	if part.Population > 0 && whole.Population > part.Population {
		rest.Population = whole.Population - part.Population
	}
	r, err := FromMoments(n, rest.Mean, rest.SD, rest.Population, level)
	if err != nil {
		return Change{}, err
	}
	c, err := Difference(r, p, level)
	if err != nil {
		return c, err
	}
	share := float64(n) / float64(max(1, whole.N))
	c.Earlier, c.Value, c.SE = w, share*c.Value, share*c.SE
	c.Low, c.High = share*c.Low, share*c.High
	return c, nil
}

func restSpread(part, whole, rest Group) float64 {
	if rest.N < 2 {
		return 0
	}
	squares := func(g Group) float64 {
		return float64(g.SD*g.SD*float64(g.N-1)) + float64(g.Mean*g.Mean*float64(g.N))
	}
	left := squares(whole) - squares(part) - float64(rest.Mean*rest.Mean*float64(rest.N))
	v, all := left/float64(rest.N-1), whole.SD*whole.SD
	if v < all/4 || v > 4*all {
		return whole.SD
	}
	return math.Sqrt(v)
}
