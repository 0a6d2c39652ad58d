package law

import "errors"

// Retention says how long a record is kept.
type Retention struct {
	// ID names the class of record: "members-register".
	ID    string
	Label string
	// Years, Months and Days run from the event in Anchor; all are nought when
	// Permanent.
	Years, Months, Days int
	Permanent           bool
	// Anchor is the event that starts the period: "the day membership ended".
	Anchor string
	// Statutory is true where law sets the period, false where it is our default
	// that an organisation may change.
	Statutory bool
	Text      string
	Provenance
}

// Until returns the last day the record is kept when the period starts on a day.
// It is false for a record that is kept for good.
func (r Retention) Until(start Date) (Date, bool) {
	if r.Permanent {
		return Date{}, false
	}
	return start.AddMonths(12*r.Years + r.Months).AddDays(r.Days), true
}

// period refuses a time that is both endless and counted, or neither.
func (r Retention) period() error {
	counted := r.Years+r.Months+r.Days > 0
	if counted == r.Permanent {
		return errors.New("give a period or permanent, one of the two")
	}
	return nil
}
