package poll

import (
	"context"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
)

// Declare declares the result of a contest. Where there was a vote it arrives as a
// value from the room that counted, once that has recorded the count; where there
// was none, r is nil. What can be worked out again here has to agree. Whoever is
// elected is appointed in the same change, where the contest names an office; seats
// nobody was elected to become vacancies. It is the returning officer's.
func (s *Service) Declare(ctx context.Context, actor, org, contest string, r *Result) error {
	return s.changeContest(ctx, actor, org, "poll.declared", contest, func(tx *journal.Tx, p Poll, c Contest) error {
		if err := p.conducts(actor); err != nil {
			return err
		}
		if c.Declared != nil {
			return fault.Errorf(fault.Conflict, "the result of contest %s was declared on %s", c.Code, c.Declared.Day)
		}
		if !p.Abandoned.IsZero() {
			return fault.Errorf(fault.Conflict, "poll %s was abandoned on %s", p.Code, p.Abandoned)
		}
		result, err := s.result(p, c, r)
		if err != nil {
			return err
		}
		d := Declaration{ID: tx.ID(), Contest: c.ID, Day: s.today(), Result: result, By: actor}
		d.PetitionUntil = d.Day.AddDays(p.Rules.PetitionDays)
		if err := s.appointElected(ctx, tx, c, &d.Result); err != nil {
			return err
		}
		if err := s.leaveEmpty(ctx, tx, p, c, d.Result.Unfilled); err != nil {
			return err
		}
		row, err := d.row()
		if err != nil {
			return err
		}
		tx.Detail("result", hashOf([]byte(row["result"].(string))))
		if !p.Kind.Elects() {
			tx.Detail("carried", d.Result.Carried)
		}
		tx.Detail("elected", d.Result.Elected)
		return tx.Insert(ctx, "declaration", row)
	})
}

// result is what may be declared of a contest now.
func (s *Service) result(p Poll, c Contest, r *Result) (Result, error) {
	if !c.Uncontested.IsZero() {
		if r != nil {
			return Result{}, fault.Errorf(fault.Invalid, "contest %s had no vote, so no result is given for it", c.Code)
		}
		return c.uncontested(), nil
	}
	switch {
	case r == nil:
		return Result{}, fault.Errorf(fault.Invalid, "contest %s had a vote, and no result of it is given", c.Code)
	case p.Announced.IsZero() || s.now().Before(p.Closes):
		return Result{}, fault.Errorf(fault.Conflict, "poll %s is not closed", p.Code)
	case c.Counted.IsZero():
		return Result{}, fault.Errorf(fault.Conflict, "the votes of contest %s are not counted", c.Code)
	}
	for what, sum := range map[string]string{"transcript": r.Transcript, "archive": r.Head} {
		if _, err := parseHash(sum); err != nil {
			return Result{}, fault.Wrap(fault.Invalid, err, "contest %s: the hash of the %s", c.Code, what)
		}
	}
	out := *r
	out.NotAppointed = nil
	return out, out.check(p, c)
}

// appointElected appoints whoever is elected. What stands against it, such as an
// office that cannot be held beside, is kept with the result: it does not undo the
// election.
func (s *Service) appointElected(ctx context.Context, tx *journal.Tx, c Contest, r *Result) error {
	for _, id := range r.Elected {
		why, err := s.appoint(ctx, tx, c, id)
		if err != nil {
			return err
		}
		if why != "" {
			if r.NotAppointed == nil {
				r.NotAppointed = map[string]string{}
			}
			r.NotAppointed[id] = why
		}
	}
	return nil
}

// appoint gives the office of a contest to a candidate and says what stood against
// it, or "".
func (s *Service) appoint(ctx context.Context, tx *journal.Tx, c Contest, nomination string) (string, error) {
	n, ok := c.nomination(nomination)
	if !ok || c.Role == "" {
		return "", nil
	}
	starts := c.TermStarts
	if starts.Before(s.today()) {
		starts = s.today()
	}
	_, err := identity.AppointIn(ctx, tx, identity.Appointment{Person: n.Person, Role: c.Role, Scope: c.ID, Starts: starts, Ends: c.TermEnds})
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Forbidden) || fault.Is(err, fault.Invalid) {
		return strings.TrimSuffix(fault.Message(err), ".") + ".", nil
	}
	return "", err
}

// leaveEmpty records the seats that nobody was elected to.
func (s *Service) leaveEmpty(ctx context.Context, tx *journal.Tx, p Poll, c Contest, seats int) error {
	way := ByElection // there is nobody to take the seat from the papers
	if p.Rules.Vacancies == LeftVacant {
		way = LeftVacant
	}
	for range seats {
		v := Vacancy{ID: tx.ID(), Contest: c.ID, Since: s.today(), Reason: "Nobody was elected to the seat.", Way: way}
		if err := tx.Insert(ctx, "vacancy", v.row()); err != nil {
			return err
		}
	}
	return nil
}
