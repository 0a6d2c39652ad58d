package curve

import "commonweal/belenios/group/internal/multiexp"

// Base, Term and Table are those of multiexp for points.
type (
	Base  = multiexp.Base[Point, Factor]
	Term  = multiexp.Term[Point, Factor]
	Table = multiexp.Table[Point, Factor]
)

// Products computes the sum of the multiples in each row; see [multiexp.Products].
func Products(rows [][]Term) []Point { return multiexp.Products(ops{}, rows) }

// NewTable makes the table of base for scalars of at most bits bits: half a megabyte
// for 253.
func NewTable(base *Factor, bits int) *Table {
	return multiexp.NewTable(ops{}, base, bits, factors)
}

// ops writes the addition of points as multiplication.
type ops struct{}

var _ multiexp.Ops[Point, Factor] = ops{}

func (ops) One(z *Point) { *z = Point{zero, one, one, zero, true} }

func (ops) Copy(z, x *Point) { *z = *x }

func (ops) Mul(z, x, y *Point) {
	var f Factor
	ops{}.Factor(y, &f)
	*z = *x
	ops{}.Times(z, &f, false)
}

// Square doubles: dbl-2008-hwcd for a = -1.
func (ops) Square(z, p *Point) {
	x, y, w := p.e, p.f, p.g
	if !p.extended {
		x.multiply(&p.e, &p.f)
		y.multiply(&p.g, &p.h)
		w.multiply(&p.f, &p.g)
	}
	var a, b, c element
	a.square(&x)
	b.square(&y)
	c.square(&w)
	c.add(&c, &c)
	x.add(&x, &y)
	x.square(&x)
	y.add(&a, &b)
	z.e.subtract(&x, &y)    // (X+Y)^2 - A - B
	z.g.subtract(&b, &a)    // B - A
	z.f.subtract(&z.g, &c)  // G - 2Z^2
	z.h.subtract(&zero, &y) // -A - B
	z.extended = false
}

// Set makes z the point of the factor: E = 2X, H = 2Y and F = G = 2Z.
func (ops) Set(z *Point, f *Factor, inverse bool) {
	if inverse {
		z.e.subtract(&f.minus, &f.plus)
	} else {
		z.e.subtract(&f.plus, &f.minus)
	}
	z.h.add(&f.plus, &f.minus)
	z.f = f.z2
	if f.affine {
		z.f = element{2}
	}
	z.g = z.f
	z.extended = false
}

// Times adds or subtracts: add-2008-hwcd-3. The negative of a point has -X and -T.
func (ops) Times(p *Point, q *Factor, inverse bool) {
	minus, plus := &q.minus, &q.plus
	if inverse {
		minus, plus = plus, minus
	}
	p.extend()
	var a, b, c, d element
	a.subtract(&p.f, &p.e)
	a.multiply(&a, minus)
	b.add(&p.f, &p.e)
	b.multiply(&b, plus)
	c.multiply(&p.h, &q.t2d)
	if q.affine {
		d.add(&p.g, &p.g)
	} else {
		d.multiply(&p.g, &q.z2)
	}
	p.e.subtract(&b, &a)
	p.h.add(&b, &a)
	if inverse {
		p.f.add(&d, &c)
		p.g.subtract(&d, &c)
	} else {
		p.f.subtract(&d, &c)
		p.g.add(&d, &c)
	}
	p.extended = false
}

// Factor leaves x in extended coordinates, which the next doubling or addition needs.
func (ops) Factor(x *Point, room *Factor) *Factor {
	x.extend()
	room.set(&x.e, &x.f, &x.g, &x.h)
	return room
}

func (ops) Flush() {}

// Inverses is true: the negative of a point costs nothing.
func (ops) Inverses() bool { return true }
