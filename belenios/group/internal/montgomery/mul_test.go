package montgomery

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// moduli are the two primes in use and the smallest and largest odd numbers of 2048
// bits, at which the bounds of the kernels are tight.
func moduli(t testing.TB) map[string]*big.Int {
	t.Helper()
	one := big.NewInt(1)
	rfc := new(big.Int).Lsh(one, 2048)
	rfc.Sub(rfc, new(big.Int).Lsh(one, 1984)).Sub(rfc, one)
	top := new(big.Int).Lsh(one, 2047)
	out := map[string]*big.Int{
		"close to 2^2048": rfc,
		"largest":         new(big.Int).Sub(new(big.Int).Lsh(one, 2048), one),
		"smallest":        new(big.Int).Add(top, one),
	}
	return out
}

// edges are the values at which carries go furthest.
func edges(m *Modulus) map[string]*big.Int {
	one := big.NewInt(1)
	r := m.kernel.radix()
	return map[string]*big.Int{
		"0": new(big.Int), "1": one, "2": big.NewInt(2),
		"p-1": new(big.Int).Sub(m.p, one), "p-2": new(big.Int).Sub(m.p, big.NewInt(2)),
		"R mod p":  new(big.Int).Mod(r, m.p),
		"-R mod p": new(big.Int).Sub(m.p, new(big.Int).Mod(r, m.p)),
		"1/R":      new(big.Int).ModInverse(r, m.p),
		"ones":     new(big.Int).Sub(new(big.Int).Lsh(one, 2047), one),
		"high":     new(big.Int).Lsh(one, 2046),
	}
}

func random(r *rand.Rand, p *big.Int) *big.Int {
	b := make([]byte, 264)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	x := new(big.Int).SetBytes(b)
	return x.Mod(x, p)
}

// Every kernel gives the product that math/big gives, for edge values and random
// ones, and when the operands are one.
func TestMul_AgreesWithMathBig(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, p := range moduli(t) {
		for _, k := range kernels() {
			m := newModulus(p, k)
			values := edges(m)
			for range 20 {
				x := random(r, p)
				values[x.Text(36)] = x
			}
			t.Run(name+"/"+k.String(), func(t *testing.T) {
				for _, x := range values {
					for _, y := range values {
						var a, b Nat
						m.Set(&a, x)
						m.Set(&b, y)
						m.Mul(&a, &a, &b)
						want := new(big.Int).Mul(x, y)
						if got := m.Big(&a); got.Cmp(want.Mod(want, p)) != 0 {
							t.Fatalf("%x * %x = %x, want %x", x, y, got, want)
						}
					}
				}
			})
		}
	}
}

func BenchmarkMul(b *testing.B) {
	p := moduli(b)["close to 2^2048"]
	r := rand.New(rand.NewPCG(1, 2))
	x, y := random(r, p), random(r, p)
	b.Run("math/big", func(b *testing.B) {
		z := new(big.Int)
		for b.Loop() {
			z.Mul(x, y)
			z.Mod(z, p)
		}
	})
	for _, k := range kernels() {
		m := newModulus(p, k)
		var u, v Nat
		m.Set(&u, x)
		m.Set(&v, y)
		b.Run(k.String(), func(b *testing.B) {
			for b.Loop() {
				m.Mul(&u, &u, &v)
			}
		})
	}
}
