package voting_test

import (
	"path/filepath"
	"sync"
	"testing"

	"commonweal/belenios"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
)

// BenchmarkAcceptThroughTheHouse is ballots of a yes or no question accepted by the
// whole installation: who may vote, every proof, the pollbook, the record and the disk.
func BenchmarkAcceptThroughTheHouse(b *testing.B) {
	s := newStage(b, filepath.Join(b.TempDir(), "v.db"), max(10, b.N))
	p := voting.New(s.h, s.clock, voting.Plan{
		Org: org, Officials: s.officials, Seed: "test",
		Poll: poll.Poll{
			Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal, Rules: s.rules(poll.Ask{Kind: poll.Proposal}),
			Closes:   timetable.CloseOn(s.day("2026-05-01")),
			Contests: []poll.Contest{{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should we keep twelve-hour shifts?"}},
		},
		Votes: func(poll.Contest, poll.Entry) []int { return nil },
	})
	s.ok(p.Until(ctx, "vote"))
	now, err := p.Now(ctx)
	s.ok(err)
	c := now.Contests[0]
	text, _, _, err := s.h.Boxes.Setup(ctx, org, c.ID)
	s.ok(err)
	e, err := belenios.ParseElection(text)
	s.ok(err)
	list, err := s.h.Polls.Voters(ctx, org, c.ID)
	s.ok(err)
	ballots := make([][]byte, b.N)
	for i := range ballots {
		ballot, err := p.Ballot(e, c, list[i], []int{0, 1, 0})
		s.ok(err)
		ballots[i] = ballot.Bytes()
	}
	b.ResetTimer()
	var all sync.WaitGroup
	room := make(chan struct{}, 200) // as many browsers wait
	for i, ballot := range ballots {
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			if _, err := s.h.Boxes.Accept(ctx, org, c.ID, list[i].Person, ballot); err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ballots/s")
}
