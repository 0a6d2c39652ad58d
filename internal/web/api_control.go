package web

import (
	"commonweal/internal/base/fault"
	"commonweal/internal/own/member"
	"commonweal/law"
)

type controlParams struct {
	From law.Date `query:"from" doc:"The first day; a year ago where it is left out."`
	To   law.Date `query:"to" doc:"The last day; today where it is left out. Days to come hold what known dates will bring."`
}

type countsJSON struct {
	Members         int `json:"members"`
	EmployeeMembers int `json:"employee_members"`
	Votes           int `json:"votes"`
	EmployeeVotes   int `json:"employee_votes"`
	Unclear         int `json:"unclear" doc:"People of whom it cannot be told whether they are members. They are in none of the other numbers."`
}

func countsOf(c member.Counts) countsJSON {
	return countsJSON{c.Members, c.EmployeeMembers, c.Votes, c.EmployeeVotes, c.Unclear}
}

type controlPointJSON struct {
	Day      law.Date     `json:"day"`
	Forecast bool         `json:"forecast"`
	Counts   countsJSON   `json:"counts"`
	Tests    []resultJSON `json:"tests" doc:"Those of the rules in force on the day."`
}

type lapseJSON struct {
	Day      law.Date   `json:"day"`
	Forecast bool       `json:"forecast"`
	Rule     string     `json:"rule"`
	Before   countsJSON `json:"before"`
	After    countsJSON `json:"after"`
}

type controlJSON struct {
	Points []controlPointJSON `json:"points" doc:"The first day, the last of each month, and the last day."`
	Lapses []lapseJSON        `json:"lapses" doc:"Days on which a test stops holding."`
}

// longestControl bounds how many years one question may be about.
const longestControl = 10

// apiControl gives numbers alone: who leaves when is in the register.
func (v *visit) apiControl(p controlParams) (controlJSON, error) {
	to := v.orToday(p.To)
	from := p.From
	if from.IsZero() {
		from = to.AddYears(-1)
	}
	if to.Before(from) || to.After(from.AddYears(longestControl)) {
		return controlJSON{}, fault.Fieldf("to", "the time from %s to %s has to be between a day and %d years long", from, to, longestControl)
	}
	control, err := v.house.Members.Control(v.ctx, v.org.ID, from, to)
	if err != nil {
		return controlJSON{}, err
	}
	var out controlJSON
	for _, point := range control.Points {
		x := controlPointJSON{Day: point.Day, Forecast: point.Forecast, Counts: countsOf(point.Counts)}
		for _, t := range point.Tests {
			x.Tests = append(x.Tests, resultOf(t))
		}
		out.Points = append(out.Points, x)
	}
	for _, l := range control.Lapses {
		out.Lapses = append(out.Lapses, lapseJSON{l.Day, l.Forecast, l.Rule.ID, countsOf(l.Before), countsOf(l.After)})
	}
	return out, nil
}
