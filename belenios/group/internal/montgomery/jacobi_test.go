package montgomery

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// The symbol is the one that math/big gives, at edges, for random numbers, small
// numbers and multiples of small factors of a composite modulus.
func TestJacobi_AgreesWithMathBig(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for name, p := range moduli(t) {
		m := NewModulus(p)
		check := func(x *big.Int) {
			t.Helper()
			var n Nat
			m.Set(&n, x)
			if got, want := m.Jacobi(&n), big.Jacobi(x, p); got != want {
				t.Fatalf("%s: (%x/p) = %d, want %d", name, x, got, want)
			}
		}
		for _, x := range edges(m) {
			check(x)
		}
		for range 200 {
			x := random(r, p)
			check(x)
			check(x.Rsh(x, uint(r.IntN(2047))))
		}
		for x := range int64(60) {
			check(big.NewInt(x))
		}
	}
}

func BenchmarkJacobi(b *testing.B) {
	p := moduli(b)["close to 2^2048"]
	m := NewModulus(p)
	r := rand.New(rand.NewPCG(3, 4))
	xs := make([]*big.Int, 64)
	ns := make([]Nat, len(xs))
	for i := range xs {
		xs[i] = random(r, p)
		m.Set(&ns[i], xs[i])
	}
	b.Run("math/big", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			big.Jacobi(xs[i%len(xs)], p)
		}
	})
	b.Run("ours", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			m.Jacobi(&ns[i%len(ns)])
		}
	})
}
