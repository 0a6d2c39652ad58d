// Package dbtest runs a test on every engine the product supports: a new
// SQLite file, and a new database in the PostgreSQL cluster that the
// environment names.
//
// `make test` starts a throw-away cluster (see withpostgres) and names it in
// COMMONWEAL_TEST_POSTGRES. Without it the PostgreSQL half is skipped and says
// so; where CI is set it fails instead.
package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"

	"commonweal/internal/base/db"
)

// Env names the address of the cluster.
const Env = "COMMONWEAL_TEST_POSTGRES"

// Each runs fn as a subtest on each engine, with an empty database.
func Each(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t)) })
}

// SQLite opens a new file that goes with the test.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "test.db"))
}

// Postgres opens a new database that is dropped after the test.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	return open(t, PostgresURL(t))
}

func open(t testing.TB, source string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

var made atomic.Int64

// PostgresURL makes a new database, dropped after the test, and returns its
// address.
func PostgresURL(t testing.TB) string {
	t.Helper()
	return newDatabase(t, clusterOf(t))
}

// clusterOf is the cluster that the environment names; without one the test is
// skipped, or fails on CI.
func clusterOf(t testing.TB) string {
	t.Helper()
	cluster := os.Getenv(Env)
	if cluster == "" {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not set: CI runs every test on PostgreSQL too", Env)
		}
		t.Skipf("%s is not set: run `make test`, which starts a PostgreSQL cluster for the tests", Env)
	}
	return cluster
}

// newDatabase makes a database that is dropped after the test.
func newDatabase(t testing.TB, cluster string) string {
	t.Helper()
	name := fmt.Sprintf("test_%d_%d_%s", os.Getpid(), made.Add(1), strings.ToLower(lettersOf(t.Name())))
	if len(name) > 60 {
		name = name[:60]
	}
	admin(t, cluster, "CREATE DATABASE "+name)
	t.Cleanup(func() { admin(t, cluster, "DROP DATABASE "+name+" WITH (FORCE)") })
	u, err := url.Parse(cluster)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func admin(t testing.TB, cluster, statement string) {
	t.Helper()
	pool, err := sql.Open("pgx", cluster)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	if _, err := pool.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func lettersOf(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
}
