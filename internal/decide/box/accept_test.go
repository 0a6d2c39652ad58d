package box_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema/schematest"
)

func (m *scene) marked(voter int) *box.Mark {
	m.t.Helper()
	mark, err := m.svc.Marked(ctx, org, council, fmt.Sprintf("p%d", voter))
	m.ok(err)
	return mark
}

// Where the first ballot counts a second is refused, and the first one sent again has
// the answer it had, also after the close.
func TestAccept_FirstCounts(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 3, revote: archive.FirstCounts})
		m.open()
		first := m.ballot(m.credentials[0], 0, 1, 0)
		tracker, err := m.accept(1, first)
		m.ok(err)
		before, err := m.svc.Head(ctx, org, council)
		m.ok(err)
		_, err = m.accept(1, m.ballot(m.credentials[0], 0, 0, 1))
		m.refused(err, fault.Conflict, "the first ballot counts")
		m.closing()
		again, err := m.accept(1, first)
		m.ok(err)
		if again != tracker {
			t.Errorf("%s and then %s", tracker, again)
		}
		after, err := m.svc.Head(ctx, org, council)
		m.ok(err)
		if after != before {
			t.Errorf("a ballot that was there already changed the head from %s to %s", before.Head, after.Head)
		}
		_, err = m.accept(2, m.ballot(m.credentials[1], 0, 0, 1))
		m.refused(err, fault.Conflict, "is closed")
		m.ok(m.svc.Close(ctx, "returning", org, council))
		m.Clock.Set(m.polls.contest.Opens) // a ballot that came in time, on a machine that was slow
		_, err = m.accept(2, m.ballot(m.credentials[1], 0, 0, 1))
		m.refused(err, fault.Conflict, "is closed")
	})
}

// Where the last ballot counts it takes the place of the earlier one; the earlier one
// sent again, as a line that was lost would, changes nothing.
func TestAccept_LastCounts(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 3, revote: archive.LastCounts})
		m.open()
		first := m.ballot(m.credentials[0], 0, 1, 0)
		_, err := m.accept(1, first)
		m.ok(err)
		m.cast(1, 0, 0, 1)
		counts := m.marked(1).Ballot
		_, err = m.accept(1, first)
		m.ok(err)
		if got := m.marked(1); got.Ballot != counts || got.State != box.Voted || len(got.Hour) != 13 {
			t.Errorf("%+v", got)
		}
		_, _, report := m.file(archive.Unfinished)
		if report.Ballots.Cast != 2 || report.Ballots.Counted != 1 {
			t.Errorf("%+v", report.Ballots)
		}
	})
}

// Whose ballot is refused, when and why.
func TestAccept_Refused(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 6, revote: archive.LastCounts})
		_, err := m.accept(1, []byte("{}"))
		m.refused(err, fault.NotFound, "no ballot box")
		m.open()
		m.Clock.Set(schematest.Start)
		good := m.ballot(m.credentials[0], 0, 1, 0)
		_, err = m.accept(1, good)
		m.refused(err, fault.Conflict, "not open yet")
		m.Clock.Set(m.polls.contest.Opens)

		_, err = m.svc.Reissue(ctx, "registrar", org, council, "p5", "", "lost")
		m.ok(err)
		_, err = m.receive(6, box.Paper, false)
		m.ok(err)
		for _, c := range []struct {
			name   string
			voter  int
			ballot []byte
			kind   fault.Kind
			says   string
		}{
			{"of another election", 1, []byte(`{"election_uuid":"x"}`), fault.Invalid, "not one for this election"},
			{"too large", 1, make([]byte, 5<<20), fault.Invalid, "too large"},
			{"proofs changed", 1, bytes.Replace(good, []byte(`"response":"`), []byte(`"response":"1`), 1), fault.Invalid, "does not verify"},
			{"cut short", 1, good[:len(good)-1], fault.Invalid, "does not verify"},
			{"by nobody on the roll", 9, good, fault.Forbidden, "not on the roll"},
			{"by another's credential", 2, good, fault.Forbidden, "another voter's"},
			{"by a credential that nobody made", 1, m.ballot(m.secret(), 0, 1, 0), fault.Forbidden, "not on the list"},
			{"by a voided credential", 5, m.ballot(m.credentials[4], 0, 1, 0), fault.Forbidden, "voided"},
			{"by a spare that nobody has", 1, m.ballot(m.free(), 0, 1, 0), fault.Forbidden, "a spare"},
			{"by somebody whose paper came", 6, m.ballot(m.credentials[5], 0, 1, 0), fault.Conflict, "by paper"},
		} {
			t.Run(c.name, func(t *testing.T) {
				m.t = t
				_, err := m.accept(c.voter, c.ballot)
				m.refused(err, c.kind, c.says)
			})
		}
		m.t = t
		_, err = m.accept(1, good)
		m.ok(err)
		_, err = m.receive(1, box.Telephone, false)
		m.refused(err, fault.Conflict, "by web")
		if _, _, report := m.file(archive.Unfinished); report.Ballots.Cast != 1 {
			t.Errorf("%+v", report.Ballots)
		}
	})
}

// free is the secret of a spare that nobody has.
func (m *scene) free() *belenios.Credential {
	m.t.Helper()
	list, err := m.svc.Credentials(ctx, org, council)
	m.ok(err)
	for _, c := range list {
		for _, s := range m.spares {
			if c.Entry == "" && c.Public == public(s) {
				return s
			}
		}
	}
	m.t.Fatal("no spare is free")
	return nil
}

// Many at once: each is in the archive once, each batch is in the order of its hashes
// and one entry of the record.
func TestAccept_ManyAtOnce(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		const voters = 24
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: voters, revote: archive.LastCounts})
		m.open()
		ballots := make([][]byte, voters)
		for i := range ballots {
			ballots[i] = m.ballot(m.credentials[i], 0, i%2, 1-i%2)
		}
		var all sync.WaitGroup
		var mu sync.Mutex
		trackers := map[string]int{}
		for i := range 2 * voters { // everybody twice
			all.Go(func() {
				tracker, err := m.accept(i%voters+1, ballots[i%voters])
				if err != nil {
					t.Errorf("voter %d: %v", i%voters+1, err)
				}
				mu.Lock()
				defer mu.Unlock()
				trackers[tracker]++
			})
		}
		all.Wait()
		text, _, report := m.file(archive.Unfinished)
		if report.Ballots.Cast != voters || len(trackers) != voters {
			t.Errorf("%d ballots, %d trackers", report.Ballots.Cast, len(trackers))
		}
		book, err := m.svc.Pollbook(ctx, org, council)
		m.ok(err)
		if len(book) != voters {
			t.Errorf("%d lines in the pollbook", len(book))
		}
		list, err := m.svc.Trackers(ctx, org, council, 0, 100)
		m.ok(err)
		for i, c := range list {
			if trackers[c.Tracker] != 2 || c.Height != i+1 {
				t.Errorf("tracker %d: %+v", i, c)
			}
		}
		if rest, err := m.svc.Trackers(ctx, org, council, voters-2, 100); err != nil || len(rest) != 2 || len(list) != voters {
			t.Errorf("%d trackers, then %d, %v", len(list), len(rest), err)
		}
		for _, ballot := range ballots {
			if bytes.Count(text, ballot) != 1 {
				t.Error("a ballot is not in the archive once")
			}
		}
	})
}

// A request that ends does not take its ballot with it: sent again, it is answered
// and there once.
func TestAccept_RequestEnds(t *testing.T) {
	b := schematest.SQLite(t)
	m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 8, revote: archive.FirstCounts})
	m.open()
	for v := 1; v <= 8; v++ {
		ballot := m.ballot(m.credentials[v-1], 0, 1, 0)
		short, cancel := context.WithTimeout(ctx, time.Duration(v*v)*100*time.Microsecond)
		_, err := m.svc.Accept(short, org, council, fmt.Sprintf("p%d", v), ballot)
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) && !strings.Contains(err.Error(), "interrupt") {
			t.Fatal(err)
		}
		_, err = m.accept(v, ballot)
		m.ok(err)
	}
	if _, _, report := m.file(archive.Unfinished); report.Ballots.Cast != 8 {
		t.Errorf("%+v", report.Ballots)
	}
	schematest.Verify(t, b.Journal)
}
