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
	const voters = 1000
	s := newStage(b, filepath.Join(b.TempDir(), "v.db"), voters)
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
	ballots := make([][]byte, len(list))
	for i, v := range list {
		ballot, err := p.Ballot(e, c, v, []int{0, 1, 0})
		s.ok(err)
		ballots[i] = ballot.Bytes()
	}
	b.ResetTimer()
	done := 0
	for b.Loop() {
		var all sync.WaitGroup
		room := make(chan struct{}, 200) // as many browsers wait
		for range 500 {
			if done == len(list) {
				b.Fatal("the voters are used up: -benchtime 1x or 2x")
			}
			v, ballot := list[done], ballots[done]
			done++
			room <- struct{}{}
			all.Go(func() {
				defer func() { <-room }()
				if _, err := s.h.Boxes.Accept(ctx, org, c.ID, v.Person, ballot); err != nil {
					b.Error(err)
				}
			})
		}
		all.Wait()
	}
	b.ReportMetric(float64(500*b.N)/b.Elapsed().Seconds(), "ballots/s")
}
