package disclose

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// randomLayer is a lattice with random bounds around one true table, as a layer
// of a system with the rows of its sums.
func randomLayer(random *rand.Rand) (*system, Lattice) {
	l := Lattice{Units: []Unit{{Code: "all"}}}
	for d := range 1 + random.IntN(3) {
		l.Units = append(l.Units, Unit{Code: fmt.Sprintf("d%d", d), Of: "all"})
		for t := range random.IntN(4) {
			l.Units = append(l.Units, Unit{Code: fmt.Sprintf("d%dt%d", d, t), Of: fmt.Sprintf("d%d", d)})
		}
	}
	for g := range random.IntN(5) {
		l.Groups = append(l.Groups, fmt.Sprintf("g%d", g))
	}
	n, parents := l.columns(), l.parents()
	inner := make([]bool, len(l.Units))
	for _, p := range parents {
		if p >= 0 {
			inner[p] = true
		}
	}
	truth := make([]float64, l.size())
	for u := range l.Units {
		for g := range n {
			if inner[u] || n > 1 && g == 0 {
				continue
			}
			v := float64(random.IntN(12))
			for up := u; up >= 0; up = parents[up] {
				truth[up*n+g] += v
				if g > 0 {
					truth[up*n] += v
				}
			}
		}
	}
	s := &system{whole: true, layers: []layer{{newNetwork(l), 0}}}
	for _, v := range truth {
		slack := float64(random.IntN(3))
		if random.IntN(2) == 0 {
			slack = 12
		}
		s.quantity(math.Max(0, v-slack), v+slack)
	}
	for _, m := range l.sums() {
		s.between(0, 0, m.terms(0)...)
	}
	return s, l
}

// What the network says of a cell, or of some parts of a sum together, is what
// linear programming says: exactly the least and the most, or that they lie at
// least as far apart as was asked.
func TestFlow_EqualsLinearProgrammes(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 7))
	tried, ended := 0, 0
	for range 150 {
		s, l := randomLayer(random)
		whole := part{}
		for q := range s.low {
			whole.quantities = append(whole.quantities, q)
		}
		for r := range s.rows {
			whole.rows = append(whole.rows, r)
		}
		f, _, err := s.flow(s.layers[0], nil)
		if err != nil {
			t.Fatal(err)
		}
		var sets [][]int
		for c := range s.low {
			sets = append(sets, []int{c})
		}
		for _, m := range l.sums() {
			if len(m.parts) > 2 {
				sets = append(sets, m.parts[:2], m.parts[1:])
			}
		}
		x := newSimplex(s, whole)
		if err := x.feasible(); err != nil {
			t.Fatal(err)
		}
		for _, set := range sets {
			var is [2]int64
			for e, sign := range []float64{1, -1} {
				cost := make([]float64, x.n)
				for _, c := range set {
					cost[c] = sign
				}
				if err := x.least(cost); err != nil {
					t.Fatal(err)
				}
				v := 0.0
				for _, c := range set {
					v += x.x[c]
				}
				is[e] = int64(math.Round(v))
			}
			width := int64(1 + random.IntN(8))
			low, top, open, ok := f.ends(set, width)
			tried++
			switch {
			case !ok:
				t.Errorf("%v: given up", set)
			case open != (is[1]-is[0] >= width):
				t.Errorf("%v: between %d and %d, and the network says that %d wide is %v", set, is[0], is[1], width, open)
			case !open && (low != is[0] || top != is[1]):
				t.Errorf("%v: between %d and %d, and the network says %d and %d", set, is[0], is[1], low, top)
			}
			if !open {
				ended++
			}
		}
	}
	if tried < 2000 || ended < 300 || tried-ended < 300 {
		t.Errorf("%d tried, %d narrow: not what was meant", tried, ended)
	}
}

// Bounds that no table fits are a contradiction.
func TestFlow_Contradiction(t *testing.T) {
	w := newNetwork(Lattice{Units: []Unit{{Code: "all"}, {Code: "a", Of: "all"}, {Code: "b", Of: "all"}}})
	if _, err := newFlow(w, []int64{10, 0, 0}, []int64{20, 4, 5}, []int64{0, 0, 0}); !errors.Is(err, errContradiction) {
		t.Errorf("got %v", err)
	}
	if _, err := newFlow(w, []int64{9, 0, 0}, []int64{20, 4, 5}, []int64{0, 0, 0}); err != nil {
		t.Errorf("got %v", err)
	}
}
