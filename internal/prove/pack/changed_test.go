package pack

import (
	"strings"
	"testing"

	"commonweal/internal/prove/indicator"
	"commonweal/law"
	"commonweal/spc"
)

// Whatever somebody does to make figures look better stands on the measure's page, with
// the day and the reason.
func TestPage_Changes(t *testing.T) {
	on := func(day int) law.Date { return law.NewDate(2026, 5, day) }
	was := defined(func(d *indicator.Definition) { d.Entered = "2026-01-05T09:00:00.000Z" })
	now := was
	now.N, now.Direction, now.Denominator, now.Reason, now.Entered = 2, spc.Up, "days booked", "We look at it otherwise.", "2026-05-03T09:00:00.000Z"
	figure := func(v float64) indicator.Figure { return indicator.Figure{Period: began, Value: v} }
	shown := Measure{ID: "3", Indicator: "absence", Target: "6", Peers: GroupOf("Acute Trusts"), Day: on(7)}
	for _, c := range []struct {
		name string
		m    Measure
		f    Facts
		want []string
	}{
		{"nothing was changed", Measure{ID: "1", Day: on(1)}, Facts{Definition: was, Revisions: []indicator.Definition{was}}, nil},
		{
			"the definition, and which way is better",
			Measure{ID: "1", Day: on(1)},
			Facts{Definition: now, Revisions: []indicator.Definition{was, now}},
			[]string{"2026-05-03 The measure was defined anew. Changed: “out of”. Better was lower, and is now higher. We look at it otherwise."},
		},
		{
			"one figure",
			Measure{ID: "1", Day: on(1)},
			Facts{Definition: was, Corrections: []Correction{{Day: on(4), Figures: 1, Was: figure(5), Now: figure(4.9), Why: "Late returns."}}},
			[]string{"2026-05-04 One figure was revised. April 2023 said 5.00% and now says 4.90%. Late returns."},
		},
		{
			"several figures, and one that was put back",
			Measure{ID: "1", Day: on(1)},
			Facts{Definition: was, Corrections: []Correction{{Day: on(5), Figures: 1, Why: "It was right."}, {Day: on(4), Figures: 12, Was: figure(5), Now: figure(4.9), Why: "Late returns."}}},
			[]string{"2026-05-05 One figure was revised. It was right.", "2026-05-04 12 figures were revised. The newest of them: April 2023 said 5.00% and now says 4.90%. Late returns."},
		},
		{
			"the target, then the peers and the limits", shown,
			Facts{Definition: was, Terms: []Measure{
				{ID: "1", Indicator: "absence", Target: "5", Day: on(1), Ended: on(6), EndReason: "It was out of reach."},
				{ID: "2", Indicator: "absence", Target: "6", Rebase: began, Why: "x", Day: on(6), Ended: on(7), EndReason: "They are more like us."},
			}},
			[]string{
				"2026-05-07 It was set beside nobody, and is now set beside the group “Acute Trusts”. The limits began anew in April 2023, and do so no more. They are more like us.",
				"2026-05-06 Its target was 5%, and is now 6%. The limits begin anew in April 2023. It was out of reach.",
			},
		},
		{
			"twice on one day: the later first", shown,
			Facts{Definition: was, Terms: []Measure{
				{ID: "1", Indicator: "absence", Target: "5", Peers: shown.Peers, Day: on(1), Ended: on(7), EndReason: "One."},
				{ID: "2", Indicator: "absence", Target: "7", Peers: shown.Peers, Day: on(7), Ended: on(7), EndReason: "Two."},
			}},
			[]string{"2026-05-07 Its target was 7%, and is now 6%. Two.", "2026-05-07 Its target was 5%, and is now 7%. One."},
		},
		{
			"it left and came back with another target", shown,
			Facts{Definition: was, Terms: []Measure{{ID: "1", Indicator: "absence", Target: "5", Peers: shown.Peers, Day: on(1), Ended: on(2), EndReason: "A bad month."}}},
			[]string{"2026-05-07 It came back into the pack. Its target was 5%, and is now 6%. ", "2026-05-02 It left the pack. A bad month."},
		},
	} {
		c.f.Figures = monthly(around(24)...)
		var got []string
		for _, one := range Make(c.m, c.f).Changes {
			got = append(got, one.Day.String()+" "+one.What+" "+one.Why)
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// What is shown in another way has not left; what left and came back is in the list of
// those that left all the same.
func TestPack_Left(t *testing.T) {
	on := func(day int) law.Date { return law.NewDate(2026, 5, day) }
	p := Pack{Measures: []Measure{
		{ID: "3", Indicator: "absence", Day: on(3)},
		{ID: "1", Indicator: "absence", Day: on(1), Ended: on(3), EndReason: "Another target."},
		{ID: "5", Indicator: "falls", Day: on(9)},
		{ID: "2", Indicator: "falls", Day: on(1), Ended: on(4), EndReason: "A bad month."},
	}}
	if left := p.Left(); len(left) != 1 || left[0].EndReason != "A bad month." {
		t.Errorf("%+v", left)
	}
	if terms := p.Terms("absence"); len(terms) != 1 || terms[0].ID != "1" {
		t.Errorf("%+v", terms)
	}
}
