package member_test

import (
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/member"
	"commonweal/internal/schema/schematest"
)

// A trust's staff are members without asking: they get their numbers at night,
// and a second run does nothing.
func TestService_Enrol(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.people("a", "b", "c")
		m.class(func(c *member.Class) {
			c.Admission, c.Leaving, c.GraceDays = member.Automatic, member.EligibilityEnds, 0
		})
		m.staff["a"] = []member.Post{permanent("2026-02-01", "")}
		m.staff["b"] = []member.Post{permanent("2026-01-01", "")}
		m.staff["c"] = []member.Post{permanent("2026-01-01", "")}
		_, err := m.svc.Apply(ctx, "a", org, member.Application{Person: "a", Class: "staff", Effective: day("2026-03-01")})
		m.refused(err, fault.Conflict, "nobody applies")
		_, err = m.svc.OptOut(ctx, "c", org, "c", "staff", day("2026-01-01"))
		m.ok(err)
		_, err = m.svc.OptOut(ctx, "c", org, "c", "staff", day("2026-01-02"))
		m.refused(err, fault.Conflict, "recorded already")
		m.expect("a", "2026-02-01", member.Member, "without having to apply")
		for run, want := range []int{2, 0} {
			n, err := m.svc.Enrol(ctx, org, day("2026-03-01"))
			if err != nil || n != want {
				t.Errorf("run %d: %d, %v", run, n, err)
			}
		}
		rows, err := m.svc.Register(ctx, org, day("2026-03-01"))
		m.ok(err)
		if len(rows) != 2 || rows[0].Person != "b" || rows[0].Number != 1 || rows[1].Number != 2 || rows[1].Entered != day("2026-02-01") {
			t.Errorf("%+v", rows)
		}
		_, err = m.svc.OptIn(ctx, "c", org, "c", "staff", day("2026-03-02"))
		m.ok(err)
		n, err := m.svc.Enrol(ctx, org, day("2026-03-02"))
		if err != nil || n != 1 {
			t.Errorf("after opting in: %d, %v", n, err)
		}
	})
}
