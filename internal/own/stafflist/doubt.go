package stafflist

import (
	"fmt"

	"commonweal/law"
)

// Thresholds are the shares, in percent, above which a person is asked twice. A
// zero field takes the default.
type Thresholds struct {
	Leavers  int // of those employed; 5
	Surnames int // of those in the list; 20
	Refused  int // of the rows; 20
}

func (t Thresholds) withDefaults() Thresholds {
	if t.Leavers == 0 {
		t.Leavers = 5
	}
	if t.Surnames == 0 {
		t.Surnames = 20
	}
	if t.Refused == 0 {
		t.Refused = 20
	}
	return t
}

// DoubtKind names a reason to ask twice.
type DoubtKind string

// The reasons to ask twice.
const (
	ManyLeavers  DoubtKind = "many_leavers"
	ManySurnames DoubtKind = "many_surnames"
	ManyRefused  DoubtKind = "many_refused"
	EmptyList    DoubtKind = "empty_list"
	CutShort     DoubtKind = "cut_short"
	OlderList    DoubtKind = "older_list"
)

// Doubt is one reason to ask twice, in plain words.
type Doubt struct {
	Kind   DoubtKind
	Reason string
}

// doubts gathers every reason to ask before the plan is applied.
func doubts(c comparison, list List, terms Terms) []Doubt {
	limits := terms.withDefaults()
	plan := c.plan
	var out []Doubt
	add := func(kind DoubtKind, format string, args ...any) {
		out = append(out, Doubt{kind, fmt.Sprintf(format, args...)})
	}
	switch {
	case len(list.Rows) > 0:
	case plan.Employed > 0 && list.Read == 0:
		add(EmptyList, "The list has no rows below its headings, so all %s people would leave. Check that the export was finished.", grouped(plan.Employed))
	case list.Read == 0:
		add(EmptyList, "The list has no rows below its headings. Check that the export was finished.")
	default:
		add(EmptyList, "No row of the list can be read. Check that the right file and the right columns were chosen.")
	}
	if list.Cut != "" {
		add(CutShort, "%s Export it again, or confirm that it is whole.", list.Cut)
	}
	if !terms.Previous.IsZero() && plan.AsAt.Before(terms.Previous) {
		add(OlderList, "This list is of %s, but one of %s has already been applied. It would undo what is newer.", spoken(plan.AsAt), spoken(terms.Previous))
	}
	if n := len(plan.Leavers); above(n, plan.Employed, limits.Leavers) {
		add(ManyLeavers, "%s of %s people would leave, which is more than %d%%. Check that the list is whole.", capital(numberWord(n)), grouped(plan.Employed), limits.Leavers)
	}
	if above(c.surnames, c.matched, limits.Surnames) {
		add(ManySurnames, "%s of %s people would have another surname, which is more than %d%%. Columns may have been mixed up, or sorted apart.", capital(numberWord(c.surnames)), grouped(c.matched), limits.Surnames)
	}
	if above(plan.Refused, plan.Read, limits.Refused) {
		add(ManyRefused, "%s of %s rows are refused, which is more than %d%%. Check that the right columns were chosen.", capital(numberWord(plan.Refused)), grouped(plan.Read), limits.Refused)
	}
	return out
}

// above reports whether n is more than percent of all.
func above(n, all, percent int) bool { return all > 0 && n*100 > all*percent }

// employedOn counts the people employed on the day.
func employedOn(people []Person, day law.Date) int {
	n := 0
	for _, p := range people {
		end := p.Main.End
		if !p.Main.Start.After(day) && (end.IsZero() || end.After(day)) {
			n++
		}
	}
	return n
}
