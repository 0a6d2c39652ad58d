package timetable

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"commonweal/law"
)

// Error says why a timetable cannot be as asked: which step, and what bound.
type Error struct {
	Step Step
	Text string // lower case, no full stop
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Step, e.Text) }

func (s Step) refuse(format string, args ...any) error {
	return &Error{Step: s, Text: fmt.Sprintf(format, args...)}
}

// Change moves one step to another day and keeps who did so and why. It refuses a
// day that has passed, one outside the bounds of the step's rule, and one out of
// order with the other steps. The close is moved with [Timetable.Move].
func (t Timetable) Change(s Step, day, today law.Date, by, why string) (Timetable, error) {
	i := t.index(s)
	switch {
	case i < 0:
		return t, s.refuse("this poll has no such step")
	case s == Closes:
		return t, s.refuse("the close is moved with everything that is counted from it")
	case s == Petitions || s == KeyDestroyed:
		return t, s.refuse("this day follows from the declaration")
	case strings.TrimSpace(why) == "":
		return t, s.refuse("a change of a day needs a reason")
	case t.Days[i].Day.Before(today):
		return t, s.refuse("%s has passed", t.Days[i].Day.Words())
	case day.Before(today):
		return t, s.refuse("%s has passed", day.Words())
	case !t.plan.cal.Working(day):
		return t, s.refuse("%s is no working day", day.Words())
	}
	out := t
	out.Days = slices.Clone(t.Days)
	d := &out.Days[i]
	d.Day, d.ChangedBy, d.Why = day, by, strings.TrimSpace(why)
	d.Count = t.count(day)
	if s == Declaration {
		out.follow()
	}
	return out, out.check()
}

// count is how many working days before the close a day is, negative after it.
func (t Timetable) count(day law.Date) int {
	last := law.Today(t.Closes)
	if day.After(last) {
		return -t.plan.cal.WorkingDays(last, day)
	}
	return t.plan.cal.WorkingDays(day, last)
}

// Move puts the close to another instant and counts all days anew that have not
// passed. Days that had been changed by hand are as counted again. The notice of poll
// and the opening are always counted anew: a close is moved only before the notice is
// given, so a day on which it was due and did not come has not happened.
func (t Timetable) Move(closes time.Time, today law.Date, by, why string) (Timetable, error) {
	if strings.TrimSpace(why) == "" {
		return t, Closes.refuse("moving the close needs a reason")
	}
	if law.Today(t.Closes).Before(today) {
		return t, Closes.refuse("%s has passed", law.Today(t.Closes).Words())
	}
	out, err := t.plan.Make(closes)
	if err != nil {
		return t, err
	}
	for i, d := range out.Days {
		old, ok := t.Find(d.Step)
		if ok && old.Day.Before(today) && d.Step != NoticeOfPoll && d.Step != Opens {
			out.Days[i].Day, out.Days[i].Count = old.Day, out.count(old.Day)
			out.Days[i].ChangedBy, out.Days[i].Why, out.Days[i].Reason = old.ChangedBy, old.Why, "It had passed when the close was moved."
			continue
		}
		if d.Day.Before(today) {
			return t, d.Step.refuse("it would fall on %s, which has passed", d.Day.Words())
		}
	}
	i := out.index(Closes)
	out.Days[i].ChangedBy, out.Days[i].Why = by, strings.TrimSpace(why)
	return out, out.check()
}

// Stored is what has to be kept of a day to make the timetable again.
type Stored struct {
	Step           Step
	Day            law.Date
	ChangedBy, Why string
}

// Restore makes a timetable again from what was stored of it. It does not check
// the bounds: they were those of the day it was made on.
func (p Plan) Restore(closes time.Time, days []Stored) (Timetable, error) {
	t, err := p.Make(closes)
	if err != nil {
		return t, err
	}
	for _, s := range days {
		i := t.index(s.Step)
		if i < 0 {
			return t, s.Step.refuse("this poll has no such step")
		}
		d := &t.Days[i]
		if d.Day != s.Day {
			d.Day, d.Count = s.Day, t.count(s.Day)
			d.Reason = "Moved from the day that was counted."
		}
		d.ChangedBy, d.Why = s.ChangedBy, s.Why
	}
	return t, nil
}

// Changed are the steps whose day is another than in an earlier timetable.
func (t Timetable) Changed(before Timetable) []Step {
	var out []Step
	for _, d := range t.Days {
		old, ok := before.Find(d.Step)
		if !ok || old.Day != d.Day || old.ChangedBy != d.ChangedBy || old.Why != d.Why {
			out = append(out, d.Step)
		}
	}
	return out
}

// check refuses days out of their bounds or out of order.
func (t Timetable) check() error {
	for _, d := range t.Days {
		if d.Latest.IsZero() {
			continue
		}
		if d.Day.After(d.Latest) {
			return d.Step.refuse("%s is too late: %s is the last day", d.Day.Words(), d.Latest.Words())
		}
		if d.Day.Before(d.Earliest) {
			return d.Step.refuse("%s is too early: %s is the first day", d.Day.Words(), d.Earliest.Words())
		}
	}
	for _, a := range t.plan.apart {
		from, to := t.Day(a.from), t.Day(a.to)
		if from.IsZero() || to.IsZero() {
			continue
		}
		switch {
		case to.Before(from):
			return a.to.refuse("%s comes before %s on %s", to.Words(), lower(a.from.Title()), from.Words())
		case a.least > 0 && t.plan.cal.WorkingDays(from, to) < a.least:
			because := ""
			if a.because != "" {
				because = " (" + a.because + ")"
			}
			return a.to.refuse("%s is needed between %s on %s and this%s", workingDays(a.least), lower(a.from.Title()), from.Words(), because)
		}
	}
	if !t.Day(Opens).Before(t.Day(Closes)) {
		return Opens.refuse("the poll would open on the day it closes")
	}
	return nil
}

func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }
