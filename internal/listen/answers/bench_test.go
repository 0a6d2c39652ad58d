package answers_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"commonweal/internal/base/db"
)

// BenchmarkTake is what an answer costs until it is acknowledged, beside a bare row of
// the same size that is written as durably. A token is made for each, outside the time.
func BenchmarkTake(b *testing.B) {
	b.Run("sheet", func(b *testing.B) {
		m := newScene(b, filepath.Join(b.TempDir(), "a.db"))
		for b.Loop() {
			b.StopTimer()
			s := m.sheet(3, 1, 2, 4)
			b.StartTimer()
			if _, err := m.svc.Take(ctx, wave, s); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("peer=row", func(b *testing.B) {
		m := newScene(b, filepath.Join(b.TempDir(), "a.db"))
		sealed := make([]byte, 4400)
		n := 0
		for b.Loop() {
			n++
			err := m.db.Write(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(ctx, `INSERT INTO held (id, wave, sealed) VALUES (?, ?, ?)`, strconv.Itoa(n), wave, sealed)
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
