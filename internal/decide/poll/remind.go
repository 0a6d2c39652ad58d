package poll

import (
	"context"
	"time"

	"commonweal/law"
)

// Reminder is something that has to be done about a poll, for whoever sends
// messages. Nothing is stored of it.
type Reminder struct {
	Poll, Code, Title string
	Stage             Stage
	Next
}

// Key is the same as long as the same is to be done in the same poll by the same
// day, so that nobody is told twice.
func (r Reminder) Key() string {
	return r.Poll + "/" + string(r.Task) + "/" + r.Contest + "/" + r.By.String()
}

// remindAhead is how many days before its last day somebody is reminded of a task.
const remindAhead = 3

// Remind lists what has to be done about the polls of an organisation, and who has
// to be reminded of it on a day: what is overdue, what is due within three days, and
// what has no day. The tasks of voters are among them from the day before the close.
// Where the poll stands is worked out as at noon.
func (s *Service) Remind(ctx context.Context, org string, today law.Date) ([]Reminder, error) {
	list, err := s.Polls(ctx, org)
	if err != nil {
		return nil, err
	}
	var out []Reminder
	for _, p := range list {
		out = append(out, p.Remind(today)...)
	}
	return out, nil
}

// Remind is [Service.Remind] for one poll.
func (p Poll) Remind(today law.Date) (out []Reminder) {
	now := today.Start().Add(12 * time.Hour)
	for _, n := range p.Next(now) {
		ahead := remindAhead
		if n.Task == Vote {
			ahead = 1
		}
		if n.By.IsZero() || n.Overdue || today.DaysUntil(n.By) <= ahead {
			out = append(out, Reminder{p.ID, p.Code, p.Title, p.Stage(now), n})
		}
	}
	return out
}

// All lists everything that has to be done about the polls of an organisation, for
// the home pages of those who do it.
func (s *Service) All(ctx context.Context, org string) ([]Reminder, error) {
	list, err := s.Polls(ctx, org)
	if err != nil {
		return nil, err
	}
	var out []Reminder
	for _, p := range list {
		for _, n := range p.Next(s.now()) {
			out = append(out, Reminder{p.ID, p.Code, p.Title, p.Stage(s.now()), n})
		}
	}
	return out, nil
}
