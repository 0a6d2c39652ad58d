package group

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// Products, inverses and every kind of power are those of the obvious computation,
// inside the group and, but for exponents that q would reduce, outside it.
func TestGroup_AgreesWithPlain(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, r *rand.ChaCha8) {
		ref := plainOf(g)
		elements := []Element{g.Identity(), g.Generator(), g.ExpG(randomScalar(t, g, r))}
		for _, e := range strangers(t, g) {
			elements = append(elements, e)
		}
		for _, a := range elements {
			for _, b := range elements {
				if got, want := g.Mul(a, b).String(), ref.mul(a.String(), b.String()); got != want {
					t.Fatalf("%s * %s = %s, want %s", a, b, got, want)
				}
			}
			if !g.Equal(g.Mul(a, g.Inv(a)), g.Identity()) {
				t.Fatalf("%s times its inverse is not 1", a)
			}
			table := g.Precompute(a, g.Order().BitLen())
			short := g.Precompute(a, 40)
			for _, s := range edgeScalars(t, g, r) {
				want := ref.exp(a.String(), s.Big())
				for name, got := range map[string]Element{
					"Exp":                         g.Exp(a, s),
					"Exps, first of three":        g.Exps(Term{a, s}, Term{g.Generator(), s}, Term{a, g.ScalarInt(3)})[0],
					"Exps, last of three":         g.Exps(Term{g.Generator(), s}, Term{a, g.ScalarInt(3)}, Term{a, s})[2],
					"Product":                     g.Product(Term{a, s}),
					"Product with a table":        g.Product(Term{table, s}),
					"Product with a short table":  g.Product(Term{short, s}),
					"Product of an element twice": g.Product(Term{a, s}, Term{a, s}, Term{g.Inv(a), s}),
				} {
					if got.String() != want {
						t.Fatalf("%s: %s to the power %s = %s, want %s", name, a, s, got, want)
					}
				}
			}
		}
		for _, s := range edgeScalars(t, g, r) {
			if got, want := g.ExpG(s).String(), ref.exp(g.Generator().String(), s.Big()); got != want {
				t.Fatalf("g to the power %s = %s, want %s", s, got, want)
			}
		}
	})
}

// Rows that share bases, tables and tests of membership give what each row gives alone.
func TestProducts_AgreeWithPlain(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, r *rand.ChaCha8) {
		ref := plainOf(g)
		gen := g.Precompute(g.Generator(), g.Order().BitLen())
		y := g.Precompute(g.ExpG(randomScalar(t, g, r)), g.Order().BitLen())
		s := func() Scalar { return randomScalar(t, g, r) }
		alpha, beta := g.ExpG(s()), g.ExpG(s())
		rows := [][]Term{
			{{gen, s()}, {alpha, s()}},
			{{y, s()}, {beta, s()}},
			{{gen, s()}, {alpha, s()}},
			{{y, s()}, {beta, s()}, {g.Generator(), s()}},
			{},
			{{alpha, g.ScalarInt(0)}},
		}
		for range 40 { // long enough for buckets
			rows[4] = append(rows[4], Term{g.ExpG(s()), s()})
		}
		var outside Element
		for _, outside = range strangers(t, g) {
			break
		}
		values, member := g.Products(rows, alpha, outside, beta)
		for i, row := range rows {
			want := g.Identity().String()
			for _, term := range row {
				want = ref.mul(want, ref.exp(term.Base.String(), term.Exp.Big()))
			}
			if values[i].String() != want {
				t.Errorf("row %d is %s, want %s", i, values[i], want)
			}
		}
		if !member[0] || member[1] || !member[2] {
			t.Errorf("members: %t, want true, false, true", member)
		}
	})
}

// The laws that proofs rest on: powers turn sums into products, and products of
// exponents into powers of powers.
func TestGroup_Laws(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, r *rand.ChaCha8) {
		for range 10 {
			a, b := randomScalar(t, g, r), randomScalar(t, g, r)
			x := g.ExpG(randomScalar(t, g, r))
			if !g.Equal(g.Exp(x, a.Add(b)), g.Mul(g.Exp(x, a), g.Exp(x, b))) {
				t.Fatal("x^(a+b) is not x^a x^b")
			}
			if !g.Equal(g.Exp(x, a.Mul(b)), g.Exp(g.Exp(x, a), b)) {
				t.Fatal("x^(ab) is not (x^a)^b")
			}
			if !g.Equal(g.Exp(x, a.Neg()), g.Inv(g.Exp(x, a))) {
				t.Fatal("x^-a is not 1/x^a")
			}
			inverse, ok := a.Inverse()
			if !ok || !g.Equal(g.Exp(g.Exp(x, a), inverse), x) {
				t.Fatal("(x^a)^(1/a) is not x")
			}
		}
	})
}

// Powers of the generator are members; what has a part outside is not, whichever part
// it is; nor does a table or a product with a member hide it.
func TestMember(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, r *rand.ChaCha8) {
		for _, s := range edgeScalars(t, g, r) {
			if !g.Member(g.ExpG(s)) {
				t.Errorf("g^%s is not a member", s)
			}
		}
		for name, e := range strangers(t, g) {
			if g.Member(e) {
				t.Errorf("%s is a member", name)
			}
			if g.Member(g.Precompute(e, 300)) {
				t.Errorf("%s is a member once it has a table", name)
			}
		}
	})
}

// Membership is what raising to q says, for any element: in RFC-3526-2048 the Jacobi
// symbol stands in for it.
func TestMember_IsPowerOfOrder(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, r *rand.ChaCha8) {
		f, ok := g.(*finite)
		if !ok {
			t.Skip("only the fields have members among all small numbers")
		}
		for x := range int64(20) {
			e := f.of(big.NewInt(x + 1))
			want := new(big.Int).Exp(big.NewInt(x+1), f.q, f.p).Cmp(big.NewInt(1)) == 0
			if g.Member(e) != want {
				t.Errorf("Member(%d) is %t", x+1, !want)
			}
		}
	})
}

// Elements are ordered as the numbers that their texts spell, not as strings.
func TestCompare(t *testing.T) {
	g, _ := ByName("RFC-3526-2048")
	nine, err := g.Parse("9")
	if err != nil {
		t.Fatal(err)
	}
	ten, err := g.Parse("10")
	if err != nil {
		t.Fatal(err)
	}
	if g.Compare(nine, ten) != -1 || g.Compare(ten, nine) != 1 || g.Compare(ten, ten) != 0 {
		t.Error("9 and 10 are out of order")
	}
}

// An element of another group is a mistake of the program, not of the data.
func TestGroup_RefusesForeignElements(t *testing.T) {
	forEach(t, func(t *testing.T, g Group, r *rand.ChaCha8) {
		for _, name := range Names() {
			other, _ := ByName(name)
			if other == g {
				continue
			}
			for what, f := range map[string]func(){
				"element": func() { g.Mul(g.Generator(), other.Generator()) },
				"scalar":  func() { g.Exp(g.Generator(), other.ScalarInt(1)) },
				"sum":     func() { g.ScalarInt(1).Add(other.ScalarInt(1)) },
			} {
				func() {
					defer func() {
						if recover() == nil {
							t.Errorf("%s of %s is taken", what, name)
						}
					}()
					f()
				}()
			}
		}
	})
}

func TestByName_Unknown(t *testing.T) {
	for _, name := range []string{"", "ed25519", "BELENIOS-3072", "P-256"} {
		if _, ok := ByName(name); ok {
			t.Errorf("%q is a group", name)
		}
	}
}
