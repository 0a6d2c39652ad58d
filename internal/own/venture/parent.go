package venture

import (
	"cmp"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Whole is a shareholding of everything, in hundredths of a percent.
const Whole = 10_000

// Parent is what one organisation holds of the venture between two days.
type Parent struct {
	ID             string
	Org            string // id of the parent organisation
	ShareholdingBP int    // hundredths of a percent
	BoardSeats     int    // that it fills
	Starts         law.Date
	Ends           law.Date // the first day the terms do not hold; no date where open
}

// Holds reports whether the terms hold on a day.
func (p Parent) Holds(day law.Date) bool {
	return !day.Before(p.Starts) && (p.Ends.IsZero() || day.Before(p.Ends))
}

const maxSeats = 100

func (p Parent) check(venture string) error {
	switch {
	case p.Org == "":
		return fault.Fieldf("parent", "no parent organisation is named")
	case p.Org == venture:
		return fault.Fieldf("parent", "a venture cannot be its own parent")
	case p.ShareholdingBP < 0 || p.ShareholdingBP > Whole:
		return fault.Fieldf("shareholding", "a shareholding of %d hundredths of a percent is not between 0 and %d", p.ShareholdingBP, Whole)
	case p.BoardSeats < 0 || p.BoardSeats > maxSeats:
		return fault.Fieldf("board_seats", "%d board seats is not between 0 and %d", p.BoardSeats, maxSeats)
	case p.Starts.IsZero():
		return fault.Fieldf("starts", "the terms of parent %s have no first day", p.Org)
	case !p.Ends.IsZero() && !p.Ends.After(p.Starts):
		return fault.Fieldf("ends", "the terms of parent %s start on %s and cannot end on %s", p.Org, p.Starts, p.Ends)
	}
	return nil
}

// CheckParents refuses parents of which one holds two sets of terms on one day, or
// which together hold more than the whole on some day.
func CheckParents(parents []Parent) error {
	for i, p := range parents {
		for _, q := range parents[i+1:] {
			if p.Org == q.Org && p.overlaps(q) {
				return fault.Fieldf("starts", "parent %s has two sets of terms on %s", p.Org, laterOf(p.Starts, q.Starts))
			}
		}
	}
	// The sum can only grow on a day on which some terms start.
	for _, p := range parents {
		if sum := Held(parents, p.Starts); sum > Whole {
			return fault.Fieldf("shareholding", "on %s the parents together would hold %d.%02d per cent, which is more than the whole", p.Starts, sum/100, sum%100)
		}
	}
	return nil
}

func (p Parent) overlaps(q Parent) bool {
	return (p.Ends.IsZero() || q.Starts.Before(p.Ends)) && (q.Ends.IsZero() || p.Starts.Before(q.Ends))
}

func laterOf(a, b law.Date) law.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// Held is what all parents hold together on a day.
func Held(parents []Parent, day law.Date) int {
	sum := 0
	for _, p := range On(parents, day) {
		sum += p.ShareholdingBP
	}
	return sum
}

// On are the parents whose terms hold on a day, the largest first.
func On(parents []Parent, day law.Date) []Parent {
	var out []Parent
	for _, p := range parents {
		if p.Holds(day) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b Parent) int {
		return cmp.Or(cmp.Compare(b.ShareholdingBP, a.ShareholdingBP), cmp.Compare(a.Org, b.Org))
	})
	return out
}
