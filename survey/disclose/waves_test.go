package disclose

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

// Two waves of the same people and the same answers, but that one has left. By
// the rules of each wave alone the leaver's answers are the difference; after
// ours they are not, whatever the attacker knows of who left.
func TestProtect_TwoWavesOneLeaver(t *testing.T) {
	given, seeds := 0, uint64(6)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		h := house{directorates: 2, teams: 4, groups: 2, people: [2]int{15, 50}, respond: 0.9, questions: 4, scores: 1}
		people, eligible := h.staff(rand.New(rand.NewPCG(seed, 9)))
		first, second := h.shape("autumn"), h.shape("winter")
		gone := people[len(people)/2]
		stayed := slices.Delete(slices.Clone(people), len(people)/2, len(people)/2+1)
		public := Knowledge{Eligible: listed("autumn", eligible)}
		l := first.Lattice
		parents := l.parents()
		leaver := map[Cell]bool{}
		for u := l.unit(gone.unit); u >= 0; u = parents[u] {
			leaver[Cell{Unit: l.Units[u].Code}] = true
			leaver[Cell{Unit: l.Units[u].Code, Group: gone.group}] = true
		}
		for _, e := range listed("winter", eligible) {
			m := Move{From: "autumn", To: "winter", Cell: e.Cell}
			if leaver[e.Cell] {
				e.People--
				m.Left = 1
			}
			public.Eligible = append(public.Eligible, e)
			public.Moves = append(public.Moves, m)
		}
		before, _, err := Protect(cubeOf(t, first, people), nil, public, DefaultRules())
		if err != nil {
			t.Fatal(err)
		}
		// Each wave by itself is safe; together they give the leaver away.
		alone, _, err := Protect(cubeOf(t, second, stayed), nil, Knowledge{Eligible: public.Eligible}, DefaultRules())
		if err != nil {
			t.Fatal(err)
		}
		found, _, err := Attack([]Release{before, alone}, public)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if f.What != "left" || f.Question == "" {
				continue
			}
			given++
			q := slices.IndexFunc(first.Questions, func(q Question) bool { return q.ID == f.Question })
			said := 0.0
			if int(gone.answers[q]) == f.Option {
				said = 1
			}
			if f.Low > said || f.High < said {
				t.Errorf("%s, and the leaver said %d", f, gone.answers[q])
			}
		}
		together, cert, err := Protect(cubeOf(t, second, stayed), []Release{before}, public, DefaultRules())
		if err != nil {
			t.Fatal(err)
		}
		if found, _, err = Attack([]Release{before, together}, public); err != nil || len(found) > 0 {
			t.Errorf("found %v, %v", found, err)
		}
		if len(cert.Earlier) != 1 {
			t.Errorf("the certificate names %d earlier releases", len(cert.Earlier))
		}
	}
	if given == 0 {
		t.Error("released apart, no pair of waves gave the leaver away: the test shows nothing")
	}
}

// The same answers released again by another tree: what the first hides the
// second must not add up.
func TestProtect_SameAnswersTwice(t *testing.T) {
	h := house{directorates: 2, teams: 4, groups: 0, people: [2]int{8, 40}, respond: 0.8, questions: 3, scores: 0}
	people, _ := h.staff(rand.New(rand.NewPCG(3, 3)))
	first := h.shape("w")
	before, _, err := Protect(cubeOf(t, first, people), nil, Knowledge{}, DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	// The second tree has sites across the directorates.
	second := h.shape("w")
	second.Lattice = Lattice{Units: []Unit{{Code: "all"}, {Code: "north", Of: "all"}, {Code: "south", Of: "all"}}}
	for i, u := range first.Lattice.Units[3:] {
		second.Lattice.Units = append(second.Lattice.Units, Unit{Code: u.Code, Of: []string{"north", "south"}[i%2]})
	}
	after, _, err := Protect(cubeOf(t, second, people), []Release{before}, Knowledge{}, DefaultRules())
	var refusal *Refusal
	if errors.As(err, &refusal) {
		t.Fatalf("refused: %v", refusal.Found)
	}
	if err != nil {
		t.Fatal(err)
	}
	if found, _, err := Attack([]Release{before, after}, Knowledge{}); err != nil || len(found) > 0 {
		t.Errorf("found %v, %v", found, err)
	}
}

// Releases that no table can have made are an error, not an all-clear.
func TestAttack_Contradiction(t *testing.T) {
	b := protected(t, "2024", 5)
	b.Release.Cells[0][0].Base = 500
	for _, s := range b.Release.Cells[0][0].Questions {
		if s != nil {
			s.Base = 500
		}
	}
	if _, _, err := Attack([]Release{b.Release}, b.Public); !errors.Is(err, errContradiction) {
		t.Errorf("got %v", err)
	}
}
