package house

import (
	"context"
	"slices"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/action"
	"commonweal/internal/listen/wave"
	"commonweal/internal/prove/indicator"
	"commonweal/law"
	"commonweal/spc"
)

// surveyed gives the scores of released surveys as measures: of an annual survey by year,
// of a pulse by quarter. What a release does not show is no figure here either.
type surveyed struct{ house *House }

func surveyCode(kind wave.Kind, score string) string {
	return "survey-" + string(kind) + "-" + strings.ToLower(strings.ReplaceAll(score, "_", "-"))
}

// Measures implements indicator.Source.
func (s surveyed) Measures(ctx context.Context, org string) ([]indicator.Definition, error) {
	all, err := s.house.Waves.List(ctx, org)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var out []indicator.Definition
	for _, w := range all {
		if len(w.Releases) == 0 {
			continue
		}
		for _, score := range w.Instrument.Scores {
			code := surveyCode(w.Kind, score.ID)
			if seen[code] {
				continue
			}
			seen[code] = true
			every := indicator.Year
			if w.Kind == wave.Pulse {
				every = indicator.Quarter
			}
			out = append(out, indicator.Definition{
				Code: code, N: 1, Name: score.Label.In("en") + ", our " + w.Kind.Words(), About: "The score of all who answered, as it was released. Small teams are not shown apart.",
				Decimals: 2, Direction: spc.Up, Kind: indicator.Value, Source: "Our own surveys, as released", Every: every, Covers: 1, Starts: law.NewDate(2000, time.January, 1),
			})
		}
	}
	return out, nil
}

// Figures implements indicator.Source.
func (s surveyed) Figures(ctx context.Context, org, code string) ([]indicator.Figure, error) {
	all, err := s.house.Waves.List(ctx, org)
	if err != nil {
		return nil, err
	}
	byPeriod := map[law.Date]indicator.Figure{}
	opened := map[law.Date]law.Date{}
	for _, w := range all {
		if len(w.Releases) == 0 {
			continue
		}
		for _, score := range w.Instrument.Scores {
			if surveyCode(w.Kind, score.ID) != code {
				continue
			}
			f, err := releases(s).figure(ctx, w, action.Finding{About: action.Score, ID: score.ID})
			if err != nil {
				return nil, err
			}
			first := quarterOf(w.Opens)
			if w.Kind == wave.Annual {
				first = law.NewDate(w.Opens.Year(), time.January, 1)
			}
			// Of two in one period the later stands.
			if f.Shown && !w.Opens.Before(opened[first]) {
				byPeriod[first], opened[first] = indicator.Figure{Period: first, Value: f.Value}, w.Opens
			}
		}
	}
	return inOrder(byPeriod), nil
}

func quarterOf(day law.Date) law.Date {
	year, month, _ := day.Civil()
	return law.NewDate(year, month-(month-1)%3, 1)
}

func inOrder(by map[law.Date]indicator.Figure) []indicator.Figure {
	out := make([]indicator.Figure, 0, len(by))
	for _, f := range by {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b indicator.Figure) int { return a.Period.Compare(b.Period) })
	return out
}

// activity gives what members do as measures: turnout of declared polls by year, and
// actions done by their day, by quarter.
type activity struct{ house *House }

const (
	turnoutCode = "activity-turnout"
	actionsCode = "activity-actions-done"
)

// Measures implements indicator.Source.
func (activity) Measures(context.Context, string) ([]indicator.Definition, error) {
	one := indicator.Definition{
		N: 1, Unit: "%", Direction: spc.Up, Kind: indicator.Proportion, Covers: 1, Starts: law.NewDate(2000, time.January, 1),
	}
	turnout, actions := one, one
	turnout.Code, turnout.Name, turnout.About = turnoutCode, "Turnout in votes", "Of those who may vote in a contest that was held and declared, how many voted. Contests of a year are added up."
	turnout.Numerator, turnout.Denominator, turnout.Source, turnout.Every = "votes received", "people on the rolls", "The record of our votes", indicator.Year
	actions.Code, actions.Name, actions.About = actionsCode, "Actions done by their day", "Of the actions that followed surveys and were due in the quarter, how many were done by the day first agreed."
	actions.Numerator, actions.Denominator, actions.Source, actions.Every = "actions done by the day first agreed", "actions due in the quarter", "Our list of actions", indicator.Quarter
	return []indicator.Definition{actions, turnout}, nil
}

// Figures implements indicator.Source.
func (a activity) Figures(ctx context.Context, org, code string) ([]indicator.Figure, error) {
	if code == turnoutCode {
		return a.turnout(ctx, org)
	}
	return a.actions(ctx, org)
}

func (a activity) turnout(ctx context.Context, org string) ([]indicator.Figure, error) {
	polls, err := a.house.Polls.Polls(ctx, org)
	if err != nil {
		return nil, err
	}
	by := map[law.Date]indicator.Figure{}
	for _, p := range polls {
		for _, c := range p.Contests {
			if c.Declared == nil {
				continue
			}
			list, err := a.house.Turnout(ctx, org, p, c)
			if err != nil {
				return nil, err
			}
			for _, t := range list {
				if t.Last && t.Of > 0 {
					year, _, _ := law.Today(t.At).Civil()
					add(by, law.NewDate(year, time.January, 1), t.Voted, t.Of)
				}
			}
		}
	}
	return inOrder(by), nil
}

func (a activity) actions(ctx context.Context, org string) ([]indicator.Figure, error) {
	all, err := a.house.Actions.All(ctx, org)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	today, by := law.Today(a.house.World.Now()), map[law.Date]indicator.Figure{}
	for _, l := range all {
		if !l.FirstDue.Before(today) {
			continue
		}
		done := 0
		for _, s := range l.Steps {
			if s.Kind == action.Done && !s.Day.After(l.FirstDue) {
				done = 1
			}
		}
		add(by, quarterOf(l.FirstDue), done, 1)
	}
	return inOrder(by), nil
}

// add counts into the figure of a period.
func add(by map[law.Date]indicator.Figure, period law.Date, count, of int) {
	f := by[period]
	f.Period = period
	f.Numerator += float64(count)
	f.Denominator += float64(of)
	f.Value = 100 * f.Numerator / f.Denominator
	by[period] = f
}
