package poll

import (
	"slices"
	"time"

	"commonweal/internal/decide/timetable"
)

// TurnoutTimes are the instants of which it is said how many had voted, in their
// order: at nine on the days that the rules name, while the poll is open, and at the
// close where they name that. They are fixed with the rules, so that nobody can ask
// when it suits them.
func (p Poll) TurnoutTimes() []time.Time {
	opens := p.Facts().Opens()
	if opens.IsZero() {
		return nil
	}
	var out []time.Time
	for _, n := range p.Rules.TurnoutAt {
		at := p.Closes
		if n > 0 {
			at = timetable.OpenOn(p.Timetable.Before(n))
		}
		if at.After(opens) && !at.After(p.Closes) {
			out = append(out, at)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// TurnoutShown reports whether turnout in a contest may be said at all: not of fewer
// voters than the minimum cell.
func (p Poll) TurnoutShown(c Contest) bool {
	return c.Roll != nil && c.Roll.Voters() >= p.Rules.MinimumCell
}
