package count

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func modelElection(t testing.TB) *Ballots {
	t.Helper()
	data, err := os.ReadFile("testdata/ers97-model.blt")
	if err != nil {
		t.Fatal(err)
	}
	b, err := ParseBLT(data)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The model election of the ERS97 booklet: quota 107.58, transfer value 0.21 and a
// non-transferable difference of 0.59 at stage 2, six stages, the six elected.
func TestERS97_ModelElection(t *testing.T) {
	r := mustCount(t, modelElection(t), "ers97", Options{})
	// Smith, Carpenter, Wright, Glazier, Duke, Prince, Baron, Abbot, Vicar, Monk,
	// Freeman, non-transferable.
	want := []string{
		"134.00 81.00 27.00 24.00 105.00 91.00 64.00 59.00 55.00 23.00 90.00 0.00",
		"107.58 88.35 32.25 30.51 106.68 91.00 64.00 59.84 55.00 23.42 93.78 0.59",
		"107.58 88.35 32.25 30.51 108.68 91.00 64.21 64.84 69.21 0.00 95.78 0.59",
		"107.58 122.35 0.00 0.00 108.68 104.31 68.26 67.10 71.31 0.00 96.62 6.79",
		"107.58 107.58 0.00 0.00 108.68 104.31 70.26 68.10 71.31 0.00 101.62 13.56",
		"107.58 107.58 0.00 0.00 108.68 104.31 82.26 2.10 113.31 0.00 101.62 25.56",
	}
	actions := []string{"first", "surplus 1", "exclude 10", "exclude 4 3", "surplus 2", "exclude 8"}
	if len(r.Stages) != len(want) {
		t.Fatalf("%d stages", len(r.Stages))
	}
	for i, s := range r.Stages {
		if got := strings.Join(stageRow(s), " "); got != want[i] || s.Action() != actions[i] {
			t.Errorf("stage %d: %s %s\nand not %s %s", i+1, s.Action(), got, actions[i], want[i])
		}
	}
	if r.Quota.String() != "107.58" || r.Valid != 753 || r.Invalid != 0 {
		t.Errorf("quota %s, %d valid, %d invalid", r.Quota, r.Valid, r.Invalid)
	}
	if value := r.Stages[1].Transfers[0].Value.String(); value != "0.21" {
		t.Errorf("the transfer value at stage 2 is %s", value)
	}
	if got := r.names(r.Elected); got != "Smith, Duke, Carpenter, Prince, Vicar and Freeman" {
		t.Errorf("elected %s", got)
	}
}

// Under the Northern Ireland rules the same six are elected, with a quota of 108 and
// groups that must stay below the next, not only not exceed it.
func TestNHS2014_ModelElection(t *testing.T) {
	r := mustCount(t, modelElection(t), "nhs-2014", Options{})
	if r.Quota.String() != "108.00" || numbers(sorted(r.Elected), " ") != "1 2 5 6 9 11" {
		t.Errorf("quota %s, elected %v", r.Quota, r.Elected)
	}
	if got := strings.Join(stageRow(r.Stages[1]), " "); got != "108.00 88.35 32.25 30.51 106.68 91.00 64.00 59.84 55.00 23.42 93.78 0.17" {
		t.Errorf("stage 2: %s", got)
	}
}

// Meek's method on the same papers, as published to two decimals.
func TestMeek_ModelElection(t *testing.T) {
	r := mustCount(t, modelElection(t), "meek", Options{})
	want := map[int]string{
		1: "134.00 81.00 27.00 24.00 105.00 91.00 64.00 59.00 55.00 23.00 90.00 0.00",
		2: "107.26 87.98 31.99 30.19 106.60 91.00 64.00 59.80 55.00 23.40 93.59 2.20",
		4: "106.96 88.47 32.34 30.62 106.96 91.00 64.00 64.85 69.21 0.00 94.27 4.31",
		5: "104.42 97.71 34.97 0.00 104.42 92.45 64.03 66.00 70.99 0.00 95.97 22.05",
		7: "101.58 101.58 0.00 0.00 101.58 97.07 67.24 68.92 73.27 0.00 99.81 41.95",
	}
	const hundredth = whole / 100
	for number, row := range want {
		s := r.Stages[number-1]
		for c, text := range strings.Fields(row) {
			got := append(slices.Clone(s.Totals), s.NonTransferable)[c]
			if d := away(got.Units, text+"0000000"); d > hundredth {
				t.Errorf("stage %d, column %d: %s and not %s", number, c+1, got, text)
			}
		}
	}
	if numbers(sorted(r.Elected), " ") != "1 2 5 6 9 11" {
		t.Errorf("elected %v", r.Elected)
	}
}

// 5.4.8: while nobody is elected the quota falls with what is non-transferable.
func TestERS97_QuotaFallsUntilSomebodyIsElected(t *testing.T) {
	b := papers(t, 5, 1, "5 1", "4 2", "3 3", "2 4", "1 5")
	r := mustCount(t, b, "ers97", Options{})
	first, last := r.Stages[0].Quota.String(), r.Quota.String()
	if first != "7.50" || last != "4.50" {
		t.Errorf("the quota goes from %s to %s", first, last)
	}
}

// 5.6.2: three level candidates qualify for two places and nothing parts them: none
// is elected at that stage, and the lot of 5.2.5 decides.
func TestERS97_TooManyLevel_NoneElected(t *testing.T) {
	b := papers(t, 3, 2, "5 1", "5 2", "5 3")
	r := mustCount(t, b, "ers97", Options{Lots: Order{2, 1, 3}})
	if len(r.Stages[0].Elected) != 0 || r.Stages[0].Remarks[0].Topic != TieNone {
		t.Errorf("stage 1 elects %v with remarks %v", r.Stages[0].Elected, r.Stages[0].Remarks)
	}
	if numbers(sorted(r.Elected), " ") != "1 3" {
		t.Errorf("elected %v", r.Elected)
	}
}

// 5.4.9: when all active votes are gone, a candidate without votes does not reach a
// threshold of nought.
func TestERS97_NoVotesLeft_NotElectedByThreshold(t *testing.T) {
	b := papers(t, 4, 3, "9 1")
	r := mustCount(t, b, "ers97", Options{Lots: Order{4, 3, 2, 1}})
	if len(r.Elected) != 3 || !slices.Equal(r.Stages[0].Elected, []int{1}) {
		t.Errorf("elected %v, at first %v", r.Elected, r.Stages[0].Elected)
	}
}
