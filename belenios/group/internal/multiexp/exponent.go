package multiexp

import (
	"encoding/binary"
	"math/bits"
)

// Exponent is a public exponent that is not negative, in little-endian words.
type Exponent []uint64

// NewExponent takes big-endian bytes.
func NewExponent(b []byte) Exponent {
	var e Exponent
	for len(b) >= 8 {
		e = append(e, binary.BigEndian.Uint64(b[len(b)-8:]))
		b = b[:len(b)-8]
	}
	var top [8]byte
	copy(top[8-len(b):], b)
	e = append(e, binary.BigEndian.Uint64(top[:]))
	for len(e) > 0 && e[len(e)-1] == 0 {
		e = e[:len(e)-1]
	}
	return e
}

// BitLen is the length in bits; zero has none.
func (e Exponent) BitLen() int {
	if len(e) == 0 {
		return 0
	}
	return 64*(len(e)-1) + bits.Len64(e[len(e)-1])
}

// window is the width bits from bit i up.
func (e Exponent) window(i, width int) uint64 {
	word, bit := i/64, i%64
	if word >= len(e) {
		return 0
	}
	w := e[word] >> bit
	if bit+width > 64 && word+1 < len(e) {
		w |= e[word+1] << (64 - bit)
	}
	return w & (1<<width - 1)
}

// digit is an odd number, or its negative, at a bit position.
type digit struct {
	at       int
	value    uint64
	negative bool
}

// slot numbers the odd values: 1, 3, 5, ...
func (d digit) slot() int { return int(d.value / 2) }

// sliding writes e as a sum of digits, lowest first, none of which overlap: a sliding
// window from the right. The values have at most width bits; with signs, one bit more
// is taken at a time, and what is beyond the middle becomes negative.
func (e Exponent) sliding(width int, signed bool) []digit {
	if signed {
		width++
	}
	n := e.BitLen()
	out := make([]digit, 0, n/(width+1)+2)
	carry := uint64(0)
	for i := 0; i < n || carry == 1; {
		if e.window(i, 1) == carry {
			i++ // 0, or 1 and the carry, which goes on
			continue
		}
		d := digit{at: i, value: e.window(i, width) + carry}
		if carry = 0; signed && d.value>>(width-1) == 1 {
			d.value, d.negative, carry = 1<<width-d.value, true, 1
		}
		out = append(out, d)
		i += width
	}
	return out
}

// fixed writes e as the sum of out[i] * 2^(width*i). The digits are in [0, 2^width), or
// with signs in [-2^(width-1), 2^(width-1)].
func (e Exponent) fixed(width int, signed bool) []int {
	n := e.BitLen()
	out := make([]int, 0, n/width+2)
	carry := 0
	for i := 0; i < n || carry == 1; i += width {
		d := int(e.window(i, width)) + carry
		if carry = 0; signed && d > 1<<(width-1) {
			d, carry = d-1<<width, 1
		}
		out = append(out, d)
	}
	return out
}
