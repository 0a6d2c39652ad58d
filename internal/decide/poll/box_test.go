package poll_test

import (
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

// What the rooms for keys and ballots ask: is it open, who may vote, by which rules.
func TestTerms(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		ask := func(contest string) (terms poll.Terms, err error) {
			err = m.Journal.DB().Read(ctx, func(tx *db.Tx) error {
				terms, err = m.svc.TermsIn(ctx, tx, org, contest)
				return err
			})
			return terms, err
		}
		id, nursing, support, _ := m.contested()
		_, err := ask(nursing.ID)
		m.refused(err, fault.Conflict, "notice of poll council-2026 is not given yet")
		_, err = ask(support.ID)
		m.refused(err, fault.Conflict, "no vote in contest support")
		_, err = ask("x")
		m.refused(err, fault.NotFound, "no contest")
		m.on("2026-04-09")
		m.keyMade(id)
		m.ok(m.record(func(tx *journal.Tx) error { return m.svc.KeyLostIn(ctx, tx, id) }))
		m.refused(m.svc.Announce(ctx, "ret", org, id), fault.Conflict, "key is not made")
		m.keyMade(id)
		m.refused(m.svc.EndOffice(ctx, "sec", org, id, m.poll(id).Holders(poll.Keyholder)[0].ID), fault.Conflict, "does not change")
		m.ok(m.svc.Announce(ctx, "ret", org, id))
		m.refused(m.record(func(tx *journal.Tx) error { return m.svc.KeyLostIn(ctx, tx, id) }), fault.Conflict, "no key that could be made again")

		terms, err := ask(nursing.ID)
		m.ok(err)
		p := m.poll(id)
		if terms.RulesHash != p.RulesHash || terms.NoticeHash != p.NoticeHash || terms.RollSeal != nursing.Roll.Seal || terms.Voters != 5 || terms.KeyGroup != "Ed25519" || len(terms.UUID) != 22 {
			t.Errorf("%+v", terms)
		}
		for at, says := range map[string]string{
			"2026-04-10 08:59": "opens at 09:00 on Friday 10 April 2026", "2026-04-10 09:00": "", "2026-05-01 16:59": "",
			"2026-05-01 17:00": "it closed at 17:00 on Friday 1 May 2026",
		} {
			when, err := time.ParseInLocation("2006-01-02 15:04", at, law.London())
			m.ok(err)
			if err := terms.OpenAt(when); says == "" {
				m.ok(err)
			} else {
				m.refused(err, fault.Conflict, says)
			}
		}
		m.ok(m.Journal.DB().Read(ctx, func(tx *db.Tx) error {
			if e, err := m.svc.VoterIn(ctx, tx, org, nursing.ID, "dai"); err != nil || e.Person != "dai" {
				t.Errorf("%+v %v", e, err)
			}
			_, err := m.svc.VoterIn(ctx, tx, org, nursing.ID, "ffion")
			m.refused(err, fault.Forbidden, "not on the roll")
			all, err := m.svc.VotersIn(ctx, tx, org, nursing.ID)
			if err != nil || len(all) != 5 {
				t.Errorf("%d voters, %v", len(all), err)
			}
			keepers, err := m.svc.KeyholdersIn(ctx, tx, org, id)
			if err != nil || len(keepers) != 3 {
				t.Errorf("%d keyholders, %v", len(keepers), err)
			}
			return nil
		}))
		m.refused(m.record(func(tx *journal.Tx) error { return m.svc.KeyDestroyedIn(ctx, tx, id) }), fault.Conflict, "once the result can no longer be questioned")
		m.ok(m.svc.Abandon(ctx, "ret", org, id, "A fault in the booth."))
		_, err = ask(nursing.ID)
		m.refused(err, fault.Conflict, "abandoned")
	})
}

// Those who have to do something are reminded from three days before, voters on the
// day before and the day of the close; nothing is stored of it, and the key of a
// reminder stays the same.
func TestRemind(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id, _, _ := m.announced()
		on := func(when string) map[poll.Task]poll.Reminder {
			t.Helper()
			list, err := m.svc.Remind(ctx, org, day(when))
			m.ok(err)
			out := map[poll.Task]poll.Reminder{}
			for _, r := range list {
				if r.Poll != id || r.Code != "council-2026" {
					t.Errorf("%+v", r)
				}
				out[r.Task] = r
			}
			return out
		}
		if _, ok := on("2026-04-29")[poll.Vote]; ok {
			t.Error("voters are reminded two days before the close")
		}
		first, ok := on("2026-04-30")[poll.Vote]
		if !ok || first.Who != poll.VotersDo || !first.Until.Equal(closing("2026-05-01")) {
			t.Errorf("%+v", first)
		}
		if last := on("2026-05-01")[poll.Vote]; last.Key() != first.Key() {
			t.Errorf("%s and %s", first.Key(), last.Key())
		}
		late := on("2026-05-04")[poll.OpenVotes]
		if !late.Overdue || len(late.People) != 3 || late.Stage != poll.Closed {
			t.Errorf("%+v", late)
		}
		all, err := m.svc.All(ctx, org)
		m.ok(err)
		if len(all) == 0 {
			t.Error("nothing is to be done")
		}
	})
}
