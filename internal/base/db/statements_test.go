package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
)

// A query may run while rows of the same query are read, again and again: statements
// are kept, and one that is being read is not taken for another.
func TestQuery_WithinItself(t *testing.T) {
	d := dbtest.SQLite(t) // PostgreSQL reads one result at a time on a connection
	must(t, db.Migrate(ctx, d, steps(t, counter)))
	must(t, d.Write(ctx, func(tx *db.Tx) error {
		for i := range 4 {
			if _, err := tx.Exec(ctx, `INSERT INTO counter (id, n) VALUES (?, ?)`, fmt.Sprint(i), i); err != nil {
				return err
			}
		}
		return nil
	}))
	const next = `SELECT n FROM counter WHERE n > ? ORDER BY n`
	for range 3 {
		var seen []int
		must(t, d.Read(ctx, func(tx *db.Tx) error {
			var walk func(after int) error
			walk = func(after int) error {
				return tx.Each(ctx, func(rows *db.Rows) error {
					var n int
					if err := rows.Scan(&n); err != nil {
						return err
					}
					seen = append(seen, n)
					return walk(n)
				}, next, after)
			}
			return walk(1)
		}))
		if fmt.Sprint(seen) != "[2 3 3]" {
			t.Fatalf("saw %v; want 2, 3 within it, and 3", seen)
		}
	}
}

// What a statement failed at does not stay with it: not a key that was there, not a
// query whose reader went away, not rows that were left half read.
func TestStatements_AfterFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, db.Migrate(ctx, d, steps(t, counter)))
		add := func(id string) error {
			return d.Write(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(ctx, `INSERT INTO counter (id, n) VALUES (?, ?)`, id, 1)
				return err
			})
		}
		for _, id := range []string{"a", "b", "c"} {
			must(t, add(id))
		}
		for range 3 {
			if err := add("b"); !db.IsDuplicate(err) {
				t.Fatalf("a second b gave %v", err)
			}
		}
		must(t, add("d"))
		gone, cancel := context.WithCancel(ctx)
		cancel()
		halfway := errors.New("enough")
		for range 3 {
			err := d.Read(ctx, func(tx *db.Tx) error {
				return tx.Each(ctx, func(*db.Rows) error { return halfway }, `SELECT id FROM counter ORDER BY id`)
			})
			if !errors.Is(err, halfway) {
				t.Fatalf("half a reading gave %v", err)
			}
			if err := d.Read(gone, func(tx *db.Tx) error {
				return tx.QueryRow(gone, `SELECT id FROM counter ORDER BY id`).Scan(new(string))
			}); !errors.Is(err, context.Canceled) {
				t.Fatalf("a reader that had gone got %v", err)
			}
		}
		if n := sum(t, d); n != 4 {
			t.Fatalf("the table adds up to %d; want 4", n)
		}
	})
}

// More texts than are kept are all answered.
func TestStatements_MoreThanAreKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Read(ctx, func(tx *db.Tx) error {
			for range 2 {
				for i := range 600 {
					var n int
					if err := tx.QueryRow(ctx, fmt.Sprintf(`SELECT %d + CAST(? AS INTEGER)`, i), 1).Scan(&n); err != nil {
						return err
					}
					if n != i+1 {
						return fmt.Errorf("%d + 1 is %d", i, n)
					}
				}
			}
			return nil
		}))
	})
}

// BenchmarkQuery is what a page does most: a short query by key.
func BenchmarkQuery(b *testing.B) {
	d := dbtest.SQLite(b)
	if err := db.Migrate(ctx, d, steps(b, counter)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := d.Read(ctx, func(tx *db.Tx) error {
			var n int
			if err := tx.QueryRow(ctx, `SELECT n FROM counter WHERE id = ?`, "a").Scan(&n); !errors.Is(err, db.ErrNoRows) {
				return err
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
}

func sum(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	must(t, d.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT SUM(n) FROM counter`).Scan(&n)
	}))
	return n
}
