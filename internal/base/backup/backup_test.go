package backup_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"commonweal/internal/base/backup"
	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/fault"
)

var ctx = context.Background()

var schema = []db.Migration{{Number: 1, Name: "test", SQL: `
CREATE TABLE parent (id TEXT PRIMARY KEY, n INTEGER, raw BLOB);
CREATE TABLE child (id TEXT PRIMARY KEY, parent_id TEXT NOT NULL REFERENCES parent (id));
CREATE TABLE session (id TEXT PRIMARY KEY);
`}}

func migrate(t *testing.T, d *db.DB) {
	t.Helper()
	if err := db.Migrate(ctx, d, schema); err != nil {
		t.Fatal(err)
	}
}

func fill(t *testing.T, d *db.DB) {
	t.Helper()
	migrate(t, d)
	for _, statement := range []string{
		`INSERT INTO parent (id, n, raw) VALUES ('a "quoted" é', 9007199254740993, NULL)`,
		`INSERT INTO parent (id, n) VALUES ('b', NULL)`,
		`INSERT INTO child (id, parent_id) VALUES ('c', 'b')`,
		`INSERT INTO session (id) VALUES ('s')`,
	} {
		exec(t, d, statement)
	}
	if err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE parent SET raw = ? WHERE id = 'b'`, []byte{0, 10, 255})
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func exec(t *testing.T, d *db.DB, statement string) {
	t.Helper()
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, d *db.DB) []byte {
	t.Helper()
	var out bytes.Buffer
	m, err := backup.Write(ctx, d, &out, "today", []string{"session"})
	if err != nil {
		t.Fatal(err)
	}
	if m.Rows() != 3 {
		t.Fatalf("%d rows backed up, want 3", m.Rows())
	}
	return out.Bytes()
}

// A backup of either engine restores into either, to the same backup again,
// without the tables that were left out.
func TestRoundTrip(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, from *db.DB) {
		fill(t, from)
		data := write(t, from)
		dbtest.Each(t, func(t *testing.T, to *db.DB) {
			migrate(t, to)
			if _, err := backup.Read(ctx, to, bytes.NewReader(data), int64(len(data))); err != nil {
				t.Fatal(err)
			}
			if again := write(t, to); !bytes.Equal(again, data) {
				t.Error("the backup of the restored database is another")
			}
			if _, err := backup.Read(ctx, to, bytes.NewReader(data), int64(len(data))); !fault.Is(err, fault.Conflict) {
				t.Errorf("a database that is not empty was restored into: %v", err)
			}
		})
	})
}

// A file with any byte changed is refused, or restores the very same rows (zip
// has bytes that mean nothing); a refused one leaves the database empty.
func TestRead_Damaged(t *testing.T) {
	from := dbtest.SQLite(t)
	fill(t, from)
	data := write(t, from)
	refused := 0
	for i := 0; i < len(data); i += 11 {
		bad := bytes.Clone(data)
		bad[i] ^= 0x20
		to, err := db.Open(ctx, filepath.Join(t.TempDir(), "to.db"))
		if err != nil {
			t.Fatal(err)
		}
		migrate(t, to)
		if _, err := backup.Read(ctx, to, bytes.NewReader(bad), int64(len(bad))); err != nil {
			refused++
			var n int
			if err := to.Read(ctx, func(tx *db.Tx) error {
				return tx.QueryRow(ctx, `SELECT COUNT(*) FROM parent`).Scan(&n)
			}); err != nil || n != 0 {
				t.Errorf("byte %d: refused, but %d rows were kept (%v)", i, n, err)
			}
		} else {
			var again bytes.Buffer
			if _, err := backup.Write(ctx, to, &again, "today", []string{"session"}); err != nil || !bytes.Equal(again.Bytes(), data) {
				t.Errorf("byte %d: accepted, and the rows differ (%v)", i, err)
			}
		}
		if err := to.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if refused == 0 {
		t.Error("no damage was ever refused")
	}
}

func TestRead_NotABackup(t *testing.T) {
	to := dbtest.SQLite(t)
	migrate(t, to)
	if _, err := backup.Read(ctx, to, bytes.NewReader([]byte("hello")), 5); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}
