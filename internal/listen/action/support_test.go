package action_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/internal/listen/action"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

var ctx = context.Background()

const org = "wye"

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// released stands in for the room for waves: what its releases show.
type released map[string]action.Figure

func (r released) Found(_ context.Context, _ string, f action.Finding) (action.Figure, error) {
	return r[f.Wave+" "+f.Unit+" "+f.ID], nil
}

func (r released) Next(_ context.Context, _ string, f action.Finding, _ law.Date) (action.Figure, error) {
	return r["next "+f.Unit+" "+f.ID], nil
}

// names tells the notice room who people are.
type names struct{}

func (names) People(ctx context.Context, tx *db.Tx, org string, ids []string) (map[string]notice.Person, error) {
	found, err := identity.PeopleByID(ctx, tx, org, ids)
	out := map[string]notice.Person{}
	for id, p := range found {
		out[id] = notice.Person{ID: id, Name: p.Name(), Email: p.Email, Postal: p.PostalAddress}
	}
	return out, err
}

func (names) Sender(ctx context.Context, tx *db.Tx, org string) (notice.Sender, error) {
	o, err := identity.OrganisationByID(ctx, tx, org)
	return notice.Sender{Name: o.Name}, err
}

// mutual is an organisation with a lead, a director, an owner, a head and members.
type mutual struct {
	*schematest.Base
	t                           testing.TB
	svc                         *action.Service
	office                      *notice.Office
	queue                       *jobs.Queue
	mail                        string
	lead, director, owner, head string
	members                     []string
	figures                     released
}

func newMutual(t testing.TB, b *schematest.Base) *mutual {
	t.Helper()
	m := &mutual{Base: b, t: t, mail: t.TempDir(), figures: released{}}
	transport, err := notice.OpenTransport("dir:" + m.mail)
	m.must(err)
	m.queue = jobs.New(b.Journal.DB(), b.World, jobs.Options{})
	m.office, err = notice.New(notice.Options{
		Journal: b.Journal, Keys: b.Keys, Queue: m.queue, Directory: names{}, Transport: transport,
		BaseURL: "https://wye.example", Kinds: action.Kinds,
	})
	m.must(err)
	people, err := identity.New(b.Journal, b.Keys, identity.Options{})
	m.must(err)
	_, ids, err := people.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: org, Name: "Severn & Wye", Kind: identity.Mutual, LegalForm: "society-community-benefit", RegisteredNo: "7912", RegisteredOffice: "Ferry Lane", Opened: day("2024-01-01"),
	}, identity.Setup{Person: identity.Person{Given: "Lea", Family: "Lead", Email: "lea@wye.example"}, Role: policy.EngagementLead},
		identity.Setup{Person: identity.Person{Given: "Dee", Family: "Rector", Email: "dee@wye.example"}, Role: policy.Director})
	m.must(err)
	m.lead, m.director = ids[0], ids[1]
	m.owner, m.head = m.person("Owen"), m.person("Hedda")
	m.svc, err = action.New(action.Options{
		Journal: b.Journal, Keys: b.Keys, Messenger: m.office, Offices: people, Releases: m.figures,
		Members: func(context.Context, string, law.Date) ([]string, error) { return m.members, nil },
	})
	m.must(err)
	return m
}

func (m *mutual) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// person adds somebody by their given name, who can be reached.
func (m *mutual) person(given string) (id string) {
	m.t.Helper()
	_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: "test.person", Actor: "setup"}, func(tx *journal.Tx) error {
		id = tx.ID()
		return tx.Insert(ctx, "person", journal.Row{
			"id": id, "given": given, "family": "Vale", "email": strings.ToLower(given) + "@wye.example", "created": tx.At(),
		})
	})
	m.must(err)
	return id
}

// draft is an action that may be agreed on the first day of [schematest.Start].
func (m *mutual) draft() action.Draft {
	return action.Draft{
		Finding: action.Finding{
			Wave: "ns-2025", WaveName: "Staff survey 2025", Unit: "theatres", UnitName: "Theatres", About: action.Score, ID: "pp4.burnout",
			Label: "Burnout", Says: "4.9, likely between 4.5 and 5.3",
		},
		Place: action.Place{Directorate: "surgery", DirectorateName: "Surgery", Unit: "theatres", UnitName: "Theatres"},
		Title: "Breaks are covered", Doing: "A floating nurse covers breaks on every list.", Owner: m.owner, Due: day("2026-12-18"),
	}
}

func (m *mutual) agree(change func(*action.Draft)) action.Action {
	m.t.Helper()
	d := m.draft()
	if change != nil {
		change(&d)
	}
	a, err := m.svc.Agree(ctx, m.lead, org, d)
	m.must(err)
	return a
}

func (m *mutual) take(t action.Take) error {
	_, err := m.svc.Take(ctx, m.owner, org, t)
	return err
}

func (m *mutual) one(id string) action.Listed {
	m.t.Helper()
	l, err := m.svc.One(ctx, org, id)
	m.must(err)
	return l
}

// on moves the clock to nine in the morning of a day.
func (m *mutual) on(s string) {
	m.t.Helper()
	at, err := time.Parse(time.DateOnly, s)
	m.must(err)
	m.Clock.Set(at.Add(9 * time.Hour))
}

// post delivers what waits and gives it as text, one message an element.
func (m *mutual) post() (out []string) {
	m.t.Helper()
	for n := 1; n > 0; {
		var err error
		n, err = m.queue.RunDue(ctx)
		m.must(err)
	}
	files, err := filepath.Glob(filepath.Join(m.mail, "*.eml"))
	m.must(err)
	for _, f := range files {
		text, err := os.ReadFile(f)
		m.must(err)
		out = append(out, string(text))
		m.must(os.Remove(f))
	}
	return out
}

func refused(t testing.TB, err error, kind fault.Kind, says string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
		t.Errorf("got %v; want %s ...%s...", err, kind, says)
	}
}
