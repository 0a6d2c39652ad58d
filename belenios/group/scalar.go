package group

import (
	"crypto/sha256"
	"fmt"
	"io"
	"math/big"

	"filippo.io/bigmod"
)

// Scalar is an integer modulo the order q of one group. It is immutable. Arithmetic
// on it takes time that depends on q only; turning it into text or a [big.Int] and
// reading it from them does not keep that promise.
type Scalar struct {
	n     *bigmod.Nat
	order *order
}

// Add is s + t mod q.
func (s Scalar) Add(t Scalar) Scalar {
	return Scalar{s.order.copy(s).Add(t.of(s).n, s.order.mod), s.order}
}

// Sub is s - t mod q.
func (s Scalar) Sub(t Scalar) Scalar {
	return Scalar{s.order.copy(s).Sub(t.of(s).n, s.order.mod), s.order}
}

// Mul is s * t mod q.
func (s Scalar) Mul(t Scalar) Scalar {
	return Scalar{s.order.copy(s).Mul(t.of(s).n, s.order.mod), s.order}
}

// Neg is -s mod q.
func (s Scalar) Neg() Scalar { return s.order.zero().Sub(s) }

// Inverse is 1/s mod q; it does not exist for zero. The time depends on s.
func (s Scalar) Inverse() (Scalar, bool) {
	n, ok := bigmod.NewNat().InverseVarTime(s.n, s.order.mod)
	return Scalar{n, s.order}, ok
}

// Equal reports whether s and t are the same.
func (s Scalar) Equal(t Scalar) bool { return s.n.Equal(t.of(s).n) == 1 }

// IsZero reports whether s is zero.
func (s Scalar) IsZero() bool { return s.n.IsZero() == 1 }

// String is the canonical decimal.
func (s Scalar) String() string { return s.Big().String() }

// Big is s in a fresh integer.
func (s Scalar) Big() *big.Int { return new(big.Int).SetBytes(s.bytes()) }

// bytes is s big-endian, as long as q.
func (s Scalar) bytes() []byte { return s.n.Bytes(s.order.mod) }

// of is s, which must be of the group of t.
func (s Scalar) of(t Scalar) Scalar { return s.in(t.order) }

// in is s, which must be modulo o.
func (s Scalar) in(o *order) Scalar {
	if s.order != o {
		panic("group: scalar of another group")
	}
	return s
}

// order is the arithmetic modulo a group's prime order.
type order struct {
	q    *big.Int
	mod  *bigmod.Modulus
	size int // bytes of q
}

func newOrder(q *big.Int) *order {
	mod, err := bigmod.NewModulus(q.Bytes())
	if err != nil {
		panic("group: " + err.Error()) // q is a constant of this package
	}
	return &order{q, mod, len(q.Bytes())}
}

// Order is q, in a fresh integer.
func (o *order) Order() *big.Int { return new(big.Int).Set(o.q) }

func (o *order) copy(s Scalar) *bigmod.Nat { return o.fromBytes(s.bytes()).n }

func (o *order) zero() Scalar { return Scalar{bigmod.NewNat().ExpandFor(o.mod), o} }

// fromBytes takes exactly size bytes of a number below q.
func (o *order) fromBytes(b []byte) Scalar {
	n, err := bigmod.NewNat().SetBytes(b, o.mod)
	if err != nil {
		panic("group: scalar out of range")
	}
	return Scalar{n, o}
}

func (o *order) fromBig(n *big.Int) Scalar {
	n = new(big.Int).Mod(n, o.q)
	return o.fromBytes(n.FillBytes(make([]byte, o.size)))
}

// ParseScalar reads a canonical decimal in [0, q).
func (o *order) ParseScalar(text string) (Scalar, error) {
	n, err := parseDecimal(text, o.q)
	if err != nil {
		return Scalar{}, fmt.Errorf("scalar %w", err)
	}
	return o.fromBig(n), nil
}

// ScalarInt is n mod q.
func (o *order) ScalarInt(n int64) Scalar { return o.fromBig(big.NewInt(n)) }

// ReduceScalar takes chunks of one byte less than q has, which are below q, from the
// highest on: s = s * 2^bits + chunk.
func (o *order) ReduceScalar(b []byte) Scalar {
	s := o.zero()
	first := len(b) % (o.size - 1)
	for n := first; ; n = o.size - 1 {
		chunk := make([]byte, o.size)
		copy(chunk[o.size-n:], b[:n])
		s = s.Mul(o.chunk()).Add(o.fromBytes(chunk))
		if b = b[n:]; len(b) == 0 {
			return s
		}
	}
}

// chunk is 2 to the power of the bits of a chunk.
func (o *order) chunk() Scalar {
	b := make([]byte, o.size)
	b[0] = 1
	return o.fromBytes(b)
}

// HashScalar is the SHA-256 of data mod q.
func (o *order) HashScalar(data []byte) Scalar {
	sum := sha256.Sum256(data)
	return o.ReduceScalar(sum[:])
}

// RandomScalar draws numbers of the length of q until one is below q, so that each
// is as likely as another.
func (o *order) RandomScalar(random io.Reader) (Scalar, error) {
	b := make([]byte, o.size)
	for {
		if _, err := io.ReadFull(random, b); err != nil {
			return Scalar{}, fmt.Errorf("random scalar: %w", err)
		}
		b[0] &= 0xff >> (o.size*8 - o.q.BitLen())
		if n, err := bigmod.NewNat().SetBytes(b, o.mod); err == nil {
			return Scalar{n, o}, nil
		}
	}
}

// parseDecimal reads digits without sign or leading zero that spell a number below limit.
func parseDecimal(text string, limit *big.Int) (*big.Int, error) {
	most := limit.BitLen()*31/100 + 1 // a bit is worth 0.30103 digits
	canonical := text != "" && len(text) <= most && (text[0] != '0' || text == "0")
	for i := 0; canonical && i < len(text); i++ {
		canonical = '0' <= text[i] && text[i] <= '9'
	}
	if !canonical {
		return nil, fmt.Errorf("%.20q is not a canonical decimal in range", text)
	}
	n, _ := new(big.Int).SetString(text, 10)
	if n.Cmp(limit) >= 0 {
		return nil, fmt.Errorf("%.20q (%d digits) is not below the bound", text, len(text))
	}
	return n, nil
}
