package count

import (
	"math/bits"
	"strconv"
	"strings"
)

// Amount is a number of votes as a whole number of the smallest unit that a rule
// knows: 939.25 votes with two decimals are 93925 units.
//
// With at most [MaxPapers] papers and nine decimals a sum of votes stays below
// 2^60, so sums need no care; products go through 128 bits.
type Amount struct {
	Units    int64
	Decimals int
}

// String writes all decimals of the rule: "939.25", "1914.00000".
func (a Amount) String() string {
	digits := strconv.FormatInt(a.Units, 10)
	if a.Decimals == 0 {
		return digits
	}
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	if short := a.Decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	dot := len(digits) - a.Decimals
	return sign + digits[:dot] + "." + digits[dot:]
}

// Short drops decimals that are all noughts: "939", "939.25".
func (a Amount) Short() string {
	text := a.String()
	if a.Decimals == 0 {
		return text
	}
	whole, decimals, _ := strings.Cut(text, ".")
	if strings.Trim(decimals, "0") == "" {
		return whole
	}
	return text
}

// MarshalText writes the amount as decimal text, never as a number that a
// reader might take for binary floating point.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// unit is the number of units in a vote.
func unit(decimals int) int64 {
	u := int64(1)
	for range decimals {
		u *= 10
	}
	return u
}

// muldiv is a*b/c without its remainder; the product may need 128 bits. All
// three are not negative, c is not nought, and the quotient fits: callers divide
// by something no smaller than one of the factors.
func muldiv(a, b, c int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	q, _ := bits.Div64(hi, lo, uint64(c))
	return int64(q)
}

// muldivUp is a*b/c, rounded up.
func muldivUp(a, b, c int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	q, r := bits.Div64(hi, lo, uint64(c))
	if r > 0 {
		q++
	}
	return int64(q)
}
