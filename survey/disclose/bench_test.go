package disclose

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os/exec"
	"testing"
)

// The release of a mutual with nine questions, and the attack on it.
func BenchmarkMutual(b *testing.B) {
	h := house{directorates: 5, teams: 8, groups: 12, people: [2]int{8, 60}, respond: 0.6, questions: 9, scores: 3, skip: 0.02}
	people, eligible := h.staff(rand.New(rand.NewPCG(1, 2)))
	c, public := cubeOf(b, h.shape("2024"), people), Knowledge{Eligible: listed("2024", eligible)}
	b.Run("protect", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := Protect(c, nil, public, DefaultRules()); err != nil {
				b.Fatal(err)
			}
		}
	})
	r, _, err := Protect(c, nil, public, DefaultRules())
	if err != nil {
		b.Fatal(err)
	}
	b.Run("attack", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := Attack([]Release{r}, public); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// The attack on a table of 263 organisations by 42 occupations that hides what
// the rules hide and no more.
func BenchmarkAttack_National(b *testing.B) {
	r := nationalCube(b, 263, 42).draft(Knowledge{}, DefaultRules())
	for b.Loop() {
		if _, _, err := Attack([]Release{r}, Knowledge{}); err != nil {
			b.Fatal(err)
		}
	}
}

// The least and the most that one hidden cell of 60 organisations by 20
// occupations can be: by us with all others of the same table in turn, and by
// GLPK's solver, which is given the same programme as a file and started twice,
// once each way. Half of what it takes is reading the file.
func BenchmarkHiddenCell(b *testing.B) {
	r := nationalCube(b, 60, 20).draft(Knowledge{}, DefaultRules())
	list, err := worlds([]Release{r}, Knowledge{})
	if err != nil {
		b.Fatal(err)
	}
	s, err := newAttacker(nil).peopleSystem(list[0])
	if err != nil {
		b.Fatal(err)
	}
	var hidden []int
	for c := range list[0].tables[0].cells {
		if !list[0].tables[0].shown(c) && !s.known(c) {
			hidden = append(hidden, c)
		}
	}
	ours := func(f *flow, c int) (low, top int64) {
		low, top, _, _ = f.ends([]int{c}, math.MaxInt32)
		return low, top
	}
	b.Run("cell", func(b *testing.B) {
		var f *flow
		for i := 0; b.Loop(); i++ {
			if i%len(hidden) == 0 {
				if f, _, err = s.flow(s.layers[0], nil); err != nil {
					b.Fatal(err)
				}
			}
			ours(f, hidden[i%len(hidden)])
		}
	})
	b.Run("cell/peer=glpsol", func(b *testing.B) {
		if _, err := exec.LookPath("glpsol"); err != nil {
			b.Skip("glpsol is not installed")
		}
		f, _, err := s.flow(s.layers[0], nil)
		if err != nil {
			b.Fatal(err)
		}
		for i := 0; b.Loop(); i++ {
			c := hidden[i%len(hidden)]
			low, top := ours(f, c)
			if l, t := s.glpsol(b, c, "Minimize"), s.glpsol(b, c, "Maximize"); l != low || t != top {
				b.Fatalf("cell %d: %d to %d, and glpsol says %d to %d", c, low, top, l, t)
			}
		}
	})
}

// glpsol has GLPK's solver work out one end of a quantity.
func (s *system) glpsol(b *testing.B, q int, way string) int64 {
	b.Helper()
	var text bytes.Buffer
	_, _ = fmt.Fprintf(&text, "%s\n v: x%d\nSubject To\n", way, q)
	for i, r := range s.rows {
		_, _ = fmt.Fprintf(&text, " r%d:", i)
		for _, t := range r.terms {
			_, _ = fmt.Fprintf(&text, " %+g x%d\n", t.coef, t.of)
		}
		_, _ = fmt.Fprintf(&text, " = %g\n", r.low)
	}
	_, _ = fmt.Fprint(&text, "Bounds\n")
	for c := range s.low {
		_, _ = fmt.Fprintf(&text, " %g <= x%d <= %g\n", s.low[c], c, s.top[c])
	}
	_, _ = fmt.Fprint(&text, "End\n")
	cmd := exec.Command("glpsol", "--lp", "/dev/stdin", "-o", "/dev/stdout")
	cmd.Stdin = &text
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("glpsol: %v", err)
	}
	_, after, found := bytes.Cut(out, []byte("Objective:  v = "))
	v := 0.0
	if _, err := fmt.Sscan(string(after), &v); !found || err != nil {
		b.Fatalf("glpsol does not say what it found: %v", err)
	}
	return int64(math.Round(v))
}
