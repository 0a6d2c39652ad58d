package house

import (
	"bytes"
	"context"

	"commonweal/count"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
)

// Successor is who takes a seat that fell empty, as the papers of the election say.
type Successor struct {
	Nomination string
	Text       []byte // transcript of the count that shows it
}

// SuccessorTo works out who takes an empty seat where the rules fill it from the
// papers: of the candidates who are willing. It is the returning officer's.
func (h *House) SuccessorTo(ctx context.Context, org, contest, vacancy string, unwilling []string) (s Successor, err error) {
	o, err := h.Outcome(ctx, org, contest)
	if err != nil {
		return s, err
	}
	p, c, err := h.contestOf(ctx, org, contest)
	if err != nil {
		return s, err
	}
	v, err := vacancyOf(c, vacancy, unwilling)
	if err != nil {
		return s, err
	}
	if o.Count == nil {
		return s, fault.Errorf(fault.Conflict, "contest %s elected nobody", c.Code)
	}
	rule, err := count.FindRule(p.Rules.Counting.Rules)
	if err != nil {
		return s, err
	}
	filled, err := count.FillVacancy(o.Ballots, rule, count.Options{Lots: count.Earlier{Lots: o.Count.Lots, Then: o.Seed}}, v)
	if err != nil {
		return s, fault.Wrap(fault.Conflict, err, "contest %s: nobody can be found for the seat", c.Code)
	}
	var text bytes.Buffer
	err = filled.Result.WriteText(&text)
	return Successor{Nomination: c.Standing()[filled.Candidate-1].ID, Text: text.Bytes()}, err
}

// vacancyOf is an empty seat in the words of the library that counts: candidates are
// numbers, in the order of the ballot.
func vacancyOf(c poll.Contest, id string, unwilling []string) (v count.Vacancy, err error) {
	number := map[string]int{}
	for i, n := range c.Standing() {
		number[n.ID] = i + 1
	}
	left := ""
	gone := map[string]bool{}
	for _, one := range c.Vacancies {
		gone[one.Nomination] = true
		if one.ID == id {
			left, v.By = one.Nomination, count.Filling(one.Way)
		}
	}
	if number[left] == 0 {
		return v, fault.Errorf(fault.NotFound, "contest %s has no seat with the id %q that somebody left", c.Code, id)
	}
	if v.By != count.Countback && v.By != count.NextHighest {
		return v, fault.Errorf(fault.Conflict, "this seat is not filled from the papers of the election")
	}
	v.Left = number[left]
	v.Sitting = []int{}
	for _, e := range c.Declared.Result.Elected {
		if !gone[e] {
			v.Sitting = append(v.Sitting, number[e])
		} else if e != left {
			v.Unwilling = append(v.Unwilling, number[e])
		}
	}
	for _, one := range c.Vacancies {
		if one.FilledBy != "" && !gone[one.FilledBy] {
			v.Sitting = append(v.Sitting, number[one.FilledBy])
		}
	}
	for _, n := range unwilling {
		if number[n] == 0 {
			return v, fault.Errorf(fault.Invalid, "%s is no candidate of contest %s", n, c.Code)
		}
		v.Unwilling = append(v.Unwilling, number[n])
	}
	return v, nil
}
