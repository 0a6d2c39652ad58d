package register

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// EraseAsker takes the details of the one who asked out of a closed request, and
// out of the record. That there was a request, its days and what was handed out
// stay. No law says how long they are kept, so it is the secretary's decision.
func (s *Service) EraseAsker(ctx context.Context, actor, org, id string) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "inspection.erased", Actor: actor}, func(tx *journal.Tx) error {
		r, err := oneRequest(ctx, tx.Tx, org, id)
		if err != nil {
			return err
		}
		if state, _ := r.state(); state != Closed {
			return fault.Errorf(fault.Conflict, "request %d is not closed: answer it first", r.Number)
		}
		if r.Erased != "" {
			return journal.ErrNothing
		}
		tx.Detail("request", id)
		return eraseRequest(ctx, tx, id)
	})
	return err
}

// Forget takes a person's details out of the requests that they made, closed or
// not, as part of erasing that person.
func Forget(ctx context.Context, tx *journal.Tx, person string) error {
	ids, err := idsOf(ctx, tx.Tx, `SELECT id FROM inspection_request WHERE org_id = ? AND person_id = ? ORDER BY number`, tx.Org(), person)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := eraseRequest(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

func eraseRequest(ctx context.Context, tx *journal.Tx, id string) error {
	err := tx.Erase(ctx, "inspection_request", id, func(row journal.Row) {
		for _, column := range []string{"person_id", "requester", "organisation", "address", "email", "purpose", "others"} {
			row[column] = nil
		}
		row["erased"] = tx.At()
	})
	if err != nil {
		return err
	}
	steps, err := idsOf(ctx, tx.Tx, `SELECT id FROM inspection_step WHERE request_id = ? AND note IS NOT NULL ORDER BY n`, id)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if err := tx.Erase(ctx, "inspection_step", step, func(row journal.Row) { row["note"] = nil }); err != nil {
			return err
		}
	}
	return nil
}

func idsOf(ctx context.Context, tx *db.Tx, query string, args ...any) (out []string, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var id string
		err := rows.Scan(&id)
		out = append(out, id)
		return err
	}, query, args...)
	return out, err
}
