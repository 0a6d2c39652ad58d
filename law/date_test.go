package law_test

import (
	"encoding/json"
	"testing"
	"time"

	"commonweal/law"
)

func day(t testing.TB, s string) law.Date {
	t.Helper()
	d, err := law.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		name, in string
		ok       bool
	}{
		{"an ordinary day", "2026-11-27", true},
		{"leap day in a leap year", "2024-02-29", true},
		{"leap day in a year without one", "2023-02-29", false},
		{"a century that is no leap year", "1900-02-29", false},
		{"a century that is a leap year", "2000-02-29", true},
		{"a day that never is", "2026-02-31", false},
		{"British order is refused, because 04-05 reads two ways", "27-11-2026", false},
		{"a time is not a day", "2026-11-27T00:00:00Z", false},
		{"spaces are not trimmed", " 2026-11-27", false},
		{"a short month", "2026-1-27", false},
		{"year nought is no year", "0000-01-01", false},
		{"nothing", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := law.ParseDate(c.in)
			if (err == nil) != c.ok {
				t.Fatalf("ParseDate(%q) = %v, %v", c.in, d, err)
			}
			if c.ok && d.String() != c.in {
				t.Errorf("ParseDate(%q) reads back as %q", c.in, d)
			}
		})
	}
}

// A period of months ends on the day of the same number, or on the last day of a
// month that has none: Dodds v Walker [1981].
func TestAddMonths_CorrespondingDate(t *testing.T) {
	for _, c := range []struct {
		name, from string
		months     int
		want       string
	}{
		{"same number", "2026-11-14", 1, "2026-12-14"},
		{"31 January has no match in February", "2026-01-31", 1, "2026-02-28"},
		{"nor in a leap February", "2024-01-31", 1, "2024-02-29"},
		{"28 February goes to 28 March, not to the end", "2026-02-28", 1, "2026-03-28"},
		{"over the new year", "2026-12-31", 2, "2027-02-28"},
		{"backwards", "2026-03-31", -1, "2026-02-28"},
		{"backwards over the new year", "2026-01-15", -13, "2024-12-15"},
		{"30 September to a month of 31", "2026-09-30", 1, "2026-10-30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := day(t, c.from).AddMonths(c.months).String(); got != c.want {
				t.Errorf("%s + %d months = %s, want %s", c.from, c.months, got, c.want)
			}
		})
	}
}

func TestAddYears_LeapDay(t *testing.T) {
	if got := day(t, "2024-02-29").AddYears(1).String(); got != "2025-02-28" {
		t.Errorf("a year from leap day is %s", got)
	}
	if got := day(t, "2024-02-29").AddYears(4).String(); got != "2028-02-29" {
		t.Errorf("four years from leap day is %s", got)
	}
}

func TestDate_Arithmetic(t *testing.T) {
	a, b := day(t, "2024-02-28"), day(t, "2024-03-01")
	if got := a.DaysUntil(b); got != 2 {
		t.Errorf("28 February to 1 March 2024 is %d days, want 2", got)
	}
	if got := b.DaysUntil(a); got != -2 {
		t.Errorf("backwards gives %d, want -2", got)
	}
	if !a.Before(b) || b.Before(a) || a.After(b) || a.Compare(b) != -1 || a.Compare(a) != 0 {
		t.Error("order is wrong")
	}
	if got := day(t, "2026-11-27").Weekday(); got != time.Friday {
		t.Errorf("27 November 2026 is a %s", got)
	}
	if got := day(t, "2026-11-27").Words(); got != "Friday 27 November 2026" {
		t.Errorf("in words: %s", got)
	}
	if got := day(t, "9999-12-31").AddDays(400).String(); got != "9999-12-31" {
		t.Errorf("a day after the last is %s, want it held there", got)
	}
}

// Every day of four centuries goes to text and back, follows the day before it,
// and agrees with the standard library about the day of the week.
func TestDate_EveryDayRoundTrips(t *testing.T) {
	d := law.NewDate(1800, 1, 1)
	for stamp := time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC); stamp.Year() < 2200; stamp = stamp.AddDate(0, 0, 1) {
		text := stamp.Format(time.DateOnly)
		if d.String() != text || d.Weekday() != stamp.Weekday() {
			t.Fatalf("%s came out as %s, a %s", text, d, d.Weekday())
		}
		if parsed, err := law.ParseDate(text); err != nil || parsed != d {
			t.Fatalf("%s reads as %s, %v", text, parsed, err)
		}
		d = d.AddDays(1)
	}
}

func TestDate_JSON(t *testing.T) {
	type record struct {
		Ceased law.Date
		By     map[law.Date]int
	}
	in := record{Ceased: day(t, "2026-03-31"), By: map[law.Date]int{day(t, "2026-01-01"): 3}}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"Ceased":"2026-03-31","By":{"2026-01-01":3}}`; string(data) != want {
		t.Errorf("wrote %s, want %s", data, want)
	}
	var out record
	if err := json.Unmarshal([]byte(`{"Ceased":""}`), &out); err != nil || !out.Ceased.IsZero() {
		t.Errorf("no date reads as %v, %v", out.Ceased, err)
	}
	if err := json.Unmarshal([]byte(`{"Ceased":"31/03/2026"}`), &out); err == nil {
		t.Error("31/03/2026 was accepted")
	}
}

// In summer London is an hour ahead of UTC, so the day turns while it is still
// 11pm in UTC.
func TestToday_London(t *testing.T) {
	for _, c := range []struct {
		name, at, want string
	}{
		{"winter, a minute before midnight", "2026-01-15T23:59:00Z", "2026-01-15"},
		{"summer, a minute past midnight in London", "2026-07-15T23:01:00Z", "2026-07-16"},
		{"summer, a minute before", "2026-07-15T22:59:00Z", "2026-07-15"},
		{"from another zone", "2026-01-15T20:00:00-05:00", "2026-01-16"},
	} {
		t.Run(c.name, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, c.at)
			if err != nil {
				t.Fatal(err)
			}
			if got := law.Today(at).String(); got != c.want {
				t.Errorf("today at %s is %s, want %s", c.at, got, c.want)
			}
		})
	}
}

// The day the clocks go forward has 23 hours and the day they go back has 25.
func TestDate_StartAndEnd_ClockChange(t *testing.T) {
	for _, c := range []struct {
		day   string
		hours int
	}{{"2026-03-29", 23}, {"2026-10-25", 25}, {"2026-06-01", 24}} {
		d := day(t, c.day)
		if got := d.End().Sub(d.Start()); got != time.Duration(c.hours)*time.Hour {
			t.Errorf("%s lasts %s, want %d hours", c.day, got, c.hours)
		}
		if law.Today(d.Start()) != d || law.Today(d.End().Add(-1)) != d || law.Today(d.End()) != d.AddDays(1) {
			t.Errorf("%s does not begin and end where it should", c.day)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2026-11-27", "2024-02-29", "0001-01-01", "9999-12-31", "", "2026-13-01", "２０２６-01-01"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := law.ParseDate(s)
		if err != nil {
			return
		}
		if d.String() != s {
			t.Fatalf("%q reads as %s", s, d)
		}
		if again, err := law.ParseDate(d.AddDays(0).String()); err != nil || again != d {
			t.Fatalf("%s does not read back: %v", d, err)
		}
	})
}

// Arithmetic stops at the ends of the calendar and never wraps.
func TestDate_Ends(t *testing.T) {
	last := day(t, "9999-12-31")
	for name, got := range map[string]law.Date{
		"a day later":             last.AddDays(1),
		"a month later":           last.AddMonths(1),
		"very many months later":  last.AddMonths(1 << 40),
		"very many years later":   last.AddYears(1 << 60),
		"the year 20000":          law.NewDate(20000, 1, 1),
		"from the year 1, so far": day(t, "0001-01-01").AddMonths(1 << 40),
	} {
		if got != last {
			t.Errorf("%s is %s", name, got)
		}
	}
	if first := day(t, "0001-01-01"); first.AddDays(-1) != first || first.AddYears(-1) != first || law.NewDate(-5, 1, 1) != first {
		t.Error("arithmetic goes before the year 1")
	}
	if got := day(t, "9999-11-30").AddMonths(1).String(); got != "9999-12-30" {
		t.Errorf("a month after 30 November 9999 is %s", got)
	}
}
