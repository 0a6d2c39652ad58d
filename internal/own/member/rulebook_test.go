package member_test

import (
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/member"
	"commonweal/internal/schema/schematest"
)

var nursingAndSites = []member.Constituency{
	{Code: "nursing", Name: "Nursing", Rule: `staff_group == "Nursing"`, Position: 1},
	{Code: "ashby", Name: "Ashby", Rule: `site == "Ashby"`, Position: 2},
}

// Saving constituencies tells where the rules overlap for the staff of today,
// whom none fits, and of whom we cannot tell.
func TestService_SaveConstituencies(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.class()
		m.staff["both"] = []member.Post{permanent("2025-01-01", "")}
		m.staff["site"] = []member.Post{{StaffGroup: "Estates", Site: "Ashby", Category: "permanent", From: day("2025-01-01")}}
		m.staff["none"] = []member.Post{{StaffGroup: "Estates", Site: "Bray", Category: "permanent", From: day("2025-01-01")}}
		m.staff["unsaid"] = []member.Post{{Site: "Ashby", Category: "permanent", From: day("2025-01-01")}}
		m.staff["bank"] = []member.Post{{StaffGroup: "Nursing", Site: "Ashby", Category: "bank", From: day("2025-01-01")}}
		m.staff["left"] = []member.Post{permanent("2025-01-01", "2026-01-01")}
		got, err := m.svc.SaveConstituencies(ctx, "sec", org, "staff", day("2020-01-01"), nursingAndSites)
		m.ok(err)
		if got.People != 4 || got.None != 1 || got.Unclear != 1 || got.Sizes[0].People != 1 || got.Sizes[1].People != 1 {
			t.Errorf("%+v", got)
		}
		if len(got.Overlaps) != 1 || got.Overlaps[0].People != 1 || got.Overlaps[0].First != "nursing" || got.Overlaps[0].Examples[0] != "both" {
			t.Errorf("%+v", got.Overlaps)
		}
		// Nobody is in the class yet, so the set may still be put right.
		again, err := m.svc.SaveConstituencies(ctx, "sec", org, "staff", day("2020-01-01"), nursingAndSites[1:])
		m.ok(err)
		if len(again.Sizes) != 1 || again.Sizes[0].People != 3 {
			t.Errorf("%+v", again)
		}
		_, err = m.svc.SaveConstituencies(ctx, "sec", org, "gold", day("2020-01-01"), nursingAndSites)
		m.refused(err, fault.Invalid, "no such class")
	})
}

// Once somebody is a member the rules up to today stay as they are: a new version
// begins tomorrow or later, and until it begins it can be changed or dropped.
func TestService_RulesFreeze(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b) // today is 19 November 2026
		m.people("ann")
		m.class()
		m.class(func(c *member.Class) { c.GraceDays = 14 }) // nobody is in it yet
		m.staff["ann"] = []member.Post{permanent("2025-01-01", "2026-10-31")}
		_, err := m.svc.Admit(ctx, "sec", org, member.Decision{Person: "ann", Class: "staff", Effective: day("2026-03-01"), Reason: "founder"})
		m.ok(err)
		m.expect("ann", "2026-11-14", member.Ended, "14 days after")

		c := member.Class{Code: "staff", Name: "Staff", Kind: member.Staff, Admission: member.OnApplication, Leaving: member.Keeps, Votes: 1, Starts: day("2026-11-19")}
		_, err = m.svc.SaveClass(ctx, "sec", org, c)
		m.refused(err, fault.Invalid, "frozen")
		_, err = m.svc.SaveConstituencies(ctx, "sec", org, "staff", day("2026-11-01"), nursingAndSites)
		m.refused(err, fault.Invalid, "frozen")
		c.Starts = day("2026-11-20")
		id, err := m.svc.SaveClass(ctx, "sec", org, c)
		m.ok(err)
		c.Votes = 2
		same, err := m.svc.SaveClass(ctx, "sec", org, c)
		m.ok(err)
		if same != id {
			t.Errorf("a version that has not begun was doubled")
		}
		preview, err := m.svc.PreviewClass(ctx, org, c)
		m.ok(err)
		if preview.On != c.Starts || preview.Members != 0 {
			t.Errorf("%+v", preview)
		}
		m.ok(m.svc.DropClassVersion(ctx, "sec", org, id))
		m.refused(m.svc.DropClassVersion(ctx, "sec", org, id), fault.NotFound, "no version")
		m.expect("ann", "2026-11-21", member.Ended, "14 days after")
	})
}
