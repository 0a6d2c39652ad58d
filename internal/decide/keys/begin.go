package keys

import (
	"context"

	"commonweal/belenios/group"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Begin begins a setup of the key of a poll, or a rehearsal of one, and gives its id. Who
// the keyholders are, their numbers, the group and the threshold are those of the poll
// now. It is Conflict while another is under way, when the poll has its key, and outside
// the time for it. The returning officer's.
func (s *Service) Begin(ctx context.Context, actor, org, poll string, rehearsal bool) (id string, err error) {
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "key.begun", Actor: actor}, func(tx *journal.Tx) error {
		p, err := s.polls.Poll(ctx, tx.Tx, org, poll)
		if err != nil {
			return err
		}
		if err := p.conducts(actor); err != nil {
			return err
		}
		before, err := setups(ctx, tx.Tx, org, `poll_id = ?`, p.ID)
		if err != nil {
			return err
		}
		if err := p.mayBegin(before, rehearsal); err != nil {
			return err
		}
		n := Setup{ID: tx.ID(), Poll: p.ID, Group: p.Group, Threshold: p.Threshold, Rehearsal: rehearsal, trustees: len(p.Keyholders)}
		if n.Begun, err = instant(tx); err != nil {
			return err
		}
		for i, person := range p.Keyholders {
			n.Holders = append(n.Holders, Holder{Number: i + 1, Person: person})
		}
		if err := tx.Insert(ctx, "key_setup", n.row()); err != nil {
			return err
		}
		for _, h := range n.Holders {
			if err := tx.Insert(ctx, "key_holder", journal.Row{"id": tx.ID(), "setup_id": n.ID, "keyholder": h.Person, "number": h.Number}); err != nil {
				return err
			}
		}
		id = n.ID
		tx.Detail("poll", p.ID)
		tx.Detail("setup", n.ID)
		tx.Detail("rehearsal", rehearsal)
		return nil
	})
	return id, err
}

// conducts refuses somebody who is not the returning officer.
func (p Poll) conducts(actor string) error {
	if actor == "" || actor != p.ReturningOfficer {
		return fault.Errorf(fault.Forbidden, "person %s is not the returning officer of poll %s", actor, p.Code)
	}
	return nil
}

func (p Poll) mayBegin(before []Setup, rehearsal bool) error {
	if err := p.mayMake(); err != nil {
		return err
	}
	for _, one := range before {
		switch {
		case one.State() == UnderWay:
			return fault.Errorf(fault.Conflict, "a setup of the key of poll %s is under way since %s: give that up first", p.Code, one.Begun.Format("2006-01-02"))
		case one.State() == Made && !one.Rehearsal && !rehearsal:
			return fault.Errorf(fault.Conflict, "the key of poll %s was made on %s", p.Code, one.Done.Format("2006-01-02"))
		}
	}
	seen := map[string]bool{}
	for _, person := range p.Keyholders {
		if person == "" || seen[person] {
			return fault.Errorf(fault.Conflict, "poll %s names keyholder %q twice", p.Code, person)
		}
		seen[person] = true
	}
	switch _, known := group.ByName(p.Group); {
	case p.Made && !rehearsal:
		return fault.Errorf(fault.Conflict, "poll %s has its key", p.Code)
	case !known:
		return fault.Errorf(fault.Invalid, "the key of poll %s cannot be in the group %q", p.Code, p.Group)
	case p.Threshold < 2 || p.Threshold > len(p.Keyholders): // nobody opens votes alone
		return fault.Errorf(fault.Invalid, "the key of poll %s cannot be one that %d of %d keyholders open", p.Code, p.Threshold, len(p.Keyholders))
	}
	return nil
}

// mayMake refuses outside the time in which a key is made.
func (p Poll) mayMake() error {
	if !p.MayMake {
		return fault.Errorf(fault.Conflict, "the key of poll %s is made after the call, with all keyholders named, and before notice of poll", p.Code)
	}
	return nil
}
