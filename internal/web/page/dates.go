package page

import (
	"fmt"
	"time"
	_ "time/tzdata" // so that London is known on a machine without a zone database
)

// london is the zone that people here live by. Everything stored is UTC; everything shown is this.
var london = mustZone("Europe/London")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic("time zone " + name + " is not in time/tzdata: " + err.Error())
	}
	return zone
}

// The functions below take a day or a moment as a [time.Time], as text ("2026-11-27", or RFC 3339), or as any value whose
// String method gives such text, for instance a date of package law. The first argument is the present: they leave out
// the year where it is this one. A zero time or empty text is "not known".

// Day writes a day: "27 November", "4 March 2019".
func Day(now time.Time, day any) (string, error) {
	return write(now, day, "2 January")
}

// Weekday writes a day with its name, as one says what is to come: "Friday 27 November".
func Weekday(now time.Time, day any) (string, error) {
	return write(now, day, "Monday 2 January")
}

// Moment writes a day and a time of day: "Friday 27 November, 5pm".
func Moment(now time.Time, moment any) (string, error) {
	text, err := write(now, moment, "Monday 2 January")
	if err != nil || text == notKnown {
		return text, err
	}
	at, hasClock, err := instant(moment)
	if err != nil || !hasClock {
		return text, err
	}
	return text + ", " + clock(at), nil
}

// Lately writes a moment that has been, near ones by name: "today at 6am", "yesterday at 11:30pm", "6 November at 9am".
func Lately(now time.Time, moment any) (string, error) {
	at, hasClock, err := instant(moment)
	if err != nil {
		return "", err
	}
	if at.IsZero() {
		return notKnown, nil
	}
	var day string
	switch daysBetween(now, at) {
	case 0:
		day = "today"
	case -1:
		day = "yesterday"
	default:
		if day, err = Day(now, moment); err != nil {
			return "", err
		}
	}
	if !hasClock {
		return day, nil
	}
	return day + " at " + clock(at), nil
}

// Away writes how many days off a day is, by the calendar and not by hours: "today", "tomorrow", "in eight days",
// "12 days ago".
func Away(now time.Time, day any) (string, error) {
	at, _, err := instant(day)
	if err != nil {
		return "", err
	}
	if at.IsZero() {
		return notKnown, nil
	}
	n := daysBetween(now, at)
	switch n {
	case 0:
		return "today", nil
	case 1:
		return "tomorrow", nil
	case -1:
		return "yesterday", nil
	}
	if n < 0 {
		count, err := Words(-n)
		return count + " days ago", err
	}
	count, err := Words(n)
	return "in " + count + " days", err
}

const notKnown = "not known"

func write(now time.Time, value any, layout string) (string, error) {
	at, _, err := instant(value)
	if err != nil {
		return "", err
	}
	if at.IsZero() {
		return notKnown, nil
	}
	if at.Year() != now.In(london).Year() {
		layout += " 2006"
	}
	return at.Format(layout), nil
}

// clock writes a time of day as people say it: "5pm", "5:30pm", "midday", "midnight".
func clock(at time.Time) string {
	switch {
	case at.Hour() == 0 && at.Minute() == 0:
		return "midnight"
	case at.Hour() == 12 && at.Minute() == 0:
		return "midday"
	case at.Minute() == 0:
		return at.Format("3pm")
	default:
		return at.Format("3:04pm")
	}
}

// daysBetween counts the midnights of London between two moments.
func daysBetween(from, to time.Time) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(london).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)).Hours() / 24)
}

// instant reads a day or a moment and says whether it has a time of day. A plain day is that day in London.
func instant(value any) (at time.Time, hasClock bool, err error) {
	switch v := value.(type) {
	case time.Time:
		if v.IsZero() {
			return v, false, nil
		}
		return v.In(london), true, nil
	case *time.Time:
		if v == nil {
			return time.Time{}, false, nil
		}
		return instant(*v)
	case string:
		return fromText(v)
	case fmt.Stringer:
		return fromText(v.String())
	default:
		return time.Time{}, false, fmt.Errorf("%v (%T) is neither a day nor a moment", value, value)
	}
}

func fromText(s string) (time.Time, bool, error) {
	if s == "" {
		return time.Time{}, false, nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, s, london); err == nil {
		return day, false, nil
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, false, fmt.Errorf("%q is neither a day nor a moment", s)
	}
	return at.In(london), true, nil
}
