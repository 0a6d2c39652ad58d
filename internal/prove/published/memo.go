package published

import (
	"context"
	"sync"

	"commonweal/internal/base/db"
)

// memo keeps what was read last, because published figures change only with an
// import and the same few are asked for by every reader. Each import adds a row
// and none goes, so their number tells whether what is kept still holds; that
// is asked of the database each time, for another process may import.
type memo struct {
	mu            sync.Mutex
	imports       int
	organisations map[string]Listed
	figures       map[string]MeasureFigures // by measure and period
	newest        map[string]Period         // by measure
	absence       *AbsenceRecord
}

// memoMeasures bounds the figures kept; a workbook has a thousand measures, of
// which pages show a dozen.
const memoMeasures = 64

// read runs fn in one transaction, with the memo locked and holding nothing that
// an import has overtaken.
func (s *Store) read(ctx context.Context, fn func(tx *db.Tx, m *memo) error) error {
	s.memo.mu.Lock()
	defer s.memo.mu.Unlock()
	return s.db.Read(ctx, func(tx *db.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM published_import`).Scan(&n); err != nil {
			return err
		}
		if n != s.memo.imports || s.memo.organisations == nil {
			known, err := organisations(ctx, tx)
			if err != nil {
				return err
			}
			s.memo.imports, s.memo.organisations, s.memo.absence = n, known, nil
			s.memo.figures, s.memo.newest = map[string]MeasureFigures{}, map[string]Period{}
		}
		return fn(tx, &s.memo)
	})
}
