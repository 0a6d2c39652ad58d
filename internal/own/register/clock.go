package register

import (
	"cmp"
	"fmt"
	"slices"

	"commonweal/law"
)

// Status is where a request stands on a day.
type Status struct {
	State State
	Last  Step // what closed it or took it to court
	// Left counts the working days that are left to answer; Late those since it
	// was due, or by which the answer was late.
	Left, Late int
	Overdue    bool // it is open and its day is over
	Remind     law.Date
	Sentence   string
}

// On is where the request stands on a day. The clock stops when it is answered,
// refused, withdrawn or taken to court.
func (r Request) On(day law.Date, cal *law.Calendar) Status {
	s := Status{}
	s.State, s.Last = r.state()
	if s.State != Open {
		s.Sentence = s.Last.sentence()
		if !r.Due.IsZero() && s.Last.Day.After(r.Due) {
			s.Late = cal.WorkingDays(r.Due, s.Last.Day)
			s.Sentence += fmt.Sprintf(" It was due on %s, %s before.", dayWords(r.Due), workingDays(s.Late))
		}
		return s
	}
	if r.Due.IsZero() {
		s.Sentence = fmt.Sprintf("Waits since %s. The law sets no day to answer by: answer within a reasonable time.", dayWords(r.Received))
		return s
	}
	s.Remind = cal.AddWorking(r.Due, -1)
	if day.After(r.Due) {
		s.Overdue, s.Late = true, cal.WorkingDays(r.Due, day)
		s.Sentence = fmt.Sprintf("Overdue: it was due on %s, %s ago.", dayWords(r.Due), workingDays(s.Late))
		if s.Late == 0 {
			s.Sentence = fmt.Sprintf("Overdue: it was due on %s.", dayWords(r.Due))
		}
		return s
	}
	s.Left = cal.WorkingDays(day, r.Due)
	s.Sentence = fmt.Sprintf("Answer by %s: %s left.", r.Due.Words(), workingDays(s.Left))
	if s.Left == 0 {
		s.Sentence = fmt.Sprintf("Answer today, %s.", r.Due.Words())
	}
	if !r.DueKnown {
		s.Sentence += " The bank holidays of that year are not published yet: the day may move."
	}
	return s
}

func workingDays(n int) string {
	if n == 1 {
		return "one working day"
	}
	return fmt.Sprintf("%d working days", n)
}

// sentence says what the step did, in words for whoever reads the list.
func (s Step) sentence() string {
	on := dayWords(s.Day)
	switch s.Kind {
	case Shown:
		return "Shown on " + on + "."
	case Copied:
		return "A copy was handed out on " + on + "."
	case Refused:
		return "Refused on " + on + "."
	case ToCourt:
		return "Before the court since " + on + "."
	case Withdrawn:
		return "Withdrawn on " + on + "."
	case Received:
		return "Received on " + on + "."
	case Reminded:
		return "The secretary was reminded on " + on + "."
	case Escalated:
		return "The secretary and the directors were told on " + on + " that it is overdue."
	}
	return ""
}

// Sentence says what the step did.
func (s Step) Sentence() string { return s.sentence() }

// Listed is a request with where it stands.
type Listed struct {
	Request
	Status Status
}

// list puts requests into the order in which they want attention: overdue ones
// first, the oldest day first; then those that are due, those without a day, those
// at court; and at last the closed ones, newest first.
func list(all []Request, day law.Date, cal *law.Calendar) []Listed {
	out := make([]Listed, len(all))
	for i, r := range all {
		out[i] = Listed{r, r.On(day, cal)}
	}
	slices.SortStableFunc(out, func(a, b Listed) int {
		if c := cmp.Compare(a.rank(), b.rank()); c != 0 {
			return c
		}
		if a.Status.State == Closed {
			return cmp.Or(b.Status.Last.Day.Compare(a.Status.Last.Day), cmp.Compare(b.Number, a.Number))
		}
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Number, b.Number))
	})
	return out
}

func (l Listed) rank() int {
	switch {
	case l.Status.Overdue:
		return 0
	case l.Status.State == Open && !l.Due.IsZero():
		return 1
	case l.Status.State == Open:
		return 2
	case l.Status.State == AtCourt:
		return 3
	}
	return 4
}
