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
	witness, err := prose("witness", witness, maxName)
	if err != nil {
		return err
	}
	statement, err = prose("statement", statement, maxWords)
	if err != nil {
		return err
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "key.destroyed", Actor: person}, func(tx *journal.Tx) error {
		p, err := s.polls.Poll(ctx, tx.Tx, org, poll)
		if err != nil {
			return err
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
		switch {
		case !h.Destroyed.IsZero():
			return fault.Errorf(fault.Conflict, "keyholder %d destroyed their part of the key of poll %s on %s", h.Number, p.Code, h.Destroyed)
		case !p.Settled && !p.Abandoned:
			return fault.Errorf(fault.Conflict, "the key of poll %s is kept until its result can no longer be questioned", p.Code)
		}
		tx.Detail("poll", p.ID)
		tx.Detail("setup", c.ID)
		tx.Detail("keyholder", h.Number)
		row := journal.Row{"id": tx.ID(), "setup_id": c.ID, "keyholder": person, "day": s.today().String(), "witness": witness, "statement": statement}
		if err := tx.Insert(ctx, "key_destroyed", row); err != nil {
			return err
		}
		if last := len(c.Keeping()) == 1; !last || p.Abandoned {
			return nil
		}
		return s.polls.KeyDestroyed(ctx, tx, p.ID)
	})
	return err
}
