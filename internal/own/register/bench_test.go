package register_test

import (
	"fmt"
	"io"
	"testing"

	"commonweal/internal/own/member"
	"commonweal/internal/own/register"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

const manyMembers = 100_000

// The pure part: the register of 100,000 members, a view of it, and its bytes.
func BenchmarkRegister(b *testing.B) {
	in := source(b)
	in.Rows = make([]member.Row, manyMembers)
	for i := range in.Rows {
		in.Rows[i] = member.Row{
			Number: i + 1, MemberID: fmt.Sprintf("m%d", i), Person: fmt.Sprintf("p%d", i), Name: fmt.Sprintf("Given Family%d", i), Family: fmt.Sprintf("Family%d", i),
			PostalAddress: "1 Weir Lane\nLydney", Email: fmt.Sprintf("m%d@example.org", i), Entered: day("2024-04-01").AddDays(i % 700), ClassName: "Staff",
		}
	}
	form := formOf(b, law.BenefitSociety, "2026-11-21")
	for b.Loop() {
		r := register.New(form, day("2026-11-21"), in)
		v, err := r.ViewOf(law.Member, "")
		if err != nil {
			b.Fatal(err)
		}
		for _, write := range []func(io.Writer) error{r.WriteCSV, v.WriteCSV, r.WriteJSON} {
			if err := write(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(manyMembers*float64(b.N)/b.Elapsed().Seconds(), "members/s")
}

// The whole way: from the tables of an SQLite file to the bytes of the CSV.
func BenchmarkRegister_FromTables(b *testing.B) {
	m := newMutual(b, schematest.SQLite(b), law.BenefitSociety)
	m.join(manyMembers)
	for b.Loop() {
		r, err := m.svc.On(ctx, org, day("2026-11-19"))
		if err != nil {
			b.Fatal(err)
		}
		if err := r.WriteCSV(io.Discard); err != nil {
			b.Fatal(err)
		}
		if len(r.Entries) != manyMembers {
			b.Fatalf("%d entries", len(r.Entries))
		}
	}
	b.ReportMetric(manyMembers*float64(b.N)/b.Elapsed().Seconds(), "members/s")
}
