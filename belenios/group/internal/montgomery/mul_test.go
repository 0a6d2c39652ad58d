package montgomery

import (
	"bytes"
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

// raw reads limbs of the kernel from bytes, reduced to the range that its operands may
// have: below R for 64-bit limbs, below 2p for the others.
func (m *Modulus) raw(b []byte) Nat {
	x := new(big.Int).SetBytes(b)
	if m.kernel != ifma {
		return m.kernel.split(x.Mod(x, m.kernel.radix()))
	}
	x.Mod(x, new(big.Int).Lsh(m.p, 1))
	var out Nat
	for i := range out {
		limb := new(big.Int).Rsh(x, uint(52*i))
		out[i] = limb.And(limb, big.NewInt(mask52)).Uint64()
	}
	return out
}

// number is what limbs of any range spell.
func (m *Modulus) number(x *Nat) *big.Int {
	width, size := uint(64), limbs64
	if m.kernel == ifma {
		width, size = 52, limbs52
	}
	n := new(big.Int)
	for i := size - 1; i >= 0; i-- {
		n.Lsh(n, width).Or(n, new(big.Int).SetUint64(x[i]))
	}
	return n
}

// checkRaw multiplies operands anywhere in the range that they may have and checks that
// the result is in that range, is x*y/R, and for 64-bit limbs is the same limb for limb
// from every kernel.
func checkRaw(t *testing.T, p *big.Int, a, b []byte) {
	t.Helper()
	var first *Nat
	for _, k := range kernels() {
		m := newModulus(p, k)
		x, y := m.raw(a), m.raw(b)
		want := new(big.Int).Mul(m.number(&x), m.number(&y))
		want.Mul(want, new(big.Int).ModInverse(k.radix(), p)).Mod(want, p)
		var z Nat
		m.Mul(&z, &x, &y)
		got := m.number(&z)
		if k == ifma && got.Cmp(new(big.Int).Lsh(p, 1)) >= 0 {
			t.Fatalf("%s: %x * %x is %x, which is not below 2p", k, a, b, got)
		}
		if got.Mod(got, p).Cmp(want) != 0 {
			t.Fatalf("%s: %x * %x is wrong", k, a, b)
		}
		var xx, square Nat
		m.Mul(&xx, &x, &x)
		m.Square(&square, &x)
		if square != xx {
			t.Fatalf("%s: the square of %x differs from its product with itself", k, a)
		}
		square = x
		if m.Square(&square, &square); square != xx {
			t.Fatalf("%s: the square of %x in place differs", k, a)
		}
		if k == ifma {
			var z1, z2 Nat
			mul2IFMA(&z1, &x, &y, &z2, &y, &x, &m.limbs, m.k)
			if z1 != z || z2 != z {
				t.Fatalf("two products of %x and %x differ from one", a, b)
			}
			mul2IFMA(&x, &x, &y, &y, &y, &x, &m.limbs, m.k)
			if x != z || y != z {
				t.Fatalf("two products of %x and %x in place differ", a, b)
			}
		} else if first == nil {
			first = &z
		} else if z != *first {
			t.Fatalf("%s: %x * %x differs from the portable kernel", k, a, b)
		}
	}
}

// Operands need not be below p. All ones, single ones and their neighbours, in every
// pair, are where carries and the last subtraction go wrong.
func TestKernels_WholeRange(t *testing.T) {
	ones := func(n int) []byte { return bytes.Repeat([]byte{0xff}, n) }
	r := rand.New(rand.NewPCG(11, 12))
	for name, p := range moduli(t) {
		twice := new(big.Int).Lsh(p, 1)
		values := [][]byte{
			nil,
			{1},
			{2},
			ones(8), ones(13), ones(26), ones(128), ones(255), ones(256),
			append([]byte{1}, make([]byte, 255)...), p.Bytes(),
			new(big.Int).Sub(p, big.NewInt(1)).Bytes(), new(big.Int).Add(p, big.NewInt(1)).Bytes(),
			new(big.Int).Sub(twice, big.NewInt(1)).Bytes(), new(big.Int).Sub(twice, big.NewInt(2)).Bytes(),
			random(r, p).Bytes(),
		}
		t.Run(name, func(t *testing.T) {
			for _, a := range values {
				for _, b := range values {
					checkRaw(t, p, a, b)
				}
			}
		})
	}
}

// Any operands, and any odd modulus that keeps the top bit.
func FuzzMul(f *testing.F) {
	f.Add([]byte{1}, []byte{2}, []byte{3})
	f.Add(bytes.Repeat([]byte{0xff}, 256), bytes.Repeat([]byte{0xff}, 256), bytes.Repeat([]byte{0xff}, 256))
	f.Fuzz(func(t *testing.T, a, b, modulus []byte) {
		if len(a) > 264 || len(b) > 264 || len(modulus) > 256 {
			t.Skip()
		}
		p := new(big.Int).SetBytes(modulus)
		checkRaw(t, p.SetBit(p.SetBit(p, 2047, 1), 0, 1), a, b)
	})
}

// FuzzJacobi compares with math/big for any number and modulus.
func FuzzJacobi(f *testing.F) {
	f.Add([]byte{1}, []byte{2})
	f.Fuzz(func(t *testing.T, a, modulus []byte) {
		if len(a) > 256 || len(modulus) > 256 {
			t.Skip()
		}
		p := new(big.Int).SetBytes(modulus)
		m := NewModulus(p.SetBit(p.SetBit(p, 2047, 1), 0, 1))
		x := new(big.Int).SetBytes(a)
		x.Mod(x, p)
		var n Nat
		m.Set(&n, x)
		if got, want := m.Jacobi(&n), big.Jacobi(x, p); got != want {
			t.Errorf("(%x/%x) = %d, want %d", x, p, got, want)
		}
	})
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
		b.Run("product/"+k.String(), func(b *testing.B) {
			for b.Loop() {
				m.Mul(&u, &u, &v)
			}
		})
		b.Run("square/"+k.String(), func(b *testing.B) {
			for b.Loop() {
				m.Square(&u, &u)
			}
		})
	}
}
