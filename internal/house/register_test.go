package house

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/internal/own/register"
	"commonweal/law"
)

// The morning's job tells of every request that is nearly due, in every mutual, and
// leaves organisations without a register alone.
func TestRemind(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	clock := world.At(time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC))
	h, err := Open(ctx, world.Fixed(clock, 1), Options{
		Database: filepath.Join(dir, "c.db"), KeyFile: filepath.Join(dir, "c.key"), Mail: "dir:" + filepath.Join(dir, "mail"),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	day := law.Today(clock.Now())
	for _, o := range []identity.Organisation{
		{ID: "wye", Name: "Wye", Kind: identity.Mutual, LegalForm: string(law.CICShares), Opened: day},
		{ID: "usk", Name: "Usk", Kind: identity.Mutual, Opened: day},
		{ID: "trust", Name: "Trust", Kind: identity.Employer, Opened: day},
	} {
		var first []identity.Setup
		if o.Kind == identity.Mutual {
			first = append(first, identity.Setup{Person: identity.Person{Given: "Huw", Family: "Prosser", Email: "huw@" + o.ID + ".example"}, Role: policy.Secretary})
		}
		if _, _, err := h.Identity.CreateOrganisation(ctx, "setup", o, first...); err != nil {
			t.Fatal(err)
		}
	}
	r, err := h.Register.Ask(ctx, "wye", register.Ask{
		Audience: law.Anyone, Name: "Ines Hart", Address: "4 Mill Road", Purpose: "To write to members", Shared: register.No,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		on   string
		told int
	}{{"2026-11-24", 0}, {"2026-11-25", 1}, {"2026-11-25", 1}} {
		d, err := law.ParseDate(tc.on)
		if err != nil {
			t.Fatal(err)
		}
		clock.Set(d.Start().Add(7 * time.Hour))
		if err := h.remind(ctx); err != nil {
			t.Fatal(err)
		}
		tally, err := h.Notices.Tally(ctx, "wye", "inspection.due", r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if tally.Email != tc.told {
			t.Errorf("on %s %d were told, want %d", tc.on, tally.Email, tc.told)
		}
	}
}
