package paper

import (
	"context"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Look finds a voter by number, for whoever has an envelope in hand or a caller on the
// line. The teller's and the returning officer's of the poll.
func (s *Service) Look(ctx context.Context, actor, org, contest string, voter int) (v Voter, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		if _, err := s.asked(ctx, tx, org, contest, actor, Teller, ReturningOfficer); err != nil {
			return err
		}
		v, err = s.book.Voter(ctx, tx, org, contest, voter)
		return err
	})
	return v, err
}

// Receive enters an envelope from a voter, which locks the other channels. If a vote
// had come from the voter before, the envelope is listed as disqualified and stays
// shut: that is in the mark, and no error. What arrived before the close may be
// entered after it as late, until the channel is signed. The teller's of the poll.
func (s *Service) Receive(ctx context.Context, actor, org, contest string, voter int, late bool) (m Mark, err error) {
	err = s.change(ctx, "paper.received", actor, org, contest, Teller, func(tx *journal.Tx, c Contest) error {
		if err := c.has(Paper); err != nil {
			return err
		}
		if err := s.unsigned(ctx, tx.Tx, org, c, Paper); err != nil {
			return err
		}
		m, err = s.book.Receive(ctx, tx, contest, voter, Paper, late)
		tx.Detail("state", string(m.State))
		if late {
			tx.Detail("arrived", "before the close")
		}
		return err
	})
	return m, err
}

// SpoilEnvelope says of an envelope that was opened that there is nothing to count in
// it, such as no paper, or two. The voter has voted all the same. The teller's of the
// poll, after the close.
func (s *Service) SpoilEnvelope(ctx context.Context, actor, org, contest string, voter int, reason string) error {
	return s.change(ctx, "paper.envelope_spoilt", actor, org, contest, Teller, func(tx *journal.Tx, c Contest) error {
		if err := c.closedAt(s.now(), "envelopes are opened"); err != nil {
			return err
		}
		if err := s.correctable(ctx, tx.Tx, org, c, reason); err != nil {
			return err
		}
		return s.book.Spoil(ctx, tx, contest, voter, reason)
	})
}

// TakeBack takes back that an envelope came from a voter, because the wrong number was
// entered. The voter may vote again while the contest is open. The returning
// officer's of the poll.
func (s *Service) TakeBack(ctx context.Context, actor, org, contest string, voter int, reason string) error {
	return s.change(ctx, "paper.taken_back", actor, org, contest, ReturningOfficer, func(tx *journal.Tx, c Contest) error {
		if err := s.correctable(ctx, tx.Tx, org, c, reason); err != nil {
			return err
		}
		return s.book.TakeBack(ctx, tx, contest, voter, reason)
	})
}

// correctable refuses a change to the pollbook without a reason, or once it is signed.
func (s *Service) correctable(ctx context.Context, tx *db.Tx, org string, c Contest, reason string) error {
	if err := saysWhy(reason); err != nil {
		return err
	}
	if err := c.has(Paper); err != nil {
		return err
	}
	return s.unsigned(ctx, tx, org, c, Paper)
}

// Received are the lines of the pollbook about a channel, in order of voters. The
// teller's and the returning officer's of the poll.
func (s *Service) Received(ctx context.Context, actor, org, contest string, by Channel) (out []Mark, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		if _, err := s.asked(ctx, tx, org, contest, actor, Teller, ReturningOfficer); err != nil {
			return err
		}
		out, err = s.book.Marks(ctx, tx, org, contest, by)
		return err
	})
	return out, err
}

const maxReason = 500

func saysWhy(reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" || len(reason) > maxReason {
		return fault.Fieldf("reason", "say why, in at most %d letters", maxReason)
	}
	return nil
}
