package published

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Outcome is what came of one file.
type Outcome struct {
	Import Import
	// Unchanged: the file had been imported before and its figures are all in
	// force. Import is that earlier import, and nothing was recorded.
	Unchanged bool
	// Replaced are the imports that lost figures to this one, as they are now.
	Replaced []Import
	// Revised is how many figures say something else than those that they replaced.
	Revised int
	// Rejections are what did not fit, in the order of the file.
	Rejections []Rejection
}

// Import reads a published file and keeps its figures, as one change in the
// record of org.
//
// Figures of the same kind of file and the same period are replaced: a survey
// year by its corrected workbook, a month of absence by a later word on it, the
// figures carried with this program by the full ones. What was said before stays
// to be read ([Store.Earlier]). The row of an import that has no figures left says
// what replaced it. A file whose figures are in force
// already changes nothing.
//
// watch, which may be nil, is told now and then how many figures were read.
//
// It returns an error that wraps [ErrUnknown] for a file of another kind, an
// Invalid one for a file of which nothing fits, and a Conflict if another organisation is the keeper.
func (s *Store) Import(ctx context.Context, actor, org string, f File, watch func(figures int)) (Outcome, error) {
	known, ok, err := s.knows(ctx, f)
	if err != nil || ok {
		return Outcome{Import: known, Unchanged: ok}, err
	}
	about, err := s.Known(ctx)
	if err != nil {
		return Outcome{}, err
	}
	b := newBatch(watch)
	report, err := ReadKnowing(ctx, f, about, b)
	if err != nil {
		return Outcome{}, err
	}
	if len(b.organisations) == 0 {
		reason := "it has headings and nothing below them"
		if len(b.rejections) > 0 {
			reason = "the first of " + strconv.Itoa(len(b.rejections)) + " reasons: " + b.rejections[0].String()
		}
		return Outcome{Rejections: b.rejections}, fault.Errorf(fault.Invalid, "nothing in file %s fits; %s", f.Name, reason)
	}
	return s.keep(ctx, actor, org, b, report)
}

// knows looks for the file among the imports before it is read, which takes
// seconds. The transaction looks again.
func (s *Store) knows(ctx context.Context, f File) (known Import, ok bool, err error) {
	sum, err := f.sum()
	if err != nil {
		return known, false, fmt.Errorf("file %s: %w", f.Name, err)
	}
	list, err := s.Imports(ctx)
	if err != nil {
		return known, false, err
	}
	known, ok = alreadyIn(list, Report{Source: Source{SHA256: sum}})
	return known, ok, nil
}

// ImportCarried keeps the figures carried with this program, on the same terms.
// Those of which the full workbooks are in force stay out.
func (s *Store) ImportCarried(ctx context.Context, actor, org string) (Outcome, error) {
	b := newBatch(nil)
	report, err := Carried(ctx, b)
	if err != nil {
		return Outcome{}, err
	}
	return s.keep(ctx, actor, org, b, report)
}

func (s *Store) keep(ctx context.Context, actor, org string, b *batch, report Report) (Outcome, error) {
	var out Outcome
	fact := journal.Fact{Org: org, Kind: "published.import", Actor: actor}
	_, err := s.journal.Record(ctx, fact, func(tx *journal.Tx) error {
		out = Outcome{Rejections: b.rejections}
		held, err := keeper(ctx, tx.Tx)
		if err != nil {
			return err
		}
		if held != "" && held != org {
			return fault.Errorf(fault.Conflict, "published figures are in the record of organisation %s; import them there", held)
		}
		before, err := imports(ctx, tx.Tx)
		if err != nil {
			return err
		}
		if known, ok := alreadyIn(before, report); ok {
			out = Outcome{Import: known, Unchanged: true}
			return journal.ErrNothing
		}
		taken := b
		if report.Format == FormatCarried {
			if taken, err = b.uncovered(ctx, tx.Tx, before); err != nil {
				return err
			}
			if len(taken.values) == 0 {
				out.Unchanged = true
				return journal.ErrNothing
			}
		}
		out.Import, err = store(ctx, tx, taken, report)
		if err != nil {
			return err
		}
		if out.Replaced, err = replace(ctx, tx, before, out.Import, periodsOf(taken.values)); err != nil {
			return err
		}
		out.Revised, err = revised(ctx, tx.Tx, out.Import.ID)
		return err
	})
	return out, err
}

// alreadyIn finds an import of the same bytes that lost nothing since. The
// carried table is taken in once: it must not come back over what replaced it.
func alreadyIn(before []Import, report Report) (Import, bool) {
	for _, i := range before {
		if i.Source.SHA256 != report.Source.SHA256 {
			continue
		}
		if i.Format == FormatCarried || i.ReplacedBy == "" && i.Kept == i.Values+i.Hidden {
			return i, true
		}
	}
	return Import{}, false
}

// store writes the rows, their seal and the row of the import.
func store(ctx context.Context, tx *journal.Tx, b *batch, report Report) (Import, error) {
	i := Import{
		ID: tx.ID(), Org: tx.Org(), Format: report.Format, Source: report.Source, Rows: report.Rows,
		Organisations: len(b.organisations), Measures: len(b.measures),
		Hidden: b.hidden(), Rejected: len(b.rejections), Kept: len(b.values),
		Imported: tx.At(), By: tx.Actor(), Entry: tx.Seq(),
	}
	i.Values = len(b.values) - i.Hidden
	i.Source.FileName = strings.ToValidUTF8(i.Source.FileName, "?")
	if err := b.write(ctx, tx.Tx, i.ID); err != nil {
		return Import{}, err
	}
	var err error
	if i.seal, err = Seal.Digest(ctx, tx.Tx, i.ID); err != nil {
		return Import{}, err
	}
	if err := tx.Insert(ctx, "published_import", i.row()); err != nil {
		return Import{}, err
	}
	for name, value := range map[string]any{
		"import": i.ID, "kind": string(i.Format), "year": i.Source.Year, "sha256": i.Source.SHA256,
		"values": i.Values, "hidden": i.Hidden, "rejected": i.Rejected, "seal": i.seal,
	} {
		tx.Detail(name, value)
	}
	return i, nil
}

// replace takes out of force what the new import says anew.
func replace(ctx context.Context, tx *journal.Tx, before []Import, by Import, periods []Period) ([]Import, error) {
	var out []Import
	for _, old := range before {
		if old.ReplacedBy != "" {
			continue
		}
		var err error
		switch {
		case old.Format == by.Format && snapshotFormat(by.Format):
			err = setAsideSame(ctx, tx.Tx, old.ID, by.ID)
		case old.Format == by.Format && partFormat(by.Format):
			err = setAsideParts(ctx, tx.Tx, old.ID, by.ID, periods)
		case old.Format == by.Format:
			err = setAsidePeriods(ctx, tx.Tx, old.ID, by.ID, periods)
		case old.Format == FormatCarried:
			err = setAsideCovered(ctx, tx.Tx, old.ID, by, periods)
		default:
			continue
		}
		if err != nil {
			return nil, err
		}
		now, err := reseal(ctx, tx, old, by)
		if err != nil {
			return nil, err
		}
		if now.Kept != old.Kept || now.ReplacedBy != "" {
			out = append(out, now)
		}
	}
	return out, nil
}

// reseal counts what an import still holds, clears what no figure needs any
// more and makes the seal anew. An import with nothing left is replaced; so is
// a directory, which never had figures, by any later one.
func reseal(ctx context.Context, tx *journal.Tx, old, by Import) (Import, error) {
	now := old
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM published_value WHERE import_id = ?`, old.ID).Scan(&now.Kept)
	if err != nil || now.Kept == old.Kept && now.Kept > 0 {
		return now, err
	}
	for _, orphan := range []string{
		`DELETE FROM published_org WHERE import_id = ? AND ods NOT IN (SELECT ods FROM published_value WHERE import_id = ?)`,
		`DELETE FROM published_measure WHERE import_id = ? AND measure NOT IN (SELECT measure FROM published_value WHERE import_id = ?)`,
	} {
		if _, err := tx.Exec(ctx, orphan, old.ID, old.ID); err != nil {
			return now, err
		}
	}
	if now.Kept == 0 {
		now.ReplacedBy = by.ID
	}
	if now.seal, err = Seal.Digest(ctx, tx.Tx, old.ID); err != nil {
		return now, err
	}
	return now, tx.Update(ctx, "published_import", now.row())
}

// periodsOf lists the periods that values are of.
func periodsOf(values []stored) []Period {
	seen := map[Period]bool{}
	for _, v := range values {
		seen[v.period] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
