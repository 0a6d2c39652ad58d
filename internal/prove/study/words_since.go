package study

import "fmt"

// What is said beside the points by time since the start.

const (
	saysLeads  = "Points before the start that lie near nought do not show that the sites and the others would have stayed alike. A drift can hide within the ranges."
	saysNoLead = "There is no point before the start. Whether the two sides moved alike until then cannot be seen here."
	saysOff    = "Before the start, %d of %d points have a range that leaves out nought. The two sides may not have moved alike before anything began."
	saysAlike  = "As many sites, %d, stand behind each point."
	saysBehind = "Not the same sites stand behind each point: there are from %d to %d. So a step from one point to the next can come from a change of sites."
	saysOlder  = "Another version of the program made this run. How many sites stand behind each point is not known."

	saysAlone = "Each range is that of its own point, and not of all points together. Where there is nothing to find, about one range of 20 leaves out nought all the same."
	saysBases = "Before the start a point is the move since the time before it. From the start on, it is the move since the last time before the start. So do not join the two sides."
	saysBase  = "All points are set against the last time before the start. The difference there is nought by design."
	saysBare  = "Where no range is drawn, none is known."
)

// Reads says what a reader of the points must know first: what those before the start can
// show, and who stands behind each.
func (s Since) Reads() []string {
	before, off, least, most, alike := 0, 0, 0, 0, true
	for _, p := range s.Points {
		if p.Fixed {
			continue
		}
		if p.Times < 0 {
			before++
			if p.Low.Known() && (p.Low > 0 || p.High < 0) {
				off++
			}
		}
		if least == 0 || p.Units < least {
			least = p.Units
		}
		most = max(most, p.Units)
		alike = alike && p.Starts == s.Starts
	}
	var out []string
	switch {
	case before == 0:
		out = append(out, saysNoLead)
	case off > 0:
		out = append(out, fmt.Sprintf(saysOff, off, before), saysLeads)
	default:
		out = append(out, saysLeads)
	}
	switch {
	case !s.Counted:
		return append(out, saysOlder)
	case alike && least == most:
		return append(out, fmt.Sprintf(saysAlike, most))
	}
	return append(out, fmt.Sprintf(saysBehind, least, most))
}

// Made says how the points and their ranges were made.
func (s Since) Made() string {
	against := "They are set against sites that never began."
	if s.NotYet {
		against = "They are set against sites that had not begun by then."
	}
	base, bare := saysBase, ""
	if s.Method == Staggered {
		base = saysBases
	}
	for _, p := range s.Points {
		if !p.Fixed && !p.Low.Known() {
			bare = saysBare
		}
	}
	return join(saysAlone, base, against, bare)
}
