package panel

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// Mixed is a linear model with random effects of the unit.
type Mixed struct {
	N, Units  int
	Estimates []Estimate // tested by the normal distribution
	// Unit is the covariance of a unit's random effects, and Rest the variance within.
	Unit *mat.SymDense
	Rest float64
	// Share is how much of the variance lies between units, of a random intercept alone.
	Share float64
}

// Of finds an estimate by its term.
func (m *Mixed) Of(term string) (Estimate, bool) { return (&Fitted{Estimates: m.Estimates}).Of(term) }

// Mundlak sets what goes with a regressor within units beside what goes with it between
// them: y on x less its mean of the unit, that mean, the times, and a random level of
// the unit, by restricted maximum likelihood. The terms are "within" and "between"; where
// they differ, an estimate that mixes them says something of neither.
func Mundlak(p *Panel, y, x string) (*Mixed, error) {
	means := unitMeans(p, p.Column(x))
	within := make([]float64, p.Len())
	for i, v := range p.Column(x) {
		within[i] = v - means[i]
	}
	// What rounding leaves of a column is no regressor.
	whole := dot(p.Column(x), p.Column(x), nil)
	if dot(within, within, nil) <= 1e-24*whole {
		return nil, fmt.Errorf("%s never changes within a unit: there is nothing to set beside what goes with it between units", x)
	}
	if c := centred(means, nil); dot(c, c, nil) <= 1e-24*whole {
		return nil, fmt.Errorf("the mean of %s is the same in every unit: there is nothing to set beside what goes with it within units", x)
	}
	if tooFar(means) {
		return nil, fmt.Errorf(saysTooFar, x)
	}
	fixed, names := withTimes(p)
	return mixed(p, p.Column(y), append([][]float64{within, means}, fixed...), append([]string{"within", "between"}, names...), [][]float64{ones(p.Len())})
}

// saysTooFar is about figures such as 1,000,000.1 and 1,000,000.2.
const saysTooFar = "the figures of %s lie so far from nought, beside how far they lie apart, that too few digits are left to tell units apart by: take a round number off them"

// tooFar reports whether too few digits are left of what tells values apart once they are
// squared.
func tooFar(values []float64) bool {
	c := centred(values, nil)
	return dot(c, c, nil) <= 2e-9*dot(values, values, nil)
}

// Null is the model with nothing but a mean and a random level of the unit: its Share
// says how much of the variance lies between units.
func Null(p *Panel, y string) (*Mixed, error) {
	return mixed(p, p.Column(y), [][]float64{ones(p.Len())}, []string{constant}, [][]float64{ones(p.Len())})
}

// Growth asks whether units that began high grew otherwise: y on time, the unit's x at
// the beginning, and their product, with a random level and slope of each unit, by
// restricted maximum likelihood. Time is counted from the given beginning, months such as
// 202404 by the month; units without x there are left out. The terms are "time", "start" and "time x start".
func Growth(p *Panel, y, x string, beginning int) (*Mixed, error) {
	start := map[int]float64{}
	for i, u := range p.Unit {
		if v := p.Column(x)[i]; p.Times[p.Time[i]] == beginning && !math.IsNaN(v) {
			start[u] = v
		}
	}
	if len(start) == 0 {
		return nil, fmt.Errorf("no unit has %s at %d", x, beginning)
	}
	kept := &Panel{Units: p.Units}
	var values, time, from, product []float64
	since := periods(append(slices.Clone(p.Times), beginning))
	for i, u := range p.Unit {
		v, ok := start[u]
		if !ok {
			continue
		}
		t := float64(since[p.Time[i]] - since[len(p.Times)])
		kept.Unit = append(kept.Unit, u)
		values, time, from, product = append(values, p.Column(y)[i]), append(time, t), append(from, v), append(product, t*v)
	}
	switch c := centred(from, nil); {
	case dot(c, c, nil) <= 1e-24*dot(from, from, nil):
		return nil, fmt.Errorf("%s is the same in every unit at %d: there is nothing that growth could go with", x, beginning)
	case tooFar(from):
		return nil, fmt.Errorf(saysTooFar, x)
	}
	return mixed(kept, values, [][]float64{ones(len(values)), time, from, product}, []string{constant, "time", "start", "time x start"}, [][]float64{ones(len(values)), time})
}

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// withTimes is a constant and a column for each time but the first.
func withTimes(p *Panel) (columns [][]float64, names []string) {
	columns, names = append(columns, ones(p.Len())), append(names, constant)
	for t := 1; t < len(p.Times); t++ {
		c := make([]float64, p.Len())
		for i, at := range p.Time {
			if at == t {
				c[i] = 1
			}
		}
		columns, names = append(columns, c), append(names, fmt.Sprint("time ", p.Times[t]))
	}
	return columns, names
}

// unitMeans gives each row the mean of its unit.
func unitMeans(p *Panel, x []float64) []float64 {
	sums, n := make([]sum, len(p.Units)), make([]float64, len(p.Units))
	for i, u := range p.Unit {
		sums[u].add(x[i])
		n[u]++
	}
	out := make([]float64, len(x))
	for i, u := range p.Unit {
		out[i] = sums[u].value() / n[u]
	}
	return out
}

// level is what is taken off an outcome before it is squared: its mean, where that is more
// than a thousand times as far from nought as values lie from it, and so many digits of
// what is asked would be lost. Others keep those they had.
func level(y []float64) ([]float64, float64) {
	c := centred(y, nil)
	if dot(c, c, nil) > 1e-6*dot(y, y, nil) {
		return y, 0
	}
	return c, y[0] - c[0]
}

// constant is the name of the term that an outcome's level belongs to.
const constant = "mean"

// mixed fits y on x, of which one is the constant, with random effects z of each unit.
func mixed(p *Panel, y []float64, x [][]float64, names []string, z [][]float64) (*Mixed, error) {
	if c := centred(y, nil); dot(c, c, nil) <= 1e-24*dot(y, y, nil) {
		return nil, fmt.Errorf("the outcome never changes: there is nothing to explain")
	}
	y, off := level(y)
	l := newLikelihood(p, append(append([][]float64{}, x...), y), z)
	if l.n <= l.p+l.q {
		return nil, fmt.Errorf("%d rows are too few for %d terms", l.n, l.p)
	}
	products := mat.NewSymDense(l.p, nil)
	for i := range l.p {
		if l.xx[i*(l.p+1)+i] == 0 {
			return nil, fmt.Errorf("%s is nought in every row", names[i])
		}
		for j := i; j < l.p; j++ {
			products.SetSym(i, j, l.xx[i*(l.p+1)+j])
		}
	}
	if _, err := invert(products, names); err != nil {
		return nil, err
	}
	start := make([]float64, l.q*(l.q+1)/2)
	for i, at := 0, 0; i < l.q; i++ {
		start[at] = 1
		at += l.q - i
	}
	best, err := optimize.Minimize(optimize.Problem{Func: func(theta []float64) float64 { d, _ := l.deviance(theta); return d }}, start,
		&optimize.Settings{Converger: &optimize.FunctionConverge{Absolute: 1e-13, Relative: 1e-15, Iterations: 300}, MajorIterations: 20_000}, &optimize.NelderMead{})
	if err != nil {
		return nil, fmt.Errorf("the likelihood has no maximum that could be found: %w", err)
	}
	d, at := l.deviance(l.polished(best.X))
	if math.IsInf(d, 0) || math.IsNaN(d) || !(at.sigma2 > 0) {
		return nil, fmt.Errorf("nothing is left to explain: the outcome follows from the other columns, or never changes")
	}
	seen := map[int]bool{}
	for _, u := range p.Unit {
		seen[u] = true
	}
	m := &Mixed{N: l.n, Units: len(seen), Rest: at.sigma2, Unit: mat.NewSymDense(l.q, nil)}
	for i := range l.q {
		for j := i; j < l.q; j++ {
			v := 0.0
			for k := range l.q {
				v += at.factor[i*l.q+k] * at.factor[j*l.q+k]
			}
			m.Unit.SetSym(i, j, v*at.sigma2)
		}
	}
	if l.q == 1 {
		m.Share = m.Unit.At(0, 0) / (m.Unit.At(0, 0) + m.Rest)
	}
	values, errors := at.solved(l.p)
	for i, name := range names {
		if name == constant {
			values[i] += off
		}
		m.Estimates = append(m.Estimates, tested(name, values[i], errors[i], 0))
	}
	return m, nil
}
