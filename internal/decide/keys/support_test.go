package keys_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/keys"
	"commonweal/internal/schema/schematest"
)

const (
	org     = "harbour"
	council = "poll-council"
	officer = "ret"
)

var ctx = context.Background()

// polls are one poll whose state a test sets, and what it was told.
type polls struct {
	poll  keys.Poll
	told  []string
	fails error // what KeyMade and KeyDestroyed answer
}

func (p *polls) Poll(_ context.Context, _ *db.Tx, o, poll string) (keys.Poll, error) {
	if o != org || !strings.HasPrefix(poll, council) {
		return keys.Poll{}, fault.Errorf(fault.NotFound, "there is no poll %s", poll)
	}
	out := p.poll
	out.ID = poll
	out.Made = out.Made && poll == council
	return out, nil
}

func (p *polls) tell(what string) error {
	if p.fails == nil {
		p.told = append(p.told, what)
	}
	return p.fails
}

func (p *polls) KeyMade(_ context.Context, _ *journal.Tx, _, group string) error {
	p.poll.Made = p.fails == nil
	return p.tell("made " + group)
}

func (p *polls) KeyLost(context.Context, *journal.Tx, string) error {
	if !p.poll.MayMake {
		return fault.Errorf(fault.Conflict, "notice of poll is given")
	}
	p.poll.Made = false
	return p.tell("lost")
}

func (p *polls) KeyDestroyed(context.Context, *journal.Tx, string) error { return p.tell("destroyed") }

// scene is a poll with its keyholders, each with a device of their own that keeps a seed
// for each setup.
type scene struct {
	t testing.TB
	*schematest.Base
	svc   *keys.Service
	polls *polls
	group group.Group
	seeds map[string]string // by setup and person
}

func newScene(t testing.TB, b *schematest.Base, name string, threshold, holders int) *scene {
	t.Helper()
	g, ok := group.ByName(name)
	if !ok {
		t.Fatalf("no group %s", name)
	}
	m := &scene{t: t, Base: b, group: g, seeds: map[string]string{}, polls: &polls{}}
	m.polls.poll = keys.Poll{Code: "council-2027", Group: name, Threshold: threshold, ReturningOfficer: officer, MayMake: true}
	for i := range holders {
		m.polls.poll.Keyholders = append(m.polls.poll.Keyholders, fmt.Sprintf("key%d", i+1))
	}
	m.restart()
	return m
}

// restart is a program that begins anew on the same database.
func (m *scene) restart() { m.svc = keys.NewService(m.Journal, m.polls) }

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

func (m *scene) begin(rehearsal bool) string {
	m.t.Helper()
	id, err := m.svc.Begin(ctx, officer, org, council, rehearsal)
	m.ok(err)
	return id
}

func (m *scene) setup(id string) keys.Setup {
	m.t.Helper()
	s, err := m.svc.Setup(ctx, org, id)
	m.ok(err)
	return s
}

// device is the keyholder's own program: it has the seed and asks for the rest.
func (m *scene) device(setup, person string) *belenios.Member {
	m.t.Helper()
	k := setup + " " + person
	if m.seeds[k] == "" {
		seed, err := belenios.GenerateSeed(rand.Reader)
		m.ok(err)
		m.seeds[k] = seed
	}
	member, err := belenios.NewMember(m.group, m.seeds[k])
	m.ok(err)
	return member
}

func (m *scene) input(setup, person string) keys.Input {
	m.t.Helper()
	in, err := m.svc.Input(ctx, org, setup, person)
	m.ok(err)
	return in
}

// next makes a keyholder's next message from the input and the seed alone.
func (m *scene) next(setup, person string) (keys.Step, string) {
	m.t.Helper()
	in, me := m.input(setup, person), m.device(setup, person)
	return in.Step, m.message(in, me)
}

func (m *scene) message(in keys.Input, me *belenios.Member) string {
	m.t.Helper()
	switch in.Step {
	case keys.Cert:
		c, err := me.Cert(rand.Reader)
		m.ok(err)
		return string(c.Bytes())
	case keys.Polynomial:
		p, err := me.Polynomial(rand.Reader, m.certs(in), in.Threshold)
		m.ok(err)
		return string(p.Bytes())
	case keys.Voutput:
		v, err := belenios.ParseVinput(m.group, []byte(in.Vinput))
		m.ok(err)
		out, err := me.Voutput(rand.Reader, m.certs(in), v)
		m.ok(err)
		return string(out.Bytes())
	case keys.Check:
		return string(m.opened(in, me).Bytes())
	}
	m.t.Fatalf("keyholder %d has nothing to send", in.Number)
	return ""
}

// opened meets the challenge as a keyholder's program does: it makes the ciphertext
// itself.
func (m *scene) opened(in keys.Input, me *belenios.Member) *belenios.PartialDecryption {
	m.t.Helper()
	e, err := belenios.ParseElection([]byte(in.Key.Election))
	m.ok(err)
	is, err := m.setup(in.Setup).ReadChallenge(e)
	m.ok(err)
	if string(is.Tally.Bytes()) != in.Key.Tally {
		m.t.Fatal("the challenge is not of the exponent that everybody knows")
	}
	key, err := me.PrivateKey(in.Key.Sealed)
	m.ok(err)
	d, err := belenios.NewPartialDecryption(rand.Reader, e, is.Tally, key)
	m.ok(err)
	return d
}

func (m *scene) certs(in keys.Input) []*belenios.Cert {
	m.t.Helper()
	var out []*belenios.Cert
	for _, text := range in.Certs {
		c, err := belenios.ParseCert(m.group, []byte(text))
		m.ok(err)
		out = append(out, c)
	}
	return out
}

// sends has a keyholder make and send what is due from them.
func (m *scene) sends(setup, person string) {
	m.t.Helper()
	step, body := m.next(setup, person)
	m.ok(m.svc.Send(ctx, person, org, setup, step, body))
}

// holders are those of the poll, the last first: the order of the messages is not that
// of the numbers.
func (m *scene) holders() []string {
	var out []string
	for _, p := range m.polls.poll.Keyholders {
		out = append([]string{p}, out...)
	}
	return out
}

// until has everybody send until the setup is at a step.
func (m *scene) until(setup string, step keys.Step) {
	m.t.Helper()
	for m.setup(setup).Step() != step {
		for _, person := range m.holders() {
			m.sends(setup, person)
			m.Clock.Advance(time.Minute)
		}
	}
}

// whole makes a key.
func (m *scene) whole(rehearsal bool) string {
	m.t.Helper()
	id := m.begin(rehearsal)
	m.until(id, keys.Check)
	return id
}

func (m *scene) audit(want ...string) {
	m.t.Helper()
	found, err := m.svc.Audit(ctx, org, council)
	m.ok(err)
	if len(found) != len(want) && len(want) == 0 {
		m.t.Errorf("the audit found %q", found)
	}
	for _, says := range want {
		if !strings.Contains(strings.Join(found, "\n"), says) {
			m.t.Errorf("the audit found %q and not %q", found, says)
		}
	}
}

// voutput is what the program of a keyholder says of what it was sent.
func (m *scene) voutput(in keys.Input, person string) error {
	m.t.Helper()
	v, err := belenios.ParseVinput(m.group, []byte(in.Vinput))
	m.ok(err)
	_, err = m.device(in.Setup, person).Voutput(rand.Reader, m.certs(in), v)
	return err
}
