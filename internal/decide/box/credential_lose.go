package box

import (
	"context"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Void takes a credential out of use: that of somebody struck off the roll, or one
// that fell into wrong hands. It is refused once a vote was cast with it. The
// registrar's.
func (s *Service) Void(ctx context.Context, actor, org, contest, public, reason string) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "credential.voided", Actor: actor}, func(tx *journal.Tx) error {
		list, err := credentials(ctx, tx.Tx, org, contest, ` AND public = ?`, public)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.Errorf(fault.NotFound, "contest %s has no credential %.24s", contest, public)
		}
		if !list[0].stands() {
			return fault.Errorf(fault.Conflict, "credential %.24s was voided on %s", public, list[0].Voided)
		}
		tx.Detail("contest", contest)
		tx.Detail("credential", list[0].ID)
		return loses(ctx, tx, contest, list[0], reason)
	})
	return err
}

// loses voids a credential that nobody has voted with.
func loses(ctx context.Context, tx *journal.Tx, contest string, c Credential, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.Fieldf("reason", "a credential is voided for a reason")
	}
	if c.Entry != "" {
		if m, err := markOf(ctx, tx.Tx, tx.Org(), c.Entry); err != nil {
			return err
		} else if m != nil {
			return fault.Errorf(fault.Conflict, "a vote has been received from this voter, by %s: the credential stays", m.Channel)
		}
	}
	return void(ctx, tx, contest, c, reason)
}

// Reissue gives a voter a spare for a credential that was lost, which is voided. The
// spare is named by its public part, as it stands on the letter; or it is the first
// that suits. It is refused once a vote was received from the voter, by any channel.
// The registrar's.
func (s *Service) Reissue(ctx context.Context, actor, org, contest, person, spare, reason string) (given Credential, err error) {
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "credential.reissued", Actor: actor}, func(tx *journal.Tx) error {
		v, err := s.polls.Voter(ctx, tx.Tx, org, contest, person)
		if err != nil {
			return err
		}
		old, has, err := held(ctx, tx.Tx, org, contest, v.Entry)
		if err != nil {
			return err
		}
		if !has {
			if m, err := markOf(ctx, tx.Tx, org, v.Entry); err != nil {
				return err
			} else if m != nil {
				return fault.Errorf(fault.Conflict, "a vote has been received from voter %d, by %s", v.Number, m.Channel)
			}
		} else if err := loses(ctx, tx, contest, old, reason); err != nil {
			return err
		}
		free, err := credentials(ctx, tx.Tx, org, contest, ` AND entry_id IS NULL AND voided IS NULL AND weight = ?`, v.Weight)
		if err != nil {
			return err
		}
		at := -1
		for i, c := range free {
			if spare == "" || c.Public == spare {
				at = i
				break
			}
		}
		if at < 0 {
			return fault.Errorf(fault.Conflict, "contest %s has no such spare credential for voter %d", contest, v.Number)
		}
		given = free[at]
		given.Entry, given.Handed, given.Replaces = v.Entry, tx.At()[:10], old.ID
		tx.Detail("contest", contest)
		tx.Detail("credential", given.ID)
		return tx.Update(ctx, "credential", given.row(contest))
	})
	return given, err
}
