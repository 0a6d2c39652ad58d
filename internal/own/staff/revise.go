package staff

import (
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// revise returns the versions to add so that the list of the day asAt is told:
// now is what it makes of somebody whose last version is was.
//
// Mostly that is one version, effective from the date of the list or, where it
// tells of an end of employment or of a return, from the day that follows from
// those dates. A start date that differs can mean two things:
//
//   - Somebody was taken on again, and the list gives the latest start only. That
//     is so when the new start is later and an earlier list had them employed
//     before it. What was stays; the version is effective from the new start.
//   - The date was wrong. Then the versions of that employment are written again
//     with the right one, each effective as before, so that the history of posts
//     is not lost by mending a date.
//
// earlier gives all versions, and of each the date of the list it came with; it
// is asked only in that case.
func revise(was Version, now stafflist.Person, asAt law.Date, earlier func() ([]dated, error)) ([]Version, error) {
	if was.same(now) {
		return nil, nil
	}
	v := Version{N: was.N + 1, Effective: effective(was.Main, now.Main, asAt), Person: now}
	oldStart, newStart := was.Main.Start, now.Main.Start
	returned := !was.Main.End.IsZero() && newStart.After(was.Main.End)
	if newStart == oldStart || returned {
		if returned {
			v.Effective = newStart
		}
		return []Version{v}, nil
	}
	all, err := earlier()
	if err != nil {
		return nil, err
	}
	spell, before := employment(all, oldStart)
	if newStart.After(oldStart) && seenEmployed(all, before, newStart) {
		v.Effective = newStart
		return []Version{v}, nil
	}
	return restate(was, v, spell, before), nil
}

// effective is the first day on which the new post differs from the old one: the
// date of the list or, where the end of employment moved into the past or out of
// it, the day after the earlier of the two ends.
func effective(was, now stafflist.Post, asAt law.Date) law.Date {
	day := asAt
	if was.End == now.End {
		return day
	}
	for _, end := range []law.Date{was.End, now.End} {
		if !end.IsZero() && end.AddDays(1).Before(day) {
			day = end.AddDays(1)
		}
	}
	return day
}

// dated is a version with the date of the list it came with.
type dated struct {
	Version
	seen law.Date
}

// employment returns the stretches at the end of the timeline that have the start
// date, which are one employment, and the last day of the one before it, if any.
func employment(all []dated, start law.Date) (spell []Stretch, before law.Date) {
	versions := make([]Version, len(all))
	for i, d := range all {
		versions[i] = d.Version
	}
	timeline := Timeline(versions)
	i := len(timeline)
	for i > 0 && timeline[i-1].Main.Start == start {
		i--
	}
	if i > 0 {
		before = timeline[i-1].Main.End
	}
	return timeline[i:], before
}

// seenEmployed reports whether a list between two days had the person employed on
// its date.
func seenEmployed(all []dated, after, before law.Date) bool {
	for _, d := range all {
		if d.seen.After(after) && d.seen.Before(before) && d.employs(d.seen) {
			return true
		}
	}
	return false
}

// restate writes the stretches of an employment again with the start date of v,
// and then v itself if it says more than that. It leaves an employment before it,
// which lasted until the day before, as it was.
func restate(was, v Version, spell []Stretch, before law.Date) []Version {
	var out []Version
	n := was.N
	for i, s := range spell {
		again := s.Version
		again.Main.Start = v.Main.Start
		if i == 0 {
			again.Effective = earlierOf(again.Effective, laterOf(v.Main.Start, before.AddDays(1)))
		}
		n++
		again.N = n
		out = append(out, again)
	}
	if len(out) > 0 && out[len(out)-1].same(v.Person) {
		return out
	}
	v.N = n + 1
	return append(out, v)
}

func earlierOf(a, b law.Date) law.Date {
	if b.Before(a) {
		return b
	}
	return a
}

func laterOf(a, b law.Date) law.Date {
	if b.After(a) {
		return b
	}
	return a
}
