package schematest

import (
	"context"
	"fmt"
	"slices"
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
// row; what is done to different tables at one time is told apart by what fsck names.
// The test fails where neither the database refuses an edit nor fsck finds it, and
// where a table has no row, so that nothing was tried.
func Tamper(t testing.TB, b *Base, tables []journal.Table) {
	t.Helper()
	var all []*target
	most := 0
	for _, table := range tables {
		one := &target{Base: b, t: t, table: table}
		if !one.keep() {
			t.Errorf("table %s has no row, so no edit of it was tried", table.Name)
			continue
		}
		defer one.drop()
		all, most = append(all, one), max(most, len(table.Columns))
	}
	for i := range most {
		b.round(t, all, func(one *target) (string, bool) { return one.change(i) }, func(one *target) { one.restore(i) })
	}
	for _, one := range all {
		if one.tried < len(one.table.Columns)/2 {
			t.Errorf("%s: only %d of %d columns could be changed at all", one.table.Name, one.tried, len(one.table.Columns))
		}
	}
	slices.Reverse(all) // rows that refer to others go first
	b.round(t, all, (*target).remove, (*target).put)
}

// round does one edit to each table that takes it, looks whether fsck names them all, and takes the edits back.
func (b *Base) round(t testing.TB, all []*target, edit func(*target) (what string, done bool), undo func(*target)) {
	t.Helper()
	var edited []*target
	said := map[*target]string{}
	for _, one := range all {
		if what, done := edit(one); done {
			edited, said[one] = append(edited, one), what
		}
	}
	named := b.named(t)
	for _, one := range slices.Backward(edited) {
		undo(one)
		if !named[one.table.Name] {
			t.Errorf("%s and fsck found nothing", said[one])
		}
	}
}

// named are the tables that fsck finds something in.
func (b *Base) named(t testing.TB) map[string]bool {
	t.Helper()
	reports, err := b.Journal.Fsck(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, r := range reports {
		for _, f := range r.Findings {
			table, _, _ := strings.Cut(f.Where, " ")
			out[table] = true
		}
	}
	return out
}

// target is a row that is edited by hand.
type target struct {
	*Base
	t     testing.TB
	table journal.Table
	id    string
	tried int // columns that the database let be changed
}

func (o *target) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatalf("%s: %v", o.table.Name, err)
	}
}

func (o *target) columns() string {
	var names []string
	for _, c := range o.table.Columns {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// keep puts a copy of a row aside; there may be none.
func (o *target) keep() bool {
	o.ok(o.Journal.DB().Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT COALESCE(MAX(id), '') FROM `+o.table.Name).Scan(&o.id)
	}))
	if o.id == "" {
		return false
	}
	o.ok(o.Edit(fmt.Sprintf(`CREATE TABLE kept_%s AS SELECT %s FROM %[1]s WHERE id = '%[3]s'`, o.table.Name, o.columns(), o.id)))
	return true
}

func (o *target) drop() { o.ok(o.Edit(`DROP TABLE kept_` + o.table.Name)) }

// change edits the column of that place, if there is one and the database does not refuse.
func (o *target) change(i int) (what string, done bool) {
	if i >= len(o.table.Columns) {
		return "", false
	}
	c := o.table.Columns[i]
	changed := map[journal.Type]string{
		journal.Text: `COALESCE(` + c.Name + `, '') || 'x'`, journal.Int: `COALESCE(` + c.Name + `, 0) + 100`, journal.Bytes: c.Name + ` || ` + c.Name,
	}[c.Type]
	if o.Edit(fmt.Sprintf(`UPDATE %s SET %s = %s WHERE id = '%s'`, o.table.Name, c.Name, changed, o.id)) != nil {
		return "", false
	}
	o.tried++
	return o.table.Name + "." + c.Name + " was changed", true
}

func (o *target) restore(i int) {
	c, now := o.table.Columns[i], o.id
	if c.Name == "id" {
		now += "x"
	}
	o.ok(o.Edit(fmt.Sprintf(`UPDATE %s SET %s = (SELECT %[2]s FROM kept_%[1]s) WHERE id = '%[3]s'`, o.table.Name, c.Name, now)))
}

// remove deletes the row, unless other rows refer to it.
func (o *target) remove() (what string, done bool) {
	err := o.Edit(fmt.Sprintf(`DELETE FROM %s WHERE id = '%s'`, o.table.Name, o.id))
	return "a row of " + o.table.Name + " was deleted", err == nil
}

func (o *target) put() {
	o.ok(o.Edit(fmt.Sprintf(`INSERT INTO %s (%s) SELECT %[2]s FROM kept_%[1]s`, o.table.Name, o.columns())))
}
