package curve

import (
	"filippo.io/edwards25519/field"

	"commonweal/belenios/group/internal/multiexp"
)

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

func (ops) One(z *Point) { *z = Point{zero, one, one, one} }

func (ops) Copy(z, x *Point) { *z = *x }

func (ops) Mul(z, x, y *Point) {
	var f Factor
	ops{}.Factor(y, &f)
	*z = *x
	ops{}.Times(z, &f, false)
}

// Square doubles: dbl-2008-hwcd for a = -1.
func (ops) Square(z, p *Point) {
	var x, y, zz, a, b, c field.Element
	x.Multiply(&p.e, &p.f)
	y.Multiply(&p.g, &p.h)
	zz.Multiply(&p.f, &p.g)
	a.Square(&x)
	b.Square(&y)
	c.Square(&zz)
	c.Add(&c, &c)
	x.Add(&x, &y)
	x.Square(&x)
	y.Add(&a, &b)
	z.e.Subtract(&x, &y)   // (X+Y)^2 - A - B
	z.g.Subtract(&b, &a)   // B - A
	z.f.Subtract(&z.g, &c) // G - C
	z.h.Negate(&y)         // -A - B
}

// Set makes z the point of the factor: E = 2X, H = 2Y and F = G = 2Z.
func (ops) Set(z *Point, f *Factor, inverse bool) {
	if inverse {
		z.e.Subtract(&f.minus, &f.plus)
	} else {
		z.e.Subtract(&f.plus, &f.minus)
	}
	z.h.Add(&f.plus, &f.minus)
	z.f = f.z2
	if f.affine {
		z.f.Add(&one, &one)
	}
	z.g = z.f
}

// Times adds or subtracts: add-2008-hwcd-3. The negative of a point has -X and -T.
func (ops) Times(p *Point, q *Factor, inverse bool) {
	minus, plus := &q.minus, &q.plus
	if inverse {
		minus, plus = plus, minus
	}
	x, y, z, t := p.extended()
	var a, b, c, d field.Element
	a.Subtract(&y, &x)
	a.Multiply(&a, minus)
	b.Add(&y, &x)
	b.Multiply(&b, plus)
	c.Multiply(&t, &q.t2d)
	if q.affine {
		d.Add(&z, &z)
	} else {
		d.Multiply(&z, &q.z2)
	}
	p.e.Subtract(&b, &a)
	p.h.Add(&b, &a)
	if inverse {
		p.f.Add(&d, &c)
		p.g.Subtract(&d, &c)
	} else {
		p.f.Subtract(&d, &c)
		p.g.Add(&d, &c)
	}
}

func (ops) Factor(x *Point, room *Factor) *Factor {
	a, b, z, t := x.extended()
	room.set(&a, &b, &z, &t)
	return room
}

func (ops) Flush() {}

// Inverses is true: the negative of a point costs nothing.
func (ops) Inverses() bool { return true }
