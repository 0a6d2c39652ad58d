package answers

import (
	"slices"
	"testing"
)

func TestCommented_LeavesNoSmallRest(t *testing.T) {
	for _, c := range []struct {
		name, why string
		units     []Unit
		size      map[string]int
		want      []string
	}{
		{
			"a small team beside a large one", "the comments of the directorate alone would be those of the four",
			[]Unit{{Code: "d"}, {Code: "a", PartOf: "d"}, {Code: "b", PartOf: "d"}},
			map[string]int{"": 25, "d": 25, "a": 21, "b": 4},
			[]string{"d"},
		},
		{
			"two large teams", "nobody is left over",
			[]Unit{{Code: "d"}, {Code: "a", PartOf: "d"}, {Code: "b", PartOf: "d"}},
			map[string]int{"": 45, "d": 45, "a": 21, "b": 24},
			[]string{"a", "b", "d"},
		},
		{
			"some who named no team", "the smaller of the large teams goes to them",
			[]Unit{{Code: "a"}, {Code: "b"}},
			map[string]int{"": 60, "a": 30, "b": 25},
			[]string{"a"},
		},
		{
			"enough are left", "twenty who named no team hide each other",
			[]Unit{{Code: "a"}, {Code: "b"}},
			map[string]int{"": 75, "a": 30, "b": 25},
			[]string{"a", "b"},
		},
		{
			"a small directorate", "what its own part would name is too small with it",
			[]Unit{{Code: "d"}, {Code: "e"}, {Code: "a", PartOf: "e"}},
			map[string]int{"": 44, "d": 40, "e": 4, "a": 4},
			nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &asked{terms: Terms{Units: c.units}}
			var got []string
			for u := range a.commented(c.size) {
				got = append(got, u)
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, not %v: %s", got, c.want, c.why)
			}
		})
	}
}
