package boothtest

import (
	"crypto/rand"
	"encoding/json"
	"math/big"
	"os"
	"testing"

	"commonweal/belenios/group"
)

// vectors of one group. testdata/groups.json was computed by a third program, with the built-in integers of Python and, for
// the curve, the affine formulae of RFC 8032.
type vectors struct {
	Powers    []struct{ A, N, Result string }
	Products  []struct{ A, B, Result string }
	Encodings []struct {
		Values []int
		Result string
	}
	Members []struct {
		A      string
		Member bool
	}
	Refused []string
}

func readVectors(t *testing.T) map[string]vectors {
	t.Helper()
	text, err := os.ReadFile("testdata/groups.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]vectors
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// One file of vectors, both programs.
func TestGroups_Vectors(t *testing.T) {
	b := open(t)
	all := readVectors(t)
	for _, name := range group.Names() {
		t.Run(name, func(t *testing.T) {
			g, _ := group.ByName(name)
			v, ok := all[name]
			if !ok {
				t.Fatal("no vectors")
			}
			for _, p := range v.Powers {
				n, _ := new(big.Int).SetString(p.N, 10)
				same(t, "power", p.Result, must[string](t, b, map[string]any{"do": "power", "group": name, "a": p.A, "n": p.N}))
				if n.Cmp(g.Order()) < 0 {
					same(t, "power in Go", p.Result, g.Exp(parse(t, g, p.A), g.ReduceScalar(n.Bytes())).String())
				}
			}
			for _, p := range v.Products {
				same(t, "product", p.Result, must[string](t, b, map[string]any{"do": "times", "group": name, "a": p.A, "b": p.B}))
				same(t, "product in Go", p.Result, g.Mul(parse(t, g, p.A), parse(t, g, p.B)).String())
				square := g.Mul(parse(t, g, p.A), parse(t, g, p.A)).String()
				same(t, "square", square, must[string](t, b, map[string]any{"do": "square", "group": name, "a": p.A}))
			}
			for _, m := range v.Members {
				if got := must[bool](t, b, map[string]any{"do": "isMember", "group": name, "a": m.A}); got != m.Member {
					t.Errorf("membership of %.20s…: the booth says %t", m.A, got)
				}
				if got := g.Member(parse(t, g, m.A)); got != m.Member {
					t.Errorf("membership of %.20s…: Go says %t", m.A, got)
				}
			}
			for _, text := range v.Refused {
				if got, err := ask[string](t, b, map[string]any{"do": "parse", "group": name, "a": text}); err == nil {
					t.Errorf("the booth reads %q as %s", text, got)
				}
				if _, err := g.Parse(text); err == nil {
					t.Errorf("Go reads %q", text)
				}
			}
			for _, e := range v.Encodings {
				same(t, "encoding", e.Result, must[string](t, b, map[string]any{"do": "encode", "group": name, "values": e.Values}))
				encoded, err := g.Encode(e.Values)
				if err != nil {
					t.Fatal(err)
				}
				same(t, "encoding in Go", e.Result, encoded.String())
			}
		})
	}
}

// Random exponents, so that every digit of every length comes up in the end.
func TestGroups_Powers(t *testing.T) {
	b := open(t)
	for _, name := range group.Names() {
		g, _ := group.ByName(name)
		for range 20 {
			s, err := g.RandomScalar(rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			want := g.ExpG(s)
			same(t, name, want.String(), must[string](t, b, map[string]any{"do": "generatorPower", "group": name, "n": s.String()}))
			same(t, name, g.Exp(want, s).String(), must[string](t, b, map[string]any{"do": "power", "group": name, "a": want.String(), "n": s.String()}))
		}
	}
}

func parse(t *testing.T, g group.Group, text string) group.Element {
	t.Helper()
	e, err := g.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func same(t *testing.T, what, want, got string) {
	t.Helper()
	if want != got {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}
