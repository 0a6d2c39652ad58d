package poll

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Stand enters a nomination, or changes one that nobody has decided about yet, while
// nominations are open. A member stands for themselves; the returning officer may
// enter what came on paper. What is changed after backers agreed needs them again:
// they agreed to what they read.
func (s *Service) Stand(ctx context.Context, actor, org string, n Nomination) (string, error) {
	err := s.changeContest(ctx, actor, org, "nomination.entered", n.Contest, func(tx *journal.Tx, p Poll, c Contest) error {
		if actor != n.Person {
			if err := p.conducts(actor); err != nil {
				return err
			}
		}
		if !p.Kind.Elects() {
			return fault.Errorf(fault.Conflict, "nobody stands in poll %s: it asks a question", p.Code)
		}
		if err := s.at(p, "people are nominated while nominations are open", Nominating); err != nil {
			return err
		}
		if office, ok := p.served(n.Person); ok {
			return fault.Errorf(fault.Conflict, "person %s was named %s of poll %s and cannot stand in it", n.Person, office.Title(), p.Code)
		}
		if err := s.mayStand(ctx, tx.Tx, org, c, n.Person); err != nil {
			return err
		}
		if err := n.check(p.Rules); err != nil {
			return err
		}
		for _, other := range c.Nominations {
			if other.Person != n.Person && other.BallotName == n.BallotName && other.Withdrawn.IsZero() {
				return fault.Fieldf("ballot_name", "another candidate has this name: add something that tells the two apart")
			}
		}
		fresh := Nomination{
			ID: tx.ID(), Contest: c.ID, Person: n.Person, BallotName: n.BallotName, Statement: n.Statement, Interests: n.Interests, Entered: s.today(),
		}
		for _, old := range c.Nominations {
			if old.Person == n.Person {
				return s.changeNomination(ctx, tx, old, fresh, &n)
			}
		}
		n.ID = fresh.ID
		tx.Detail("nomination", n.ID)
		return tx.Insert(ctx, "nomination", fresh.row())
	})
	return n.ID, err
}

// changeNomination puts what is new into a nomination that is there.
func (s *Service) changeNomination(ctx context.Context, tx *journal.Tx, old, fresh Nomination, n *Nomination) error {
	if !old.Decided.IsZero() {
		return fault.Errorf(fault.Conflict, "the nomination of person %s was decided about on %s", old.Person, old.Decided)
	}
	n.ID = old.ID
	same := old.BallotName == fresh.BallotName && old.Statement == fresh.Statement && old.Interests == fresh.Interests
	if same && old.Withdrawn.IsZero() {
		return journal.ErrNothing
	}
	tx.Detail("nomination", old.ID)
	old.BallotName, old.Statement, old.Interests, old.Withdrawn = fresh.BallotName, fresh.Statement, fresh.Interests, law.Date{}
	if err := tx.Update(ctx, "nomination", old.row()); err != nil || same {
		return err
	}
	for _, b := range old.Backers {
		if b.Agreed.IsZero() {
			continue
		}
		b.Agreed = law.Date{}
		if err := tx.Update(ctx, "nomination_backer", b.row()); err != nil {
			return err
		}
	}
	return nil
}

// mayStand refuses somebody who is no member of the class and constituency today.
func (s *Service) mayStand(ctx context.Context, tx *db.Tx, org string, c Contest, person string) error {
	m, err := s.register.Membership(ctx, tx, org, person, s.today())
	if err != nil {
		return err
	}
	if !c.takes(m) {
		return fault.Errorf(fault.Conflict, "person %s is no voter of contest %s today: %s", person, c.Code, m.Reason)
	}
	return nil
}

// takes reports whether a contest is for somebody of a class and constituency.
func (c Contest) takes(m Membership) bool { return m.IsMember && c.isFor(m.Elector) }

func (c Contest) isFor(e Elector) bool {
	return (c.Class == "" || c.Class == e.Class) && (c.Constituency == "" || c.Constituency == e.Constituency)
}

// Withdraw takes a candidate out until the day on which withdrawals end. It is the
// candidate's, and the returning officer's on paper.
func (s *Service) Withdraw(ctx context.Context, actor, org, contest, nomination string) error {
	return s.changeContest(ctx, actor, org, "nomination.withdrawn", contest, func(tx *journal.Tx, p Poll, c Contest) error {
		n, ok := c.nomination(nomination)
		if !ok {
			return fault.Errorf(fault.NotFound, "contest %s has no nomination %q", c.Code, nomination)
		}
		if actor != n.Person {
			if err := p.conducts(actor); err != nil {
				return err
			}
		}
		switch {
		case !n.Withdrawn.IsZero():
			return fault.Errorf(fault.Conflict, "nomination %s was withdrawn on %s", n.ID, n.Withdrawn)
		case !n.Decided.IsZero() && !n.Accepted:
			return fault.Errorf(fault.Conflict, "nomination %s was ruled out", n.ID)
		}
		if err := s.at(p, "it is too late to withdraw", Nominating, Nominated); err != nil {
			return err
		}
		if until := p.withdrawUntil(); s.today().After(until) {
			return fault.Errorf(fault.Conflict, "poll %s: candidates could withdraw until %s", p.Code, until.Words())
		}
		n.Withdrawn = s.today()
		tx.Detail("nomination", n.ID)
		return tx.Update(ctx, "nomination", n.row())
	})
}

// DecideNomination accepts a nomination or rules it out with a reason. It is the
// returning officer's. What is accepted is complete, and its candidate a voter of
// the contest still.
func (s *Service) DecideNomination(ctx context.Context, actor, org, contest, nomination string, answer Answer, why string) error {
	kind := "nomination.accepted"
	if answer != Yes {
		kind = "nomination.ruled_out"
	}
	return s.changeContest(ctx, actor, org, kind, contest, func(tx *journal.Tx, p Poll, c Contest) error {
		if err := p.conducts(actor); err != nil {
			return err
		}
		n, ok := c.nomination(nomination)
		switch {
		case !ok:
			return fault.Errorf(fault.NotFound, "contest %s has no nomination %q", c.Code, nomination)
		case !n.waits():
			return fault.Errorf(fault.Conflict, "nomination %s was decided about or withdrawn", n.ID)
		case !p.Announced.IsZero() || !c.Uncontested.IsZero():
			return fault.Errorf(fault.Conflict, "contest %s: who stands is settled", c.Code)
		}
		if err := s.at(p, "nominations are decided about before notice of poll", Nominating, Nominated); err != nil {
			return err
		}
		switch answer {
		case Yes:
			if missing := n.Missing(p.Rules); len(missing) > 0 {
				return fault.Errorf(fault.Conflict, "nomination %s lacks %s", n.ID, missing[0])
			}
			if err := s.mayStand(ctx, tx.Tx, org, c, n.Person); err != nil {
				return err
			}
			n.Accepted = true
		case No:
			var err error
			if n.Reason, err = reason("ruling a nomination out", why); err != nil {
				return err
			}
		default:
			return fault.Fieldf("answer", "a nomination is accepted with yes or ruled out with no, not %q", answer)
		}
		n.Decided, n.DecidedBy = s.today(), actor
		tx.Detail("nomination", n.ID)
		return tx.Update(ctx, "nomination", n.row())
	})
}
