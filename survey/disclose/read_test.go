package disclose

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// protected makes a small release with something hidden in it.
func protected(t testing.TB, wave string, seed uint64, earlier ...Release) Bundle {
	t.Helper()
	h := house{directorates: 2, teams: 3, groups: 2, people: [2]int{6, 50}, respond: 0.7, questions: 3, scores: 1}
	people, eligible := h.staff(rand.New(rand.NewPCG(seed, 1)))
	b := Bundle{Earlier: earlier, Public: Knowledge{Eligible: listed(wave, eligible)}}
	var err error
	b.Release, b.Certificate, err = Protect(cubeOf(t, h.shape(wave), people), earlier, b.Public, DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	if shown, hidden := b.Release.Tally(); shown.Cells == 0 || hidden.Cells == 0 {
		t.Fatalf("the fixture shows %d cells and hides %d", shown.Cells, hidden.Cells)
	}
	return b
}

// What is written is read again, and its hash is that of the same text.
func TestRelease_RoundTrip(t *testing.T) {
	b := protected(t, "2024", 5)
	text, err := b.Release.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadRelease(text)
	if err != nil {
		t.Fatal(err)
	}
	second, err := again.Canonical()
	if err != nil || !bytes.Equal(text, second) {
		t.Errorf("read and written again it is other: %v", err)
	}
	if err := b.Check(); err != nil {
		t.Error(err)
	}
}

// A cell that is empty, one of too few, one hidden for another's sake and one
// that does not exist cannot be told apart: not in the file, not by what the
// reader of a page gets.
func TestRelease_RefusalsLookAlike(t *testing.T) {
	s := Shape{Wave: "w", Instrument: "i", Questions: []Question{fivePoint("q")}, Lattice: Lattice{
		Units: []Unit{{Code: "all"}, {Code: "empty", Of: "all"}, {Code: "small", Of: "all"}, {Code: "other", Of: "all"}, {Code: "shown", Of: "all"}},
	}}
	var people []person
	for unit, n := range map[string]int{"small": 4, "other": 11, "shown": 40} {
		for i := range n {
			people = append(people, person{unit: unit, answers: []uint8{uint8(1 + i%5)}})
		}
	}
	r, _, err := Protect(cubeOf(t, s, people), nil, Knowledge{}, DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := r.At("shown", Everybody); !ok {
		t.Fatal("the large team is not shown")
	}
	var file struct{ Cells [][]json.RawMessage }
	text, err := r.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	for i, unit := range []string{"empty", "small", "other"} {
		if got := string(file.Cells[1+i][0]); got != "null" {
			t.Errorf("%s is written as %s", unit, got)
		}
		if f, ok := r.At(unit, Everybody); ok || f.Base != 0 {
			t.Errorf("%s is shown", unit)
		}
		if _, err := r.Filter([]Cell{{Unit: unit}}); !errors.Is(err, ErrNotShown) {
			t.Errorf("%s: a filter says %v", unit, err)
		}
	}
	_, missing := r.Filter([]Cell{{Unit: "nowhere"}})
	_, small := r.Filter([]Cell{{Unit: "small"}})
	if missing.Error() != small.Error() {
		t.Errorf("%q for no such team and %q for a small one", missing, small)
	}
}

// Whatever is altered in a bundle, the certificate no longer fits.
func TestBundle_Tampered(t *testing.T) {
	first := protected(t, "2023", 4)
	whole := protected(t, "2024", 5, first.Release)
	text, err := whole.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	for name, alter := range map[string]func(b *Bundle){
		"a base is raised":                   func(b *Bundle) { b.Release.Cells[0][0].Base++ },
		"a percentage is moved":              func(b *Bundle) { b.Release.Cells[0][0].Questions[0].Percent[0]++ },
		"a cell is hidden":                   func(b *Bundle) { b.Release.Cells[0][0] = nil },
		"a score is moved":                   func(b *Bundle) { b.Release.Cells[0][0].Scores[0].Mean -= 0.01 },
		"the rules are made weaker":          func(b *Bundle) { b.Release.Rules.Minimum = 9 },
		"the wave is renamed":                func(b *Bundle) { b.Release.Wave = "2025" },
		"an earlier release is left out":     func(b *Bundle) { b.Earlier = nil },
		"an earlier release is altered":      func(b *Bundle) { b.Earlier[0].Cells[0][0].Questions[0] = nil },
		"the attacker is told less":          func(b *Bundle) { b.Public.Eligible = nil },
		"the certificate names other rules":  func(b *Bundle) { b.Certificate.Rules.Few = 4 },
		"the certificate counts more hidden": func(b *Bundle) { b.Certificate.Hidden.Cells++ },
		"the certificate is of another":      func(b *Bundle) { b.Certificate = first.Certificate },
	} {
		t.Run(name, func(t *testing.T) {
			b, err := ReadBundle(text)
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Check(); err != nil {
				t.Fatalf("untouched: %v", err)
			}
			alter(&b)
			if b.Check() == nil {
				t.Error("the certificate still fits")
			}
		})
	}
}

// What cannot be a release is refused with its reason.
func TestReadRelease_Refuses(t *testing.T) {
	b := protected(t, "2024", 5)
	text, err := b.Release.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ old, with, says string }{
		"another format":            {`"commonweal release 1"`, `"commonweal release 9"`, "format"},
		"a field that nobody knows": {`"wave":`, `"people":7,"wave":`, "unknown field"},
		"no wave":                   {`"wave":"2024"`, `"wave":""`, "names no wave"},
		"a base nobody would show":  {`"cells":[[{"base":`, `"cells":[[{"base":-`, "no base is shown"},
		"rules that make nothing":   {`"minimum":10`, `"minimum":0`, "make no release"},
		"a unit of nothing":         {`"of":"d1"`, `"of":"d9"`, "does not come before"},
		"more after the end":        {`"cells":`, `"cells":`, "more after"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(string(text), c.old, c.with, 1)
			if c.says == "more after" {
				bad += "{}"
			}
			if _, err := ReadRelease([]byte(bad)); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// What would take more time or memory than any survey does is refused before
// anything is done with it.
func TestCheck_RefusesTheEndless(t *testing.T) {
	whole := Lattice{Units: []Unit{{Code: "all"}}}
	deep := []Score{{ID: "s0", Questions: []string{"q"}, Best: 1}}
	for i := range 40 {
		below := deep[i].ID
		deep = append(deep, Score{ID: fmt.Sprintf("s%d", i+1), Scores: []string{below, below}, Best: 1})
	}
	many := make([]string, 300)
	for i := range many {
		many[i] = fmt.Sprintf("g%d", i)
	}
	wide := Lattice{Units: whole.Units, Groups: many}
	for i := range 299 {
		wide.Units = append(wide.Units, Unit{Code: fmt.Sprintf("u%d", i), Of: "all"})
	}
	large := Lattice{Units: wide.Units, Groups: many[:100]}
	questions := make([]Question, 600)
	for i := range questions {
		questions[i] = fivePoint(fmt.Sprintf("q%d", i))
	}
	for name, c := range map[string]struct {
		shape Shape
		says  string
	}{
		"a score made of itself":       {Shape{Lattice: whole, Scores: []Score{{ID: "a", Scores: []string{"b"}, Best: 1}, {ID: "b", Scores: []string{"a"}, Best: 1}}}, "score a is made of itself"},
		"scores that double each time": {Shape{Lattice: whole, Questions: []Question{fivePoint("q")}, Scores: deep}, "more than 5000 parts"},
		"more cells than any survey":   {Shape{Lattice: wide}, "a table of at most 50000 cells"},
		"more counts than any survey":  {Shape{Lattice: large, Questions: questions}, "quantities, and at most 20000000"},
		"more questions than any has":  {Shape{Lattice: whole, Questions: make([]Question, 1001)}, "1001 questions"},
	} {
		t.Run(name, func(t *testing.T) {
			c.shape.Wave = "w"
			if err := c.shape.Check(); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// No text makes the reader or the attacker fall over, and what is read is
// written as it was.
func FuzzReadRelease(f *testing.F) {
	b := protected(f, "2024", 5)
	text, err := b.Release.Canonical()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"format":"commonweal release 1","wave":"w","lattice":{"units":[{"code":"a"}]},"questions":[],"rules":{"minimum":10,"scores":10,"comments":20,"few":3,"step":5},"spread":[],"cells":[[null]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadRelease(data)
		if err != nil {
			return
		}
		once, err := r.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		again, err := ReadRelease(once)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if twice, _ := again.Canonical(); !bytes.Equal(once, twice) {
			t.Error("written twice it is other")
		}
		if r.Lattice.size() < 200 {
			_, _, _ = Attack([]Release{r}, Knowledge{})
		}
	})
}
