package law

import "time"

// easter returns Easter Sunday of a year in the Gregorian calendar, by the
// method of the golden number and the epact as the calendar's own tables give it.
func easter(year int) Date {
	golden := year%19 + 1
	century := year/100 + 1
	dropped := 3*century/4 - 12       // leap days left out at centuries
	moon := (8*century+5)/25 - 5      // correction of the moon's cycle
	sunday := 5*year/4 - dropped - 10 // which day of March is a Sunday
	epact := (11*golden + 20 + moon - dropped) % 30
	if epact < 0 {
		epact += 30
	}
	if (epact == 25 && golden > 11) || epact == 24 {
		epact++
	}
	full := 44 - epact // the Paschal full moon, as a day of March
	if full < 21 {
		full += 30
	}
	return NewDate(year, time.March, full+7-(sunday+full)%7)
}
