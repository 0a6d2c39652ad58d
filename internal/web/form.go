package web

import (
	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// readDay reads a date field that was filled from a form. When it reports
// false the field says what to put right. what names the day: "start date".
func readDay(field *page.DateField, what string, required bool) (law.Date, bool) {
	iso, ok := field.Read(what)
	switch {
	case !ok:
		return law.Date{}, false
	case iso == "" && required:
		field.Error = "The " + what + " is missing. Add it."
		return law.Date{}, false
	case iso == "":
		return law.Date{}, true
	}
	d, err := law.ParseDate(iso)
	if err != nil {
		field.Error = "This is not a date. Check the day and the month."
		return law.Date{}, false
	}
	return d, true
}

// refusedAt puts what a room refused, in words, at the field that it is about; what
// is about none of them goes to otherwise.
func (v *visit) refusedAt(err error, otherwise *string, fields map[string]*string) {
	if err == nil {
		return
	}
	if at, ok := fields[fault.FieldOf(err)]; ok {
		otherwise = at
	}
	*otherwise = v.refusalWords(err)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
