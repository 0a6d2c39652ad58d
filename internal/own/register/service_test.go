package register_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
	"commonweal/internal/own/member"
	"commonweal/internal/own/register"
	"commonweal/internal/schema"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

var ctx = context.Background()

const org = "wye"

// mutual is an organisation with a secretary, a director and members, and every
// room that the register stands on.
type mutual struct {
	*schematest.Base
	t         testing.TB
	svc       *register.Service
	members   *member.Service
	queue     *jobs.Queue
	mail      string
	secretary string
	director  string
	people    []string // of the members
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

func newMutual(t testing.TB, b *schematest.Base, form law.FormID) *mutual {
	t.Helper()
	m := &mutual{Base: b, t: t, mail: t.(interface{ TempDir() string }).TempDir()}
	transport, err := notice.OpenTransport("dir:" + m.mail)
	m.must(err)
	m.queue = jobs.New(b.Journal.DB(), b.World, jobs.Options{})
	office, err := notice.New(notice.Options{
		Journal: b.Journal, Keys: b.Keys, Queue: m.queue, Directory: names{}, Transport: transport,
		BaseURL: "https://wye.example", Kinds: register.Kinds,
	})
	m.must(err)
	people, err := identity.New(b.Journal, b.Keys, identity.Options{})
	m.must(err)
	_, ids, err := people.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: org, Name: "Severn & Wye", Kind: identity.Mutual, LegalForm: string(form), RegisteredNo: "7912", RegisteredOffice: "Ferry Lane", Opened: day("2024-01-01"),
	}, identity.Setup{Person: identity.Person{Given: "Huw", Family: "Prosser", Email: "huw@wye.example"}, Role: policy.Secretary},
		identity.Setup{Person: identity.Person{Given: "Dee", Family: "Rector", Email: "dee@wye.example"}, Role: policy.Director})
	m.must(err)
	m.secretary, m.director = ids[0], ids[1]
	m.members = member.NewService(b.Journal, schema.Staffing{}, library)
	m.svc, err = register.NewService(register.Options{
		Journal: b.Journal, Reader: register.Reader{Members: m.members, Library: library}, Messenger: office, Offices: people,
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

func (m *mutual) record(kind string, fn func(tx *journal.Tx) error) {
	m.t.Helper()
	_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: "setup"}, fn)
	m.must(err)
}

// join admits so many public members, each with one share.
func (m *mutual) join(n int) {
	m.t.Helper()
	_, err := m.members.SaveClass(ctx, "setup", org, member.Class{
		Code: "public", Name: "Public", Kind: member.Public, Admission: member.OnApplication, Leaving: member.Keeps, Votes: 1, Starts: day("2026-11-19"),
	})
	m.must(err)
	var list []member.Entrant
	m.record("person.added", func(tx *journal.Tx) error {
		list, m.people = nil, nil
		for i := range n {
			p, err := identity.AddPerson(ctx, tx, identity.Person{Given: fmt.Sprintf("Given %d", i), Family: fmt.Sprintf("Family %d", n-i), PostalAddress: "1 Quay", Email: fmt.Sprintf("p%d@wye.example", i)})
			if err != nil {
				return err
			}
			m.people = append(m.people, p.ID)
			list = append(list, member.Entrant{Person: p.ID, Class: "public", Effective: day("2026-11-19"), Consent: "1", Reason: "founder"})
		}
		return nil
	})
	m.must(m.members.AdmitAll(ctx, "setup", org, member.Source{}, list))
	rows, err := m.members.Register(ctx, org, day("2026-11-19"))
	m.must(err)
	m.record("share.issued", func(tx *journal.Tx) error {
		if err := tx.Insert(ctx, "share_class", journal.Row{
			"id": "c1", "code": "member", "name": "Member share", "nominal_pence": 100, "dividend": 0, "withdrawable": 0, "transferable": 0,
			"cancels_on_leaving": 1, "max_holding_pence": 100, "starts": "2026-11-19", "ends": "",
		}); err != nil {
			return err
		}
		for i, r := range rows {
			if err := tx.Insert(ctx, "share_entry", journal.Row{
				"id": tx.ID(), "number": i + 1, "kind": "issue", "class_id": "c1", "from_member": "", "to_member": r.MemberID, "quantity": 1, "to_class_id": "",
				"to_quantity": 0, "paid_pence": 100, "effective": "2026-11-19", "entered": tx.At(), "reverses": "", "reason": "",
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (m *mutual) ask() register.Ask {
	return register.Ask{
		Audience: law.Anyone, Name: "Ines Hart", Address: "4 Mill Road, Ross", Email: "ines@example.org", Purpose: "To write to members",
		Shared: register.No, Wants: register.Copy,
	}
}

// mails sends what waits and gives the texts, newest last.
func (m *mutual) mails() []string {
	m.t.Helper()
	run, stop := context.WithTimeout(ctx, 1500*time.Millisecond)
	defer stop()
	_ = m.queue.Run(run)
	files, err := filepath.Glob(filepath.Join(m.mail, "*.eml"))
	m.must(err)
	slices.Sort(files)
	var out []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		m.must(err)
		out = append(out, string(text))
	}
	return out
}

// notices counts those recorded, by kind.
func (m *mutual) notices(kind string) (n int) {
	m.t.Helper()
	m.must(m.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM notice WHERE kind = ?`, kind).Scan(&n)
	}))
	return n
}

// entry is the newest entry of the record: its kind and body.
func (m *mutual) entry() (kind, body string) {
	m.t.Helper()
	m.must(m.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		var raw []byte
		err := tx.QueryRow(ctx, `SELECT kind, body FROM journal_entry WHERE org_id = ? ORDER BY seq DESC LIMIT 1`, org).Scan(&kind, &raw)
		body = string(raw)
		return err
	}))
	return kind, body
}

// The register read from the tables has the members with their shares, and is the
// same when it is made again.
func TestService_On(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.BenefitSociety)
		m.join(3)
		r, err := m.svc.On(ctx, org, day("2026-11-19"))
		m.must(err)
		if len(r.Entries) != 3 || r.Entries[0].Shares != 1 || r.Entries[0].Number != 1 || r.Organisation.RegisteredNo != "7912" {
			t.Errorf("%+v", r)
		}
		again, err := m.svc.On(ctx, org, day("2026-11-19"))
		m.must(err)
		if csvOf(t, r) != csvOf(t, again) {
			t.Error("made again it differs")
		}
		if before, err := m.svc.On(ctx, org, day("2026-11-18")); err != nil || len(before.Entries) != 0 {
			t.Errorf("the day before: %v, %v", before.Entries, err)
		}
	})
}

// A society refuses politely whoever has no right, says who has one, and keeps
// nothing about them: Co-operative and Community Benefit Societies Act 2014, s.103.
func TestAsk_Society_s103_RefusesThePublic(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.BenefitSociety)
		_, err := m.svc.Ask(ctx, org, m.ask())
		if !fault.Is(err, fault.Forbidden) || !strings.Contains(fault.Message(err), "its members and people with an interest in its funds") {
			t.Errorf("%v", err)
		}
		if list, err := m.svc.Requests(ctx, org); err != nil || len(list) != 0 {
			t.Errorf("kept: %v, %v", list, err)
		}
	})
}

// From receipt to copy: the clock, the notices to the secretary, and what the
// record says of what was handed out. Companies Act 2006, ss.116 and 117.
func TestRequest_Company_s117(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.CICShares)
		m.join(3)
		r, err := m.svc.Ask(ctx, org, m.ask())
		m.must(err)
		if r.Number != 1 || r.Due != day("2026-11-26") {
			t.Errorf("number %d, due %s", r.Number, r.Due)
		}
		if n := m.notices("inspection.received"); n != 1 {
			t.Errorf("%d notices on receipt", n)
		}
		if _, body := m.entry(); strings.Contains(body, "Hart") || strings.Contains(body, "Mill Road") {
			t.Errorf("personal data in the entry: %s", body)
		}
		out, err := m.svc.HandOut(ctx, m.secretary, org, register.HandingOut{Request: r.ID, Means: register.Copied})
		m.must(err)
		if len(out.Entries) != 3 || out.View != law.Anyone || out.Entries[0].MemberID != "" {
			t.Errorf("%+v", out)
		}
		kind, body := m.entry()
		var entry struct {
			Detail struct {
				View, Day string
				Fields    []string
				Entries   int
			}
		}
		m.must(json.Unmarshal([]byte(body), &entry))
		if kind != "inspection.copied" || entry.Detail.Entries != 3 || entry.Detail.View != "anyone" || !slices.Equal(entry.Detail.Fields, out.Fields()) || strings.Contains(body, "Given") {
			t.Errorf("%s: %s", kind, body)
		}
		l, err := m.svc.Request(ctx, org, r.ID)
		m.must(err)
		last := l.Status.Last
		if l.Status.State != register.Closed || last.Entries != 3 || last.RegisterDay != day("2026-11-19") || len(last.SHA256) != 64 || last.By != m.secretary {
			t.Errorf("%+v", l.Status)
		}
		if _, err := m.svc.HandOut(ctx, m.secretary, org, register.HandingOut{Request: r.ID, Means: register.Copied}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second time: %v", err)
		}
		mails := m.mails()
		if len(mails) != 1 || !strings.Contains(mails[0], "huw@wye.example") || strings.Contains(mails[0], "Hart") {
			t.Errorf("%q", mails)
		}
	})
}

// The secretary is reminded on the working day before, and secretary and directors
// are told when it is overdue; each once, however often the job runs.
func TestRemind(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.CICGuarantee)
		r, err := m.svc.Ask(ctx, org, m.ask())
		m.must(err)
		other, err := m.svc.Ask(ctx, org, m.ask())
		m.must(err)
		_, err = m.svc.Withdraw(ctx, m.secretary, org, other.ID, "They rang.")
		m.must(err)
		for _, tc := range []struct {
			on   string
			told int
		}{
			{"2026-11-24", 0}, {"2026-11-25", 1}, {"2026-11-25", 1}, {"2026-11-26", 1}, {"2026-11-27", 3}, {"2026-11-30", 3},
		} {
			b.Clock.Set(day(tc.on).Start().Add(8 * time.Hour))
			m.must(m.svc.Remind(ctx, org))
			if n := m.notices("inspection.due"); n != tc.told {
				t.Errorf("by %s %d were told, want %d", tc.on, n, tc.told)
			}
		}
		list, err := m.svc.Requests(ctx, org)
		m.must(err)
		if list[0].ID != r.ID || !list[0].Status.Overdue {
			t.Errorf("%+v", list)
		}
		if overdue, open, err := m.svc.Overdue(ctx, org); err != nil || overdue != 1 || open != 1 {
			t.Errorf("overdue %d, open %d, %v", overdue, open, err)
		}
	})
}

// A reminder that was missed because nothing ran that day is made up for.
func TestRemind_MissedDay(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.CICGuarantee)
		_, err := m.svc.Ask(ctx, org, m.ask())
		m.must(err)
		b.Clock.Set(day("2026-11-26").Start().Add(8 * time.Hour))
		m.must(m.svc.Remind(ctx, org))
		mails := m.mails()
		if len(mails) != 2 || !strings.Contains(strings.Join(mails, ""), "is due today") {
			t.Errorf("%q", mails)
		}
	})
}

// A refusal names a ground that the law knows, and the one who asked is told.
func TestRefuse(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.CICShares)
		r, err := m.svc.Ask(ctx, org, m.ask())
		m.must(err)
		if _, err := m.svc.Refuse(ctx, m.secretary, org, register.Refusal{Request: r.ID, Ground: "because"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v", err)
		}
		l, err := m.svc.Refuse(ctx, m.secretary, org, register.Refusal{Request: r.ID, Ground: register.NotPaid, Note: "The fee is £1."})
		m.must(err)
		if l.Status.State != register.Closed || l.Status.Last.Ground != register.NotPaid {
			t.Errorf("%+v", l.Status)
		}
		all := strings.Join(m.mails(), "")
		if !strings.Contains(all, "ines@example.org") || !strings.Contains(all, "is refused") {
			t.Errorf("%q", all)
		}
	})
}

// The court's leave: the clock stands, and the ground is there only then. Companies
// Act 2006, s.117.
func TestAskCourt_Company_s117(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.CICShares)
		r, err := m.svc.Ask(ctx, org, m.ask())
		m.must(err)
		l, err := m.svc.AskCourt(ctx, m.secretary, org, r.ID, "")
		m.must(err)
		b.Clock.Set(day("2026-12-31").Start())
		m.must(m.svc.Remind(ctx, org))
		if l.Status.State != register.AtCourt || m.notices("inspection.due") != 0 {
			t.Errorf("%+v", l.Status)
		}
		_, err = m.svc.Refuse(ctx, m.secretary, org, register.Refusal{Request: r.ID, Ground: register.CourtOrder})
		m.must(err)
	})
}

// A society's member has no right to a copy, and one's own entry is one's own:
// Co-operative and Community Benefit Societies Act 2014, s.103.
func TestTakeCopy_Society_s103(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.BenefitSociety)
		m.join(2)
		if _, err := m.svc.TakeCopy(ctx, m.people[0], org, day("2026-11-19"), law.Member); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a member's copy of the register: %v", err)
		}
		own, err := m.svc.TakeCopy(ctx, m.people[0], org, day("2026-11-19"), law.OwnEntry)
		m.must(err)
		if len(own.Entries) != 1 || own.Entries[0].Person != m.people[0] || own.Entries[0].Shares != 1 {
			t.Errorf("%+v", own.Entries)
		}
		if kind, body := m.entry(); kind != "register.copied" || !strings.Contains(body, `"entries":1`) || !strings.Contains(body, m.people[0]) {
			t.Errorf("%s: %s", kind, body)
		}
		r, err := m.svc.Ask(ctx, org, register.Ask{Audience: law.Interested, Name: "Ines Hart", Address: "4 Mill Road"})
		m.must(err)
		if !r.Due.IsZero() {
			t.Errorf("the Act sets no time, and it is due %s", r.Due)
		}
		if _, err := m.svc.HandOut(ctx, m.secretary, org, register.HandingOut{Request: r.ID, Means: register.Copied}); fault.FieldOf(err) != "means" {
			t.Errorf("a copy: %v", err)
		}
		shown, err := m.svc.HandOut(ctx, m.secretary, org, register.HandingOut{Request: r.ID, Means: register.Shown})
		m.must(err)
		if slices.Contains(shown.Fields(), "shares") {
			t.Error("shares are shown")
		}
	})
}

// A member of a foundation trust may ask to be left out; of a society not: National
// Health Service Act 2006, Sch.7 para.22, with SI 2004/539.
func TestWithhold_FoundationTrust_Sch7_22(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.FoundationTrust)
		m.join(2)
		rows, err := m.members.Register(ctx, org, day("2026-11-19"))
		m.must(err)
		m.must(m.svc.Withhold(ctx, m.people[0], org, rows[0].MemberID, day("2026-11-19")))
		if err := m.svc.Withhold(ctx, m.people[0], org, rows[0].MemberID, day("2026-11-19")); !fault.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		if err := m.svc.Withhold(ctx, "setup", org, "nobody", day("2026-11-19")); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody: %v", err)
		}
		shown := func(on string) int {
			v, err := m.svc.View(ctx, org, day(on), law.Anyone, "")
			m.must(err)
			return len(v.Entries)
		}
		if n := shown("2026-11-19"); n != 1 {
			t.Errorf("%d are shown", n)
		}
		m.must(m.svc.Reveal(ctx, m.people[0], org, rows[0].MemberID, day("2026-11-20")))
		if shown("2026-11-19") != 1 || shown("2026-11-20") != 2 {
			t.Error("the day of the change of mind is not kept to")
		}
	})
}

func TestWithhold_Society_NoRight(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.BenefitSociety)
		m.join(1)
		if err := m.svc.Withhold(ctx, "setup", org, "x", day("2026-11-19")); !fault.Is(err, fault.Conflict) {
			t.Errorf("%v", err)
		}
	})
}

// An organisation without a legal form has no register, and is told why.
func TestService_NoForm(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, "")
		if _, err := m.svc.On(ctx, org, day("2026-11-19")); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "no legal form") {
			t.Errorf("%v", err)
		}
	})
}

// The details of who asked can be taken out once a request is closed. The record
// stays whole, and what was handed out stays in it.
func TestEraseAsker(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.CICShares)
		asked := m.ask()
		asked.Person = m.director
		r, err := m.svc.Ask(ctx, org, asked)
		m.must(err)
		if err := m.svc.EraseAsker(ctx, m.secretary, org, r.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("still open: %v", err)
		}
		_, err = m.svc.Withdraw(ctx, m.secretary, org, r.ID, "Ines rang.")
		m.must(err)
		m.must(m.svc.EraseAsker(ctx, m.secretary, org, r.ID))
		m.must(m.svc.EraseAsker(ctx, m.secretary, org, r.ID))
		l, err := m.svc.Request(ctx, org, r.ID)
		m.must(err)
		if l.Name != "" || l.Address != "" || l.Purpose != "" || l.Person != "" || l.Status.Last.Note != "" || l.Status.State != register.Closed || l.Erased == "" {
			t.Errorf("%+v", l)
		}
		for _, word := range []string{"Ines", "Mill Road"} {
			m.must(b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
				return tx.Each(ctx, func(rows *db.Rows) error {
					var value []byte
					if err := rows.Scan(&value); err != nil {
						return err
					}
					if strings.Contains(string(value), word) {
						t.Errorf("%q is still in the record", word)
					}
					return nil
				}, `SELECT COALESCE(value, salt, commitment) FROM journal_row WHERE tbl IN ('inspection_request', 'inspection_step')`)
			}))
		}
	})
}

// Erasing a person takes their details out of what they asked.
func TestForget(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.CICShares)
		asked := m.ask()
		asked.Person = m.director
		r, err := m.svc.Ask(ctx, org, asked)
		m.must(err)
		other, err := m.svc.Ask(ctx, org, m.ask())
		m.must(err)
		m.record("person.erased", func(tx *journal.Tx) error { return register.Forget(ctx, tx, m.director) })
		l, err := m.svc.Request(ctx, org, r.ID)
		m.must(err)
		kept, err := m.svc.Request(ctx, org, other.ID)
		m.must(err)
		if l.Name != "" || kept.Name == "" || l.Status.State != register.Open {
			t.Errorf("%+v, %+v", l, kept)
		}
	})
}
