package panel

import (
	"fmt"
	"math"

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
	fixed, names := withTimes(p)
	return mixed(p, p.Column(y), append([][]float64{within, means}, fixed...), append([]string{"within", "between"}, names...), [][]float64{ones(p.Len())})
}

// Null is the model with nothing but a mean and a random level of the unit: its Share
// says how much of the variance lies between units.
func Null(p *Panel, y string) (*Mixed, error) {
	return mixed(p, p.Column(y), [][]float64{ones(p.Len())}, []string{"mean"}, [][]float64{ones(p.Len())})
}

// Growth asks whether units that began high grew otherwise: y on time, the unit's x at
// the beginning, and their product, with a random level and slope of each unit, by
// restricted maximum likelihood. Time is counted from the given beginning; units
// without x there are left out. The terms are "time", "start" and "time x start".
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
	for i, u := range p.Unit {
		v, ok := start[u]
		if !ok {
			continue
		}
		t := float64(p.Times[p.Time[i]] - beginning)
		kept.Unit = append(kept.Unit, u)
		values, time, from, product = append(values, p.Column(y)[i]), append(time, t), append(from, v), append(product, t*v)
	}
	return mixed(kept, values, [][]float64{ones(len(values)), time, from, product}, []string{"mean", "time", "start", "time x start"}, [][]float64{ones(len(values)), time})
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
	columns, names = append(columns, ones(p.Len())), append(names, "mean")
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
// Z'Z, Z'X and Z'y, and over all X'X, X'y and y'y. X and y stand side by side.
type likelihood struct {
	n, p, q int
	zz, zx  []*mat.Dense
	xx      *mat.SymDense
}

// mixed fits y on x with random effects z of each unit.
func mixed(p *Panel, y []float64, x [][]float64, names []string, z [][]float64) (*Mixed, error) {
	for i, c := range x {
		if d := dot(c, c, nil); d == 0 {
			return nil, fmt.Errorf("%s is nought in every row", names[i])
		}
	}
	l := newLikelihood(p, append(append([][]float64{}, x...), y), z)
	if l.n <= l.p+l.q {
		return nil, fmt.Errorf("%d rows are too few for %d terms", l.n, l.p)
	}
	if _, err := invert(topLeft(l.xx, l.p), names); err != nil {
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
	_, at := l.deviance(best.X)
	seen := map[int]bool{}
	for _, u := range p.Unit {
		seen[u] = true
	}
	m := &Mixed{N: l.n, Units: len(seen), Rest: at.sigma2, Unit: mat.NewSymDense(l.q, nil)}
	for i := range l.q {
		for j := i; j < l.q; j++ {
			v := 0.0
			for k := range l.q {
				v += at.factor.At(i, k) * at.factor.At(j, k)
			}
			m.Unit.SetSym(i, j, v*at.sigma2)
		}
	}
	if l.q == 1 {
		m.Share = m.Unit.At(0, 0) / (m.Unit.At(0, 0) + m.Rest)
	}
	for i, name := range names {
		m.Estimates = append(m.Estimates, tested(name, at.beta.AtVec(i), math.Sqrt(at.sigma2*at.inverse.At(i, i)), 0))
	}
	return m, nil
}

func newLikelihood(p *Panel, xy, z [][]float64) *likelihood {
	l := &likelihood{n: len(p.Unit), p: len(xy) - 1, q: len(z), xx: mat.NewSymDense(len(xy), nil)}
	for i := range xy {
		for j := i; j < len(xy); j++ {
			l.xx.SetSym(i, j, dot(xy[i], xy[j], nil))
		}
	}
	for range p.Units {
		l.zz, l.zx = append(l.zz, mat.NewDense(l.q, l.q, nil)), append(l.zx, mat.NewDense(l.q, len(xy), nil))
	}
	for r, u := range p.Unit {
		for i := range z {
			for j := range z {
				l.zz[u].Set(i, j, l.zz[u].At(i, j)+z[i][r]*z[j][r])
			}
			for j := range xy {
				l.zx[u].Set(i, j, l.zx[u].At(i, j)+z[i][r]*xy[j][r])
			}
		}
	}
	return l
}

// fitted is what follows from one covariance of the random effects.
type fitted struct {
	factor  *mat.Dense // lower triangle, relative to the rest's standard deviation
	beta    *mat.VecDense
	inverse *mat.SymDense
	sigma2  float64
}

// deviance is minus twice the restricted log likelihood but for a constant, with the
// mean and the residual variance at their best (Bates and others, Journal of Statistical
// Software 2015).
func (l *likelihood) deviance(theta []float64) (float64, fitted) {
	f := fitted{factor: mat.NewDense(l.q, l.q, nil)}
	for j, at := 0, 0; j < l.q; j++ {
		for i := j; i < l.q; i++ {
			f.factor.Set(i, j, theta[at])
			at++
		}
	}
	size := l.p + 1
	whole := mat.NewSymDense(size, nil)
	whole.CopySym(l.xx)
	var logs sum
	for u := range l.zz {
		var inner, half, less mat.Dense
		inner.Product(f.factor.T(), l.zz[u], f.factor)
		square := mat.NewSymDense(l.q, nil)
		for i := range l.q {
			for j := i; j < l.q; j++ {
				square.SetSym(i, j, inner.At(i, j))
			}
			square.SetSym(i, i, square.At(i, i)+1)
		}
		var c mat.Cholesky
		if !c.Factorize(square) {
			return math.Inf(1), f
		}
		logs.add(c.LogDet())
		half.Mul(f.factor.T(), l.zx[u])
		if err := c.SolveTo(&less, &half); err != nil {
			return math.Inf(1), f
		}
		var product mat.Dense
		product.Mul(half.T(), &less)
		for i := range size {
			for j := i; j < size; j++ {
				whole.SetSym(i, j, whole.At(i, j)-product.At(i, j))
			}
		}
	}
	a, b := topLeft(whole, l.p), mat.NewVecDense(l.p, nil)
	for i := range l.p {
		b.SetVec(i, whole.At(i, l.p))
	}
	var c mat.Cholesky
	if !c.Factorize(a) {
		return math.Inf(1), f
	}
	f.beta, f.inverse = new(mat.VecDense), new(mat.SymDense)
	if c.SolveVecTo(f.beta, b) != nil || c.InverseTo(f.inverse) != nil {
		return math.Inf(1), f
	}
	free := float64(l.n - l.p)
	f.sigma2 = (whole.At(l.p, l.p) - mat.Dot(b, f.beta)) / free
	return logs.value() + c.LogDet() + free*math.Log(f.sigma2), f
}

func topLeft(a *mat.SymDense, n int) *mat.SymDense {
	out := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			out.SetSym(i, j, a.At(i, j))
		}
	}
	return out
}
