package share_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
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

// nobody's staff list: the classes of these tests keep their members.
type noStaff struct{}

func (noStaff) Posts(context.Context, *db.Tx, string, string, func(string, member.Post) error) error {
	return nil
}

// mutual is a society with members "ann" and "ben", whose membership began on 1
// January 2026. Today is 19 November 2026.
type mutual struct {
	*schematest.Base
	t       testing.TB
	shares  *share.Service
	members *member.Service
	ids     map[string]string // of members, by person
	classes map[string]string // ids, by code
}

func newMutual(t testing.TB, b *schematest.Base) *mutual {
	t.Helper()
	library, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	m := &mutual{Base: b, t: t, ids: map[string]string{}, classes: map[string]string{}}
	m.members = member.NewService(b.Journal, noStaff{}, library)
	m.shares = share.NewService(b.Journal, m.members, library)
	_, err = b.Journal.Record(ctx, journal.Fact{Org: org, Kind: "organisation.create", Actor: "setup"}, func(tx *journal.Tx) error {
		err := tx.Insert(ctx, "organisation", journal.Row{
			"id": org, "name": "Harbour Health", "kind": "mutual", "legal_form": law.BenefitSociety, "registered_no": "12345R", "invented": 1, "opened": "2020-01-01",
		})
		if err != nil {
			return err
		}
		for _, id := range []string{"ann", "ben"} {
			if _, err := identity.AddPerson(ctx, tx, identity.Person{ID: id, Given: id, Family: "Shore"}); err != nil {
				return err
			}
		}
		return nil
	})
	m.ok(err)
	_, err = m.members.SaveClass(ctx, "sec", org, member.Class{
		Code: "partners", Name: "Partners", Kind: member.Partner, Admission: member.OnApplication, Leaving: member.Keeps, Votes: 1, Starts: day("2020-01-01"),
	})
	m.ok(err)
	m.ok(m.members.AdmitAll(ctx, "sec", org, member.Source{}, []member.Entrant{
		{Person: "ann", Class: "partners", Effective: day("2026-01-01")}, {Person: "ben", Class: "partners", Effective: day("2026-01-01")},
	}))
	for _, id := range []string{"ann", "ben"} {
		f, err := m.members.File(ctx, org, id)
		m.ok(err)
		m.ids[id] = f.MemberID
	}
	m.class(share.Class{Code: "membership", Name: "Membership", NominalPence: 100, CancelsOnLeaving: true, MaxHoldingPence: 100, Starts: day("2025-01-01")})
	m.class(share.Class{Code: "investment", Name: "Investment", NominalPence: 1000, Withdrawable: true, Dividend: true, Starts: day("2025-01-01")})
	return m
}

func (m *mutual) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *mutual) class(c share.Class) {
	m.t.Helper()
	id, err := m.shares.MakeClass(ctx, "sec", org, c)
	m.ok(err)
	m.classes[c.Code] = id
}

func (m *mutual) refused(err error, kind fault.Kind, says string) {
	m.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
		m.t.Errorf("got %v; want %s ...%s...", err, kind, says)
	}
}

func (m *mutual) issue(person, class string, n, pence int64, on string) share.Entry {
	return share.Entry{Kind: share.Issue, Class: m.classes[class], To: m.ids[person], Quantity: n, PaidPence: pence, Effective: day(on)}
}

func (m *mutual) record(entries ...share.Entry) []share.Entry {
	m.t.Helper()
	out, err := m.shares.Record(ctx, "sec", org, entries...)
	m.ok(err)
	return out
}

func (m *mutual) holds(on string, want map[string]int64) {
	m.t.Helper()
	all, err := m.shares.Holdings(ctx, org, day(on))
	m.ok(err)
	got := map[string]int64{}
	for person, id := range m.ids {
		for _, h := range all[id] {
			for code, class := range m.classes {
				if class == h.Class {
					got[person+" "+code] = h.Quantity
				}
			}
		}
	}
	if !reflect.DeepEqual(got, want) {
		m.t.Errorf("on %s: %v, want %v", on, got, want)
	}
}

// A share bought, certified, then the holder leaves: it is cancelled from the day
// membership ended, the pound is to be paid, and the certificate is no good.
func TestService_LifeOfAShare(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.record(m.issue("ann", "membership", 1, 100, "2026-01-01"), m.issue("ben", "membership", 1, 100, "2026-02-01"))
		m.holds("2026-01-31", map[string]int64{"ann membership": 1})
		m.holds("2026-02-01", map[string]int64{"ann membership": 1, "ben membership": 1})
		_, err := m.shares.Record(ctx, "sec", org, m.issue("ann", "investment", 1, 1000, "2025-12-31"))
		m.refused(err, fault.Conflict, "none on 2025-12-31")
		_, err = m.shares.Record(ctx, "sec", org, m.issue("ann", "investment", 1, 1000, "2026-03-01"), m.issue("ann", "membership", 1, 100, "2026-03-01"))
		m.refused(err, fault.Conflict, "number 2 of the entries: the member would hold £2")
		_, err = m.shares.Record(ctx, "sec", org, m.issue("ann", "investment", 10_001, 10_001_000, "2026-03-01"))
		m.refused(err, fault.Conflict, "the law lets one member hold £100,000")

		certs, err := m.shares.Certify(ctx, "sec", org, "", m.classes["membership"])
		m.ok(err)
		if len(certs) != 2 || certs[0].Number != 1 || certs[1].Number != 2 {
			t.Fatalf("%+v", certs)
		}
		if again, err := m.shares.Certify(ctx, "sec", org, "", m.classes["membership"]); err != nil || len(again) != 0 {
			t.Errorf("%+v, %v", again, err)
		}
		printed, err := m.shares.Print(ctx, org, certs[0].ID)
		m.ok(err)
		if printed.Organisation != "Harbour Health" || printed.Holder == "" || printed.HolderNumber == 0 || printed.Quantity != 1 ||
			printed.Class.Name != "Membership" || printed.Issued != day("2026-11-19") || printed.EntryNumber == 0 || printed.Recorded == 0 {
			t.Errorf("%+v", printed)
		}
		m.ok(m.shares.CancelCertificate(ctx, "sec", org, certOf(certs, m.ids["ann"]).ID))
		m.refused(m.shares.CancelCertificate(ctx, "sec", org, certOf(certs, m.ids["ann"]).ID), fault.Conflict, "was cancelled")

		stake, err := m.shares.Grant(ctx, "sec", org, share.Stake{Member: m.ids["ann"], Kind: share.Role, Title: "Staff forum", Basis: "rule 22", Granted: day("2026-02-01")})
		m.ok(err)
		for _, person := range []string{"ann", "ben"} {
			_, err = m.members.Withdraw(ctx, person, org, person, day("2026-11-10"))
			m.ok(err)
		}
		list, err := m.shares.ToCancel(ctx, org, day("2026-11-19"))
		m.ok(err)
		if len(list) != 2 || list[0].Effective != day("2026-11-10") || list[1].Effective != day("2026-11-19") || !strings.Contains(list[0].Reason, "Ended on 10 November 2026 by withdrawal") {
			t.Errorf("%+v", list)
		}
		done, err := m.shares.CancelOnLeaving(ctx, "rule", org)
		m.ok(err)
		if len(done) != 2 || done[0].Number != 3 || done[1].Number != 4 {
			t.Errorf("%+v", done)
		}
		if again, err := m.shares.CancelOnLeaving(ctx, "rule", org); err != nil || len(again) != 0 {
			t.Errorf("%+v, %v", again, err)
		}
		m.holds("2026-11-09", map[string]int64{"ann membership": 1, "ben membership": 1})
		m.holds("2026-11-10", map[string]int64{"ben membership": 1})
		m.holds("2026-11-19", map[string]int64{})
		ledger, err := m.shares.Ledger(ctx, org)
		m.ok(err)
		for _, c := range ledger.Certificates("") {
			if c.Good() {
				t.Errorf("certificate %d is still good", c.Number)
			}
		}
		stakes, err := m.shares.Stakes(ctx, org, m.ids["ann"])
		m.ok(err)
		if len(stakes) != 1 || stakes[0].ID != stake || stakes[0].Ends != day("2026-11-10") {
			t.Errorf("%+v", stakes)
		}

		due, err := m.shares.ToPay(ctx, org)
		m.ok(err)
		if len(due) != 2 || due[0].Pence != 100 || due[0].Member != m.ids["ann"] {
			t.Errorf("%+v", due)
		}
		m.refused(m.shares.Pay(ctx, "sec", org, due[0].Entry.ID, day("2026-11-20"), "run 48"), fault.Invalid, "today or before")
		m.ok(m.shares.Pay(ctx, "sec", org, due[0].Entry.ID, day("2026-11-19"), "run 47"))
		m.refused(m.shares.Pay(ctx, "sec", org, due[0].Entry.ID, day("2026-11-19"), "run 47"), fault.Conflict, "was paid on")
		if due, err = m.shares.ToPay(ctx, org); err != nil || len(due) != 1 {
			t.Errorf("%+v, %v", due, err)
		}
		undo := share.Entry{Kind: share.Reverse, Reverses: done[0].ID, Effective: done[0].Effective, Reason: "had not left"}
		_, err = m.shares.Record(ctx, "sec", org, undo)
		m.refused(err, fault.Conflict, "was paid on")
		m.ok(m.shares.TakeBackPayment(ctx, "sec", org, done[0].ID))
		m.record(undo)
		m.holds("2026-11-19", map[string]int64{"ann membership": 1})
	})
}

func certOf(list []share.Certificate, member string) share.Certificate {
	for _, c := range list {
		if c.Member == member {
			return c
		}
	}
	return share.Certificate{}
}

// Classes are checked against the legal form, do not change, and close.
func TestService_Classes(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		_, err := m.shares.MakeClass(ctx, "sec", org, share.Class{Code: "big", Name: "Big", NominalPence: 100, Withdrawable: true, MaxHoldingPence: 10_000_001, Starts: day("2026-01-01")})
		m.refused(err, fault.Invalid, "£100,000")
		_, err = m.shares.MakeClass(ctx, "sec", org, share.Class{Code: "membership", Name: "Again", NominalPence: 200, Starts: day("2026-01-01")})
		m.refused(err, fault.Invalid, "already")
		_, err = m.shares.MakeClass(ctx, "sec", "nowhere", share.Class{Code: "x", Name: "X", NominalPence: 200, Starts: day("2026-01-01")})
		m.refused(err, fault.NotFound, "")
		id := m.classes["investment"]
		m.record(m.issue("ann", "investment", 1, 1000, "2026-12-24"))
		m.refused(m.shares.CloseClass(ctx, "sec", org, id, day("2026-11-18")), fault.Invalid, "today or later")
		m.refused(m.shares.CloseClass(ctx, "sec", org, id, day("2026-12-01")), fault.Invalid, "entry 1 brings shares")
		m.ok(m.shares.CloseClass(ctx, "sec", org, id, day("2026-12-25")))
		m.refused(m.shares.CloseClass(ctx, "sec", org, id, day("2026-12-26")), fault.Conflict, "was closed")
		_, err = m.shares.Record(ctx, "sec", org, m.issue("ann", "investment", 1, 1000, "2026-12-25"))
		m.refused(err, fault.Invalid, "no shares of class")
		classes, err := m.shares.Classes(ctx, org)
		m.ok(err)
		if len(classes) != 2 || classes[0].Ends != day("2026-12-25") || !classes[0].Dividend || !classes[0].Withdrawable || classes[1].Withdrawable || !classes[1].CancelsOnLeaving {
			t.Errorf("%+v", classes)
		}
	})
}

// Part of a certified holding is paid back: a certificate for the rest takes the
// place of the old one in the same change.
func TestService_CertificateForTheRest(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.record(m.issue("ann", "investment", 10, 10_000, "2026-02-01"))
		_, err := m.shares.Certify(ctx, "sec", org, m.ids["ann"], m.classes["investment"])
		m.ok(err)
		redeem := share.Entry{Kind: share.Redeem, Class: m.classes["investment"], From: m.ids["ann"], Quantity: 4, PaidPence: 4000, Effective: day("2026-11-18"), Reason: "asked"}
		_, err = m.shares.Record(ctx, "sec", org, redeem)
		m.refused(err, fault.Conflict, "certificate 1")
		redeem.Effective = day("2026-11-19")
		m.record(redeem)
		ledger, err := m.shares.Ledger(ctx, org)
		m.ok(err)
		var got []string
		for _, c := range ledger.Certificates(m.ids["ann"]) {
			got = append(got, fmt.Sprint(c.Number, ":", c.Quantity, " ", c.Good()))
		}
		if !reflect.DeepEqual(got, []string{"1:10 false", "2:6 true"}) {
			t.Errorf("%v", got)
		}
	})
}

// Rights and roles without capital: what was held and what was used.
func TestService_Stakes(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		right := share.Stake{Member: m.ids["ann"], Kind: share.Right, Title: "Propose a rule change", Basis: "rule 30", Granted: day("2026-01-01")}
		first, err := m.shares.Grant(ctx, "sec", org, right)
		m.ok(err)
		right.Member = m.ids["ben"]
		second, err := m.shares.Grant(ctx, "sec", org, right)
		m.ok(err)
		right.Granted = day("2025-01-01")
		_, err = m.shares.Grant(ctx, "sec", org, right)
		m.refused(err, fault.Conflict, "held by members")
		right.Basis = ""
		_, err = m.shares.Grant(ctx, "sec", org, right)
		m.refused(err, fault.Invalid, "names the rule")
		m.ok(m.shares.UseStake(ctx, "ann", org, first, day("2026-03-01"), "proposed a second staff seat"))
		m.ok(m.shares.UseStake(ctx, "ann", org, first, day("2026-04-01"), "proposed it again"))
		m.refused(m.shares.UseStake(ctx, "ann", org, first, day("2026-11-20"), "x"), fault.Invalid, "today or before")
		m.refused(m.shares.UseStake(ctx, "ann", org, first, day("2025-11-20"), "x"), fault.Conflict, "not held")
		m.ok(m.shares.EndStake(ctx, "sec", org, second, day("2026-02-01"), "rule 30 changed"))
		m.refused(m.shares.EndStake(ctx, "sec", org, second, day("2026-03-01"), "again"), fault.Conflict, "already")
		for _, c := range []struct {
			name, from, to string
			want           []share.Exercise
		}{
			{"the year", "2026-01-01", "2026-12-31", []share.Exercise{{Kind: share.Right, Title: "Propose a rule change", Held: 2, Holders: 2, Used: 1, Times: 2}}},
			{"after one ended", "2026-02-01", "2026-03-31", []share.Exercise{{Kind: share.Right, Title: "Propose a rule change", Held: 1, Holders: 1, Used: 1, Times: 1}}},
			{"before any", "2025-01-01", "2025-12-31", []share.Exercise{}},
		} {
			got, err := m.shares.Exercised(ctx, org, day(c.from), day(c.to))
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s: %+v, %v", c.name, got, err)
			}
		}
	})
}
