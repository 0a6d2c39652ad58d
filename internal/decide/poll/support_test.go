package poll_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
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

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// stay is a time in a class and constituency.
type stay struct {
	class, place string
	votes        int
	from, to     law.Date // to is the first day without it; no date where open
}

// book is a register of members held in memory.
type book map[string][]stay

func (b book) on(person string, day law.Date) (stay, bool) {
	for _, s := range b[person] {
		if !day.Before(s.from) && (s.to.IsZero() || day.Before(s.to)) {
			return s, true
		}
	}
	return stay{}, false
}

func (b book) Electors(_ context.Context, _ *db.Tx, _ string, day law.Date) (out []poll.Elector, err error) {
	for _, person := range slices.Sorted(maps.Keys(b)) {
		if s, ok := b.on(person, day); ok {
			out = append(out, poll.Elector{Person: person, Member: "m-" + person, Class: s.class, Constituency: s.place, Votes: s.votes})
		}
	}
	return out, nil
}

func (b book) Membership(_ context.Context, _ *db.Tx, _, person string, day law.Date) (poll.Membership, error) {
	s, ok := b.on(person, day)
	m := poll.Membership{IsMember: ok, Reason: fmt.Sprintf("Not a member on %s.", day)}
	m.Elector = poll.Elector{Person: person, Member: "m-" + person, Class: s.class, Constituency: s.place, Votes: s.votes}
	if ok {
		m.Reason = fmt.Sprintf("A member of %s in %s since %s.", s.class, s.place, s.from)
	}
	return m, nil
}

func (b book) Place(_ context.Context, _ *db.Tx, _, class, place string, _ law.Date) (string, error) {
	if class != "staff" && class != "partners" {
		return "", errors.New("no such class")
	}
	return strings.TrimSpace("the class " + class + " " + place), nil
}

// mutual is a society with polls.
type mutual struct {
	*schematest.Base
	t   testing.TB
	reg book
	svc *poll.Service
	id  *identity.Service
}

// The people of the tests. A staff of eight, three and a half of whom nurse.
var staff = []string{"amara", "bryn", "cadi", "dai", "eira", "ffion", "gwen", "huw"}

func newMutual(t testing.TB, b *schematest.Base) *mutual {
	t.Helper()
	m := &mutual{Base: b, t: t, reg: book{}}
	m.on("2026-01-05")
	m.svc = poll.NewService(b.Journal, m.reg, library)
	var err error
	m.id, err = identity.New(b.Journal, b.Keys, identity.Options{})
	m.ok(err)
	_, _, err = m.id.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: org, Name: "Harbour", Kind: identity.Mutual, LegalForm: string(law.BenefitSociety), Opened: day("2020-01-01"),
	})
	m.ok(err)
	m.people(append([]string{"sec", "ret", "rgr", "tell", "scr", "uni", "key1", "key2", "key3", "key4"}, staff...)...)
	for person, role := range map[string]policy.Role{
		"sec": policy.Secretary, "ret": policy.ReturningOfficer, "rgr": policy.Registrar, "tell": policy.Teller, "scr": policy.Scrutineer,
		"uni": policy.StaffSide, "key1": policy.Trustee, "key2": policy.Trustee, "key3": policy.Trustee, "key4": policy.Trustee,
	} {
		_, err := m.id.Appoint(ctx, "setup", identity.Appointment{Org: org, Person: person, Role: role})
		m.ok(err)
	}
	for i, person := range staff {
		place := "nursing"
		if i >= 5 {
			place = "support"
		}
		m.reg[person] = []stay{{class: "staff", place: place, votes: 1, from: day("2024-01-01")}}
	}
	return m
}

// people makes persons with the ids given; the family name is the id with a capital.
func (m *mutual) people(ids ...string) {
	m.t.Helper()
	_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: "person.added", Actor: "setup"}, func(tx *journal.Tx) error {
		for _, id := range ids {
			first := []rune(id)[:1]
			p := identity.Person{ID: id, Given: "Given", Family: strings.ToUpper(string(first)) + string([]rune(id)[1:])}
			if _, err := identity.AddPerson(ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	m.ok(err)
}

// on puts the clock to ten in the morning of a day, or to an instant of London time.
func (m *mutual) on(when string) {
	at := when
	if len(at) == len("2006-01-02") {
		at += " 10:00"
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", at, law.London())
	m.ok(err)
	m.Clock.Set(t)
}

func (m *mutual) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *mutual) refused(err error, kind fault.Kind, says string) {
	m.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
		m.t.Errorf("got %v (%s); want %s ...%s...", err, fault.KindOf(err), kind, says)
	}
}

func (m *mutual) rules(a poll.Ask) poll.Rules {
	m.t.Helper()
	r, err := poll.DefaultRules(library, a, law.Today(m.Clock.Now()))
	m.ok(err)
	return r
}

// council is a draft of an election in two constituencies that closes on Friday 1
// May 2026. Its days are worked out by hand in package timetable: notice 4 March,
// nominations close 20 March, withdrawals and roll 25 March, claims close 7 April,
// notice of poll 10 April.
func (m *mutual) council(change ...func(*poll.Poll)) string {
	m.t.Helper()
	p := poll.Poll{
		Code: "council-2026", Title: "Staff council", Kind: poll.Constituency, About: "Five people who speak for all of us.",
		Rules: m.rules(poll.Ask{Kind: poll.Constituency}), Closes: timetable.CloseOn(day("2026-05-01")),
		Contests: []poll.Contest{
			{Code: "nursing", Title: "Nursing", Class: "staff", Constituency: "nursing", Seats: 2, Role: policy.CouncilMember, TermStarts: day("2026-06-01"), TermEnds: day("2029-06-01")},
			{Code: "support", Title: "Support", Class: "staff", Constituency: "support", Seats: 2, Role: policy.CouncilMember, TermStarts: day("2026-06-01"), TermEnds: day("2029-06-01")},
		},
	}
	for _, f := range change {
		f(&p)
	}
	id, err := m.svc.Prepare(ctx, "sec", org, p)
	m.ok(err)
	return id
}

// ballot is a draft of a staff ballot that closes on Friday 16 October 2026: roll 21
// September, claims close 29 September, notice of poll 2 October.
func (m *mutual) ballot(change ...func(*poll.Poll)) string {
	m.t.Helper()
	p := poll.Poll{
		Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal, Rules: m.rules(poll.Ask{Kind: poll.Proposal}),
		Closes:   timetable.CloseOn(day("2026-10-16")),
		Contests: []poll.Contest{{Code: "all", Title: "All staff", Class: "staff", Question: "Should we keep twelve-hour shifts?"}},
	}
	for _, f := range change {
		f(&p)
	}
	id, err := m.svc.Prepare(ctx, "sec", org, p)
	m.ok(err)
	return id
}

// officials names everybody a poll needs.
func (m *mutual) officials(id string) {
	m.t.Helper()
	m.name(id, "sec", "ret", poll.ReturningOfficer)
	m.name(id, "sec", "rgr", poll.Registrar)
	m.name(id, "sec", "key1", poll.Keyholder)
	m.name(id, "sec", "key2", poll.Keyholder)
	m.name(id, "uni", "key3", poll.Keyholder)
}

func (m *mutual) name(id, by, person string, o poll.Office) string {
	m.t.Helper()
	official, err := m.svc.Name(ctx, by, org, id, poll.Official{Person: person, Office: o})
	m.ok(err)
	return official
}

func (m *mutual) poll(id string) poll.Poll {
	m.t.Helper()
	p, err := m.svc.Poll(ctx, org, id)
	m.ok(err)
	return p
}

// contest finds a contest of a poll by its code.
func (m *mutual) contest(id, code string) poll.Contest {
	m.t.Helper()
	for _, c := range m.poll(id).Contests {
		if c.Code == code {
			return c
		}
	}
	m.t.Fatalf("there is no contest %s", code)
	return poll.Contest{}
}

func (m *mutual) stage(id string, want poll.Stage) {
	m.t.Helper()
	if got := m.poll(id).Stage(m.Clock.Now()); got != want {
		m.t.Errorf("on %s the poll is %s, not %s", law.Today(m.Clock.Now()), got, want)
	}
}

// tasks are what has to be done now.
func (m *mutual) tasks(id string) []poll.Task {
	m.t.Helper()
	var out []poll.Task
	for _, n := range m.poll(id).Next(m.Clock.Now()) {
		out = append(out, n.Task)
	}
	return slices.Compact(out)
}

func (m *mutual) expectTasks(id string, want ...poll.Task) {
	m.t.Helper()
	got := m.tasks(id)
	slices.Sort(got)
	slices.Sort(want)
	if got = slices.Compact(got); !slices.Equal(got, want) {
		m.t.Errorf("on %s there is to do: %v, want %v", law.Today(m.Clock.Now()), got, want)
	}
}

// stands nominates somebody with two backers, without a decision.
func (m *mutual) stands(contest, person string, backers ...string) string {
	m.t.Helper()
	id, err := m.svc.Stand(ctx, person, org, poll.Nomination{
		Contest: contest, Person: person, BallotName: "Given " + person, Statement: "I listen, and I say what I heard.", Interests: "None.",
	})
	m.ok(err)
	for _, b := range backers {
		_, err := m.svc.AskBacker(ctx, person, org, contest, id, b)
		m.ok(err)
		m.ok(m.svc.AnswerBacking(ctx, b, org, contest, id, b, poll.Yes))
	}
	return id
}

func (m *mutual) accept(contest, nomination string) {
	m.t.Helper()
	m.ok(m.svc.DecideNomination(ctx, "ret", org, contest, nomination, poll.Yes, ""))
}

// record makes a change through a method of box.go.
func (m *mutual) record(fn func(tx *journal.Tx) error) error {
	_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: "test.told", Actor: "system"}, fn)
	return err
}

func (m *mutual) keyMade(id string) {
	m.t.Helper()
	m.ok(m.record(func(tx *journal.Tx) error { return m.svc.KeyMadeIn(ctx, tx, id, "Ed25519") }))
}

func (m *mutual) counted(contest string) error {
	return m.record(func(tx *journal.Tx) error { return m.svc.CountedIn(ctx, tx, contest) })
}

var (
	transcript = strings.Repeat("ab", 32)
	head       = strings.Repeat("cd", 32)
)

// called is a council election that is called, with nominations open.
func (m *mutual) called(change ...func(*poll.Poll)) string {
	m.t.Helper()
	m.on("2026-03-02")
	id := m.council(change...)
	m.officials(id)
	m.ok(m.svc.Call(ctx, "sec", org, id))
	m.on("2026-03-09")
	return id
}

// contested is a council election of which nursing has three candidates for two
// seats and support one for two; nominations are decided and the rolls made.
func (m *mutual) contested() (id string, nursing, support poll.Contest, candidates map[string]string) {
	m.t.Helper()
	id = m.called()
	nursing, support = m.contest(id, "nursing"), m.contest(id, "support")
	candidates = map[string]string{
		"amara": m.stands(nursing.ID, "amara", "dai", "eira"),
		"bryn":  m.stands(nursing.ID, "bryn", "dai", "eira"),
		"cadi":  m.stands(nursing.ID, "cadi", "amara", "bryn"),
		"ffion": m.stands(support.ID, "ffion", "gwen", "huw"),
	}
	m.on("2026-03-23")
	for _, who := range []string{"amara", "bryn", "cadi"} {
		m.accept(nursing.ID, candidates[who])
	}
	m.accept(support.ID, candidates["ffion"])
	m.on("2026-03-26")
	m.ok(m.svc.FindUncontested(ctx, "ret", org, support.ID))
	m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
	return id, m.contest(id, "nursing"), m.contest(id, "support"), candidates
}

// announced is contested with notice of poll given, on 9 April.
func (m *mutual) announced() (id string, nursing poll.Contest, candidates map[string]string) {
	m.t.Helper()
	id, _, _, candidates = m.contested()
	m.on("2026-04-09")
	m.keyMade(id)
	m.ok(m.svc.Announce(ctx, "ret", org, id))
	return id, m.contest(id, "nursing"), candidates
}

// declared is announced with the nursing seats gone to bryn and cadi.
func (m *mutual) declared() (id string, nursing poll.Contest, candidates map[string]string) {
	m.t.Helper()
	id, nursing, candidates = m.announced()
	m.on("2026-05-01 18:00")
	m.ok(m.counted(nursing.ID))
	m.on("2026-05-05")
	m.ok(m.svc.Declare(ctx, "ret", org, nursing.ID, &poll.Result{
		Elected: []string{candidates["bryn"], candidates["cadi"]}, Ballots: 4, Eligible: 5, Transcript: transcript, Head: head,
	}))
	m.ok(m.svc.Declare(ctx, "ret", org, m.contest(id, "support").ID, nil))
	return id, m.contest(id, "nursing"), candidates
}

// picture is a PNG of one colour, by which pictures differ.
func picture(t testing.TB, shade uint8) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 30, 40))
	for i := range 30 * 40 {
		img.SetRGBA(i%30, i/30, color.RGBA{shade, shade, shade, 255})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func closing(on string) time.Time { return timetable.CloseOn(day(on)) }

func (m *mutual) makesKey(id string) func(tx *journal.Tx) error {
	return func(tx *journal.Tx) error { return m.svc.KeyMadeIn(ctx, tx, id, "Ed25519") }
}

// held asks the database for a number.
func (m *mutual) held(query string, args ...any) (n int) {
	m.t.Helper()
	m.ok(m.Journal.DB().Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(ctx, query, args...).Scan(&n) }))
	return n
}

func sum(data []byte) []byte {
	h := sha256.Sum256(data)
	return h[:]
}
