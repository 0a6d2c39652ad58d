package voting_test

import (
	"path/filepath"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
)

// sent counts the messages of a kind, and those to one person.
func (s *stage) sent(kind, person string) (all, own int) {
	s.t.Helper()
	s.ok(s.h.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM notice WHERE kind = ?`, kind).Scan(&all); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM notice WHERE kind = ? AND person_id = ?`, kind, person).Scan(&own)
	}))
	return all, own
}

// Everybody is told what concerns them, each thing once however often the job runs:
// notice to all on the roll, a reminder to those from whom no vote has come and to
// nobody else, and the result.
func TestTell(t *testing.T) {
	s := newStage(t, filepath.Join(t.TempDir(), "v.db"), 6)
	p := voting.New(s.h, s.clock, voting.Plan{
		Org: org, Officials: s.officials, Seed: "test",
		Poll: poll.Poll{
			Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal, Rules: s.rules(poll.Ask{Kind: poll.Proposal}),
			Closes:   timetable.CloseOn(s.day("2026-05-01")),
			Contests: []poll.Contest{{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should we keep twelve-hour shifts?"}},
		},
		Votes: func(_ poll.Contest, v poll.Entry) []int {
			if v.Number > 4 {
				return nil
			}
			return []int{0, 1, 0}
		},
	})
	tell := func() {
		t.Helper()
		s.ok(s.h.TellPolls(ctx))
		s.ok(s.h.TellPolls(ctx))
	}
	expect := func(kind string, want int) {
		t.Helper()
		if all, _ := s.sent(kind, ""); all != want {
			t.Errorf("%d messages %s were sent, want %d", all, kind, want)
		}
	}
	s.ok(p.Until(ctx, "codes"))
	tell()
	if _, own := s.sent("poll.task", s.officials.ReturningOfficer); own != 1 {
		t.Errorf("the returning officer was told %d times that notice is due", own)
	}
	s.ok(p.Until(ctx, "notice"))
	tell()
	expect("poll.announced", 6)
	s.ok(p.Until(ctx, "vote again"))
	tell()
	expect("poll.announced", 6)
	expect("poll.reminder", 0)
	s.clock.Set(p.Plan.Poll.Closes.Add(-20 * time.Hour))
	tell()
	expect("poll.reminder", 2)
	now, err := p.Now(ctx)
	s.ok(err)
	voters, err := s.h.Polls.Voters(ctx, org, now.Contests[0].ID)
	s.ok(err)
	for _, v := range voters {
		want := 0
		if v.Number > 4 {
			want = 1
		}
		if _, own := s.sent("poll.reminder", v.Person); own != want {
			t.Errorf("voter %d was reminded %d times, want %d", v.Number, own, want)
		}
	}
	s.ok(p.Until(ctx, "declare"))
	tell()
	expect("poll.declared", 6)
}
