package curve

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

var prime = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))

func (z *element) big() *big.Int {
	x := new(big.Int)
	for i := 3; i >= 0; i-- {
		x.Lsh(x, 64).Or(x, new(big.Int).SetUint64(z[i]))
	}
	return x
}

// words are what carries and borrows go wrong at: every number below 2^256 is allowed,
// so 0 has three spellings.
func words() []element {
	const ones = 1<<64 - 1
	out := []element{
		{},
		{1},
		{2},
		{18},
		{19},
		{37},
		{38},
		{39},
		{ones},
		{0, 1},
		{0, 0, 0, 1 << 63},
		{ones - 18, ones, ones, ones >> 1},
		{ones - 19, ones, ones, ones >> 1},
		{ones - 17, ones, ones, ones >> 1},
		{ones - 37, ones, ones, ones},
		{ones - 38, ones, ones, ones},
		{ones - 36, ones, ones, ones},
		{ones, ones, ones, ones},
		{0, ones, ones, ones},
		{ones, 0, ones, ones},
		{0, 0, 0, ones},
	}
	r := rand.New(rand.NewPCG(17, 18))
	for range 30 {
		out = append(out, element{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()})
	}
	return out
}

// Each operation is that of math/big, whatever the representatives and in place, and
// the assembly agrees with the Go code to the bit.
func TestElement_AgreesWithMathBig(t *testing.T) {
	check := func(what string, x, y, z element, want *big.Int) {
		t.Helper()
		want.Mod(want, prime)
		if got := z.big(); got.Mod(got, prime).Cmp(want) != 0 {
			t.Fatalf("%s of %x and %x is %x, want %x", what, x.big(), y.big(), got, want)
		}
		if z.reduce(); z.big().Cmp(want) != 0 {
			t.Fatalf("%s of %x and %x is reduced to %x, want %x", what, x.big(), y.big(), z.big(), want)
		}
	}
	for _, x := range words() {
		for _, y := range words() {
			var z, portable element
			z.add(&x, &y)
			check("sum", x, y, z, new(big.Int).Add(x.big(), y.big()))
			z.subtract(&x, &y)
			check("difference", x, y, z, new(big.Int).Sub(x.big(), y.big()))
			z.multiply(&x, &y)
			check("product", x, y, z, new(big.Int).Mul(x.big(), y.big()))
			if multiplyPortable(&portable, &x, &y); z != portable {
				t.Fatalf("product of %x and %x is %x, portably %x", x.big(), y.big(), z.big(), portable.big())
			}
			a, b := x, y
			a.multiply(&a, &b)
			b.multiply(&x, &b)
			if a != z || b != z {
				t.Fatalf("product of %x and %x in place is %x and %x", x.big(), y.big(), a.big(), b.big())
			}
			if x.equal(&y) != (new(big.Int).Mod(x.big(), prime).Cmp(new(big.Int).Mod(y.big(), prime)) == 0) {
				t.Fatalf("%x and %x are compared wrongly", x.big(), y.big())
			}
		}
		var z, portable, inverse element
		z.square(&x)
		check("square", x, x, z, new(big.Int).Mul(x.big(), x.big()))
		if multiplyPortable(&portable, &x, &x); z != portable {
			t.Fatalf("square of %x is %x, portably %x", x.big(), z.big(), portable.big())
		}
		a := x
		if a.square(&a); a != z {
			t.Fatalf("square of %x in place is %x", x.big(), a.big())
		}
		copied := x
		inverse.invert(&copied)
		inverse.multiply(&inverse, &x)
		if want := (element{1}); !inverse.equal(&want) && !x.equal(&element{}) {
			t.Fatalf("1/%x is wrong", x.big())
		}
		var back element
		copied = x
		if back.set(copied.field()); !back.equal(&x) {
			t.Fatalf("%x comes back from the library as %x", x.big(), back.big())
		}
	}
}

func FuzzElement(f *testing.F) {
	f.Add(uint64(1), uint64(2), uint64(3), uint64(4), ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0))
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g, h, i uint64) {
		x, y := element{a, b, c, d}, element{e, g, h, i}
		var z, portable element
		z.multiply(&x, &y)
		multiplyPortable(&portable, &x, &y)
		want := new(big.Int).Mul(x.big(), y.big())
		got := z.big()
		if z != portable || got.Mod(got, prime).Cmp(want.Mod(want, prime)) != 0 {
			t.Errorf("%x * %x = %x, portably %x, want %x", x.big(), y.big(), z.big(), portable.big(), want)
		}
		z.square(&x)
		if multiplyPortable(&portable, &x, &x); z != portable {
			t.Errorf("%x^2 = %x, portably %x", x.big(), z.big(), portable.big())
		}
	})
}

func BenchmarkElement(b *testing.B) {
	x, y := element{1, 2, 3, 4}, element{5, 6, 7, 8}
	fx, fy := x.field(), y.field()
	for name, f := range map[string]func(){
		"multiply":         func() { x.multiply(&x, &y) },
		"multiply/go":      func() { multiplyPortable(&x, &x, &y) },
		"multiply/library": func() { fx.Multiply(fx, fy) },
		"square":           func() { x.square(&x) },
		"square/library":   func() { fx.Square(fx) },
		"add":              func() { x.add(&x, &y) },
		"add/library":      func() { fx.Add(fx, fy) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
		})
	}
}
