package member_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/member"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

const org = "harbour"

var ctx = context.Background()

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// lists is a staff list held in memory.
type lists map[string][]member.Post

func (l lists) Posts(_ context.Context, _ *db.Tx, _, person string, yield func(string, member.Post) error) error {
	var names []string
	for name := range l {
		if person == "" || name == person {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		for _, p := range l[name] {
			if err := yield(name, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// mutual is a society with a service over it.
type mutual struct {
	*schematest.Base
	t     testing.TB
	staff lists
	svc   *member.Service
}

func newMutual(t testing.TB, b *schematest.Base) *mutual {
	t.Helper()
	library, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	m := &mutual{Base: b, t: t, staff: lists{}}
	m.svc = member.NewService(b.Journal, m.staff, library)
	return m
}

// people makes persons with the ids given.
func (m *mutual) people(ids ...string) {
	m.t.Helper()
	_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: "person.added", Actor: "setup"}, func(tx *journal.Tx) error {
		for _, id := range ids {
			_, err := identity.AddPerson(ctx, tx, identity.Person{ID: id, Given: "Given " + id, Family: "Family", PostalAddress: "1 Quay"})
			if err != nil {
				return err
			}
		}
		return nil
	})
	m.ok(err)
}

func (m *mutual) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *mutual) class(change ...func(*member.Class)) {
	m.t.Helper()
	c := member.Class{
		Code: "staff", Name: "Staff", Kind: member.Staff, Admission: member.OnApplication, Eligibility: `category == "permanent"`,
		Leaving: member.EmploymentEnds, GraceDays: 28, Votes: 1, Starts: day("2020-01-01"), EligibilityRef: "rule 5", LeavingRef: "rule 14",
	}
	for _, f := range change {
		f(&c)
	}
	_, err := m.svc.SaveClass(ctx, "sec", org, c)
	m.ok(err)
}

func (m *mutual) public() {
	m.class(func(c *member.Class) {
		*c = member.Class{
			Code: "public", Name: "Public", Kind: member.Public, Admission: member.ByEligibility, Votes: 1, Position: 2,
			Starts: day("2020-01-01"), Eligibility: `area in ["PL1", "PL2"]`, Leaving: member.EligibilityEnds, EligibilityRef: "rule 6",
		}
	})
}

func (m *mutual) expect(person, on string, state member.State, says string) member.Status {
	m.t.Helper()
	got, err := m.svc.Status(ctx, org, person, day(on))
	m.ok(err)
	if got.State != state || !strings.Contains(got.Reason, says) {
		m.t.Errorf("%s on %s: got %s: %s\nwant %s: ...%s...", person, on, got.State, got.Reason, state, says)
	}
	return got
}

func (m *mutual) refused(err error, kind fault.Kind, says string) {
	m.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
		m.t.Errorf("got %v; want %s ...%s...", err, kind, says)
	}
}

func permanent(from, to string) member.Post {
	p := member.Post{StaffGroup: "Nursing", Site: "Ashby", Category: "permanent", FTE: 100, From: day(from)}
	if to != "" {
		p.To = day(to)
	}
	return p
}

// From application to a leaver's last day, through the record.
func TestService_LifeOfAMember(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.people("ann", "ben")
		m.class()
		m.staff["ann"] = []member.Post{permanent("2025-01-01", "")}
		m.staff["ben"] = []member.Post{{Category: "bank", From: day("2025-01-01")}}

		_, err := m.svc.Apply(ctx, "ann", org, member.Application{Person: "ann", Class: "staff", Effective: day("2026-03-03")})
		m.ok(err)
		_, err = m.svc.Apply(ctx, "ann", org, member.Application{Person: "ann", Class: "staff", Effective: day("2026-03-04")})
		m.refused(err, fault.Conflict, "not needed")
		_, err = m.svc.Apply(ctx, "ben", org, member.Application{Person: "ben", Class: "staff", Effective: day("2026-03-04")})
		m.ok(err)
		waiting, err := m.svc.Applications(ctx, org, day("2026-03-04"))
		m.ok(err)
		if len(waiting) != 2 || waiting[0].Person != "ann" || waiting[0].Fits != law.Holds || waiting[1].Fits != law.Fails {
			t.Errorf("%+v", waiting)
		}

		_, err = m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ben", Effective: day("2026-03-05")})
		m.refused(err, fault.Conflict, "rule 5 does not let this person into the class Staff: contract is bank")
		_, err = m.svc.Refuse(ctx, "sec", org, member.Decision{Person: "ben", Effective: day("2026-03-05")})
		m.refused(err, fault.Invalid, "needs a reason")
		_, err = m.svc.Refuse(ctx, "sec", org, member.Decision{Person: "ben", Effective: day("2026-03-05"), Reason: "bank staff"})
		m.ok(err)
		st, err := m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ann", Effective: day("2026-03-05")})
		m.ok(err)
		if st.State != member.Member || !st.Ends.IsZero() {
			t.Errorf("%+v", st)
		}
		m.expect("ben", "2026-03-05", member.NotAMember, "bank staff")

		m.staff["ann"] = []member.Post{permanent("2025-01-01", "2026-10-31")}
		m.expect("ann", "2026-11-27", member.Member, "Ends on 28 November 2026 under rule 14")
		m.expect("ann", "2026-11-28", member.Ended, "28 days after employment ended on 31 October 2026")
		endings, err := m.svc.Foresee(ctx, org, day("2026-11-19"), day("2026-12-19"))
		m.ok(err)
		if len(endings) != 1 || endings[0].Person != "ann" || endings[0].Day != day("2026-11-28") || !strings.HasSuffix(endings[0].Key(), "/2026-11-28") {
			t.Errorf("%+v", endings)
		}
		endings, err = m.svc.Foresee(ctx, org, day("2026-11-28"), day("2026-12-28"))
		m.ok(err)
		if len(endings) != 0 {
			t.Errorf("an ending was told twice: %+v", endings)
		}

		rows, err := m.svc.Register(ctx, org, day("2026-11-28"))
		m.ok(err)
		want := []member.Row{{
			Number: 1, MemberID: rows[0].MemberID, Person: "ann", Name: "Given ann Family", Family: "Family", PostalAddress: "1 Quay",
			Entered: day("2026-03-05"), Ceased: day("2026-11-28"), Class: "staff", ClassName: "Staff",
		}}
		if !reflect.DeepEqual(rows, want) {
			t.Errorf("register: %+v", rows)
		}
		roll, err := m.svc.Roll(ctx, org, day("2026-11-27"))
		m.ok(err)
		if len(roll) != 1 || roll[0].Votes != 1 || !roll[0].Ceased.IsZero() {
			t.Errorf("roll: %+v", roll)
		}
		if roll, err = m.svc.Roll(ctx, org, day("2026-11-28")); err != nil || len(roll) != 0 {
			t.Errorf("roll: %+v, %v", roll, err)
		}
	})
}

// Each decision refuses what does not fit the state, and changes nothing then.
func TestService_Decisions(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.people("ann", "ben", "cat")
		m.class()
		for _, p := range []string{"ann", "ben", "cat"} {
			m.staff[p] = []member.Post{permanent("2025-01-01", "")}
		}
		on := day("2026-03-05")
		_, err := m.svc.Withdraw(ctx, "ann", org, "ann", on)
		m.refused(err, fault.Conflict, "withdrawing on 2026-03-05 is not possible")
		_, err = m.svc.Expel(ctx, "sec", org, member.Decision{Person: "ann", Effective: on, Reason: "x"})
		m.refused(err, fault.Conflict, "removing")
		_, err = m.svc.Reinstate(ctx, "sec", org, member.Decision{Person: "ann", Effective: on, Reason: "x"})
		m.refused(err, fault.Conflict, "reinstating")
		_, err = m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ann", Class: "staff", Effective: on})
		m.refused(err, fault.Invalid, "without an application needs a reason")
		_, err = m.svc.Admit(ctx, "sec", org, member.Decision{Person: "nobody", Class: "staff", Effective: on, Reason: "founder"})
		m.refused(err, fault.Conflict, "does not let")
		_, err = m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ann", Class: "gold", Effective: on, Reason: "founder"})
		m.refused(err, fault.Invalid, `no class "gold"`)
		_, err = m.svc.OptOut(ctx, "ann", org, "ann", "staff", on)
		m.refused(err, fault.Conflict, "nothing to opt out of")
		_, err = m.svc.WithdrawConsent(ctx, "ann", org, "ann", on)
		m.refused(err, fault.Conflict, "no consent")
		if n := entries(t, b); n != 2 {
			t.Errorf("%d entries: a refused change was recorded", n)
		}

		_, err = m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ann", Class: "staff", Effective: on, Reason: "founder"})
		m.ok(err)
		_, err = m.svc.Expel(ctx, "sec", org, member.Decision{Person: "ann", Effective: day("2026-04-01"), Reason: "rule 15"})
		m.ok(err)
		m.expect("ann", "2026-04-01", member.Ended, "by removal (reason given: rule 15)")
		file, err := m.svc.File(ctx, org, "ann")
		m.ok(err)
		expulsion := file.Facts[len(file.Facts)-1]
		_, err = m.svc.Void(ctx, "sec", org, "ann", expulsion.ID, "")
		m.refused(err, fault.Invalid, "needs a reason")
		_, err = m.svc.Void(ctx, "sec", org, "ann", expulsion.ID, "the wrong person")
		m.ok(err)
		_, err = m.svc.Void(ctx, "sec", org, "ann", expulsion.ID, "again")
		m.refused(err, fault.Conflict, "struck out before")
		m.expect("ann", "2026-04-01", member.Member, "Admitted on 5 March 2026")

		_, err = m.svc.Die(ctx, "sec", org, "ann", day("2026-05-01"))
		m.ok(err)
		m.expect("ann", "2026-05-01", member.Ended, "by death")
		_, err = m.svc.Reinstate(ctx, "sec", org, member.Decision{Person: "ann", Effective: day("2026-06-01"), Reason: "x"})
		m.refused(err, fault.Conflict, "death")
	})
}

func entries(t testing.TB, b *schematest.Base) (n int) {
	t.Helper()
	err := b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM journal_entry WHERE org_id = ?`, org).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Numbers run without gaps in the order of admission, whoever is refused between,
// and stay with a person who comes back.
func TestService_Numbers(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.people("a", "b", "c", "d")
		m.class()
		for _, p := range []string{"a", "c", "d"} {
			m.staff[p] = []member.Post{permanent("2025-01-01", "")}
		}
		m.staff["b"] = []member.Post{{Category: "bank", From: day("2025-01-01")}}
		m.ok(m.svc.AdmitAll(ctx, "sec", org, member.Source{}, []member.Entrant{
			{Person: "c", Class: "staff", Effective: day("2026-02-01")},
			{Person: "a", Class: "staff", Applied: day("2026-01-01"), Effective: day("2026-01-10")},
		}))
		_, err := m.svc.Admit(ctx, "sec", org, member.Decision{Person: "b", Class: "staff", Effective: day("2026-03-01"), Reason: "x"})
		m.refused(err, fault.Conflict, "rule 5")
		err = m.svc.AdmitAll(ctx, "sec", org, member.Source{}, []member.Entrant{
			{Person: "d", Class: "staff", Effective: day("2026-03-01")},
			{Person: "b", Class: "staff", Effective: day("2026-03-01")},
		})
		m.refused(err, fault.Conflict, "number 2 of the list")
		_, err = m.svc.Withdraw(ctx, "a", org, "a", day("2026-03-01"))
		m.ok(err)
		_, err = m.svc.Admit(ctx, "sec", org, member.Decision{Person: "d", Class: "staff", Effective: day("2026-03-02"), Reason: "x"})
		m.ok(err)
		_, err = m.svc.Admit(ctx, "sec", org, member.Decision{Person: "a", Class: "staff", Effective: day("2026-03-03"), Reason: "came back"})
		m.ok(err)
		rows, err := m.svc.Register(ctx, org, day("2026-04-01"))
		m.ok(err)
		var got []string
		for _, r := range rows {
			got = append(got, fmt.Sprint(r.Number, r.Person, " ", r.Entered, " ", r.Ceased))
		}
		want := []string{"1a 2026-01-10 2026-03-01", "1a 2026-03-03 ", "2c 2026-02-01 ", "3d 2026-03-02 "}
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}

// The members of an earlier register are taken over as they were decided, also
// those who are on no staff list any more.
func TestService_AdmitAll_EarlierRegister(t *testing.T) {
	b := schematest.SQLite(t)
	m := newMutual(t, b)
	m.people("a")
	m.class()
	list := []member.Entrant{{Person: "a", Class: "staff", Effective: day("2021-01-01")}}
	m.refused(m.svc.AdmitAll(ctx, "sec", org, member.Source{}, list), fault.Conflict, "rule 5")
	m.ok(m.svc.AdmitAll(ctx, "sec", org, member.Source{Register: "the register on paper"}, list))
	m.expect("a", "2026-01-01", member.Member, "taken over from the register on paper")
	schematest.Verify(t, b.Journal)
}

// A member who asks for another class stays what they are until that is decided,
// and then moves into it without a break.
func TestService_MoveToAnotherClass(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.people("ann")
		m.class()
		m.class(func(c *member.Class) {
			c.Code, c.Name, c.Eligibility, c.Leaving, c.GraceDays = "doctors", "Doctors", "", member.Keeps, 0
		})
		m.staff["ann"] = []member.Post{permanent("2025-01-01", "2026-10-31")}
		_, err := m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ann", Class: "staff", Effective: day("2026-01-01"), Reason: "founder"})
		m.ok(err)
		for _, on := range []string{"2026-02-01", "2026-04-01"} {
			st, err := m.svc.Apply(ctx, "ann", org, member.Application{Person: "ann", Class: "doctors", Effective: day(on)})
			m.ok(err)
			if st.State != member.Member || st.Class != "staff" || st.AskedFor != "doctors" {
				t.Errorf("%+v", st)
			}
			waiting, err := m.svc.Applications(ctx, org, day(on))
			m.ok(err)
			if len(waiting) != 1 || waiting[0].Class != "doctors" || waiting[0].Fits != law.Holds {
				t.Errorf("%+v", waiting)
			}
			if on == "2026-02-01" {
				st, err = m.svc.Refuse(ctx, "sec", org, member.Decision{Person: "ann", Effective: day("2026-03-01"), Reason: "no"})
				m.ok(err)
				if st.State != member.Member || st.AskedFor != "" {
					t.Errorf("%+v", st)
				}
			}
		}
		st, err := m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ann", Effective: day("2026-05-01")})
		m.ok(err)
		if st.Class != "doctors" || st.Since != day("2026-01-01") || st.AskedFor != "" || !st.Ends.IsZero() {
			t.Errorf("%+v", st)
		}
		rows, err := m.svc.Register(ctx, org, day("2027-01-01"))
		m.ok(err)
		if len(rows) != 1 || rows[0].Entered != day("2026-01-01") || !rows[0].Ceased.IsZero() || rows[0].Class != "doctors" {
			t.Errorf("%+v", rows)
		}
	})
}
