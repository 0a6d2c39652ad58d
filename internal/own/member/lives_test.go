package member_test

import (
	"errors"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/member"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

// What is kept of everybody's membership is what the tables say: after another
// service has changed them, within a change that has not ended, and after one
// that came to nothing.
func TestService_KeepsNothingStale(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m, other := newMutual(t, b), newMutual(t, b)
		m.people("ann", "ben")
		m.class()
		for _, p := range []string{"ann", "ben"} {
			m.staff[p] = []member.Post{permanent("2025-01-01", "")}
			other.staff[p] = m.staff[p]
		}
		admitted := func(tx *db.Tx) (n int) {
			m.ok(m.svc.Periods(ctx, tx, org, "", func(string, law.Date, law.Date, string) error {
				n++
				return nil
			}))
			return n
		}
		expect := func(when string, want int) {
			t.Helper()
			m.ok(b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
				if got := admitted(tx); got != want {
					t.Errorf("%s: %d members, want %d", when, got, want)
				}
				return nil
			}))
		}
		enter := func(person string) member.Entrant {
			return member.Entrant{Person: person, Class: "staff", Effective: day("2026-03-05")}
		}
		expect("at first", 0)
		m.ok(other.svc.AdmitAll(ctx, "sec", org, member.Source{}, []member.Entrant{enter("ann")}))
		expect("after another service admitted one", 1)

		undone := errors.New("undone")
		_, err := b.Journal.Record(ctx, journal.Fact{Org: org, Kind: "test.change", Actor: "sec"}, func(tx *journal.Tx) error {
			if got := admitted(tx.Tx); got != 1 {
				t.Errorf("before the change: %d members", got)
			}
			var id string
			m.ok(tx.QueryRow(ctx, `SELECT id FROM member WHERE org_id = ?`, org).Scan(&id))
			var fact string
			m.ok(tx.QueryRow(ctx, `SELECT id FROM member_fact WHERE org_id = ? AND member_id = ? AND kind = 'admit'`, org, id).Scan(&fact))
			m.ok(tx.Insert(ctx, "member_fact", journal.Row{
				"id": tx.ID(), "member_id": id, "kind": member.Voided, "class": "", "effective": "2026-03-06", "entered": tx.At(),
				"decided_by": "sec", "reason": "entered in error", "data": fact,
			}))
			if got := admitted(tx.Tx); got != 0 {
				t.Errorf("within the change: %d members", got)
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		expect("after the change came to nothing", 1)
	})
}
