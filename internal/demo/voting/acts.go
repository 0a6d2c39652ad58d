package voting

import (
	"context"
	"errors"
	"time"

	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// Acts are everything that is done in the poll, each on its day. The poll is called
// on the day before its first step.
func (p *Poll) Acts() ([]Act, error) {
	kind := timetable.Ballot
	if p.Plan.Poll.Kind.Elects() {
		kind = timetable.Election
	}
	plan, err := timetable.NewPlan(p.h.Law, kind, law.Today(p.Plan.Poll.Closes))
	if err != nil {
		return nil, err
	}
	days, err := plan.Make(p.Plan.Poll.Closes)
	if err != nil {
		return nil, err
	}
	on := func(step timetable.Step, later, minute int) time.Time {
		return p.at(days.Day(step).AddDays(later), minute)
	}
	first := days.First()
	acts := []Act{{p.at(first.AddDays(-1), 0), "draft", p.Draft}, {p.at(first.AddDays(-1), 5), "call", p.Call}}
	if p.Plan.Poll.Kind.Elects() {
		acts = append(acts,
			Act{on(timetable.NoticeOfElection, 2, 0), "nominate", p.Nominate},
			Act{on(timetable.NominationsClose, 1, 0), "decide", p.Decide})
	}
	acts = append(acts,
		Act{on(timetable.Roll, 1, 10), "roll", p.Roll},
		Act{on(timetable.ClaimsClose, 1, 0), "key", p.Key},
		Act{on(timetable.CredentialsClose, 1, 5), "codes", p.Codes},
		Act{on(timetable.NoticeOfPoll, 0, 20), "notice", p.Notice},
		Act{on(timetable.Opens, 1, 0), "vote", func(ctx context.Context) error { return p.Vote(ctx, 2, 0) }},
		Act{on(timetable.Opens, 3, 0), "vote again", func(ctx context.Context) error { return p.Vote(ctx, 2, 1) }},
		Act{p.Plan.Poll.Closes.Add(time.Minute), "close", p.Close},
		Act{on(timetable.Tally, 0, 9*60), "mix", p.Mix},
		Act{on(timetable.Tally, 0, 9*60+30), "reckon", p.Reckon},
		Act{on(timetable.Tally, 0, 10*60), "open", p.Open},
		Act{on(timetable.Declaration, 0, 0), "declare", p.Declare},
		Act{on(timetable.KeyDestroyed, 0, 0), "destroy", p.Destroy},
	)
	return acts, nil
}

// at is so many minutes after the hour of the plan on a day.
func (p *Poll) at(day law.Date, minutes int) time.Time {
	year, month, d := day.Civil()
	return time.Date(year, month, d, p.Hour, minutes, 0, 0, law.London())
}

// Until does everything up to and with the act of a name, moving the clock.
func (p *Poll) Until(ctx context.Context, name string) error {
	acts, err := p.Acts()
	if err != nil {
		return err
	}
	for _, a := range acts {
		if p.done[a.Name] {
			continue
		}
		if a.At.After(p.clock.Now()) {
			p.clock.Set(a.At)
		}
		if err := a.Do(ctx); err != nil {
			return &failed{a.Name, err}
		}
		p.done[a.Name] = true
		if a.Name == name {
			return nil
		}
	}
	return &failed{name, errNoAct}
}

var errNoAct = errors.New("there is no such act, or it is done")

// failed is an act that could not be done.
type failed struct {
	name string
	err  error
}

func (f *failed) Error() string { return f.name + ": " + f.err.Error() }
func (f *failed) Unwrap() error { return f.err }
