package keys

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

const maxWords = 2000 // letters of a reason or statement

// GiveUp ends a setup for a reason, so that another can be begun. While the key is not
// made it may be done by the returning officer, when a keyholder disappears, and by each
// keyholder, whose program found that another's message to them is wrong. Once it is
// made, only by the returning officer, because it was lost, and before notice of poll:
// the poll is told in the same change. The key of a rehearsal, once made, is not given up.
func (s *Service) GiveUp(ctx context.Context, actor, org, setup, reason string) error {
	reason, err := prose("reason", reason, maxWords)
	if err != nil {
		return err
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "key.given_up", Actor: actor}, func(tx *journal.Tx) error {
		c, err := one(ctx, tx.Tx, org, setup)
		if err != nil {
			return err
		}
		p, err := s.polls.Poll(ctx, tx.Tx, org, c.Poll)
		if err != nil {
			return err
		}
		if err := c.mayGiveUp(p, actor); err != nil {
			return err
		}
		if c.GivenUp, err = instant(tx); err != nil {
			return err
		}
		c.Reason = reason
		tx.Detail("poll", c.Poll)
		tx.Detail("setup", c.ID)
		tx.Detail("made", !c.Done.IsZero())
		if err := tx.Update(ctx, "key_setup", c.row()); err != nil || c.Done.IsZero() {
			return err
		}
		return s.polls.KeyLost(ctx, tx, c.Poll)
	})
	return err
}

func (s Setup) mayGiveUp(p Poll, actor string) error {
	if _, err := s.Holder(actor); err != nil || s.State() != UnderWay {
		if err := p.conducts(actor); err != nil {
			return err
		}
	}
	switch {
	case !s.GivenUp.IsZero():
		return fault.Errorf(fault.Conflict, "setup %s was given up already: %s", s.ID, s.Reason)
	case s.State() == Made && s.Rehearsal:
		return fault.Errorf(fault.Conflict, "setup %s was a rehearsal and is over", s.ID)
	case len(s.Destroyed()) > 0:
		return fault.Errorf(fault.Conflict, "keyholders have destroyed their parts of the key of setup %s", s.ID)
	}
	return nil
}

// prose cleans what somebody wrote, and refuses nothing at all.
func prose(field, s string, most int) (string, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	switch {
	case s == "":
		return "", fault.Fieldf(field, "the %s is empty", field)
	case utf8.RuneCountInString(s) > most:
		return "", fault.Fieldf(field, "the %s has more than %d letters", field, most)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, func(c rune) bool { return c != '\n' && !unicode.IsGraphic(c) }):
		return "", fault.Fieldf(field, "the %s has characters that cannot be seen", field)
	}
	return s, nil
}
