package member_test

import (
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/own/member"
	"commonweal/internal/schema/schematest"
)

// Public members consent; when they take it back membership ends at once and
// their details go, from the tables and from the record's history.
func TestService_Consent(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.people("pat", "far")
		m.public()
		apply := member.Application{Person: "pat", Class: "public", Effective: day("2026-03-01"), Area: "PL1"}
		_, err := m.svc.Apply(ctx, "pat", org, apply)
		m.refused(err, fault.Invalid, "rests on consent")
		apply.Consent, apply.Area = "wording 3", "PL1 2AB"
		_, err = m.svc.Apply(ctx, "pat", org, apply)
		m.refused(err, fault.Invalid, "leave out the second half")
		apply.Area = "pl1"
		_, err = m.svc.Apply(ctx, "pat", org, apply)
		m.ok(err)
		m.expect("pat", "2026-03-01", member.Member, "under rule 6: area is PL1")
		_, err = m.svc.Apply(ctx, "far", org, member.Application{Person: "far", Class: "public", Effective: day("2026-03-01"), Area: "EX1", Consent: "wording 3"})
		m.ok(err)
		m.expect("far", "2026-03-01", member.NotAMember, "refused")

		_, err = m.svc.WithdrawConsent(ctx, "pat", org, "pat", day("2026-11-02"))
		m.ok(err)
		m.expect("pat", "2026-11-02", member.Ended, "consent was withdrawn")
		due, err := m.svc.Erasures(ctx, org)
		m.ok(err)
		if len(due) != 1 || due[0].Person != "pat" || due[0].Due != day("2026-12-02") {
			t.Fatalf("%+v", due)
		}
		b.Clock.Advance(24 * time.Hour)
		m.ok(m.svc.Erase(ctx, "sec", org, due[0].ID, identity.Keep{}))
		m.refused(m.svc.Erase(ctx, "sec", org, due[0].ID, identity.Keep{}), fault.Conflict, "was erased on")
		m.expect("pat", "2026-11-02", member.Ended, "consent was withdrawn")
		file, err := m.svc.File(ctx, org, "pat")
		m.ok(err)
		for _, f := range file.Facts {
			if f.Data != "" {
				t.Errorf("%s still says %q", f.Kind, f.Data)
			}
		}
		rows, err := m.svc.Register(ctx, org, day("2026-12-01"))
		m.ok(err)
		if len(rows) != 1 || strings.Contains(rows[0].Name, "pat") || rows[0].Ceased != day("2026-11-02") {
			t.Errorf("%+v", rows)
		}
		if n := mentions(t, b, "PL1"); n != 0 {
			t.Errorf("the record still has the area in %d rows", n)
		}
	})
}

// mentions counts the rows of the record that hold a text about the facts.
func mentions(t testing.TB, b *schematest.Base, text string) (n int) {
	t.Helper()
	err := b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			var value []byte
			if err := rows.Scan(&value); err != nil {
				return err
			}
			if strings.Contains(string(value), text) {
				n++
			}
			return nil
		}, `SELECT value FROM journal_row WHERE tbl = 'member_fact' AND value IS NOT NULL`)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
