package web

import (
	"fmt"
	"time"

	"commonweal/internal/base/world"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// The wording functions of package page take anything a template may hand them
// and so can fail. These take what Go has already typed, and cannot.

func said(text string, err error) string {
	if err != nil {
		return ""
	}
	return text
}

// moment is a stored instant as people say it.
func (v *visit) moment(stamp string) string {
	at, err := time.Parse(world.TimeFormat, stamp)
	if err != nil {
		return stamp
	}
	return said(page.Moment(v.now, at))
}

// day is a civil day as people say it; no day is no words.
func (v *visit) day(d law.Date) string {
	if d.IsZero() {
		return ""
	}
	return said(page.Day(v.now, d.String()))
}

// number writes a whole number with commas.
func number[N int | int64](n N) string { return said(page.Number(int64(n))) }

// money writes pence as pounds.
func money(pence int64) string { return said(page.Money(pence)) }

// count is "1 member", "2,946 members".
func count[N int | int64](n N, one, many string) string {
	return fmt.Sprintf("%s %s", number(n), said(page.Plural(int64(n), one, many)))
}

// londonHour is the hour of the day in London.
func londonHour(t time.Time) int { return t.In(law.London()).Hour() }
