package poll

import (
	"testing"

	"commonweal/law"
)

// A rare ranking gives its voter away. So single rankings are for those alone whom the
// rules name, in this poll, and for nobody where the heap is small.
func TestSeesRankings(t *testing.T) {
	day := law.NewDate(2026, 3, 2)
	c := Contest{Nominations: []Nomination{
		{Person: "stands", Accepted: true, Decided: day}, {Person: "withdrew", Accepted: true, Decided: day, Withdrawn: day},
	}}
	p := Poll{
		Rules: Rules{Counting: Counting{Ranked: true}, MinimumCell: 10, RankingsSeenBy: []string{"returning officer", "keyholders", "scrutineers", "candidates"}},
		Officials: []Official{
			{Person: "ret", Office: ReturningOfficer},
			{Person: "key", Office: Keyholder},
			{Person: "obs", Office: Observer},
			{Person: "reg", Office: Registrar},
			{Person: "tell", Office: Teller},
			{Person: "was", Office: Observer, Ended: day},
		},
	}
	fewer := p
	fewer.Rules.RankingsSeenBy = []string{"keyholders"}
	sums := p
	sums.Rules.Counting.Ranked = false
	for _, tc := range []struct {
		name    string
		p       Poll
		person  string
		ballots int
		want    bool
	}{
		{"returning officer", p, "ret", 10, true},
		{"keyholder", p, "key", 10, true},
		{"scrutineer of the poll", p, "obs", 10, true},
		{"candidate", p, "stands", 10, true},
		{"who withdrew is no candidate", p, "withdrew", 10, false},
		{"registrar: the rules do not name them", p, "reg", 10, false},
		{"teller", p, "tell", 10, false},
		{"whoever was a scrutineer", p, "was", 10, false},
		{"a member", p, "somebody", 10, false},
		{"nobody is signed in", p, "", 10, false},
		{"nine ballots", p, "ret", 9, false},
		{"other rules: the keyholder still", fewer, "key", 10, true},
		{"other rules: not the returning officer", fewer, "ret", 10, false},
		{"other rules: not a candidate", fewer, "stands", 10, false},
		{"sums are everybody's", sums, "", 1, true},
	} {
		if got := tc.p.SeesRankings(c, tc.person, tc.ballots); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}
