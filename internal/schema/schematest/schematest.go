// Package schematest gives a test the whole, empty application database on
// each engine, and checks when the test ends that the record and every
// governed table still agree.
package schematest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/internal/schema"
)

// Start is where the clock of [Each] stands at first: a Thursday.
var Start = time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC)

// Base is what a test of a room stands on.
type Base struct {
	Journal *journal.Journal
	World   *world.World
	Clock   *world.Clock
	Keys    *journal.Keys
}

// Each runs fn on each engine and ends with [Verify].
func Each(t *testing.T, fn func(t *testing.T, b *Base)) {
	t.Helper()
	empty.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		fn(t, b)
		Verify(t, b.Journal)
	})
}

// SQLite opens the application database in a new SQLite file.
func SQLite(t testing.TB) *Base { return open(t, empty.SQLite(t)) }

// WriteFile puts an empty application database at path.
func WriteFile(t testing.TB, path string) { t.Helper(); empty.WriteFile(t, path) }

// PostgresURL makes an empty application database that is dropped after the test.
func PostgresURL(t testing.TB) string { t.Helper(); return empty.PostgresURL(t) }

// empty has the tables and no rows. Its name follows from the steps that make them.
var empty = func() *dbtest.Tables {
	steps, err := schema.Migrations()
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(fmt.Append(nil, steps))
	return dbtest.NewTables(fmt.Sprintf("commonweal_%x", sum[:8]), func(d *db.DB) error {
		return db.Migrate(context.Background(), d, steps)
	})
}()

func open(t testing.TB, d *db.DB) *Base {
	t.Helper()
	clock := world.At(Start)
	w := world.Fixed(clock, 1)
	keys, err := journal.NewKeys(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return &Base{Journal: journal.New(d, w, keys, schema.Governed(), schema.Seals()...), World: w, Clock: clock, Keys: keys}
}

// Verify fails the test if the record and the tables do not agree.
func Verify(t testing.TB, j *journal.Journal) {
	t.Helper()
	reports, err := j.Fsck(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		for _, f := range r.Findings {
			t.Errorf("fsck: organisation %s: %s", r.Org, f)
		}
	}
}
