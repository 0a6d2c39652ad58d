package demo_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/internal/demo"
	"commonweal/internal/house"
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
	o := house.Options{Database: source, KeyFile: filepath.Join(t.TempDir(), "demo.key")}
	if err := demo.Build(ctx, demo.Options{House: o, Today: today, Staff: 60, Months: 4}); err != nil {
		t.Fatal(err)
	}
	h, err := house.Open(ctx, world.Real(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if found := findings(t, h); found != 0 {
		t.Fatalf("%d findings before any edit", found)
	}
	for _, table := range h.Journal.Tables() {
		t.Run(table.Name, func(t *testing.T) { tamperTable(t, h, table) })
	}
	if found := findings(t, h); found != 0 {
		t.Fatalf("%d findings after all edits were undone: %v", found, last)
	}
}

func tamperTable(t *testing.T, h *house.House, table *journal.Table) {
	var id string
	query(t, h, `SELECT COALESCE(MIN(id), '') FROM `+table.Name, &id)
	if id == "" {
		if why := untouched[table.Name]; why == "" {
			t.Errorf("the demonstration has no row in it, so no edit of it was tried")
		}
		return
	}
	var names []string
	for _, c := range table.Columns {
		names = append(names, c.Name)
	}
	all := strings.Join(names, ", ")
	keep := "kept_" + table.Name
	write(t, h, fmt.Sprintf(`CREATE TABLE %s AS SELECT %s FROM %s WHERE id = '%s'`, keep, all, table.Name, id))
	defer func() { write(t, h, `DROP TABLE `+keep) }()

	tried := 0
	for _, c := range table.Columns {
		now := id
		changed := map[journal.Type]string{
			journal.Text: `COALESCE(` + c.Name + `, '') || 'x'`, journal.Int: `COALESCE(` + c.Name + `, 0) + 1000`, journal.Bytes: `NULL`,
		}[c.Type]
		if c.Name == "id" {
			now = id + "x"
		}
		n, err := edit(h, fmt.Sprintf(`UPDATE %s SET %s = %s WHERE id = '%s'`, table.Name, c.Name, changed, id))
		if err != nil {
			continue // refused
		}
		if n != 1 {
			t.Fatalf("column %s: the edit changed %d rows", c.Name, n)
		}
		tried++
		if findings(t, h) == 0 {
			t.Errorf("column %s was changed and fsck found nothing", c.Name)
		}
		write(t, h, fmt.Sprintf(`UPDATE %s SET %s = (SELECT %s FROM %s) WHERE id = '%s'`, table.Name, c.Name, c.Name, keep, now))
	}
	if tried < len(table.Columns)/2 {
		t.Errorf("only %d of %d columns could be changed at all", tried, len(table.Columns))
	}
	if _, err := edit(h, fmt.Sprintf(`DELETE FROM %s WHERE id = '%s'`, table.Name, id)); err != nil {
		return // refused: other rows refer to it
	}
	if findings(t, h) == 0 {
		t.Error("a row was deleted and fsck found nothing")
	}
	write(t, h, fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM %s`, table.Name, all, all, keep))
}

func findings(t *testing.T, h *house.House) int {
	t.Helper()
	reports, err := h.Journal.Fsck(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	last = last[:0]
	for _, r := range reports {
		n += len(r.Findings)
		last = append(last, r.Findings...)
	}
	return n
}

// last are the findings of the last check, for messages.
var last []journal.Finding

func query(t *testing.T, h *house.House, q string, dest any) {
	t.Helper()
	if err := h.Journal.DB().Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(ctx, q).Scan(dest) }); err != nil {
		t.Fatal(err)
	}
}

// edit runs a statement as somebody with the database open would.
func edit(h *house.House, statement string) (n int64, err error) {
	err = h.Journal.DB().Write(ctx, func(tx *db.Tx) error {
		n, err = tx.Exec(ctx, statement)
		return err
	})
	return n, err
}

// write is edit of what must succeed.
func write(t *testing.T, h *house.House, statement string) {
	t.Helper()
	if _, err := edit(h, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
