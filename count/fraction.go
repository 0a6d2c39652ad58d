package count

import (
	"fmt"
	"math/big"
	"strings"
)

// Fraction is an exact part of the whole, such as 2/3.
type Fraction struct{ Num, Den int64 }

// ParseFraction reads 2/3, 75% or 62.5%.
func ParseFraction(text string) (Fraction, error) {
	fail := fmt.Errorf("the fraction %q is none from nought to one: write it as 2/3 or 75%%", shorten(text))
	number, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	if !percent && !strings.Contains(number, "/") || strings.ContainsAny(number, "eExX_+-") || len(number) > 32 {
		return Fraction{}, fail
	}
	r, ok := new(big.Rat).SetString(number)
	if !ok {
		return Fraction{}, fail
	}
	if percent {
		r.Quo(r, big.NewRat(100, 1))
	}
	if r.Sign() < 0 || r.Cmp(big.NewRat(1, 1)) > 0 || !r.Num().IsInt64() || !r.Denom().IsInt64() {
		return Fraction{}, fail
	}
	return Fraction{r.Num().Int64(), r.Denom().Int64()}, nil
}

func (f Fraction) String() string { return fmt.Sprintf("%d/%d", f.Num, f.Den) }

// compare sets a number against the fraction of another: -1 less, 0 equal, 1 more.
func (f Fraction) compare(n, of int64) int {
	have := new(big.Int).Mul(big.NewInt(n), big.NewInt(f.Den))
	need := new(big.Int).Mul(big.NewInt(of), big.NewInt(f.Num))
	return have.Cmp(need)
}

// Least is the smallest number that reaches the fraction of another, or exceeds it.
func (f Fraction) Least(of int64, exceed Exceed) int64 {
	need := new(big.Int).Mul(big.NewInt(of), big.NewInt(f.Num))
	q, r := new(big.Int).QuoRem(need, big.NewInt(f.Den), new(big.Int))
	if exceed == MoreThan || r.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q.Int64()
}

// Exceed says whether a fraction has to be reached or exceeded.
type Exceed string

// How a fraction is met.
const (
	AtLeast  Exceed = "at-least"
	MoreThan Exceed = "more-than"
)
