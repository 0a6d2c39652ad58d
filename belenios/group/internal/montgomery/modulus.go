// Package montgomery is arithmetic modulo an odd number of 2048 bits: Montgomery
// products, powers of several kinds, and the Jacobi symbol.
//
// The product has three kernels, chosen once for the machine: one in Go, one for
// amd64 with the instructions MULX, ADCX and ADOX, and one for AVX-512 with the 52-bit
// multipliers (IFMA). They agree on every value modulo p, which the tests show; the
// first two agree bit for bit.
//
// Every kernel takes the same time whatever the numbers. Of the functions above them,
// [Modulus.Exp] and [Comb.Exp] do too, and are for secret exponents; all others are
// for public numbers.
package montgomery

import (
	"fmt"
	"math/big"
	"math/bits"
)

const (
	modulusBits = 2048
	limbs64     = modulusBits / 64
	limbs52     = 40 // 52*40 = 2080 bits
	mask52      = 1<<52 - 1
)

// Nat is a residue in Montgomery form, x*R mod p, in the limbs of the kernel in use:
// 32 of 64 bits below R = 2^2048, or 40 of 52 bits below 2p, with R = 2^2080. A
// residue has two representations in that range; see [Modulus.Equal].
type Nat [limbs52]uint64

// Modulus is an odd p of 2048 bits with what its kernel needs.
type Modulus struct {
	p      *big.Int
	kernel kernel
	limbs  Nat // p
	pWords [limbs64]uint64
	k      uint64 // -1/p modulo 2^64, or modulo 2^52
	one    Nat    // R mod p
	square Nat    // R^2 mod p, which brings numbers into the form
	unit   Nat    // the number 1, which takes them out of it
}

// NewModulus uses the fastest kernel of the machine.
func NewModulus(p *big.Int) *Modulus { return newModulus(p, fastest) }

func newModulus(p *big.Int, kernel kernel) *Modulus {
	if p.Sign() <= 0 || p.BitLen() != modulusBits || p.Bit(0) == 0 {
		panic(fmt.Sprintf("montgomery: %d is not an odd number of %d bits", p, modulusBits))
	}
	m := &Modulus{p: new(big.Int).Set(p), kernel: kernel}
	m.limbs = kernel.split(p)
	m.pWords = [limbs64]uint64(toWords(p, limbs64))
	m.k = -inverse(m.limbs[0])
	if kernel == ifma {
		m.k &= mask52
	}
	r := kernel.radix()
	m.one = kernel.split(new(big.Int).Mod(r, p))
	m.square = kernel.split(new(big.Int).Exp(r, big.NewInt(2), p))
	m.unit[0] = 1
	return m
}

// inverse is 1/x modulo 2^64 for an odd x: each step of Newton's doubles the bits
// that are right, and x itself has three.
func inverse(x uint64) uint64 {
	y := x
	for range 5 {
		y *= 2 - x*y
	}
	return y
}

// P is the modulus, in a fresh integer.
func (m *Modulus) P() *big.Int { return new(big.Int).Set(m.p) }

// Big is x as a number in [0, p).
func (m *Modulus) Big(x *Nat) *big.Int {
	w := m.words(x)
	return fromWords(w[:])
}

// words is x out of Montgomery form, in [0, p).
func (m *Modulus) words(x *Nat) [limbs64]uint64 {
	var out Nat
	m.Mul(&out, x, &m.unit)
	m.reduce(&out)
	return m.kernel.join(&out)
}

// Set makes z the residue of x, which must be in [0, p).
func (m *Modulus) Set(z *Nat, x *big.Int) {
	if x.Sign() < 0 || x.Cmp(m.p) >= 0 {
		panic("montgomery: number out of range")
	}
	*z = m.kernel.split(x)
	m.Mul(z, z, &m.square)
}

// One makes z the residue of 1.
func (m *Modulus) One(z *Nat) { *z = m.one }

// Equal reports whether x and y are the same residue.
func (m *Modulus) Equal(x, y *Nat) bool {
	a, b := *x, *y
	m.reduce(&a)
	m.reduce(&b)
	var differ uint64
	for i := range a {
		differ |= a[i] ^ b[i]
	}
	return differ == 0
}

// reduce subtracts p once where x is not below it. That leaves the one representation
// below p: either x is below R and p above R/2, or x is below 2p.
func (m *Modulus) reduce(x *Nat) {
	var less Nat
	var borrow uint64
	for i := range x {
		if m.kernel == ifma {
			less[i] = x[i] - m.limbs[i] - borrow
			less[i], borrow = less[i]&mask52, less[i]>>63
		} else {
			less[i], borrow = bits.Sub64(x[i], m.limbs[i], borrow)
		}
	}
	keep := -borrow // all ones where x was below p
	for i := range x {
		x[i] = x[i]&keep | less[i]&^keep
	}
}
