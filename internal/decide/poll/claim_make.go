package poll

import (
	"context"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/timetable"
)

// Claim says that a roll is wrong: that oneself is missing, or that somebody else
// does not belong on it. It can be said from the day the roll is made until the day
// on which claims close, by anybody whom the organisation knows; the returning
// officer may enter what came on paper.
func (s *Service) Claim(ctx context.Context, actor, org string, c Claim) (string, error) {
	var err error
	if c.Ground, err = reason("a claim", c.Ground); err != nil {
		return "", err
	}
	err = s.changeContest(ctx, actor, org, "roll.claimed", c.Contest, func(tx *journal.Tx, p Poll, in Contest) error {
		if actor != c.Person {
			if err := p.conducts(actor); err != nil {
				return err
			}
		}
		if err := s.rollOpen(p, in); err != nil {
			return err
		}
		if until := p.Timetable.Day(timetable.ClaimsClose); s.today().After(until) {
			return fault.Errorf(fault.Conflict, "poll %s: the roll could be put right until %s", p.Code, until.Words())
		}
		if c.Kind == Missing {
			c.About = c.Person
		}
		people, err := identity.PeopleByID(ctx, tx.Tx, org, []string{c.Person})
		if err != nil {
			return err
		}
		if people[c.Person].ID == "" {
			return fault.Errorf(fault.NotFound, "there is no person %q in %s", c.Person, org)
		}
		e, found, err := entryOf(ctx, tx.Tx, org, in.ID, c.About)
		if err != nil {
			return err
		}
		switch on := found && e.Stands(); {
		case c.Kind != Missing && c.Kind != Objection:
			return fault.Fieldf("kind", "one claims to be missing or objects to somebody, and %q is neither", c.Kind)
		case c.Kind == Missing && on:
			return fault.Errorf(fault.Conflict, "person %s is on the roll of contest %s, as voter %d", c.About, in.Code, e.Number)
		case c.Kind == Objection && !on:
			return fault.Errorf(fault.Conflict, "person %s is not on the roll of contest %s", c.About, in.Code)
		}
		for _, other := range in.Claims {
			if other.Person == c.Person && other.Kind == c.Kind && other.About == c.About && other.Decided.IsZero() {
				return fault.Errorf(fault.Conflict, "person %s has said this already: it waits for the returning officer", c.Person)
			}
		}
		c.ID, c.Entered = tx.ID(), s.today()
		tx.Detail("claim", c.ID)
		return tx.Insert(ctx, "roll_claim", Claim{
			ID: c.ID, Contest: in.ID, Person: c.Person, Kind: c.Kind, About: c.About, Ground: c.Ground, Entered: c.Entered,
		}.row())
	})
	return c.ID, err
}

// rollOpen refuses to change a roll that is not made, or frozen.
func (s *Service) rollOpen(p Poll, c Contest) error {
	switch {
	case c.Roll == nil:
		return fault.Errorf(fault.Conflict, "contest %s has no roll yet", c.Code)
	case !p.Announced.IsZero():
		return fault.Errorf(fault.Conflict, "notice of poll %s is given: its roll is frozen", p.Code)
	}
	return s.at(p, "its roll is put right before notice of poll", Called, Nominating, Nominated)
}

// DecideClaim upholds or dismisses a claim or an objection, with a reason, before
// notice of poll is given. A claim that is upheld adds the person with a number of
// their own, an objection strikes the line out, and the roll gets a new seal; nothing
// is taken away from what was sealed before. It is the returning officer's.
func (s *Service) DecideClaim(ctx context.Context, actor, org, contest, claim string, outcome Outcome, why string) error {
	why, err := reason("a decision about the roll", why)
	if err != nil {
		return err
	}
	return s.changeContest(ctx, actor, org, "roll.claim_decided", contest, func(tx *journal.Tx, p Poll, c Contest) error {
		if err := p.conducts(actor); err != nil {
			return err
		}
		if err := s.rollOpen(p, c); err != nil {
			return err
		}
		for _, one := range c.Claims {
			if one.ID != claim {
				continue
			}
			if !one.Decided.IsZero() {
				return fault.Errorf(fault.Conflict, "claim %s was %s on %s", one.ID, one.Outcome, one.Decided)
			}
			if one.Person == actor || one.About == actor {
				return fault.Errorf(fault.Forbidden, "person %s cannot decide about a claim that they made or that is about them", actor)
			}
			one.Decided, one.DecidedBy, one.Outcome, one.Reason = s.today(), actor, outcome, why
			switch outcome {
			case Dismissed:
			case Upheld:
				if one.NewSeal, err = s.correct(ctx, tx, p, c, one); err != nil {
					return err
				}
				tx.Detail("seal", one.NewSeal)
			default:
				return fault.Fieldf("outcome", "a claim is upheld or dismissed, not %q", outcome)
			}
			tx.Detail("claim", one.ID)
			tx.Detail("outcome", string(outcome))
			return tx.Update(ctx, "roll_claim", one.row())
		}
		return fault.Errorf(fault.NotFound, "contest %s has no claim %q", c.Code, claim)
	})
}

// correct puts a roll right as a claim asks, and seals it anew.
func (s *Service) correct(ctx context.Context, tx *journal.Tx, p Poll, c Contest, claim Claim) (string, error) {
	list, err := entries(ctx, tx.Tx, p.Org, c.ID, "")
	if err != nil {
		return "", err
	}
	at := -1
	for i, e := range list {
		if e.Person == claim.About {
			at = i
		}
	}
	on := at >= 0 && list[at].Stands()
	switch {
	case claim.Kind == Missing && on, claim.Kind == Objection && !on:
		return "", fault.Errorf(fault.Conflict, "claim %s: the roll is so already", claim.ID)
	case claim.Kind == Objection:
		list[at].Struck = claim.ID
		err = tx.Update(ctx, "roll_entry", list[at].row())
	case at >= 0: // struck out before, and put back
		if err := s.onNoOther(ctx, tx, p, c, claim.About); err != nil {
			return "", err
		}
		list[at].Struck, list[at].Added = "", claim.ID
		err = tx.Update(ctx, "roll_entry", list[at].row())
	default:
		var e Entry
		if err := s.onNoOther(ctx, tx, p, c, claim.About); err != nil {
			return "", err
		}
		if e, err = s.addition(ctx, tx, p, c, claim, len(list)+1); err == nil {
			list = append(list, e)
			err = tx.Insert(ctx, "roll_entry", e.row())
		}
	}
	if err != nil {
		return "", err
	}
	r := *c.Roll
	if r.Seal, err = SealOf(list); err != nil {
		return "", err
	}
	r.Entries = len(list)
	r.Struck, r.Votes = tallyOf(list)
	return r.Seal, tx.Update(ctx, "roll", r.row())
}

// addition is the line of somebody whom a claim puts on the roll. The returning
// officer may find that the register was wrong, so the register is asked only for
// the number of votes and the member's id.
func (s *Service) addition(ctx context.Context, tx *journal.Tx, p Poll, c Contest, claim Claim, number int) (Entry, error) {
	m, err := s.register.Membership(ctx, tx.Tx, p.Org, claim.About, c.Roll.Day)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{
		ID: tx.ID(), Roll: c.Roll.ID, Contest: c.ID, Number: number, Person: claim.About, Member: m.Member, Weight: max(p.weight(m.Elector), 1), Added: claim.ID,
	}
	return e, e.salt(s.journal.World())
}

// onNoOther refuses to put somebody on two rolls of one poll: a member votes in one
// constituency.
func (s *Service) onNoOther(ctx context.Context, tx *journal.Tx, p Poll, c Contest, person string) error {
	for _, other := range p.Contests {
		if other.ID == c.ID {
			continue
		}
		e, found, err := entryOf(ctx, tx.Tx, p.Org, other.ID, person)
		if err != nil {
			return err
		}
		if found && e.Stands() {
			return fault.Errorf(fault.Conflict, "person %s is on the roll of contest %s: uphold an objection there first", person, other.Code)
		}
	}
	return nil
}
