package panel

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// likelihood is all that the restricted likelihood needs of the data, for each unit:
// Z'Z and Z'X, and over all X'X, with y as the last of X's columns. Rows of a matrix lie
// one after another.
type likelihood struct {
	n, p, q int
	zz, zx  [][]float64
	xx      []float64
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
