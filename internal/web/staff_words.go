package web

import (
	"fmt"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// dateText is a day as data, and nothing for no day.
func dateText(d law.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// dayInFull is a day with its year, where a page is kept or may be read later.
func dayInFull(d law.Date) string {
	year, month, day := d.Civil()
	return fmt.Sprintf("%d %s %d", day, month, year)
}

// fieldFault is a date field's error where there is no page to show it on.
func fieldFault(f page.DateField) error {
	return fault.Fieldf(f.Name, "%s", strings.TrimSuffix(f.Error, "."))
}

// plainly is a fault's message as a sentence with one full stop.
func plainly(err error) string {
	m := strings.TrimRight(fault.Message(err), ".")
	if m == "" {
		return ""
	}
	return page.Begin(m) + "."
}

// inWords writes a small number as a word that begins a sentence: "Five".
func inWords(n int) string { return page.Begin(said(page.Words(n))) }

// phrase is "Five rows are refused", with the words for one and for many.
func phrase(n int, one, many string) string {
	return inWords(n) + " " + said(page.Plural(n, one, many))
}
