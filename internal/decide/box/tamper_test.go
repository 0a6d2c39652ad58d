package box_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema/schematest"
)

// Whoever edits a table of the box by hand is found, whichever table, whichever
// column: either the database refuses or fsck sees it.
func TestFsck_FindsEveryEdit(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 2, revote: archive.LastCounts})
		m.open()
		m.cast(1, 0, 1, 0)
		for _, table := range box.Tables {
			m.tamper(table)
		}
	})
}

// tamper changes every column of one row of a table in turn, and deletes the row.
func (m *scene) tamper(table journal.Table) {
	m.t.Helper()
	var id string
	m.ok(m.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COALESCE(MAX(id), '') FROM `+table.Name).Scan(&id)
	}))
	if id == "" {
		m.t.Errorf("table %s has no row, so no edit of it was tried", table.Name)
		return
	}
	var names []string
	for _, c := range table.Columns {
		names = append(names, c.Name)
	}
	all := strings.Join(names, ", ")
	m.ok(m.edit(fmt.Sprintf(`CREATE TABLE kept AS SELECT %s FROM %s WHERE id = '%s'`, all, table.Name, id)))
	defer func() { m.ok(m.edit(`DROP TABLE kept`)) }()
	tried := 0
	for _, c := range table.Columns {
		now, changed := id, `COALESCE(`+c.Name+`, '') || 'x'`
		if c.Type == journal.Int {
			changed = `COALESCE(` + c.Name + `, 0) + 100`
		}
		if c.Name == "id" {
			now = id + "x"
		}
		if m.edit(fmt.Sprintf(`UPDATE %s SET %s = %s WHERE id = '%s'`, table.Name, c.Name, changed, id)) != nil {
			continue // refused
		}
		tried++
		if m.findings() == 0 {
			m.t.Errorf("%s.%s was changed and fsck found nothing", table.Name, c.Name)
		}
		m.ok(m.edit(fmt.Sprintf(`UPDATE %s SET %s = (SELECT %s FROM kept) WHERE id = '%s'`, table.Name, c.Name, c.Name, now)))
	}
	if tried < len(table.Columns)/2 {
		m.t.Errorf("%s: only %d of %d columns could be changed at all", table.Name, tried, len(table.Columns))
	}
	m.ok(m.edit(fmt.Sprintf(`DELETE FROM %s WHERE id = '%s'`, table.Name, id)))
	if m.findings() == 0 {
		m.t.Errorf("a row of %s was deleted and fsck found nothing", table.Name)
	}
	m.ok(m.edit(fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM kept`, table.Name, all, all)))
}

// edit runs a statement as somebody with the database open would.
func (m *scene) edit(statement string) error {
	return m.Journal.DB().Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement)
		return err
	})
}

func (m *scene) findings() (n int) {
	m.t.Helper()
	reports, err := m.Journal.Fsck(ctx)
	m.ok(err)
	for _, r := range reports {
		n += len(r.Findings)
	}
	return n
}

// Whoever runs the server drops the last ballot and makes everything after it fit, the
// record too: whoever kept a head, as a mirror does, finds it.
func TestMirror_FindsADroppedBallot(t *testing.T) {
	b := schematest.SQLite(t)
	m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 3, revote: archive.FirstCounts})
	m.open()
	m.cast(1, 0, 1, 0)
	m.cast(2, 0, 1, 0)
	kept, err := m.svc.Head(ctx, org, council)
	m.ok(err)
	for _, statement := range []string{
		fmt.Sprintf(`DELETE FROM box_file WHERE n >= %d`, kept.Records-2), fmt.Sprintf(`DELETE FROM box_head WHERE height = %d`, kept.Height),
	} {
		m.ok(m.edit(statement))
	}
	text, _, _ := m.file(archive.Unfinished) // by itself the archive is in order
	_, report, err := archive.Load(ctx, bytes.NewReader(text), int64(len(text)), archive.Options{Kept: []archive.Head{kept.Head}})
	m.ok(err)
	if report.OK() || !strings.Contains(report.Text(), "no longer there") {
		t.Errorf("a mirror that kept %s found nothing:\n%s", kept.Head, report.Text())
	}
	if m.findings() == 0 {
		t.Error("fsck found nothing")
	}
}
