package share

import (
	"cmp"
	"slices"

	"commonweal/law"
)

// Line is one change of what a member holds.
type Line struct {
	Entry   Entry
	Class   string
	Change  int64
	Balance int64 // of the class after it, in the order of effective days
	// ReversedBy is the id of the entry that undid this one, or "".
	ReversedBy string
}

// Statement is every change of what one member holds, in the order in which the
// changes count. It is for the member's own page.
func (l *Ledger) Statement(member string) []Line {
	var out []Line
	for class := range l.classes {
		var balance int64
		for _, m := range l.accounts[account{member, class}] {
			balance += m.by
			e, _ := l.Entry(m.entry)
			out = append(out, Line{e, class, m.by, balance, l.reversed[m.entry]})
		}
	}
	slices.SortStableFunc(out, func(a, b Line) int {
		return cmp.Or(a.Entry.Effective.Compare(b.Entry.Effective), cmp.Compare(a.Entry.Number, b.Entry.Number), cmp.Compare(a.Class, b.Class))
	})
	return out
}

// GoodOn reports whether the certificate was good at the end of a day.
func (c Certificate) GoodOn(day law.Date) bool {
	return !day.Before(c.Issued) && (c.Good() || day.Before(c.Cancelled))
}
