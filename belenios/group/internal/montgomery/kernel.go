package montgomery

import (
	"encoding/binary"
	"math/big"
	"slices"
)

// kernel names one way to multiply.
type kernel uint8

const (
	portable kernel = iota
	adx             // 64-bit limbs, MULX, ADCX, ADOX
	ifma            // 52-bit limbs, AVX-512 IFMA
)

func (k kernel) String() string { return [...]string{"portable", "adx", "ifma"}[k] }

// fastest is the best kernel that the machine has.
var fastest = slices.Max(kernels())

// Kernel names the kernel in use, for reports.
func Kernel() string { return fastest.String() }

// Mul makes z = x*y. The three may be the same.
func (m *Modulus) Mul(z, x, y *Nat) {
	switch m.kernel {
	case ifma:
		mulIFMA(z, x, y, &m.limbs, m.k)
	case adx:
		mulADX(z, x, y, &m.limbs, m.k)
	default:
		mulPortable(z, x, y, &m.limbs, m.k)
	}
}

// Square makes z = x*x. The two may be the same.
func (m *Modulus) Square(z, x *Nat) {
	if m.kernel == adx {
		squareADX(z, x, &m.limbs, m.k)
		return
	}
	m.Mul(z, x, x)
}

// radix is R.
func (k kernel) radix() *big.Int {
	if k == ifma {
		return new(big.Int).Lsh(big.NewInt(1), 52*limbs52)
	}
	return new(big.Int).Lsh(big.NewInt(1), 64*limbs64)
}

// split cuts x, of at most 2048 bits, into limbs.
func (k kernel) split(x *big.Int) (out Nat) {
	words := toWords(x, limbs64)
	if k != ifma {
		copy(out[:], words)
		return out
	}
	for i := range out {
		word, bit := i*52/64, i*52%64
		out[i] = words[word] >> bit
		if bit > 12 && word+1 < limbs64 {
			out[i] |= words[word+1] << (64 - bit)
		}
		out[i] &= mask52
	}
	return out
}

// join is the inverse of split, for limbs that hold a number below 2^2048.
func (k kernel) join(x *Nat) (words [limbs64]uint64) {
	if k != ifma {
		copy(words[:], x[:])
		return words
	}
	for i, limb := range x {
		word, bit := i*52/64, i*52%64
		words[word] |= limb << bit
		if bit > 12 && word+1 < limbs64 {
			words[word+1] |= limb >> (64 - bit)
		}
	}
	return words
}

// toWords is x in n little-endian words.
func toWords(x *big.Int, n int) []uint64 {
	b := x.FillBytes(make([]byte, 8*n))
	out := make([]uint64, n)
	for i := range out {
		out[i] = binary.BigEndian.Uint64(b[8*(n-1-i):])
	}
	return out
}

func fromWords(words []uint64) *big.Int {
	b := make([]byte, 8*len(words))
	for i, w := range words {
		binary.BigEndian.PutUint64(b[len(b)-8*(i+1):], w)
	}
	return new(big.Int).SetBytes(b)
}
