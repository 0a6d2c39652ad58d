package keys

import (
	"context"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

const maxName = 200

// Destroy records that a keyholder has destroyed their part of the key of a poll, before
// which witness, and what they say about it. It is Conflict before the result can no
// longer be questioned, unless the poll is abandoned, and the second time. With the last
// keyholder's the poll is told, in the same change, that its key is gone. The keyholder's
// own.
func (s *Service) Destroy(ctx context.Context, person, org, poll, witness, statement string) error {
	return s.destroy(ctx, person, org, poll, person, witness, statement)
}

// Absent records of a keyholder who died, or cannot be reached, that their part counts as
// destroyed. It is Conflict until so many have destroyed theirs themselves that the rest
// cannot open votes. The returning officer's.
func (s *Service) Absent(ctx context.Context, actor, org, poll, person, witness, statement string) error {
	if actor == person {
		return fault.Errorf(fault.Forbidden, "person %s says of themselves that they have destroyed their part", actor)
	}
	return s.destroy(ctx, actor, org, poll, person, witness, statement)
}

func (s *Service) destroy(ctx context.Context, actor, org, poll, person, witness, statement string) error {
	witness, err := prose("witness", witness, maxName)
	if err != nil {
		return err
	}
	statement, err = prose("statement", statement, maxWords)
	if err != nil {
		return err
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "key.destroyed", Actor: actor}, func(tx *journal.Tx) error {
		p, err := s.polls.Poll(ctx, tx.Tx, org, poll)
		if err != nil {
			return err
		}
		if actor != person {
			if err := p.conducts(actor); err != nil {
				return err
			}
		}
		list, err := setups(ctx, tx.Tx, org, `poll_id = ?`, p.ID)
		if err != nil {
			return err
		}
		c, ok := madeIn(list)
		if !ok {
			return fault.Errorf(fault.Conflict, "poll %s has no key", p.Code)
		}
		h, err := c.Holder(person)
		if err != nil {
			return err
		}
		if err := c.mayDestroy(p, h, actor); err != nil {
			return err
		}
		tx.Detail("poll", p.ID)
		tx.Detail("setup", c.ID)
		tx.Detail("keyholder", h.Number)
		err = tx.Insert(ctx, "key_destroyed", journal.Row{
			"id": tx.ID(), "setup_id": c.ID, "keyholder": person, "day": s.today().String(), "said_by": actor, "witness": witness, "statement": statement,
		})
		if last := len(c.Keeping()) == 1; err != nil || !last || p.Abandoned {
			return err
		}
		return s.polls.KeyDestroyed(ctx, tx, p.ID)
	})
	return err
}

func (s Setup) mayDestroy(p Poll, h Holder, actor string) error {
	switch {
	case !h.Destroyed.IsZero():
		return fault.Errorf(fault.Conflict, "the part of keyholder %d of the key of poll %s was destroyed on %s", h.Number, p.Code, h.Destroyed)
	case !p.Settled && !p.Abandoned:
		return fault.Errorf(fault.Conflict, "the key of poll %s is kept until its result can no longer be questioned", p.Code)
	case actor != h.Person && !s.Useless():
		return fault.Errorf(fault.Conflict, "keyholder %d is needed: those who have not destroyed their parts of the key of poll %s could still open votes", h.Number, p.Code)
	}
	return nil
}

// Useless reports whether so many keyholders have said themselves that they destroyed
// their parts that the rest cannot open votes.
func (s Setup) Useless() bool {
	own := s.only(func(h Holder) bool { return !h.Destroyed.IsZero() && h.SaidBy == h.Person })
	return len(s.Holders)-len(own) < s.Threshold
}
