package indicator

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// MaxFile is how large a file of figures may be.
const MaxFile = 16 << 20

// Import is one file of figures.
type Import struct {
	ID, Org, Indicator, FileName, SHA256 string
	Rows, Kept, Rejected                 int
	Revised                              int    // figures that say something else than before
	Reason                               string // why they do
	Imported, By                         string
	seal                                 string
}

// Upload is a file to import.
type Upload struct {
	Indicator string
	FileName  string
	Content   []byte
	Columns   Columns
	ODS       string // of the organisation itself; "" where it has none
	// Reason is why figures say something else than before; a file that changes any is
	// refused without it.
	Reason string
}

// Outcome is what came of a file.
type Outcome struct {
	Import
	// Unchanged: the newest import of the measure has the same bytes; nothing was recorded.
	Unchanged   bool
	Rejections  []Rejection
	Corrections []Revision // the figures that Revised counts, by unit and period
}

// Import reads a file of figures and keeps those that fit, as one change in the record.
//
// It returns an Invalid error for a file of which nothing fits, with the first reason in
// it, and the outcome with all of them; and one about the field "reason" for a file that
// changes figures and does not say why.
func (s *Service) Import(ctx context.Context, actor, org string, u Upload) (Outcome, error) {
	d, list, out, err := s.readFile(ctx, org, u)
	if err != nil {
		return out, err
	}
	return s.keep(ctx, actor, org, d, out.Import, list, out.Rejections)
}

// Try reads a file as [Service.Import] does and keeps nothing. The outcome says how many
// figures would be kept, and which of them would say something else than before; it has
// no id, and of a file that is the newest import already the time of that. It returns the
// same errors, but for that of a missing reason.
func (s *Service) Try(ctx context.Context, org string, u Upload) (Outcome, error) {
	d, list, out, err := s.readFile(ctx, org, u)
	if err != nil {
		return out, err
	}
	err = s.read(ctx, func(tx *db.Tx) error {
		before, err := imports(ctx, tx, org, d.Code)
		if err != nil {
			return err
		}
		had, err := figures(ctx, tx, org, d.Code)
		if err != nil {
			return err
		}
		out.Corrections = corrected(had, list)
		out.Kept, out.Rejected, out.Revised = len(list), len(out.Rejections), len(out.Corrections)
		if out.Unchanged = same(before, out.SHA256, len(list)); out.Unchanged {
			out.Imported = before[0].Imported
		}
		return nil
	})
	if err == nil && strings.TrimSpace(u.Reason) != "" {
		_, err = d.why(u.Reason, out.Corrections)
	}
	return out, err
}

// readFile reads what of a file fits, and what of it does not.
func (s *Service) readFile(ctx context.Context, org string, u Upload) (Definition, []Figure, Outcome, error) {
	d, _, err := s.One(ctx, org, u.Indicator)
	switch {
	case err != nil:
		return d, nil, Outcome{}, err
	case !d.Own():
		return d, nil, Outcome{}, fault.Errorf(fault.Conflict, "measure %s is read from elsewhere; its figures are not imported", d.Code)
	case len(u.Content) > MaxFile:
		return d, nil, Outcome{}, fault.Fieldf("file", "the file has more than %d MB", MaxFile>>20)
	}
	mergers, known, err := s.organisations(ctx)
	if err != nil {
		return d, nil, Outcome{}, err
	}
	u.Columns.Today = law.Today(s.journal.World().Now())
	list, rejected, rows, err := Read(bytes.NewReader(u.Content), d, u.Columns, u.ODS, mergers, known)
	if err != nil {
		return d, nil, Outcome{}, err
	}
	out := Outcome{Rejections: rejected}
	switch {
	case len(list) == 0 && len(rejected) == 0:
		return d, nil, Outcome{}, fault.Fieldf("file", "the file has headings and no rows")
	case len(list) == 0 && len(rejected) == 1:
		return d, nil, out, fault.Fieldf("file", "nothing in the file fits: %s", rejected[0])
	case len(list) == 0:
		return d, nil, out, fault.Fieldf("file", "nothing in the file fits; the first of %d reasons: %s", len(rejected), rejected[0])
	}
	sum := sha256.Sum256(u.Content)
	out.Import = Import{Indicator: d.Code, FileName: clip(u.FileName), SHA256: hex.EncodeToString(sum[:]), Rows: rows, Reason: u.Reason}
	return d, list, out, nil
}

func (s *Service) keep(ctx context.Context, actor, org string, d Definition, i Import, list []Figure, rejected []Rejection) (Outcome, error) {
	var out Outcome
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "indicator.imported", Actor: actor}, func(tx *journal.Tx) error {
		before, err := imports(ctx, tx.Tx, org, i.Indicator)
		if err != nil {
			return err
		}
		if same(before, i.SHA256, len(list)) {
			out = Outcome{Import: before[0], Unchanged: true, Rejections: rejected}
			return journal.ErrNothing
		}
		had, err := figures(ctx, tx.Tx, org, i.Indicator)
		if err != nil {
			return err
		}
		i.ID, i.Org, i.Imported, i.By = tx.ID(), org, tx.At(), tx.Actor()
		changes := corrected(had, list)
		i.Kept, i.Rejected, i.Revised = len(list), len(rejected), len(changes)
		out = Outcome{Import: i, Rejections: rejected, Corrections: changes}
		if i.Reason, err = d.why(i.Reason, changes); err != nil {
			return err
		}
		if err := write(ctx, tx.Tx, i.ID, list, rejected); err != nil {
			return err
		}
		if i.seal, err = Seal.Digest(ctx, tx.Tx, i.ID); err != nil {
			return err
		}
		for name, value := range map[string]any{"indicator": i.Indicator, "sha256": i.SHA256, "kept": i.Kept, "rejected": i.Rejected, "revised": i.Revised, "seal": i.seal} {
			tx.Detail(name, value)
		}
		out.Import = i
		if err := tx.Insert(ctx, "indicator_import", i.row()); err != nil || i.Revised == 0 {
			return err
		}
		return tx.Insert(ctx, "indicator_correction", i.correction(tx.ID()))
	})
	return out, err
}

// same reports whether the newest import has the same bytes, of which as much fitted.
func same(before []Import, sum string, kept int) bool {
	return len(before) > 0 && before[0].SHA256 == sum && before[0].Kept == kept
}

// organisations learns of mergers from the published directory, and of codes.
func (s *Service) organisations(ctx context.Context) (map[string]Merger, map[string]bool, error) {
	mergers, known := map[string]Merger{}, map[string]bool{}
	if s.published == nil {
		return mergers, known, nil
	}
	successions, codes, err := s.published.Successions(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range codes {
		known[c] = true
	}
	for _, x := range successions {
		m := Merger{Into: x.To}
		if x.On != "" {
			if m.On, err = parseDay(x.On); err != nil {
				return nil, nil, err
			}
		}
		mergers[x.From] = m
	}
	return mergers, known, nil
}

// Imports are the files of a measure, the newest first.
func (s *Service) Imports(ctx context.Context, org, code string) (out []Import, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = imports(ctx, tx, org, code)
		return err
	})
	return out, err
}

// ImportByID is one file, with what of it did not fit.
func (s *Service) ImportByID(ctx context.Context, org, id string) (i Import, rejected []Rejection, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		i, err = scanImport(tx.QueryRow(ctx, selectImport+` WHERE i.org_id = ? AND i.id = ?`, org, id).Scan)
		if errors.Is(err, db.ErrNoRows) {
			return fault.Errorf(fault.NotFound, "there is no import %q", id)
		}
		if err != nil {
			return err
		}
		rejected = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var r Rejection
			err := rows.Scan(&r.Row, &r.Field, &r.Cell, &r.Reason)
			rejected = append(rejected, r)
			return err
		}, `SELECT sheet_row, field, cell, reason FROM indicator_rejection WHERE import_id = ? ORDER BY n`, id)
	})
	return i, rejected, err
}

func compareNames(a, b string) int {
	return strings.Compare(strings.ToLower(a), strings.ToLower(b))
}
