package house

import (
	"cmp"
	"context"
	"slices"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/prove/indicator"
	"commonweal/law"
)

// voted gives what members decide as measures: turnout by year and contest, and proposals
// answered by quarter.
type voted struct{ house *House }

const (
	turnoutCode  = "activity-turnout"
	answeredCode = "activity-proposals-answered"
)

// Measures implements indicator.Source.
func (voted) Measures(context.Context, string) ([]indicator.Definition, error) {
	turnout, answered := counted(turnoutCode, "Turnout in votes", indicator.Year), counted(answeredCode, "Proposals answered", indicator.Quarter)
	turnout.About = "Of the votes that could be cast in contests that were held and declared, how many were counted. " +
		"Each contest has a figure of its own, and those that closed in a year are added up. A contest of few voters, of whom the rules let no turnout be told, is in neither."
	turnout.Numerator, turnout.Denominator, turnout.Source = "votes counted", "votes that could be cast", "The record of our votes"
	answered.About = "Of the questions put to members whose result was due, how many got it in the quarter. Staff ballots and resolutions are counted, whoever asked for them. " +
		"A result is due on the day that the timetable set for it. No is an answer too. One that waits counts again in each quarter until it has its result. One that was abandoned counts as not answered."
	answered.Numerator, answered.Denominator, answered.Source = "questions whose result was declared in the quarter", "questions whose result was due by then", "The record of our votes"
	return []indicator.Definition{answered, turnout}, nil
}

// Figures implements indicator.Source.
func (v voted) Figures(ctx context.Context, org, code string) ([]indicator.Figure, error) {
	polls, err := v.house.Polls.Polls(ctx, org)
	if err != nil {
		return nil, err
	}
	if code == turnoutCode {
		return turnouts(polls), nil
	}
	return answered(polls, law.Today(v.house.World.Now())), nil
}

// turnouts are the figures of each year, and of each contest in it as a part. They are
// made of what was declared: once it is, no later act changes them. Of a roll on which the
// rules let no turnout be told there is none, and its votes are not in the year either, for
// the year less the others would give them away.
func turnouts(polls []poll.Poll) []indicator.Figure {
	polls = slices.Clone(polls)
	slices.SortFunc(polls, func(a, b poll.Poll) int { return cmp.Or(a.Closes.Compare(b.Closes), cmp.Compare(a.Code, b.Code)) })
	years := map[law.Date]indicator.Figure{}
	var parts []indicator.Figure
	taken := map[string]bool{}
	for _, p := range polls {
		year := yearOf(law.Today(p.Closes))
		for _, c := range p.Contests {
			if c.Declared == nil || !c.Uncontested.IsZero() || !p.TurnoutShown(c) || c.Roll.Votes == 0 {
				continue
			}
			name := p.TitleOf(c)
			if taken[year.String()+name] {
				name += " (" + p.Code + ")" // a second vote of this name in the year
			}
			taken[year.String()+name] = true
			one := map[law.Date]indicator.Figure{}
			add(one, year, c.Declared.Result.Ballots, int64(c.Roll.Votes))
			add(years, year, c.Declared.Result.Ballots, int64(c.Roll.Votes))
			f := one[year]
			f.Unit = indicator.PartOf(name)
			parts = append(parts, f)
		}
	}
	return append(inOrder(years), parts...)
}

// answered are the questions put to members by quarter: in each quarter those whose result
// was due by its end and not declared before it began, and how many of them were declared
// in it. A late answer changes no quarter that is over.
func answered(polls []poll.Poll, today law.Date) []indicator.Figure {
	by := map[law.Date]indicator.Figure{}
	for _, p := range polls {
		if p.Kind.Elects() || p.Called.IsZero() {
			continue
		}
		due, ended, got := p.Timetable.Day(timetable.Declaration), p.Abandoned, int64(0)
		if declared := declaredOn(p); !declared.IsZero() {
			ended, got = declared, 1
		}
		switch {
		case ended.IsZero() && !due.Before(today):
			continue
		case !ended.IsZero() && (due.IsZero() || ended.Before(due)):
			due = ended
		}
		last := ended
		if last.IsZero() {
			last = today
		}
		for at := quarterOf(due); at.Before(quarterOf(last)); at = at.AddMonths(3) {
			add(by, at, 0, 1)
		}
		add(by, quarterOf(last), got, 1)
	}
	return inOrder(by)
}

// declaredOn is the day on which the last contest of a poll was declared; none before.
func declaredOn(p poll.Poll) (last law.Date) {
	for _, c := range p.Contests {
		if c.Declared == nil {
			return law.Date{}
		}
		if c.Declared.Day.After(last) {
			last = c.Declared.Day
		}
	}
	return last
}
