package friends

import (
	"time"

	"commonweal/law"
)

// Month is a month of the calendar.
type Month struct {
	Year  int
	Month time.Month
}

// Revision is the figures of a month as they were closed, or corrected.
type Revision struct {
	ID      string
	Month   Month
	N       int // 1 for the close
	Closed  law.Date
	By      string
	Reason  string // of a correction
	Answers int    // that it seals
	Seal    string // SHA-256 of the answers it seals
	Figures []Figure
	SHA256  string // of the figures in their canonical form
}

// Due is the last day on which a month of a setting is submitted: the ninth working
// day of the month after, for ambulances the thirteenth. Known is false where the bank
// holidays of that year are not published yet.
type Due struct {
	Day   law.Date
	Known bool
}
