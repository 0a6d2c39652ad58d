package disclose

import "testing"

// What a member knows of who can have answered, and a count that is told exactly, narrow
// what is hidden: the attacker uses both.
func TestAttack_UsesWhatMembersKnow(t *testing.T) {
	l := Lattice{Units: []Unit{{Code: "all"}, {Code: "a", Of: "all"}, {Code: "b", Of: "all"}, {Code: "c", Of: "all"}}}
	shape := Shape{Wave: "w", Instrument: "invented", Lattice: l, Questions: []Question{fivePoint("q")}}
	var people []person
	for unit, n := range map[string]int{"a": 9, "b": 11, "c": 30} {
		for i := range n {
			people = append(people, person{unit, Everybody, []uint8{uint8(1 + i%5)}})
		}
	}
	release, _, err := Protect(cubeOf(t, shape, people), nil, Knowledge{}, DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := release.At("a", Everybody); ok {
		t.Fatal("nine are shown")
	}
	of := func(unit string, n int) []Eligible { return []Eligible{{"w", Cell{Unit: unit}, n}} }
	for name, c := range map[string]struct {
		knows Knowledge
		found bool
	}{
		"nothing":                              {Knowledge{}, false},
		"of each how many can have":            {Knowledge{AtMost: append(of("a", 9), of("b", 11)...)}, true},
		"the same of another wave":             {Knowledge{AtMost: []Eligible{{"v", Cell{Unit: "b"}, 11}}}, false},
		"how many answered in the other":       {Knowledge{Answered: of("b", 11)}, true},
		"a number that the figures contradict": {Knowledge{AtMost: of("all", 3)}, false},
	} {
		found, _, err := Attack([]Release{release}, c.knows)
		if err != nil {
			t.Fatal(err)
		}
		if (len(found) > 0) != c.found {
			t.Errorf("who knows %s finds %v", name, found)
		}
	}
	if err := (Knowledge{AtMost: of("a", -1)}).Check(); err == nil {
		t.Error("fewer than nobody are read")
	}
}
