package staff

import (
	"context"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Import is the receipt of a list that was applied.
type Import struct {
	ID, Org, Employer  string
	AsAt               law.Date
	FileName, SHA256   string
	Profile            string
	Rows               int // below the headings
	Joiners, Leavers   int
	Changes, Unchanged int
	Held               int      // people left as they were because a row that may be theirs was refused
	Rejected           int      // rows
	Dropped            []string // kinds of sensitive columns that were read past
	Doubts             []string // kinds of thresholds that were exceeded
	ConfirmedBy        string   // who said yes to them; "" if there were none
	Applied            string   // instant
	AppliedBy          string
	Entry              int64 // number in the record
}

func (i Import) row() journal.Row {
	return journal.Row{
		"id": i.ID, "employer_id": i.Employer, "as_at": i.AsAt.String(), "file_name": text(i.FileName), "file_sha256": i.SHA256,
		"profile": i.Profile, "rows_read": i.Rows, "joiners": i.Joiners, "leavers": i.Leavers, "changes": i.Changes, "unchanged": i.Unchanged,
		"held": i.Held, "rejected": i.Rejected, "dropped": text(strings.Join(i.Dropped, ", ")), "doubts": text(strings.Join(i.Doubts, ", ")),
		"confirmed_by": text(i.ConfirmedBy), "applied": i.Applied, "applied_by": i.AppliedBy, "entry": i.Entry,
	}
}

// Imports returns the imports of an organisation, the last first; of all its
// employers when employer is "".
func (s *Service) Imports(ctx context.Context, org, employer string, limit int) (out []Import, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if employer == "" {
			out, err = imports(ctx, tx, `org_id = ? ORDER BY entry DESC LIMIT ?`, org, limit)
		} else {
			out, err = imports(ctx, tx, `org_id = ? AND employer_id = ? ORDER BY entry DESC LIMIT ?`, org, employer, limit)
		}
		return err
	})
	return out, err
}

// ImportByID finds one import.
func (s *Service) ImportByID(ctx context.Context, org, id string) (Import, error) {
	var found *Import
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		found, err = oneImport(ctx, tx, `org_id = ? AND id = ?`, org, id)
		return err
	})
	if err == nil && found == nil {
		err = fault.Errorf(fault.NotFound, "there is no staff import %s", clipped(id))
	}
	if err != nil {
		return Import{}, err
	}
	return *found, nil
}

// newest is the import with the latest list of an employer, or nil.
func newest(ctx context.Context, tx *db.Tx, org, employer string) (*Import, error) {
	return oneImport(ctx, tx, `org_id = ? AND employer_id = ? ORDER BY as_at DESC, entry DESC LIMIT 1`, org, employer)
}

// applied is the import that applied the same file as of the same day, or nil.
func applied(ctx context.Context, tx *db.Tx, h header) (*Import, error) {
	return oneImport(ctx, tx, `org_id = ? AND employer_id = ? AND file_sha256 = ? AND as_at = ? ORDER BY entry DESC LIMIT 1`,
		h.org, h.employer, h.sha256, h.asAt.String())
}

// nextAfter is the date of the first list that is later than the header's.
func nextAfter(ctx context.Context, tx *db.Tx, h header) (law.Date, error) {
	var next string
	err := tx.QueryRow(ctx, `SELECT COALESCE(MIN(as_at), '') FROM staff_import WHERE org_id = ? AND employer_id = ? AND as_at > ?`,
		h.org, h.employer, h.asAt.String()).Scan(&next)
	if err != nil || next == "" {
		return law.Date{}, err
	}
	return law.ParseDate(next)
}

func oneImport(ctx context.Context, tx *db.Tx, where string, args ...any) (*Import, error) {
	list, err := imports(ctx, tx, where, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func imports(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Import, error) {
	var out []Import
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var i Import
		var asAt, dropped, doubts string
		err := rows.Scan(&i.ID, &i.Org, &i.Employer, &asAt, &i.FileName, &i.SHA256, &i.Profile, &i.Rows, &i.Joiners, &i.Leavers, &i.Changes,
			&i.Unchanged, &i.Held, &i.Rejected, &dropped, &doubts, &i.ConfirmedBy, &i.Applied, &i.AppliedBy, &i.Entry)
		if err != nil {
			return err
		}
		i.Dropped, i.Doubts = split(dropped), split(doubts)
		i.AsAt, err = law.ParseDate(asAt)
		out = append(out, i)
		return err
	}, `SELECT id, org_id, employer_id, as_at, COALESCE(file_name, ''), file_sha256, profile, rows_read, joiners, leavers, changes,
		unchanged, held, rejected, COALESCE(dropped, ''), COALESCE(doubts, ''), COALESCE(confirmed_by, ''), applied, applied_by, entry
		FROM staff_import WHERE `+where, args...)
	return out, err
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ", ")
}
