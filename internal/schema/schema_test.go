package schema_test

import (
	"context"
	"slices"
	"sort"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/schema"
	"commonweal/internal/schema/schematest"
)

var ctx = context.Background()

// columns asks the database for the columns of every table.
func columns(t *testing.T, tx *db.Tx) map[string][]string {
	t.Helper()
	query := `SELECT m.name, p.name, lower(p.type) FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'`
	if tx.Engine() == db.Postgres {
		query = `SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema()`
	}
	out := map[string][]string{}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var table, column, kind string
		if err := rows.Scan(&table, &column, &kind); err != nil {
			return err
		}
		out[table] = append(out[table], column+" "+plain[kind])
		return nil
	}, query)
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range out {
		sort.Strings(list)
	}
	return out
}

var (
	plain = map[string]string{"text": "text", "integer": "int", "bigint": "int", "blob": "bytes", "bytea": "bytes"}
	types = map[journal.Type]string{journal.Text: "text", journal.Int: "int", journal.Bytes: "bytes"}
)

// What is declared as governed is the whole table, on both engines: a column
// that was forgotten could be changed by hand without being found.
func TestGoverned_IsTheWholeTable(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		var real map[string][]string
		if err := b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
			real = columns(t, tx)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for _, table := range schema.Governed() {
			var declared []string
			for _, c := range table.Columns {
				declared = append(declared, c.Name+" "+types[c.Type])
			}
			sort.Strings(declared)
			if !slices.Equal(declared, real[table.Name]) {
				t.Errorf("table %s: declared %s, is %s", table.Name, strings.Join(declared, ", "), strings.Join(real[table.Name], ", "))
			}
		}
	})
}

// Every table is governed, sealed, part of the record, or known to hold no
// governance fact: a new table has to be thought about.
func TestEveryTableIsAccountedFor(t *testing.T) {
	known := map[string]bool{
		"schema_version": true, "journal_head": true, "journal_entry": true, "journal_row": true, "journal_hash": true, "journal_checkpoint": true,
		// These come and go; what they hold is no fact about the organisation.
		"passkey_use": true, "outbox": true, "notice_preference": true, "job": true, "job_schedule": true,
		// Draws that go to the record by day, and the sealed key of an open wave.
		"token_draw": true, "wave_key": true,
	}
	// Answers of patients before their month is sealed, and what they wrote until the gate decides.
	known["friends_open"], known["friends_comment"] = true, true
	for _, table := range schema.Governed() {
		known[table.Name] = true
	}
	for _, s := range schema.Seals() {
		for _, set := range s.Sets {
			known[set.Table] = true
		}
	}
	for _, name := range schema.Transient() {
		known[name] = true
	}
	b := schematest.SQLite(t)
	if err := b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		for table := range columns(t, tx) {
			if !known[table] && !strings.HasPrefix(table, "sqlite_") {
				t.Errorf("table %s is neither governed nor sealed nor listed as holding no fact", table)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// A table that a backup leaves out exists: a renamed one would come back to
// life with an old backup.
func TestTransient_Exist(t *testing.T) {
	b := schematest.SQLite(t)
	if err := b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		real := columns(t, tx)
		for _, name := range schema.Transient() {
			if real[name] == nil {
				t.Errorf("there is no table %s", name)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
