package multiexp

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

func randomBits(r *rand.Rand, bits int) *big.Int {
	if bits == 0 {
		return new(big.Int)
	}
	x := new(big.Int)
	for range bits/32 + 1 {
		x.Lsh(x, 32).Or(x, big.NewInt(int64(r.Uint32())))
	}
	x.Rsh(x, uint(x.BitLen()-min(x.BitLen(), bits)))
	return x.SetBit(x, bits-1, 1)
}

// exponents are random ones of every length to 300 bits, and runs of ones, in which
// carries of signed digits go furthest.
func exponents() (out []*big.Int) {
	r := rand.New(rand.NewPCG(7, 8))
	for bits := range 300 {
		out = append(out, randomBits(r, bits))
		ones := new(big.Int).Lsh(big.NewInt(1), uint(bits))
		out = append(out, ones.Sub(ones, big.NewInt(1)))
	}
	return out
}

// Every sliding digit is odd and in its range, no two overlap, and together they are
// the number.
func TestExponent_Sliding(t *testing.T) {
	for _, e := range exponents() {
		for width := 1; width <= 8; width++ {
			for _, signed := range []bool{false, true} {
				sum, last := new(big.Int), -width
				for _, d := range NewExponent(e.Bytes()).sliding(width, signed) {
					if d.value%2 == 0 || d.value>>width != 0 || d.at < last+width || d.negative && !signed {
						t.Fatalf("%x in windows of %d (signed %t) has digit %+v", e, width, signed, d)
					}
					last = d.at
					v := new(big.Int).Lsh(new(big.Int).SetUint64(d.value), uint(d.at))
					if d.negative {
						v.Neg(v)
					}
					sum.Add(sum, v)
				}
				if sum.Cmp(e) != 0 {
					t.Fatalf("%x in windows of %d (signed %t) adds up to %x", e, width, signed, sum)
				}
			}
		}
	}
}

// The fixed digits are in their range, there are no more than a table has room for,
// and together they are the number.
func TestExponent_Fixed(t *testing.T) {
	for _, e := range exponents() {
		for width := 1; width <= 10; width++ {
			for _, signed := range []bool{false, true} {
				low, high, places := 0, 1<<width-1, (e.BitLen()+width-1)/width
				if signed {
					low, high, places = -1<<(width-1), 1<<(width-1), e.BitLen()/width+1
				}
				sum := new(big.Int)
				digits := NewExponent(e.Bytes()).fixed(width, signed)
				if len(digits) > places {
					t.Errorf("%x in digits of %d (signed %t) takes %d", e, width, signed, len(digits))
				}
				for i, d := range digits {
					if d < low || d > high {
						t.Fatalf("%x in digits of %d (signed %t) has %d", e, width, signed, d)
					}
					sum.Add(sum, new(big.Int).Lsh(big.NewInt(int64(d)), uint(i*width)))
				}
				if sum.Cmp(e) != 0 {
					t.Fatalf("%x in digits of %d (signed %t) adds up to %x", e, width, signed, sum)
				}
			}
		}
	}
}
