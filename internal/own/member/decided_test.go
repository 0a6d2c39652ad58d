package member_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/member"
	"commonweal/internal/schema/schematest"
)

// heard keeps what a listener is told, with the entry that it stands in.
type heard struct {
	list []member.Decided
	at   string
	fail error
}

func (h *heard) hooks() member.Hooks {
	return member.Hooks{Decided: func(_ context.Context, tx *journal.Tx, list []member.Decided) error {
		h.list, h.at = append(h.list, list...), tx.At()
		return h.fail
	}}
}

func (h *heard) last(t *testing.T) member.Decided {
	t.Helper()
	if len(h.list) == 0 {
		t.Fatal("nothing was heard")
	}
	d := h.list[len(h.list)-1]
	h.list = nil
	return d
}

// Every fact about a membership is heard once, in its own change, with what the
// person was and is.
func TestHooks_Decided(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m, h := newMutual(t, b), &heard{}
		m.svc.Hook(h.hooks())
		m.people("ann", "ben")
		m.class()
		m.public()
		m.staff["ann"] = []member.Post{permanent("2025-01-01", "")}
		on := day("2026-03-05")

		_, err := m.svc.Apply(ctx, "ann", org, member.Application{Person: "ann", Class: "staff", Effective: on})
		m.ok(err)
		if d := h.last(t); d.Fact.Kind != member.Applied || d.Person != "ann" || d.Fact.By != "ann" || d.Number != 0 || d.After.State != member.Applicant {
			t.Errorf("applied: %+v", d)
		}
		_, err = m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ann", Effective: on})
		m.ok(err)
		d := h.last(t)
		if d.Fact.Kind != member.Admitted || d.Number != 1 || d.Class == nil || d.Class.Name != "Staff" || d.Before.State != member.Applicant || d.After.State != member.Member {
			t.Errorf("admitted: %+v", d)
		}
		_, err = m.svc.Expel(ctx, "sec", org, member.Decision{Person: "ann", Effective: day("2026-04-01"), Reason: "rule 15"})
		m.ok(err)
		d = h.last(t)
		if d.Fact.Kind != member.Expelled || d.Fact.Reason != "rule 15" || d.After.State != member.Ended || d.Class.Code != "staff" {
			t.Errorf("expelled: %+v", d)
		}
		_, err = m.svc.Void(ctx, "sec", org, "ann", d.Fact.ID, "the wrong person")
		m.ok(err)
		if v := h.last(t); v.Fact.Kind != member.Voided || v.Struck == nil || v.Struck.ID != d.Fact.ID || v.After.State != member.Member {
			t.Errorf("voided: %+v", v)
		}

		// Consent, area, application and the rule's answer are one change: the answer is heard.
		_, err = m.svc.Apply(ctx, "ben", org, member.Application{Person: "ben", Class: "public", Consent: "v1", Area: "XX9", Effective: on})
		m.ok(err)
		if d := h.last(t); d.Fact.Kind != member.Refused || d.Fact.By != member.ByRule || len(h.list) != 0 {
			t.Errorf("refused by rule: %+v", d)
		}

		// A change that is refused is not heard of.
		_, err = m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ben", Class: "staff", Effective: on, Reason: "x"})
		m.refused(err, fault.Conflict, "rule 5")
		if len(h.list) != 0 {
			t.Errorf("heard of what did not happen: %+v", h.list)
		}
	})
}

// If those who listen fail, nothing is recorded: no decision without its notice.
func TestHooks_DecidedStopsTheChange(t *testing.T) {
	b := schematest.SQLite(t)
	m, h := newMutual(t, b), &heard{}
	m.people("ann")
	m.class()
	m.staff["ann"] = []member.Post{permanent("2025-01-01", "")}
	h.fail = errors.New("no paper")
	m.svc.Hook(h.hooks())
	before := entries(t, b)
	_, err := m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ann", Class: "staff", Effective: day("2026-03-05"), Reason: "founder"})
	if !errors.Is(err, h.fail) {
		t.Errorf("got %v", err)
	}
	err = m.svc.AdmitAll(ctx, "sec", org, member.Source{}, []member.Entrant{{Person: "ann", Class: "staff", Effective: day("2026-03-05")}})
	if !errors.Is(err, h.fail) || entries(t, b) != before {
		t.Errorf("got %v and %d entries", err, entries(t, b)-before)
	}
	m.expect("ann", "2026-03-05", member.NotAMember, "")
}

// Many are heard of together, and can be found again by the instant of the entry,
// some at a time.
func TestHooks_Many(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m, h := newMutual(t, b), &heard{}
		m.svc.Hook(h.hooks())
		ids := []string{"a", "b", "c", "d", "e"}
		m.people(ids...)
		m.class(func(c *member.Class) { c.Admission = member.Automatic })
		for _, id := range ids {
			m.staff[id] = []member.Post{permanent("2025-01-01", "")}
		}
		n, err := m.svc.Enrol(ctx, org, day("2026-03-05"))
		m.ok(err)
		if n != 5 || len(h.list) != 5 || h.list[4].Number != 5 || h.list[0].Fact.By != member.ByRule || h.list[0].Class.Admission != member.Automatic {
			t.Fatalf("%d enrolled, heard of %+v", n, h.list)
		}
		var found []string
		after := ""
		for {
			some, err := m.svc.AdmittedAt(ctx, org, h.at, after, 2)
			m.ok(err)
			if len(some) == 0 {
				break
			}
			for _, d := range some {
				found = append(found, d.Person)
				after = d.Fact.ID
				i := slices.IndexFunc(h.list, func(x member.Decided) bool { return x.Fact.ID == d.Fact.ID })
				if i < 0 || h.list[i].Number != d.Number || h.list[i].Fact != d.Fact || *h.list[i].Class != *d.Class || h.list[i].MemberID != d.MemberID {
					t.Errorf("found %+v", d)
				}
			}
		}
		slices.Sort(found)
		if !slices.Equal(found, ids) {
			t.Errorf("found %v", found)
		}
	})
}

// Erasing somebody here takes them out of the other rooms in the same change, and
// only when their details go.
func TestHooks_Forget(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		var forgotten []string
		m.svc.Hook(member.Hooks{Forget: func(_ context.Context, tx *journal.Tx, person string) error {
			forgotten = append(forgotten, person)
			return nil
		}})
		m.people("ann", "ben")
		m.class()
		m.public()
		m.staff["ben"] = []member.Post{permanent("2025-01-01", "")}
		for _, id := range []string{"ann", "ben"} {
			_, err := m.svc.Apply(ctx, id, org, member.Application{Person: id, Class: "public", Consent: "v1", Area: "PL1", Effective: day("2026-03-05")})
			m.ok(err)
			_, err = m.svc.WithdrawConsent(ctx, id, org, id, day("2026-04-05"))
			m.ok(err)
		}
		list, err := m.svc.Erasures(ctx, org)
		m.ok(err)
		for _, e := range list {
			m.ok(m.svc.Erase(ctx, "sec", org, e.ID, identity.Keep{}))
		}
		if !slices.Equal(forgotten, []string{"ann"}) {
			t.Errorf("forgotten: %v; ben still works here", forgotten)
		}
	})
}
