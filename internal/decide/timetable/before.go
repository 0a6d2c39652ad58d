package timetable

import "commonweal/law"

// Before is the day so many working days before the close.
func (t Timetable) Before(days int) law.Date {
	return t.plan.cal.AddWorking(law.Today(t.Closes), -days)
}
