package disclose

import (
	"errors"
	"fmt"
	"testing"
)

// Eight teams of one directorate, one of them hidden, and another directorate.
func filterRelease(t *testing.T) Release {
	t.Helper()
	s := Shape{Wave: "w", Instrument: "i", Questions: []Question{fivePoint("q")}, Scores: []Score{{ID: "s", Questions: []string{"q"}, Least: 1, Best: 10}}}
	s.Lattice.Units = []Unit{{Code: "all"}, {Code: "d", Of: "all"}, {Code: "e", Of: "all"}}
	var people []person
	for k, n := range []int{5, 14, 30, 40, 50, 35, 25, 20} {
		unit := fmt.Sprintf("t%d", k)
		s.Lattice.Units = append(s.Lattice.Units, Unit{Code: unit, Of: "d"})
		for i := range n {
			people = append(people, person{unit: unit, answers: []uint8{uint8(1 + (i+k)%5)}})
		}
	}
	for k := range 2 {
		unit := fmt.Sprintf("u%d", k)
		s.Lattice.Units = append(s.Lattice.Units, Unit{Code: unit, Of: "e"})
		for i := range 60 {
			people = append(people, person{unit: unit, answers: []uint8{uint8(1 + i%5)}})
		}
	}
	r, _, err := Protect(cubeOf(t, s, people), nil, Knowledge{}, DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func units(codes ...string) []Cell {
	var list []Cell
	for _, c := range codes {
		list = append(list, Cell{Unit: c})
	}
	return list
}

// A filter is answered from what is shown or not at all: no choice of teams
// gives, by subtraction, the one that is hidden.
func TestFilter(t *testing.T) {
	r := filterRelease(t)
	if _, ok := r.At("t0", Everybody); ok {
		t.Fatal("the small team is shown")
	}
	for name, c := range map[string]struct {
		cells []Cell
		shown bool
	}{
		"a shown team":                               {units("t4"), true},
		"two shown teams":                            {units("t3", "t4"), true},
		"the hidden team":                            {units("t0"), false},
		"the hidden team with a shown one":           {units("t0", "t4"), false},
		"all teams of a directorate":                 {units("t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"), true},
		"all but the shown ones, by subtraction":     {units("t1", "t2", "t3", "t4", "t5", "t6", "t7"), false},
		"teams of two directorates":                  {units("t4", "u0"), true},
		"a team and the directorate that it is in":   {units("t4", "d"), false},
		"the same team twice":                        {units("t4", "t4"), false},
		"a team that does not exist":                 {units("t9"), false},
		"nothing":                                    {nil, false},
		"both directorates, which is everybody":      {units("d", "e"), true},
		"everybody twice, as a whole and as a team":  {units("all", "u1"), false},
		"two teams that leave only a hidden one out": {units("d", "u0", "u1"), true},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := r.Filter(c.cells)
			if (err == nil) != c.shown || err != nil && !errors.Is(err, ErrNotShown) {
				t.Fatalf("got %v, %v", f, err)
			}
			if err == nil && (f.Base < r.Rules.Minimum || f.Questions[0] == nil || f.Scores[0] == nil) {
				t.Errorf("got %+v", f)
			}
		})
	}
}

// The figures of a union are those that its shown parts add up to.
func TestFilter_Figures(t *testing.T) {
	r := filterRelease(t)
	f, err := r.Filter(units("u0", "t4"))
	if err != nil {
		t.Fatal(err)
	}
	if f.Base != 110 || f.Questions[0].Percent[0] != 20 || f.Scores[0].Mean != 5 {
		t.Errorf("got base %d, %d %%, mean %v", f.Base, f.Questions[0].Percent[0], f.Scores[0].Mean)
	}
	if f.Scores[0].Low >= 5 || f.Scores[0].High <= 5 {
		t.Errorf("the interval is %v to %v", f.Scores[0].Low, f.Scores[0].High)
	}
}
