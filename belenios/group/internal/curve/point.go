// Package curve is the arithmetic of edwards25519 that package multiexp needs: the
// curve -x^2 + y^2 = 1 + d x^2 y^2 over the integers modulo 2^255 - 19 (RFC 8032,
// section 5.1), with field arithmetic of filippo.io/edwards25519.
//
// The formulas are those of Hisil, Wong, Carter and Dawson, "Twisted Edwards curves
// revisited" (2008). They are complete: -1 is a square modulo p and d is not, so they
// are right for every pair of points of the curve, those of small order among them.
// None of it is for secrets: which formula runs depends on signs and tables.
package curve

import (
	"math/big"

	"filippo.io/edwards25519"
	"filippo.io/edwards25519/field"
)

// Point is a point of the curve as two fractions: x = E/G and y = H/F. Products give
// the extended coordinates (X:Y:Z:T) = (EF : GH : FG : EH), of which doubling does
// without the last.
type Point struct {
	e, f, g, h field.Element
}

// Factor is a point in the form that an addition wants: Y-X, Y+X, 2dT and 2Z.
type Factor struct {
	minus, plus, t2d, z2 field.Element
	affine               bool // Z is 1 and z2 is not set
}

var (
	one  = *new(field.Element).One()
	d2   = twiceD()
	zero field.Element
)

// twiceD is 2d for d = -121665/121666.
func twiceD() field.Element {
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	d := new(big.Int).ModInverse(big.NewInt(121666), p)
	d.Mul(d, big.NewInt(-2*121665)).Mod(d, p)
	b := d.FillBytes(make([]byte, 32))
	for i := range 16 {
		b[i], b[31-i] = b[31-i], b[i]
	}
	e, err := new(field.Element).SetBytes(b)
	if err != nil {
		panic("curve: " + err.Error())
	}
	return *e
}

// FactorOf makes the factor of a point of the library.
func FactorOf(p *edwards25519.Point) Factor {
	x, y, z, t := p.ExtendedCoordinates()
	var f Factor
	f.set(x, y, z, t)
	return f
}

func (f *Factor) set(x, y, z, t *field.Element) {
	f.minus.Subtract(y, x)
	f.plus.Add(y, x)
	f.t2d.Multiply(t, &d2)
	f.z2.Add(z, z)
	f.affine = false
}

// extended is x, y, z, t with x = X/Z, y = Y/Z and T = XY/Z.
func (p *Point) extended() (x, y, z, t field.Element) {
	x.Multiply(&p.e, &p.f)
	y.Multiply(&p.g, &p.h)
	z.Multiply(&p.f, &p.g)
	t.Multiply(&p.e, &p.h)
	return x, y, z, t
}

// IsIdentity reports whether p is the neutral element (0, 1).
func (p *Point) IsIdentity() bool { return p.e.Equal(&zero) == 1 && p.h.Equal(&p.f) == 1 }

// Points turns points into those of the library, with Z = 1: all at the price of one
// inversion.
func Points(ps []Point) []*edwards25519.Point {
	out := make([]*edwards25519.Point, len(ps))
	for i, c := range affine(ps) {
		q, err := new(edwards25519.Point).SetExtendedCoordinates(&c.x, &c.y, &one, &c.t)
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

type coordinates struct{ x, y, t field.Element } // with Z = 1

// affine divides by all denominators at once (Montgomery's trick): with the products
// of the first, the first two, ... of them, the inverse of the last gives each.
func affine(ps []Point) []coordinates {
	if len(ps) == 0 {
		return nil
	}
	z, before := make([]field.Element, len(ps)), make([]field.Element, len(ps))
	product := one
	for i := range ps {
		z[i].Multiply(&ps[i].f, &ps[i].g)
		before[i] = product
		product.Multiply(&product, &z[i])
	}
	inverse := *new(field.Element).Invert(&product)
	out := make([]coordinates, len(ps))
	for i := len(ps) - 1; i >= 0; i-- {
		var each field.Element
		each.Multiply(&inverse, &before[i])
		inverse.Multiply(&inverse, &z[i])
		c := &out[i]
		c.x.Multiply(&ps[i].e, &ps[i].f)
		c.x.Multiply(&c.x, &each)
		c.y.Multiply(&ps[i].g, &ps[i].h)
		c.y.Multiply(&c.y, &each)
		c.t.Multiply(&c.x, &c.y)
	}
	return out
}
