package register

import (
	"context"
	"errors"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/member"
	"commonweal/law"
)

// Withhold leaves a member out of what is shown to others from a day on, at the
// member's wish, where the law of the form lets them ask that: for a foundation
// trust, SI 2004/539. Elsewhere it is a Conflict that says so.
func (s *Service) Withhold(ctx context.Context, actor, org, id string, from law.Date) error {
	return s.withhold(ctx, actor, org, "register.withheld", id, from, func(tx *journal.Tx, open string) error {
		if open != "" {
			return fault.Errorf(fault.Conflict, "the member is left out already")
		}
		return tx.Insert(ctx, "register_withholding", journal.Row{"id": tx.ID(), "member_id": id, "starts": from.String()})
	})
}

// Reveal shows a member to others again from a day on, at the member's wish.
func (s *Service) Reveal(ctx context.Context, actor, org, id string, from law.Date) error {
	return s.withhold(ctx, actor, org, "register.revealed", id, from, func(tx *journal.Tx, open string) error {
		if open == "" {
			return fault.Errorf(fault.Conflict, "the member is shown already")
		}
		return tx.Amend(ctx, "register_withholding", open, func(row journal.Row) { row["ends"] = from.String() })
	})
}

func (s *Service) withhold(ctx context.Context, actor, org, kind, id string, from law.Date, fn func(tx *journal.Tx, open string) error) error {
	if from.IsZero() || from.Before(s.today()) {
		return fault.Fieldf("from", "what was shown was shown: choose today or a later day")
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		_, form, err := s.reader.form(ctx, tx.Tx, org, from)
		if err != nil {
			return err
		}
		if !letsOptOut(form) {
			return fault.Errorf(fault.Conflict, "the law of a %s gives members no right to be left out of the register", lowerFirst(form.Label))
		}
		rows, err := s.reader.Members.RegisterIn(ctx, tx.Tx, org, from)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(rows, func(r member.Row) bool { return r.MemberID == id }) {
			return fault.Errorf(fault.NotFound, "there is no member %s", id)
		}
		open, err := openWithholding(ctx, tx.Tx, org, id)
		if err != nil {
			return err
		}
		tx.Detail("member", id)
		return fn(tx, open)
	})
	return err
}

func openWithholding(ctx context.Context, tx *db.Tx, org, member string) (id string, err error) {
	err = tx.QueryRow(ctx, `SELECT id FROM register_withholding WHERE org_id = ? AND member_id = ? AND ends IS NULL`, org, member).Scan(&id)
	if errors.Is(err, db.ErrNoRows) {
		return "", nil
	}
	return id, err
}

func letsOptOut(form *law.Form) bool {
	for _, i := range form.Inspections {
		if i.MayOptOut {
			return true
		}
	}
	return false
}
