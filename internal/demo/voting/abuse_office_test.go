package voting_test

import (
	"crypto/rand"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonweal/belenios"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/paper"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
)

// What those who hold an office in a poll try with it.

// The returning officer ends the mixing after the one mix of a keyholder who tells them
// the order. With the list of keys, which they have, the two would know every ranking of
// every voter. It takes as many mixes as it takes keyholders to open; where a server ends
// the mixing all the same, fsck's audit says so.
func TestAbuse_EndMixesEarly(t *testing.T) {
	s := newStage(t, filepath.Join(t.TempDir(), "v.db"), 7)
	p := ranked(s)
	s.ok(p.Until(ctx, "close"))
	now, err := p.Now(ctx)
	s.ok(err)
	c := now.Contests[0]
	mix := func(number int) {
		t.Helper()
		text, tally, err := s.h.Boxes.Tally(ctx, org, c.ID)
		s.ok(err)
		e, err := belenios.ParseElection(text)
		s.ok(err)
		locked, err := belenios.ParseEncryptedTally(e, tally)
		s.ok(err)
		m, err := belenios.NewShuffle(rand.Reader, e, locked.NonHomomorphic())
		s.ok(err)
		s.ok(s.h.Boxes.AddShuffle(ctx, s.officials.Keyholders[number-1], org, c.ID, number, m.Bytes()))
	}
	mix(1)
	if err := s.h.EndMixes(ctx, s.officials.ReturningOfficer, org, c.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("the mixing ended after one mix where two keyholders open votes: %v", err)
	}
	s.ok(s.h.Boxes.EndShuffles(ctx, "server", org, c.ID)) // past the house, as a changed program would
	found, err := s.h.AuditPolls(ctx, org)
	s.ok(err)
	if !strings.Contains(strings.Join(found, "; "), "fewer mixes") {
		t.Errorf("the audit does not find that one keyholder alone has mixed: %v", found)
	}
}

// ranked is an election in which two of seven stand for one seat, ranked.
func ranked(s *stage) *voting.Poll {
	s.t.Helper()
	rules := s.rules(poll.Ask{Kind: poll.Constituency})
	return voting.New(s.h, s.clock, voting.Plan{
		Org: org, Officials: s.officials, Seed: "test",
		Poll: poll.Poll{
			Code: "council", Title: "Staff council", Kind: poll.Constituency, Rules: rules, Closes: timetable.CloseOn(s.day("2026-06-12")),
			Contests: []poll.Contest{{Code: "all", Title: "Everybody", Class: voting.Class, Constituency: voting.Constituency, Seats: 1}},
		},
		Candidates: []voting.Candidate{
			{Contest: "all", Person: s.members[0], Name: "Alys", Statement: "One.", Backers: s.members[2:4]},
			{Contest: "all", Person: s.members[1], Name: "Bedwyr", Statement: "Two.", Backers: s.members[4:6]},
		},
		Votes: func(_ poll.Contest, v poll.Entry) []int { return []int{1 + v.Number%2, 2 - v.Number%2} },
	})
}

// The returning officer sees what the votes come to before declaring it, and gives the
// poll up because of that. It is refused from when enough keyholders have opened their
// parts, whether the officer has opened the votes or not.
func TestAbuse_AbandonAResult(t *testing.T) {
	k := newCrime(t)
	k.ok(k.p.Until(ctx, "reckon"))
	officer := k.officials.ReturningOfficer
	abandon := func(when string) {
		t.Helper()
		if err := k.h.AbandonPoll(ctx, officer, org, k.p.ID, "Something else came up."); !fault.Is(err, fault.Conflict) {
			t.Errorf("the poll was given up %s: %v", when, err)
		}
	}
	k.ok(k.p.Decrypt(ctx, k.c, 1))
	k.ok(k.p.Decrypt(ctx, k.c, 2))
	abandon("after two keyholders had opened")
	k.ok(k.h.OpenVotes(ctx, officer, org, k.c.ID))
	abandon("after the count")
	if err := k.h.Polls.Abandon(ctx, officer, org, k.p.ID, "Something else came up."); !fault.Is(err, fault.Conflict) {
		t.Errorf("the room of polls gave up what is counted: %v", err)
	}
}

// A server takes the voter's name off one key, so that it looks as if the ties had been
// cut after their time, and with that the audit of who cast what would be over.
func TestAbuse_EndTheAudit(t *testing.T) {
	k := newCrime(t)
	list, err := k.h.Boxes.Credentials(ctx, org, k.c.ID)
	k.ok(err)
	nine := k.voter(9)
	for _, one := range list {
		if one.Entry != nine.ID {
			continue
		}
		k.forged(func(tx *journal.Tx) error {
			return tx.Update(ctx, "credential", journal.Row{
				"id": one.ID, "contest_id": k.c.ID, "public": one.Public, "weight": one.Weight, "how": string(one.How), "made": one.Made, "handed": one.Handed,
			})
		})
	}
	k.found("fsck's audit", k.audit(), "before the time for keeping it is over")
}

// A teller enters an envelope for somebody who has voted on the web. It is disqualified,
// and the voter is not told that no vote has come.
func TestAbuse_EnvelopeOfOneWhoVoted(t *testing.T) {
	k := newCrime(t)
	now, err := k.p.Now(ctx)
	k.ok(err)
	if !now.Rules.Has(poll.Paper) {
		t.Skip("no votes on paper in this poll")
	}
	m, err := k.h.Papers.Receive(ctx, k.officials.Tellers[0], org, k.c.ID, 1, false)
	k.ok(err)
	if m.State != paper.Disqualified {
		t.Errorf("a second vote is %s", m.State)
	}
	k.clock.Set(k.p.Plan.Poll.Closes.Add(-20 * time.Hour))
	k.ok(k.h.TellPolls(ctx))
	if _, own := k.sent("poll.reminder", k.voter(1).Person); own != 0 {
		t.Error("somebody who has voted is told that no vote has come")
	}
	if _, own := k.sent("poll.reminder", k.voter(9).Person); own != 1 {
		t.Error("somebody who has not voted is not reminded")
	}
}

// A teller enters envelopes that never came, for people who will not look, and a
// registrar gives an abstainer's code to somebody else: each voter is told.
func TestAbuse_InAVotersName(t *testing.T) {
	k := newCrime(t)
	_, err := k.h.Papers.Receive(ctx, k.officials.Tellers[0], org, k.c.ID, 9, false)
	k.ok(err)
	_, err = k.h.Papers.Receive(ctx, k.officials.Tellers[0], org, k.c.ID, 1, false) // disqualified
	k.ok(err)
	_, err = k.h.Boxes.Reissue(ctx, k.officials.Registrar, org, k.c.ID, k.voter(10).Person, "", "Says that it was lost.")
	k.ok(err)
	for range 2 {
		k.ok(k.h.TellPolls(ctx))
	}
	for _, want := range []struct {
		kind      string
		all, nine int
	}{{"vote.entered", 1, 1}, {"code.replaced", 1, 0}} {
		if all, own := k.sent(want.kind, k.voter(9).Person); all != want.all || own != want.nine {
			t.Errorf("%s: %d messages, %d to voter 9; want %d and %d", want.kind, all, own, want.all, want.nine)
		}
	}
}

// Nobody can vote in a contest with more answers than a ballot has room for. That is
// found before the notice, which is not taken back.
func TestNotice_OfWhatCannotBeVotedIn(t *testing.T) {
	s := newStage(t, filepath.Join(t.TempDir(), "v.db"), 7)
	p := voting.New(s.h, s.clock, voting.Plan{
		Org: org, Officials: s.officials, Seed: "test",
		Poll: poll.Poll{
			Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal, Rules: s.rules(poll.Ask{Kind: poll.Proposal}),
			Closes:   timetable.CloseOn(s.day("2026-05-01")),
			Contests: []poll.Contest{{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should we keep twelve-hour shifts?"}},
		},
	})
	s.ok(p.Until(ctx, "codes"))
	k := &crime{stage: s, p: p}
	was := k.stored(`SELECT answers FROM contest`)
	undo := k.byHand(`UPDATE contest SET answers = '[`+strings.Repeat(`"x",`, 1000)+`"x"]'`, `UPDATE contest SET answers = '`+was+`'`)
	if err := p.Notice(ctx); !fault.Is(err, fault.Conflict) {
		t.Errorf("notice of a vote with 1,001 answers: %v", err)
	}
	undo()
	now, err := p.Now(ctx)
	s.ok(err)
	if !now.Announced.IsZero() {
		t.Error("the notice was given")
	}
}

// The returning officer withdraws a candidate "on paper" who has not asked for it. The
// candidate is told while it can still be questioned, and another is not.
func TestAbuse_WithdrawACandidate(t *testing.T) {
	s := newStage(t, filepath.Join(t.TempDir(), "v.db"), 7)
	p := ranked(s)
	s.ok(p.Until(ctx, "decide"))
	s.ok(s.h.TellPolls(ctx))
	now, err := p.Now(ctx)
	s.ok(err)
	for _, n := range now.Contests[0].Nominations {
		if n.Person == s.members[0] {
			s.ok(s.h.Polls.Withdraw(ctx, s.officials.ReturningOfficer, org, n.Contest, n.ID))
		}
	}
	for range 2 {
		s.ok(s.h.TellPolls(ctx))
	}
	if all, own := s.sent("nomination.decided", s.members[0]); all != 3 || own != 2 {
		t.Errorf("%d messages about nominations, %d to the one who was withdrawn; want 3 and 2", all, own)
	}
}

// The secretary records that somebody elected has left who has not, so that another can
// take the seat. The one whose seat it is is told.
func TestAbuse_EmptyASeat(t *testing.T) {
	s := newStage(t, filepath.Join(t.TempDir(), "v.db"), 7)
	p := ranked(s)
	s.ok(p.Until(ctx, "declare"))
	now, err := p.Now(ctx)
	s.ok(err)
	c := now.Contests[0]
	who := c.Declared.Result.Elected[0]
	_, err = s.h.Polls.Vacate(ctx, s.officials.Secretary, org, c.ID, who, c.Declared.Day, "Has moved away.")
	s.ok(err)
	before, _ := s.sent("nomination.decided", "")
	for range 2 {
		s.ok(s.h.TellPolls(ctx))
	}
	for _, n := range c.Nominations {
		if n.ID != who {
			continue
		}
		if _, own := s.sent("nomination.decided", n.Person); own != 2 {
			t.Errorf("%d messages in all; the one who lost the seat has %d, want 2: of the nomination, and of the seat", before, own)
		}
	}
}
