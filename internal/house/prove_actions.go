package house

import (
	"context"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/action"
	"commonweal/internal/prove/indicator"
	"commonweal/law"
)

// acted gives what followed from surveys as measures, by the quarter in which it was first
// due: actions done, and concerns closed.
type acted struct{ house *House }

const (
	actionsCode = "activity-actions-done"
	closedCode  = "activity-concerns-closed"
)

// Measures implements indicator.Source.
func (acted) Measures(context.Context, string) ([]indicator.Definition, error) {
	done, closed := counted(actionsCode, "Actions done by their day", indicator.Quarter), counted(closedCode, "Concerns closed by their day", indicator.Quarter)
	done.About = "Of the actions that followed surveys and were due in the quarter, how many were done by the day first agreed. One that was opened again counts as not done."
	done.Numerator, done.Denominator = "actions done by the day first agreed", "actions due in the quarter"
	closed.About = "Of the concerns that staff raised in a survey and that became an action with an owner and a day, how many were closed by the day first agreed. " +
		"Closed is done, or refused with the reason for all to read. One that was opened again is not closed. " +
		"These are counted where we follow up surveys. What somebody told a guardian in confidence is not counted here."
	closed.Numerator, closed.Denominator = "concerns closed by the day first agreed", "concerns whose day was in the quarter"
	done.Source, closed.Source = "Our list of actions after surveys", "Our list of actions after surveys"
	return []indicator.Definition{done, closed}, nil
}

// Figures implements indicator.Source.
func (a acted) Figures(ctx context.Context, org, code string) ([]indicator.Figure, error) {
	all, err := a.house.Actions.All(ctx, org)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	ends := []action.StepKind{action.Done}
	if code == closedCode {
		ends = append(ends, action.NotDone)
	}
	return inTime(all, law.Today(a.house.World.Now()), ends...), nil
}

// inTime counts the actions whose first day is over, by its quarter, and how many had by
// then come to one of the ends and stayed there.
func inTime(all []action.Listed, today law.Date, ends ...action.StepKind) []indicator.Figure {
	by := map[law.Date]indicator.Figure{}
	for _, l := range all {
		if !l.FirstDue.Before(today) {
			continue
		}
		count := int64(0)
		if endedBy(l.Action, l.FirstDue, ends) {
			count = 1
		}
		add(by, quarterOf(l.FirstDue), count, 1)
	}
	return inOrder(by)
}

// endedBy reports whether an action came to one of the ends by a day and was not opened
// again since: who ends on the day and begins anew the day after has ended nothing.
func endedBy(a action.Action, day law.Date, ends []action.StepKind) bool {
	ended := false
	for _, s := range a.Steps {
		switch s.Kind {
		case action.Done, action.NotDone:
			ended = !s.Day.After(day) && slices.Contains(ends, s.Kind)
		case action.Reopened:
			ended = false
		}
	}
	return ended
}
