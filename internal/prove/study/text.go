package study

import (
	"fmt"
	"strings"
)

// measured is the outcome with its unit, as a heading has it.
func (r Result) measured() string {
	switch {
	case r.Ratio && r.Unit != "":
		return r.Outcome + ", as a ratio"
	case r.Unit != "":
		return r.Outcome + ", in " + r.Unit
	}
	return r.Outcome
}

// Text is output.txt: the same in words, for a reader without a program.
func (o *Output) Text() []byte {
	var b strings.Builder
	form := o.form()
	h := hand{form: form}
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
		line("%s: %s", r.measured(), name)
		if r.Refused != "" {
			line("  Not run: %s", r.Refused)
			continue
		}
		line("  %s; %d rows, %d clusters or units", r.Method, r.N, r.Clusters)
		for _, e := range r.Estimates {
			w := r.write(form, e)
			line("  %-28s %12s  se %12s  p %12s  %s to %s", e.Term, w.Value, w.SE, w.P, w.Low, w.High)
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
		line("  %s: p %s, Holm %s, BH %s: %s at %s", t.Outcome, h.p(t.P), h.p(t.Holm), h.p(t.BH), shown, figure(o.Alpha))
	}
	if len(o.Course) > 0 {
		line("")
		line("%s at each time: treated units, the rest", o.Results[0].measured())
		places := min(o.Results[0].Places, 4)
		for _, m := range o.Course {
			line("  %d  %12s %12s", m.Time, fixed(m.Treated, places), fixed(m.Rest, places))
		}
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
