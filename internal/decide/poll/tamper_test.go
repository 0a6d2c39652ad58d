package poll_test

import (
	"fmt"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
)

// Whoever edits a table of polls by hand is found, whichever table, whichever column:
// a voter added late, a seal swapped, a result rewritten. Either the database refuses
// or fsck sees it.
func TestFsck_FindsEveryEdit(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.filled()
		for _, table := range poll.Tables {
			m.tamper(table)
		}
	})
}

// filled has a row in every table.
func (m *mutual) filled() {
	m.t.Helper()
	m.people("late")
	id := m.called()
	nursing, support := m.contest(id, "nursing"), m.contest(id, "support")
	who := map[string]string{
		"amara": m.stands(nursing.ID, "amara", "dai", "eira"), "bryn": m.stands(nursing.ID, "bryn", "dai", "eira"), "cadi": m.stands(nursing.ID, "cadi", "amara", "bryn"),
	}
	m.ok(m.svc.SetPhoto(ctx, "amara", org, nursing.ID, who["amara"], picture(m.t, 3)))
	for _, n := range who {
		m.accept(nursing.ID, n)
	}
	m.on("2026-03-26")
	m.ok(m.svc.FindUncontested(ctx, "ret", org, support.ID))
	m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
	claim, err := m.svc.Claim(ctx, "late", org, poll.Claim{Contest: nursing.ID, Person: "late", Kind: poll.Missing, Ground: "Me."})
	m.ok(err)
	m.ok(m.svc.DecideClaim(ctx, "ret", org, nursing.ID, claim, poll.Upheld, "Yes."))
	m.on("2026-04-09")
	m.keyMade(id)
	m.ok(m.svc.Announce(ctx, "ret", org, id))
	m.on("2026-05-01 18:00")
	m.ok(m.counted(nursing.ID))
	m.ok(m.svc.Declare(ctx, "ret", org, nursing.ID, &poll.Result{Elected: []string{who["amara"], who["bryn"]}, Ballots: 5, Eligible: 6, Transcript: transcript, Head: head}))
	m.ok(m.svc.Declare(ctx, "ret", org, support.ID, nil)) // two vacancies
	_, err = m.svc.Question(ctx, "cadi", org, nursing.ID, "Really?")
	m.ok(err)
}

// tamper changes every column of one row of a table in turn, and deletes the row.
func (m *mutual) tamper(table journal.Table) {
	m.t.Helper()
	var id string
	m.ok(m.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COALESCE(MIN(id), '') FROM `+table.Name).Scan(&id)
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
	keep := "kept_" + table.Name
	m.ok(m.edit(fmt.Sprintf(`CREATE TABLE %s AS SELECT %s FROM %s WHERE id = '%s'`, keep, all, table.Name, id)))
	defer func() { m.ok(m.edit(`DROP TABLE ` + keep)) }()
	tried := 0
	for _, c := range table.Columns {
		now := id
		changed := map[journal.Type]string{
			journal.Text: `COALESCE(` + c.Name + `, '') || 'x'`, journal.Int: `COALESCE(` + c.Name + `, 0) + 1`, journal.Bytes: c.Name + ` || ` + c.Name,
		}[c.Type]
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
		m.ok(m.edit(fmt.Sprintf(`UPDATE %s SET %s = (SELECT %s FROM %s) WHERE id = '%s'`, table.Name, c.Name, c.Name, keep, now)))
	}
	if tried < len(table.Columns)/2 {
		m.t.Errorf("%s: only %d of %d columns could be changed at all", table.Name, tried, len(table.Columns))
	}
	if m.edit(fmt.Sprintf(`DELETE FROM %s WHERE id = '%s'`, table.Name, id)) != nil {
		return // refused: other rows refer to it
	}
	if m.findings() == 0 {
		m.t.Errorf("a row of %s was deleted and fsck found nothing", table.Name)
	}
	m.ok(m.edit(fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM %s`, table.Name, all, all, keep)))
}

// edit runs a statement as somebody with the database open would.
func (m *mutual) edit(statement string) error {
	return m.Journal.DB().Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement)
		return err
	})
}

func (m *mutual) findings() int {
	m.t.Helper()
	reports, err := m.Journal.Fsck(ctx)
	m.ok(err)
	n := 0
	for _, r := range reports {
		n += len(r.Findings)
	}
	return n
}
