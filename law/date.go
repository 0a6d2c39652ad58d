package law

import (
	"fmt"
	"time"
)

// Date is a civil day: a year, a month and a day, with no time and no zone.
//
// The zero value means "no date"; [Date.IsZero] tells. Two dates are equal when
// == says so, so a Date may be a map key. The text form is 2006-01-02.
type Date struct {
	// n counts days with 1 for 1 January of year 1, so that 0 is no date.
	n int32
}

// The days that can be represented, 1 January of year 1 to 31 December 9999.
// Text outside them is refused, and arithmetic stops there and never wraps.
const (
	firstDay = 1
	lastDay  = 3652059
)

var maxDate = Date{n: lastDay}

// secondsPerDay is the length of a day in UTC, the only zone used for arithmetic.
const secondsPerDay = 24 * 60 * 60

// yearOne is the Unix time of midnight on 1 January of year 1.
const yearOne = -62135596800

// NewDate returns the day as [time.Date] would normalise it: 31 April is 1 May.
// To refuse such a day instead, use [ParseDate]. A day before the year 1 or
// after the year 9999 becomes the first or the last there is.
func NewDate(year int, month time.Month, day int) Date {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return clamp((t.Unix()-yearOne)/secondsPerDay + 1)
}

// ParseDate reads a day written 2006-01-02 and nothing else: no spaces, no
// other order, no day that does not exist.
func ParseDate(s string) (Date, error) {
	if len(s) != len("2006-01-02") {
		return Date{}, fmt.Errorf("date %q is not of the form 2006-01-02", clip(s))
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q is not a day of the form 2006-01-02", clip(s))
	}
	if t.Year() < 1 {
		return Date{}, fmt.Errorf("date %q is before the year 1", clip(s))
	}
	return NewDate(t.Year(), t.Month(), t.Day()), nil
}

// time returns midnight UTC at the start of d.
func (d Date) time() time.Time {
	return time.Unix(int64(d.n-1)*secondsPerDay+yearOne, 0).UTC()
}

// IsZero reports whether d is no date at all.
func (d Date) IsZero() bool { return d.n == 0 }

// Civil returns the year, month and day of d.
func (d Date) Civil() (year int, month time.Month, day int) { return d.time().Date() }

// Year returns the year of d.
func (d Date) Year() int { return d.time().Year() }

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.n > e.n }

// Compare returns -1, 0 or 1 as d is before, the same as or after e, for
// [slices.SortFunc].
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return 1
	}
	return 0
}

// AddDays returns the day n days after d, or before it when n is negative.
func (d Date) AddDays(n int) Date { return clamp(int64(d.n) + int64(n)) }

// AddMonths returns the corresponding day n months later: the day of the same
// number, or the last day of the month where it has no such day. This is how
// the courts count a period of months (Dodds v Walker [1981] 1 WLR 1027).
func (d Date) AddMonths(n int) Date {
	n = min(max(n, -mostMonths), mostMonths)
	year, month, day := d.Civil()
	end := time.Date(year, month+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return NewDate(end.Year(), end.Month(), min(day, end.Day()))
}

// mostMonths spans every day there is.
const mostMonths = 12 * 10_000

// AddYears returns the corresponding day n years later; 29 February becomes 28
// February in a year without one.
func (d Date) AddYears(n int) Date {
	return d.AddMonths(12 * min(max(n, -mostMonths), mostMonths))
}

// DaysUntil returns how many days lie from d to e: nought when they are the same
// day, negative when e is earlier.
func (d Date) DaysUntil(e Date) int { return int(e.n) - int(d.n) }

// String returns d as 2006-01-02, or the empty string for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

// Words returns d as people say it: "Friday 27 November 2026".
func (d Date) Words() string {
	if d.IsZero() {
		return "no date"
	}
	return d.time().Format("Monday 2 January 2006")
}

// MarshalText writes d as 2006-01-02, or nothing for no date. JSON uses it too.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [Date.MarshalText] writes.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

func clamp(n int64) Date {
	switch {
	case n < firstDay:
		return Date{n: firstDay}
	case n > lastDay:
		return maxDate
	}
	return Date{n: int32(n)}
}

// clip keeps a hostile value from filling a log through an error message.
func clip(s string) string {
	const limit = 40
	if len(s) <= limit {
		return s
	}
	cut := limit
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return s[:cut] + "…"
}
