package funnel

import (
	"math"
	"slices"
)

// Normal points for 95 and 99.8 in 100.
const (
	z95  = 1.959963984540054
	z998 = 3.090232306167813
)

// scale is where a method works: where a unit's value lies, how far chance throws it, and
// the way back.
type scale struct {
	of     func(u Unit) float64 // less the target's place
	chance func(u Unit) float64 // standard error
	back   func(x float64) float64
	value  func(u Unit) float64
}

func scaleOf(m Method, target float64) scale {
	quotient := func(u Unit) float64 { return u.Observed / u.Of }
	switch m {
	case Proportion, Binomial:
		centre := math.Asin(math.Sqrt(target))
		return scale{
			of:     func(u Unit) float64 { return math.Asin(math.Sqrt(quotient(u))) - centre },
			chance: func(u Unit) float64 { return 1 / (2 * math.Sqrt(u.Of)) },
			back: func(x float64) float64 {
				s := math.Sin(min(math.Pi/2, max(0, centre+x)))
				return s * s
			},
			value: quotient,
		}
	case CQC:
		return scale{
			of:     func(u Unit) float64 { return math.Sqrt(quotient(u)) - math.Sqrt(target) },
			chance: func(u Unit) float64 { return 1 / (2 * math.Sqrt(u.Of)) },
			back: func(x float64) float64 {
				root := max(0, math.Sqrt(target)+x)
				return root * root
			},
			value: quotient,
		}
	case Ratio:
		// Half a case is added to each count, so that none is nought.
		return scale{
			of: func(u Unit) float64 { return math.Log((u.Observed+0.5)/(u.Of+0.5)) - math.Log(target) },
			chance: func(u Unit) float64 {
				a, b := u.Observed+0.5, u.Of+0.5
				return math.Sqrt(u.Observed/(a*a) + u.Of/(b*b))
			},
			back:  func(x float64) float64 { return target * math.Exp(x) },
			value: func(u Unit) float64 { return (u.Observed + 0.5) / (u.Of + 0.5) },
		}
	}
	return scale{ // SHMI and Poisson
		of: func(u Unit) float64 {
			if u.Observed == 0 { // the published rule does not arise: no trust has none
				return math.Log(0.5/u.Of) - math.Log(target)
			}
			return math.Log(quotient(u)) - math.Log(target)
		},
		chance: func(u Unit) float64 { return 1 / math.Sqrt(u.Of) },
		back:   func(x float64) float64 { return target * math.Exp(x) },
		value:  quotient,
	}
}

// spread works out what lies between units beyond chance: DerSimonian and Laird's moment
// estimate on the scores that were kept.
func (r *Result) spread(units []Unit) {
	z, weights := make([]float64, len(units)), make([]float64, len(units))
	for i, u := range units {
		s := r.scale.chance(u)
		z[i], weights[i] = r.scale.of(u)/s, 1/(s*s)
	}
	if r.Method == SHMI || r.Method == Poisson {
		z, weights = trim(z, weights)
	} else {
		z = winsorise(z)
	}
	r.Kept = len(z)
	var squares, w, w2 float64
	for i := range z {
		squares += z[i] * z[i]
		w += weights[i]
		w2 += weights[i] * weights[i]
	}
	m := float64(len(z))
	r.Phi = squares / m
	if over := squares - (m - 1); over > 0 && w > 0 {
		if r.Tau2 = over / (w - w2/w); math.IsNaN(r.Tau2) || math.IsInf(r.Tau2, 0) {
			r.Tau2 = 0
		}
	}
	switch {
	case r.Method == Poisson || r.Method == Binomial:
		r.Tau2 = 0
	case r.Tau2 == 0:
		r.Note = "units differ no more than chance makes them: the limits are those of chance alone"
	}
}

// trim leaves out a tenth of the scores at each end by rank, ties at their mean rank, as
// the SHMI does.
func trim(z, weights []float64) (keptZ, keptWeights []float64) {
	sorted := slices.Clone(z)
	slices.Sort(sorted)
	for i, v := range z {
		first, _ := slices.BinarySearch(sorted, v)
		last := first
		for last < len(sorted) && sorted[last] == v {
			last++
		}
		rank := float64(first+1+last) / 2
		if group := math.Floor(rank * 10 / float64(len(z)+1)); group > 0 && group < 9 {
			keptZ, keptWeights = append(keptZ, v), append(keptWeights, weights[i])
		}
	}
	return keptZ, keptWeights
}

// winsorise moves the scores beyond the tenth and ninetieth percentile there.
func winsorise(z []float64) []float64 {
	sorted := slices.Clone(z)
	slices.Sort(sorted)
	low, high := quantile(sorted, 0.1), quantile(sorted, 0.9)
	out := make([]float64, len(z))
	for i, v := range z {
		out[i] = min(high, max(low, v))
	}
	return out
}

// quantile is R's type 7 of sorted values.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	low := math.Floor(at)
	if int(low)+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[int(low)] + (at-low)*(sorted[int(low)+1]-sorted[int(low)])
}

// place gives a unit its limits and band.
func (r *Result) place(u Unit) Placed {
	p := Placed{Unit: u, Value: r.scale.value(u), Exact: r.exact(u), Z: r.scale.of(u) / r.scale.chance(u)}
	p.Limits = r.limits(u, p.Exact)
	switch {
	case p.Value > p.Upper95:
		p.Band = Higher
	case p.Value < p.Lower95:
		p.Band = Lower
	default:
		p.Band = AsExpected
	}
	return p
}

// At are the limits for a unit of a size: expected number, denominator, or second count.
// For a [Ratio] the unit is taken to lie on the target.
func (r *Result) At(of float64) Limits {
	u := Unit{Of: of, Observed: math.Round(of * r.Target)}
	return r.limits(u, r.exact(u))
}

func (r *Result) limits(u Unit, exact Limits) Limits {
	// Without spread the exact limits serve, where the method has any; the SHMI keeps
	// its own to the letter.
	if r.Method == Poisson || r.Method == Binomial || r.Tau2 == 0 && r.Method != SHMI && r.Method != Ratio {
		return exact
	}
	s := r.scale.chance(u)
	wide := math.Sqrt(s*s + r.Tau2)
	return Limits{
		Lower95: r.scale.back(-z95 * wide), Upper95: r.scale.back(z95 * wide),
		Lower998: r.scale.back(-z998 * wide), Upper998: r.scale.back(z998 * wide),
	}
}
