package count

import (
	"fmt"
)

// Question is a proposal that one vote or several in turn must carry, such as a
// society's conversion at two meetings.
type Question struct {
	Motions []Motion
}

// Answer is what came of a question.
type Answer struct {
	Decisions []Decision
	Carried   bool
	// Open is true while every vote so far carried it and votes are still to come.
	Open bool
}

// Decide goes through the votes in their order. A vote after one that failed is an
// error: it had nothing left to decide.
func (q Question) Decide(votes ...Votes) (Answer, error) {
	if len(votes) > len(q.Motions) {
		return Answer{}, fmt.Errorf("%d votes were held on a question of %d", len(votes), len(q.Motions))
	}
	a := Answer{}
	for i, v := range votes {
		if i > 0 && !a.Decisions[i-1].Carried {
			return Answer{}, fmt.Errorf("vote %d was held although vote %d failed", i+1, i)
		}
		d, err := q.Motions[i].Decide(v)
		if err != nil {
			return Answer{}, fmt.Errorf("vote %d: %w", i+1, err)
		}
		a.Decisions = append(a.Decisions, d)
	}
	carried := len(votes) == 0 || a.Decisions[len(votes)-1].Carried
	a.Open = carried && len(votes) < len(q.Motions)
	a.Carried = carried && !a.Open
	return a, nil
}

// VotesOf reads the papers of a vote on a proposal: the first candidate stands for
// yes, the second for no, and a third, if there is one, for abstaining. A paper counts
// for what it marks alone; a blank one abstains, and one that marks several things
// is spoilt, and returned apart.
func VotesOf(b *Ballots) (v Votes, spoilt int64, err error) {
	if n := len(b.Candidates); n < 2 || n > 3 {
		return Votes{}, 0, fmt.Errorf("a vote on a proposal has two answers, or three with abstaining, and these papers have %d", n)
	}
	v.Abstain = b.blank
	for i, papers := range b.papers {
		raw := b.raw(i)
		if len(raw) != 1 {
			spoilt += int64(papers)
			continue
		}
		*[]*int64{&v.For, &v.Against, &v.Abstain}[raw[0]-1] += int64(papers)
	}
	return v, spoilt, nil
}
