package member

import (
	"fmt"

	"commonweal/law"
)

// Ending is an end of membership that a rule brings about, of which the person
// is to be told. It is not a status: that stays derived.
type Ending struct {
	Person, MemberID string
	Class            string
	Day              law.Date
	Reason           string
}

// Key names the ending, so that a notice of it is sent once.
func (e Ending) Key() string { return fmt.Sprintf("member.ended_by_rule/%s/%s", e.Person, e.Day) }

// endings are those of one life that fall after one day and not after another.
func (l Life) endings(after, until law.Date) []Ending {
	var out []Ending
	for i, s := range l.Timeline.spans {
		if s.base != Ended || !s.baseWhy.end.known() || !s.baseSince.After(after) || s.baseSince.After(until) {
			continue
		}
		if i > 0 && l.Timeline.spans[i-1].base == Ended && l.Timeline.spans[i-1].baseSince == s.baseSince {
			continue
		}
		out = append(out, Ending{
			Person: l.Person, MemberID: l.MemberID, Class: s.baseWhy.end.class.Code, Day: s.baseSince,
			Reason: fmt.Sprintf("Membership ends on %s %s.", dayWords(s.baseSince), s.baseWhy.tail()),
		})
	}
	return out
}
