package indicator

import (
	"fmt"
	"strings"
	"time"

	"commonweal/law"
)

// start is the first day of the period of a definition that a day lies in. A day that
// neither begins nor ends a period is refused: it would be a file of weeks, or one with
// days and months the other way round.
func (d Definition) start(day law.Date) (law.Date, error) {
	year, month, _ := day.Civil()
	var first law.Date
	switch d.Every {
	case Quarter:
		first = law.NewDate(year, month-(month-1)%3, 1)
	case Year:
		// A year begins where the definition does: in April for most of the NHS.
		_, begins, _ := d.Starts.Civil()
		first = law.NewDate(year, begins, 1)
		if day.Before(first) {
			first = first.AddYears(-1)
		}
	default:
		first = law.NewDate(year, month, 1)
	}
	last := d.Every.last(first)
	if day != first && day != last {
		return law.Date{}, fmt.Errorf("is neither the first nor the last day of a %s", d.Every)
	}
	return first, nil
}

// parsePeriod reads the period of a row, as a day or, of months, as 2024-04 or April 2024.
func (d Definition) parsePeriod(cell string, day func(string) (law.Date, error)) (law.Date, error) {
	if strings.TrimSpace(cell) == "" {
		return law.Date{}, fmt.Errorf("is blank: a figure without a period is of no time")
	}
	on, err := day(cell)
	if err != nil {
		return law.Date{}, fmt.Errorf("is not a day or a month; write 2024-04 or 30/04/2024")
	}
	first, err := d.start(on)
	switch {
	case err != nil:
		return law.Date{}, err
	case d.Every.last(first).Before(d.Starts):
		return law.Date{}, fmt.Errorf("is before %s, from which the measure holds", d.Starts)
	case !d.Closed.IsZero() && !first.Before(d.Closed):
		return law.Date{}, fmt.Errorf("is after %s, on which the measure ended", d.Closed)
	}
	return first, nil
}

// PeriodWords names the period that begins on a day: "March 2025", "April to June 2025",
// "the year from April 2024".
func (d Definition) PeriodWords(first law.Date) string {
	name := func(day law.Date) string {
		year, month, _ := day.Civil()
		return fmt.Sprintf("%s %d", month, year)
	}
	switch d.Every {
	case Quarter:
		year, from, _ := first.Civil()
		_, to, _ := first.AddMonths(2).Civil()
		return fmt.Sprintf("%s to %s %d", from, to, year)
	case Year:
		if _, month, _ := first.Civil(); month == time.January {
			return fmt.Sprint(first.Year())
		}
		return "the year from " + name(first)
	}
	return name(first)
}

// FromWords says when a period begins: "April 2025", or of a calendar year "2025".
func (d Definition) FromWords(first law.Date) string { return d.edge(first, first) }

// ToWords says when a period ends: "June 2025", or of a calendar year "2025".
func (d Definition) ToWords(first law.Date) string {
	return d.edge(first, d.Every.last(first))
}

// last is the last day of a period.
func (e Every) last(first law.Date) law.Date { return first.AddMonths(e.Months()).AddDays(-1) }

func (d Definition) edge(first, day law.Date) string {
	year, month, _ := day.Civil()
	if _, begins, _ := first.Civil(); d.Every == Year && begins == time.January {
		return fmt.Sprint(year)
	}
	return fmt.Sprintf("%s %d", month, year)
}

// Noun is what a period is called: "month", "months".
func (e Every) Noun(n int) string {
	if n == 1 {
		return string(e)
	}
	return string(e) + "s"
}
