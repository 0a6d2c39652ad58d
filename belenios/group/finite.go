package group

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"strconv"
)

// finite is the subgroup of order q of Z_p^*.
type finite struct {
	*order
	name    string
	p       *big.Int
	g       *finiteElement
	padding uint // bits after the values in Encode; 0 where the group encodes nothing
}

type finiteElement struct {
	v  *big.Int
	in *finite
}

const bitsPerInt = 8

var (
	belenios2048 = newFinite("BELENIOS-2048", belenios2048P, belenios2048Q, belenios2048G, 0)
	rfc3526      = newFinite("RFC-3526-2048", rfc3526P, "", "2", 8)
)

// newFinite takes decimals; without a q, p is a safe prime and q is (p-1)/2.
func newFinite(name, p, q, g string, padding uint) *finite {
	f := &finite{name: name, p: decimal(p), padding: padding}
	if q == "" {
		f.order = newOrder(new(big.Int).Rsh(f.p, 1))
	} else {
		f.order = newOrder(decimal(q))
	}
	f.g = f.of(decimal(g))
	return f
}

func decimal(text string) *big.Int {
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		panic("group: constant " + text)
	}
	return n
}

func (f *finite) of(v *big.Int) *finiteElement { return &finiteElement{v, f} }

func (f *finite) own(e Element) *finiteElement {
	own, ok := e.(*finiteElement)
	if !ok || own.in != f {
		panic("group: element of another group given to " + f.name)
	}
	return own
}

func (e *finiteElement) element()       {}
func (e *finiteElement) String() string { return e.v.String() }

func (f *finite) Name() string       { return f.name }
func (f *finite) Generator() Element { return f.g }
func (f *finite) Identity() Element  { return f.of(big.NewInt(1)) }

// Parse reads a canonical decimal in [1, p).
func (f *finite) Parse(text string) (Element, error) {
	v, err := parseDecimal(text, f.p)
	if err != nil {
		return nil, fmt.Errorf("%s element %w", f.name, err)
	}
	if v.Sign() == 0 {
		return nil, fmt.Errorf("%s element 0 is not invertible", f.name)
	}
	return f.of(v), nil
}

func (f *finite) Member(e Element) bool {
	return new(big.Int).Exp(f.own(e).v, f.q, f.p).Cmp(big.NewInt(1)) == 0
}

func (f *finite) Equal(a, b Element) bool  { return f.Compare(a, b) == 0 }
func (f *finite) Compare(a, b Element) int { return f.own(a).v.Cmp(f.own(b).v) }

func (f *finite) Mul(a, b Element) Element {
	v := new(big.Int).Mul(f.own(a).v, f.own(b).v)
	return f.of(v.Mod(v, f.p))
}

func (f *finite) Inv(a Element) Element { return f.of(new(big.Int).ModInverse(f.own(a).v, f.p)) }

func (f *finite) Exp(base Element, secret Scalar) Element {
	return f.of(new(big.Int).Exp(f.own(base).v, secret.Big(), f.p))
}

func (f *finite) ExpG(secret Scalar) Element { return f.Exp(f.g, secret) }

func (f *finite) Product(terms ...Term) Element {
	values, _ := f.Products([][]Term{terms})
	return values[0]
}

func (f *finite) Products(rows [][]Term, members ...Element) ([]Element, []bool) {
	values, member := make([]Element, len(rows)), make([]bool, len(members))
	for i, row := range rows {
		values[i] = f.Identity()
		for _, t := range row {
			values[i] = f.Mul(values[i], f.Exp(t.Base, t.Exp))
		}
	}
	for i, e := range members {
		member[i] = f.Member(e)
	}
	return values, member
}

func (f *finite) Precompute(e Element, _ int) Element { return e }

// EncodeLimit leaves room for the padding and keeps the encoded number below p.
func (f *finite) EncodeLimit() int {
	if f.padding == 0 {
		return 0
	}
	return (f.p.BitLen() - 1 - int(f.padding)) / bitsPerInt
}

// Encode is group_encode of section 4.11.2.
func (f *finite) Encode(values []int) (Element, error) {
	if len(values) > f.EncodeLimit() {
		return nil, fmt.Errorf("%s encodes at most %d values, not %d", f.name, f.EncodeLimit(), len(values))
	}
	v := new(big.Int)
	for _, n := range values {
		if n < 0 || n >= 1<<bitsPerInt {
			return nil, fmt.Errorf("value %d cannot be encoded in %d bits", n, bitsPerInt)
		}
		v.Lsh(v, bitsPerInt).Or(v, big.NewInt(int64(n)))
	}
	v.Lsh(v, f.padding)
	for range 1 << f.padding {
		if e := f.of(v); v.Sign() != 0 && f.Member(e) {
			return e, nil
		}
		v = new(big.Int).Add(v, big.NewInt(1))
	}
	return nil, errors.New("no element encodes the values")
}

func (f *finite) Decode(e Element, n int) ([]int, bool) {
	v := new(big.Int).Rsh(f.own(e).v, f.padding)
	values := make([]int, n)
	for i := n - 1; i >= 0; i-- {
		values[i] = int(new(big.Int).And(v, big.NewInt(1<<bitsPerInt-1)).Int64())
		v.Rsh(v, bitsPerInt)
	}
	return values, v.Sign() == 0
}

// IndependentGenerator is GetGenerator of section 6, table 8.
func (f *finite) IndependentGenerator(i int) (Element, error) {
	sum := sha256.Sum256([]byte("ggen|" + strconv.Itoa(i)))
	cofactor := new(big.Int).Div(f.p, f.q) // p = cofactor*q + 1
	h := f.of(new(big.Int).Exp(new(big.Int).SetBytes(sum[:]), cofactor, f.p))
	if h.v.Cmp(big.NewInt(1)) <= 0 || f.Equal(h, f.g) {
		return nil, fmt.Errorf("%s generator %d is not independent", f.name, i)
	}
	return h, nil
}
