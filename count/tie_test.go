package count

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// papers makes an election from lines such as "4 1 2": four papers that rank 1
// first and 2 second.
func papers(t testing.TB, candidates, seats int, lines ...string) *Ballots {
	t.Helper()
	text := fmt.Sprintf("%d %d\n%s\n0\n", candidates, seats, strings.Join(lines, " 0\n")+" 0")
	b, err := ParseBLT([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// testEqualSurpluses counts an election in which candidates 1 and 2 come to equal
// surpluses: 1 had more votes at the first stage, 2 at the second.
func testEqualSurpluses(t *testing.T, id, want string) {
	t.Helper()
	b := papers(t, 7, 4, "10 1 7", "9 2 7", "2 3 2 7", "3 4 1 5", "2 4 2 7", "1 4 5", "7 5", "14 6", "9 7")
	if id == "ers97" { // whose threshold would fall with those papers
		b = papers(t, 8, 4, "10 1 7", "9 2 7", "2 3 2 7", "3 4 1 5", "2 4 2 7", "1 4 5", "7 5", "12 6", "11 7", "3 8 5")
	}
	r := mustCount(t, b, id, Options{})
	for _, s := range r.Stages {
		if s.Kind == Surplus && s.Candidates[0] < 3 {
			if s.Action() != want {
				t.Errorf("%s transfers %s first and not %s", id, s.Action(), want)
			}
			if len(s.Remarks) == 0 || s.Remarks[0].Topic != TieHistory {
				t.Errorf("the stage has no remark on the tie: %v", s.Remarks)
			}
			return
		}
	}
	t.Errorf("no surplus of 1 or 2 is transferred")
}

// NI rule 50(1)(a): the earliest preceding stage at which they had unequal votes.
func TestNHS2014_EqualSurpluses_EarliestStage(t *testing.T) {
	testEqualSurpluses(t, "nhs-2014", "surplus 1")
	testEqualSurpluses(t, "nhs-2014-stage", "surplus 1")
}

// ERS97 5.2.3: the first stage or the earliest point.
func TestERS97_EqualSurpluses_EarliestPoint(t *testing.T) {
	testEqualSurpluses(t, "ers97", "surplus 1")
}

// SSI 2007/42 rule 49(2): the most recent preceding stage.
func TestScottish2007_EqualSurpluses_MostRecentStage(t *testing.T) {
	testEqualSurpluses(t, "scottish-2007", "surplus 2")
}

// Candidates level at every stage are for the lot. Without one the count stops with
// an error that says who, where and what for; nothing is guessed.
func TestCount_TieWithoutLot_IsAnError(t *testing.T) {
	b := papers(t, 4, 2, "9 1", "3 2", "3 3", "6 4")
	for _, id := range []string{"nhs-2014", "nhs-2014-stage", "ers97", "scottish-2007", "meek"} {
		_, err := Count(b, mustRule(t, id), Options{Seats: 3})
		var tie *TieError
		if id == "nhs-2014" || id == "nhs-2014-stage" || id == "ers97" {
			// Both may fall out together only where enough remain.
			if !errors.As(err, &tie) {
				t.Errorf("%s: %v", id, err)
			}
			continue
		}
		if !errors.As(err, &tie) || !slices.Equal(tie.Candidates, []int{2, 3}) || tie.Purpose != ToExclude {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// The order that a file brings along is the lot, unless another is given.
func TestCount_OrderOfTheFile_IsTheLot(t *testing.T) {
	b, err := ParseBLT([]byte("3 1\n[tie 2 1 3]\n5 1 0\n5 2 0\n9 3 1 0\n0\n"))
	if err != nil {
		t.Fatal(err)
	}
	r := mustCount(t, b, "scottish-2007", Options{})
	if len(r.Lots) != 1 || r.Lots[0].Chosen != 2 || r.Lots[0].Manner != "order" {
		t.Errorf("lots %+v", r.Lots)
	}
	r = mustCount(t, b, "scottish-2007", Options{Lots: Order{1, 2, 3}})
	if r.Lots[0].Chosen != 1 {
		t.Errorf("lots %+v", r.Lots)
	}
}

// Plain majorities: votes equal for the last place go to the lot, "as if the one on
// whom it falls had one vote more"; votes equal for places that are there do not.
func TestHighest_EqualForLastPlace_Lot(t *testing.T) {
	b := papers(t, 4, 2, "5 1", "4 2", "4 3", "1 4")
	r := mustCount(t, b, "fptp", Options{Lots: Order{3, 2}})
	if !slices.Equal(r.Elected, []int{1, 3}) || len(r.Lots) != 1 || r.Lots[0].Purpose != ToElect {
		t.Errorf("elected %v with lots %+v", r.Elected, r.Lots)
	}
	r = mustCount(t, b, "fptp", Options{Seats: 3})
	if !slices.Equal(r.Elected, []int{1, 2, 3}) || len(r.Lots) != 0 {
		t.Errorf("elected %v with lots %+v", r.Elected, r.Lots)
	}
}
