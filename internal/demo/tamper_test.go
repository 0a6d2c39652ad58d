package demo_test

import (
	"path/filepath"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/internal/demo"
	"commonweal/internal/house"
	"commonweal/internal/schema/schematest"
)

// Whoever edits a governed table by hand is found, whichever table, whichever
// column: each is changed in turn in a small demonstration and a row of each is
// deleted. Either the database itself refuses (a key, a check) or fsck sees it.
func TestFsck_FindsEveryEditOfEveryGovernedTable(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { tamperAll(t, filepath.Join(t.TempDir(), "demo.db")) })
	t.Run("postgres", func(t *testing.T) { tamperAll(t, dbtest.PostgresURL(t)) })
}

// untouched are governed tables in which the demonstration has no row.
var untouched = map[string]string{
	"passkey":      "an invented person has no device",
	"sign_in_link": "an invented person has no account elsewhere",
	"api_token":    "nobody has made one",

	"register_withholding": "only a foundation trust's members may ask to be left out",

	"roll_claim":     "nobody has said anything against a roll in it",
	"petition":       "nobody questions its result",
	"vacancy":        "nobody has left a seat",
	"reconciliation": "in so small a demonstration nobody stands against anybody, so there is no closed vote",
	"key_destroyed":  "the results can still be questioned",
	"paper_batch":    "nobody votes on paper in it",
	"paper_keyed":    "nobody votes on paper in it",
	"paper_ruling":   "nobody votes on paper in it",
}

func tamperAll(t *testing.T, source string) {
	dir := t.TempDir()
	o := house.Options{Database: source, KeyFile: filepath.Join(dir, "demo.key"), Answers: filepath.Join(dir, "answers.db")}
	if err := demo.Build(ctx, demo.Options{House: o, Today: today, Staff: 60, Months: 4}); err != nil {
		t.Fatal(err)
	}
	h, err := house.Open(ctx, world.Real(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	schematest.Verify(t, h.Journal)
	var tables []journal.Table
	for _, table := range h.Journal.Tables() {
		if untouched[table.Name] == "" || rows(t, h, table.Name) > 0 {
			tables = append(tables, *table)
		}
	}
	schematest.Tamper(t, &schematest.Base{Journal: h.Journal}, tables)
	schematest.Verify(t, h.Journal) // all edits were undone
}

func rows(t *testing.T, h *house.House, table string) (n int) {
	t.Helper()
	err := h.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM `+table).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
