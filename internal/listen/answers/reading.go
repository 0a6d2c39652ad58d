package answers

import (
	"context"
	"errors"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Spent lists the spent hashes that are mixed, sorted. For the register side, which
// puts those it has not got into the record as the next batch.
func (s *Service) Spent(ctx context.Context, wave string) (hashes []string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		hashes = nil
		if _, _, err := s.load(ctx, tx, wave); err != nil {
			return err
		}
		return tx.Each(ctx, func(rows *db.Rows) error {
			var hash string
			err := rows.Scan(&hash)
			hashes = append(hashes, hash)
			return err
		}, `SELECT hash FROM spent WHERE wave = ? ORDER BY hash`, wave)
	})
	return hashes, err
}

// IsSpent says whether the token or serial with this spent hash is counted: mixed, that
// is, not merely waiting.
func (s *Service) IsSpent(ctx context.Context, wave, hash string) (bool, error) {
	var n int
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT 1 FROM spent WHERE hash = ? AND wave = ?`, hash, wave).Scan(&n)
	})
	if errors.Is(err, db.ErrNoRows) {
		return false, nil
	}
	return n == 1, err
}

// Answers are the answers of a closed wave, in the order of random ids. Before the
// close it is a [fault.Conflict].
func (s *Service) Answers(ctx context.Context, wave string) (list []Row, err error) {
	err = s.closed(ctx, wave, func(tx *db.Tx) error {
		list = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var r Row
			var codes []byte
			err := rows.Scan(&codes, &r.Unit, &r.Group)
			r.Answers = codes
			list = append(list, r)
			return err
		}, `SELECT codes, unit, staff_group FROM answer WHERE wave = ? ORDER BY id`, wave)
	})
	return list, err
}

// Comments are the comments of a closed wave, in the order of random ids. Before the
// close it is a [fault.Conflict]. Who may see them, and from how many on, the caller says.
func (s *Service) Comments(ctx context.Context, wave string) (list []Comment, err error) {
	err = s.closed(ctx, wave, func(tx *db.Tx) error {
		list = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var c Comment
			err := rows.Scan(&c.ID, &c.Unit, &c.Text)
			list = append(list, c)
			return err
		}, `SELECT id, unit, text FROM comment WHERE wave = ? ORDER BY id`, wave)
	})
	return list, err
}

// closed reads of a wave that is closed and not erased.
func (s *Service) closed(ctx context.Context, wave string, fn func(tx *db.Tx) error) error {
	return s.db.Read(ctx, func(tx *db.Tx) error {
		a, b, err := s.load(ctx, tx, wave)
		if err != nil {
			return err
		}
		switch a.stage(b, s.today()) {
		case Closed:
			return fn(tx)
		case Erased:
			return fault.Errorf(fault.Conflict, "the answers of wave %s were erased on %s", wave, b.erased)
		}
		return fault.Errorf(fault.Conflict, "wave %s is not closed: nobody reads its answers before", wave)
	})
}

// Status is where a wave stands and how many sheets are counted.
func (s *Service) Status(ctx context.Context, wave string) (st Status, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		a, b, err := s.load(ctx, tx, wave)
		if err != nil {
			return err
		}
		st = Status{Wave: wave, Stage: a.stage(b, s.today()), Counted: b.counted, Papers: b.papers, Serials: b.serials}
		for _, count := range []struct {
			into *int
			from string
			args []any
		}{
			{&st.Comments, `comment WHERE wave = ?`, []any{wave}},
			{&st.Keying, `(SELECT mark FROM keying WHERE wave = ? GROUP BY mark) AS paper`, []any{wave}},
		} {
			if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM `+count.from, count.args...).Scan(count.into); err != nil {
				return err
			}
		}
		st.Lost, err = s.lost(ctx, tx, a)
		return err
	})
	return st, err
}

// lost counts the sheets that no key of the file opens, whether they were counted or not.
func (s *Service) lost(ctx context.Context, tx *db.Tx, a *asked) (int, error) {
	waiting, err := s.lostIn(ctx, tx, "waiting", a.terms.Wave)
	if err != nil {
		return 0, err
	}
	held, err := s.lostIn(ctx, tx, "held", a.terms.Wave)
	return waiting + held/len(a.halves(ballot{})), err
}
