package page

import (
	"strings"
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	utc := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, tc := range []struct {
		why   string
		write func(time.Time, any) (string, error)
		value any
		want  string
	}{
		{"this year has no year", Day, "2026-11-27", "27 November"},
		{"another year has", Day, "2019-03-04", "4 March 2019"},
		{"next year has", Day, "2027-01-01", "1 January 2027"},
		{"a date of another package", Day, stringer("2026-11-27"), "27 November"},
		{"no date", Day, "", "not known"},
		{"no date of another package", Day, stringer(""), "not known"},
		{"no time", Day, time.Time{}, "not known"},
		{"no pointer", Day, (*time.Time)(nil), "not known"},
		{"what is to come has its day of the week", Weekday, "2026-11-27", "Friday 27 November"},
		{"on the hour", Moment, utc("2026-11-27T17:00:00Z"), "Friday 27 November, 5pm"},
		{"not on the hour", Moment, utc("2026-11-27T17:30:00Z"), "Friday 27 November, 5:30pm"},
		{"noon has a name", Moment, utc("2026-11-27T12:00:00Z"), "Friday 27 November, midday"},
		{"midnight too", Moment, utc("2026-11-27T00:00:00Z"), "Friday 27 November, midnight"},
		{"a plain day has no hour", Moment, "2026-11-27", "Friday 27 November"},
		{"stored text is UTC, and in summer London is an hour ahead", Moment, "2026-07-31T23:30:00.000Z", "Saturday 1 August, 12:30am"},
		{"no moment", Moment, time.Time{}, "not known"},
		{"earlier today", Lately, utc("2026-11-19T06:00:00Z"), "today at 6am"},
		{"yesterday", Lately, utc("2026-11-18T23:59:00Z"), "yesterday at 11:59pm"},
		{"this month", Lately, utc("2026-11-06T09:00:00Z"), "6 November at 9am"},
		{"a plain day", Lately, "2026-11-18", "yesterday"},
		{"later today", Away, "2026-11-19", "today"},
		{"tomorrow, though less than 24 hours off", Away, utc("2026-11-20T01:00:00Z"), "tomorrow"},
		{"eight days", Away, "2026-11-27", "in eight days"},
		{"twelve days", Away, "2026-12-01", "in 12 days"},
		{"the day before", Away, "2026-11-18", "yesterday"},
		{"two days since", Away, "2026-11-17", "two days ago"},
		{"across the change of the clocks", Away, "2026-10-24", "26 days ago"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			got, err := tc.write(thursday, tc.value)
			if err != nil || got != tc.want {
				t.Errorf("got %q, %v; want %q", got, err, tc.want)
			}
		})
	}
}

type stringer string

func (s stringer) String() string { return string(s) }

// Rubbish stops the page: a date that reads "31/02/2026" must not be shown as if it were one.
func TestDates_Rubbish(t *testing.T) {
	for _, bad := range []any{"31/02/2026", "2026-02-31", "soon", 20261127, nil} {
		for name, write := range map[string]func(time.Time, any) (string, error){"Day": Day, "Weekday": Weekday, "Moment": Moment, "Lately": Lately, "Away": Away} {
			if got, err := write(thursday, bad); err == nil {
				t.Errorf("%s(%v) is %q and no error", name, bad, got)
			} else if !strings.Contains(err.Error(), "neither a day nor a moment") {
				t.Errorf("%s(%v): %v", name, bad, err)
			}
		}
	}
}
