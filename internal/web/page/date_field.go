package page

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// DateField asks for a day in three boxes, because a calendar is slower and a single box is guesswork. In the form the
// boxes are NAME-day, NAME-month and NAME-year.
type DateField struct {
	Name, Legend, Hint, Error string
	Day, Month, Year          string // as typed
	Heading                   bool
	wrong                     part // which box the error is about
}

type part int

const (
	everyPart part = iota
	dayPart
	monthPart
	yearPart
)

func (DateField) template() string { return "date" }

func (f DateField) problem() Error {
	return Error{f.Name + "-" + map[part]string{dayPart: "day", monthPart: "month", yearPart: "year", everyPart: "day"}[f.wrong], f.Error}
}

// DescribedBy is the aria-describedby attribute.
func (f DateField) DescribedBy() string { return described(f.Name, f.Hint, f.Error) }

// Boxes are the three inputs, for the template.
func (f DateField) Boxes() []DateBox {
	box := func(p part, id, label, value string, width int) DateBox {
		return DateBox{f.Name + "-" + id, label, value, width, f.Error != "" && (f.wrong == p || f.wrong == everyPart)}
	}
	return []DateBox{
		box(dayPart, "day", "Day", f.Day, 2),
		box(monthPart, "month", "Month", f.Month, 2),
		box(yearPart, "year", "Year", f.Year, 4),
	}
}

// DateBox is one of the three inputs of a [DateField].
type DateBox struct {
	Name, Label, Value string
	Width              int
	Wrong              bool
}

// Fill takes what was typed from a posted form.
func (f *DateField) Fill(form url.Values) {
	f.Day = strings.TrimSpace(form.Get(f.Name + "-day"))
	f.Month = strings.TrimSpace(form.Get(f.Name + "-month"))
	f.Year = strings.TrimSpace(form.Get(f.Name + "-year"))
}

// SetDay puts a day into the boxes, from text of the form 2006-01-02. Other text leaves them empty.
func (f *DateField) SetDay(iso string) {
	day, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return
	}
	f.Day, f.Month, f.Year = strconv.Itoa(day.Day()), strconv.Itoa(int(day.Month())), strconv.Itoa(day.Year())
}

// Read returns the day as 2006-01-02, or "" where all three boxes are empty. If what was typed is no day, it reports
// false and sets Error to words for the person; what, for instance "start date", says which day they meant.
func (f *DateField) Read(what string) (iso string, ok bool) {
	f.Error, f.wrong = "", everyPart
	if f.Day == "" && f.Month == "" && f.Year == "" {
		return "", true
	}
	fail := func(p part, format string, args ...any) (string, bool) {
		f.wrong, f.Error = p, fmt.Sprintf(format, args...)
		return "", false
	}
	switch {
	case f.Day == "":
		return fail(dayPart, "The %s has no day. Add it.", what)
	case f.Month == "":
		return fail(monthPart, "The %s has no month. Add it.", what)
	case f.Year == "":
		return fail(yearPart, "The %s has no year. Add it.", what)
	}
	month, ok := monthOf(f.Month)
	if !ok {
		return fail(monthPart, "%q is not a month. Use a number from 1 to 12.", f.Month)
	}
	year, err := strconv.Atoi(f.Year)
	if err != nil || len(f.Year) != 4 {
		return fail(yearPart, "The year of the %s needs four figures, such as 2026.", what)
	}
	number, err := strconv.Atoi(f.Day)
	if err != nil || number < 1 || number > 31 {
		return fail(dayPart, "%q is not a day of the month. Use a number from 1 to 31.", f.Day)
	}
	day := time.Date(year, month, number, 0, 0, 0, 0, time.UTC)
	if day.Day() != number {
		return fail(everyPart, "%d %s %d is not a date. Check the day and the month.", number, month, year)
	}
	return day.Format(time.DateOnly), true
}

// monthOf reads a month as a number or by its English name, whole or in three letters.
func monthOf(s string) (time.Month, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return time.Month(n), n >= 1 && n <= 12
	}
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); strings.EqualFold(s, name) || strings.EqualFold(s, name[:3]) {
			return m, true
		}
	}
	return 0, false
}
