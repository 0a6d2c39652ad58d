package law_test

import (
	"strings"
	"testing"
	"time"

	"commonweal/law"
)

func england(t testing.TB) *law.Calendar {
	t.Helper()
	c, err := library(t).Calendar(law.England)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The bank holidays of England and Wales as they were or will be, year by year:
// Banking and Financial Dealings Act 1971, Sch.1, with the days proclaimed.
var published = map[int]string{
	2010: "2010-01-01 2010-04-02 2010-04-05 2010-05-03 2010-05-31 2010-08-30 2010-12-27 2010-12-28",
	2011: "2011-01-03 2011-04-22 2011-04-25 2011-04-29 2011-05-02 2011-05-30 2011-08-29 2011-12-26 2011-12-27",
	2012: "2012-01-02 2012-04-06 2012-04-09 2012-05-07 2012-06-04 2012-06-05 2012-08-27 2012-12-25 2012-12-26",
	2013: "2013-01-01 2013-03-29 2013-04-01 2013-05-06 2013-05-27 2013-08-26 2013-12-25 2013-12-26",
	2014: "2014-01-01 2014-04-18 2014-04-21 2014-05-05 2014-05-26 2014-08-25 2014-12-25 2014-12-26",
	2015: "2015-01-01 2015-04-03 2015-04-06 2015-05-04 2015-05-25 2015-08-31 2015-12-25 2015-12-28",
	2016: "2016-01-01 2016-03-25 2016-03-28 2016-05-02 2016-05-30 2016-08-29 2016-12-26 2016-12-27",
	2017: "2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26",
	2018: "2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26",
	2019: "2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26",
	2020: "2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28",
	2021: "2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28",
	2022: "2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27",
	2023: "2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26",
	2024: "2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26",
	2025: "2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26",
	2026: "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28",
	2027: "2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28",
	2028: "2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26",
}

func TestHolidays_BankingAndFinancialDealingsAct1971(t *testing.T) {
	cal := england(t)
	for year, want := range published {
		var got []string
		for _, h := range cal.Holidays(year) {
			got = append(got, h.Day.String())
			if h.Source.Citation == "" {
				t.Errorf("%s has no source", h.Day)
			}
			if found, ok := cal.Holiday(h.Day); !ok || found.Name != h.Name {
				t.Errorf("%s is in the year's list but not found as a day", h.Day)
			}
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%d\n got %s\nwant %s", year, text, want)
		}
	}
}

// When Christmas Day is a Sunday, Boxing Day keeps its Monday and Christmas Day
// moves behind it; when it is a Saturday both move in order.
func TestHolidays_SubstitutesAtChristmas(t *testing.T) {
	cal := england(t)
	for _, c := range []struct{ day, name string }{
		{"2022-12-26", "Boxing Day"},
		{"2022-12-27", "Christmas Day"},
		{"2021-12-27", "Christmas Day"},
		{"2021-12-28", "Boxing Day"},
		{"2026-12-28", "Boxing Day"},
	} {
		h, ok := cal.Holiday(day(t, c.day))
		if !ok || h.Name != c.name {
			t.Errorf("%s is %q, want %s", c.day, h.Name, c.name)
		}
		if want := c.day != "2022-12-26"; h.Substitute != want {
			t.Errorf("%s substitute is %v, want %v", c.day, h.Substitute, want)
		}
	}
}

// A year outside those held ready is worked out when asked, and comes out by the
// same rules.
func TestHolidays_FarYears(t *testing.T) {
	cal := england(t)
	if !cal.Working(day(t, "2150-12-24")) || cal.Working(day(t, "2150-12-25")) {
		t.Error("Christmas 2150 is not found")
	}
	if _, ok := cal.Holiday(day(t, "1975-05-05")); ok {
		t.Error("the first Monday in May was no holiday before 1978")
	}
	if _, ok := cal.Holiday(day(t, "1978-05-01")); !ok {
		t.Error("the first Monday in May was a holiday in 1978")
	}
}

func TestKnown(t *testing.T) {
	cal := england(t)
	for _, c := range []struct {
		day  string
		want bool
	}{{"2009-12-31", false}, {"2010-01-01", true}, {"2027-12-31", true}, {"2028-01-01", false}} {
		if got := cal.Known(day(t, c.day)); got != c.want {
			t.Errorf("known on %s is %v, want %v", c.day, got, c.want)
		}
	}
}

func TestAddWorking(t *testing.T) {
	cal := england(t)
	for _, c := range []struct {
		name, from string
		n          int
		want       string
	}{
		{"over a weekend", "2026-11-20", 1, "2026-11-23"},
		{"from a Saturday", "2026-11-21", 1, "2026-11-23"},
		{"over Christmas and its substitute", "2026-12-24", 1, "2026-12-29"},
		{"over Easter", "2026-04-02", 1, "2026-04-07"},
		{"back over Easter", "2026-04-07", -1, "2026-04-02"},
		{"nought stays, even on a Sunday", "2026-11-22", 0, "2026-11-22"},
		{"five from a Friday", "2026-11-20", 5, "2026-11-27"},
		{"the day the clocks change is a Sunday and never counted", "2026-03-27", 1, "2026-03-30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := cal.AddWorking(day(t, c.from), c.n).String(); got != c.want {
				t.Errorf("%s + %d working days = %s, want %s", c.from, c.n, got, c.want)
			}
		})
	}
}

// Adding n working days and counting them back agree, wherever one starts.
func TestWorkingDays_AgreesWithAddWorking(t *testing.T) {
	cal := england(t)
	for d := day(t, "2022-01-01"); d.Year() < 2024; d = d.AddDays(1) {
		for _, n := range []int{1, 2, 5, 8, 28} {
			last := cal.AddWorking(d, n)
			if got := cal.WorkingDays(d, last); got != n {
				t.Fatalf("%s + %d is %s, but %d are counted", d, n, last, got)
			}
			if back := cal.AddWorking(last, -n); back.After(d) && cal.Working(d) {
				t.Fatalf("%s + %d − %d = %s", d, n, n, back)
			}
		}
	}
	if got := cal.WorkingDays(day(t, "2026-11-27"), day(t, "2026-11-20")); got != 0 {
		t.Errorf("backwards counts %d", got)
	}
}

// Companies Act 2006, s.117(1): five working days from a request, to the last
// moment of the fifth.
func TestWorkingDeadline_CompaniesAct2006s117(t *testing.T) {
	cal := england(t)
	got := cal.WorkingDeadline(day(t, "2026-12-21"), 5)
	if got.Day != day(t, "2026-12-30") || !got.Known {
		t.Fatalf("five working days from 21 December 2026 end on %s, known %v", got.Day, got.Known)
	}
	last := time.Date(2026, 12, 30, 23, 59, 59, 0, law.London())
	if got.Passed(last) || !got.Passed(last.Add(time.Second)) {
		t.Error("the deadline does not end at midnight")
	}
	if !strings.Contains(got.Reason, "5 working days") || !strings.Contains(got.Reason, "Wednesday 30 December 2026") {
		t.Errorf("reason: %s", got.Reason)
	}
}

// A count that reaches a year not yet published says so.
func TestWorkingDeadline_BeyondPublishedYears(t *testing.T) {
	got := england(t).WorkingDeadline(day(t, "2027-12-24"), 8)
	if got.Known || !strings.Contains(got.Reason, "not published yet") {
		t.Errorf("known %v, reason %q", got.Known, got.Reason)
	}
}

// Midnight of a summer day is an hour earlier in UTC.
func TestDeadline_InstantInSummer(t *testing.T) {
	d := law.Deadline{Day: day(t, "2026-07-01")}
	if got := d.Instant().UTC().Format(time.RFC3339); got != "2026-07-01T23:00:00Z" {
		t.Errorf("the end of 1 July 2026 is %s", got)
	}
}
