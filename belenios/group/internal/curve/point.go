// Package curve is the arithmetic of edwards25519 that package multiexp needs: the
// curve -x^2 + y^2 = 1 + d x^2 y^2 over the integers modulo 2^255 - 19 (RFC 8032,
// section 5.1), with field arithmetic of its own; points come from filippo.io/edwards25519 and go back to it.
//
// The formulas are those of Hisil, Wong, Carter and Dawson, "Twisted Edwards curves
// revisited" (2008). They are complete: -1 is a square modulo p and d is not, so they
// are right for every pair of points of the curve, those of small order among them.
// None of it is for secrets: which formula runs depends on signs and tables.
package curve

import (
	"math/big"

	"filippo.io/edwards25519"
)

// Point is a point of the curve, either in extended coordinates (X:Y:Z:T), where
// x = X/Z, y = Y/Z and T = XY/Z; or, as additions and doublings leave it, as the two
// fractions x = E/G and y = H/F. Products give the extended coordinates of those:
// X = EF, Y = GH, Z = FG, T = EH, and doubling does without the last.
type Point struct {
	e, f, g, h element // or X, Y, Z, T
	extended   bool
}

// Factor is a point in the form that an addition wants: Y-X, Y+X, 2dT and 2Z.
type Factor struct {
	minus, plus, t2d, z2 element
	affine               bool // Z is 1 and z2 is not set
}

var (
	zero = element{}
	one  = element{1}
	d2   = twiceD()

	fieldOne = one.field()
)

// twiceD is 2d for d = -121665/121666.
func twiceD() (z element) {
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	d := new(big.Int).ModInverse(big.NewInt(121666), p)
	d.Mul(d, big.NewInt(-2*121665)).Mod(d, p)
	for i := range z {
		z[i] = new(big.Int).Rsh(d, uint(64*i)).Uint64()
	}
	return z
}

// FactorOf makes the factor of a point of the library.
func FactorOf(p *edwards25519.Point) Factor {
	var x, y, z, t element
	px, py, pz, pt := p.ExtendedCoordinates()
	x.set(px)
	y.set(py)
	z.set(pz)
	t.set(pt)
	var f Factor
	f.set(&x, &y, &z, &t)
	return f
}

func (f *Factor) set(x, y, z, t *element) {
	f.minus.subtract(y, x)
	f.plus.add(y, x)
	f.t2d.multiply(t, &d2)
	f.z2.add(z, z)
	f.affine = false
}

// extend turns fractions into extended coordinates.
func (p *Point) extend() {
	if p.extended {
		return
	}
	var x, y element
	x.multiply(&p.e, &p.f)
	y.multiply(&p.g, &p.h)
	p.g.multiply(&p.f, &p.g)
	p.h.multiply(&p.e, &p.h)
	p.e, p.f, p.extended = x, y, true
}

// IsIdentity reports whether p is the neutral element (0, 1).
func (p *Point) IsIdentity() bool {
	p.extend()
	return p.e.equal(&zero) && p.f.equal(&p.g)
}

// Points turns points into those of the library, with Z = 1: all at the price of one
// inversion.
func Points(ps []Point) []*edwards25519.Point {
	out := make([]*edwards25519.Point, len(ps))
	for i, c := range affine(ps) {
		q, err := new(edwards25519.Point).SetExtendedCoordinates(c.x.field(), c.y.field(), fieldOne, c.t.field())
		if err != nil {
			panic("curve: " + err.Error()) // sums of points of the curve are on it
		}
		out[i] = q
	}
	return out
}

// factors turns points into affine factors.
func factors(ps []Point) []Factor {
	out := make([]Factor, len(ps))
	for i, c := range affine(ps) {
		out[i].set(&c.x, &c.y, &one, &c.t)
		out[i].affine = true
	}
	return out
}

type coordinates struct{ x, y, t element } // with Z = 1

// affine divides by all denominators at once (Montgomery's trick): with the products
// of the first, the first two, ... of them, the inverse of the last gives each.
func affine(ps []Point) []coordinates {
	if len(ps) == 0 {
		return nil
	}
	before := make([]element, len(ps))
	product := one
	for i := range ps {
		ps[i].extend()
		before[i] = product
		product.multiply(&product, &ps[i].g)
	}
	var inverse element
	inverse.invert(&product)
	out := make([]coordinates, len(ps))
	for i := len(ps) - 1; i >= 0; i-- {
		var each element
		each.multiply(&inverse, &before[i])
		inverse.multiply(&inverse, &ps[i].g)
		c := &out[i]
		c.x.multiply(&ps[i].e, &each)
		c.y.multiply(&ps[i].f, &each)
		c.t.multiply(&c.x, &c.y)
	}
	return out
}
