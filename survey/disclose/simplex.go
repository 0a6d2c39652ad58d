package disclose

import (
	"errors"
	"math"
)

// errHard is of a linear programme that was given up.
var errHard = errors.New("the linear programme did not come to an end")

// simplex is the bounded revised simplex method with an explicit inverse.
//
// Column j < n is a quantity, column n+i the sum of row i, which has the row's
// bounds; the rows are A x - z = 0. Pricing takes the steepest coefficient of a stretch, and
// after a run of steps that do not move it takes the first that will do and
// the first to leave (Bland's rule), so that degenerate programmes, which
// tables always are, cannot go round in circles.
type simplex struct {
	m, n     int
	columns  [][]term // of the quantities: row and coefficient
	low, top []float64
	x        []float64
	basis    []int // by row: the column
	at       []int // by column: its row in the basis, or -1
	inverse  []float64
	price    []float64
	way      []float64 // the entering column in terms of the basis
	nonzero  []int
	next     int // the column that pricing goes on from
	pivots   int
	sincere  int // pivots since the inverse was made afresh
}

const (
	within = 1e-7  // of a bound is on it
	enter  = 1e-8  // the least gain for which a column enters
	turn   = 1e-8  // the least pivot
	afresh = 400   // pivots after which the inverse is made again
	most   = 50000 // pivots of one programme
)

// newSimplex takes one part of a system. All bounds of its quantities must be
// finite.
func newSimplex(s *system, p part) *simplex {
	m, n := len(p.rows), len(p.quantities)
	x := &simplex{
		m: m, n: n, columns: make([][]term, n),
		low: make([]float64, n+m), top: make([]float64, n+m), x: make([]float64, n+m),
		basis: make([]int, m), at: make([]int, n+m),
		inverse: make([]float64, m*m), price: make([]float64, m), way: make([]float64, m),
	}
	column := make(map[int]int, n)
	for j, q := range p.quantities {
		column[q] = j
		x.low[j], x.top[j], x.at[j] = s.low[q], s.top[q], -1
		x.x[j] = s.low[q]
	}
	for i, r := range p.rows {
		known := 0.0
		for _, t := range s.rows[r].terms {
			if j, ok := column[t.of]; ok {
				x.columns[j] = append(x.columns[j], term{i, t.coef})
			} else {
				known += t.coef * s.low[t.of]
			}
		}
		x.low[n+i], x.top[n+i] = s.rows[r].low-known, s.rows[r].top-known
		x.basis[i], x.at[n+i] = n+i, i
		x.inverse[i*m+i] = -1
	}
	if !s.whole || len(s.real) > 0 {
		x.ease()
	}
	x.place()
	return x
}

// ease widens all bounds by far less than matters: with real numbers each bound
// is a little off, and a sum of some dozens must not seem impossible for that.
func (x *simplex) ease() {
	const slack = 1e-5
	for j := range x.x {
		x.low[j], x.top[j] = x.low[j]-slack, x.top[j]+slack
		if j < x.n {
			x.x[j] = x.low[j]
		}
	}
}

// place works the basic columns out from the others.
func (x *simplex) place() {
	rest := make([]float64, x.m)
	for j := range x.x {
		if x.at[j] >= 0 || x.x[j] == 0 {
			continue
		}
		if j >= x.n {
			rest[j-x.n] += x.x[j]
			continue
		}
		for _, t := range x.columns[j] {
			rest[t.of] -= t.coef * x.x[j]
		}
	}
	for i := range x.m {
		v := 0.0
		for k, c := range x.inverse[i*x.m : (i+1)*x.m] {
			if c != 0 {
				v += c * rest[k]
			}
		}
		x.x[x.basis[i]] = v
	}
}

// feasible finds a point within all bounds.
func (x *simplex) feasible() error { return x.run(nil, true) }

// least minimises a cost by column; a feasible point must have been found.
func (x *simplex) least(cost []float64) error { return x.run(cost, false) }

func (x *simplex) run(cost []float64, first bool) error {
	still := 0
	for range most {
		if x.sincere >= afresh {
			if err := x.refresh(); err != nil {
				return err
			}
		}
		bad := x.pricing(cost, first)
		if first && !bad {
			return nil
		}
		j, up := x.entering(cost, first, still > 2*x.m+20)
		if j < 0 {
			if first {
				return errContradiction
			}
			return nil
		}
		moved, err := x.step(j, up, first, still > 2*x.m+20)
		if err != nil {
			return err
		}
		if moved {
			still = 0
		} else {
			still++
		}
	}
	return errHard
}

// pricing sets the price of each row, and says whether a bound is broken.
func (x *simplex) pricing(cost []float64, first bool) (bad bool) {
	clear(x.price)
	for i, b := range x.basis {
		c := 0.0
		switch {
		case !first:
			if b < x.n {
				c = cost[b]
			}
		case x.x[b] < x.low[b]-within:
			c, bad = -1, true
		case x.x[b] > x.top[b]+within:
			c, bad = 1, true
		}
		if c == 0 {
			continue
		}
		for k, v := range x.inverse[i*x.m : (i+1)*x.m] {
			if v != 0 {
				x.price[k] += c * v
			}
		}
	}
	return bad
}

// entering picks a column whose move gains, the one that gains most of a
// stretch that moves on from call to call, or with bland the first of all that
// gains; -1 if none does.
func (x *simplex) entering(cost []float64, first, bland bool) (column int, up bool) {
	column, best := -1, enter
	stretch, from := 60+len(x.x)/10, x.next
	if bland {
		from = 0
	}
	for k := range x.x {
		if column >= 0 && (bland || k >= stretch) {
			break
		}
		j := from + k
		if j >= len(x.x) {
			j -= len(x.x)
		}
		x.next = j
		if x.at[j] >= 0 || x.top[j]-x.low[j] < within {
			continue
		}
		d := 0.0
		if j >= x.n {
			d = x.price[j-x.n]
		} else {
			if !first {
				d = cost[j]
			}
			for _, t := range x.columns[j] {
				d -= x.price[t.of] * t.coef
			}
		}
		rises := d < 0 && x.x[j] < x.top[j]-within
		falls := d > 0 && x.x[j] > x.low[j]+within
		if (rises || falls) && math.Abs(d) > best {
			column, up, best = j, rises, math.Abs(d)
		}
	}
	return column, up
}

// step moves a column until a bound stops it, and swaps it into the basis
// unless the bound is its own.
func (x *simplex) step(j int, up, first, bland bool) (moved bool, err error) {
	x.direct(j)
	sign := -1.0
	if up {
		sign = 1
	}
	far, leaving, size := x.top[j]-x.low[j], -1, 0.0
	var stop float64
	for _, i := range x.nonzero {
		b := x.basis[i]
		slope := -sign * x.way[i]
		if math.Abs(slope) < turn {
			continue
		}
		limit, ok := x.limit(b, slope, first)
		if !ok {
			continue
		}
		t := max(0, (limit-x.x[b])/slope)
		better := t < far-1e-9
		tied := !better && t <= far+1e-9 && leaving >= 0
		if better || (tied && (bland && b < x.basis[leaving] || !bland && math.Abs(slope) > size)) {
			far, leaving, size, stop = t, i, math.Abs(slope), limit
		}
	}
	if math.IsInf(far, 1) {
		return false, errHard
	}
	for _, i := range x.nonzero {
		x.x[x.basis[i]] -= sign * far * x.way[i]
	}
	x.x[j] += sign * far
	if leaving >= 0 {
		x.x[x.basis[leaving]] = stop
		x.swap(leaving, j)
	} else if up {
		x.x[j] = x.top[j]
	} else {
		x.x[j] = x.low[j]
	}
	x.pivots++
	return far > within, nil
}

// limit is where a basic column that moves with this slope has to stop. One
// that is out of bounds may come back to its bound, and is not stopped on its
// way out.
func (x *simplex) limit(b int, slope float64, first bool) (float64, bool) {
	v := x.x[b]
	switch {
	case slope > 0 && first && v < x.low[b]-within:
		return x.low[b], true
	case slope > 0 && first && v > x.top[b]+within, slope < 0 && first && v < x.low[b]-within:
		return 0, false
	case slope < 0 && first && v > x.top[b]+within:
		return x.top[b], true
	case slope > 0:
		return x.top[b], !math.IsInf(x.top[b], 1)
	default:
		return x.low[b], !math.IsInf(x.low[b], -1)
	}
}

// direct writes a column in terms of the basis.
func (x *simplex) direct(j int) {
	x.nonzero = x.nonzero[:0]
	for i := range x.m {
		v, inv := 0.0, x.inverse[i*x.m:(i+1)*x.m]
		if j >= x.n {
			v = -inv[j-x.n]
		} else {
			for _, t := range x.columns[j] {
				v += inv[t.of] * t.coef
			}
		}
		if math.Abs(v) < 1e-12 {
			v = 0
		}
		x.way[i] = v
		if v != 0 {
			x.nonzero = append(x.nonzero, i)
		}
	}
}

// swap puts a column into the basis in place of the one in a row.
func (x *simplex) swap(r, j int) {
	pivot := x.inverse[r*x.m : (r+1)*x.m]
	var at []int
	for k := range pivot {
		if pivot[k] != 0 {
			pivot[k] /= x.way[r]
			at = append(at, k)
		}
	}
	for _, i := range x.nonzero {
		if i == r {
			continue
		}
		line, f := x.inverse[i*x.m:(i+1)*x.m], x.way[i]
		for _, k := range at {
			line[k] -= f * pivot[k]
			if math.Abs(line[k]) < 1e-12 {
				line[k] = 0
			}
		}
	}
	x.at[x.basis[r]], x.at[j], x.basis[r] = -1, r, j
	x.sincere++
}

// refresh makes the inverse again from the basis, by Gauss and Jordan with
// pivots in rows.
func (x *simplex) refresh() error {
	m := x.m
	b := make([]float64, m*m)
	for k, j := range x.basis {
		if j >= x.n {
			b[(j-x.n)*m+k] = -1
			continue
		}
		for _, t := range x.columns[j] {
			b[t.of*m+k] = t.coef
		}
	}
	clear(x.inverse)
	for i := range m {
		x.inverse[i*m+i] = 1
	}
	for k := range m {
		p := k
		for i := k + 1; i < m; i++ {
			if math.Abs(b[i*m+k]) > math.Abs(b[p*m+k]) {
				p = i
			}
		}
		if math.Abs(b[p*m+k]) < 1e-11 {
			return errHard
		}
		if p != k {
			for c := range m {
				b[p*m+c], b[k*m+c] = b[k*m+c], b[p*m+c]
				x.inverse[p*m+c], x.inverse[k*m+c] = x.inverse[k*m+c], x.inverse[p*m+c]
			}
		}
		f := b[k*m+k]
		for c := range m {
			b[k*m+c] /= f
			x.inverse[k*m+c] /= f
		}
		for i := range m {
			f := b[i*m+k]
			if i == k || f == 0 {
				continue
			}
			for c := range m {
				b[i*m+c] -= f * b[k*m+c]
				x.inverse[i*m+c] -= f * x.inverse[k*m+c]
			}
		}
	}
	x.sincere = 0
	x.place()
	return nil
}
