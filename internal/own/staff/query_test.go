package staff_test

import (
	"fmt"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/internal/schema/schematest"
)

// A staff list can be narrowed and searched; what stands for anything in a pattern
// stands for itself here, and letters beyond ASCII are found in either case.
func TestOn_Filters(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		elan := "20400005,Élan,Öre_Hill,e.hill@example.org,Nursing and midwifery,Nurse,Quay Street,0.50,02/11/2020,,"
		load(t, s, listOf(t, "2026-11-01", ada, bryn, carys, elan))
		load(t, s, from(listOf(t, "2026-11-01", dilysBefore), council))
		for _, c := range []struct {
			name string
			f    staff.Filter
			want string
		}{
			{"everybody", staff.Filter{}, "Carys at Alder House, Bryn at Ferry Lane, Dilys at Alder House, Ada at Ferry Lane, Élan at Quay Street"},
			{"one employer", staff.Filter{Employer: council}, "Dilys at Alder House"},
			{"one group", staff.Filter{Group: "Nursing and midwifery", Employer: wye}, "Ada at Ferry Lane, Élan at Quay Street"},
			{"one site", staff.Filter{Site: "Alder House"}, "Carys at Alder House, Dilys at Alder House"},
			{"part of a name", staff.Filter{Search: "rEE"}, "Ada at Ferry Lane"},
			{"two words, both must fit", staff.Filter{Search: "ada moss"}, ""},
			{"an employee number's beginning", staff.Filter{Search: "20400002"}, "Bryn at Ferry Lane"},
			{"a work email's beginning", staff.Filter{Search: "Carys.Fell@"}, "Carys at Alder House"},
			{"a letter beyond ASCII in small", staff.Filter{Search: "élan"}, "Élan at Quay Street"},
			{"and as it is written", staff.Filter{Search: "Öre"}, "Élan at Quay Street"},
			{"a percent sign is itself", staff.Filter{Search: "%"}, ""},
			{"an underscore is itself", staff.Filter{Search: "e_h"}, "Élan at Quay Street"},
		} {
			if got := names(t, s, c.f); got != c.want {
				t.Errorf("%s: %s; want %s", c.name, got, c.want)
			}
		}
	})
}

// Pages hold everybody once, in order, and know how many there are.
func TestOn_Pages(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, invented(t, date(t, "2026-11-19"), invent.Generate(8, 130, date(t, "2026-11-19"))))
		var all, paged []string
		must(t, s.EachOn(ctx, staff.Filter{Org: wye}, func(e staff.Entry) error {
			all = append(all, e.EmployeeNumber)
			return nil
		}))
		for n := 1; ; n++ {
			page, err := s.On(ctx, staff.Filter{Org: wye, Page: n, Size: 40})
			must(t, err)
			if page.Total != len(all) {
				t.Fatalf("page %d: total %d of %d", n, page.Total, len(all))
			}
			if len(page.Entries) == 0 {
				break
			}
			for _, e := range page.Entries {
				paged = append(paged, e.EmployeeNumber)
			}
		}
		if fmt.Sprint(all) != fmt.Sprint(paged) {
			t.Errorf("the pages hold %d, the list %d", len(paged), len(all))
		}
		total := 0
		for _, by := range []staff.Dimension{staff.ByGroup, staff.BySite, staff.ByCategory, staff.ByEmployer} {
			counts, err := s.Counts(ctx, staff.Filter{Org: wye}, by)
			must(t, err)
			for _, c := range counts {
				total += c.People
			}
		}
		if total != 4*len(all) {
			t.Errorf("four ways of counting give %d, want four times %d", total, len(all))
		}
		if _, err := s.Counts(ctx, staff.Filter{Org: wye}, "v.family"); !fault.Is(err, fault.Invalid) {
			t.Errorf("by surname: %v", err)
		}
	})
}

func TestCounts(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-11-03", ada, bryn, carys, dilys))
		got, err := s.Counts(ctx, staff.Filter{Org: wye}, staff.ByGroup)
		must(t, err)
		want := "[{Administrative and clerical 1 100} {Estates and ancillary 1 60} {Nursing and midwifery 2 180}]"
		if fmt.Sprint(got) != want {
			t.Errorf("got %v, want %s", got, want)
		}
	})
}

// The last imports come first, of one employer or of all.
func TestImports(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-10-01", ada))
		load(t, s, from(listOf(t, "2026-10-02", bryn), council))
		load(t, s, listOf(t, "2026-11-01", ada, carys))
		for _, c := range []struct {
			employer string
			limit    int
			want     string
		}{{"", 10, "2026-11-01 2026-10-02 2026-10-01 "}, {wye, 10, "2026-11-01 2026-10-01 "}, {"", 1, "2026-11-01 "}} {
			list, err := s.Imports(ctx, wye, c.employer, c.limit)
			must(t, err)
			got := ""
			for _, i := range list {
				got += i.AsAt.String() + " "
			}
			if got != c.want {
				t.Errorf("%q, %d: %s; want %s", c.employer, c.limit, got, c.want)
			}
		}
		if _, err := s.ImportByID(ctx, "severn", "x"); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
	})
}

// A profile is saved under a name, used by it, found by headings, and deleted.
func TestProfiles(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		ours := stafflist.Profile{Name: "Wye rota", DateForms: []string{"dd/MM/yyyy"}, Columns: map[stafflist.Field][]string{
			stafflist.EmployeeNumber: {"Badge"}, stafflist.Given: {"Forenames"}, stafflist.Family: {"Surname"}, stafflist.Start: {"Began"},
		}}
		must(t, s.SaveProfile(ctx, secretary, wye, ours))
		must(t, s.SaveProfile(ctx, secretary, wye, ours))
		if n := entriesOf(t, b); n != 1 {
			t.Errorf("saved twice: %d entries", n)
		}
		ours.Source = "the rota"
		must(t, s.SaveProfile(ctx, secretary, wye, ours))
		list, err := s.Profiles(ctx, wye)
		must(t, err)
		if len(list) != 3 || list[0].Source != "the rota" || list[0].BuiltIn || !list[1].BuiltIn {
			t.Errorf("profiles: %+v", list)
		}
		for name, profile := range map[string]string{"by name": "wye ROTA", "by its headings": ""} {
			l := bytesList(t, "2026-11-01", []byte("Badge,Forenames,Surname,Began\n"+name+"1,Ada,Reed,06/01/2020\n7,Bryn,Moss,06/01/2020\n"))
			l.Profile = profile
			p, err := s.DryRun(ctx, l)
			if err != nil || len(p.Joiners) != 1 {
				t.Errorf("%s: %d joiners, %v", name, len(p.Joiners), err)
			}
		}
		other := ours
		other.Name = "ESR"
		if err := s.SaveProfile(ctx, secretary, wye, other); !fault.Is(err, fault.Conflict) {
			t.Errorf("a built-in name: %v", err)
		}
		other.Name, other.Columns = "bad", map[stafflist.Field][]string{stafflist.Given: {"NI Number"}}
		if err := s.SaveProfile(ctx, secretary, wye, other); !fault.Is(err, fault.Invalid) {
			t.Errorf("a sensitive heading: %v", err)
		}
		must(t, s.DeleteProfile(ctx, secretary, wye, "Wye rota"))
		if err := s.DeleteProfile(ctx, secretary, wye, "Wye rota"); !fault.Is(err, fault.NotFound) {
			t.Errorf("deleted twice: %v", err)
		}
		if err := s.DeleteProfile(ctx, secretary, wye, "esr"); !fault.Is(err, fault.Conflict) {
			t.Errorf("a built-in profile: %v", err)
		}
	})
}
