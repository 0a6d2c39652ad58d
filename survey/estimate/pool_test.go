package estimate_test

import (
	"fmt"
	"math"
	"testing"

	"commonweal/survey/estimate"
)

// The estimate lies between the team's own value and the mean of all, nearer
// to its own the more answers it has, and is known better than the raw value.
func TestPool_DrawsTeamsIn(t *testing.T) {
	r := seeded(5)
	var groups []estimate.Group
	for i := range 12 {
		groups = append(groups, estimate.Group{ID: fmt.Sprint("team ", i), N: 5 + 15*i, Mean: 6.5 + 0.8*r.NormFloat64(), SD: 1.5 + r.Float64()})
	}
	groups = append(groups, estimate.Group{ID: "of three who agree", N: 3, Mean: 9}, estimate.Group{ID: "nobody"})
	teams, sd, err := estimate.CommonSpread(groups)
	if err != nil {
		t.Fatal(err)
	}
	if len(teams) != 13 || sd < 1.5 || sd > 2.5 {
		t.Fatalf("%d teams, common spread %g", len(teams), sd)
	}
	p, err := estimate.Pool(teams, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if p.Between <= 0 {
		t.Fatalf("between %g", p.Between)
	}
	own := 0.0
	for i, e := range p.Teams[:12] {
		low, high := min(e.Value, p.Mean), max(e.Value, p.Mean)
		if e.Estimate < low || e.Estimate > high {
			t.Errorf("%s: %g is not between %g and %g", e.ID, e.Estimate, low, high)
		}
		if e.Own <= own {
			t.Errorf("%s has more answers than the team before and keeps %g of its own value, not above %g", e.ID, e.Own, own)
		}
		own = e.Own
		if e.SE*e.SE >= e.Variance+p.MeanSE*p.MeanSE {
			t.Errorf("team %d: standard error %g, raw %g", i, e.SE, math.Sqrt(e.Variance))
		}
	}
	three := p.Teams[12]
	if three.Variance <= 0 || three.Estimate >= 9 {
		t.Errorf("three who agree are taken at their word: %+v", three)
	}
	chances, err := p.Lowest(0.2, 4000, seeded(1))
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, c := range chances {
		sum += c
	}
	if math.Abs(sum-2) > 1e-9 { // a fifth of 13, rounded down
		t.Errorf("chances of the lowest two add up to %g", sum)
	}
	again, err := p.Lowest(0.2, 4000, seeded(1))
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(again) != fmt.Sprint(chances) {
		t.Error("the same generator gave other chances")
	}
}

func TestPool_Refuses(t *testing.T) {
	good := estimate.Team{ID: "a", Value: 6, Variance: 0.1}
	if _, err := estimate.Pool([]estimate.Team{good, good}, 0.95); err == nil {
		t.Error("pooled two teams")
	}
	if _, err := estimate.Pool([]estimate.Team{good, good, {ID: "b", Value: 7}}, 0.95); err == nil {
		t.Error("pooled a team that is known without error")
	}
	if _, _, err := estimate.CommonSpread([]estimate.Group{{ID: "a", N: 1, Mean: 5}, {ID: "b", N: 3, Mean: 5}}); err == nil {
		t.Error("found a spread where there is none")
	}
	if _, _, err := estimate.CommonSpread([]estimate.Group{{ID: "a", N: 4, SD: math.NaN()}}); err == nil {
		t.Error("took a spread that is no number")
	}
}

// Teams all alike differ by nothing.
func TestPool_OfTeamsAllAlike(t *testing.T) {
	same := []estimate.Team{{ID: "a", Value: 6, Variance: 0.1}, {ID: "b", Value: 6, Variance: 0.2}, {ID: "c", Value: 6, Variance: 0.3}}
	p, err := estimate.Pool(same, 0.95)
	if err != nil || p.Between != 0 || math.Abs(p.Mean-6) > 1e-12 || p.Teams[0].Own != 0 {
		t.Errorf("%+v, %v", p, err)
	}
}
