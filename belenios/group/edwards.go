package group

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"filippo.io/edwards25519"
)

// edwards is the subgroup of order q of edwards25519, the curve of RFC 8032.
type edwards struct{ *order }

type edwardsElement struct{ p *edwards25519.Point }

// The order of the base point: RFC 8032, section 5.1.
var ed25519Group = edwards{newOrder(decimal("7237005577332262213973186563042994240857116359379907606001950938285454250989"))}

func (e *edwardsElement) element() {}

// String is the encoding of RFC 8032, section 5.1.2, reversed to big-endian, in hex.
func (e *edwardsElement) String() string {
	b := e.p.Bytes()
	slices.Reverse(b)
	return hex.EncodeToString(b)
}

func (edwards) own(e Element) *edwards25519.Point {
	own, ok := e.(*edwardsElement)
	if !ok {
		panic("group: element of another group given to Ed25519")
	}
	return own.p
}

func (edwards) Name() string       { return "Ed25519" }
func (edwards) Generator() Element { return &edwardsElement{edwards25519.NewGeneratorPoint()} }
func (edwards) Identity() Element  { return &edwardsElement{edwards25519.NewIdentityPoint()} }

// Parse reads 64 lower-case hexadecimal digits and refuses what RFC 8032 would not
// have written: y of p or more, and the sign bit beside x = 0.
func (edwards) Parse(text string) (Element, error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != 32 || hex.EncodeToString(b) != text {
		return nil, fmt.Errorf("Ed25519 element %.70q is not 64 lower-case hexadecimal digits", text)
	}
	slices.Reverse(b)
	p, err := new(edwards25519.Point).SetBytes(b)
	if err != nil {
		return nil, fmt.Errorf("Ed25519 element %s is not on the curve", text)
	}
	if !bytes.Equal(p.Bytes(), b) {
		return nil, fmt.Errorf("Ed25519 element %s is not in canonical form", text)
	}
	return &edwardsElement{p}, nil
}

// Member multiplies by q - 1, the largest scalar, and adds the point once more.
func (g edwards) Member(e Element) bool {
	p := g.own(e)
	last := new(edwards25519.Point).ScalarMult(g.scalar(g.ScalarInt(-1)), p)
	return last.Add(last, p).Equal(edwards25519.NewIdentityPoint()) == 1
}

func (g edwards) Equal(a, b Element) bool { return g.own(a).Equal(g.own(b)) == 1 }
func (g edwards) Compare(a, b Element) int {
	_, _ = g.own(a), g.own(b)
	return bytes.Compare([]byte(a.String()), []byte(b.String()))
}

func (g edwards) Mul(a, b Element) Element {
	return &edwardsElement{new(edwards25519.Point).Add(g.own(a), g.own(b))}
}

func (g edwards) Inv(a Element) Element {
	return &edwardsElement{new(edwards25519.Point).Negate(g.own(a))}
}

func (g edwards) scalar(s Scalar) *edwards25519.Scalar {
	b := s.in(g.order).bytes()
	slices.Reverse(b)
	out, err := edwards25519.NewScalar().SetCanonicalBytes(b)
	if err != nil {
		panic("group: scalar out of range")
	}
	return out
}

func (g edwards) Exp(base Element, secret Scalar) Element {
	return &edwardsElement{new(edwards25519.Point).ScalarMult(g.scalar(secret), g.own(base))}
}

func (g edwards) ExpG(secret Scalar) Element {
	return &edwardsElement{new(edwards25519.Point).ScalarBaseMult(g.scalar(secret))}
}

func (g edwards) Product(terms ...Term) Element {
	values, _ := g.Products([][]Term{terms})
	return values[0]
}

func (g edwards) Products(rows [][]Term, members ...Element) ([]Element, []bool) {
	values, member := make([]Element, len(rows)), make([]bool, len(members))
	for i, row := range rows {
		values[i] = g.Identity()
		for _, t := range row {
			values[i] = g.Mul(values[i], g.Exp(t.Base, t.Exp))
		}
	}
	for i, e := range members {
		member[i] = g.Member(e)
	}
	return values, member
}

func (edwards) Precompute(e Element, _ int) Element { return e }

func (edwards) EncodeLimit() int                  { return 0 }
func (edwards) Encode([]int) (Element, error)     { return nil, errors.New("Ed25519 encodes no values") }
func (edwards) Decode(Element, int) ([]int, bool) { return nil, false }
func (edwards) IndependentGenerator(int) (Element, error) {
	return nil, errors.New("Ed25519 has no independent generators here")
}

var _, _ Group = edwards{}, (*finite)(nil)
