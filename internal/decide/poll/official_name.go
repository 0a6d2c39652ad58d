package poll

import (
	"context"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
)

// Name names an official of a poll. The person has to hold the role in the
// organisation that goes with the office; nobody names themselves; who may not hold
// two offices together is refused. A keyholder whom a staff-side representative
// names stands for the staff side. It is the secretary's, and for keyholders the
// staff side's too.
func (s *Service) Name(ctx context.Context, actor, org, id string, o Official) (string, error) {
	err := s.change(ctx, actor, org, "poll.official_named", id, func(tx *journal.Tx, p Poll) error {
		if !o.Office.Known() {
			return fault.Fieldf("office", "there is no office %q in a poll", o.Office)
		}
		if err := s.at(p, "its officials are named before", Draft, Called, Nominating, Nominated, Announced, Open, Closed, Counted, Uncontested); err != nil {
			return err
		}
		if o.Person == actor {
			return fault.Errorf(fault.Forbidden, "person %s cannot name themselves %s", actor, o.Office.Title())
		}
		held, err := s.holds(ctx, tx.Tx, org, o.Person, o.Office.Role())
		if err != nil {
			return err
		}
		if !held {
			return fault.Errorf(fault.Conflict, "person %s is not %s of the organisation: appoint them first", o.Person, o.Office.Role().Title())
		}
		if o.Office == Keyholder {
			staffSide, err := s.holds(ctx, tx.Tx, org, actor, policy.StaffSide)
			if err != nil {
				return err
			}
			if o.Side == StaffSide && !staffSide {
				return fault.Fieldf("side", "only the staff side names a keyholder for the staff")
			}
			if staffSide {
				o.Side = StaffSide
			}
		}
		if err := p.mayName(o); err != nil {
			return err
		}
		o.ID, o.Poll, o.Named, o.NamedBy = tx.ID(), p.ID, s.today(), actor
		tx.Detail("office", string(o.Office))
		tx.Detail("person", o.Person)
		return tx.Insert(ctx, "official", o.row())
	})
	return o.ID, err
}

// EndOffice ends an office in a poll. A keyholder's does not end once the key is
// made. It is the secretary's.
func (s *Service) EndOffice(ctx context.Context, actor, org, id, official string) error {
	return s.change(ctx, actor, org, "poll.official_ended", id, func(tx *journal.Tx, p Poll) error {
		for _, o := range p.Officials {
			if o.ID != official {
				continue
			}
			if !o.Holds() {
				return fault.Errorf(fault.Conflict, "person %s is %s of poll %s no more, since %s", o.Person, o.Office.Title(), p.Code, o.Ended)
			}
			if o.Office == Keyholder && !p.KeyMade.IsZero() {
				return fault.Errorf(fault.Conflict, "the key of poll %s is made: who holds it does not change", p.Code)
			}
			o.Ended, o.EndedBy = s.today(), actor
			tx.Detail("office", string(o.Office))
			tx.Detail("person", o.Person)
			return tx.Update(ctx, "official", o.row())
		}
		return fault.Errorf(fault.NotFound, "poll %s has no official %q", p.Code, official)
	})
}
