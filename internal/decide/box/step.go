package box

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"commonweal/belenios"
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
		out.records = append(out.records, record{headerName, string(r.Header().Encode())})
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
func (s *Service) step(ctx context.Context, actor, org, contest, kind string, may func(Contest) error, make func(*archive.Board) error) (err error) {
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
	if err := make(board); err != nil {
		return errors.Join(fault.Wrap(fault.Conflict, err, "contest %s: the step does not hold", contest), board.Close())
	}
	made, err := w.finish(board, before.Size)
	if err != nil {
		return err
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		c, err := s.polls.Contest(ctx, tx.Tx, org, contest)
		if err == nil {
			err = may(c)
		}
		if err != nil {
			return err
		}
		now, err := headOf(ctx, tx.Tx, org, contest)
		if err != nil {
			return err
		}
		if now.Head != before.Head {
			return fault.Errorf(fault.Conflict, "something was added to the archive of contest %s meanwhile: try again", contest)
		}
		_, err = s.keepSteps(ctx, tx, contest, uuid, now, made)
		return err
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

// Archive writes the archive as it stands, the file that everybody can check, and
// returns its head. Anybody may have it.
func (s *Service) Archive(ctx context.Context, org, contest string, out io.Writer) (h Head, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		if h, err = headOf(ctx, tx, org, contest); err != nil {
			return err
		}
		return writeArchive(ctx, tx, org, contest, out)
	})
	return h, err
}

func writeArchive(ctx context.Context, tx *db.Tx, org, contest string, out io.Writer) error {
	var header archive.Header
	return tx.Each(ctx, func(rows *db.Rows) error {
		var n int
		var name, body string
		err := rows.Scan(&n, &name, &body)
		if err == nil && n == 0 {
			header, err = archive.ParseHeader([]byte(body))
		}
		if err != nil {
			return err
		}
		return writeRecord(out, header, name, body)
	}, `SELECT n, name, body FROM box_file WHERE org_id = ? AND contest_id = ? ORDER BY n`, org, contest)
}

// Close ends the voting: no ballot is accepted any more, and those that count are
// added up without being opened. It is refused before the close of the poll, and
// waits for what this program received before. The returning officer's.
func (s *Service) Close(ctx context.Context, actor, org, contest string) error {
	b, err := s.box(ctx, org, contest)
	if err != nil {
		return err
	}
	b.arriving.Lock()
	b.arriving.Unlock() //nolint:staticcheck // nothing is guarded: those that arrived are waited for
	return s.step(ctx, actor, org, contest, "box.closed", func(c Contest) error {
		if c.Closes.IsZero() || s.journal.World().Now().Before(c.Closes) {
			return fault.Errorf(fault.Conflict, "contest %s is not closed yet", contest)
		}
		return nil
	}, func(b *archive.Board) error { return b.EndVoting(ctx) })
}

func always(Contest) error { return nil }

// AddShuffle adds what a keyholder made of the ranked ballots. The keyholder's.
func (s *Service) AddShuffle(ctx context.Context, actor, org, contest string, owner int, shuffle []byte) error {
	return s.step(ctx, actor, org, contest, "box.shuffled", always, func(b *archive.Board) error { return b.AddShuffle(owner, shuffle) })
}

// EndShuffles says that no more shuffles come. The returning officer's.
func (s *Service) EndShuffles(ctx context.Context, actor, org, contest string) error {
	return s.step(ctx, actor, org, contest, "box.shuffles_ended", always, func(b *archive.Board) error { return b.EndShuffles() })
}

// AddDecryption adds a keyholder's part of opening the votes. The keyholder's.
func (s *Service) AddDecryption(ctx context.Context, actor, org, contest string, owner int, decryption []byte) error {
	return s.step(ctx, actor, org, contest, "box.decrypted", always, func(b *archive.Board) error { return b.AddDecryption(owner, decryption) })
}

// Result opens the votes, once enough keyholders have decrypted. The returning
// officer's.
func (s *Service) Result(ctx context.Context, actor, org, contest string) (out []archive.Question, err error) {
	err = s.step(ctx, actor, org, contest, "box.opened_votes", always, func(b *archive.Board) error {
		out, err = b.Finish()
		return err
	})
	return out, err
}

// nameOf is the name in the file of a record with data.
func nameOf(h belenios.Hash) string { return archive.Record{Kind: archive.Data, Hash: h}.Name() }
