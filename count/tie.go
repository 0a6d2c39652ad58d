package count

import "slices"

// lookBack is the direction in which a rule looks for a stage that parts tied
// candidates.
type lookBack int

const (
	fromFirst lookBack = iota // the earliest stage at which they were unequal
	fromLast                  // the most recent one
	noHistory                 // by lot at once
)

// choose returns the one of the tied candidates to whom something is done: for
// [ToExclude] the one with the fewest votes at the stage that parts them, else the
// one with the most. Those still level there are looked at further. When no stage
// parts them it is for the lot.
func (t *tally) choose(purpose Purpose, tied []int, back lookBack) (int, error) {
	if len(tied) == 1 {
		return tied[0], nil
	}
	all := slices.Sorted(slices.Values(tied))
	left, at := t.part(purpose, all, back)
	if len(left) == 1 {
		t.remark(Remark{Topic: TieHistory, Candidates: all, Chosen: left[0], Stage: at, For: purpose})
		return left[0], nil
	}
	return t.draw(purpose, left)
}

// part narrows tied candidates by earlier stages. It returns those who stay level
// and the last stage that told some of them apart.
func (t *tally) part(purpose Purpose, tied []int, back lookBack) (left []int, at int) {
	left = slices.Clone(tied)
	if back == noHistory {
		return left, 0
	}
	for i := range t.points {
		p := t.points[i]
		if back == fromLast {
			p = t.points[len(t.points)-1-i]
		}
		best := p.votes[left[0]]
		for _, c := range left {
			if purpose == ToExclude {
				best = min(best, p.votes[c])
			} else {
				best = max(best, p.votes[c])
			}
		}
		before := len(left)
		left = slices.DeleteFunc(left, func(c int) bool { return p.votes[c] != best })
		if len(left) < before {
			at = p.stage
		}
		if len(left) == 1 {
			break
		}
	}
	return left, at
}

// draw lets a lot decide.
func (t *tally) draw(purpose Purpose, tied []int) (int, error) {
	tie := Tie{Purpose: purpose, Stage: t.stage.Number, Candidates: tied}
	if t.lots == nil {
		return 0, &TieError{tie}
	}
	chosen, manner, err := t.lots.Draw(tie)
	if err != nil {
		return 0, err
	}
	t.result.Lots = append(t.result.Lots, Lot{Tie: tie, Chosen: chosen, Manner: manner})
	t.remark(Remark{Topic: TieLot, Candidates: tied, Chosen: chosen, For: purpose})
	return chosen, nil
}
