package group

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"

	"filippo.io/edwards25519"

	"commonweal/belenios/group/internal/curve"
	"commonweal/belenios/group/internal/multiexp"
)

// edwards is the subgroup of order q of edwards25519, the curve of RFC 8032. What the
// interface calls multiplication is the addition of points.
type edwards struct {
	*order
	g      *edwardsElement
	public func() *curve.Base // g with a table
}

// The order of the base point: RFC 8032, section 5.1.
var ed25519Group = newEdwards("7237005577332262213973186563042994240857116359379907606001950938285454250989")

func newEdwards(q string) *edwards {
	g := &edwards{order: newOrder(decimal(q)), g: pointOf(edwards25519.NewGeneratorPoint())}
	g.public = sync.OnceValue(func() *curve.Base {
		return &curve.Base{X: g.g.X, Table: curve.NewTable(&g.g.X, g.q.BitLen())}
	})
	return g
}

// edwardsElement is a point, and a base so that terms over one element share it.
type edwardsElement struct {
	curve.Base
	p *edwards25519.Point
}

func pointOf(p *edwards25519.Point) *edwardsElement {
	return &edwardsElement{curve.Base{X: curve.FactorOf(p)}, p}
}

func (e *edwardsElement) element() {}

// String is the encoding of RFC 8032, section 5.1.2, reversed to big-endian, in hex.
func (e *edwardsElement) String() string {
	b := curve.Bytes(e.p)
	slices.Reverse(b)
	return hex.EncodeToString(b)
}

func (*edwards) own(e Element) *edwardsElement {
	own, ok := e.(*edwardsElement)
	if !ok {
		panic("group: element of another group given to Ed25519")
	}
	return own
}

// Name is Ed25519.
func (*edwards) Name() string { return "Ed25519" }

// Generator is the base point of RFC 8032.
func (g *edwards) Generator() Element { return g.g }

// Identity is the point (0, 1).
func (*edwards) Identity() Element { return pointOf(edwards25519.NewIdentityPoint()) }

// Parse reads 64 lower-case hexadecimal digits and refuses what RFC 8032 would not
// have written: y of p or more, and the sign bit beside x = 0.
func (*edwards) Parse(text string) (Element, error) {
	var b []byte
	if len(text) == 64 {
		b, _ = hex.DecodeString(text)
	}
	if len(b) != 32 || hex.EncodeToString(b) != text {
		return nil, fmt.Errorf("Ed25519 element %.70q is not 64 lower-case hexadecimal digits", text)
	}
	slices.Reverse(b)
	p, err := new(edwards25519.Point).SetBytes(b)
	if err != nil {
		return nil, fmt.Errorf("Ed25519 element %s is not on the curve", text)
	}
	if !bytes.Equal(curve.Bytes(p), b) {
		return nil, fmt.Errorf("Ed25519 element %s is not in canonical form", text)
	}
	return pointOf(p), nil
}

// Equal compares points.
func (g *edwards) Equal(a, b Element) bool { return g.own(a).p.Equal(g.own(b).p) == 1 }

// Compare orders by text, which has one length.
func (g *edwards) Compare(a, b Element) int {
	return bytes.Compare([]byte(g.own(a).String()), []byte(g.own(b).String()))
}

// Mul adds points.
func (g *edwards) Mul(a, b Element) Element {
	return pointOf(new(edwards25519.Point).Add(g.own(a).p, g.own(b).p))
}

// Inv negates a point.
func (g *edwards) Inv(a Element) Element {
	return pointOf(new(edwards25519.Point).Negate(g.own(a).p))
}

func (g *edwards) scalar(s Scalar) *edwards25519.Scalar {
	b := s.in(g.order).bytes()
	slices.Reverse(b)
	out, err := edwards25519.NewScalar().SetCanonicalBytes(b)
	if err != nil {
		panic("group: scalar out of range")
	}
	return out
}

// Exp is by the constant-time ladder of the library.
func (g *edwards) Exp(base Element, secret Scalar) Element {
	return pointOf(new(edwards25519.Point).ScalarMult(g.scalar(secret), g.own(base).p))
}

// Exps is Exp of each.
func (g *edwards) Exps(secrets ...Term) []Element {
	out := make([]Element, len(secrets))
	for i, t := range secrets {
		out[i] = g.Exp(t.Base, t.Exp)
	}
	return out
}

// ExpG is by the constant-time tables of the library.
func (g *edwards) ExpG(secret Scalar) Element {
	return pointOf(new(edwards25519.Point).ScalarBaseMult(g.scalar(secret)))
}

// Member multiplies by q. The curve has 8q points, so a point can be on it and yet
// have a part of order 2, 4 or 8, which q does not annihilate; the formulas are
// complete, so the product is right for such points too. Each point is multiplied by
// itself: among so few parts, those of several points would often cancel out in a sum.
func (g *edwards) Member(e Element) bool {
	_, member := g.Products(nil, e)
	return member[0]
}

// Product is one row of Products.
func (g *edwards) Product(terms ...Term) Element {
	values, _ := g.Products([][]Term{terms})
	return values[0]
}

// Products leaves each value with Z = 1, so that its text costs no inversion.
func (g *edwards) Products(rows [][]Term, members ...Element) ([]Element, []bool) {
	work := make([][]curve.Term, 0, len(rows)+len(members))
	for _, row := range rows {
		terms := make([]curve.Term, len(row))
		for i, t := range row {
			e := g.own(t.Base)
			base := &e.Base
			if e == g.g {
				base = g.public()
			}
			terms[i] = curve.Term{Base: base, Exp: multiexp.NewExponent(t.Exp.in(g.order).bytes())}
		}
		work = append(work, terms)
	}
	q := multiexp.NewExponent(g.q.Bytes())
	for _, e := range members {
		work = append(work, []curve.Term{{Base: &g.own(e).Base, Exp: q}})
	}

	out := curve.Products(work)
	values, member := make([]Element, len(rows)), make([]bool, len(members))
	for i, p := range curve.Points(out[:len(rows)]) {
		values[i] = pointOf(p)
	}
	for i := range members {
		member[i] = out[len(rows)+i].IsIdentity()
	}
	return values, member
}

// Precompute makes a table; that of the generator exists already.
func (g *edwards) Precompute(e Element, bits int) Element {
	own := g.own(e)
	if own == g.g {
		return &edwardsElement{*g.public(), own.p}
	}
	bits = min(bits, g.q.BitLen())
	return &edwardsElement{curve.Base{X: own.X, Table: curve.NewTable(&own.X, bits)}, own.p}
}

// How the Belenios of version 2.1 and later encodes values in points, and how it makes
// generators, is not in the specification that this package follows.
var errNotSpecified = errors.New("Ed25519 has no encoding of values and no independent generators in this specification")

// EncodeLimit is 0.
func (*edwards) EncodeLimit() int { return 0 }

// Encode always fails.
func (*edwards) Encode([]int) (Element, error) { return nil, errNotSpecified }

// Decode reads nothing.
func (*edwards) Decode(Element, int) ([]int, bool) { return nil, false }

// IndependentGenerator always fails.
func (*edwards) IndependentGenerator(int) (Element, error) { return nil, errNotSpecified }

var _, _ Group = (*edwards)(nil), (*finite)(nil)
