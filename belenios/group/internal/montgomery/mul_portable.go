package montgomery

import "math/bits"

// mulPortable is the operand-scanning Montgomery product of 32 limbs of 64 bits. It
// defines what the kernel in assembly computes, bit for bit.
//
// T, 32 limbs and the bit top, stays below R + p with R = 2^2048, so that
// subtracting p where the bit is set leaves a number below R.
func mulPortable(z, x, y, p *Nat, k uint64) {
	var t [limbs64]uint64
	var top uint64
	for _, xi := range x[:limbs64] {
		first := addMul(&t, xi, y)
		second := addMul(&t, t[0]*k, p)
		copy(t[:], t[1:])
		sum, carry := bits.Add64(first, second, 0)
		sum, more := bits.Add64(sum, top, 0)
		t[limbs64-1], top = sum, carry+more
	}
	var borrow uint64
	for i := range t {
		z[i], borrow = bits.Sub64(t[i], p[i]&-top, borrow)
	}
}

// addMul adds x * y to t and returns what goes beyond it.
func addMul(t *[limbs64]uint64, x uint64, y *Nat) (carry uint64) {
	for i := range t {
		high, low := bits.Mul64(x, y[i])
		low, c := bits.Add64(low, t[i], 0)
		high += c // cannot overflow: x*y + t is at most 2^128 - 2^64
		t[i], c = bits.Add64(low, carry, 0)
		carry = high + c
	}
	return carry
}
