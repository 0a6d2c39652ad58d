package law

import (
	"slices"
	"time"
)

// Calendar knows the bank holidays of a place and counts working days: days that
// are not a Saturday, a Sunday or a bank holiday (Companies Act 2006, s.1173(1)).
//
// Holidays follow rules, and days proclaimed once are added or moved. For years
// that the government has not published yet the rules alone are applied, and
// [Calendar.Known] says so.
type Calendar struct {
	// ID and Label name the place: "england-and-wales".
	ID, Label string
	Provenance
	// KnownFrom and KnownTo bound the years published by the government; the
	// second is the first day beyond them.
	KnownFrom, KnownTo Date

	annual []annualRule
	oneOff []oneOff
	// days holds the years people ask for; others are worked out when asked.
	days map[Date]Holiday
}

// Holiday is one bank holiday.
type Holiday struct {
	Day  Date
	Name string
	// Substitute reports that the day stands in for one that fell at a weekend.
	Substitute bool
	// Source is the citation of the rule or the proclamation.
	Source Provenance
}

// annualRule places one holiday in each year: on a fixed day, on a weekday of a
// month, or so many days from Easter Sunday.
type annualRule struct {
	name    string
	kind    holidayKind
	month   time.Month
	day     int
	weekday time.Weekday
	nth     int // 1 for the first such weekday of the month, -1 for the last
	offset  int // from Easter Sunday
	source  Provenance
}

type holidayKind string

const (
	holidayFixed   holidayKind = "fixed"
	holidayWeekday holidayKind = "weekday"
	holidayEaster  holidayKind = "easter"
)

// oneOff is a day proclaimed once. Where instead is set, the day replaces the
// holiday that the rules would have put there.
type oneOff struct {
	day     Date
	name    string
	instead Date
	source  Provenance
}

// The years held ready.
const (
	readyFrom = 2000
	readyTo   = 2100
)

func (c *Calendar) prepare() {
	c.days = make(map[Date]Holiday)
	for year := readyFrom; year <= readyTo; year++ {
		for _, h := range c.compute(year) {
			c.days[h.Day] = h
		}
	}
}

// Holidays lists the bank holidays of a year in order.
func (c *Calendar) Holidays(year int) []Holiday { return c.compute(year) }

// compute places the weekday holidays first and the substitutes after them, so
// that Boxing Day on a Monday keeps its Monday when Christmas Day was a Sunday.
func (c *Calendar) compute(year int) []Holiday {
	placed := make(map[Date]Holiday)
	var displaced []Holiday
	for _, rule := range c.annual {
		day := rule.in(year)
		if !rule.source.InForce(day) {
			continue
		}
		h := Holiday{Day: day, Name: rule.name, Source: rule.source}
		if weekend(day) {
			displaced = append(displaced, h)
			continue
		}
		placed[day] = h
	}
	slices.SortFunc(displaced, func(a, b Holiday) int { return a.Day.Compare(b.Day) })
	for _, h := range displaced {
		for weekend(h.Day) || placed[h.Day].Name != "" {
			h.Day = h.Day.AddDays(1)
		}
		h.Substitute = true
		placed[h.Day] = h
	}
	for _, once := range c.oneOff {
		if once.day.Year() != year {
			continue
		}
		if !once.instead.IsZero() {
			delete(placed, once.instead)
		}
		placed[once.day] = Holiday{Day: once.day, Name: once.name, Source: once.source}
	}
	all := make([]Holiday, 0, len(placed))
	for _, h := range placed {
		all = append(all, h)
	}
	slices.SortFunc(all, func(a, b Holiday) int { return a.Day.Compare(b.Day) })
	return all
}

func (r annualRule) in(year int) Date {
	switch r.kind {
	case holidayEaster:
		return easter(year).AddDays(r.offset)
	case holidayWeekday:
		if r.nth > 0 {
			first := NewDate(year, r.month, 1)
			wait := (int(r.weekday) - int(first.Weekday()) + 7) % 7
			return first.AddDays(wait + 7*(r.nth-1))
		}
		last := NewDate(year, r.month+1, 1).AddDays(-1)
		back := (int(last.Weekday()) - int(r.weekday) + 7) % 7
		return last.AddDays(-back)
	}
	return NewDate(year, r.month, r.day)
}

// Holiday returns the bank holiday on a day, if it is one.
func (c *Calendar) Holiday(d Date) (Holiday, bool) {
	if year := d.Year(); year >= readyFrom && year <= readyTo {
		h, ok := c.days[d]
		return h, ok
	}
	for _, h := range c.compute(d.Year()) {
		if h.Day == d {
			return h, true
		}
	}
	return Holiday{}, false
}

// Known reports whether the holidays of the year that d lies in have been
// published. Beyond, a day proclaimed later may still change a count.
func (c *Calendar) Known(d Date) bool {
	return !d.Before(c.KnownFrom) && d.Before(c.KnownTo)
}

// Working reports whether d is a working day.
func (c *Calendar) Working(d Date) bool {
	if weekend(d) {
		return false
	}
	_, holiday := c.Holiday(d)
	return !holiday
}

func weekend(d Date) bool {
	day := d.Weekday()
	return day == time.Saturday || day == time.Sunday
}
