package group

import (
	"fmt"
	"math/big"
	"sync"

	"commonweal/belenios/group/internal/montgomery"
	"commonweal/belenios/group/internal/multiexp"
)

// finite is the subgroup of order q of Z_p^*.
type finite struct {
	*order
	name     string
	p        *big.Int
	mod      *montgomery.Modulus
	g        *finiteElement
	cofactor *big.Int // (p-1)/q; where it is 2, p is a safe prime
	padding  uint     // bits after the values in Encode; 0 where the group encodes nothing

	// What is made of g when it is first used.
	public func() *montgomery.Base // with a table for exponents as long as q
	secret func() *montgomery.Comb
}

// finiteElement holds its residue as a base, so that terms over one element share it.
type finiteElement struct {
	montgomery.Base
	in *finite
}

var (
	belenios2048 = newFinite("BELENIOS-2048", belenios2048P, belenios2048Q, belenios2048G, 0)
	rfc3526      = newFinite("RFC-3526-2048", rfc3526P, "", "2", 8)
)

// newFinite takes decimals; without a q, p is a safe prime and q is (p-1)/2.
func newFinite(name, p, q, g string, padding uint) *finite {
	f := &finite{name: name, p: decimal(p), padding: padding}
	f.mod = montgomery.NewModulus(f.p)
	if q == "" {
		f.order = newOrder(new(big.Int).Rsh(f.p, 1))
	} else {
		f.order = newOrder(decimal(q))
	}
	f.cofactor = new(big.Int).Div(f.p, f.q)
	f.g = f.of(decimal(g))
	f.public = sync.OnceValue(func() *montgomery.Base {
		return &montgomery.Base{X: f.g.X, Table: f.mod.NewTable(&f.g.X, f.q.BitLen())}
	})
	f.secret = sync.OnceValue(func() *montgomery.Comb { return f.mod.NewComb(&f.g.X, f.size) })
	return f
}

func decimal(text string) *big.Int {
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		panic("group: constant " + text)
	}
	return n
}

// of makes an element of a number in [1, p).
func (f *finite) of(v *big.Int) *finiteElement {
	var x montgomery.Nat
	f.mod.Set(&x, v)
	return f.from(&x)
}

func (f *finite) from(x *montgomery.Nat) *finiteElement {
	return &finiteElement{montgomery.Base{X: *x}, f}
}

func (f *finite) own(e Element) *finiteElement {
	own, ok := e.(*finiteElement)
	if !ok || own.in != f {
		panic("group: element of another group given to " + f.name)
	}
	return own
}

func (e *finiteElement) element() {}

func (e *finiteElement) big() *big.Int { return e.in.mod.Big(&e.X) }

// String is the number in [1, p), in decimal.
func (e *finiteElement) String() string { return e.big().String() }

// Name is that of the specification.
func (f *finite) Name() string { return f.name }

// Generator is the g of the specification.
func (f *finite) Generator() Element { return f.g }

// Identity is 1.
func (f *finite) Identity() Element { return f.of(big.NewInt(1)) }

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

// Equal compares residues, whatever their representation.
func (f *finite) Equal(a, b Element) bool { return f.mod.Equal(&f.own(a).X, &f.own(b).X) }

// Compare compares numbers in [1, p).
func (f *finite) Compare(a, b Element) int { return f.own(a).big().Cmp(f.own(b).big()) }

// Mul multiplies modulo p.
func (f *finite) Mul(a, b Element) Element {
	var x montgomery.Nat
	f.mod.Mul(&x, &f.own(a).X, &f.own(b).X)
	return f.from(&x)
}

// Inv is by the extended Euclidean algorithm.
func (f *finite) Inv(a Element) Element {
	return f.of(new(big.Int).ModInverse(f.own(a).big(), f.p))
}

// Exp is one of Exps.
func (f *finite) Exp(base Element, secret Scalar) Element {
	return f.Exps(Term{Base: base, Exp: secret})[0]
}

// Exps squares and multiplies alike for every window of the exponents.
func (f *finite) Exps(secrets ...Term) []Element {
	out := make([]Element, len(secrets))
	z, x, e := make([]*montgomery.Nat, len(out)), make([]*montgomery.Nat, len(out)), make([][]byte, len(out))
	for i, t := range secrets {
		power := &finiteElement{in: f}
		out[i] = power
		z[i], x[i], e[i] = &power.X, &f.own(t.Base).X, t.Exp.in(f.order).bytes()
	}
	f.mod.Exps(z, x, e)
	return out
}

// ExpG multiplies one entry of a table for every window of the exponent.
func (f *finite) ExpG(secret Scalar) Element {
	var x montgomery.Nat
	f.secret().Exp(&x, secret.in(f.order).bytes())
	return f.from(&x)
}

// Member is by the Jacobi symbol where p is a safe prime, and by raising to q where it
// is not: see the package comment for why, and why never for several at once.
func (f *finite) Member(e Element) bool {
	_, member := f.Products(nil, e)
	return member[0]
}

// Product is one row of Products.
func (f *finite) Product(terms ...Term) Element {
	values, _ := f.Products([][]Term{terms})
	return values[0]
}

// Products raises the members to q as further rows, where that is how to test them.
func (f *finite) Products(rows [][]Term, members ...Element) ([]Element, []bool) {
	work := make([][]montgomery.Term, 0, len(rows)+len(members))
	for _, row := range rows {
		terms := make([]montgomery.Term, len(row))
		for i, t := range row {
			e := f.own(t.Base)
			base := &e.Base
			if e == f.g {
				base = f.public()
			}
			terms[i] = montgomery.Term{Base: base, Exp: multiexp.NewExponent(t.Exp.in(f.order).bytes())}
		}
		work = append(work, terms)
	}
	safe := f.cofactor.Cmp(big.NewInt(2)) == 0
	if !safe {
		q := multiexp.NewExponent(f.q.Bytes())
		for _, e := range members {
			work = append(work, []montgomery.Term{{Base: &f.own(e).Base, Exp: q}})
		}
	}

	out := f.mod.Products(work)
	values, member := make([]Element, len(rows)), make([]bool, len(members))
	for i := range rows {
		values[i] = f.from(&out[i])
	}
	var one montgomery.Nat
	f.mod.One(&one)
	for i, e := range members {
		if safe {
			member[i] = f.mod.Jacobi(&f.own(e).X) == 1
		} else {
			member[i] = f.mod.Equal(&out[len(rows)+i], &one)
		}
	}
	return values, member
}

// Precompute makes a table; that of the generator exists already.
func (f *finite) Precompute(e Element, bits int) Element {
	own := f.own(e)
	if own == f.g {
		return &finiteElement{*f.public(), f}
	}
	bits = min(bits, f.q.BitLen()) // no exponent is longer
	return &finiteElement{montgomery.Base{X: own.X, Table: f.mod.NewTable(&own.X, bits)}, f}
}
