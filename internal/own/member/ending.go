package member

import (
	"fmt"

	"commonweal/law"
)

// ending is an end of membership that a rule brings about.
type ending struct {
	on     law.Date // the day membership ends; no date where none is known
	last   law.Date // the last day of what the rule counts from
	class  *classVersion
	closed bool // the class itself was closed
}

func (e ending) known() bool { return !e.on.IsZero() }

// tail says why, to follow "ends on 28 November 2026".
func (e ending) tail() string {
	if e.closed {
		return fmt.Sprintf("because the class %s was closed", e.class.Name)
	}
	what := "employment ended"
	if e.class.Leaving == EligibilityEnds {
		what = e.class.eligibilityName() + " last fitted"
	}
	when := "the day " + what
	switch n := e.class.GraceDays; n {
	case 0:
	case 1:
		when = fmt.Sprintf("1 day after %s on %s", what, dayWords(e.last))
	default:
		when = fmt.Sprintf("%d days after %s on %s", n, what, dayWords(e.last))
	}
	return fmt.Sprintf("under %s: %s", e.class.leavingName(), when)
}

// ending finds when membership of a class, entered on a day of segment i, will
// be ended by the rules. It looks ahead through everything known; someone who
// comes back before the days are over stays a member.
func (m *machine) ending(code string, i int, entered law.Date) ending {
	out := m.losing(code, i, entered)
	versions := m.in.Book.classes[code]
	for i := range versions {
		v := &versions[i]
		if v.Closed && v.Starts.After(entered) && (!out.known() || v.Starts.Before(out.on)) {
			out = ending{on: v.Starts, class: v, closed: true}
		}
	}
	return out
}

func (m *machine) losing(code string, i int, entered law.Date) ending {
	// Someone admitted after leaving, within the days of grace, has the days that
	// are left. Leaving that was over before admission counts for nothing.
	for k := i; k > 0; k-- {
		v := m.in.Book.open(code, m.segs[k].from)
		if v == nil || v.Leaving == Keeps || m.within(code, k, v.Leaving) {
			break
		}
		if e := m.lossAt(code, k); e.known() {
			if e.on.After(entered) && m.returns(e, code, k) < 0 {
				return e
			}
			break
		}
	}
	for k := i + 1; k < len(m.segs); k++ {
		e := m.lossAt(code, k)
		if !e.known() {
			continue
		}
		back := m.returns(e, code, k)
		if back < 0 {
			return e
		}
		k = back
	}
	return ending{}
}

// lossAt is the ending that begins because something is lost at the start of
// segment k. The rule that counts is the one in force on the last day of
// employment, or on the first day that eligibility fails.
func (m *machine) lossAt(code string, k int) ending {
	last := m.segs[k].from.AddDays(-1)
	if v := m.in.Book.open(code, last); v != nil && v.Leaving == EmploymentEnds && m.segs[k-1].employed && !m.segs[k].employed {
		return ending{on: last.AddDays(v.GraceDays), last: last, class: v}
	}
	if v := m.in.Book.open(code, m.segs[k].from); v != nil && v.Leaving == EligibilityEnds &&
		m.within(code, k-1, EligibilityEnds) && !m.within(code, k, EligibilityEnds) {
		return ending{on: last.AddDays(v.GraceDays), last: last, class: v}
	}
	return ending{}
}

// within reports whether, in segment k, the person has what a leaving rule is
// about. Not knowing counts as having: an end must be certain.
func (m *machine) within(code string, k int, what Leaving) bool {
	if what == EmploymentEnds {
		return m.segs[k].employed
	}
	return m.segs[k].asks(m.in.Book, code).Verdict != law.Fails
}

// returns is the first segment from k on, begun by the day of the ending, in
// which the person has again what was lost; -1 where there is none.
func (m *machine) returns(e ending, code string, k int) int {
	for j := k; j < len(m.segs) && !m.segs[j].from.After(e.on); j++ {
		if m.within(code, j, e.class.Leaving) {
			return j
		}
	}
	return -1
}

// dayWords writes a day as people say it, with the year: the reader's year is
// not known here.
func dayWords(d law.Date) string {
	year, month, day := d.Civil()
	return fmt.Sprintf("%d %s %d", day, month, year)
}
