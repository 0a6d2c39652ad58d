package venture_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/member"
	"commonweal/internal/own/venture"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

const org = "estuary-care"

var ctx = context.Background()

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func refused(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
		t.Errorf("got %v; want %s ...%s...", err, kind, says)
	}
}

// What the parents hold together is never more than the whole, on any day.
func TestService_Parents(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := venture.NewService(b.Journal)
		set := func(parent string, bp int, starts string) (string, error) {
			return s.SetParent(ctx, "sec", org, venture.Parent{Org: parent, ShareholdingBP: bp, BoardSeats: 2, Starts: day(starts)})
		}
		if _, err := set("harbour", 6000, "2026-01-01"); err != nil {
			t.Fatal(err)
		}
		moor, err := set("moorland", 4000, "2026-01-01")
		if err != nil {
			t.Fatal(err)
		}
		_, err = set("charity", 1, "2026-06-01")
		refused(t, err, fault.Invalid, "100.01 per cent")
		_, err = set("charity", 1, "2025-06-01")
		refused(t, err, fault.Invalid, "on 2026-01-01 the parents together would hold")
		_, err = set(org, 1, "2025-06-01")
		refused(t, err, fault.Invalid, "its own parent")
		_, err = set("harbour", 5000, "2025-06-01")
		refused(t, err, fault.Invalid, "two sets of terms on 2026-01-01")
		if _, err := set("harbour", 5000, "2026-07-01"); err != nil {
			t.Fatal(err)
		}
		if _, err := set("charity", 1000, "2026-07-01"); err != nil {
			t.Fatal(err)
		}
		if err := s.EndParent(ctx, "sec", org, moor, day("2026-10-01")); err != nil {
			t.Fatal(err)
		}
		refused(t, s.EndParent(ctx, "sec", org, moor, day("2026-11-01")), fault.Conflict, "already")
		refused(t, s.EndParent(ctx, "sec", org, "nothing", day("2026-11-01")), fault.NotFound, "")
		parents, err := s.Parents(ctx, org)
		if err != nil {
			t.Fatal(err)
		}
		for on, want := range map[string]int{"2025-12-31": 0, "2026-06-30": 10_000, "2026-07-01": 10_000, "2026-10-01": 6000} {
			if got := venture.Held(parents, day(on)); got != want {
				t.Errorf("on %s: %d, want %d", on, got, want)
			}
		}
	})
}

func TestMatter_Consented(t *testing.T) {
	parents := []venture.Parent{
		{Org: "harbour", ShareholdingBP: 5000, Starts: day("2026-01-01")},
		{Org: "moorland", ShareholdingBP: 4000, Starts: day("2026-01-01"), Ends: day("2026-10-01")},
		{Org: "charity", ShareholdingBP: 1000, Starts: day("2026-01-01")},
	}
	base := venture.Matter{Code: "sell", Title: "Selling the hospital", Text: "x", Starts: day("2026-01-01")}
	with := func(rule venture.ConsentRule, threshold int, named ...string) venture.Matter {
		m := base
		m.Rule, m.Threshold, m.Named = rule, threshold, named
		return m
	}
	cases := []struct {
		name     string
		matter   venture.Matter
		on       string
		consents string
		want     bool
		missing  string
	}{
		{"every parent, one is missing", with(venture.EveryParent, 0), "2026-03-01", "harbour moorland", false, "charity"},
		{"every parent", with(venture.EveryParent, 0), "2026-03-01", "harbour moorland charity", true, ""},
		{"a parent who has left is not asked", with(venture.EveryParent, 0), "2026-10-01", "harbour charity", true, ""},
		{"consent of a stranger counts for nothing", with(venture.Number, 3), "2026-03-01", "harbour moorland bank", false, "charity"},
		{"consent twice counts once", with(venture.Number, 2), "2026-03-01", "harbour harbour", false, "moorland charity"},
		{"three quarters, just", with(venture.Shareholding, 9000), "2026-03-01", "harbour moorland", true, ""},
		{"three quarters, not quite", with(venture.Shareholding, 9001), "2026-03-01", "harbour moorland", false, "charity"},
		{"named parents", with(venture.Named, 0, "charity"), "2026-03-01", "harbour moorland", false, "charity"},
		{"a named parent who has left stops it, rather than being forgotten", with(venture.Named, 0, "moorland"), "2026-10-01", "moorland", false, ""},
		{"before there were parents", with(venture.EveryParent, 0), "2026-01-01", "", false, "harbour moorland charity"},
		{"not reserved yet", with(venture.EveryParent, 0), "2025-12-31", "", true, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := c.matter.Consented(parents, day(c.on), strings.Fields(c.consents))
			if got.Given != c.want || strings.Join(got.Missing, " ") != c.missing || got.Reason == "" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestService_Reserve(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := venture.NewService(b.Journal)
		for parent, bp := range map[string]int{"harbour": 6000, "moorland": 3000} {
			if _, err := s.SetParent(ctx, "sec", org, venture.Parent{Org: parent, ShareholdingBP: bp, Starts: day("2026-01-01")}); err != nil {
				t.Fatal(err)
			}
		}
		m := venture.Matter{Code: "sell", Title: "Selling the hospital", Text: "Any sale of land.", Rule: venture.Named, Named: []string{"harbour", "moorland"}, Starts: day("2026-02-01")}
		id, err := s.Reserve(ctx, "sec", org, m)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name   string
			change func(*venture.Matter)
			says   string
		}{
			{"the same again", func(*venture.Matter) {}, "already"},
			{"a stranger named", func(m *venture.Matter) { m.Code, m.Named = "b", []string{"bank"} }, "no parent"},
			{"more than all hold", func(m *venture.Matter) { m.Code, m.Rule, m.Named, m.Threshold = "b", venture.Shareholding, nil, 9001 }, "hold less"},
			{"more parents than there are", func(m *venture.Matter) { m.Code, m.Rule, m.Named, m.Threshold = "b", venture.Number, nil, 3 }, "only 2 parents"},
			{"nobody named", func(m *venture.Matter) { m.Code, m.Named = "b", nil }, "named"},
			{"a rule nobody knows", func(m *venture.Matter) { m.Code, m.Rule, m.Named = "b", "loudest", nil }, "not known"},
		} {
			other := m
			c.change(&other)
			_, err := s.Reserve(ctx, "sec", org, other)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if err := s.Release(ctx, "sec", org, id, day("2026-06-01")); err != nil {
			t.Fatal(err)
		}
		refused(t, s.Release(ctx, "sec", org, id, day("2026-07-01")), fault.Conflict, "already")
		m.Starts, m.Rule, m.Named = day("2026-06-01"), venture.EveryParent, nil
		if _, err := s.Reserve(ctx, "sec", org, m); err != nil {
			t.Fatal(err)
		}
		matters, err := s.Matters(ctx, org)
		if err != nil || len(matters) != 2 || !reflect.DeepEqual(matters[0].Named, []string{"harbour", "moorland"}) || matters[0].Ends != day("2026-06-01") {
			t.Errorf("%+v, %v", matters, err)
		}
	})
}

// Each parent's staff are a constituency of the venture's members.
func TestConstituencies(t *testing.T) {
	parents := []venture.Parent{
		{Org: "harbour", ShareholdingBP: 5000, Starts: day("2026-01-01")},
		{Org: `moor"land`, ShareholdingBP: 4000, Starts: day("2026-01-01")},
		{Org: "gone", ShareholdingBP: 1000, Starts: day("2025-01-01"), Ends: day("2026-01-01")},
	}
	set := venture.Constituencies(parents, map[string]string{"harbour": "Harbour Health"}, day("2026-03-01"))
	for i := range set {
		set[i].Class, set[i].Starts = "staff", day("2026-01-01")
	}
	class := member.Class{
		Code: "staff", Name: "Staff", Kind: member.Staff, Admission: member.Automatic, Leaving: member.EmploymentEnds, Votes: 1,
		Eligibility: venture.EmployersRule(parents, day("2026-03-01")), Starts: day("2026-01-01"),
	}
	book, err := member.NewBook(member.NewCompiler(), []member.Class{class}, set)
	if err != nil {
		t.Fatal(err)
	}
	for employer, want := range map[string]string{"harbour": "Staff of Harbour Health", `moor"land`: `Staff of moor"land`, "gone": ""} {
		post := member.Post{Employer: employer, Category: "permanent", From: day("2026-01-01")}
		got := member.StatusOn(day("2026-03-01"), member.Inputs{Book: book, Posts: []member.Post{post}})
		if got.ConstituencyName != want || (got.State == member.Member) != (want != "") {
			t.Errorf("%s: %s in %q: %s", employer, got.State, got.ConstituencyName, got.Reason)
		}
	}
}
