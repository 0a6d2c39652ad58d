package register_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/register"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

func appointments() ([]identity.Appointment, map[string]identity.Person) {
	held := []identity.Appointment{
		{Person: "p1", Role: policy.Secretary, Starts: day("2024-01-01")},
		{Person: "p2", Role: policy.Director, Starts: day("2024-01-01"), Ends: day("2025-06-30")},
		{Person: "p3", Role: policy.Director, Starts: day("2025-06-30")},
		{Person: "p4", Role: policy.Scrutineer, Starts: day("2024-01-01")},
		{Person: "p5", Role: policy.Director, Starts: day("2024-01-01"), Ends: day("2024-01-01")},
	}
	people := map[string]identity.Person{
		"p1": {Given: "Huw", Family: "Prosser", Email: "huw@wye.example", PostalAddress: "1 Weir Lane\nLydney"},
		"p2": {Given: "Dee", Family: "Rector"}, "p3": {Given: "Mair", Family: "Chair"}, "p4": {Given: "Ines", Family: "Hart"}, "p5": {Given: "Never", Family: "Held"},
	}
	return held, people
}

// Officers with their address, office and first day: Co-operative and Community
// Benefit Societies Act 2014, s.30(3). Only those in office on the day are in it,
// because the Act asks for no last day; a scrutineer is no officer of the society.
func TestOfficers_Society_s30_3(t *testing.T) {
	held, people := appointments()
	for _, tc := range []struct{ on, want string }{
		{"2025-06-29", "Dee Rector,,,,director,2024-01-01\nHuw Prosser,\"1 Weir Lane, Lydney\",huw@wye.example,notices,secretary,2024-01-01"},
		{"2025-06-30", "Mair Chair,,,,director,2025-06-30\nHuw Prosser,\"1 Weir Lane, Lydney\",huw@wye.example,notices,secretary,2024-01-01"},
	} {
		o := register.NewOfficers(formOf(t, law.BenefitSociety, tc.on), day(tc.on), register.Organisation{}, held, people)
		var out bytes.Buffer
		if err := o.WriteCSV(&out); err != nil {
			t.Fatal(err)
		}
		rows := lines(out.String())
		if rows[0] != "Name,Postal address,E-mail address,E-mail address given for,Office,In office from" {
			t.Errorf("headings %q", rows[0])
		}
		if got := strings.Join(rows[1:], "\n"); got != tc.want {
			t.Errorf("on %s:\n%s\nwant\n%s", tc.on, got, tc.want)
		}
		for _, c := range o.Columns {
			if !strings.Contains(c.Law.Citation, "s.30(3)") {
				t.Errorf("column %s: %s", c.Field, c.Law.Citation)
			}
		}
	}
}

// A trustee who has ceased stays in the register with the day, and the office of
// the organisation stands for the address: SI 2012/3012, Sch.1 para.4.
func TestOfficers_CIO_Sch1_4(t *testing.T) {
	held, people := appointments()
	o := register.NewOfficers(formOf(t, law.CharityCIO, "2026-11-21"), day("2026-11-21"), register.Organisation{Office: "Ferry Lane"}, held, people)
	i := slices.IndexFunc(o.Entries, func(e register.Officer) bool { return e.Name == "Dee Rector" })
	if i < 0 || o.Entries[i].To != day("2025-06-30") || o.Entries[i].ServiceAddress != "Ferry Lane" {
		t.Errorf("%+v", o.Entries)
	}
}

func TestService_Officers(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.BenefitSociety)
		o, err := m.svc.Officers(ctx, org, day("2026-11-19"))
		m.must(err)
		if len(o.Entries) != 2 || o.Entries[1].Name != "Huw Prosser" || o.Entries[1].Office != "secretary" {
			t.Errorf("%+v", o.Entries)
		}
	})
}

// A company keeps its directors in another register.
func TestService_Officers_Company(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t), law.CICShares)
	if _, err := m.svc.Officers(ctx, org, day("2026-11-19")); !fault.Is(err, fault.Conflict) {
		t.Errorf("%v", err)
	}
}
