package law

import (
	"fmt"
	"time"
)

// AddWorking returns the nth working day after d, or before it when n is
// negative. The day d itself is never counted, and n of nought gives d back,
// working or not.
func (c *Calendar) AddWorking(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		next := d.AddDays(step)
		if next == d { // the end of what a Date can hold
			return d
		}
		d = next
		if c.Working(d) {
			n--
		}
	}
	return d
}

// NextWorking returns d when it is a working day, and otherwise the first one
// after it.
func (c *Calendar) NextWorking(d Date) Date {
	if c.Working(d) {
		return d
	}
	return c.AddWorking(d, 1)
}

// WorkingDays counts the working days after from, up to and including to. It is
// nought when to is not later than from.
func (c *Calendar) WorkingDays(from, to Date) int {
	count := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if c.Working(d) {
			count++
		}
		if d == maxDate {
			break
		}
	}
	return count
}

// Deadline is the last day on which something may be done.
type Deadline struct {
	// Day is the last day; the act is in time until midnight at its end.
	Day Date
	// Known is false when the count ran into a year whose bank holidays are not
	// published, so that a day proclaimed later could move it.
	Known bool
	// Reason says how the day was counted, in a sentence for people.
	Reason string
}

// Instant returns midnight in London at the end of the last day.
func (d Deadline) Instant() time.Time { return d.Day.End() }

// Passed reports whether the deadline is over at the moment t.
func (d Deadline) Passed(t time.Time) bool { return !t.Before(d.Instant()) }

// WorkingDeadline returns midnight at the end of the nth working day after d:
// "five working days from the request", "the eighth working day after the
// standstill begins". The day d is not counted.
func (c *Calendar) WorkingDeadline(d Date, n int) Deadline {
	last := c.AddWorking(d, n)
	out := Deadline{
		Day:   last,
		Known: c.Known(d) && c.Known(last),
		Reason: fmt.Sprintf("%s counted from the day after %s: until midnight at the end of %s.",
			plural(n, "working day"), d.Words(), last.Words()),
	}
	if !out.Known {
		out.Reason += " The bank holidays of that time are worked out by rule, because they are not published yet."
	}
	return out
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
