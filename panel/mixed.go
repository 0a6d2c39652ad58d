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

// likelihood is all that the restricted likelihood needs of the data, for each unit:
// Z'Z and Z'X, and over all X'X, with y as the last of X's columns. Rows of a matrix lie
// one after another.
type likelihood struct {
	n, p, q int
	zz, zx  [][]float64
	xx      []float64
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

// polished goes from near the least deviance to it by Newton's steps. The search stops where
// the deviance does not change in its last digits, and there its root still does in half of
// them.
func (l *likelihood) polished(theta []float64) []float64 {
	n := len(theta)
	at := func(x []float64) float64 { d, _ := l.deviance(x); return d }
	moved := func(i, k int, by, also float64) float64 {
		x := slices.Clone(theta)
		x[i] += by
		x[k] += also
		return at(x)
	}
	for range 3 {
		here := at(theta)
		slope, bend := mat.NewVecDense(n, nil), mat.NewSymDense(n, nil)
		step := make([]float64, n)
		for i := range n {
			step[i] = 5e-3 * max(0.1, math.Abs(theta[i]))
		}
		for i, h := range step {
			slope.SetVec(i, (8*(moved(i, i, h, 0)-moved(i, i, -h, 0))-(moved(i, i, 2*h, 0)-moved(i, i, -2*h, 0)))/(12*h))
			bend.SetSym(i, i, (moved(i, i, h, 0)-2*here+moved(i, i, -h, 0))/(h*h))
			for k, other := range step[:i] {
				bend.SetSym(i, k, (moved(i, k, h, other)-moved(i, k, h, -other)-moved(i, k, -h, other)+moved(i, k, -h, -other))/(4*h*other))
			}
		}
		var c mat.Cholesky
		var by mat.VecDense
		if !c.Factorize(bend) || c.SolveVecTo(&by, slope) != nil {
			return theta // flat: one place is as good as another
		}
		next := slices.Clone(theta)
		for i := range next {
			next[i] -= by.AtVec(i)
		}
		if !(at(next) <= here+1e-8*max(1, math.Abs(here))) { // but for rounding
			return theta
		}
		theta = next
	}
	return theta
}

func newLikelihood(p *Panel, xy, z [][]float64) *likelihood {
	size := len(xy)
	l := &likelihood{n: len(p.Unit), p: size - 1, q: len(z), xx: make([]float64, size*size)}
	for i := range xy {
		for j := i; j < size; j++ {
			l.xx[i*size+j] = dot(xy[i], xy[j], nil)
			l.xx[j*size+i] = l.xx[i*size+j]
		}
	}
	for range p.Units {
		l.zz, l.zx = append(l.zz, make([]float64, l.q*l.q)), append(l.zx, make([]float64, l.q*size))
	}
	for r, u := range p.Unit {
		for i := range z {
			for j := range z {
				l.zz[u][i*l.q+j] += z[i][r] * z[j][r]
			}
			for j := range xy {
				l.zx[u][i*size+j] += z[i][r] * xy[j][r]
			}
		}
	}
	return l
}

// fitted is what follows from one covariance of the random effects.
type fitted struct {
	factor []float64 // lower triangle, relative to the rest's standard deviation
	root   []float64 // Cholesky's factor of X'X and y, less what the random effects take
	sigma2 float64
}

// deviance is minus twice the restricted log likelihood but for a constant, with the
// mean and the residual variance at their best (Bates and others, Journal of Statistical
// Software 2015).
func (l *likelihood) deviance(theta []float64) (float64, fitted) {
	q, size := l.q, l.p+1
	f := fitted{factor: make([]float64, q*q), root: slices.Clone(l.xx)}
	for j, at := 0, 0; j < q; j++ {
		for i := j; i < q; i++ {
			f.factor[i*q+j] = theta[at]
			at++
		}
	}
	var logs sum
	square, half := make([]float64, q*q), make([]float64, q*size)
	for u := range l.zz {
		// The unit's part: I + L'Z'Z L, and L'Z'X.
		for i := range q {
			for j := range q {
				v := 0.0
				if i == j {
					v = 1
				}
				for a := i; a < q; a++ {
					for b := j; b < q; b++ {
						v += f.factor[a*q+i] * l.zz[u][a*q+b] * f.factor[b*q+j]
					}
				}
				square[i*q+j] = v
			}
			for j := range size {
				v := 0.0
				for a := i; a < q; a++ {
					v += f.factor[a*q+i] * l.zx[u][a*size+j]
				}
				half[i*size+j] = v
			}
		}
		if !rooted(square, q) {
			return math.Inf(1), f
		}
		for i := range q {
			logs.add(2 * math.Log(square[i*q+i]))
			row := half[i*size : (i+1)*size]
			for j := range row {
				for a := range i {
					row[j] -= square[i*q+a] * half[a*size+j]
				}
				row[j] /= square[i*q+i]
			}
			for a, v := range row {
				for b := range a + 1 {
					f.root[a*size+b] -= v * row[b]
				}
			}
		}
	}
	if !rooted(f.root, size) {
		return math.Inf(1), f
	}
	for i := range l.p {
		logs.add(2 * math.Log(f.root[i*size+i]))
	}
	free, left := float64(l.n-l.p), f.root[size*size-1]
	f.sigma2 = left * left / free
	return logs.value() + free*math.Log(f.sigma2), f
}

// rooted puts Cholesky's factor into the lower triangle of a matrix of which it reads no
// more.
func rooted(a []float64, n int) bool {
	for i := range n {
		for j := range i + 1 {
			s := a[i*n+j]
			for m := range j {
				s -= a[i*n+m] * a[j*n+m]
			}
			if i != j {
				a[i*n+j] = s / a[j*n+j]
			} else if !(s > 0) {
				return false
			} else {
				a[i*n+i] = math.Sqrt(s)
			}
		}
	}
	return true
}

// solved are the estimates and their errors.
func (f fitted) solved(p int) (values, errors []float64) {
	size := p + 1
	values, errors = make([]float64, p), make([]float64, p)
	for i := p - 1; i >= 0; i-- { // y's row of the factor, back through the triangle
		v := f.root[p*size+i]
		for k := i + 1; k < p; k++ {
			v -= f.root[k*size+i] * values[k]
		}
		values[i] = v / f.root[i*size+i]
	}
	for i := range p { // a column of the inverse of the factor, squared
		column := make([]float64, p)
		var s sum
		for k := i; k < p; k++ {
			v := 0.0
			if k == i {
				v = 1
			}
			for m := i; m < k; m++ {
				v -= f.root[k*size+m] * column[m]
			}
			column[k] = v / f.root[k*size+k]
			s.add(column[k] * column[k])
		}
		errors[i] = math.Sqrt(f.sigma2 * s.value())
	}
	return values, errors
}
