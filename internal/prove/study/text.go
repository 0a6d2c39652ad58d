package study

import (
	"fmt"
	"strings"
)

// Text is output.txt: the same in words, for a reader without a program.
func (o *Output) Text() []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s", o.Title)
	line("%s", o.Question)
	line("")
	if o.Registration.Registered() {
		line(saysRegistered, o.Registration.Day, o.Registration.Locked)
	}
	for _, w := range o.Warnings {
		line("Warning: %s", w)
	}
	for _, s := range o.Sentences {
		line("%s", s)
	}
	for _, p := range o.Power {
		line("%s: %s", p.Outcome, p.Says)
	}
	line("")
	line("Every specification (95 %% intervals; p not adjusted)")
	for _, r := range o.Results {
		name := r.Specification
		if r.Primary {
			name += " (primary)"
		}
		if r.Subgroup != "" {
			name += ", " + r.Subgroup
		}
		line("")
		line("%s: %s", r.Outcome, name)
		if r.Refused != "" {
			line("  Not run: %s", r.Refused)
			continue
		}
		line("  %s; %d rows, %d clusters or units", r.Method, r.N, r.Clusters)
		for _, e := range r.Estimates {
			line("  %-28s %12s  se %12s  p %12s  %s to %s", e.Term, figure(e.Value), figure(e.SE), saysP(float64(e.P)), figure(e.Low), figure(e.High))
		}
		for _, n := range r.Notes {
			line("  %s", n)
		}
	}
	line("")
	line("Outcomes, by the primary specification")
	for _, t := range o.Tests {
		shown := "not shown"
		if t.Shown {
			shown = "shown"
		}
		line("  %s: p %s, Holm %s, BH %s: %s at %s", t.Outcome, saysP(float64(t.P)), saysP(float64(t.Holm)), saysP(float64(t.BH)), shown, figure(o.Alpha))
	}
	line("")
	line("Sheet of assumptions")
	for _, l := range o.Sheet {
		line("  %s (%s): %s", l.Subject, l.From, l.Says)
	}
	line("")
	line("%d rows of %d units at %d times; seed %d", o.Rows, o.Units, o.Times, o.Seed)
	line("specification %s", o.SpecSHA256)
	line("data          %s", o.DataSHA256)
	return []byte(b.String())
}
