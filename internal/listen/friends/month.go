package friends

import (
	"fmt"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Month is a month of the calendar. The zero Month is none.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf is the month that a day is in.
func MonthOf(d law.Date) Month {
	y, m, _ := d.Civil()
	return Month{y, m}
}

// ParseMonth reads "2026-10".
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return Month{}, fault.Fieldf("month", "%q is not a month: write it as 2026-10", s)
	}
	return Month{t.Year(), t.Month()}, nil
}

// String writes it as [ParseMonth] reads it.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year, m.Month)
}

// Words is the month as people say it: "October 2026".
func (m Month) Words() string { return fmt.Sprintf("%s %d", m.Month, m.Year) }

// IsZero reports whether it is no month.
func (m Month) IsZero() bool { return m == Month{} }

// First and Last are its first and last day.
func (m Month) First() law.Date { return law.NewDate(m.Year, m.Month, 1) }

// Last is its last day.
func (m Month) Last() law.Date { return m.First().AddMonths(1).AddDays(-1) }

// Before reports whether it is earlier than another.
func (m Month) Before(other Month) bool { return m.First().Before(other.First()) }

// Add is the month so many later.
func (m Month) Add(n int) Month { return MonthOf(m.First().AddMonths(n)) }

// MarshalText and UnmarshalText write and read it as JSON does.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what [Month.MarshalText] writes.
func (m *Month) UnmarshalText(text []byte) (err error) {
	*m, err = ParseMonth(string(text))
	return err
}

// Working days of the next month on which a month is submitted at the latest.
const (
	submitBy          = 9
	submitAmbulanceBy = 13
)

// Due is the last day on which a month of a setting is submitted: the ninth working
// day of the month after, for ambulances the thirteenth (NHS England, collection
// timetable). It is not Known where the bank holidays of that year are not published.
func Due(cal *law.Calendar, m Month, s Setting) law.Deadline {
	n := submitBy
	if s == Ambulance {
		n = submitAmbulanceBy
	}
	return cal.WorkingDeadline(m.Last(), n)
}
