package group

import (
	"crypto/sha256"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// What is encoded is in the group and comes back: the Belenios specification 2.0,
// section 4.11.2.
func TestEncode_RoundTrip(t *testing.T) {
	g, _ := ByName("RFC-3526-2048")
	long := make([]int, g.EncodeLimit())
	for i := range long {
		long[i] = 255
	}
	r := rand.New(rand.NewPCG(9, 10))
	cases := [][]int{nil, {0}, {255}, {0, 0, 0}, {1, 2, 3}, {255, 0, 255}, long}
	for range 20 {
		v := make([]int, r.IntN(30))
		for i := range v {
			v[i] = r.IntN(256)
		}
		cases = append(cases, v)
	}
	for _, v := range cases {
		e, err := g.Encode(v)
		if err != nil {
			t.Fatalf("%v: %v", v, err)
		}
		if !g.Member(e) {
			t.Errorf("%v is encoded outside the group", v)
		}
		if back, exact := g.Decode(e, len(v)); !slices.Equal(back, v) || !exact {
			t.Errorf("%v comes back as %v, exact %t", v, back, exact)
		}
	}
}

// The number is ((v1*256 + v2)*256 + ...)*256 + e with the smallest e that puts it in
// the group, so that everyone encodes alike.
func TestEncode_IsTheNumberOfTheSpecification(t *testing.T) {
	g, _ := ByName("RFC-3526-2048")
	p := rfc3526.p
	for _, v := range [][]int{{}, {1}, {3, 1, 2}, {200, 100}} {
		want := new(big.Int)
		for _, n := range v {
			want.Add(want.Mul(want, big.NewInt(256)), big.NewInt(int64(n)))
		}
		want.Mul(want, big.NewInt(256))
		for big.Jacobi(want, p) != 1 {
			want.Add(want, big.NewInt(1))
		}
		e, err := g.Encode(v)
		if err != nil || e.String() != want.String() {
			t.Errorf("%v is encoded as %v, %v; want %s", v, e, err, want)
		}
	}
}

func TestEncode_Refuses(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, _ *rand.ChaCha8) {
		for _, v := range [][]int{{-1}, {256}, make([]int, g.EncodeLimit()+1)} {
			if e, err := g.Encode(v); err == nil {
				t.Errorf("%d values %.20v are encoded as %s", len(v), v, e)
			}
		}
	})
}

// An element made by someone else may hold more than the values asked for.
func TestDecode_ReportsWhatIsLeft(t *testing.T) {
	g, _ := ByName("RFC-3526-2048")
	e, err := g.Encode([]int{7, 1, 2})
	if err != nil {
		t.Fatal(err)
	}
	if v, exact := g.Decode(e, 2); exact || !slices.Equal(v, []int{1, 2}) {
		t.Errorf("two of three values are %v, exact %t", v, exact)
	}
	if v, exact := g.Decode(e, 4); !exact || !slices.Equal(v, []int{0, 7, 1, 2}) {
		t.Errorf("four of three values are %v, exact %t", v, exact)
	}
}

// Table 8: SHA-256 of "ggen|i" to the power (p-1)/q. They are members, differ from one
// another and from g.
func TestIndependentGenerator(t *testing.T) {
	for _, f := range []*finite{belenios2048, rfc3526} {
		t.Run(f.name, func(t *testing.T) {
			seen := map[string]bool{f.g.String(): true, "1": true}
			for i := -1; i < 20; i++ {
				h, err := f.IndependentGenerator(i)
				if err != nil {
					t.Fatal(err)
				}
				sum := sha256.Sum256(fmt.Appendf(nil, "ggen|%d", i))
				want := new(big.Int).Exp(new(big.Int).SetBytes(sum[:]), new(big.Int).Div(f.p, f.q), f.p)
				if h.String() != want.String() || !f.Member(h) || seen[h.String()] {
					t.Errorf("generator %d is %s, want %s", i, h, want)
				}
				seen[h.String()] = true
			}
		})
	}
}
