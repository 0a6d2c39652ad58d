package paper_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
	"commonweal/internal/schema/schematest"
)

// From the envelope to the count: paper votes of an election that is ranked.
func TestWhole_Paper(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, ranked, 8)
		m.polls.contest.Channels = []paper.Channel{paper.Paper}
		m.refused(m.svc.Ready(ctx, org, council), fault.Conflict, "votes on paper in contest council is not signed yet")
		m.webVote(5)
		m.receives(1, 2, 3)

		// The paper of somebody who has voted on the web stays shut.
		got, err := m.svc.Receive(ctx, "ann", org, council, 5, false)
		m.ok(err)
		if got.State != paper.Disqualified || !strings.Contains(got.Reason, "by web") {
			t.Errorf("the paper of somebody who voted on the web is %+v", got)
		}
		v, err := m.svc.Look(ctx, "ben", org, council, 5)
		m.ok(err)
		if v.By != "web" {
			t.Errorf("voter 5 is %+v", v)
		}
		_, err = m.svc.Receive(ctx, "ro", org, council, 6, false)
		m.refused(err, fault.Forbidden, "not a teller")
		_, err = m.svc.Receive(ctx, "ann", org, council, 99, false)
		m.refused(err, fault.NotFound, "no voter 99")
		m.refused(m.svc.SpoilEnvelope(ctx, "ann", org, council, 2, "empty"), fault.Conflict, "not closed yet")

		m.close()
		_, err = m.svc.Receive(ctx, "ann", org, council, 4, false)
		m.refused(err, fault.Conflict, "is closed")
		_, err = m.svc.Receive(ctx, "ann", org, council, 4, true)
		m.ok(err)
		m.refused(m.svc.SpoilEnvelope(ctx, "ann", org, council, 2, " "), fault.Invalid, "say why")
		m.ok(m.svc.SpoilEnvelope(ctx, "ann", org, council, 2, "there were two papers in it"))

		// Three envelopes are left to count: 1, 3 and 4.
		m.batch("A1", 2)
		m.batch("A2", 1)
		m.key("ann", "A1", 1, rank(3, 1))
		m.key("ann", "A1", 2, paper.Ballot{Flaw: paper.Unclear})
		m.key("ben", "A1", 1, rank(3, 1))
		m.key("ben", "A1", 2, rank(2))
		m.refused(m.sign(paper.Paper, 20, 0, 15), fault.Conflict, "2 batches are not settled")
		list, err := m.svc.Differences(ctx, "cas", org, council, "A1")
		m.ok(err)
		if len(list) != 1 || list[0].Paper != 2 || list[0].Read[0].Ballot.Flaw != paper.Unclear || list[0].Read[1].Ballot.String() != rank(2).String() {
			t.Errorf("the tellers differ on %+v", list)
		}
		rule := func(who string, number int, ballot paper.Ballot, why string) error {
			return m.svc.Rule(ctx, who, org, council, "A1", number, ballot, why)
		}
		m.refused(rule("ann", 2, rank(2), "mine"), fault.Forbidden, "not the returning officer")
		m.refused(rule("ro", 1, rank(2), "I know better"), fault.Conflict, "nothing to rule on")
		m.refused(rule("ro", 2, rank(2), ""), fault.Invalid, "say why")
		m.refused(rule("ro", 2, rank(9), "x"), fault.Invalid, "no candidate 9")
		m.ok(rule("ro", 2, rank(2, 4), "the 2 stands beside the fourth name"))
		m.refused(rule("ro", 2, rank(2), "on second thoughts"), fault.Conflict, "nothing in it changes")
		m.both("A2", paper.Ballot{Flaw: paper.NoFirst})

		// After a batch is settled nothing in it changes.
		m.refused(m.svc.Key(ctx, "cas", org, council, "A1", 1, rank(1)), fault.Conflict, "nothing in it changes")
		m.refused(m.svc.Resize(ctx, "ann", org, council, "A2", 0), fault.Conflict, "nothing in it changes")
		text, err := m.svc.Lines(ctx, org, council, "A1")
		m.ok(err)
		one, err := m.svc.Batch(ctx, "ro", org, council, "A1")
		m.ok(err)
		if sum := sha256.Sum256([]byte(text)); hex.EncodeToString(sum[:]) != one.SHA256 || one.Differ != 1 || one.Ruled != 1 {
			t.Errorf("the hash of\n%s\nis not that of %+v", text, one)
		}
		if !strings.HasSuffix(text, "\n1 {\"rank\":[3,1]}\n2 {\"rank\":[2,4]}\n") {
			t.Errorf("the lines are\n%s", text)
		}

		// 12 were sent out: 3 to count, 1 spoilt in its envelope and 2 handed back, 1 disqualified, 5 did not come.
		m.refused(m.sign(paper.Paper, 12, 0, 5), fault.Conflict, "12 issued is not the sum of 3 returned, 1 spoilt, 1 disqualified and 5 not returned, which is 10")
		m.refused(m.sign(paper.Paper, -1, 0, 5), fault.Invalid, "-1")
		m.refused(m.svc.Sign(ctx, "ann", org, council, paper.Paper, paper.Count{}), fault.Forbidden, "not the returning officer")
		m.refused(m.sign(paper.Telephone, 0, 0, 0), fault.Invalid, "nobody votes by telephone")
		m.ok(m.sign(paper.Paper, 12, 2, 5))
		m.refused(m.sign(paper.Paper, 12, 2, 5), fault.Conflict, "was signed on")
		_, err = m.svc.Receive(ctx, "ann", org, council, 7, true)
		m.refused(err, fault.Conflict, "was signed on")
		m.refused(m.svc.TakeBack(ctx, "ro", org, council, 1, "x"), fault.Conflict, "was signed on")
		m.refused(m.svc.SpoilEnvelope(ctx, "ann", org, council, 1, "x"), fault.Conflict, "was signed on")

		m.ok(m.svc.Ready(ctx, org, council))
		votes, err := m.svc.Ballots(ctx, org, council)
		m.ok(err)
		if votes.Papers != 3 || votes.Rejected[paper.NoFirst] != 1 || len(votes.Readings) != 2 || votes.Sums != nil {
			t.Errorf("the count gets %+v", votes)
		}
		sum, err := m.svc.Summary(ctx, org, council)
		m.ok(err)
		f := sum.Figures[0]
		if len(sum.Batches) != 2 || sum.Batches[0].SHA256 != one.SHA256 || f.Rejected != 1 || f.Spoilt != 3 || f.Issued != 12 || f.SignedBy != "" || f.Papers != 3 {
			t.Errorf("the public sees %+v", sum)
		}
		m.sound()
	})
}

// Envelopes that were entered under the wrong number are taken back by the returning
// officer, and the voter is free.
func TestTakeBack(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, ranked, 4)
		m.receives(1)
		m.refused(m.svc.TakeBack(ctx, "ann", org, council, 1, "typed 1 for 2"), fault.Forbidden, "not the returning officer")
		m.ok(m.svc.TakeBack(ctx, "ro", org, council, 1, "typed 1 for 2"))
		m.refused(m.svc.TakeBack(ctx, "ro", org, council, 1, "again"), fault.Conflict, "no envelope")
		m.receives(1, 2)
		list, err := m.svc.Received(ctx, "ro", org, council, paper.Paper)
		m.ok(err)
		if len(list) != 2 || list[0].Voter != 1 || list[1].Voter != 2 {
			t.Errorf("received %+v", list)
		}
	})
}

// A vote by telephone is in with the others, in an order that tells nothing.
func TestWhole_Telephone(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, question, 6)
		m.polls.contest.Channels = []paper.Channel{paper.Telephone}
		call := func(who string, voter int, a paper.Answer) error {
			return m.svc.TakeCall(ctx, who, org, council, voter, paper.Ballot{Answer: a})
		}
		m.webVote(5)
		m.ok(call("ann", 1, paper.Yes))
		m.refused(call("ann", 1, paper.No), fault.Conflict, "voter 1 already, by telephone")
		m.refused(call("ann", 5, paper.No), fault.Conflict, "voter 5 already, by web")
		m.refused(call("ro", 2, paper.No), fault.Forbidden, "not a teller")
		m.refused(call("ann", 2, "perhaps"), fault.Invalid, "not how this ballot")
		m.refused(m.svc.TakeCall(ctx, "ann", org, council, 2, paper.Ballot{Flaw: paper.Unclear}), fault.Invalid, "has not voted")
		_, err := m.svc.Receive(ctx, "ann", org, council, 2, false)
		m.refused(err, fault.Invalid, "nobody votes on paper")
		m.ok(call("ben", 3, paper.Blank))
		m.ok(call("ann", 2, paper.No))
		m.ok(call("ben", 4, paper.Yes))
		m.refused(m.svc.EndCalls(ctx, "ro", org, council), fault.Conflict, "not closed yet")
		m.close()
		m.refused(call("ann", 6, paper.No), fault.Conflict, "is closed")
		m.refused(m.sign(paper.Telephone, 5, 0, 1), fault.Conflict, "1 batch is not settled")
		m.refused(m.svc.EndCalls(ctx, "ann", org, council), fault.Forbidden, "not the returning officer")
		m.ok(m.svc.EndCalls(ctx, "ro", org, council))
		m.ok(m.svc.EndCalls(ctx, "ro", org, council)) // nothing more to end
		m.ok(m.sign(paper.Telephone, 5, 0, 1))
		text, err := m.svc.Lines(ctx, org, council, "TEL1")
		m.ok(err)
		if strings.Count(text, `"yes"`) != 2 || !strings.Contains(text, "papers 4\n") {
			t.Errorf("the lines are\n%s", text)
		}
		votes, err := m.svc.Ballots(ctx, org, council)
		m.ok(err)
		if !slices.Equal(votes.Sums, []int{2, 1}) || votes.Blank != 1 || votes.Papers != 4 {
			t.Errorf("the count gets %+v", votes)
		}
		m.sound()
	})
}

// Where members have different numbers of votes, papers of each are batched apart and
// have to come out right apart.
func TestWhole_Weighted(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		shape := crosses
		shape.Weighted = true
		m := newScene(t, b, shape, 4)
		m.polls.weights = []int{1, 1, 3, 3}
		m.receives(1, 2, 3)
		m.ok(m.svc.TakeCall(ctx, "ann", org, council, 4, paper.Ballot{Choose: []int{2}}))
		m.close()
		_, err := m.svc.MakeBatch(ctx, "ann", org, council, "B1", 2, 3)
		m.refused(err, fault.Invalid, "1 envelopes to be counted were received from voters with 3 votes")
		_, err = m.svc.MakeBatch(ctx, "ann", org, council, "B1", 1, 3)
		m.ok(err)
		m.batch("A1", 1)
		m.both("A1", paper.Ballot{Choose: []int{1, 4}})
		m.both("B1", paper.Ballot{Choose: []int{4}})
		m.refused(m.sign(paper.Paper, 3, 0, 0), fault.Conflict, "2 votes to be counted came on paper from voters with 1 vote, and there are 1 paper in settled batches")
		m.batch("A2", 1)
		m.both("A2", paper.Ballot{Choose: []int{1}})
		m.ok(m.sign(paper.Paper, 3, 0, 0))
		m.refused(m.svc.Ready(ctx, org, council), fault.Conflict, "votes by telephone")
		m.ok(m.svc.EndCalls(ctx, "ro", org, council))
		m.ok(m.sign(paper.Telephone, 1, 0, 0))
		votes, err := m.svc.Ballots(ctx, org, council)
		m.ok(err)
		if !slices.Equal(votes.Sums, []int{2, 3, 0, 4}) || votes.Blank != 0 {
			t.Errorf("the count gets %+v", votes)
		}
		m.sound()
	})
}

// Without votes on paper there is nothing to wait for.
func TestReady_NoPaper(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), question, 2)
	m.polls.contest.Channels = nil
	m.ok(m.svc.Ready(ctx, org, council))
	votes, err := m.svc.Ballots(ctx, org, council)
	m.ok(err)
	if votes.Papers != 0 || !slices.Equal(votes.Sums, []int{0, 0}) {
		t.Errorf("%+v", votes)
	}
}
