package group

import (
	"math/big"
	"testing"
)

// The orders are prime, p is prime, q divides p-1 and g generates the subgroup of
// order q: the specification, section 5; FIPS 186-4, appendix A.
func TestParameters_FiniteFields(t *testing.T) {
	one := big.NewInt(1)
	for _, f := range []*finite{belenios2048, rfc3526} {
		t.Run(f.name, func(t *testing.T) {
			if !f.p.ProbablyPrime(8) || f.p.BitLen() != 2048 {
				t.Error("p is not a prime of 2048 bits")
			}
			if !f.q.ProbablyPrime(8) {
				t.Error("q is not prime")
			}
			if new(big.Int).Mod(new(big.Int).Sub(f.p, one), f.q).Sign() != 0 {
				t.Error("q does not divide p-1")
			}
			g, _ := new(big.Int).SetString(f.g.String(), 10)
			if g.Cmp(one) <= 0 || new(big.Int).Exp(g, f.q, f.p).Cmp(one) != 0 {
				t.Error("g is not of order q")
			}
		})
	}
}

// RFC 3526, section 3: p = 2^2048 - 2^1984 - 1 + 2^64 * ([2^1918 pi] + 124476), so
// nobody chose it. Pi comes from Machin's formula.
func TestParameters_RFC3526IsDerivedFromPi(t *testing.T) {
	const guard = 64
	arctanInverse := func(x int64) *big.Int { // of 1/x, times 2^(1918+guard)
		term := new(big.Int).Div(new(big.Int).Lsh(big.NewInt(1), 1918+guard), big.NewInt(x))
		sum, square := new(big.Int).Set(term), big.NewInt(x*x)
		for n, sign := int64(3), -1; term.Sign() != 0; n, sign = n+2, -sign {
			term.Div(term, square)
			part := new(big.Int).Div(term, big.NewInt(n))
			if sign < 0 {
				part.Neg(part)
			}
			sum.Add(sum, part)
		}
		return sum
	}
	pi := new(big.Int).Mul(big.NewInt(16), arctanInverse(5))
	pi.Sub(pi, new(big.Int).Mul(big.NewInt(4), arctanInverse(239)))
	pi.Rsh(pi, guard)

	p := new(big.Int).Lsh(big.NewInt(1), 2048)
	p.Sub(p, new(big.Int).Lsh(big.NewInt(1), 1984)).Sub(p, big.NewInt(1))
	p.Add(p, new(big.Int).Lsh(pi.Add(pi, big.NewInt(124476)), 64))
	if p.Cmp(rfc3526.p) != 0 {
		t.Errorf("p is %x, the formula gives %x", rfc3526.p, p)
	}
}
