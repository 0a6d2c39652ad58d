package box_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/group"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema/schematest"
)

const (
	org     = "harbour"
	council = "contest-council"
)

var ctx = context.Background()

// polls is one contest whose roll and times a test sets.
type polls struct {
	contest box.Contest
	voters  []box.Voter // person p1 is the first
	waits   error       // why no vote may be opened yet
	counted []string    // contests of which it was told
}

func (p *polls) Contest(_ context.Context, _ *db.Tx, o, contest string) (box.Contest, error) {
	if o != org || contest != p.contest.ID {
		return box.Contest{}, fault.Errorf(fault.NotFound, "there is no contest %s", contest)
	}
	return p.contest, nil
}

func (p *polls) Voter(_ context.Context, _ *db.Tx, _, contest, person string) (box.Voter, error) {
	if n, err := strconv.Atoi(strings.TrimPrefix(person, "p")); err == nil && n >= 1 && n <= len(p.voters) {
		return p.voters[n-1], nil
	}
	return box.Voter{}, fault.Errorf(fault.Forbidden, "person %s is not on the roll of contest %s", person, contest)
}

func (p *polls) Voters(context.Context, *db.Tx, string, string) ([]box.Voter, error) {
	return p.voters, nil
}

func (p *polls) MayOpen(context.Context, *db.Tx, string, string) error { return p.waits }

func (p *polls) Counted(_ context.Context, _ *journal.Tx, contest string) error {
	p.counted = append(p.counted, contest)
	return nil
}

// scene is a contest with all its parties.
type scene struct {
	t testing.TB
	*schematest.Base
	svc         *box.Service
	polls       *polls
	group       group.Group
	questions   []belenios.Question
	keys        []*belenios.PrivateKey
	trustees    *belenios.Trustees
	election    *belenios.Election
	credentials []*belenios.Credential // of voters
	spares      []*belenios.Credential
}

var (
	yesNo  = []belenios.Question{{Title: "Should the mutual adopt the proposal?", Answers: []string{"Yes", "No"}, Blank: true, Min: 1, Max: 1}}
	rankIt = []belenios.Question{{Kind: belenios.NonHomomorphic, Title: "Rank the candidates", Answers: []string{"Amara Pryce", "Bryn Vaughan", "Cadi Moss"}}}
)

// plan is what a test wants.
type plan struct {
	group     string
	questions []belenios.Question
	voters    int
	revote    archive.Revote
	weight    int
}

const uuid = "Harb2NrSt1ffC9unc1L3"

// newScene has the registrar make a credential for everybody and the trustees their
// keys; the box is not set up yet.
func newScene(t testing.TB, b *schematest.Base, p plan) *scene {
	t.Helper()
	g, ok := group.ByName(p.group)
	if !ok {
		t.Fatalf("no group %s", p.group)
	}
	m := &scene{t: t, Base: b, group: g, questions: p.questions}
	m.polls = &polls{contest: box.Contest{
		ID: council, UUID: uuid, Group: p.group, Revote: p.revote, Rules: strings.Repeat("a", 64), Roll: strings.Repeat("b", 64),
		Enrolling: true, Frozen: true, Opens: schematest.Start.Add(time.Hour), Closes: schematest.Start.Add(100 * time.Hour),
	}}
	for i := range p.voters {
		m.polls.voters = append(m.polls.voters, box.Voter{Entry: fmt.Sprintf("entry-%04d", i+1), Number: i + 1, Weight: max(1, p.weight)})
	}
	m.svc = box.NewService(b.Journal, b.Keys, m.polls)
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

func (m *scene) secret() *belenios.Credential {
	m.t.Helper()
	x, err := m.group.RandomScalar(rand.Reader)
	m.ok(err)
	c, err := belenios.NewCredential(m.group, x)
	m.ok(err)
	return c
}

func public(c *belenios.Credential) string { return c.Public().String() }

// deposit makes a credential for each voter from the given on, and spares.
func (m *scene) deposit(from int) {
	m.t.Helper()
	var list []box.Made
	for i := range m.polls.voters {
		if i >= from {
			m.credentials = append(m.credentials, m.secret())
			list = append(list, box.Made{Voter: i + 1, Public: public(m.credentials[i])})
		}
	}
	for range box.Spares(len(m.polls.voters)) {
		m.spares = append(m.spares, m.secret())
		list = append(list, box.Made{Weight: m.polls.voters[0].Weight, Public: public(m.spares[len(m.spares)-1])})
	}
	m.ok(m.svc.Deposit(ctx, "registrar", org, council, box.Printed, list))
}

// trust makes the key of two trustees and the election.
func (m *scene) trust() {
	m.t.Helper()
	var items []belenios.Item
	for range 2 {
		k, err := belenios.GeneratePrivateKey(m.group, rand.Reader)
		m.ok(err)
		pub, err := k.TrusteeKey(rand.Reader)
		m.ok(err)
		m.keys = append(m.keys, k)
		items = append(items, belenios.Single{Key: pub})
	}
	var err error
	m.trustees, err = belenios.NewTrustees(m.group, items...)
	m.ok(err)
	m.election = m.elect(m.polls.contest)
}

func (m *scene) elect(c box.Contest) *belenios.Election {
	m.t.Helper()
	field, err := c.Field()
	m.ok(err)
	g, _ := group.ByName(c.Group)
	e, err := belenios.NewElection(belenios.ElectionParams{
		UUID: c.UUID, Name: "Staff council", Group: g, PublicKey: m.trustees.PublicKey(), Questions: m.questions, Extra: []belenios.Field{field},
	})
	m.ok(err)
	return e
}

// open sets the box up and goes to the opening of the poll.
func (m *scene) open() {
	m.t.Helper()
	m.deposit(0)
	m.trust()
	m.setUp()
}

func (m *scene) setUp() {
	m.t.Helper()
	list, err := m.svc.List(ctx, org, council)
	m.ok(err)
	_, err = m.svc.Open(ctx, "returning", org, council, m.election, m.trustees, list)
	m.ok(err)
	m.Clock.Set(m.polls.contest.Opens)
}

func (m *scene) closing() { m.Clock.Set(m.polls.contest.Closes) }

// ballot is one with a credential.
func (m *scene) ballot(c *belenios.Credential, values ...int) []byte {
	m.t.Helper()
	b, err := belenios.NewBallot(rand.Reader, m.election, c, [][]int{values})
	m.ok(err)
	return b.Bytes()
}

func (m *scene) cast(voter int, values ...int) string {
	m.t.Helper()
	tracker, err := m.accept(voter, m.ballot(m.credentials[voter-1], values...))
	m.ok(err)
	return tracker
}

func (m *scene) accept(voter int, ballot []byte) (string, error) {
	return m.svc.Accept(ctx, org, council, fmt.Sprintf("p%d", voter), ballot)
}

// file is the archive, verified.
func (m *scene) file(want archive.Verdict) ([]byte, *archive.State, *archive.Report) {
	m.t.Helper()
	var out bytes.Buffer
	h, err := m.svc.Archive(ctx, org, council, &out)
	m.ok(err)
	if int64(out.Len()) != h.Size {
		m.t.Errorf("the archive has %d bytes and its head says %d", out.Len(), h.Size)
	}
	state, report, err := archive.Load(ctx, bytes.NewReader(out.Bytes()), int64(out.Len()), archive.Options{Kept: []archive.Head{h.Head}})
	m.ok(err)
	if report.Verdict != want {
		m.t.Fatalf("%s", report.Text())
	}
	if state.Head() != h.Head || state.Stage().String() != h.Stage {
		m.t.Errorf("the archive ends with %s, %s and its head says %s, %s", state.Head(), state.Stage(), h.Head, h.Stage)
	}
	return out.Bytes(), state, report
}
