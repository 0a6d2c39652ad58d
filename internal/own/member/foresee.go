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
	var before *cause
	for _, s := range l.Timeline.spans {
		if s.ended == before {
			continue
		}
		before = s.ended
		if !before.end.known() || !before.on.After(after) || before.on.After(until) {
			continue
		}
		out = append(out, Ending{
			Person: l.Person, MemberID: l.MemberID, Class: before.end.class.Code, Day: before.on,
			Reason: fmt.Sprintf("Membership ends on %s %s.", dayWords(before.on), before.tail()),
		})
	}
	return out
}
