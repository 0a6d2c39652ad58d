package paper_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/paper"
	"commonweal/internal/schema/schematest"
)

const (
	org     = "harbour"
	council = "contest-council"
)

var ctx = context.Background()

// polls is one contest whose form, officials and times a test sets.
type polls struct {
	contest paper.Contest
	tellers []string
	officer string
	weights []int // of the voters, by number
}

func (p *polls) Contest(_ context.Context, _ *db.Tx, o, contest string) (paper.Contest, error) {
	if o != org || contest != council {
		return paper.Contest{}, fault.Errorf(fault.NotFound, "there is no contest %s", contest)
	}
	return p.contest, nil
}

func (p *polls) Holds(_ context.Context, _ *db.Tx, _, _, person string, o paper.Office) (bool, error) {
	if o == paper.Teller {
		return slices.Contains(p.tellers, person), nil
	}
	return person == p.officer, nil
}

// boxed gives the ballot box the same contest.
type boxed struct{ *polls }

func (p boxed) Contest(_ context.Context, _ *db.Tx, _, contest string) (box.Contest, error) {
	return box.Contest{ID: contest, UUID: p.contest.UUID, Opens: p.contest.Opens, Closes: p.contest.Closes}, nil
}

func (p boxed) Voter(context.Context, *db.Tx, string, string, string) (box.Voter, error) {
	return box.Voter{}, fault.Errorf(fault.Forbidden, "nobody votes on the web here")
}

func (p boxed) MayOpen(context.Context, *db.Tx, string, string) error { return nil }

func (p boxed) Counted(context.Context, *journal.Tx, string) error { return nil }

func (p boxed) Voters(context.Context, *db.Tx, string, string) (out []box.Voter, _ error) {
	for i, w := range p.weights {
		out = append(out, box.Voter{Entry: fmt.Sprintf("entry-%04d", i+1), Number: i + 1, Weight: w})
	}
	return out, nil
}

// book is the pollbook of a real ballot box.
type book struct{ box *box.Service }

func (b book) Voter(ctx context.Context, tx *db.Tx, o, contest string, number int) (paper.Voter, error) {
	v, m, err := b.box.ByNumber(ctx, tx, o, contest, number)
	out := paper.Voter{Number: v.Number, Weight: v.Weight}
	if m != nil {
		out.By = string(m.Channel)
	}
	return out, err
}

func (b book) Receive(ctx context.Context, tx *journal.Tx, contest string, number int, by paper.Channel, late bool) (paper.Mark, error) {
	m, v, err := b.box.ReceiveIn(ctx, tx, contest, number, box.Channel(by), late)
	return markOf(m, v), err
}

func (b book) Spoil(ctx context.Context, tx *journal.Tx, contest string, number int, reason string) error {
	return b.box.SpoilIn(ctx, tx, contest, number, reason)
}

func (b book) TakeBack(ctx context.Context, tx *journal.Tx, contest string, number int, reason string) error {
	return b.box.TakeBackIn(ctx, tx, contest, number, reason)
}

func (b book) Marks(ctx context.Context, tx *db.Tx, o, contest string, by paper.Channel) (out []paper.Mark, err error) {
	list, voters, err := b.box.ReceivedIn(ctx, tx, o, contest, box.Channel(by))
	for i, m := range list {
		out = append(out, markOf(m, voters[i]))
	}
	return out, err
}

func markOf(m box.Mark, v box.Voter) paper.Mark {
	return paper.Mark{Voter: v.Number, Weight: v.Weight, Channel: paper.Channel(m.Channel), Hour: m.Hour, State: paper.State(m.State), Reason: m.Reason}
}

// scene is a contest with two tellers, a third, and a returning officer.
type scene struct {
	t testing.TB
	*schematest.Base
	svc   *paper.Service
	polls *polls
}

var (
	ranked   = paper.Shape{Asks: paper.Rank, Answers: 4}
	crosses  = paper.Shape{Asks: paper.Choose, Answers: 4, Most: 2}
	question = paper.Shape{Asks: paper.Question, Answers: 2, Blank: true}
)

// newScene is a contest that is open, with so many voters.
func newScene(t testing.TB, b *schematest.Base, s paper.Shape, voters int) *scene {
	t.Helper()
	m := &scene{t: t, Base: b, polls: &polls{
		contest: paper.Contest{
			ID: council, Code: "council", UUID: "Harb2NrSt1ffC9unc1L3", Channels: []paper.Channel{paper.Paper, paper.Telephone}, Shape: s,
			Opens: schematest.Start.Add(-time.Hour), Closes: schematest.Start.Add(100 * time.Hour),
		},
		tellers: []string{"ann", "ben", "cas"}, officer: "ro",
	}}
	for range voters {
		m.polls.weights = append(m.polls.weights, 1)
	}
	m.svc = paper.NewService(b.Journal, b.Keys, m.polls, book{box.NewService(b.Journal, b.Keys, boxed{m.polls})})
	return m
}

func (m *scene) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *scene) refused(err error, kind fault.Kind, says string) {
	m.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), says) {
		m.t.Errorf("got %v, want %s: %s", err, kind, says)
	}
}

func (m *scene) close() { m.Clock.Set(m.polls.contest.Closes) }

// receives enters envelopes from voters.
func (m *scene) receives(voters ...int) {
	m.t.Helper()
	for _, v := range voters {
		got, err := m.svc.Receive(ctx, "ann", org, council, v, false)
		m.ok(err)
		if got.State != paper.Received {
			m.t.Errorf("the envelope of voter %d is %s", v, got.State)
		}
	}
}

// webVote marks a voter as the ballot box does for a ballot on the web.
func (m *scene) webVote(voter int) {
	m.t.Helper()
	_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: "ballot.accepted", Actor: "system"}, func(tx *journal.Tx) error {
		return tx.Insert(ctx, "pollbook", journal.Row{"id": fmt.Sprintf("entry-%04d", voter), "contest_id": council, "channel": "web", "at_hour": tx.At()[:13], "ballot": 7, "state": "voted"})
	})
	m.ok(err)
}

func (m *scene) batch(code string, papers int) {
	m.t.Helper()
	_, err := m.svc.MakeBatch(ctx, "ann", org, council, code, papers, 1)
	m.ok(err)
}

func (m *scene) key(teller, code string, number int, b paper.Ballot) {
	m.t.Helper()
	m.ok(m.svc.Key(ctx, teller, org, council, code, number, b))
}

// both has two tellers key the same of the papers of a batch.
func (m *scene) both(code string, ballots ...paper.Ballot) {
	m.t.Helper()
	for i, b := range ballots {
		m.key("ann", code, i+1, b)
	}
	for i, b := range ballots {
		m.key("ben", code, i+1, b)
	}
}

func (m *scene) sign(by paper.Channel, issued, handedBack, notReturned int) error {
	return m.svc.Sign(ctx, "ro", org, council, by, paper.Count{Issued: issued, HandedBack: handedBack, NotReturned: notReturned})
}

func rank(n ...int) paper.Ballot { return paper.Ballot{Rank: n} }

// sound checks that nothing stored contradicts itself.
func (m *scene) sound() {
	m.t.Helper()
	wrong, err := m.svc.Audit(ctx, org, council)
	m.ok(err)
	if len(wrong) > 0 {
		m.t.Errorf("the audit found %q", wrong)
	}
}
