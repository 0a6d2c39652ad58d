package indicator

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

func (d Definition) row() journal.Row {
	return journal.Row{
		"id": d.ID, "org_id": d.Org, "code": d.Code, "n": d.N, "name": d.Name, "about": d.About, "numerator": d.Numerator, "denominator": d.Denominator,
		"unit": d.Unit, "per": d.Per, "decimals": d.Decimals, "direction": string(d.Direction), "kind": string(d.Kind), "source": d.Source, "licence": d.Licence,
		"every": string(d.Every), "covers": d.Covers, "starts": d.Starts.String(), "closed": d.Closed.String(), "reason": d.Reason,
		"entered": d.Entered, "entered_by": d.By,
	}
}

func (i Import) row() journal.Row {
	return journal.Row{
		"id": i.ID, "org_id": i.Org, "indicator": i.Indicator, "file_name": i.FileName, "sha256": i.SHA256,
		"rows_n": i.Rows, "kept_n": i.Kept, "rejected_n": i.Rejected, "imported": i.Imported, "imported_by": i.By, "seal": i.seal,
	}
}

// definitions reads all revisions, by code and number; of one measure where code is not "".
func definitions(ctx context.Context, tx *db.Tx, org, code string) (out []Definition, err error) {
	where, args := `org_id = ?`, []any{org}
	if code != "" {
		where, args = where+` AND code = ?`, append(args, code)
	}
	var days dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var d Definition
		var starts, closed string
		err := rows.Scan(&d.ID, &d.Org, &d.Code, &d.N, &d.Name, &d.About, &d.Numerator, &d.Denominator, &d.Unit, &d.Per, &d.Decimals, &d.Direction, &d.Kind,
			&d.Source, &d.Licence, &d.Every, &d.Covers, &starts, &closed, &d.Reason, &d.Entered, &d.By)
		d.Starts, d.Closed = days.of(starts), days.of(closed)
		out = append(out, d)
		return errors.Join(err, days.err)
	}, `SELECT id, org_id, code, n, name, about, numerator, denominator, unit, per, decimals, direction, kind, source, licence, every, covers, starts, closed,
		reason, entered, entered_by FROM indicator WHERE `+where+` ORDER BY code, n`, args...)
	return out, err
}

const selectImport = `SELECT i.id, i.org_id, i.indicator, i.file_name, i.sha256, i.rows_n, i.kept_n, i.rejected_n, i.imported, i.imported_by, i.seal,
	COALESCE(c.figures, 0), COALESCE(c.reason, '') FROM indicator_import i LEFT JOIN indicator_correction c ON c.import_id = i.id`

func scanImport(scan func(...any) error) (i Import, err error) {
	err = scan(&i.ID, &i.Org, &i.Indicator, &i.FileName, &i.SHA256, &i.Rows, &i.Kept, &i.Rejected, &i.Imported, &i.By, &i.seal, &i.Revised, &i.Reason)
	return i, err
}

// imports are the files of a measure, the newest first.
func imports(ctx context.Context, tx *db.Tx, org, code string) (out []Import, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		i, err := scanImport(rows.Scan)
		out = append(out, i)
		return err
	}, selectImport+` WHERE i.org_id = ? AND i.indicator = ? ORDER BY i.id DESC`, org, code)
	return out, err
}

// exact writes a number with every digit it has.
func exact(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// write writes the sealed rows of an import.
func write(ctx context.Context, tx *db.Tx, id string, list []Figure, rejected []Rejection) error {
	if err := inserts(ctx, tx, `INSERT INTO indicator_value (import_id, period, unit, value, numerator, denominator) VALUES `, 6, len(list), func(n int) []any {
		f := list[n]
		numerator, denominator := "", ""
		if f.Denominator != 0 {
			numerator, denominator = exact(f.Numerator), exact(f.Denominator)
		}
		return []any{id, f.Period.String(), f.Unit, exact(f.Value), numerator, denominator}
	}); err != nil {
		return err
	}
	return inserts(ctx, tx, `INSERT INTO indicator_rejection (import_id, n, sheet_row, field, cell, reason) VALUES `, 6, len(rejected), func(n int) []any {
		r := rejected[n]
		return []any{id, n + 1, r.Row, clip(r.Field), strings.ReplaceAll(r.Cell, "\x00", "?"), r.Reason}
	})
}

// inserts writes rows a hundred at a time.
func inserts(ctx context.Context, tx *db.Tx, into string, width, rows int, row func(n int) []any) error {
	marks := "(?" + strings.Repeat(", ?", width-1) + ")"
	for from := 0; from < rows; from += 100 {
		to := min(from+100, rows)
		var args []any
		for n := from; n < to; n++ {
			args = append(args, row(n)...)
		}
		if _, err := tx.Exec(ctx, into+marks+strings.Repeat(", "+marks, to-from-1), args...); err != nil {
			return err
		}
	}
	return nil
}

// figures reads all figures of a measure, by unit and period, the newest word last.
func figures(ctx context.Context, tx *db.Tx, org, code string) (out []Figure, err error) {
	var days dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var f Figure
		var period, value, numerator, denominator string
		if err := rows.Scan(&f.Import, &period, &f.Unit, &value, &numerator, &denominator); err != nil {
			return err
		}
		f.Period = days.of(period)
		for _, n := range []struct {
			text string
			to   *float64
		}{{value, &f.Value}, {numerator, &f.Numerator}, {denominator, &f.Denominator}} {
			if n.text == "" {
				continue
			}
			var err error
			if *n.to, err = strconv.ParseFloat(n.text, 64); err != nil {
				return fmt.Errorf("figure of %s in import %s: %w", period, f.Import, err)
			}
		}
		out = append(out, f)
		return days.err
	}, `SELECT v.import_id, v.period, v.unit, v.value, v.numerator, v.denominator FROM indicator_value v JOIN indicator_import i ON i.id = v.import_id
		WHERE i.org_id = ? AND i.indicator = ? ORDER BY v.unit, v.period, v.import_id`, org, code)
	return out, err
}

// dates reads days that are stored as text.
type dates struct{ err error }

func (d *dates) of(text string) law.Date {
	if text == "" {
		return law.Date{}
	}
	day, err := law.ParseDate(text)
	d.err = errors.Join(d.err, err)
	return day
}

func parseDay(text string) (law.Date, error) { return law.ParseDate(text) }
