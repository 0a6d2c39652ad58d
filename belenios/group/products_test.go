package group

import (
	"crypto/rand"
	"testing"
)

// Some bases stand in several rows and some in one, which is how partial
// decryptions of several trustees are checked. The highest digit of a shorter
// exponent may be higher than that of a longer one, so this takes many tries.
func TestProducts_BasesInSeveralRows(t *testing.T) {
	for _, name := range Names() {
		g, _ := ByName(name)
		for range 12 {
			alpha := g.ExpG(random(t, g))
			var rows [][]Term
			for range 3 {
				f := g.ExpG(random(t, g))
				rows = append(rows, []Term{{alpha, random(t, g)}}, []Term{{f, g.HashScalar([]byte(f.String()))}})
			}
			values, _ := g.Products(rows)
			for i, row := range rows {
				if want := g.Exp(row[0].Base, row[0].Exp); !g.Equal(want, values[i]) {
					t.Fatalf("%s: row %d is wrong", name, i)
				}
			}
		}
	}
}

func random(t *testing.T, g Group) Scalar {
	t.Helper()
	s, err := g.RandomScalar(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
