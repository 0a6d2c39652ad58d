package box_test

import (
	"testing"
	"time"

	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema/schematest"
)

// receive marks a voter as the room of paper votes does.
func (m *scene) receive(voter int, by box.Channel, late bool) (mark box.Mark, err error) {
	err = m.record("paper.received", func(tx *journal.Tx) error {
		mark, _, err = m.svc.ReceiveIn(ctx, tx, council, voter, by, late)
		return err
	})
	return mark, err
}

func (m *scene) record(kind string, fn func(tx *journal.Tx) error) error {
	_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: "teller"}, fn)
	return err
}

// The first vote received counts, whichever way it came; each later paper is listed
// and stays shut, and a caller is told.
func TestReceive_FirstVoteLocksTheOthers(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 4, revote: archive.LastCounts})
		m.open()
		m.cast(1, 0, 1, 0)
		mark, err := m.receive(1, box.Paper, false)
		m.ok(err)
		if mark.State != box.Disqualified || mark.Reason != "a vote was received from this voter before, by web" || mark.Entry != m.polls.voters[0].Entry {
			t.Errorf("a paper after a vote on the web is %+v", mark)
		}
		_, err = m.receive(1, box.Telephone, false)
		m.refused(err, fault.Conflict, "by web")
		for _, want := range []box.State{box.Returned, box.Disqualified, box.Disqualified} {
			if mark, err = m.receive(2, box.Paper, false); err != nil || mark.State != want {
				t.Errorf("the paper of voter 2 is %+v, %v, want %s", mark, err, want)
			}
		}
		_, err = m.accept(2, m.ballot(m.credentials[1], 0, 1, 0))
		m.refused(err, fault.Conflict, "by paper")
		if mark, err = m.receive(3, box.Telephone, false); err != nil || mark.State != box.Voted {
			t.Errorf("a vote by telephone is %+v, %v", mark, err)
		}
		_, err = m.receive(9, box.Paper, false)
		m.refused(err, fault.NotFound, "no voter 9")
		_, err = m.receive(4, box.Web, false)
		m.refused(err, fault.Invalid, "on paper and by telephone")

		// Three voters have voted, and three papers are disqualified.
		if n, err := m.svc.Received(ctx, org, council, time.Time{}); err != nil || n != 3 {
			t.Errorf("%d have voted, %v", n, err)
		}
		book, err := m.svc.Pollbook(ctx, org, council)
		m.ok(err)
		if len(book) != 6 {
			t.Errorf("the pollbook has %d lines: %+v", len(book), book)
		}
	})
}

// What arrived before the close may be entered after it, if the teller says so; a
// ballot on the web and a call may not.
func TestReceive_AfterTheClose(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 3, revote: archive.FirstCounts})
		_, err := m.receive(1, box.Paper, true)
		m.refused(err, fault.Conflict, "not open yet")
		m.open()
		m.closing()
		_, err = m.receive(1, box.Paper, false)
		m.refused(err, fault.Conflict, "is closed")
		_, err = m.receive(1, box.Telephone, true)
		m.refused(err, fault.Conflict, "is closed")
		_, err = m.accept(2, m.ballot(m.credentials[1], 0, 1, 0))
		m.refused(err, fault.Conflict, "is closed")
		if mark, err := m.receive(1, box.Paper, true); err != nil || mark.State != box.Returned {
			t.Errorf("what arrived before the close is %+v, %v", mark, err)
		}
	})
}

// An envelope may have nothing in it, and a wrong number may have been entered.
func TestReceive_SpoiltAndTakenBack(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 3, revote: archive.FirstCounts})
		m.open()
		m.cast(1, 0, 1, 0)
		back := func(voter int) error {
			return m.record("paper.taken_back", func(tx *journal.Tx) error { return m.svc.TakeBackIn(ctx, tx, council, voter, "wrong number") })
		}
		spoil := func(voter int) error {
			return m.record("paper.envelope_spoilt", func(tx *journal.Tx) error { return m.svc.SpoilIn(ctx, tx, council, voter, "no paper in it") })
		}
		m.refused(back(1), fault.Conflict, "no envelope was received from voter 1") // the vote on the web stays
		m.refused(spoil(1), fault.Conflict, "no unopened envelope")
		for range 3 {
			_, err := m.receive(2, box.Paper, false)
			m.ok(err)
		}
		m.ok(back(2))
		m.ok(spoil(2))
		m.refused(spoil(2), fault.Conflict, "no unopened envelope")
		m.ok(back(2))
		m.ok(back(2)) // now the voter may vote again
		m.refused(back(2), fault.Conflict, "no envelope")
		m.cast(2, 0, 0, 1)
	})
}
