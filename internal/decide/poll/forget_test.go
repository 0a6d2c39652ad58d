package poll_test

import (
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
)

// What somebody wrote goes when they are erased, from the tables and the record; that
// they stood stays.
func TestForget(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id := m.called()
		c := m.contest(id, "nursing")
		amara := m.stands(c.ID, "amara", "dai", "eira")
		m.ok(m.svc.SetPhoto(ctx, "amara", org, c.ID, amara, picture(t, 77)))
		sum := m.contest(id, "nursing").Nominations[0].Photo
		m.accept(c.ID, amara)
		m.on("2026-03-26")
		m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
		_, err := m.svc.Claim(ctx, "tell", org, poll.Claim{Contest: c.ID, Person: "tell", Kind: poll.Missing, Ground: "I nurse at night."})
		m.ok(err)
		forget := func(who string) error {
			return m.record(func(tx *journal.Tx) error { return m.svc.Forget(ctx, tx, who) })
		}
		m.refused(forget("amara"), fault.Conflict, "stands in poll council-2026")
		m.ok(forget("tell"))
		if got := m.contest(id, "nursing").Claims[0]; got.Ground != "" || got.Person != "tell" {
			t.Errorf("%+v", got)
		}
		m.ok(m.svc.Abandon(ctx, "ret", org, id, "No more."))
		m.ok(forget("amara"))
		n := m.contest(id, "nursing").Nominations[0]
		if n.BallotName != "" || n.Statement != "" || n.Interests != "" || n.Photo != "" || n.Erased == "" || !n.Accepted {
			t.Errorf("%+v", n)
		}
		_, err = m.svc.Photo(ctx, org, sum)
		m.refused(err, fault.NotFound, "no photograph")
		if n := m.held(`SELECT COUNT(*) FROM journal_row WHERE tbl = 'nomination' AND row_key = ? AND value IS NOT NULL`, amara); n != 1 {
			t.Errorf("%d versions of the nomination are in the record", n)
		}
		m.ok(forget("amara")) // again: nothing is left
	})
}

// Statements and photographs go a year after the close; who stood is part of the
// result and stays.
func TestExpire(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id, _, _ := m.declared()
		m.on("2027-05-01")
		if n, err := m.svc.Expire(ctx, org); err != nil || n != 0 {
			t.Errorf("%d, %v", n, err)
		}
		m.on("2027-05-02")
		if n, err := m.svc.Expire(ctx, org); err != nil || n != 4 {
			t.Errorf("%d, %v", n, err)
		}
		if n, err := m.svc.Expire(ctx, org); err != nil || n != 0 {
			t.Errorf("the second time: %d, %v", n, err)
		}
		for _, n := range m.contest(id, "nursing").Nominations {
			if n.Statement != "" || n.Interests != "" || n.BallotName == "" {
				t.Errorf("%+v", n)
			}
		}
	})
}
