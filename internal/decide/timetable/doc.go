// Package timetable counts the steps of a poll back from its close, in working
// days, and says why each falls where it does.
//
// The days that law or model rules fix come from the packs of package law; the
// others are what we do by default. A day may be moved within the bounds of its
// rule and the order of the steps, with a reason, as long as it has not passed. A
// day is London time; the close is an instant.
//
// The package is pure. [Timetable.ICalendar] writes the days for a calendar
// program (RFC 5545).
package timetable
