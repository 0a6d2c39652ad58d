package timetable

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"commonweal/law"
)

// CloseHour is the hour of London at which a poll closes unless it is said
// otherwise, and OpenHour the one at which it opens.
const (
	CloseHour = 17
	OpenHour  = 9
)

// CloseOn is the instant at which a poll closes by default on a day.
func CloseOn(day law.Date) time.Time { return at(day, CloseHour) }

// OpenOn is the instant at which a poll opens on a day.
func OpenOn(day law.Date) time.Time { return at(day, OpenHour) }

func at(day law.Date, hour int) time.Time {
	y, m, d := day.Civil()
	return time.Date(y, m, d, hour, 0, 0, 0, law.London())
}

// Day is one step with its day and where that comes from.
type Day struct {
	Step Step
	Day  law.Date
	// Count is how many working days before the close the step falls, negative
	// after it.
	Count int
	// Latest and Earliest bound the day. They are no dates for the close itself and
	// for what follows from other steps.
	Latest, Earliest law.Date
	Known            bool   // the bank holidays up to then are published
	Reason           string // how the day was counted, for people
	// Who changed the day, and why; empty where it is as counted.
	ChangedBy, Why string
}

// Timetable is the days of one poll. It is a value: changes give another.
type Timetable struct {
	Closes time.Time
	Days   []Day // in order of the steps
	plan   Plan
}

// Make counts the days of a poll that closes at an instant, which must lie on a
// working day.
func (p Plan) Make(closes time.Time) (Timetable, error) {
	t := Timetable{Closes: closes, plan: p}
	last := law.Today(closes)
	if !p.cal.Working(last) {
		return t, fmt.Errorf("a poll cannot close on %s, which is no working day", last.Words())
	}
	legal, notice := p.legal(last)
	shift := max(legal-p.days(NoticeOfPoll), 0)
	for _, s := range p.steps {
		n, least := s.days, s.least
		if s.days > 0 && s.step != Opens { // what comes before the notice moves with it
			n += shift
		}
		if s.step == NoticeOfPoll {
			least = max(least, legal)
		}
		d := Day{Step: s.step, Day: p.cal.AddWorking(last, -n), Count: n}
		if s.step != Closes {
			d.Latest, d.Earliest = p.cal.AddWorking(last, -least), p.cal.AddWorking(last, -s.most)
		}
		p.explain(&d, last, s.because, notice)
		t.Days = append(t.Days, d)
	}
	t.follow()
	return t, t.check()
}

// legal is how many working days before the close the notice of poll has to be
// sent by the law of the legal form, in words too; nought where it asks for none.
func (p Plan) legal(last law.Date) (int, string) {
	if p.notice == nil {
		return 0, ""
	}
	latest, err := law.LatestSending(p.cal, last, p.notice.clear, p.notice.service)
	if err != nil { // no rule says when it counts as received: it counts on its day
		latest = law.Deadline{Day: law.LatestNotice(last, p.notice.clear)}
	}
	day := latest.Day
	if !p.cal.Working(day) {
		day = p.cal.AddWorking(day, -1)
	}
	return p.cal.WorkingDays(day, last), fmt.Sprintf(" The law asks for %d clear days' notice (%s).", p.notice.clear, p.notice.citation)
}

// days is where a step falls by default.
func (p Plan) days(s Step) int {
	for _, one := range p.steps {
		if one.step == s {
			return one.days
		}
	}
	return 0
}

// explain says how a day was counted, with the bank holidays it passed over.
func (p Plan) explain(d *Day, last law.Date, because, notice string) {
	from, to := d.Day, last
	if to.Before(from) {
		from, to = to, from
	}
	d.Known = p.cal.Known(from) && p.cal.Known(to)
	switch {
	case d.Step == Closes:
		d.Reason = "The day that was chosen."
		return
	case d.Count == 0:
		d.Reason = "On the day of the close"
	case d.Count > 0:
		d.Reason = fmt.Sprintf("%s before the close on %s", workingDays(d.Count), last.Words())
	default:
		d.Reason = fmt.Sprintf("%s after the close on %s", workingDays(-d.Count), last.Words())
	}
	d.Reason += " (" + because + ")."
	if names := p.holidays(from, to); names != "" {
		d.Reason += " Left out besides weekends: " + names + "."
	}
	if d.Step == NoticeOfPoll {
		d.Reason += notice
	}
	if !d.Known {
		d.Reason += " The bank holidays of that time are worked out by rule, because they are not published yet."
	}
}

func (p Plan) holidays(from, to law.Date) string {
	var out []string
	for day := from; !day.After(to); day = day.AddDays(1) {
		if h, ok := p.cal.Holiday(day); ok {
			out = append(out, fmt.Sprintf("%s (%s)", h.Name, day.Words()))
		}
	}
	return strings.Join(out, ", ")
}

func workingDays(n int) string {
	if n == 1 {
		return "1 working day"
	}
	return fmt.Sprintf("%d working days", n)
}

// follow puts the last two steps where the declaration puts them.
func (t *Timetable) follow() {
	declared := t.Day(Declaration)
	until := declared.AddDays(t.plan.petition.days)
	gone := t.plan.cal.AddWorking(until, 1)
	t.Days = slices.DeleteFunc(t.Days, func(d Day) bool { return d.Step == Petitions || d.Step == KeyDestroyed })
	last := law.Today(t.Closes)
	t.Days = append(t.Days,
		Day{
			Step: Petitions, Day: until, Count: -t.plan.cal.WorkingDays(last, until), Known: true,
			Reason: fmt.Sprintf("%d days after the declaration (%s).", t.plan.petition.days, t.plan.petition.citation),
		},
		Day{
			Step: KeyDestroyed, Day: gone, Count: -t.plan.cal.WorkingDays(last, gone), Known: t.plan.cal.Known(gone),
			Reason: "The working day after the result can no longer be questioned.",
		})
}

// Kind is the kind of poll.
func (t Timetable) Kind() Kind { return t.plan.kind }

// Find returns a step.
func (t Timetable) Find(s Step) (Day, bool) {
	i := t.index(s)
	if i < 0 {
		return Day{}, false
	}
	return t.Days[i], true
}

// Day is the day of a step, or no date where the poll has no such step.
func (t Timetable) Day(s Step) law.Date {
	d, _ := t.Find(s)
	return d.Day
}

// First is the first day of the timetable.
func (t Timetable) First() law.Date {
	if len(t.Days) == 0 {
		return law.Date{}
	}
	return slices.MinFunc(t.Days, func(a, b Day) int { return a.Day.Compare(b.Day) }).Day
}

func (t Timetable) index(s Step) int {
	return slices.IndexFunc(t.Days, func(d Day) bool { return d.Step == s })
}

// EarliestClose is the first day on which a poll can close whose timetable begins
// on a day or later.
func (p Plan) EarliestClose(from law.Date) law.Date {
	for day := p.cal.NextWorking(from); ; day = p.cal.AddWorking(day, 1) {
		t, err := p.Make(CloseOn(day))
		if err == nil && !t.First().Before(from) {
			return day
		}
		if day.DaysUntil(from.AddYears(2)) <= 0 {
			return law.Date{} // no plan is as long as that
		}
	}
}
