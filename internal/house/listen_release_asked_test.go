package house

import (
	"math/rand/v2"
	"slices"
	"testing"

	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/survey/disclose"
	"commonweal/survey/instrument"
)

// crossed is a survey of teams by staff groups, with so many asked and so many who
// answered in each; who left the group out is the last of each team.
func crossed(t *testing.T, asked, came [][]int) (wave.Wave, []answers.Row, []wave.Stratum) {
	t.Helper()
	in, err := instrument.Load(instrument.Engagement)
	if err != nil {
		t.Fatal(err)
	}
	w := wave.Wave{Plan: wave.Plan{Code: "autumn", Instrument: in, Minimum: 10, CommentMinimum: 20}}
	w.Units = []wave.Unit{{Code: wave.Whole, Level: wave.Organisation}}
	groups := []string{"nursing", "support", "therapies"}
	for _, g := range groups {
		w.Groups = append(w.Groups, wave.Group{Code: g, Name: g})
	}
	var rows []answers.Row
	var strata []wave.Stratum
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same every time
	for u := range asked {
		code := []string{"north", "south", "west", "east"}[u]
		w.Units = append(w.Units, wave.Unit{Code: code, PartOf: wave.Whole, Level: wave.Team})
		for g, n := range came[u] {
			group := ""
			if g < len(groups) {
				group = groups[g]
				strata = append(strata, wave.Stratum{Unit: code, Group: group, Eligible: asked[u][g]})
				w.Eligible += asked[u][g]
				w.Groups[g].Eligible += asked[u][g]
			}
			for range n {
				row := answers.Row{Unit: code, Group: group, Answers: make([]uint8, len(in.Questions))}
				for q := range row.Answers {
					row.Answers[q] = uint8(1 + random.IntN(5)) //nolint:gosec // 1 to 5
				}
				rows = append(rows, row)
			}
		}
	}
	w.Answers = len(rows)
	return w, rows, strata
}

// Once anybody leaves the group out, numbers asked no longer add up to the answers. A
// colleague knows them all the same: who is in the team, and in which group. A release
// that was tested without them gives hidden cells away; tested with them it does not.
func TestAtMost_WhatAColleagueKnows(t *testing.T) {
	for name, c := range map[string]struct{ asked, came [][]int }{
		"a group of three in a team of twelve": {[][]int{{31, 3, 7}, {27, 6, 13}, {3, 15, 16}}, [][]int{{27, 2, 6, 0}, {21, 4, 12, 1}, {2, 14, 13, 1}}},
		"one of all leaves the group out":      {[][]int{{12, 39, 37}, {34, 7, 3}, {2, 39, 8}}, [][]int{{11, 36, 33, 0}, {34, 4, 1, 2}, {2, 39, 8, 0}}},
	} {
		t.Run(name, func(t *testing.T) {
			w, rows, strata := crossed(t, c.asked, c.came)
			most := ceilings(w, strata, wave.Counts{})
			cube, cells, err := cubeOf(w, rows, most)
			if err != nil {
				t.Fatal(err)
			}
			// What she knows is taken from the list here, not from what the house tells.
			colleague := disclose.Knowledge{}
			for cell, n := range addedUp(w, listed(w, strata)) {
				colleague.AtMost = append(colleague.AtMost, disclose.Eligible{Wave: w.Code, Cell: cell, People: n})
			}
			attack := func(public disclose.Knowledge) []disclose.Found {
				release, _, err := disclose.Protect(cube, nil, public, disclose.DefaultRules())
				if err != nil {
					t.Fatal(err)
				}
				found, _, err := disclose.Attack([]disclose.Release{release}, colleague)
				if err != nil {
					t.Fatal(err)
				}
				return found
			}
			told := disclose.Knowledge{Eligible: eligible(w, strata, cells)}
			if len(attack(told)) == 0 {
				t.Error("the case tells nothing: a colleague finds nothing in a release that was tested without what she knows")
			}
			told.AtMost = atMost(w, most, cells)
			if found := attack(told); len(found) > 0 {
				t.Errorf("a colleague finds %v", found)
			}
		})
	}
}

// How many of a team fetched a pass is shown after the close, so no more can have answered.
// A few who name the team beyond that count where no team is named, and the number is told
// all the same; ten who do are more than are hidden.
func TestCeilings_OfPassesFetched(t *testing.T) {
	w, rows, strata := crossed(t, [][]int{{30, 20, 10}, {40, 20, 10}}, [][]int{{4, 2, 1, 0}, {35, 18, 9, 0}})
	drawn := wave.Counts{Units: []wave.UnitCount{
		{Unit: w.Units[1], Count: wave.Count{Eligible: 60, Issued: 6}},
		{Unit: w.Units[2], Count: wave.Count{Hidden: true}},
	}}
	most := ceilings(w, strata, drawn)
	north, south := disclose.Cell{Unit: "north"}, disclose.Cell{Unit: "south"}
	if most[north] != 6 || most[south] != 70 {
		t.Fatalf("at most %d and %d", most[north], most[south])
	}
	told := func(rows []answers.Row) (said map[wave.Stratum]int, number int) {
		_, said, err := cubeOf(w, rows, most)
		if err != nil {
			t.Fatal(err)
		}
		number = -1
		for _, e := range atMost(w, most, said) {
			if e.Cell == north {
				number = e.People
			}
		}
		return said, number
	}
	if said, n := told(rows); n != 6 || addedUp(w, said)[north] != 0 || said[wave.Stratum{Unit: wave.Whole + Unsaid, Group: "nursing"}] != 4 {
		t.Errorf("seven name a team of six passes: told %d, counted %v", n, said)
	}
	if _, n := told(rows[1:]); n != 6 {
		t.Errorf("six name it: told %d", n)
	}
	if _, n := told(append(slices.Clone(rows), rows[0], rows[0], rows[0])); n != -1 {
		t.Errorf("ten name it: told %d", n)
	}
}
