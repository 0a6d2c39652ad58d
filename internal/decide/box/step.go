package box

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// workshop is a folder with a copy of an archive, on which a step is made.
type workshop struct{ dir string }

func newWorkshop() (*workshop, error) {
	dir, err := os.MkdirTemp("", "commonweal-box-*")
	return &workshop{dir}, err
}

func (w *workshop) path() string { return filepath.Join(w.dir, "archive.bel") }

func (w *workshop) close(err *error) { *err = errors.Join(*err, os.RemoveAll(w.dir)) }

// open verifies the copy and opens it for the next step.
func (w *workshop) open(ctx context.Context) (*archive.Board, error) {
	board, opened, err := archive.Open(ctx, w.path(), archive.Options{})
	if err != nil {
		return nil, err
	}
	if board == nil {
		return nil, fault.Errorf(fault.Conflict, "the archive does not verify: %s", opened.Report.Findings[0])
	}
	if opened.Cut != nil {
		return nil, errors.Join(fault.Errorf(fault.Conflict, "the archive does not verify: %s", opened.Cut), board.Close())
	}
	return board, nil
}

// added is what a step adds to an archive.
type added struct {
	records []record
	head    archive.Head
	stage   archive.Stage
}

type record struct{ name, body string }

// finish closes the board and reads the records from a place in the file on.
func (w *workshop) finish(board *archive.Board, from int64) (out added, err error) {
	out.head, out.stage = board.Head(), board.Stage()
	if err := board.Close(); err != nil {
		return out, err
	}
	f, err := os.Open(w.path())
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r, err := archive.NewReader(f)
	if err != nil {
		return out, err
	}
	if from == 0 {
		out.records = append(out.records, record{archive.HeaderName, string(r.Header().Encode())})
	}
	for {
		one, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		if one.Offset >= from {
			out.records = append(out.records, record{one.Name(), string(one.Body)})
		}
	}
}

// keepSteps stores what was added after a head.
func (s *Service) keepSteps(ctx context.Context, tx *journal.Tx, contest, uuid string, after Head, a added) (Head, error) {
	for _, r := range a.records {
		if err := after.keepRecord(ctx, tx, contest, r.name, r.body); err != nil {
			return Head{}, err
		}
	}
	after.Head, after.Stage = a.head, a.stage.String()
	tx.Detail("stage", after.Stage)
	return after, s.keepHead(ctx, tx, contest, uuid, after)
}

// step makes a step of the archive on a copy of it, which is verified from the
// beginning first, and keeps it if nothing was added meanwhile.
func (s *Service) step(ctx context.Context, actor, org, contest, kind string, may func(Contest) error, do func(*archive.Board) error) error {
	return s.stepAnd(ctx, actor, org, contest, kind, may, do, func(*journal.Tx) error { return nil })
}

// stepAnd is a step with something else in the same change.
func (s *Service) stepAnd(ctx context.Context, actor, org, contest, kind string, may func(Contest) error, do func(*archive.Board) error, and func(*journal.Tx) error) (err error) {
	asked := func(tx *db.Tx) error {
		c, err := s.polls.Contest(ctx, tx, org, contest)
		if err == nil {
			err = may(c)
		}
		return err
	}
	if err := s.read(ctx, asked); err != nil {
		return err
	}
	w, err := newWorkshop()
	if err != nil {
		return err
	}
	defer w.close(&err)
	before, err := s.copyTo(ctx, w, org, contest)
	if err != nil {
		return err
	}
	board, err := w.open(ctx)
	if err != nil {
		return err
	}
	uuid := board.Election().UUID()
	if err := do(board); err != nil {
		if ctx.Err() == nil {
			err = fault.Wrap(fault.Conflict, err, "contest %s: the step does not hold", contest)
		}
		return errors.Join(err, board.Close())
	}
	made, err := w.finish(board, before.Size)
	if err != nil {
		return err
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		if err := asked(tx.Tx); err != nil {
			return err
		}
		now, err := headOf(ctx, tx.Tx, org, contest)
		if err != nil {
			return err
		}
		if now.Head != before.Head {
			return fault.Errorf(fault.Conflict, "something was added to the archive of contest %s meanwhile: try again", contest)
		}
		if _, err = s.keepSteps(ctx, tx, contest, uuid, now, made); err != nil {
			return err
		}
		return and(tx)
	})
	return err
}

func (s *Service) copyTo(ctx context.Context, w *workshop, org, contest string) (h Head, err error) {
	f, err := os.Create(w.path())
	if err != nil {
		return h, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return s.Archive(ctx, org, contest, f)
}
