package published

import (
	"math"
	"strings"
	"testing"
)

func figuresAt(values ...float64) []Figure {
	var out []Figure
	for _, v := range values {
		out = append(out, Figure{Organisation: Organisation{Scope: ScopeOrganisation}, Value: v, Base: 1000})
	}
	return out
}

// The exact shares of the rank-sum test, from the counts of ways to choose.
func TestApart(t *testing.T) {
	m, _ := ScoreOf("E")
	for _, c := range []struct {
		why           string
		first, second []float64
		p             float64
		upper, ok     bool
	}{
		{"3 above 4: 2 of the 35 choices are as extreme", []float64{5, 6, 7}, []float64{1, 2, 3, 4}, 2.0 / 35, true, true},
		{"3 below 4: the same, the other way", []float64{1, 2, 3}, []float64{4, 5, 6, 7}, 2.0 / 35, false, true},
		{"one of three changes places with its neighbour: 4 of 35", []float64{4, 6, 7}, []float64{1, 2, 3, 5}, 4.0 / 35, true, true},
		{"all the same: no figure says anything", []float64{5, 5, 5}, []float64{5, 5, 5}, 1, false, true},
		{"evenly mixed: only the five choices in the very middle are less extreme", []float64{1, 4, 5}, []float64{2, 3, 6, 0}, 30.0 / 35, true, true},
		{"figures that print alike are ties", []float64{5.001, 5.002, 5.003}, []float64{5, 5, 5}, 1, false, true},
		{"two are too few", []float64{1, 2}, []float64{3, 4, 5}, 0, false, false},
	} {
		got, ok := Apart(m, figuresAt(c.first...), figuresAt(c.second...))
		if ok != c.ok || math.Abs(got.P-c.p) > 1e-12 || got.Upper != c.upper && c.p < 0.5 {
			t.Errorf("%s: %+v %v, want %g", c.why, got, ok, c.p)
		}
	}
}

// All three grades are always there, in order, and none claims a cause.
func TestMutualGrades(t *testing.T) {
	m, _ := ScoreOf("E")
	trusts := Strip{Group: CommunityTrusts(), Figures: figuresAt(6.8, 6.9, 7.0, 7.1, 7.2, 7.3, 7.4)}
	for _, c := range []struct {
		why     string
		mutuals []Figure
		begins  string
		says    string
	}{
		{"mixed in among the trusts", figuresAt(6.85, 7.05, 7.25), "Not shown.", "Three is few. On this measure mutuals as a group do not stand apart from community trusts. Nor do these figures rule a difference out."},
		{"all of them above", figuresAt(8.1, 8.2, 8.3, 8.4), "Partly.", "On this measure mutuals as a group lie higher than community trusts. Chance alone would put them so far apart less than once in a hundred times. Four is few. And whoever looks at many measures will find one that differs."},
		{"one alone", figuresAt(8), "Not shown.", "There are too few organisations to compare."},
	} {
		g := MutualGrades(m, c.mutuals, trusts)
		if len(g) != 3 || g[0].Name != "Counted" || g[1].Name != "Compared" || g[2].Name != "Tested" {
			t.Fatalf("%s: grades %+v", c.why, g)
		}
		if g[0].Verdict != "Yes." || g[1].Verdict != c.begins || g[1].Reason != c.says || g[2].Verdict != "Not yet." {
			t.Errorf("%s: %+v", c.why, g)
		}
		for _, grade := range g {
			if strings.Contains(grade.Reason, "because") {
				t.Errorf("%s: %q words a cause", c.why, grade.Reason)
			}
		}
	}
}
