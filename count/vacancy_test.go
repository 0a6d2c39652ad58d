package count

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// ERS97 7.1: all papers are counted again without the one who left; who still sits is
// not excluded, and the count ends with the first new name. The seat of the model
// election's Freeman goes to Abbot.
func TestFillVacancy_ERS97_ModelElection(t *testing.T) {
	b := modelElection(t)
	for left, want := range map[int]string{11: "Baron", 6: "Baron", 1: "Abbot"} {
		f, err := FillVacancy(b, mustRule(t, "ers97"), Options{}, Vacancy{Left: left})
		if err != nil {
			t.Fatal(err)
		}
		if b.Name(f.Candidate) != want || f.By != Countback {
			t.Errorf("%s leaves: %s by %s", b.Name(left), b.Name(f.Candidate), f.By)
		}
		for _, s := range f.Result.Stages {
			for _, c := range s.Excluded {
				if slices.Contains(f.Sitting, c) {
					t.Errorf("%s leaves: %s, who sits, is excluded", b.Name(left), b.Name(c))
				}
			}
		}
		last := f.Result.Stages[len(f.Result.Stages)-1]
		if !slices.Contains(last.Elected, f.Candidate) {
			t.Errorf("%s leaves: the countback goes on after %s is elected", b.Name(left), b.Name(f.Candidate))
		}
	}
}

// The papers of those who left the seat go on to whom they rank next: here to 3, whom
// the next highest would not be.
func TestFillVacancy_Countback_FollowsThePapers(t *testing.T) {
	b := papers(t, 4, 2, "20 1 3", "15 2", "5 3", "8 4")
	f, err := FillVacancy(b, mustRule(t, "ers97"), Options{}, Vacancy{Left: 1})
	if err != nil || f.Candidate != 3 || !slices.Equal(f.Sitting, []int{2}) {
		t.Errorf("%+v, %v", f, err)
	}
	f, err = FillVacancy(b, mustRule(t, "ers97"), Options{}, Vacancy{Left: 1, Unwilling: []int{3}})
	if err != nil || f.Candidate != 4 {
		t.Errorf("without 3: %+v, %v", f, err)
	}
	f, err = FillVacancy(b, mustRule(t, "meek"), Options{}, Vacancy{Left: 1, Sitting: []int{2}})
	if err != nil || f.Candidate != 3 {
		t.Errorf("meek: %+v, %v", f, err)
	}
}

// Two new names may come to the quota together; only the one with more votes takes
// the one seat, and level ones are for the rule on ties.
func TestFillVacancy_Countback_OneSeatOnly(t *testing.T) {
	b := papers(t, 4, 3, "12 1 2", "11 3", "2 4")
	sitting := []int{1, 4}
	f, err := FillVacancy(b, mustRule(t, "ers97"), Options{Seats: 3}, Vacancy{Left: 2, Sitting: sitting})
	if err != nil || f.Candidate != 3 {
		t.Errorf("%+v, %v", f, err)
	}
	level := papers(t, 5, 3, "9 1 2", "9 1 3", "8 4", "1 5")
	var tie *TieError
	_, err = FillVacancy(level, mustRule(t, "ers97"), Options{}, Vacancy{Left: 1, Sitting: []int{4, 5}})
	if !errors.As(err, &tie) || tie.Purpose != ToElect || !slices.Equal(tie.Candidates, []int{2, 3}) {
		t.Errorf("%v", err)
	}
	f, err = FillVacancy(level, mustRule(t, "ers97"), Options{Lots: Order{3, 2}}, Vacancy{Left: 1, Sitting: []int{4, 5}})
	if err != nil || f.Candidate != 3 {
		t.Errorf("%+v, %v", f, err)
	}
}

// The next highest: of those who were never excluded the one with the most votes,
// else the one excluded last; the unwilling are passed over.
func TestFillVacancy_NextHighest(t *testing.T) {
	b := papers(t, 5, 2, "20 1", "15 2", "5 3", "8 4", "8 5")
	for _, c := range []struct {
		rules     string
		unwilling []int
		lots      Lots
		want      int
	}{
		{"fptp", nil, Order{5, 4}, 5},
		{"fptp", []int{5}, nil, 4},
		{"fptp", []int{5, 4}, nil, 3},
		{"choose-k", []int{5}, nil, 4},
		{"approval", []int{4}, nil, 5},
	} {
		f, err := FillVacancy(b, mustRule(t, c.rules), Options{Lots: c.lots}, Vacancy{Left: 1, Unwilling: c.unwilling})
		if err != nil || f.Candidate != c.want || f.By != NextHighest {
			t.Errorf("%s without %v: %+v, %v", c.rules, c.unwilling, f, err)
		}
	}
	// 4 takes the second seat in the last stage, when 3 is out; 3 was excluded last.
	stv := papers(t, 4, 2, "20 1", "6 2", "7 3", "9 4")
	f, err := FillVacancy(stv, mustRule(t, "nhs-2014"), Options{}, Vacancy{Left: 1})
	if err != nil || f.Candidate != 3 {
		t.Errorf("nhs-2014: %+v, %v", f, err)
	}
	f, err = FillVacancy(stv, mustRule(t, "ers97"), Options{}, Vacancy{Left: 1, By: NextHighest, Unwilling: []int{3}})
	if err != nil || f.Candidate != 2 {
		t.Errorf("ers97: %+v, %v", f, err)
	}
}

// What a rule does not allow, and what cannot be, is refused with the reason.
func TestFillVacancy_Refuses(t *testing.T) {
	b := papers(t, 4, 2, "20 1 3", "15 2", "5 3", "8 4")
	cases := map[string]struct {
		rules string
		v     Vacancy
		what  string
	}{
		"Scotland holds a by-election": {"scottish-2007", Vacancy{Left: 1}, "it takes a by-election"},
		"no countback under nhs-2014":  {"nhs-2014", Vacancy{Left: 1, By: Countback}, "does not fill a vacancy by countback"},
		"left without having sat":      {"ers97", Vacancy{Left: 4}, "was not elected"},
		"left and still sits":          {"ers97", Vacancy{Left: 1, Sitting: []int{1, 2}}, "still sit"},
		"no vacancy":                   {"ers97", Vacancy{Left: 1, Sitting: []int{2, 3}}, "there is no vacancy"},
		"nobody is willing":            {"ers97", Vacancy{Left: 1, Unwilling: []int{3, 4}}, "no candidate is left"},
		"nobody is willing, fptp":      {"fptp", Vacancy{Left: 1, Unwilling: []int{3, 4}}, "no candidate is left"},
		"an unknown candidate":         {"ers97", Vacancy{Left: 9}, "candidate 9: there are candidates 1 to 4"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := FillVacancy(b, mustRule(t, c.rules), Options{}, c.v); err == nil || !strings.Contains(err.Error(), c.what) {
				t.Errorf("%v", err)
			}
		})
	}
}
