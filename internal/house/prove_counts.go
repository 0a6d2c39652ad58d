package house

import (
	"slices"
	"time"

	"commonweal/internal/prove/indicator"
	"commonweal/law"
	"commonweal/spc"
)

// What the rooms that count what members do have in common: the form of their measures,
// and adding up by period.

// counted is a measure of so many out of so many, as each of those rooms gives it.
func counted(code, name string, every indicator.Every) indicator.Definition {
	return indicator.Definition{
		Code: code, N: 1, Name: name, Unit: "%", Direction: spc.Up, Kind: indicator.Proportion, Every: every, Covers: 1, Starts: law.NewDate(2000, time.January, 1),
	}
}

func yearOf(day law.Date) law.Date { return law.NewDate(day.Year(), time.January, 1) }

func quarterOf(day law.Date) law.Date {
	year, month, _ := day.Civil()
	return law.NewDate(year, month-(month-1)%3, 1)
}

// add counts into the figure of a period.
func add(by map[law.Date]indicator.Figure, period law.Date, count, of int64) {
	f := by[period]
	f.Period = period
	f.Numerator += float64(count)
	f.Denominator += float64(of)
	f.Value = 100 * f.Numerator / f.Denominator
	by[period] = f
}

func inOrder(by map[law.Date]indicator.Figure) []indicator.Figure {
	out := make([]indicator.Figure, 0, len(by))
	for _, f := range by {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b indicator.Figure) int { return a.Period.Compare(b.Period) })
	return out
}
