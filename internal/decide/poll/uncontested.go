package poll

import (
	"context"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// FindUncontested records that a contest has no more candidates than seats, so that
// there is no vote in it: whoever stands is elected, and seats may stay empty. It is
// the returning officer's, once withdrawals are over.
func (s *Service) FindUncontested(ctx context.Context, actor, org, contest string) error {
	return s.changeContest(ctx, actor, org, "contest.uncontested", contest, func(tx *journal.Tx, p Poll, c Contest) error {
		if err := p.conducts(actor); err != nil {
			return err
		}
		if err := s.at(p, "this is found before notice of poll", Nominated); err != nil {
			return err
		}
		switch until := p.withdrawUntil(); {
		case !c.Uncontested.IsZero():
			return fault.Errorf(fault.Conflict, "contest %s was found uncontested on %s", c.Code, c.Uncontested)
		case !s.today().After(until):
			return fault.Errorf(fault.Conflict, "contest %s: candidates may withdraw until %s", c.Code, until.Words())
		case c.undecided() > 0:
			return fault.Errorf(fault.Conflict, "contest %s has %s that nobody decided about", c.Code, plural(c.undecided(), "nomination"))
		case len(c.Standing()) > c.Seats:
			return fault.Errorf(fault.Conflict, "contest %s has %s for %s: there is a vote", c.Code, plural(len(c.Standing()), "candidate"), plural(c.Seats, "seat"))
		}
		c.Uncontested = s.today()
		tx.Detail("candidates", len(c.Standing()))
		tx.Detail("seats", c.Seats)
		return c.update(ctx, tx)
	})
}
