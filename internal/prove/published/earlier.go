package published

import (
	"context"

	"commonweal/internal/base/db"
)

// Earlier is a figure as it was published before a later file said it anew.
type Earlier struct {
	Value
	Import, ReplacedBy string // ids of imports
}

// setAside takes figures of an import out of force and keeps them as what was said
// before. The condition picks them; by is the import that says them anew.
func setAside(ctx context.Context, tx *db.Tx, id, by, condition string, args ...any) error {
	all := append([]any{by, id}, args...)
	_, err := tx.Exec(ctx, `INSERT INTO published_earlier (import_id, measure, period, ods, figure, base, replaced_by)
		SELECT import_id, measure, period, ods, figure, base, ? FROM published_value WHERE import_id = ? AND `+condition, all...)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM published_value WHERE import_id = ? AND `+condition, all[1:]...)
	return err
}

// setAsidePeriods takes whole periods out of force: a file speaks of all of a period.
func setAsidePeriods(ctx context.Context, tx *db.Tx, id, by string, periods []Period) error {
	for _, p := range periods {
		if err := setAside(ctx, tx, id, by, `period = ?`, string(p)); err != nil {
			return err
		}
	}
	return nil
}

// setAsideSame takes out of force only what the later file itself says.
func setAsideSame(ctx context.Context, tx *db.Tx, id, by string) error {
	return setAside(ctx, tx, id, by, `EXISTS (SELECT 1 FROM published_value n WHERE n.import_id = ? AND n.measure = published_value.measure
		AND n.period = published_value.period AND n.ods = published_value.ods)`, by)
}

// revised counts the figures that an import says otherwise than those that it replaced.
func revised(ctx context.Context, tx *db.Tx, by string) (n int, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM published_earlier e JOIN published_value v
		ON v.import_id = e.replaced_by AND v.measure = e.measure AND v.period = e.period AND v.ods = e.ods
		WHERE e.replaced_by = ? AND COALESCE(e.figure, '') <> COALESCE(v.figure, '')`, by).Scan(&n)
	return n, err
}

// Earlier lists what was published of a measure before the figures in force, the first
// word first; of one organisation, or of all where ods is "".
func (s *Store) Earlier(ctx context.Context, measure, ods string) (out []Earlier, err error) {
	where, args := `measure = ?`, []any{measure}
	if ods != "" {
		where, args = where+` AND ods = ?`, append(args, ods)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = out[:0]
		return tx.Each(ctx, func(rows *db.Rows) error {
			e := Earlier{Value: Value{Measure: measure}}
			var text string
			err := rows.Scan(&e.Import, &e.ReplacedBy, &e.ODS, &e.Period, &text, &e.Base)
			if err != nil {
				return err
			}
			e.Value.Value, e.Suppressed, err = readFigure(text)
			out = append(out, e)
			return err
		}, `SELECT import_id, replaced_by, ods, period, COALESCE(figure, ''), base FROM published_earlier WHERE `+where+` ORDER BY ods, period, import_id`, args...)
	})
	return out, err
}

// Revised counts the figures in force of an import that say something else than what
// was published before.
func (s *Store) Revised(ctx context.Context, id string) (n int, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		n, err = revised(ctx, tx, id)
		return err
	})
	return n, err
}
