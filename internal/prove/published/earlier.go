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

// setAsideParts takes out of force, of the periods, the measures that the later file has:
// it is one of several that together speak of a period.
func setAsideParts(ctx context.Context, tx *db.Tx, id, by string, periods []Period) error {
	for _, p := range periods {
		if err := setAside(ctx, tx, id, by, `period = ? AND measure IN (SELECT measure FROM published_measure WHERE import_id = ?)`, string(p), by); err != nil {
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

// otherwise is the condition that the figures e and v say different things. A file with
// fewer digits of the same figure does not: a billionth is no revision.
const otherwise = `COALESCE(e.figure, '') <> COALESCE(v.figure, '') AND NOT (e.figure IS NOT NULL AND v.figure IS NOT NULL
	AND ABS(CAST(e.figure AS DOUBLE PRECISION) - CAST(v.figure AS DOUBLE PRECISION)) <= 0.000000001 * ABS(CAST(v.figure AS DOUBLE PRECISION)))`

// revised counts the figures that an import says otherwise than those that it replaced.
func revised(ctx context.Context, tx *db.Tx, by string) (n int, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM published_earlier e JOIN published_value v
		ON v.import_id = e.replaced_by AND v.measure = e.measure AND v.period = e.period AND v.ods = e.ods
		WHERE e.replaced_by = ? AND `+otherwise, by).Scan(&n)
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

// Revision is what was published of an organisation before, beside what stands in force.
type Revision struct {
	Measure string // Measure.ID
	Period  Period
	// Was is the earlier word, Now the one in force; Gone says that there is none.
	Was, Now Value
	Gone     bool
	// By is the file that said it anew, and On the moment when it was imported here.
	By, On string
}

// Revisions are the figures of an organisation that a later file says otherwise, by
// measure and period, the first word first.
func (s *Store) Revisions(ctx context.Context, ods string, measures ...string) (out []Revision, err error) {
	if len(measures) == 0 {
		return nil, nil
	}
	marks, args := "?", []any{ods, measures[0]}
	for _, m := range measures[1:] {
		marks, args = marks+", ?", append(args, m)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = out[:0]
		return tx.Each(ctx, func(rows *db.Rows) error {
			var r Revision
			var was, now string
			var gone int
			err := rows.Scan(&r.Measure, &r.Period, &was, &r.Was.Base, &now, &r.Now.Base, &gone, &r.By, &r.On)
			if err != nil {
				return err
			}
			r.Gone = gone == 1
			r.Was.ODS, r.Was.Measure, r.Was.Period = ods, r.Measure, r.Period
			r.Now.ODS, r.Now.Measure, r.Now.Period = ods, r.Measure, r.Period
			if r.Was.Value, r.Was.Suppressed, err = readFigure(was); err != nil {
				return err
			}
			r.Now.Value, r.Now.Suppressed, err = readFigure(now)
			out = append(out, r)
			return err
		}, `SELECT e.measure, e.period, COALESCE(e.figure, ''), e.base, COALESCE(v.figure, ''), COALESCE(v.base, 0), CASE WHEN v.ods IS NULL THEN 1 ELSE 0 END,
			i.file_name, i.imported
			FROM published_earlier e JOIN published_import i ON i.id = e.replaced_by
			LEFT JOIN published_value v ON v.import_id IN (SELECT id FROM published_import WHERE replaced_by IS NULL) AND v.measure = e.measure AND v.period = e.period AND v.ods = e.ods
			WHERE e.ods = ? AND e.measure IN (`+marks+`) AND (v.ods IS NULL OR `+otherwise+`)
			ORDER BY e.measure, e.period, e.import_id`, args...)
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
