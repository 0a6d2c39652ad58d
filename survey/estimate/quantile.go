package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// tQuantile is the p quantile of Student's t.
func tQuantile(p, df float64) float64 {
	if math.IsInf(df, 1) {
		return zQuantile(p)
	}
	return distuv.StudentsT{Sigma: 1, Nu: df}.Quantile(p)
}

// tTails is the chance of a t as far from nought as this, both sides.
func tTails(t, df float64) float64 {
	if math.IsInf(df, 1) {
		return 2 * distuv.UnitNormal.Survival(math.Abs(t))
	}
	return 2 * distuv.StudentsT{Sigma: 1, Nu: df}.CDF(-math.Abs(t))
}

func zQuantile(p float64) float64 { return distuv.UnitNormal.Quantile(p) }
