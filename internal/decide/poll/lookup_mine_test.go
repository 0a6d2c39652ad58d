package poll_test

import (
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/schema/schematest"
)

// A member sees the contests that concern them: first by the register, and once the
// roll is made by the roll.
func TestMine(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		mine := func(person string) map[string]bool {
			list, err := m.svc.Mine(ctx, org, person)
			m.ok(err)
			out := map[string]bool{}
			for _, one := range list {
				out[one.Contest.Code] = one.OnRoll
			}
			return out
		}
		m.on("2026-03-02")
		draft := m.council()
		if got := mine("amara"); len(got) != 0 {
			t.Errorf("a draft concerns nobody, and amara sees %v", got)
		}
		m.officials(draft)
		m.ok(m.svc.Call(ctx, "sec", org, draft))
		m.on("2026-03-09")
		if got := mine("amara"); len(got) != 1 || !got["nursing"] {
			t.Errorf("amara nurses, and sees %v", got)
		}
		m.on("2026-03-26")
		m.ok(m.svc.MakeRoll(ctx, "ret", org, draft))
		m.reg["amara"] = nil // she leaves after the record date
		if got := mine("amara"); !got["nursing"] {
			t.Errorf("amara is on the roll, and sees %v", got)
		}
		if got := mine("ret"); len(got) != 0 {
			t.Errorf("the returning officer is no member, and sees %v", got)
		}
	})
}

// Whoever shows a photograph learns whose it is.
func TestPhotoOf(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		nursing := m.contest(m.called(), "nursing")
		id := m.stands(nursing.ID, "amara")
		m.ok(m.svc.SetPhoto(ctx, "amara", org, nursing.ID, id, picture(t, 90)))
		sum := m.contest(nursing.Poll, "nursing").Nominations[0].Photo
		list, err := m.svc.PhotoOf(ctx, org, sum)
		m.ok(err)
		if len(list) != 1 || list[0].Contest.ID != nursing.ID || list[0].Poll.ID != nursing.Poll {
			t.Errorf("the photograph is of %+v", list)
		}
		_, err = m.svc.PhotoOf(ctx, org, "00")
		m.refused(err, fault.NotFound, "no photograph")
	})
}
