package study

import "fmt"

// What is said beside the points by time since the start.

const (
	saysLeads  = "Points before the start that lie near nought do not show that the sites and the others would have stayed alike. A drift can hide within the ranges."
	saysNoLead = "There is no point before the start. Whether the two sides moved alike until then cannot be seen here."
	saysOffAll = "The range of the one point before the start leaves out nought."
	saysOffOne = "The range of one of the %d points before the start leaves out nought."
	saysOff    = "The ranges of %d of the %d points before the start leave out nought."
	saysOr     = "That can be chance. Or the two sides did not move alike before anything began."
	saysJoined = "The sheet of assumptions tests all points before the start together."
	saysAlike  = "As many sites, %d, stand behind each point."
	saysBehind = "Not the same sites stand behind each point: there are from %d to %d. So a step from one point to the next can come from a change of sites."
	saysOlder  = "Another version of the program made this run. How many sites stand behind each point is not known."

	saysDrift = "From one time to the next before the start, the two sides drifted apart by up to %s. Within the ranges it may be %s."
	saysBears = "The drift may go on. The range %s leaves out nought as long as it goes on at less than %s times that pace."
	saysFrail = "The drift may go on. At a tenth of that pace, what differs here can be drift alone."

	saysAlone  = "Each range is that of its own point, and not of all points together. Where there is nothing to find, about one range of 20 leaves out nought all the same."
	saysBases  = "Before the start a point is the move since the time before it. From the start on, it is the move since the last time before the start. So do not join the two sides."
	saysBase   = "All points are set against the last time before the start. The difference there is nought by design."
	saysNever  = "The sites that began are set against those that never did."
	saysNotYet = "The sites that began are set against those that had not by then."
	saysBare   = "Where no range is drawn, none is known."
)

// Reads says what a reader of the points must know first: what those before the start can
// show, and who stands behind each.
func (s Since) Reads() []string {
	off, leads := s.before()
	tested := ""
	if s.Tested && leads != saysNoLead {
		tested = saysJoined
	}
	if off == "" {
		return s.withDrift(join(leads, tested), s.behind())
	}
	return s.withDrift(join(off, saysOr, tested), leads, s.behind())
}

func (s Since) withDrift(reads ...string) []string {
	if drift := s.drift(); drift != "" {
		reads = append(reads, drift)
	}
	return reads
}

// Made says how the points and their ranges were made.
func (s Since) Made() string { return join(saysAlone, s.base()) }

// Brief is what stands under a picture beside the first: what differs, and what points
// before the start cannot show.
func (s Since) Brief() string {
	off, leads := s.before()
	return join(off, leads, s.behind(), s.base())
}

// before says how the points before the start lie, where a range leaves out nought, and
// what they cannot show.
func (s Since) before() (off, leads string) {
	points, away := 0, 0
	for _, p := range s.Points {
		if p.Fixed || p.Times >= 0 {
			continue
		}
		points++
		if p.Low.Known() && (p.Low > 0 || p.High < 0) {
			away++
		}
	}
	switch {
	case points == 0:
		return "", saysNoLead
	case away == 0:
		return "", saysLeads
	case points == 1:
		return saysOffAll, saysLeads
	case away == 1:
		return fmt.Sprintf(saysOffOne, points), saysLeads
	}
	return fmt.Sprintf(saysOff, away, points), saysLeads
}

// behind says how many sites stand behind the points, and whether they are as many.
func (s Since) behind() string {
	least, most, alike := 0, 0, true
	for _, p := range s.Points {
		if p.Fixed {
			continue
		}
		if least == 0 || p.Units < least {
			least = p.Units
		}
		most, alike = max(most, p.Units), alike && p.Starts == s.Starts
	}
	switch {
	case !s.Counted:
		return saysOlder
	case alike && least == most:
		return fmt.Sprintf(saysAlike, most)
	}
	return fmt.Sprintf(saysBehind, least, most)
}

// base says what the points are set against.
func (s Since) base() string {
	base, against, bare := saysBase, saysNever, ""
	if s.Method == Staggered {
		base = saysBases
	}
	if s.NotYet {
		against = saysNotYet
	}
	for _, p := range s.Points {
		if !p.Fixed && !p.Low.Known() {
			bare = saysBare
		}
	}
	return join(base, against, bare)
}
