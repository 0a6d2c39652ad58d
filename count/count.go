package count

import (
	"fmt"
	"slices"
)

// Options are what a count needs besides the papers and the rule. The zero value
// counts as the papers say and refuses a tie that needs a lot.
type Options struct {
	// Seats to fill; 0 takes the number that the papers bring along.
	Seats int
	// Withdrawn candidates, besides those whom the papers name as withdrawn.
	Withdrawn []int
	// Lots settles ties that the rule leaves to a lot; nil takes the order that
	// the papers bring along, and without one such a tie is a [TieError].
	Lots Lots
	// protect are not excluded: those who sit, in a countback.
	protect []int
}

// Count counts papers by a rule.
//
// It returns a [TieError] where the rule wants a lot and no way of drawing one
// was given. With no more candidates than seats all are elected.
func Count(b *Ballots, rule Rule, o Options) (*Result, error) {
	t, err := newTally(b, rule, o)
	if err != nil {
		return nil, err
	}
	if err := t.run(); err != nil {
		return nil, err
	}
	return t.result, nil
}

func (t *tally) run() error {
	switch t.rule.Method {
	case Gregory:
		return t.countNHS()
	case GregoryActive:
		return t.countERS97()
	case Inclusive:
		return t.countScottish()
	case Keep:
		return t.countMeek()
	}
	return t.countHighest()
}

func newTally(b *Ballots, rule Rule, o Options) (*tally, error) {
	if err := rule.check(); err != nil {
		return nil, err
	}
	n := len(b.Candidates)
	if n == 0 || n > MaxCandidates {
		return nil, fmt.Errorf("%d candidates: an election has between 1 and %d", n, MaxCandidates)
	}
	seats := o.Seats
	if seats == 0 {
		seats = b.Seats
	}
	if seats < 1 || seats > MaxCandidates {
		return nil, fmt.Errorf("%d seats: an election has between 1 and %d", seats, MaxCandidates)
	}
	t := &tally{
		rule: rule, n: n, seats: seats, one: unit(rule.Decimals), lots: o.Lots,
		votes: make([]int64, n+1), state: make([]state, n+1), protected: make([]bool, n+1), pile: make([][]parcel, n+1),
	}
	if t.lots == nil && b.Order != nil {
		t.lots = Order(b.Order)
	}
	t.result = &Result{Rule: rule, Title: b.Title, Seats: seats, Candidates: slices.Clone(b.Candidates)}
	for i := range t.result.Candidates {
		t.result.Candidates[i].Name = b.Name(i + 1)
	}
	for _, c := range o.Withdrawn {
		if c < 1 || c > n {
			return nil, fmt.Errorf("candidate %d cannot withdraw: there are candidates 1 to %d", c, n)
		}
		t.result.Candidates[c-1].Withdrawn = true
	}
	gone := false
	for i, c := range t.result.Candidates {
		if c.Withdrawn {
			t.state[i+1], gone = withdrawn, true
		} else {
			t.hopefuls++
		}
	}
	if t.hopefuls == 0 {
		return nil, fmt.Errorf("all %d candidates have withdrawn", n)
	}
	for _, c := range o.protect {
		t.protected[c] = true
	}
	t.b = b
	if gone {
		t.b = b.without(t.state)
	}
	return t, nil
}

// without strikes withdrawn candidates from every paper, as if they had never
// been on it.
func (b *Ballots) without(state []state) *Ballots {
	out := *b
	out.prefs = make([]uint16, 0, len(b.prefs))
	out.start = make([]uint32, 0, len(b.start))
	out.papers = make([]uint32, 0, len(b.papers))
	out.blank, out.total = b.blank, b.blank
	for i, papers := range b.papers {
		at := len(out.prefs)
		group := at // where the place now read begins
		for _, v := range b.raw(i) {
			if v == gap || state[v&^equal] != withdrawn {
				out.prefs = append(out.prefs, v)
			}
			if v == gap || v&equal == 0 {
				if len(out.prefs) > group && v != gap {
					out.prefs[len(out.prefs)-1] &^= equal
				}
				group = len(out.prefs)
			}
		}
		out.close(at, papers)
	}
	return &out
}
