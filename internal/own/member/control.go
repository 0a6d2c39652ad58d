package member

import (
	"fmt"
	"slices"

	"commonweal/law"
)

// Life is one person's membership with the employment beside it.
type Life struct {
	Person, MemberID string
	Timeline         Timeline
	Posts            []Post
}

// Employed reports whether the person is employed on a day: a leaver whose
// membership goes on for some days is not.
func (l Life) Employed(day law.Date) bool {
	return slices.ContainsFunc(l.Posts, func(p Post) bool { return p.Employs() && p.holds(day) })
}

// Counts are the members and votes on one day, and those of employees.
type Counts struct {
	Members, EmployeeMembers int
	Votes, EmployeeVotes     int
	// Unclear are people of whom we cannot tell whether they are members. They
	// are in none of the other numbers.
	Unclear int
}

func (c Counts) plus(d Counts) Counts {
	return Counts{
		c.Members + d.Members, c.EmployeeMembers + d.EmployeeMembers,
		c.Votes + d.Votes, c.EmployeeVotes + d.EmployeeVotes, c.Unclear + d.Unclear,
	}
}

func (c Counts) minus(d Counts) Counts {
	return c.plus(Counts{-d.Members, -d.EmployeeMembers, -d.Votes, -d.EmployeeVotes, -d.Unclear})
}

// facts are what the rules of law about control want to know.
func (c Counts) facts() law.Facts {
	return law.Facts{
		"members": law.Int(int64(c.Members)), "employee_members": law.Int(int64(c.EmployeeMembers)),
		"votes_of_all_members": law.Int(int64(c.Votes)), "employee_votes": law.Int(int64(c.EmployeeVotes)),
	}
}

// The rules of law that control by employees bears on.
const (
	controlRule = "control.members"
	marginRule  = "control.members.margin"
	// mutualRule is the Procurement Act 2023, s.33(6): a public service mutual is
	// under the management and control of its employees.
	mutualRule = "contract.reserved.mutual"
)

// ControlPoint is one day of a [Control].
type ControlPoint struct {
	Day      law.Date
	Forecast bool // after today: what known leaving dates will bring
	Counts
	Tests []law.Result // those of the rules in force on the day
}

// Lapse is a day on which a test changes from holding to failing.
type Lapse struct {
	Day           law.Date
	Forecast      bool
	Rule          *law.Rule
	Before, After Counts
	Reason        string
}

// Departure is a membership or an employment of a member that is known to end.
type Departure struct {
	Person, MemberID string
	Day              law.Date // the first day on which it counts no more
	What             string   // "membership" or "employment"
	Reason           string
}

// Control is the share of members and of votes that employees hold, over time.
type Control struct {
	Points     []ControlPoint // the first day, the last of each month, and the last day
	Lapses     []Lapse        // on any day, not only those of the points
	Departures []Departure    // after today, in order of day
}

// NewControl works it out from one day to another, both included. What comes
// after today is what known dates will bring: planned leavers, ends of fixed
// terms, rules that change. It cannot know who will join.
func NewControl(library *law.Library, lives []Life, from, to, today law.Date) (Control, error) {
	var out Control
	if to.Before(from) || from.AddYears(maxControlYears).Before(to) {
		return out, fmt.Errorf("control from %s to %s: not a time of up to %d years", from, to, maxControlYears)
	}
	changes := map[law.Date]Counts{}
	var now Counts
	for _, l := range lives {
		now = now.plus(l.sweep(from, to, changes))
		out.Departures = append(out.Departures, l.departures(today, to)...)
	}
	slices.SortStableFunc(out.Departures, func(a, b Departure) int { return a.Day.Compare(b.Day) })

	tester := tester{library: library}
	for d := from; !d.After(to); d = d.AddDays(1) {
		before := now
		if d != from {
			now = now.plus(changes[d])
		}
		point := ControlPoint{Day: d, Forecast: d.After(today), Counts: now}
		var err error
		if point.Tests, err = tester.on(d, now); err != nil {
			return out, err
		}
		out.Lapses = append(out.Lapses, tester.lapses(point, before)...)
		if d == from || d == to || firstOfMonth(d.AddDays(1)) {
			out.Points = append(out.Points, point)
		}
	}
	return out, nil
}

const maxControlYears = 30

func firstOfMonth(d law.Date) bool {
	_, _, day := d.Civil()
	return day == 1
}

// sweep returns what the person counts for on the first day, and notes every
// change up to the last.
func (l Life) sweep(from, to law.Date, changes map[law.Date]Counts) Counts {
	var days []law.Date
	for _, s := range l.Timeline.spans {
		days = append(days, s.from)
	}
	for _, p := range l.Posts {
		days = append(days, p.From)
		if !p.To.IsZero() {
			days = append(days, p.To.AddDays(1))
		}
	}
	slices.SortFunc(days, law.Date.Compare)
	first := l.counts(from)
	before := first
	for _, d := range slices.Compact(days) {
		if !d.After(from) || d.After(to) {
			continue
		}
		after := l.counts(d)
		if after != before {
			changes[d] = changes[d].plus(after.minus(before))
			before = after
		}
	}
	return first
}

// counts is what one person counts for on a day.
func (l Life) counts(day law.Date) Counts {
	i := l.Timeline.at(day)
	if i < 0 {
		return Counts{}
	}
	s := l.Timeline.spans[i]
	switch {
	case s.state == CannotTell:
		return Counts{Unclear: 1}
	case s.state != Member:
		return Counts{}
	}
	c := Counts{Members: 1}
	if s.class != nil {
		c.Votes = s.class.Votes
	}
	if l.Employed(day) {
		c.EmployeeMembers, c.EmployeeVotes = c.Members, c.Votes
	}
	return c
}

// departures lists what of a present member is known to end.
func (l Life) departures(today, to law.Date) []Departure {
	var out []Departure
	status := l.Timeline.On(today)
	if status.State != Member {
		return nil
	}
	if !status.Ends.IsZero() && !status.Ends.After(to) {
		out = append(out, Departure{l.Person, l.MemberID, status.Ends, "membership", status.Reason})
	}
	if !l.Employed(today) {
		return out
	}
	last := today
	for _, p := range l.Posts {
		switch {
		case !p.Employs() || !p.holds(today):
		case p.To.IsZero():
			return out
		case p.To.After(last):
			last = p.To
		}
	}
	if first := last.AddDays(1); !first.After(to) && !l.Employed(first) {
		reason := fmt.Sprintf("Employment ends on %s.", dayWords(last))
		out = append(out, Departure{l.Person, l.MemberID, first, "employment", reason})
	}
	return out
}
