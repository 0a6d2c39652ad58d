package box_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema/schematest"
)

// The close comes while many cast: whoever came before it is in the count, whoever came
// after is refused, and nobody is told the one while the other is so.
func TestClose_WhileManyCast(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		const voters = 120 // more than the archive is read in one piece for
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: voters, revote: archive.FirstCounts})
		m.open()
		ballots := make([][]byte, voters)
		for i := range ballots {
			ballots[i] = m.ballot(m.credentials[i], 0, 1, 0)
		}
		for i := range voters - 20 {
			_, err := m.accept(i+1, ballots[i])
			m.ok(err)
		}
		var accepted, refused atomic.Int64
		var all sync.WaitGroup
		for i := voters - 20; i < voters; i++ {
			all.Go(func() {
				switch _, err := m.accept(i+1, ballots[i]); {
				case err == nil:
					accepted.Add(1)
				case fault.Is(err, fault.Conflict):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		for accepted.Load() == 0 && refused.Load() == 0 {
			time.Sleep(time.Millisecond) // until the first is answered
		}
		m.closing()
		m.ok(m.svc.Close(ctx, "returning", org, council))
		all.Wait()
		_, _, report := m.file(archive.Unfinished)
		if got := report.Ballots.Counted; int64(got) != voters-20+accepted.Load() || accepted.Load()+refused.Load() != 20 {
			t.Errorf("%d count, %d and %d were accepted, %d refused", got, voters-20, accepted.Load(), refused.Load())
		}
	})
}

// With weights a ballot counts as often as the roll says, and a spare replaces a
// credential of its own weight only.
func TestOpen_Weighted(t *testing.T) {
	b := schematest.SQLite(t)
	m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 3, revote: archive.FirstCounts, weight: 3})
	m.deposit(0)
	m.trust()
	m.polls.voters[2].Weight = 1
	m.ok(m.svc.Void(ctx, "registrar", org, council, public(m.credentials[2]), "the votes of the class changed"))
	_, err := m.svc.List(ctx, org, council)
	m.refused(err, fault.Conflict, "voter 3 of contest contest-council has no credential")
	m.credentials[2] = m.secret()
	m.ok(m.svc.Deposit(ctx, "registrar", org, council, box.Mailed, []box.Made{{Voter: 3, Public: public(m.credentials[2])}}))
	_, err = m.svc.List(ctx, org, council)
	m.refused(err, fault.Conflict, "has 0 spare credentials of weight 1 for 1 voters")
	var more []box.Made
	for range box.Spares(1) {
		more = append(more, box.Made{Weight: 1, Public: public(m.secret())})
	}
	m.ok(m.svc.Deposit(ctx, "registrar", org, council, box.Mailed, more))
	m.setUp()
	given, err := m.svc.Reissue(ctx, "registrar", org, council, "p3", "", "lost")
	m.ok(err)
	if given.Weight != 1 {
		t.Errorf("%+v", given)
	}
	m.cast(1, 0, 1, 0)
	m.cast(2, 0, 0, 1)
	if _, _, report := m.file(archive.Unfinished); report.Ballots.TotalWeight != 6 {
		t.Errorf("%+v", report.Ballots)
	}
	schematest.Verify(t, b.Journal)
}
