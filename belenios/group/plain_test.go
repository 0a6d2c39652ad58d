package group

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"filippo.io/edwards25519"
)

// plain is a group computed in the most obvious way, on texts: with math/big, or with
// the curve library alone. It is what the fast groups are compared with.
type plain interface {
	mul(a, b string) string
	exp(a string, e *big.Int) string // for e of any size and any sign
}

type plainField struct{ p *big.Int }

func (f plainField) mul(a, b string) string {
	x := new(big.Int).Mul(decimal(a), decimal(b))
	return x.Mod(x, f.p).String()
}

func (f plainField) exp(a string, e *big.Int) string {
	return new(big.Int).Exp(decimal(a), e, f.p).String()
}

type plainCurve struct{}

func (plainCurve) point(text string) *edwards25519.Point {
	b, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	slices.Reverse(b)
	p, err := new(edwards25519.Point).SetBytes(b)
	if err != nil {
		panic(err)
	}
	return p
}

func (plainCurve) text(p *edwards25519.Point) string {
	b := p.Bytes()
	slices.Reverse(b)
	return hex.EncodeToString(b)
}

func (c plainCurve) mul(a, b string) string {
	return c.text(new(edwards25519.Point).Add(c.point(a), c.point(b)))
}

// exp doubles and adds, bit by bit.
func (c plainCurve) exp(a string, e *big.Int) string {
	p, acc := c.point(a), edwards25519.NewIdentityPoint()
	if e.Sign() < 0 {
		p.Negate(p)
		e = new(big.Int).Neg(e)
	}
	for i := e.BitLen() - 1; i >= 0; i-- {
		acc.Add(acc, acc)
		if e.Bit(i) == 1 {
			acc.Add(acc, p)
		}
	}
	return c.text(acc)
}

func plainOf(g Group) plain {
	if f, ok := g.(*finite); ok {
		return plainField{f.p}
	}
	return plainCurve{}
}

// forEach runs a test in every group with its own randomness, which is fixed.
func forEach(t *testing.T, f func(t *testing.T, g Group, r *rand.ChaCha8)) {
	t.Helper()
	for _, name := range Names() {
		g, ok := ByName(name)
		if !ok || g.Name() != name {
			t.Fatalf("no group %s", name)
		}
		t.Run(name, func(t *testing.T) {
			f(t, g, rand.NewChaCha8(sha256.Sum256([]byte(name+t.Name()))))
		})
	}
}

func randomScalar(t testing.TB, g Group, r *rand.ChaCha8) Scalar {
	t.Helper()
	s, err := g.RandomScalar(r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// edgeScalars are the exponents at which windows and carries behave in their own way.
func edgeScalars(t testing.TB, g Group, r *rand.ChaCha8) []Scalar {
	q := g.Order()
	half := new(big.Int).Rsh(q, 1)
	out := []Scalar{
		g.ScalarInt(0), g.ScalarInt(1), g.ScalarInt(2), g.ScalarInt(255), g.ScalarInt(256), g.ScalarInt(-1), g.ScalarInt(-2),
		g.ReduceScalar(half.Bytes()), g.ReduceScalar(new(big.Int).Lsh(big.NewInt(1), uint(q.BitLen()-1)).Bytes()),
		g.HashScalar([]byte("short where q is long")),
	}
	for range 3 {
		out = append(out, randomScalar(t, g, r))
	}
	return out
}

// strangers are elements of the ambient set outside the group, by what they are.
func strangers(t testing.TB, g Group) map[string]Element {
	t.Helper()
	out := make(map[string]Element)
	add := func(name, text string) {
		e, err := g.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = e
		out[name+", times g"] = g.Mul(e, g.Generator())
	}
	f, ok := g.(*finite)
	if !ok {
		for i, text := range smallOrder {
			if i > 0 {
				add("point of small order "+strconv.Itoa(i), text)
			}
		}
		return out
	}
	one := big.NewInt(1)
	minusOne := new(big.Int).Sub(f.p, one)
	add("-1, of order 2", minusOne.String())
	third := new(big.Int)
	for base := int64(2); f.cofactor.Cmp(big.NewInt(2)) != 0; base++ {
		third.Exp(big.NewInt(base), new(big.Int).Div(minusOne, big.NewInt(3)), f.p)
		if third.Cmp(one) != 0 {
			add("of order 3", third.String())
			break
		}
	}
	for x := int64(2); ; x++ {
		if big.Jacobi(big.NewInt(x), f.p) == -1 {
			add("no square", strconv.FormatInt(x, 10))
			break
		}
	}
	return out
}

// smallOrder are the eight points whose order divides 8, the identity first, as
// big-endian text.
var smallOrder = func() (out []string) {
	// A point of the curve times q has an order that divides 8; take one where it is 8.
	c := plainCurve{}
	q := ed25519Group.q
	for seed := byte(1); ; seed++ {
		b := make([]byte, 32)
		b[0] = seed
		p, err := new(edwards25519.Point).SetBytes(b)
		if err != nil {
			continue
		}
		torsion := c.exp(c.text(p), q)
		if c.exp(torsion, big.NewInt(4)) == c.text(edwards25519.NewIdentityPoint()) {
			continue
		}
		for i := range int64(8) {
			out = append(out, c.exp(torsion, big.NewInt(i)))
		}
		return out
	}
}()
