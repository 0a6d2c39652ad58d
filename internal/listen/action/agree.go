package action

import (
	"context"

	"commonweal/internal/base/journal"
)

// Agree makes an action of a finding and tells its owner. It is the engagement lead's
// or a director's.
func (s *Service) Agree(ctx context.Context, actor, org string, d Draft) (Action, error) {
	today := s.today()
	if err := d.check(today); err != nil {
		return Action{}, err
	}
	var made Action
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "action.agreed", Actor: actor}, func(tx *journal.Tx) error {
		if _, err := person(ctx, tx, d.Owner, "owner"); err != nil {
			return err
		}
		last, err := lastNumber(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		made = Action{ID: tx.ID(), Number: last + 1, Draft: d, Agreed: today, AgreedBy: actor, FirstDue: d.Due}
		if err := tx.Insert(ctx, "action", made.row()); err != nil {
			return err
		}
		if err := made.add(ctx, tx, Step{Kind: Agreed, Day: today, By: actor, Due: d.Due, Owner: d.Owner}); err != nil {
			return err
		}
		tx.Detail("action", made.ID)
		tx.Detail("wave", d.Wave)
		tx.Detail("due", d.Due.String())
		return s.tell(ctx, tx, made.named(today), d.Owner)
	})
	return made, err
}
