package multiexp

import (
	"fmt"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// The model is the integers modulo the prime 2^61-1: small enough that ten thousand
// plans take a second. It does nothing until Flush, the worst that an Ops may do, so
// that whoever reads a result too early or reuses memory too soon is found out. A factor
// is another type than an element, and knows its inverse if the group is to have them.
const modelPrime = 1<<61 - 1

type (
	modelElement struct{ v uint64 }
	modelFactor  struct{ v, inverse uint64 }
)

type model struct {
	inverses bool
	waiting  []func()
}

func modelMul(x, y uint64) uint64 {
	high, low := bits.Mul64(x, y)
	_, rest := bits.Div64(high, low, modelPrime)
	return rest
}

func modelExp(x uint64, e *big.Int) uint64 {
	p := new(big.Int).SetUint64(modelPrime)
	return new(big.Int).Exp(new(big.Int).SetUint64(x), e, p).Uint64()
}

func (m *model) factor(x uint64) modelFactor {
	f := modelFactor{v: x}
	if m.inverses {
		f.inverse = modelExp(x, big.NewInt(modelPrime-2))
	}
	return f
}

func (m *model) later(f func()) { m.waiting = append(m.waiting, f) }

func (m *model) side(f *modelFactor, inverse bool) uint64 {
	switch {
	case !inverse:
		return f.v
	case !m.inverses:
		panic("asked for an inverse")
	}
	return f.inverse
}

func (m *model) One(z *modelElement)     { m.later(func() { z.v = 1 }) }
func (m *model) Copy(z, x *modelElement) { m.later(func() { z.v = x.v }) }
func (m *model) Mul(z, x, y *modelElement) {
	m.later(func() { z.v = modelMul(x.v, y.v) })
}
func (m *model) Square(z, x *modelElement) { m.Mul(z, x, x) }
func (m *model) Set(z *modelElement, f *modelFactor, inverse bool) {
	m.later(func() { z.v = m.side(f, inverse) })
}

func (m *model) Times(z *modelElement, f *modelFactor, inverse bool) {
	m.later(func() { z.v = modelMul(z.v, m.side(f, inverse)) })
}

func (m *model) Factor(x *modelElement, room *modelFactor) *modelFactor {
	m.later(func() { *room = m.factor(x.v) })
	return room
}
func (m *model) Inverses() bool { return m.inverses }
func (m *model) Flush() {
	for _, f := range m.waiting {
		f()
	}
	m.waiting = nil
}

func (m *model) factors(xs []modelElement) []modelFactor {
	out := make([]modelFactor, len(xs))
	for i, x := range xs {
		out[i] = m.factor(x.v)
	}
	return out
}

type modelTerm = Term[modelElement, modelFactor]

// check compares every row with powers taken one by one.
func (m *model) check(t *testing.T, rows [][]modelTerm) {
	t.Helper()
	for r, got := range Products(m, rows) {
		want := uint64(1)
		for _, term := range rows[r] {
			e := new(big.Int)
			for i, w := range term.Exp {
				e.Or(e, new(big.Int).Lsh(new(big.Int).SetUint64(w), uint(64*i)))
			}
			want = modelMul(want, modelExp(term.Base.X.v, e))
		}
		if got.v != want {
			t.Fatalf("inverses %t: row %d of %d is %d, want %d", m.inverses, r, len(rows), got.v, want)
		}
	}
}

// Any number of rows of any lengths over few bases, with and without tables, and
// exponents of any length: runs of ones, single bits and random ones.
func TestProducts_AnyPlan(t *testing.T) {
	for _, inverses := range []bool{false, true} {
		t.Run(fmt.Sprint("inverses ", inverses), func(t *testing.T) {
			m := &model{inverses: inverses}
			r := rand.New(rand.NewPCG(13, 14))
			for range 400 {
				bases := make([]*Base[modelElement, modelFactor], 1+r.IntN(8))
				for i := range bases {
					bases[i] = &Base[modelElement, modelFactor]{X: m.factor(1 + r.Uint64N(modelPrime-1))}
					if r.IntN(6) == 0 {
						bases[i].Table = NewTable(m, &bases[i].X, 1+r.IntN(40), m.factors)
					}
				}
				rows := make([][]modelTerm, r.IntN(7))
				for i := range rows {
					n := r.IntN(5)
					if r.IntN(20) == 0 {
						n = 60 // long enough for slots by place
					}
					for range n {
						e := randomBits(r, r.IntN(90))
						switch r.IntN(4) {
						case 0:
							e = new(big.Int).Lsh(big.NewInt(1), uint(r.IntN(90)))
						case 1:
							e = new(big.Int).Lsh(big.NewInt(1), uint(r.IntN(90)))
							e.Sub(e, big.NewInt(1))
						}
						term := modelTerm{Base: bases[r.IntN(len(bases))], Exp: NewExponent(e.Bytes())}
						rows[i] = append(rows[i], term)
					}
				}
				m.check(t, rows)
			}
		})
	}
}

// Long exponents use the widest windows and the narrower tables.
func TestProducts_LongExponents(t *testing.T) {
	for _, inverses := range []bool{false, true} {
		m := &model{inverses: inverses}
		r := rand.New(rand.NewPCG(15, 16))
		base := func() *Base[modelElement, modelFactor] {
			return &Base[modelElement, modelFactor]{X: m.factor(1 + r.Uint64N(modelPrime-1))}
		}
		for range 6 {
			a, b, c := base(), base(), base()
			c.Table = NewTable(m, &c.X, 2047, m.factors)
			e := func(bits int) Exponent { return NewExponent(randomBits(r, bits).Bytes()) }
			m.check(t, [][]modelTerm{
				{{a, e(2047)}, {b, e(256)}, {c, e(2047)}}, {{a, e(2048)}, {c, e(2046)}}, {{c, e(2050)}},
			})
		}
	}
}
