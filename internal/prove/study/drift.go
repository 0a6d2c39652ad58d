package study

import (
	"fmt"
	"math"
	"strconv"

	"commonweal/panel"
)

// drift says how far the two sides moved apart before the start, and how much of that after
// it the firmest point bears (see [panel.Drift]). Points that rest on too little bear
// nothing: their ranges are too small. It is "" where no point differs, so that there is
// nothing to bear, or nothing is known of the time before.
func (s Since) drift() string {
	base := panel.LastBefore
	if s.Method == Staggered {
		base = panel.TimeBefore
	}
	var events []panel.EventTime
	for _, p := range s.Points {
		if !p.Fixed && (p.Times < 0 || !s.Thin(p)) {
			events = append(events, panel.EventTime{Times: p.Times, Estimate: panel.Estimate{Value: float64(p.Value), Low: float64(p.Low), High: float64(p.High)}})
		}
	}
	d, ok := panel.DriftBefore(events, base)
	times, m, firm := d.Firmest()
	if !ok || !firm {
		return ""
	}
	size := func(v float64) string { return join(fixed(Number(v), s.Decimals), s.Outcome.Unit) }
	seen := fmt.Sprintf(saysDrift, size(d.Seen), size(d.Most))
	if m < 0.1 {
		return join(seen, saysFrail)
	}
	return join(seen, fmt.Sprintf(saysBears, s.when(times), pace(m)))
}

// pace writes how many times, never more than it is but for rounding.
func pace(m float64) string {
	m += 1e-9
	if m >= 10 {
		return strconv.FormatFloat(math.Floor(m), 'f', 0, 64)
	}
	return strconv.FormatFloat(math.Floor(m*10)/10, 'f', 1, 64)
}

// when says a time from the start on.
func (s Since) when(times int) string {
	every := s.Every
	if every == "" {
		every = "time"
	}
	switch times {
	case 0:
		return "at the start"
	case 1:
		return "one " + every + " after the start"
	}
	return fmt.Sprintf("%d %ss after the start", times, every)
}
