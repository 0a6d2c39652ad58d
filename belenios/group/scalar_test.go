package group

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"math/big"
	"math/rand/v2"
	"testing"
	"testing/iotest"
)

// Arithmetic modulo q is that of math/big.
func TestScalar_Arithmetic(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, r *rand.ChaCha8) {
		q := g.Order()
		for _, a := range edgeScalars(t, g, r) {
			for _, b := range edgeScalars(t, g, r) {
				x, y := a.Big(), b.Big()
				for name, c := range map[string]struct {
					got  Scalar
					want *big.Int
				}{
					"+": {a.Add(b), new(big.Int).Add(x, y)},
					"-": {a.Sub(b), new(big.Int).Sub(x, y)},
					"*": {a.Mul(b), new(big.Int).Mul(x, y)},
					"n": {a.Neg(), new(big.Int).Neg(x)},
				} {
					if c.got.Big().Cmp(c.want.Mod(c.want, q)) != 0 {
						t.Fatalf("%s %s %s = %s, want %s", a, name, b, c.got, c.want)
					}
				}
				if a.Equal(b) != (x.Cmp(y) == 0) || a.IsZero() != (x.Sign() == 0) {
					t.Fatalf("%s and %s are compared wrongly", a, b)
				}
				if a.Big().Cmp(x) != 0 {
					t.Fatalf("%s changed", x)
				}
			}
			if inverse, ok := a.Inverse(); ok == a.IsZero() || ok && !inverse.Mul(a).Equal(g.ScalarInt(1)) {
				t.Fatalf("1/%s is %v, %t", a, inverse, ok)
			}
		}
	})
}

// Hashes and long numbers are reduced as big-endian numbers, whether they are shorter
// or longer than q.
func TestReduceScalar(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, r *rand.ChaCha8) {
		for _, n := range []int{0, 1, 8, 31, 32, 33, 64, 255, 256, 257, 600} {
			b := make([]byte, n)
			_, _ = r.Read(b)
			want := new(big.Int).SetBytes(b)
			if got := g.ReduceScalar(b); got.Big().Cmp(want.Mod(want, g.Order())) != 0 {
				t.Errorf("%x is reduced to %s, want %s", b, got, want)
			}
			ones := bytes.Repeat([]byte{0xff}, n)
			want.SetBytes(ones)
			if got := g.ReduceScalar(ones); got.Big().Cmp(want.Mod(want, g.Order())) != 0 {
				t.Errorf("%d bytes of ones are reduced to %s, want %s", n, got, want)
			}
		}
		sum := sha256.Sum256([]byte("data"))
		if !g.HashScalar([]byte("data")).Equal(g.ReduceScalar(sum[:])) {
			t.Error("HashScalar is not SHA-256 mod q")
		}
	})
}

// A draw of q or more is thrown away, not reduced, and randomness that ends is an error.
func TestRandomScalar(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, _ *rand.ChaCha8) {
		q := g.Order()
		size := len(q.Bytes())
		five := big.NewInt(5).FillBytes(make([]byte, size))
		s, err := g.RandomScalar(io.MultiReader(bytes.NewReader(q.Bytes()), bytes.NewReader(five)))
		if err != nil || s.String() != "5" {
			t.Errorf("after a draw of q comes %v, %v", s, err)
		}
		last := new(big.Int).Sub(q, big.NewInt(1))
		if s, err := g.RandomScalar(bytes.NewReader(last.Bytes())); err != nil || s.Big().Cmp(last) != 0 {
			t.Errorf("a draw of q-1 is %v, %v", s, err)
		}
		if _, err := g.RandomScalar(bytes.NewReader(five[1:])); err == nil {
			t.Error("randomness that ends gives a scalar")
		}
		broken := errors.New("broken")
		if _, err := g.RandomScalar(iotest.ErrReader(broken)); !errors.Is(err, broken) {
			t.Errorf("broken randomness gives %v", err)
		}
	})
}
