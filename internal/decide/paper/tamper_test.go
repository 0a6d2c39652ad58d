package paper_test

import (
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/paper"
	"commonweal/internal/schema/schematest"
)

// counted is a scene whose papers are signed, with a difference that was ruled on.
func counted(t *testing.T, b *schematest.Base) *scene {
	m := newScene(t, b, ranked, 4)
	m.polls.contest.Channels = []paper.Channel{paper.Paper}
	m.receives(1, 2)
	m.close()
	m.batch("A1", 2)
	m.key("ann", "A1", 1, rank(1, 2))
	m.key("ben", "A1", 1, rank(1, 2))
	m.key("ann", "A1", 2, rank(3))
	m.key("ben", "A1", 2, rank(4))
	m.ok(m.svc.Rule(ctx, "ro", org, council, "A1", 2, rank(4), "it is a 4"))
	m.ok(m.sign(paper.Paper, 2, 0, 0))
	m.sound()
	return m
}

// Whoever edits a table by hand is found, whichever table, whichever column: either
// the database refuses or fsck sees it.
func TestFsck_FindsEveryEdit(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		counted(t, b)
		schematest.Tamper(t, b, paper.Tables)
	})
}

// Whoever can write the record too, and so makes fsck content, cannot make it make
// sense: each lie is found by the audit, and the count does not take it.
func TestAudit_FindsARecordWithoutSense(t *testing.T) {
	for _, c := range []struct {
		name  string
		table string
		where string
		lie   func(journal.Row)
		says  string
	}{
		{"another hash", "paper_batch", "1=1", func(r journal.Row) { r["sha256"] = strings.Repeat("0", 64) }, "was published"},
		{"another salt", "paper_batch", "1=1", func(r journal.Row) { r["salt"] = "00" }, "was published"},
		{"more papers", "paper_batch", "1=1", func(r journal.Row) { r["papers"] = 3 }, "paper 3 is not"},
		{"another weight", "paper_batch", "1=1", func(r journal.Row) { r["weight"] = 2 }, "was published"},
		{"another channel", "paper_batch", "1=1", func(r journal.Row) { r["channel"] = "telephone" }, "nobody votes by telephone"},
		{"a reading by somebody else", "paper_keyed", "teller = 'ann' AND paper = 1", func(r journal.Row) { r["teller"] = "cas" }, "not what was sealed"},
		{"a reading moved", "paper_keyed", "teller = 'ann' AND paper = 1", func(r journal.Row) { r["paper"] = 3 }, "not what was sealed"},
		{"a reading made up", "paper_keyed", "teller = 'ann' AND paper = 1", func(r journal.Row) { r["ballot"] = "e30=" }, "not one that was sealed"},
		{"another sort of ruling", "paper_ruling", "1=1", func(r journal.Row) { r["ruling"] = "corrected" }, "says corrected and is as-keyed"},
		{"a ruling by a teller", "paper_ruling", "1=1", func(r journal.Row) { r["ruled_by"] = "ann" }, "by one who has keyed it"},
		{"a ruling without a reason", "paper_ruling", "1=1", func(r journal.Row) { r["reason"] = " " }, "without a reason"},
		{"a ruling moved", "paper_ruling", "1=1", func(r journal.Row) { r["paper"] = 1 }, "not what was sealed"},
		{"more issued", "reconciliation", "1=1", func(r journal.Row) { r["issued"] = 3 }, "is not the sum"},
		{"more returned", "reconciliation", "1=1", func(r journal.Row) { r["returned"], r["issued"] = 3, 3 }, "3 returned votes on paper are signed for and there are 2"},
		{"more disqualified", "reconciliation", "1=1", func(r journal.Row) { r["disqualified"], r["issued"] = 1, 3 }, "1 disqualified votes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := counted(t, schematest.SQLite(t))
			var id string
			m.ok(m.Journal.DB().Read(ctx, func(tx *db.Tx) error {
				return tx.QueryRow(ctx, `SELECT id FROM `+c.table+` WHERE `+c.where).Scan(&id)
			}))
			_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: "paper.keyed", Actor: "ann"}, func(tx *journal.Tx) error {
				return tx.Amend(ctx, c.table, id, c.lie)
			})
			m.ok(err)
			wrong, err := m.svc.Audit(ctx, org, council)
			m.ok(err)
			if !strings.Contains(strings.Join(wrong, "\n"), c.says) {
				t.Errorf("the audit found %q, want %q", wrong, c.says)
			}
			schematest.Verify(t, m.Journal)
			if c.table == "paper_batch" || c.table == "paper_keyed" {
				if _, err := m.svc.Ballots(ctx, org, council); err == nil {
					t.Error("the count takes it")
				}
			}
		})
	}
}
