package panel

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Estimate is one number with what is known of it, in the unit of the outcome for one of
// the regressor.
type Estimate struct {
	Term  string
	Value float64
	// SE is the standard error. Where the data do not give one (one unit against one, an
	// outcome that follows exactly) it is NaN, and of a mix without placebos 0; P, Low
	// and High are NaN then. It is never small because nothing is known.
	SE float64
	// P is that of the two-sided test of nought, and Low and High the 95 % interval.
	P, Low, High float64
}

// rounding is the share of an outcome's size below which an error is what a computer
// makes of fractions, and not what the data say.
const rounding = 1e-13

// tested fills in the test and the interval: by Student's t with so many degrees of
// freedom, or the normal distribution where there are none.
func tested(term string, value, se, df float64) Estimate {
	e := Estimate{Term: term, Value: value, SE: se}
	if !(se > 0) {
		e.P, e.Low, e.High = math.NaN(), math.NaN(), math.NaN()
		return e
	}
	quantile, tail := distuv.UnitNormal.Quantile, distuv.UnitNormal.Survival
	if df > 0 && !math.IsInf(df, 0) {
		t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}
		quantile, tail = t.Quantile, t.Survival
	}
	e.P = 2 * tail(math.Abs(value/se))
	half := quantile(0.975) * se
	e.Low, e.High = value-half, value+half
	return e
}
