package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/fault"
)

var ctx = context.Background()

func steps(t testing.TB, files map[string]string) []db.Migration {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	out, err := db.Migrations(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var counter = map[string]string{"0001_counter.sql": `
-- a comment; with a semicolon
CREATE TABLE counter (
  id TEXT PRIMARY KEY,
  n INTEGER NOT NULL,
  raw BLOB
);
`}

// Migrations run once, run again without effect, and an older program refuses
// a newer schema.
func TestMigrate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first := steps(t, counter)
		for range 2 {
			if err := db.Migrate(ctx, d, first); err != nil {
				t.Fatal(err)
			}
		}
		second := steps(t, map[string]string{"0001_counter.sql": counter["0001_counter.sql"], "0002_more.sql": "ALTER TABLE counter ADD COLUMN note TEXT;"})
		if err := db.Migrate(ctx, d, second); err != nil {
			t.Fatal(err)
		}
		if v, err := db.Version(ctx, d); err != nil || v != 2 {
			t.Fatalf("version %d, %v; want 2", v, err)
		}
		if err := db.Migrate(ctx, d, first); !fault.Is(err, fault.Conflict) {
			t.Fatalf("an older program got %v; want a conflict", err)
		}
	})
}

// A failed migration leaves nothing behind and can be mended.
func TestMigrate_FailureKeepsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		bad := steps(t, map[string]string{"0001_bad.sql": "CREATE TABLE a (id TEXT PRIMARY KEY);\nCREATE TABLE b (id NONSENSE(;\n"})
		if err := db.Migrate(ctx, d, bad); err == nil {
			t.Fatal("no error")
		}
		good := steps(t, map[string]string{"0001_bad.sql": "CREATE TABLE a (id TEXT PRIMARY KEY);\n"})
		if err := db.Migrate(ctx, d, good); err != nil {
			t.Fatal(err)
		}
	})
}

func TestMigrations_Numbering(t *testing.T) {
	_, err := db.Migrations(fstest.MapFS{"0002_gap.sql": {Data: []byte("SELECT 1;")}})
	if err == nil {
		t.Fatal("a gap in the numbers was accepted")
	}
}

// Forty writers that read, add one and write back lose no step: the
// transactions are serialisable and are run again when they collide.
func TestWrite_Serialisable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := db.Migrate(ctx, d, steps(t, counter)); err != nil {
			t.Fatal(err)
		}
		must(t, d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO counter (id, n) VALUES (?, ?)`, "a", 0)
			return err
		}))
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() {
				for range 5 {
					errs[i] = errors.Join(errs[i], d.Write(ctx, func(tx *db.Tx) error {
						var n int
						if err := tx.QueryRow(ctx, `SELECT n FROM counter WHERE id = ?`, "a").Scan(&n); err != nil {
							return err
						}
						_, err := tx.Exec(ctx, `UPDATE counter SET n = ? WHERE id = ?`, n+1, "a")
						return err
					}))
				}
			})
		}
		wg.Wait()
		must(t, errors.Join(errs...))
		if n := count(t, d); n != 40 {
			t.Fatalf("the counter is %d after 40 writes", n)
		}
	})
}

func TestWrite_ErrorKeepsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, db.Migrate(ctx, d, steps(t, counter)))
		stop := errors.New("stop")
		err := d.Write(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `INSERT INTO counter (id, n) VALUES (?, ?)`, "a", 7); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatalf("got %v", err)
		}
		if n := count(t, d); n != -1 {
			t.Fatalf("the row was kept: %d", n)
		}
	})
}

// A transaction whose context ends before it does says so, and keeps nothing.
func TestWrite_ContextEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, db.Migrate(ctx, d, steps(t, counter)))
		short, cancel := context.WithCancel(ctx)
		err := d.Write(short, func(tx *db.Tx) error {
			_, err := tx.Exec(short, `INSERT INTO counter (id, n) VALUES (?, ?)`, "a", 7)
			cancel()
			time.Sleep(20 * time.Millisecond) // meanwhile database/sql rolls back by itself
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		if n := count(t, d); n != -1 {
			t.Fatalf("the row was kept: %d", n)
		}
	})
}

// A reader can change nothing, whatever it runs.
func TestRead_CannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, db.Migrate(ctx, d, steps(t, counter)))
		err := d.Read(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO counter (id, n) VALUES (?, ?)`, "a", 7)
			return err
		})
		if err == nil {
			t.Fatal("a read transaction wrote")
		}
	})
}

// Both engines store the same types, refuse a wrong one, keep all 64 bits and
// sort text by code point.
func TestTypes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, db.Migrate(ctx, d, steps(t, counter)))
		must(t, d.Write(ctx, func(tx *db.Tx) error {
			for i, id := range []string{"b", "B", "é", "a", "Z"} {
				if _, err := tx.Exec(ctx, `INSERT INTO counter (id, n, raw) VALUES (?, ?, ?)`, id, int64(1)<<62+int64(i), []byte{0, 255}); err != nil {
					return err
				}
			}
			return nil
		}))
		var order string
		must(t, d.Read(ctx, func(tx *db.Tx) error {
			return tx.Each(ctx, func(rows *db.Rows) error {
				var id string
				var n int64
				var raw []byte
				if err := rows.Scan(&id, &n, &raw); err != nil {
					return err
				}
				if n < 1<<62 || string(raw) != "\x00\xff" {
					t.Errorf("row %s: n %d, raw %x", id, n, raw)
				}
				order += id
				return nil
			}, `SELECT id, n, raw FROM counter WHERE id <> '?' ORDER BY id`)
		}))
		if order != "BZabé" {
			t.Errorf("order %q; want code point order", order)
		}
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO counter (id, n) VALUES (?, ?)`, "x", "many")
			return err
		})
		if err == nil {
			t.Error("text was stored in a number column")
		}
		err = d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO counter (id, n) VALUES (?, ?)`, "b", 1)
			return err
		})
		if !db.IsDuplicate(err) {
			t.Errorf("a second row with the same key gave %v", err)
		}
	})
}

func TestBind(t *testing.T) {
	got := db.Bind(db.Postgres, `SELECT '?' FROM a WHERE "b?" = ? AND c = ?`)
	if want := `SELECT '?' FROM a WHERE "b?" = $1 AND c = $2`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, d *db.DB) int {
	t.Helper()
	var n int
	must(t, d.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COALESCE(MAX(n), -1) FROM counter`).Scan(&n)
	}))
	return n
}
