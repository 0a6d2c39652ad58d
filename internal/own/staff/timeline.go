package staff

import (
	"slices"

	"commonweal/law"
)

// Stretch is a version and the days on which it is the one in force. To is no
// date for the last.
type Stretch struct {
	From, To law.Date
	Version
}

// Timeline returns the versions that are in force on some day, in order of days,
// given all versions of one person on one list.
func Timeline(versions []Version) []Stretch {
	byNumber := slices.Clone(versions)
	slices.SortFunc(byNumber, func(a, b Version) int { return b.N - a.N })
	var out []Stretch
	var limit law.Date // the day from which a higher version holds; no date: none
	for _, v := range byNumber {
		if !limit.IsZero() && !v.Effective.Before(limit) {
			continue // overridden on all its days
		}
		s := Stretch{From: v.Effective, Version: v}
		if !limit.IsZero() {
			s.To = limit.AddDays(-1)
		}
		out = append(out, s)
		limit = v.Effective
	}
	slices.Reverse(out)
	return out
}
