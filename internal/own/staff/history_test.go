package staff_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/own/member"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

// After two years of monthly lists, the staff list on each date of a list is what
// that list said, but for leavers that were known later; and the posts that are
// derived agree with it on any day.
func TestHistory_TwoYearsOfLists(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		months := 24
		if testing.Short() {
			months = 6
		}
		day := date(t, "2024-10-19")
		rows := invent.Generate(5, 150, day)
		lists := map[law.Date][]stafflist.Row{}
		for m := range months {
			load(t, s, invented(t, day, rows))
			lists[day] = rows
			next := date(t, "2024-10-19").AddMonths(m + 1)
			rows = invent.Evolve(rows, day, next, uint64(m))
			day = next
		}
		for day, rows := range lists {
			compareDay(t, s, day, employedIn(rows, day))
		}
		comparePosts(t, s, b, date(t, "2025-03-03"), date(t, "2025-08-31"), date(t, "2026-01-01"), date(t, "2010-05-05"))
	})
}

// line says where somebody works.
func line(number, group, role, site string, fte int) string {
	return fmt.Sprintf("%s %s/%s/%s/%d", number, group, role, site, fte)
}

// employedIn is what a list says of those employed on a day, in main posts. For
// somebody with several posts the list is read by package stafflist.
func employedIn(rows []stafflist.Row, day law.Date) []string {
	plan, err := stafflist.Compare(nil, stafflist.List{Rows: rows, Fields: stafflist.Fields(), Read: len(rows)}, day, stafflist.Terms{})
	if err != nil {
		panic(err)
	}
	var out []string
	for _, j := range plan.Joiners {
		m := j.Main
		if !m.Start.After(day) && (m.End.IsZero() || !m.End.Before(day)) {
			out = append(out, line(j.EmployeeNumber, m.StaffGroup, m.Role, m.Site, m.FTE))
		}
	}
	slices.Sort(out)
	return out
}

func compareDay(t *testing.T, s *staff.Service, day law.Date, want []string) {
	t.Helper()
	var got []string
	must(t, s.EachOn(ctx, staff.Filter{Org: wye, Day: day}, func(e staff.Entry) error {
		got = append(got, line(e.EmployeeNumber, e.Main.StaffGroup, e.Main.Role, e.Main.Site, e.Main.FTE))
		return nil
	}))
	slices.Sort(got)
	if !slices.Equal(got, want) {
		for _, g := range got {
			if !slices.Contains(want, g) {
				t.Errorf("on %s the list had not %s", day, g)
			}
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("on %s the list had %s", day, w)
			}
		}
	}
}

// comparePosts compares the main posts held on some days with the list on them.
func comparePosts(t *testing.T, s *staff.Service, b *schematest.Base, days ...law.Date) {
	t.Helper()
	held := map[law.Date][]string{}
	seen := map[string]bool{}
	last := ""
	must(t, b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return s.Posts(ctx, tx, wye, "", func(person string, p staff.Post) error {
			if person != last && seen[person] {
				t.Errorf("the posts of person %s do not come together", person)
			}
			last, seen[person] = person, true
			for _, day := range days {
				if p.Main && !day.Before(p.From) && (p.To.IsZero() || !day.After(p.To)) {
					held[day] = append(held[day], line(person, p.StaffGroup, p.Role, p.Site, p.FTE))
				}
			}
			return nil
		})
	}))
	for _, day := range days {
		var want []string
		must(t, s.EachOn(ctx, staff.Filter{Org: wye, Day: day}, func(e staff.Entry) error {
			want = append(want, line(e.PersonID, e.Main.StaffGroup, e.Main.Role, e.Main.Site, e.Main.FTE))
			return nil
		}))
		slices.Sort(want)
		slices.Sort(held[day])
		if !slices.Equal(held[day], want) {
			t.Errorf("on %s: %d posts are held and %d people listed", day, len(held[day]), len(want))
		}
	}
}

// staffing gives the lists to package member, as the program does.
type staffing struct{ *staff.Service }

var _ member.Staffing = staffing{}

func (s staffing) Posts(ctx context.Context, tx *db.Tx, org, person string, yield func(string, member.Post) error) error {
	return s.Service.Posts(ctx, tx, org, person, func(person string, p staff.Post) error {
		return yield(person, member.Post{
			StaffGroup: p.StaffGroup, Role: p.Role, Site: p.Site, OrgCode: p.OrgCode, Employer: p.Employer, Category: string(p.Category),
			FTE: p.FTE, Main: p.Main, From: p.From, To: p.To, Starts: p.Starts, ContractEnds: p.ContractEnd,
		})
	})
}

// One person's posts, as package member reads them.
func TestPosts_OfOnePersonAsMemberReadsThem(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-10-01", ada, bryn))
		load(t, s, listOf(t, "2026-11-01", replace(ada, "Ferry Lane", "Alder House"), bryn))
		person := everybody(t, b)["ada.reed@example.org"].ID
		var got []string
		must(t, b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
			return staffing{s}.Posts(ctx, tx, wye, person, func(id string, p member.Post) error {
				got = append(got, fmt.Sprintf("%t %s %s %s since %s", id == person && p.Main && p.Employs(), p.Site, p.From, p.To, p.Starts))
				return nil
			})
		}))
		want := []string{"true Ferry Lane 2020-01-06 2026-10-31 since 2020-01-06", "true Alder House 2026-11-01  since 2020-01-06"}
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
