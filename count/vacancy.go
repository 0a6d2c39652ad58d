package count

import (
	"fmt"
	"slices"
)

// Vacancy is a seat that fell empty between elections.
type Vacancy struct {
	// Left is who left the seat.
	Left int
	// Sitting are the others who were elected and still sit. Nil takes those whom
	// the count of the same papers elects.
	Sitting []int
	// Unwilling would not take the seat.
	Unwilling []int
	// By is how the seat is to be filled; empty takes the first way of the rule.
	By Filling
}

// Filled is a vacancy with the one who takes the seat.
type Filled struct {
	Vacancy
	Candidate int
	// Result is the count that shows it: the countback, which ends when the seat
	// is filled, or for the next highest the count of the election.
	Result *Result
}

// FillVacancy finds who takes a seat that fell empty, from the papers of the
// election and in the way that the rule allows. Seats are those of the election,
// the empty one among them.
//
// Countback (ERS97 7.1) counts all papers again. Preferences for the one who left
// and for the unwilling are passed over, nobody who still sits is excluded, and the
// count ends when somebody new is elected.
//
// The next highest (ERS97 7.2; the constitutions of NHS trusts) is who was not
// elected and stayed in longest: of those still continuing at the end the one with
// the most votes, else the one excluded last.
func FillVacancy(b *Ballots, rule Rule, o Options, v Vacancy) (*Filled, error) {
	if len(rule.Fillings) == 0 {
		return nil, fmt.Errorf("under %s a vacancy is not filled from the papers of the election: it takes a by-election", rule.ID)
	}
	if v.By == "" {
		v.By = rule.Fillings[0]
	}
	if !rule.Fills(v.By) {
		return nil, fmt.Errorf("%s does not fill a vacancy by %s", rule.ID, v.By)
	}
	for _, c := range slices.Concat([]int{v.Left}, v.Sitting, v.Unwilling) {
		if c < 1 || c > len(b.Candidates) {
			return nil, fmt.Errorf("candidate %d: there are candidates 1 to %d", c, len(b.Candidates))
		}
	}
	if v.Sitting == nil || v.By == NextHighest {
		r, err := Count(b, rule, o)
		if err != nil {
			return nil, err
		}
		if v.By == NextHighest {
			return nextHighest(b, rule, o, v, r)
		}
		if !slices.Contains(r.Elected, v.Left) {
			return nil, fmt.Errorf("candidate %d was not elected and leaves no vacancy", v.Left)
		}
		v.Sitting = slices.DeleteFunc(slices.Clone(r.Elected), func(c int) bool { return c == v.Left })
	}
	if slices.Contains(v.Sitting, v.Left) {
		return nil, fmt.Errorf("candidate %d cannot have left and still sit", v.Left)
	}
	return countback(b, rule, o, v)
}

func countback(b *Ballots, rule Rule, o Options, v Vacancy) (*Filled, error) {
	o.Withdrawn = slices.Concat(o.Withdrawn, []int{v.Left}, slices.DeleteFunc(slices.Clone(v.Unwilling), func(c int) bool { return slices.Contains(v.Sitting, c) }))
	o.protect = v.Sitting
	t, err := newTally(b, rule, o)
	if err != nil {
		return nil, err
	}
	if len(v.Sitting) >= t.seats {
		return nil, fmt.Errorf("%d still sit in %d seats: there is no vacancy", len(v.Sitting), t.seats)
	}
	t.back, t.room = true, 1
	if t.hopefuls <= len(v.Sitting) {
		return nil, fmt.Errorf("no candidate is left to take the seat")
	}
	if err := t.run(); err != nil {
		return nil, err
	}
	for _, c := range t.result.Elected {
		if !t.protected[c] {
			return &Filled{v, c, t.result}, nil
		}
	}
	return nil, fmt.Errorf("the countback ended without anybody new")
}

// nextHighest takes the first of those not elected who is willing.
func nextHighest(b *Ballots, rule Rule, o Options, v Vacancy, r *Result) (*Filled, error) {
	out := func(c int) bool {
		return slices.Contains(r.Elected, c) || slices.Contains(v.Sitting, c) || slices.Contains(v.Unwilling, c) || r.Candidates[c-1].Withdrawn || c == v.Left
	}
	final := r.Stages[len(r.Stages)-1]
	var gone []int // excluded, the last first
	for i := len(r.Stages) - 1; i >= 0; i-- {
		last := slices.Clone(r.Stages[i].Excluded)
		slices.Reverse(last)
		gone = append(gone, last...)
	}
	most := int64(-1)
	var tied []int
	for c := 1; c <= len(r.Candidates); c++ {
		if out(c) || slices.Contains(gone, c) {
			continue
		}
		switch units := final.Totals[c-1].Units; {
		case units > most:
			most, tied = units, []int{c}
		case units == most:
			tied = append(tied, c)
		}
	}
	if len(tied) == 0 {
		i := slices.IndexFunc(gone, func(c int) bool { return !out(c) })
		if i < 0 {
			return nil, fmt.Errorf("no candidate is left to take the seat")
		}
		return &Filled{v, gone[i], r}, nil
	}
	lots := o.Lots
	if lots == nil && b.Order != nil {
		lots = Order(b.Order)
	}
	t := &tally{rule: rule, n: len(r.Candidates), lots: lots, result: r}
	for _, s := range r.Stages {
		p := point{stage: s.Number, votes: make([]int64, 1, t.n+1)}
		for _, a := range s.Totals {
			p.votes = append(p.votes, a.Units)
		}
		t.points = append(t.points, p)
	}
	t.stage = &r.Stages[len(r.Stages)-1]
	c, err := t.choose(ToElect, tied, rule.lookBack())
	if err != nil {
		return nil, err
	}
	return &Filled{v, c, r}, nil
}
