package curve

import (
	"bytes"
	"crypto/sha512"
	"testing"

	"filippo.io/edwards25519"
)

// points are the neutral element, the base point, others of the curve and, by taking
// any y that there is, points with parts of order 2, 4 and 8.
func points(t testing.TB) []*edwards25519.Point {
	t.Helper()
	out := []*edwards25519.Point{edwards25519.NewIdentityPoint(), edwards25519.NewGeneratorPoint()}
	last, err := edwards25519.NewScalar().SetCanonicalBytes(bytes.Repeat([]byte{1}, 31+1))
	if err != nil {
		t.Fatal(err)
	}
	for seed := byte(0); len(out) < 14; seed++ {
		b := sha512.Sum512([]byte{seed})
		p, err := new(edwards25519.Point).SetBytes(b[:32])
		if err != nil {
			continue
		}
		out = append(out, p, new(edwards25519.Point).ScalarMult(last, p))
	}
	// What q leaves of a point is its part of small order: q-1 times it, and once more.
	minusOne := edwards25519.NewScalar()
	one, _ := edwards25519.NewScalar().SetCanonicalBytes(append([]byte{1}, make([]byte, 31)...))
	minusOne.Subtract(minusOne, one)
	for _, p := range out[2:] {
		small := new(edwards25519.Point).ScalarMult(minusOne, p)
		out = append(out, small.Add(small, p))
	}
	return out
}

// Every way of adding and doubling gives the point that the library gives, from either
// form of coordinates, for points of small order as for others.
func TestPoint_AgreesWithLibrary(t *testing.T) {
	var o ops
	check := func(what string, got Point, want *edwards25519.Point) {
		t.Helper()
		p := Points([]Point{got})[0]
		if p.Equal(want) != 1 || !bytes.Equal(Bytes(p), want.Bytes()) {
			t.Fatalf("%s is %x, want %x", what, Bytes(p), want.Bytes())
		}
		if got.IsIdentity() != (want.Equal(edwards25519.NewIdentityPoint()) == 1) {
			t.Fatalf("%s: IsIdentity is %t", what, got.IsIdentity())
		}
	}
	small := 0
	for _, p := range points(t) {
		if new(edwards25519.Point).MultByCofactor(p).Equal(edwards25519.NewIdentityPoint()) == 1 {
			small++
		}
		for _, q := range points(t) {
			fp, fq := FactorOf(p), FactorOf(q)
			sum, difference := new(edwards25519.Point).Add(p, q), new(edwards25519.Point).Subtract(p, q)
			var a, b, z Point
			o.Set(&a, &fp, false)
			check("point", a, p)
			o.Set(&b, &fq, true)
			check("negative", b, new(edwards25519.Point).Negate(q))
			o.Set(&b, &fq, false)

			affine := factors([]Point{b})
			for _, f := range []*Factor{&fq, &affine[0]} {
				o.Copy(&z, &a)
				o.Times(&z, f, false)
				check("sum", z, sum)
				o.Copy(&z, &a)
				o.Times(&z, f, true)
				check("difference", z, difference)
			}
			o.Mul(&z, &a, &b)
			check("sum of points", z, sum)
			o.Square(&z, &z)
			check("double of fractions", z, new(edwards25519.Point).Add(sum, sum))
			var room Factor
			o.Factor(&z, &room)
			o.Square(&z, &z)
			o.Times(&z, &room, false)
			twice := new(edwards25519.Point).Add(sum, sum)
			check("six times", z, new(edwards25519.Point).Add(new(edwards25519.Point).Add(twice, twice), twice))
		}
	}
	if small < 5 {
		t.Errorf("only %d points are of small order", small)
	}
	var one Point
	o.One(&one)
	check("one", one, edwards25519.NewIdentityPoint())
}
