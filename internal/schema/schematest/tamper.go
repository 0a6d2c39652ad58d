package schematest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
)

// Edit runs a statement as somebody with the database open would, beside the record.
func (b *Base) Edit(statement string) error {
	return b.Journal.DB().Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), statement)
		return err
	})
}

// Findings is how much fsck finds.
func (b *Base) Findings(t testing.TB) (n int) {
	t.Helper()
	reports, err := b.Journal.Fsck(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		n += len(r.Findings)
	}
	return n
}

// Tamper edits every column of a row of each table by hand in turn, and deletes the
// row. The test fails where neither the database refuses an edit nor fsck finds it, and
// where a table has no row, so that nothing was tried.
func Tamper(t testing.TB, b *Base, tables []journal.Table) {
	t.Helper()
	for _, table := range tables {
		tamper(t, b, table)
	}
}

func tamper(t testing.TB, b *Base, table journal.Table) {
	t.Helper()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var id string
	ok(b.Journal.DB().Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT COALESCE(MAX(id), '') FROM `+table.Name).Scan(&id)
	}))
	if id == "" {
		t.Errorf("table %s has no row, so no edit of it was tried", table.Name)
		return
	}
	var names []string
	for _, c := range table.Columns {
		names = append(names, c.Name)
	}
	all := strings.Join(names, ", ")
	ok(b.Edit(fmt.Sprintf(`CREATE TABLE kept AS SELECT %s FROM %s WHERE id = '%s'`, all, table.Name, id)))
	defer func() { ok(b.Edit(`DROP TABLE kept`)) }()
	tried := 0
	for _, c := range table.Columns {
		now := id
		changed := map[journal.Type]string{
			journal.Text: `COALESCE(` + c.Name + `, '') || 'x'`, journal.Int: `COALESCE(` + c.Name + `, 0) + 100`, journal.Bytes: c.Name + ` || ` + c.Name,
		}[c.Type]
		if c.Name == "id" {
			now = id + "x"
		}
		if b.Edit(fmt.Sprintf(`UPDATE %s SET %s = %s WHERE id = '%s'`, table.Name, c.Name, changed, id)) != nil {
			continue // refused
		}
		tried++
		if b.Findings(t) == 0 {
			t.Errorf("%s.%s was changed and fsck found nothing", table.Name, c.Name)
		}
		ok(b.Edit(fmt.Sprintf(`UPDATE %s SET %s = (SELECT %s FROM kept) WHERE id = '%s'`, table.Name, c.Name, c.Name, now)))
	}
	if tried < len(table.Columns)/2 {
		t.Errorf("%s: only %d of %d columns could be changed at all", table.Name, tried, len(table.Columns))
	}
	if b.Edit(fmt.Sprintf(`DELETE FROM %s WHERE id = '%s'`, table.Name, id)) != nil {
		return // refused: other rows refer to it
	}
	if b.Findings(t) == 0 {
		t.Errorf("a row of %s was deleted and fsck found nothing", table.Name)
	}
	ok(b.Edit(fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM kept`, table.Name, all, all)))
}
