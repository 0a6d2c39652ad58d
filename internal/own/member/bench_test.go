package member_test

import (
	"fmt"
	"os"
	"testing"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/member"
	"commonweal/internal/schema/schematest"
)

// BenchmarkRegister reads the register of 100,000 members on a day, with names
// and constituencies, from SQLite.
func BenchmarkRegister(b *testing.B) {
	if testing.Short() {
		b.Skip("it admits 100,000 members first")
	}
	const n = 100_000
	m := newMutual(b, schematest.SQLite(b))
	m.class()
	_, err := m.svc.SaveConstituencies(ctx, "sec", org, "staff", day("2020-01-01"), []member.Constituency{
		{Code: "nursing", Name: "Nursing", Rule: `staff_group == "Nursing"`, Position: 1},
		{Code: "therapies", Name: "Therapies", Rule: `staff_group in ["Therapies", "Scientists"]`, Position: 2},
		{Code: "north", Name: "North", Rule: `site.startsWith("North")`, Position: 3},
		{Code: "rest", Name: "Everybody else", Rule: `true`, Position: 4},
	})
	m.ok(err)
	groups := []string{"Nursing", "Therapies", "Estates", "Administration"}
	var list []member.Entrant
	for i := range n {
		id := fmt.Sprintf("p%06d", i)
		from := day("2024-01-01").AddDays(i % 700)
		p := member.Post{StaffGroup: groups[i%4], Site: fmt.Sprintf("North %d", i%30), Category: "permanent", FTE: 100, From: from}
		if i%10 == 0 {
			p.To = from.AddDays(400)
		}
		m.staff[id] = []member.Post{p}
		list = append(list, member.Entrant{Person: id, Class: "staff", Applied: from, Effective: from.AddDays(10)})
	}
	addPeople(b, m, n)
	b.Run("admit all", func(b *testing.B) {
		for b.Loop() {
			if len(list) == 0 {
				b.Skip("they are admitted already")
			}
			m.ok(m.svc.AdmitAll(ctx, "sec", org, member.Source{}, list))
			list = nil
		}
	})
	b.Run("register", func(b *testing.B) {
		for b.Loop() {
			rows, err := m.svc.Register(ctx, org, day("2026-06-01"))
			if err != nil || len(rows) != n {
				b.Fatal(len(rows), err)
			}
		}
	})
	b.Run("control, five years", func(b *testing.B) {
		for b.Loop() {
			if _, err := m.svc.Control(ctx, org, day("2022-01-01"), day("2026-12-31")); err != nil {
				b.Fatal(err)
			}
		}
	})
	if os.Getenv("COMMONWEAL_BENCH_VERIFY") != "" {
		schematest.Verify(b, m.Journal)
	}
}

func addPeople(b *testing.B, m *mutual, n int) {
	b.Helper()
	_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: "person.added", Actor: "setup"}, func(tx *journal.Tx) error {
		for i := range n {
			_, err := identity.AddPerson(ctx, tx, identity.Person{ID: fmt.Sprintf("p%06d", i), Given: "A", Family: fmt.Sprintf("Person %d", i)})
			if err != nil {
				return err
			}
		}
		return nil
	})
	m.ok(err)
}
