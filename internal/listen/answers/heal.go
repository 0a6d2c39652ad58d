package answers

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
)

// turn takes the turn of whoever changes the key file, for as long as the transaction
// runs: every program over this database has to wait.
func turn(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE keyring SET turn = turn + 1 WHERE id = 'one'`)
	return err
}

// heal brings key file and database together after whatever happened: a first start, a
// crash, a backup that was restored.
func (s *Service) heal(ctx context.Context) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO keyring (id, box, turn) VALUES ('one', ?, 0) ON CONFLICT DO NOTHING`, s.randomID())
		if err != nil {
			return err
		}
		if err := turn(ctx, tx); err != nil {
			return err
		}
		var box string
		if err := tx.QueryRow(ctx, `SELECT box FROM keyring WHERE id = 'one'`).Scan(&box); err != nil {
			return err
		}
		if err := s.keys.bind(box); err != nil {
			return err
		}
		boxes, err := boxesOf(ctx, tx)
		if err != nil {
			return err
		}
		for _, b := range boxes {
			if err := s.healBox(ctx, tx, b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("open the answer side: %w", err)
	}
	return s.forget(ctx)
}

// healBox gives a box whose key is gone a new one, under a generation that none had: a
// backup was restored. What waits under the old key is left, in case its file is found.
func (s *Service) healBox(ctx context.Context, tx *db.Tx, b box) error {
	if b.closed != "" {
		return nil
	}
	names, err := s.keys.all()
	if err != nil {
		return err
	}
	if names[mixKey(b.wave, b.generation)] && names[heldKey(b.wave)] {
		return nil
	}
	next := b.generation
	if !names[mixKey(b.wave, b.generation)] {
		for name := range names {
			if wave, generation := of(name); wave == b.wave {
				next = max(next, generation)
			}
		}
		next++
	}
	if err := s.keys.ensure(s.world.Bytes, mixKey(b.wave, next), heldKey(b.wave)); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE wave SET generation = ? WHERE id = ?`, next, b.wave)
	return err
}

// forget destroys the keys that nothing needs: of generations that were mixed, and of
// waves that are closed. It asks the database as it was committed, so that no key goes
// before what it opens is elsewhere. Keys of waves that the database does not know are
// left: it may be an older backup.
func (s *Service) forget(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := turn(ctx, tx); err != nil {
			return err
		}
		boxes, err := boxesOf(ctx, tx)
		if err != nil {
			return err
		}
		needed := map[string]bool{}
		for _, table := range []string{"waiting", "held", "keying"} {
			err = tx.Each(ctx, func(rows *db.Rows) error {
				var wave string
				var generation int
				err := rows.Scan(&wave, &generation)
				needed[keyName(wave, generation)] = true
				return err
			}, `SELECT wave, generation FROM `+table+` GROUP BY wave, generation`)
			if err != nil {
				return err
			}
		}
		known, closed := map[string]bool{}, map[string]bool{}
		for _, b := range boxes {
			known[b.wave], closed[b.wave] = true, b.closed != ""
			if b.closed == "" {
				needed[mixKey(b.wave, b.generation)], needed[heldKey(b.wave)] = true, true
			}
		}
		return s.keys.destroy(func(name string) bool {
			wave, _ := of(name)
			return !known[wave] || needed[name] && !closed[wave]
		})
	})
}

// box is the row of a wave.
type box struct {
	wave       string
	generation int
	mixed      string
	closed     string
	erased     string
	papers     int
	counted    int
	serials    int
}

const boxColumns = `id, generation, mixed_on, closed_on, erased_on, papers, counted, serials`

func (b *box) fields() []any {
	return []any{&b.wave, &b.generation, &b.mixed, &b.closed, &b.erased, &b.papers, &b.counted, &b.serials}
}

func boxesOf(ctx context.Context, tx *db.Tx) (list []box, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var b box
		err := rows.Scan(b.fields()...)
		list = append(list, b)
		return err
	}, `SELECT `+boxColumns+` FROM wave ORDER BY id`)
	return list, err
}

func boxOf(ctx context.Context, tx *db.Tx, wave string) (b box, err error) {
	err = tx.QueryRow(ctx, `SELECT `+boxColumns+` FROM wave WHERE id = ?`, wave).Scan(b.fields()...)
	return b, err
}
