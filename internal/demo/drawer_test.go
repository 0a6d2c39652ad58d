package demo_test

import (
	"testing"
	"time"

	"commonweal/internal/decide/poll"
	"commonweal/internal/demo"
)

// The demonstration has a council that is elected with an archive that verifies, a question
// that was answered, a ballot that is open to the visitor, and an election in which people can stand; time
// can be let pass until the ballot closes, and what its people keep at home opens it.
func TestPolls(t *testing.T) {
	h := build(t)
	h.World.Skip(time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC).Sub(h.World.Now()))
	list, err := h.Polls.Polls(ctx, demo.Org)
	if err != nil {
		t.Fatal(err)
	}
	stages := map[string]poll.Stage{}
	for _, p := range list {
		stages[p.Code] = p.Stage(h.World.Now())
		for _, c := range p.Contests {
			if c.Roll == nil || !c.Uncontested.IsZero() {
				continue
			}
			found, err := h.AuditBox(ctx, demo.Org, c.ID)
			if err != nil || len(found) > 0 {
				t.Errorf("%s %s: %v, %v", p.Code, c.Code, found, err)
			}
		}
	}
	for code, want := range map[string]poll.Stage{"council": poll.Declared, "saturdays": poll.Declared, "shifts": poll.Open, "directors": poll.Nominating} {
		if stages[code] != want {
			t.Errorf("%s is %s, want %s", code, stages[code], want)
		}
	}
	answered, err := h.Indicators.Figures(ctx, demo.Org, "activity-proposals-answered")
	if err != nil || len(answered) != 1 || answered[0].Numerator != 1 || answered[0].Denominator != 1 {
		t.Errorf("one question was answered, and one is open: %+v, %v", answered, err)
	}
	amara, err := h.Identity.PersonByEmail(ctx, demo.Org, "amara.okafor@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if d, err := demo.DrawerOf(ctx, h, amara.ID); err != nil || len(d.Letters) == 0 || len(d.Parts) != 0 {
		t.Errorf("Amara has %d letters and %d parts, %v", len(d.Letters), len(d.Parts), err)
	}
	tomos, err := h.Identity.PersonByEmail(ctx, demo.Org, "tomos.pugh@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if d, err := demo.DrawerOf(ctx, h, tomos.ID); err != nil || len(d.Parts) != 3 {
		t.Errorf("Tomos has %d parts, %v", len(d.Parts), err)
	}
	moments, err := h.Moments(ctx, demo.Org)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range moments {
		if m.Text != "Twelve-hour shifts: voting closes" {
			continue
		}
		if err := h.SkipTo(ctx, amara.ID, demo.Org, m.At); err != nil {
			t.Fatal(err)
		}
	}
	p, err := h.Polls.PollByCode(ctx, demo.Org, "shifts")
	if err != nil || p.Stage(h.World.Now()) != poll.Closed {
		t.Errorf("after its close the ballot is %s, %v", p.Stage(h.World.Now()), err)
	}
	head, err := h.Boxes.Head(ctx, demo.Org, p.Contests[0].ID)
	if err != nil || head.Stage != "decrypting" && head.Stage != "tallied" {
		t.Errorf("the box is %s, %v", head.Stage, err)
	}
}
