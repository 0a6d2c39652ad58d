package panel

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Series is one unit through time: counts or rates with what they are out of.
type Series struct {
	Counts []float64 // of events
	At     []float64 // size of the population; nil: not needed
	Month  []int     // 1 to 12, for the season
	After  []float64 // 1 from the change on, 0 before
}

// InterruptedFit is what [Interrupted] finds.
type InterruptedFit struct {
	N int
	// Both are the rate after the change over that without it: with errors of a Poisson
	// count, and with those of a count that varies as much as this one does. SE is that of
	// the ratio's logarithm; Low and High are ratios.
	Poisson, Quasi Estimate
	Dispersion     float64
}

// Interrupted fits counts of one series with a steady trend, a step at the change, and
// the population as offset; with harmonics, a season of so many pairs of waves (Lopez
// Bernal and others, International Journal of Epidemiology 2017). The estimates are
// ratios. It says what changed when, not why: a second series that was not changed
// belongs beside it.
func Interrupted(s Series, harmonics int) (*InterruptedFit, error) {
	n := len(s.Counts)
	if len(s.After) != n || len(s.At) != n || harmonics > 0 && len(s.Month) != n {
		return nil, fmt.Errorf("each of %d counts needs a population, whether the change has come, and its month where there is a season", n)
	}
	if err := breaks(s.After); err != nil {
		return nil, err
	}
	x := make([][]float64, n)
	for i := range x {
		if s.Counts[i] < 0 || !(s.At[i] > 0) {
			return nil, fmt.Errorf("period %d: %v of a population of %v is no rate: counts are from 0, and populations above it", i+1, s.Counts[i], s.At[i])
		}
		if harmonics > 0 && (s.Month[i] < 1 || s.Month[i] > 12) {
			return nil, fmt.Errorf("period %d: there is no month %d: months are 1 to 12", i+1, s.Month[i])
		}
		x[i] = []float64{1, s.After[i], float64(i + 1)}
		for h := 1; h <= harmonics; h++ {
			angle := 2 * math.Pi * float64(h*s.Month[i]) / 12
			x[i] = append(x[i], math.Sin(angle), math.Cos(angle))
		}
	}
	beta, inverse, err := poisson(x, s.Counts, s.At)
	if err != nil {
		return nil, err
	}
	var pearson sum
	for i := range x {
		mu := rate(x[i], beta, s.At[i])
		pearson.add((s.Counts[i] - mu) * (s.Counts[i] - mu) / mu)
	}
	out := &InterruptedFit{N: n, Dispersion: pearson.value() / float64(n-len(beta))}
	ratio := func(se float64) Estimate {
		e := tested("step", beta[1], se, 0)
		return Estimate{Term: "ratio", Value: math.Exp(e.Value), SE: se, P: e.P, Low: math.Exp(e.Low), High: math.Exp(e.High)}
	}
	se := math.Sqrt(inverse.At(1, 1))
	out.Poisson, out.Quasi = ratio(se), ratio(se*math.Sqrt(out.Dispersion))
	return out, nil
}

// breaks refuses what does not part a series into one stretch before a change and one
// after it.
func breaks(after []float64) error {
	for i, v := range after {
		switch {
		case v != 0 && v != 1:
			return fmt.Errorf("period %d: the change is marked by %v: it is 0 before the change and 1 from then on", i+1, v)
		case i > 0 && v < after[i-1]:
			return fmt.Errorf("period %d: the change is over again: it is 0 before the change and 1 from then on", i+1)
		}
	}
	if len(after) > 0 && after[0] == after[len(after)-1] {
		return fmt.Errorf("all %d periods lie on one side of the change: it takes periods before it (0) and after it (1)", len(after))
	}
	return nil
}

func rate(x, beta []float64, at float64) float64 {
	eta := 0.0
	for i, v := range x {
		eta += v * beta[i]
	}
	return at * math.Exp(eta)
}

// poisson fits a log-linear model by Newton's steps.
func poisson(x [][]float64, y, at []float64) ([]float64, *mat.SymDense, error) {
	k := len(x[0])
	if len(x) <= k {
		return nil, nil, fmt.Errorf("%d periods are too few for %d terms: give more periods, or fewer harmonics", len(x), k)
	}
	beta := make([]float64, k)
	var events, people sum
	for i := range y {
		events.add(y[i])
		people.add(at[i])
	}
	if events.value() == 0 {
		return nil, nil, fmt.Errorf("nothing happened in any period")
	}
	beta[0] = math.Log(events.value() / people.value())
	for range 50 {
		score, information := mat.NewVecDense(k, nil), mat.NewSymDense(k, nil)
		for i := range x {
			mu := rate(x[i], beta, at[i])
			for a := range k {
				score.SetVec(a, score.AtVec(a)+(y[i]-mu)*x[i][a])
				for b := a; b < k; b++ {
					information.SetSym(a, b, information.At(a, b)+mu*x[i][a]*x[i][b])
				}
			}
		}
		var c mat.Cholesky
		var step mat.VecDense
		var inverse mat.SymDense
		if !c.Factorize(information) || c.SolveVecTo(&step, score) != nil || c.InverseTo(&inverse) != nil {
			return nil, nil, fmt.Errorf("the trend, the change and the season cannot be told apart: give more periods, or fewer harmonics")
		}
		most := 0.0
		for i := range beta {
			beta[i] += step.AtVec(i)
			most = max(most, math.Abs(step.AtVec(i)))
		}
		if most < 1e-12 {
			return beta, &inverse, nil
		}
	}
	return nil, nil, fmt.Errorf("the fit does not settle")
}

// SegmentedFit is what [Segmented] finds.
type SegmentedFit struct {
	N int
	// Level is the step at the change and Slope what the trend gains with it, with
	// errors of independent values, and Newey and West's in the second pair. Slope counts
	// from the last period before the change, so that the first after it lies Level and
	// Slope together away from the old trend.
	Level, Slope, LevelNW, SlopeNW Estimate
	// DurbinWatson is about two where neighbours are independent.
	DurbinWatson float64
}

// Segmented fits rates of one series with a trend, a step and another trend after the
// change. Errors are those of least squares, and of Newey and West with so many lags
// (Econometrica 1987), without correction for the size of the sample.
func Segmented(rates, after []float64, lags int) (*SegmentedFit, error) {
	n := len(rates)
	if len(after) != n {
		return nil, fmt.Errorf("%d rates and %d times", n, len(after))
	}
	if err := breaks(after); err != nil {
		return nil, err
	}
	if lags < 0 || lags >= n {
		return nil, fmt.Errorf("%d lags in %d periods: the lags are fewer than the periods", lags, n)
	}
	late := 0
	for _, v := range after {
		late += int(v)
	}
	if late < 2 || n-late < 2 || n < 5 {
		return nil, fmt.Errorf("%d periods before the change and %d after it: a trend on either side takes two, and their errors five in all", n-late, late)
	}
	x := make([][]float64, 3)
	passed := 0.0
	for i := range n {
		if after[i] != 0 {
			passed++
		}
		x[0], x[1], x[2] = append(x[0], float64(i+1)), append(x[1], after[i]), append(x[2], passed*after[i])
	}
	f, err := Fit(Design{Y: rates, X: x, Names: []string{"trend", "level", "slope"}, Errors: IID, StaggeredAnyway: true})
	if err != nil {
		return nil, err
	}
	out := &SegmentedFit{N: n}
	out.Level, _ = f.Of("level")
	out.Slope, _ = f.Of("slope")
	var steps, squares sum
	for i, e := range f.Residuals {
		squares.add(e * e)
		if i > 0 {
			steps.add((e - f.Residuals[i-1]) * (e - f.Residuals[i-1]))
		}
	}
	out.DurbinWatson = steps.value() / squares.value()
	cov, err := neweyWest(append([][]float64{ones(n)}, x...), f.Residuals, lags)
	if err != nil {
		return nil, err
	}
	df := float64(n - 4)
	ofLevel, ofSlope := math.Sqrt(cov.At(2, 2)), math.Sqrt(cov.At(3, 3))
	if math.IsNaN(out.Level.SE) { // the rates follow exactly
		ofLevel, ofSlope = math.NaN(), math.NaN()
	}
	out.LevelNW, out.SlopeNW = tested("level", out.Level.Value, ofLevel, df), tested("slope", out.Slope.Value, ofSlope, df)
	return out, nil
}

func neweyWest(x [][]float64, residuals []float64, lags int) (*mat.SymDense, error) {
	k, n := len(x), len(residuals)
	a, meat := mat.NewSymDense(k, nil), mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			a.SetSym(i, j, dot(x[i], x[j], nil))
			var s sum
			for lag := 0; lag <= lags; lag++ {
				weight := 1 - float64(lag)/float64(lags+1)
				for t := lag; t < n; t++ {
					e := residuals[t] * residuals[t-lag]
					if lag == 0 {
						s.add(e * x[i][t] * x[j][t])
						continue
					}
					s.add(weight * e * (x[i][t]*x[j][t-lag] + x[i][t-lag]*x[j][t]))
				}
			}
			meat.SetSym(i, j, s.value())
		}
	}
	var c mat.Cholesky
	var inverse mat.SymDense
	if !c.Factorize(a) || c.InverseTo(&inverse) != nil {
		return nil, fmt.Errorf("the trend and the change cannot be told apart")
	}
	return sandwich(&inverse, meat, 1), nil
}
