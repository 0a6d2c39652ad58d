package disclose

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"
	"time"
)

// leafCounts fills a cube from counts by leaf, as a national file has them.
func (c *Cube) leafCounts(at int, answers [][]int) {
	n := c.Lattice.columns()
	parents := c.Lattice.parents()
	for u := at / n; u >= 0; u = parents[u] {
		for _, g := range []int{0, at % n} {
			cell := &c.cells[u*n+g]
			for _, x := range answers[0] {
				cell.people += x
			}
			for q, counts := range answers {
				for o, x := range counts {
					cell.answers[q][o] += x
				}
			}
			for s, sc := range c.Scores {
				for q := range c.Questions {
					if sc.Questions[0] != c.Questions[q].ID {
						continue
					}
					for o, x := range answers[q] {
						p := *c.Questions[q].Options[o].Points
						cell.scores[s].people += x
						cell.scores[s].sum += p * float64(x)
						cell.scores[s].squares += p * p * float64(x)
					}
				}
			}
		}
	}
}

func spreadOver(n int, lean float64, random *rand.Rand) []int {
	counts := make([]int, 5)
	for range n {
		counts[int(min(4, max(0, math.Round(2+lean+random.NormFloat64()))))]++
	}
	return counts
}

// nationalCube is an invented survey of organisations by occupations, a few of
// them large and most small.
func nationalCube(t testing.TB, orgs, occupations int) *Cube {
	t.Helper()
	random := rand.New(rand.NewPCG(2024, 1))
	s := Shape{Wave: "2024", Instrument: "invented", Lattice: Lattice{Units: []Unit{{Code: "england"}}}}
	for o := range occupations {
		s.Lattice.Groups = append(s.Lattice.Groups, fmt.Sprintf("o%d", o))
	}
	for u := range orgs {
		s.Lattice.Units = append(s.Lattice.Units, Unit{Code: fmt.Sprintf("org%d", u), Of: "england"})
	}
	s.Questions = []Question{fivePoint("q")}
	s.Scores = []Score{{ID: "s", Questions: []string{"q"}, Least: 1, Best: 10}}
	c, err := NewCube(s)
	if err != nil {
		t.Fatal(err)
	}
	n := s.Lattice.columns()
	for u := 1; u <= orgs; u++ {
		size := 60 * math.Exp(1.2*random.NormFloat64())
		for g := 1; g < n; g++ {
			people := int(size / math.Pow(float64(g), 0.9) * 2 * random.Float64())
			c.leafCounts(u*n+g, [][]int{spreadOver(people, 0.6*math.Sin(float64(u+3*g)), random)})
		}
	}
	return c
}

// A table of the national survey's shape, organisations by occupations: most
// cells hold few people. The release has nothing for the attacker. The whole of
// it, 263 by 42, takes ten seconds and is tried where COMMONWEAL_LONG is set.
func TestProtect_National(t *testing.T) {
	if testing.Short() {
		t.Skip("smaller cubes exercise the same code")
	}
	orgs, occupations := 80, 20
	if os.Getenv("COMMONWEAL_LONG") != "" {
		orgs, occupations = 263, 42
	}
	c := nationalCube(t, orgs, occupations)
	start := time.Now()
	r, cert, err := Protect(c, nil, Knowledge{}, DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	protect := time.Since(start)
	start = time.Now()
	found, effort, err := Attack([]Release{r}, Knowledge{})
	if err != nil || len(found) > 0 {
		t.Fatalf("found %d, %v", len(found), err)
	}
	if effort.Bounded > 0 {
		t.Errorf("%d of %d quantities were only bounded", effort.Bounded, effort.Quantities)
	}
	t.Logf("%d people, shown %+v, hidden %+v, protected in %v, attacked in %v, %+v", c.People(), cert.Shown, cert.Hidden, protect, time.Since(start), effort)
	if all := orgs * occupations; cert.Shown.Cells < all/10 || cert.Hidden.Cells < all/10 {
		t.Errorf("%d cells shown and %d hidden: not the shape that was meant", cert.Shown.Cells, cert.Hidden.Cells)
	}
}
