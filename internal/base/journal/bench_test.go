package journal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
)

// openBench is open on a database that outlives no benchmark.
func openBench(b *testing.B) *journal.Journal {
	b.Helper()
	d, err := db.Open(ctx, filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	text, err := os.ReadFile("../../schema/migrations/0001_journal.sql")
	if err != nil {
		b.Fatal(err)
	}
	err = db.Migrate(ctx, d, []db.Migration{{Number: 1, Name: "journal", SQL: string(text)}, {Number: 2, Name: "test", SQL: testSchema}})
	if err != nil {
		b.Fatal(err)
	}
	keys, err := journal.NewKeys(make([]byte, 32))
	if err != nil {
		b.Fatal(err)
	}
	return journal.New(d, world.Fixed(world.At(time.Unix(1_700_000_000, 0)), 1), keys, governed, seal)
}

// One change of one row: an entry, durable on disk. The peer is the same row
// written by the same database without a record.
func BenchmarkRecord(b *testing.B) {
	b.Run("record", func(b *testing.B) {
		j := openBench(b)
		for i := 0; b.Loop(); i++ {
			if err := one(j, i, 1); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("peer=plain-insert", func(b *testing.B) {
		d := openBench(b).DB()
		for i := 0; b.Loop(); i++ {
			if err := d.Write(ctx, func(tx *db.Tx) error { return plain(tx, i, 1) }); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// One change of ten thousand rows, as an import makes.
func BenchmarkRecordBulk(b *testing.B) {
	const rows = 10_000
	b.Run("record", func(b *testing.B) {
		j := openBench(b)
		for i := 0; b.Loop(); i++ {
			if err := one(j, i, rows); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("peer=plain-insert", func(b *testing.B) {
		d := openBench(b).DB()
		for i := 0; b.Loop(); i++ {
			if err := d.Write(ctx, func(tx *db.Tx) error { return plain(tx, i, rows) }); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}

// Checking a record of 100 entries with 100 rows each against its tables. The
// peer is reading the same rows and entries from the database without checking.
func BenchmarkFsck(b *testing.B) {
	j := openBench(b)
	for i := range 100 {
		if err := one(j, i, 100); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("fsck", func(b *testing.B) {
		for b.Loop() {
			reports, err := j.Fsck(ctx)
			if err != nil || len(reports) != 1 || !reports[0].OK() {
				b.Fatal(err, reports)
			}
		}
		b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("peer=read", func(b *testing.B) {
		for b.Loop() {
			err := j.DB().Read(ctx, func(tx *db.Tx) error {
				for _, q := range []string{`SELECT value, salt, commitment FROM journal_row ORDER BY org_id, seq, n`, `SELECT id, name, raw FROM thing ORDER BY id`} {
					if err := tx.Each(ctx, func(rows *db.Rows) error {
						var a, c, d []byte
						return rows.Scan(&a, &c, &d)
					}, q); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}

func one(j *journal.Journal, i, rows int) error {
	_, err := j.Record(ctx, journal.Fact{Org: "wye", Kind: "thing.add", Actor: "bench"}, func(tx *journal.Tx) error {
		for k := range rows {
			err := tx.Insert(ctx, "thing", journal.Row{"id": fmt.Sprintf("%d-%d", i, k), "name": "a name of some length", "n": k, "raw": []byte{1, 2, 3}})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func plain(tx *db.Tx, i, rows int) error {
	for k := range rows {
		_, err := tx.Exec(ctx, `INSERT INTO thing (id, org_id, name, n, raw) VALUES (?, ?, ?, ?, ?)`,
			fmt.Sprintf("%d-%d", i, k), "wye", "a name of some length", k, []byte{1, 2, 3})
		if err != nil {
			return err
		}
	}
	return nil
}
