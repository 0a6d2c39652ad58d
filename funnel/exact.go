package funnel

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// Tail areas of the limits.
const (
	tail95  = 0.025
	tail998 = 0.001
)

// exact are the limits of chance alone around the target.
func (r *Result) exact(u Unit) Limits {
	switch r.Method {
	case Proportion, Binomial:
		at := func(p float64) float64 { return min(1, max(0, BinomialLimit(p, u.Of, r.Target))) }
		return Limits{at(tail95), at(1 - tail95), at(tail998), at(1 - tail998)}
	case Ratio:
		s := r.scale.chance(u)
		return Limits{r.scale.back(-z95 * s), r.scale.back(z95 * s), r.scale.back(-z998 * s), r.scale.back(z998 * s)}
	}
	low95, high95 := PoissonLimits(u.Of*r.Target, tail95)
	low998, high998 := PoissonLimits(u.Of*r.Target, tail998)
	return Limits{low95 * r.Target, high95 * r.Target, low998 * r.Target, high998 * r.Target}
}

// PoissonLimits are the exact limits of observed over expected for an expected number:
// quantiles of chi-squared on 2E and 2E+2 degrees of freedom over 2E, as the published
// SHMI has them.
func PoissonLimits(expected, tail float64) (lower, upper float64) {
	low, high := distuv.ChiSquared{K: 2 * expected}, distuv.ChiSquared{K: 2*expected + 2}
	return low.Quantile(tail) / (2 * expected), high.Quantile(1-tail) / (2 * expected)
}

// BinomialLimit is the proportion below which a share p of binomial proportions with n
// trials and this chance lie, interpolated between two counts (Spiegelhalter 2005,
// appendix A.1.1). It may lie a little below nought or above one for few trials.
func BinomialLimit(p, n, chance float64) float64 {
	if n*chance*(1-chance) > large {
		return largeLimit(p, n, chance)
	}
	b := distuv.Binomial{N: n, P: chance}
	count := float64(sort.Search(int(n)+1, func(k int) bool { return b.CDF(float64(k)) >= p }))
	at, before := b.CDF(count), 0.0
	if count > 0 {
		before = b.CDF(count - 1)
	}
	return (count - (at-p)/(at-before)) / n
}

// large is the variance of a count beyond which its distribution is not added up: what
// gonum makes of it is wrong by thousands of cases from a thousand million trials on.
const large = 1e6

// largeLimit is the same by Cornish and Fisher's expansion (Revue de l'Institut
// International de Statistique 1938; 5: 307), within a thousandth of a case of R's at
// such sizes. A distribution that is interpolated between counts lies half a case lower
// than one that is not.
func largeLimit(p, n, chance float64) float64 {
	z, variance := distuv.UnitNormal.Quantile(p), n*chance*(1-chance)
	skew := (1 - 2*chance) * (z*z - 1) / 6
	return chance + (z*math.Sqrt(variance)+skew-0.5)/n
}

// ClopperPearson is the exact interval of a proportion (Biometrika 1934; 26: 404).
func ClopperPearson(cases, of, tail float64) (lower, upper float64) {
	upper = 1
	if cases > 0 {
		lower = distuv.Beta{Alpha: cases, Beta: of - cases + 1}.Quantile(tail)
	}
	if cases < of {
		upper = distuv.Beta{Alpha: cases + 1, Beta: of - cases}.Quantile(1 - tail)
	}
	return lower, upper
}

// Wilson is the score interval of a proportion (JASA 1927; 22: 209).
func Wilson(cases, of, tail float64) (lower, upper float64) {
	z := distuv.UnitNormal.Quantile(1 - tail)
	p, q := cases/of, z*z/of
	centre, half := (p+q/2)/(1+q), z*math.Sqrt(p*(1-p)/of+q/(4*of))/(1+q)
	return max(0, centre-half), min(1, centre+half)
}
