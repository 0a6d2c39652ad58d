package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// manyDF is from where on series in one over the degrees of freedom are nearer
// than gonum, whose incomplete beta function loses digits there.
const manyDF = 1000

// tQuantile is the p quantile of Student's t.
func tQuantile(p, df float64) float64 {
	if df <= manyDF {
		return distuv.StudentsT{Sigma: 1, Nu: df}.Quantile(p)
	}
	// Abramowitz and Stegun 1964, 26.7.5.
	z := zQuantile(p)
	x := z * z
	return z * (1 + (x+1)/(4*df) +
		((5*x+16)*x+3)/(96*df*df) +
		(((3*x+19)*x+17)*x-15)/(384*df*df*df) +
		((((79*x+776)*x+1482)*x-1920)*x-945)/(92160*df*df*df*df))
}

// tTails is the chance of a t as far from nought as this, both sides.
func tTails(t, df float64) float64 {
	t = math.Abs(t)
	if math.IsInf(df, 1) {
		return 2 * distuv.UnitNormal.Survival(t)
	}
	if df <= manyDF {
		return 2 * distuv.StudentsT{Sigma: 1, Nu: df}.CDF(-t)
	}
	// Hill 1970, Algorithm 395: the normal deviate with the same tail.
	a := df - 0.5
	b := 48 * a * a
	y := a * math.Log1p(t*t/df)
	z := math.Sqrt(y) * (1 + (y+3-(((0.4*y+3.3)*y+24)*y+85.5)/(0.8*y*y+100+b))/b)
	return 2 * distuv.UnitNormal.Survival(z)
}

func zQuantile(p float64) float64 { return distuv.UnitNormal.Quantile(p) }
