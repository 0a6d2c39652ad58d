package poll

import "slices"

// SeesRankings reports whether somebody may see the rankings of a contest one by one,
// of so many ballots: those whom the rules name, each in this poll, and nobody where
// there are fewer than the minimum cell. A question, and an election in which
// candidates are marked, has only sums, which are everybody's.
func (p Poll) SeesRankings(c Contest, person string, ballots int) bool {
	switch {
	case !p.Rules.Counting.Ranked:
		return true
	case person == "" || ballots < p.Rules.MinimumCell:
		return false
	}
	for _, o := range p.Officials {
		if o.Person == person && o.Holds() && slices.Contains(p.Rules.RankingsSeenBy, rankingReader[o.Office]) {
			return true
		}
	}
	if !slices.Contains(p.Rules.RankingsSeenBy, "candidates") {
		return false
	}
	return slices.ContainsFunc(c.Standing(), func(n Nomination) bool { return n.Person == person })
}

// rankingReader are the words of the rules for those who hold an office.
var rankingReader = map[Office]string{ReturningOfficer: "returning officer", Keyholder: "keyholders", Observer: "scrutineers"}
