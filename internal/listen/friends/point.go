package friends

import "commonweal/law"

// Point is where answers are collected: a ward, a clinic, a team.
type Point struct {
	ID        string
	Code      string // in its address: small letters, digits and hyphens
	Name      string // for patients: "Wharf ward"
	Setting   Setting
	SiteCode  string // by the national code, "" where there is none
	SiteName  string
	Ward      string // as reported; "" where nothing is reported below the site
	First     string // speciality of a ward, for inpatients
	Second    string
	Modes     []Mode
	Languages []string // the first is shown first
	Opened    law.Date
	Closed    law.Date // the first day it takes no answers; no date where open
}

// OpenOn reports whether it takes answers on a day.
func (p Point) OpenOn(day law.Date) bool {
	return !day.Before(p.Opened) && (p.Closed.IsZero() || day.Before(p.Closed))
}
