package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"commonweal/internal/base/db"
)

// Tables is a database that has its tables and no rows. Making it takes longer than
// most tests do, so it is made once: a test on SQLite gets a copy of the file, a test
// on PostgreSQL a database that another test had before it, emptied.
type Tables struct {
	name string
	make func(d *db.DB) error
	file func() ([]byte, error)
}

// NewTables names what make does: all test programs that use a cluster share its
// databases of that name, so the name must change with the tables.
func NewTables(name string, make func(d *db.DB) error) *Tables {
	t := &Tables{name: name, make: make}
	t.file = sync.OnceValues(t.makeFile)
	return t
}

// Each runs fn as a subtest on each engine.
func (s *Tables) Each(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, s.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, open(t, s.PostgresURL(t))) })
}

// SQLite opens a new file that goes with the test.
func (s *Tables) SQLite(t testing.TB) *db.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	s.WriteFile(t, path)
	return open(t, path)
}

// WriteFile makes the SQLite file at path.
func (s *Tables) WriteFile(t testing.TB, path string) {
	t.Helper()
	content, err := s.file()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// PostgresURL is the address of a database that no other test uses before this one
// ends. A cluster keeps such databases; one that is used at most n times at once has n.
func (s *Tables) PostgresURL(t testing.TB) string {
	t.Helper()
	u, err := url.Parse(clusterOf(t))
	if err != nil {
		t.Fatal(err)
	}
	pool, err := sql.Open("pgx", u.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	session, err := pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s_%d", s.name, n)
		// Held by the session until it is closed, also by a program that is killed.
		var mine bool
		if err := session.QueryRowContext(context.Background(), `SELECT pg_try_advisory_lock(hashtext($1))`, name).Scan(&mine); err != nil {
			t.Fatal(err)
		}
		if !mine {
			continue
		}
		u.Path = "/" + name
		if err := s.ready(session, name, u.String()); err != nil {
			t.Fatalf("database %s: %v", name, err)
		}
		return u.String()
	}
}

// ready empties the database, or makes it where it is not there or not whole.
func (s *Tables) ready(session *sql.Conn, name, address string) error {
	ctx := context.Background()
	var there bool
	if err := session.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, name).Scan(&there); err != nil {
		return err
	}
	if there {
		if _, err := session.ExecContext(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, name); err != nil {
			return err
		}
		if whole, err := empty(address); err != nil || whole {
			return err
		}
	}
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "CREATE DATABASE " + name} {
		if _, err := session.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := s.makeAt(address); err != nil {
		return err
	}
	return seal(address)
}

// The tables of a whole database are listed in its comment, so that one that was left half
// made, or to which a test added a table, is known.
const (
	tablesNow = `SELECT COALESCE(string_agg(tablename, ' ' ORDER BY tablename), '') FROM pg_tables WHERE schemaname = 'public'`
	tablesWas = `SELECT COALESCE(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = current_database()`
)

func seal(address string) error {
	return in(address, func(ctx context.Context, session *sql.Conn) error {
		var tables, name string
		if err := session.QueryRowContext(ctx, tablesNow).Scan(&tables); err != nil {
			return err
		}
		if err := session.QueryRowContext(ctx, `SELECT current_database()`).Scan(&name); err != nil {
			return err
		}
		_, err := session.ExecContext(ctx, "COMMENT ON DATABASE "+name+" IS '"+tables+"'")
		return err
	})
}

// empty deletes all rows but the number of the schema.
func empty(address string) (whole bool, err error) {
	err = in(address, func(ctx context.Context, session *sql.Conn) error {
		var now, was string
		if err := session.QueryRowContext(ctx, tablesNow).Scan(&now); err != nil {
			return err
		}
		if err := session.QueryRowContext(ctx, tablesWas).Scan(&was); err != nil {
			return err
		}
		if whole = now == was; !whole {
			return nil
		}
		statements := []string{"SET session_replication_role = replica;"} // no foreign keys meanwhile
		for table := range strings.FieldsSeq(now) {
			if table != "schema_version" {
				statements = append(statements, "DELETE FROM "+table+";")
			}
		}
		_, err := session.ExecContext(ctx, strings.Join(statements, "\n"))
		return err
	})
	return whole, err
}

func in(address string, fn func(ctx context.Context, session *sql.Conn) error) (err error) {
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	ctx := context.Background()
	session, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	return fn(ctx, session)
}

func (s *Tables) makeFile() (content []byte, err error) {
	dir, err := os.MkdirTemp("", "commonweal-tables-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "tables.db")
	if err := s.makeAt(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func (s *Tables) makeAt(source string) error {
	d, err := db.Open(context.Background(), source)
	if err != nil {
		return err
	}
	return errors.Join(s.make(d), d.Close())
}
