package wave_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/listen/wave"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
	"commonweal/survey/instrument"
	"commonweal/survey/token"
)

const org = "harbour"

var (
	ctx     = context.Background()
	library = func() *law.Library {
		l, err := law.Load()
		if err != nil {
			panic(err)
		}
		return l
	}()
)

// payroll is a staff list held in memory.
type payroll []wave.Placed

// Employed implements wave.Census.
func (p payroll) Employed(context.Context, *db.Tx, string, law.Date) ([]wave.Placed, error) {
	return p, nil
}

// mutual is an organisation of forty people, thirty of whom are members.
type mutual struct {
	*schematest.Base
	t    testing.TB
	svc  *wave.Service
	list payroll
}

func newMutual(t testing.TB, b *schematest.Base) *mutual {
	t.Helper()
	m := &mutual{Base: b, t: t}
	for i := range 40 {
		p := wave.Placed{Person: fmt.Sprintf("p%02d", i), Site: "North", StaffGroup: "Nursing", Role: "Nurse", Member: i < 30}
		if i%2 == 1 {
			p.Site = "South"
		}
		if i%4 == 3 {
			p.StaffGroup, p.Role = "Estates", "Porter"
		}
		m.list = append(m.list, p)
	}
	m.svc = wave.NewService(b.Journal, b.Keys, &m.list, library)
	m.svc.UseBits(2048)
	m.on("2026-11-02")
	id, err := identity.New(b.Journal, b.Keys, identity.Options{})
	m.ok(err)
	_, _, err = id.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: org, Name: "Harbour", Kind: identity.Mutual, LegalForm: string(law.BenefitSociety), Opened: day("2020-01-01"),
	})
	m.ok(err)
	return m
}

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// on puts the clock to ten in the morning of a day.
func (m *mutual) on(iso string) { m.Clock.Set(day(iso).Start().Add(10 * time.Hour)) }

func (m *mutual) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *mutual) refused(err error, kind fault.Kind, says string) {
	m.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
		m.t.Errorf("got %v; want %s ...%s...", err, kind, says)
	}
}

// plan is a pulse from Monday 2 to Sunday 15 November 2026.
func (m *mutual) plan(change ...func(*wave.Plan)) wave.Plan {
	m.t.Helper()
	in, err := instrument.Load(instrument.Pulse)
	m.ok(err)
	p := wave.Plan{
		Code: "autumn", Title: "Autumn pulse", Kind: wave.Pulse, Instrument: in, Census: day("2026-11-01"), Opens: day("2026-11-02"), Closes: day("2026-11-15"),
	}
	for _, f := range change {
		f(&p)
	}
	return p
}

// open is a wave that is called and open.
func (m *mutual) open(change ...func(*wave.Plan)) wave.Wave {
	m.t.Helper()
	id, err := m.svc.Draft(ctx, "lead", org, m.plan(change...))
	m.ok(err)
	m.ok(m.svc.Call(ctx, "lead", org, id))
	m.ok(m.svc.Published(ctx, org, id))
	return m.wave(id)
}

func (m *mutual) wave(id string) wave.Wave {
	m.t.Helper()
	w, err := m.svc.Wave(ctx, org, id)
	m.ok(err)
	return w
}

func (m *mutual) stage(id string, want wave.Stage) {
	m.t.Helper()
	if got := m.wave(id).Stage(m.Clock.Now()); got != want {
		m.t.Errorf("on %s the survey is %s, not %s", law.Today(m.Clock.Now()), got, want)
	}
}

// draw draws the token of a person.
func (m *mutual) draw(w wave.Wave, person string) token.Token {
	m.t.Helper()
	key, err := token.ParsePublic(w.Key, w.KeyHash)
	m.ok(err)
	blinded, held, err := key.Blind(lot{m.World.Bytes}, w.ID)
	m.ok(err)
	signature, err := m.svc.Draw(ctx, org, w.ID, person, blinded)
	m.ok(err)
	tok, err := held.Finish(signature)
	m.ok(err)
	return tok
}

type lot struct{ bytes func([]byte) }

func (l lot) Read(p []byte) (int, error) { l.bytes(p); return len(p), nil }

// record makes a change through a method that is part of one.
func (m *mutual) record(fn func(tx *journal.Tx) error) error {
	_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: "survey.tested", Actor: "lead"}, fn)
	return err
}

func (m *mutual) audit(id string, want ...string) {
	m.t.Helper()
	found, err := m.svc.Audit(ctx, org, id)
	m.ok(err)
	text := strings.Join(found, " ")
	if len(want) == 0 && text != "" {
		m.t.Errorf("the audit finds %s", text)
	}
	for _, w := range want {
		if !strings.Contains(text, w) {
			m.t.Errorf("the audit finds %q; want ...%s...", text, w)
		}
	}
}
