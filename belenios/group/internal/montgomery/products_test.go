package montgomery

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"commonweal/belenios/group/internal/multiexp"
)

// fixture is a modulus with bases whose numbers are known.
type fixture struct {
	*Modulus
	r       *rand.Rand
	bases   []*Base
	numbers []*big.Int
}

func newFixture(p *big.Int, k kernel, n int) *fixture {
	f := &fixture{Modulus: newModulus(p, k), r: rand.New(rand.NewPCG(5, 6))}
	for range n {
		x := random(f.r, p)
		b := new(Base)
		f.Set(&b.X, x)
		f.bases = append(f.bases, b)
		f.numbers = append(f.numbers, x)
	}
	return f
}

func (f *fixture) exponent(bits int) *big.Int {
	if bits == 0 {
		return new(big.Int)
	}
	b := make([]byte, 264)
	for i := range b {
		b[i] = byte(f.r.Uint32())
	}
	x := new(big.Int).SetBytes(b)
	x.Rsh(x, uint(264*8-bits))
	return x.SetBit(x, bits-1, 1)
}

// pick is a row in numbers: which base, to which power.
type pick struct {
	base int
	exp  *big.Int
}

func (f *fixture) check(t *testing.T, rows [][]pick) {
	t.Helper()
	terms := make([][]Term, len(rows))
	for i, row := range rows {
		for _, c := range row {
			terms[i] = append(terms[i], Term{Base: f.bases[c.base], Exp: multiexp.NewExponent(c.exp.Bytes())})
		}
	}
	got := f.Products(terms)
	for i, row := range rows {
		want := big.NewInt(1)
		for _, c := range row {
			want.Mul(want, new(big.Int).Exp(f.numbers[c.base], c.exp, f.p)).Mod(want, f.p)
		}
		if f.Big(&got[i]).Cmp(want) != 0 {
			t.Errorf("row %d of %d is wrong", i, len(rows))
		}
	}
}

// Every shape of rows gives what math/big gives: nothing at all, exponent zero, one
// base in many rows, many bases in one row, a base twice in a row, tables and
// exponents too long for them, and rows long enough for buckets.
func TestProducts_AgreeWithMathBig(t *testing.T) {
	for _, k := range kernels() {
		t.Run(k.String(), func(t *testing.T) {
			f := newFixture(moduli(t)["close to 2^2048"], k, 80)
			f.bases[0].Table = f.NewTable(&f.bases[0].X, 256)
			f.bases[1].Table = f.NewTable(&f.bases[1].X, 61)
			e := f.exponent
			cases := map[string][][]pick{
				"no rows":            {},
				"empty rows":         {{}, {}},
				"zero exponents":     {{{2, e(0)}}, {{0, e(0)}, {3, e(5)}}},
				"one base":           {{{2, e(256)}}},
				"shared":             {{{2, e(256)}}, {{2, e(255)}}, {{2, e(1)}}, {{2, e(64)}}, {{2, e(65)}}},
				"shared by two rows": {{{2, e(256)}, {3, e(256)}}, {{2, e(256)}, {3, e(200)}}, {{4, e(256)}}, {{4, e(256)}}},
				"own":                {{{2, e(256)}, {3, e(256)}, {4, e(17)}}, {{5, e(256)}, {6, e(2047)}}, {{7, e(3)}}},
				"twice in a row":     {{{2, e(256)}, {2, e(100)}}},
				"tables":             {{{0, e(256)}, {1, e(61)}}, {{0, e(1)}}, {{0, e(256)}, {2, e(256)}}},
				"one row of tables":  {{{0, e(256)}, {0, e(255)}, {1, e(64)}}},
				"table too short":    {{{0, e(257)}}, {{1, e(256)}, {0, e(256)}}},
				"a proof":            {{{0, e(256)}, {2, e(256)}}, {{1, e(256)}, {3, e(256)}, {0, e(256)}}, {{0, e(256)}, {2, e(256)}}, {{1, e(256)}, {3, e(256)}}, {{2, e(256)}}, {{3, e(256)}}},
				"a decryption":       {{{2, e(2047)}, {3, e(256)}}, {{2, e(2046)}, {4, e(256)}}},
			}
			for _, n := range []int{31, 32, 80} {
				row := make([]pick, n)
				for i := range row {
					row[i] = pick{i, e(f.r.IntN(300))}
				}
				cases[fmt.Sprint("row of ", n)] = [][]pick{row, {{5, e(256)}}, row[:3]}
			}
			for name, rows := range cases {
				t.Run(name, func(t *testing.T) { f.check(t, rows) })
			}
		})
	}
}

// Random rows over few bases meet every mixture of the ways.
func TestProducts_Random(t *testing.T) {
	for _, k := range kernels() {
		f := newFixture(moduli(t)["close to 2^2048"], k, 6)
		f.bases[0].Table = f.NewTable(&f.bases[0].X, 90)
		for range 30 {
			rows := make([][]pick, 1+f.r.IntN(5))
			for r := range rows {
				for range f.r.IntN(5) {
					rows[r] = append(rows[r], pick{f.r.IntN(6), f.exponent(f.r.IntN(120))})
				}
			}
			f.check(t, rows)
		}
	}
}

// The powers for secrets are those for public numbers.
func TestSecretPowers_AgreeWithPublicOnes(t *testing.T) {
	for name, p := range moduli(t) {
		for _, k := range kernels() {
			f := newFixture(p, k, 1)
			comb := f.NewComb(&f.bases[0].X, 32)
			for _, e := range []*big.Int{
				new(big.Int), big.NewInt(1), big.NewInt(15), big.NewInt(16), f.exponent(255), f.exponent(256),
				new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1)),
			} {
				want := new(big.Int).Exp(f.numbers[0], e, p)
				b := e.FillBytes(make([]byte, 32))
				var z Nat
				if f.Exp(&z, &f.bases[0].X, b); f.Big(&z).Cmp(want) != 0 {
					t.Errorf("%s, %s: Exp(%x) is wrong", name, k, e)
				}
				if comb.Exp(&z, b); f.Big(&z).Cmp(want) != 0 {
					t.Errorf("%s, %s: comb for %x is wrong", name, k, e)
				}
			}
		}
	}
}

// The shapes that ballots, shuffles and decryptions have, beside plain powers.
func BenchmarkProducts(b *testing.B) {
	for _, k := range kernels() {
		f := newFixture(moduli(b)["close to 2^2048"], k, 200)
		f.bases[0].Table = f.NewTable(&f.bases[0].X, 256)
		f.bases[1].Table = f.NewTable(&f.bases[1].X, 256)
		e := func(base, bits int) Term {
			return Term{Base: f.bases[base], Exp: multiexp.NewExponent(f.exponent(bits).Bytes())}
		}
		run := func(name string, rows [][]Term, plain int) {
			b.Run(k.String()+"/"+name, func(b *testing.B) {
				for b.Loop() {
					f.Products(rows)
				}
			})
		}
		run("one power of 256 bits", [][]Term{{e(2, 256)}}, 0)
		run("table", [][]Term{{e(0, 256)}}, 0)
		run("proof of 0 or 1, both members", [][]Term{
			{e(0, 256), e(2, 256)},
			{e(1, 256), e(3, 256)},
			{e(0, 256), e(2, 256)},
			{e(1, 256), e(3, 256), e(0, 256)},
			{e(2, 256)},
			{e(3, 256)},
		}, 0)
		run("decryption by two trustees", [][]Term{{e(2, 2047), e(3, 256)}, {e(2, 2047), e(4, 256)}}, 0)
		row := make([]Term, 200)
		for i := range row {
			row[i] = e(i, 2047)
		}
		run("row of 200 powers of 2047 bits", [][]Term{row}, 0)
	}
	f := newFixture(moduli(b)["close to 2^2048"], portable, 1)
	for _, bits := range []int{256, 2047} {
		e := f.exponent(bits)
		b.Run(fmt.Sprint("math/big/one power of ", bits, " bits"), func(b *testing.B) {
			z := new(big.Int)
			for b.Loop() {
				z.Exp(f.numbers[0], e, f.p)
			}
		})
	}
}

func BenchmarkSecret(b *testing.B) {
	for _, k := range kernels() {
		f := newFixture(moduli(b)["close to 2^2048"], k, 1)
		comb := f.NewComb(&f.bases[0].X, 32)
		e := f.exponent(256).Bytes()
		var z Nat
		b.Run(k.String()+"/Exp", func(b *testing.B) {
			for b.Loop() {
				f.Exp(&z, &f.bases[0].X, e)
			}
		})
		b.Run(k.String()+"/Comb", func(b *testing.B) {
			for b.Loop() {
				comb.Exp(&z, e)
			}
		})
	}
}
