package action

import (
	"context"

	"commonweal/internal/base/journal"
)

// Take adds a step. Begun, Reported, Done, NotDone and Moved are the owner's, the
// engagement lead's and a director's; Handed and Reopened are the latter two's. A new
// owner is told.
func (s *Service) Take(ctx context.Context, actor, org string, t Take) (Action, error) {
	today := s.today()
	var out Action
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "action." + string(t.Kind), Actor: actor}, func(tx *journal.Tx) error {
		a, err := oneAction(ctx, tx.Tx, org, t.Action)
		if err != nil {
			return err
		}
		if err := a.allow(&t, today); err != nil {
			return err
		}
		step := Step{Kind: t.Kind, Day: today, By: actor, Note: t.Note}
		tx.Detail("action", a.ID)
		switch t.Kind {
		case Moved, Reopened:
			step.Due, a.Due = t.Due, t.Due
			tx.Detail("due", t.Due.String())
		case Handed:
			if _, err := person(ctx, tx, t.Owner, "owner"); err != nil {
				return err
			}
			step.Owner, a.Owner = t.Owner, t.Owner
		}
		if !step.Due.IsZero() || step.Owner != "" {
			if err := tx.Update(ctx, "action", a.row()); err != nil {
				return err
			}
		}
		if err := a.add(ctx, tx, step); err != nil {
			return err
		}
		out = a
		if t.Kind == Handed {
			return s.tell(ctx, tx, a.named(today), t.Owner)
		}
		return nil
	})
	return out, err
}
