package curve

import (
	"encoding/binary"
	"math/bits"

	"filippo.io/edwards25519/field"
)

// element is an integer modulo p = 2^255-19, as any number below 2^256 that is
// congruent to it, in little-endian words. Since 2^256 is 38 modulo p, what is carried
// out of the words comes back 38 times at the bottom.
//
// The library's field has five limbs of 51 bits, and multiplies without MULX; this one
// takes little more than half the time where it does have MULX.
type element [4]uint64

// add makes z = x + y.
func (z *element) add(x, y *element) {
	var c uint64
	z[0], c = bits.Add64(x[0], y[0], 0)
	z[1], c = bits.Add64(x[1], y[1], c)
	z[2], c = bits.Add64(x[2], y[2], c)
	z[3], c = bits.Add64(x[3], y[3], c)
	z[0], c = bits.Add64(z[0], 38*c, 0)
	z[1], c = bits.Add64(z[1], 0, c)
	z[2], c = bits.Add64(z[2], 0, c)
	z[3], c = bits.Add64(z[3], 0, c)
	z[0] += 38 * c // no further carry: the words are below 38 if c is set
}

// subtract makes z = x - y.
func (z *element) subtract(x, y *element) {
	var b uint64
	z[0], b = bits.Sub64(x[0], y[0], 0)
	z[1], b = bits.Sub64(x[1], y[1], b)
	z[2], b = bits.Sub64(x[2], y[2], b)
	z[3], b = bits.Sub64(x[3], y[3], b)
	z[0], b = bits.Sub64(z[0], 38*b, 0)
	z[1], b = bits.Sub64(z[1], 0, b)
	z[2], b = bits.Sub64(z[2], 0, b)
	z[3], b = bits.Sub64(z[3], 0, b)
	z[0] -= 38 * b // no further borrow: the words are at least 2^256-38 if b is set
}

// multiplyPortable makes z = x * y. It defines what the assembly computes, bit for bit.
func multiplyPortable(z, x, y *element) {
	var t [8]uint64
	for i, xi := range x {
		var carry uint64
		for j, yj := range y {
			t[i+j], carry = mulAdd(xi, yj, t[i+j], carry)
		}
		t[i+4] = carry
	}
	var carry uint64
	for i := range 4 {
		t[i], carry = mulAdd(t[i+4], 38, t[i], carry)
	}
	var c uint64
	t[0], c = bits.Add64(t[0], 38*carry, 0)
	t[1], c = bits.Add64(t[1], 0, c)
	t[2], c = bits.Add64(t[2], 0, c)
	t[3], c = bits.Add64(t[3], 0, c)
	t[0] += 38 * c // no further carry: the words are below 38*39 if c is set
	copy(z[:], t[:4])
}

// mulAdd is x*y + a + b, which always fits two words.
func mulAdd(x, y, a, b uint64) (low, high uint64) {
	high, low = bits.Mul64(x, y)
	low, c := bits.Add64(low, a, 0)
	high += c
	low, c = bits.Add64(low, b, 0)
	return low, high + c
}

// reduce makes z the representative below p.
func (z *element) reduce() {
	// Twice: a number below 2^256 is below 2p + 38.
	for range 2 {
		var less element
		var b uint64
		less[0], b = bits.Sub64(z[0], 1<<64-19, 0)
		less[1], b = bits.Sub64(z[1], 1<<64-1, b)
		less[2], b = bits.Sub64(z[2], 1<<64-1, b)
		less[3], b = bits.Sub64(z[3], 1<<63-1, b)
		if b == 0 {
			*z = less
		}
	}
}

func (z *element) equal(x *element) bool {
	a, b := *z, *x
	a.reduce()
	b.reduce()
	return a == b
}

// set takes an element of the library.
func (z *element) set(x *field.Element) {
	b := x.Bytes()
	for i := range z {
		z[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
}

// field is z as an element of the library.
func (z *element) field() *field.Element {
	z.reduce()
	var b [32]byte
	for i, w := range z {
		binary.LittleEndian.PutUint64(b[8*i:], w)
	}
	e, err := new(field.Element).SetBytes(b[:])
	if err != nil {
		panic("curve: " + err.Error()) // 32 bytes are all it asks for
	}
	return e
}

// invert makes z = 1/x, or 0 for 0.
func (z *element) invert(x *element) {
	f := x.field()
	z.set(f.Invert(f))
}
