package poll

import (
	"context"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Question questions the declared result of a contest, until the day that the rules
// give. It is a voter's of the contest, and a candidate's.
func (s *Service) Question(ctx context.Context, actor, org, contest, ground string) (string, error) {
	ground, err := reason("questioning a result", ground)
	if err != nil {
		return "", err
	}
	var id string
	err = s.changeContest(ctx, actor, org, "poll.questioned", contest, func(tx *journal.Tx, p Poll, c Contest) error {
		if c.Declared == nil {
			return fault.Errorf(fault.Conflict, "the result of contest %s is not declared yet", c.Code)
		}
		if until := c.Declared.PetitionUntil; s.today().After(until) {
			return fault.Errorf(fault.Conflict, "the result of contest %s could be questioned until %s", c.Code, until.Words())
		}
		may, err := s.mayQuestion(ctx, tx, c, actor)
		if err != nil {
			return err
		}
		if !may {
			return fault.Errorf(fault.Forbidden, "person %s is neither a voter nor a candidate of contest %s", actor, c.Code)
		}
		one := Petition{ID: tx.ID(), Contest: c.ID, Person: actor, Ground: ground, Entered: s.today()}
		id = one.ID
		tx.Detail("petition", id)
		return tx.Insert(ctx, "petition", one.row())
	})
	return id, err
}

// mayQuestion reports whether somebody is a voter or candidate of a contest. Where
// there was no vote and so perhaps no roll, a member who could have voted is one.
func (s *Service) mayQuestion(ctx context.Context, tx *journal.Tx, c Contest, person string) (bool, error) {
	for _, n := range c.Nominations {
		if n.Person == person {
			return true, nil
		}
	}
	if c.Roll == nil {
		m, err := s.register.Membership(ctx, tx.Tx, tx.Org(), person, s.today())
		return c.takes(m), err
	}
	e, found, err := entryOf(ctx, tx.Tx, tx.Org(), c.ID, person)
	return found && e.Stands(), err
}

// DecideQuestion records what became of a question about a result. Where it is
// upheld the election is void: every seat of the contest is empty, and the
// secretary ends the appointments that rested on it. It is the secretary's, on a
// decision of those whom the constitution names.
func (s *Service) DecideQuestion(ctx context.Context, actor, org, contest, petition string, outcome Outcome, why string) error {
	why, err := reason("what became of a question", why)
	if err != nil {
		return err
	}
	return s.changeContest(ctx, actor, org, "poll.question_decided", contest, func(tx *journal.Tx, p Poll, c Contest) error {
		if outcome != Upheld && outcome != Dismissed {
			return fault.Fieldf("outcome", "a question is upheld or dismissed, not %q", outcome)
		}
		for _, one := range c.Petitions {
			if one.ID != petition {
				continue
			}
			switch {
			case !one.Decided.IsZero():
				return fault.Errorf(fault.Conflict, "question %s was %s on %s", one.ID, one.Outcome, one.Decided)
			case one.Person == actor:
				return fault.Errorf(fault.Forbidden, "person %s cannot decide about their own question", actor)
			case slices.ContainsFunc(c.Standing(), func(n Nomination) bool { return n.Person == actor }):
				return fault.Errorf(fault.Forbidden, "person %s stood in contest %s and cannot decide whether its result stands", actor, c.Code)
			}
			one.Decided, one.DecidedBy, one.Outcome, one.Reason = s.today(), actor, outcome, why
			tx.Detail("petition", one.ID)
			tx.Detail("outcome", string(outcome))
			if err := tx.Update(ctx, "petition", one.row()); err != nil {
				return err
			}
			if outcome == Upheld && p.Kind.Elects() {
				return s.void(ctx, tx, c, s.today(), why)
			}
			return nil
		}
		return fault.Errorf(fault.NotFound, "the result of contest %s has no question %q", c.Code, petition)
	})
}

// void empties every seat that somebody was elected to.
func (s *Service) void(ctx context.Context, tx *journal.Tx, c Contest, since law.Date, why string) error {
	for _, id := range c.sitting() {
		v := Vacancy{ID: tx.ID(), Contest: c.ID, Nomination: id, Since: since, Reason: "The election was void: " + why, Way: ByElection}
		if err := tx.Insert(ctx, "vacancy", v.row()); err != nil {
			return err
		}
	}
	return nil
}
