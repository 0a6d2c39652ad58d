package poll

import (
	"context"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Vacate records that somebody elected has left their seat, and in which way the
// rules fill it: from the papers of the election while they allow that, and by a
// by-election after. It is the secretary's and the returning officer's.
func (s *Service) Vacate(ctx context.Context, actor, org, contest, nomination string, since law.Date, why string) (string, error) {
	why, err := reason("a vacancy", why)
	if err != nil {
		return "", err
	}
	var id string
	err = s.changeContest(ctx, actor, org, "vacancy.recorded", contest, func(tx *journal.Tx, p Poll, c Contest) error {
		switch {
		case !slices.Contains(c.sitting(), nomination):
			return fault.Errorf(fault.Conflict, "nomination %s holds no seat of contest %s", nomination, c.Code)
		case since.After(s.today()) || since.Before(c.Declared.Day):
			return fault.Fieldf("since", "the seat fell empty between %s and today", c.Declared.Day.Words())
		}
		v := Vacancy{ID: tx.ID(), Contest: c.ID, Nomination: nomination, Since: since, Reason: why, Way: p.wayToFill(c, since)}
		id = v.ID
		tx.Detail("vacancy", v.ID)
		tx.Detail("way", string(v.Way))
		return tx.Insert(ctx, "vacancy", v.row())
	})
	return id, err
}

// wayToFill is how a seat is filled that fell empty on a day.
func (p Poll) wayToFill(c Contest, since law.Date) Vacating {
	way := p.Rules.Vacancies
	if way != Countback && way != NextHighest {
		return way
	}
	late := since.After(c.Declared.Day.AddMonths(p.Rules.VacancyMonths))
	if late || c.Declared.Result.Uncontested || len(c.nextCandidates()) == 0 {
		return ByElection
	}
	return way
}

// nextCandidates are the candidates who were never elected.
func (c Contest) nextCandidates() []Nomination {
	taken := map[string]bool{}
	if c.Declared != nil {
		for _, id := range c.Declared.Result.Elected {
			taken[id] = true
		}
	}
	for _, v := range c.Vacancies {
		taken[v.FilledBy] = true
	}
	var out []Nomination
	for _, n := range c.Standing() {
		if !taken[n.ID] {
			out = append(out, n)
		}
	}
	return out
}

// Filling is how an empty seat was filled.
type Filling struct {
	// Nomination is the candidate whom the papers give, for a countback or the next
	// highest: worked out by the room that counts, and willing.
	Nomination string
	// ByPoll is the by-election, which has been called.
	ByPoll string
	// Left says that the seat stays empty until the next election, for a reason.
	Left string
}

// Fill records how an empty seat was filled, and appoints whoever takes it. It is the
// returning officer's of the poll.
func (s *Service) Fill(ctx context.Context, actor, org, contest, vacancy string, f Filling) error {
	return s.changeContest(ctx, actor, org, "vacancy.filled", contest, func(tx *journal.Tx, p Poll, c Contest) error {
		if err := p.conducts(actor); err != nil {
			return err
		}
		i := slices.IndexFunc(c.Vacancies, func(v Vacancy) bool { return v.ID == vacancy })
		if i < 0 {
			return fault.Errorf(fault.NotFound, "contest %s has no vacancy %q", c.Code, vacancy)
		}
		v := c.Vacancies[i]
		if !v.open() {
			return fault.Errorf(fault.Conflict, "vacancy %s was settled on %s", v.ID, v.Settled)
		}
		if err := s.fill(ctx, tx, c, &v, f); err != nil {
			return err
		}
		v.Settled, v.SettledBy = s.today(), actor
		tx.Detail("vacancy", v.ID)
		tx.Detail("way", string(v.Way))
		return tx.Update(ctx, "vacancy", v.row())
	})
}

func (s *Service) fill(ctx context.Context, tx *journal.Tx, c Contest, v *Vacancy, f Filling) error {
	switch {
	case f.Nomination != "" && f.ByPoll == "" && f.Left == "":
		if v.Way != Countback && v.Way != NextHighest {
			return fault.Errorf(fault.Conflict, "vacancy %s is filled by %s and not from the papers", v.ID, v.Way)
		}
		if !slices.ContainsFunc(c.nextCandidates(), func(n Nomination) bool { return n.ID == f.Nomination }) {
			return fault.Errorf(fault.Invalid, "contest %s: %s is no candidate who could take the seat", c.Code, f.Nomination)
		}
		v.FilledBy = f.Nomination
		why, err := s.appoint(ctx, tx, c, f.Nomination)
		if why != "" {
			return fault.Errorf(fault.Conflict, "contest %s: %s", c.Code, why)
		}
		return err
	case f.ByPoll != "" && f.Nomination == "" && f.Left == "":
		by, err := s.one(ctx, tx.Tx, tx.Org(), f.ByPoll)
		if err != nil {
			return err
		}
		if by.Called.IsZero() || !by.Kind.Elects() || !by.Abandoned.IsZero() {
			return fault.Errorf(fault.Conflict, "poll %s is no by-election that was called", by.Code)
		}
		v.Way, v.ByPoll = ByElection, by.ID
		return nil
	case f.Left != "" && f.Nomination == "" && f.ByPoll == "":
		why, err := reason("leaving a seat empty", f.Left)
		v.Way, v.Reason = LeftVacant, v.Reason+" Left empty: "+why
		return err
	}
	return fault.Errorf(fault.Invalid, "a vacancy is filled by a candidate, by a by-election, or left empty: one of the three")
}
