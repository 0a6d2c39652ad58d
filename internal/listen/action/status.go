package action

import (
	"cmp"
	"fmt"
	"slices"

	"commonweal/law"
)

// State is where an action stands.
type State string

// The states.
const (
	Waiting State = "waiting" // agreed and not begun
	Running State = "running"
	Ended   State = "done"
	Given   State = "not_done" // given up, with the reason
)

// EscalateAfter is how many days overdue an action may be before those who answer
// for it are told; SoonBefore is how many days before its day the owner is reminded.
const (
	EscalateAfter = 14
	SoonBefore    = 7
)

// Status is where an action stands on a day. Nothing stores it.
type Status struct {
	State    State
	Last     Step // what brought it there
	Overdue  bool // not ended, and its day is over
	Late     int  // days since its day, or by which it was ended late
	Left     int  // days to its day
	Moves    int  // how often its day was moved
	Sentence string
}

// Over reports whether nothing more is to be done.
func (s Status) Over() bool { return s.State == Ended || s.State == Given }

// Listed is an action with where it stands and what members say of it.
type Listed struct {
	Action
	Status Status
	Words  Tally
}

// On is where the action stands on a day. Steps taken after it count as well: they
// are never dated ahead.
func (a Action) On(day law.Date) Status {
	s := Status{State: Waiting}
	for _, step := range a.Steps {
		switch step.Kind {
		case Agreed:
			s.Last = step
		case Begun, Reported, Reopened:
			s.State, s.Last = Running, step
		case Done:
			s.State, s.Last = Ended, step
		case NotDone:
			s.State, s.Last = Given, step
		case Moved:
			s.Moves++
		}
	}
	if s.Over() {
		if s.Last.Day.After(a.Due) {
			s.Late = a.Due.DaysUntil(s.Last.Day)
		}
	} else if day.After(a.Due) {
		s.Overdue, s.Late = true, a.Due.DaysUntil(day)
	} else {
		s.Left = day.DaysUntil(a.Due)
	}
	s.Sentence = s.sentence(a, day)
	return s
}

func (s Status) sentence(a Action, day law.Date) string {
	late := ""
	if s.Late > 0 {
		late = fmt.Sprintf(" It was due on %s, %s before.", dayWords(a.Due, day), days(s.Late))
	}
	switch {
	case s.State == Ended:
		return "Done on " + dayWords(s.Last.Day, day) + "." + late
	case s.State == Given:
		return "Not done. That was said on " + dayWords(s.Last.Day, day) + "." + late
	case s.Overdue:
		return fmt.Sprintf("Overdue: it was due on %s, %s ago.", dayWords(a.Due, day), days(s.Late))
	case s.Left == 0:
		return "Due today."
	}
	return fmt.Sprintf("Due on %s.", dayWords(a.Due, day))
}

func days(n int) string {
	if n == 1 {
		return "one day"
	}
	return fmt.Sprintf("%d days", n)
}

// dayWords is a day as people say it: with its year where that is not this one.
func dayWords(d, today law.Date) string {
	y, m, day := d.Civil()
	if y == today.Year() {
		return fmt.Sprintf("%d %s", day, m)
	}
	return fmt.Sprintf("%d %s %d", day, m, y)
}

// did reports whether a step of the kind was taken since the day was last set: who was
// told of a day that was moved is told of the new one.
func (a Action) did(kind StepKind) bool {
	for _, s := range slices.Backward(a.Steps) {
		if s.Kind == kind {
			return true
		}
		if s.Kind == Moved || s.Kind == Reopened || s.Kind == Handed && kind != Escalated {
			return false
		}
	}
	return false
}

// order puts actions into the order in which they want attention.
func order(list []Listed) {
	slices.SortStableFunc(list, func(a, b Listed) int {
		if c := cmp.Compare(a.rank(), b.rank()); c != 0 {
			return c
		}
		if a.Status.Over() {
			return cmp.Or(b.Status.Last.Day.Compare(a.Status.Last.Day), cmp.Compare(b.Number, a.Number))
		}
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Number, b.Number))
	})
}

func (l Listed) rank() int {
	switch {
	case l.Status.Overdue:
		return 0
	case !l.Status.Over():
		return 1
	}
	return 2
}
