package montgomery

import "math/bits"

// Exponent is a public exponent that is not negative, in little-endian words.
type Exponent []uint64

// NewExponent takes big-endian bytes.
func NewExponent(b []byte) Exponent {
	e := Exponent(wordsOf(b))
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

// digit is an odd number at a bit position.
type digit struct {
	at    int
	value uint64
}

// digits writes e as a sum of value * 2^at with odd values of at most width bits, no
// two of which overlap, lowest first: a sliding window from the right.
func (e Exponent) digits(width int) []digit {
	n := e.BitLen()
	out := make([]digit, 0, n/(width+1)+2)
	for i := 0; i < n; {
		if e[i/64]>>(i%64) == 0 { // nothing more in this word
			i = (i/64 + 1) * 64
			continue
		}
		i += bits.TrailingZeros64(e[i/64] >> (i % 64))
		out = append(out, digit{i, e.window(i, width)})
		i += width
	}
	return out
}
