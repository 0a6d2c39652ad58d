package montgomery

import (
	"math/big"
	"math/bits"
)

// The batch of steps that are worked out on the low words alone, and how many batches
// to try before leaving the work to math/big. Random numbers of 2048 bits need about
// a hundred.
const (
	jacobiSteps   = 60
	jacobiBatches = 400
)

// Jacobi is the symbol (x/p): 1, -1, or 0 where x and p have a common factor. The
// time depends on x.
//
// It keeps f odd and both f and g positive, and the sign such that
//
//	(x/p) = sign * (g/f)
//
// through three moves, each of which needs three low bits at most: halving g, which
// costs (2/f); exchanging f and g when both are odd (quadratic reciprocity); and
// adding a multiple of f to g. Sixty halvings at a time are worked out on the low
// words and then applied to the whole numbers as a matrix, as in the division steps
// of Bernstein and Yang, "Fast constant-time gcd computation and modular inversion"
// (2019), with additions in place of subtractions so that nothing turns negative.
// What is exact does not depend on how fast f and g shrink; only the time does.
func (m *Modulus) Jacobi(x *Nat) int {
	f, g := m.pWords, m.words(x)
	n, eta, flips := limbs64, -1, uint64(0)
	for range jacobiBatches {
		for n > 1 && f[n-1]|g[n-1] == 0 {
			n--
		}
		if n == 1 && (f[0] == 1 || g[0] == 1) {
			return 1 - 2*int(flips&1) // (g/1) = (1/f) = 1
		}
		if n == 1 && g[0] == 0 {
			return 0
		}
		var t matrix
		t, eta, flips = jacobiBatch(f[0], g[0], eta, flips)
		t.apply(f[:n], g[:n])
	}
	return big.Jacobi(m.Big(x), m.p)
}

// matrix takes (f, g) to (u f + v g, q f + r g) / 2^jacobiSteps. Its entries are not
// negative, and neither row adds up to more than 2^jacobiSteps.
type matrix struct{ u, v, q, r uint64 }

// jacobiBatch finds the matrix of the next steps from the low words of f and g. After
// i halvings 64-i low bits are still right, hence four at least when it asks for three.
func jacobiBatch(f, g uint64, eta int, flips uint64) (matrix, int, uint64) {
	t := matrix{u: 1, r: 1}
	for left := jacobiSteps; ; {
		zeros := min(bits.TrailingZeros64(g), left)
		g >>= zeros
		t.u <<= zeros
		t.v <<= zeros
		eta -= zeros
		left -= zeros
		flips ^= uint64(zeros) & (f>>1 ^ f>>2) // (2/f) = -1 for f = 3, 5 mod 8
		if left == 0 {
			return t, eta, flips & 1
		}
		if eta < 0 {
			eta = -eta
			f, g = g, f
			t = matrix{t.q, t.r, t.u, t.v}
			flips ^= f & g >> 1 // both 3 mod 4
		}
		// Clear up to six low bits of g with a multiple of f, but not more than eta
		// allows before the two should be exchanged again.
		clear := min(eta+1, left, 6)
		w := -g * f * (2 - f*f) & (1<<clear - 1) // -g/f
		g += f * w
		t.q += t.u * w
		t.r += t.v * w
	}
}

// apply replaces f and g.
func (t *matrix) apply(f, g []uint64) {
	var cf, cg uint64 // what is carried to the next limb
	var pf, pg uint64 // the limb before, whose high bits are still to be placed
	for i := range f {
		var lf, lg uint64
		lf, cf = mulAdd2(t.u, f[i], t.v, g[i], cf)
		lg, cg = mulAdd2(t.q, f[i], t.r, g[i], cg)
		if i > 0 {
			f[i-1] = pf>>jacobiSteps | lf<<(64-jacobiSteps)
			g[i-1] = pg>>jacobiSteps | lg<<(64-jacobiSteps)
		}
		pf, pg = lf, lg
	}
	last := len(f) - 1
	f[last] = pf>>jacobiSteps | cf<<(64-jacobiSteps)
	g[last] = pg>>jacobiSteps | cg<<(64-jacobiSteps)
}

// mulAdd2 is a*x + b*y + carry, which fits two words as a+b is at most 2^60.
func mulAdd2(a, x, b, y, carry uint64) (low, high uint64) {
	h1, l1 := bits.Mul64(a, x)
	h2, l2 := bits.Mul64(b, y)
	var c uint64
	l1, c = bits.Add64(l1, l2, 0)
	h1 += h2 + c
	l1, c = bits.Add64(l1, carry, 0)
	return l1, h1 + c
}
