package law

import (
	"sync"
	"time"

	// The zone data travels with the program, because a small server image may
	// have none and a wrong day is a wrong notice.
	_ "time/tzdata"
)

// London returns the zone in which a day begins and ends for every rule here.
func London() *time.Location { return london() }

var london = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic("zone data built into the program lacks Europe/London: " + err.Error())
	}
	return zone
})

// Today returns the day it is in London at the moment t.
func Today(t time.Time) Date {
	year, month, day := t.In(London()).Date()
	return NewDate(year, month, day)
}

// Start returns the first moment of d in London.
func (d Date) Start() time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 0, 0, London())
}

// End returns midnight at the end of d in London, which is the first moment of
// the next day: an act done before it is done on d or earlier.
func (d Date) End() time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day+1, 0, 0, 0, 0, London())
}
