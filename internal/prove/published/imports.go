package published

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Import is one imported file.
type Import struct {
	ID     string
	Org    string // in whose record it stands
	Format Format
	Source Source

	Rows, Organisations, Measures int // as read
	Values, Hidden, Rejected      int // as read; Values without the hidden ones
	Kept                          int // figures still in force, hidden ones among them

	Imported   string // world.TimeFormat
	By         string // a person's id, or "system"
	Entry      int64  // of the record
	ReplacedBy string // the import that took the last of its figures

	seal string
}

// InForce reports whether pages still show anything of it.
func (i Import) InForce() bool { return i.ReplacedBy == "" }

func (i Import) row() journal.Row {
	row := journal.Row{
		"id": i.ID, "org_id": i.Org, "kind": i.Format, "year": i.Source.Year, "file_name": i.Source.FileName, "sha256": i.Source.SHA256,
		"source": i.Source.Name, "publisher": i.Source.Publisher, "licence": i.Source.Licence,
		"rows_n": i.Rows, "orgs_n": i.Organisations, "measures_n": i.Measures,
		"values_n": i.Values, "hidden_n": i.Hidden, "rejected_n": i.Rejected, "kept_n": i.Kept,
		"imported": i.Imported, "imported_by": i.By, "entry": i.Entry, "seal": i.seal,
	}
	if i.ReplacedBy != "" {
		row["replaced_by"] = i.ReplacedBy
	}
	return row
}

const selectImport = `SELECT id, org_id, kind, year, file_name, sha256, source, publisher, licence, rows_n, orgs_n, measures_n,
	values_n, hidden_n, rejected_n, kept_n, imported, imported_by, entry, seal, COALESCE(replaced_by, '') FROM published_import`

func scanImport(scan func(...any) error) (i Import, err error) {
	err = scan(&i.ID, &i.Org, &i.Format, &i.Source.Year, &i.Source.FileName, &i.Source.SHA256, &i.Source.Name, &i.Source.Publisher,
		&i.Source.Licence, &i.Rows, &i.Organisations, &i.Measures, &i.Values, &i.Hidden, &i.Rejected, &i.Kept,
		&i.Imported, &i.By, &i.Entry, &i.seal, &i.ReplacedBy)
	return i, err
}

// imports lists all imports, the first first.
func imports(ctx context.Context, tx *db.Tx) (out []Import, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		i, err := scanImport(rows.Scan)
		out = append(out, i)
		return err
	}, selectImport+` ORDER BY id`)
	return out, err
}

// Imports lists all imports, the newest first.
func (s *Store) Imports(ctx context.Context) (out []Import, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := imports(ctx, tx)
		out = out[:0]
		for n := len(list) - 1; n >= 0; n-- {
			out = append(out, list[n])
		}
		return err
	})
	return out, err
}

// Had finds the newest import of the very bytes of a file, in force or not.
func (s *Store) Had(ctx context.Context, f File) (i Import, had bool, err error) {
	sum, err := f.sum()
	if err != nil {
		return i, false, fmt.Errorf("file %s: %w", f.Name, err)
	}
	list, err := s.Imports(ctx)
	if err != nil {
		return i, false, err
	}
	at := slices.IndexFunc(list, func(i Import) bool { return i.Source.SHA256 == sum })
	if at < 0 {
		return i, false, nil
	}
	return list[at], true, nil
}

// ImportByID finds one import with its rejections.
func (s *Store) ImportByID(ctx context.Context, id string) (i Import, rejections []Rejection, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		i, err = scanImport(tx.QueryRow(ctx, selectImport+` WHERE id = ?`, id).Scan)
		if errors.Is(err, db.ErrNoRows) {
			return fault.Errorf(fault.NotFound, "there is no import %s", id)
		}
		if err != nil {
			return err
		}
		rejections = rejections[:0]
		return tx.Each(ctx, func(rows *db.Rows) error {
			var r Rejection
			err := rows.Scan(&r.Sheet, &r.Row, &r.Field, &r.Reason, &r.Remedy)
			rejections = append(rejections, r)
			return err
		}, `SELECT sheet, sheet_row, field, reason, remedy FROM published_rejection WHERE import_id = ? ORDER BY n`, id)
	})
	return i, rejections, err
}
