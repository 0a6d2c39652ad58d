package answers

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// maxImport is how many answers are brought in at once: an organisation larger than
// any there is.
const maxImport = 500_000

// Import takes the answers of a wave that was brought in: all of them or none, once. The
// wave is closed with it. A sheet that is not whole is [fault.Invalid] and the error says
// which, counted from 1.
func (s *Service) Import(ctx context.Context, wave string, sheets []Sheet) error {
	if len(sheets) == 0 || len(sheets) > maxImport {
		return fault.Errorf(fault.Invalid, "%d answers: 1 to %d are brought in", len(sheets), maxImport)
	}
	a, b, err := s.find(ctx, wave)
	switch {
	case err != nil:
		return err
	case !a.terms.BroughtIn:
		return fault.Errorf(fault.Conflict, "wave %s is asked here: its answers come with one-time passes", wave)
	case b.closed != "":
		return fault.Errorf(fault.Conflict, "the answers of wave %s were brought in already", wave)
	}
	ballots := make([]ballot, 0, len(sheets))
	for i, sheet := range sheets {
		v, err := a.check(sheet)
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "%s", fmt.Sprintf("answer %d: %s", i+1, fault.Message(err)))
		}
		ballots = append(ballots, v)
	}
	return s.alone(ctx, func(tx *db.Tx) error {
		b, err := boxOf(ctx, tx, wave)
		if err != nil {
			return err
		}
		if b.closed != "" {
			return fault.Errorf(fault.Conflict, "the answers of wave %s were brought in already", wave)
		}
		var rows [][]any
		var comments []ballot
		for _, v := range ballots {
			rows = append(rows, []any{s.randomID(), wave, []byte(v.Codes), v.Unit, v.Group})
			if v.Comment != "" {
				comments = append(comments, v)
			}
		}
		if err := insert(ctx, tx, `INSERT INTO answer (id, wave, codes, unit, staff_group)`, rows); err != nil {
			return err
		}
		if err := s.writeComments(ctx, tx, a, comments); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE wave SET closed_on = ?, counted = ? WHERE id = ?`, s.today().String(), len(rows), wave)
		return err
	})
}

// Erase deletes the answers and comments of a closed wave after its retention. Terms,
// counts and spent hashes stay. Again it does nothing.
func (s *Service) Erase(ctx context.Context, wave string) error {
	return s.alone(ctx, func(tx *db.Tx) error {
		_, b, err := s.load(ctx, tx, wave)
		switch {
		case err != nil || b.erased != "":
			return err
		case b.closed == "":
			return fault.Errorf(fault.Conflict, "wave %s is not closed: its answers cannot be erased", wave)
		}
		if err := s.wipe(ctx, tx, wave); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE wave SET erased_on = ? WHERE id = ?`, s.today().String(), wave)
		return err
	})
}

// GiveUp erases whatever was answered in a wave that was abandoned, unread, and takes no
// more answers, on whatever day. Again it does nothing. For the register side.
func (s *Service) GiveUp(ctx context.Context, wave string) error {
	return s.alone(ctx, func(tx *db.Tx) error {
		_, b, err := s.load(ctx, tx, wave)
		if err != nil || b.erased != "" {
			return err
		}
		if err := s.wipe(ctx, tx, wave); err != nil {
			return err
		}
		today := s.today().String()
		_, err = tx.Exec(ctx, `UPDATE wave SET closed_on = ?, erased_on = ? WHERE id = ?`, today, today, wave)
		return err
	})
}

// wipe deletes all that was answered in a wave.
func (s *Service) wipe(ctx context.Context, tx *db.Tx, wave string) error {
	if s.db.Engine() == db.SQLite {
		// Pages that become free are overwritten. On PostgreSQL vacuum does it in time.
		if _, err := tx.Exec(ctx, `PRAGMA secure_delete = ON`); err != nil {
			return err
		}
	}
	for _, table := range []string{"answer", "comment", "held", "keying", "reading", "serial", "stack", "waiting"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE wave = ?`, wave); err != nil {
			return err
		}
	}
	return nil
}
