package identity

import (
	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// Appointment is an office held by a person from Starts on, until the day Ends:
// that is the first day on which it is no longer held, so that an appointment
// can be ended at once. Without Ends it has no end yet.
type Appointment struct {
	ID     string
	Org    string
	Person string
	Role   policy.Role
	Scope  string // the one thing it is for, such as an election's id; "" is all
	Starts law.Date
	Ends   law.Date
	By     string // who appointed: a person's id or "setup"
	Ended  string // who ended it
}

// On reports whether the office is held on a day.
func (a Appointment) On(d law.Date) bool {
	return !d.Before(a.Starts) && (a.Ends.IsZero() || d.Before(a.Ends))
}

// overlaps reports whether there is a day on which both are held.
func (a Appointment) overlaps(b Appointment) bool {
	return (a.Ends.IsZero() || b.Starts.Before(a.Ends)) && (b.Ends.IsZero() || a.Starts.Before(b.Ends))
}

func (a Appointment) check(kind Kind) error {
	switch {
	case !a.Role.Known() || !a.Role.Appointed():
		return fault.Fieldf("role", "nobody can be appointed %q", clip(string(a.Role)))
	case !a.Role.AppointableIn(string(kind)):
		return fault.Fieldf("role", "an organisation of the kind %s has no %s", kind, a.Role.Title())
	case a.Starts.IsZero():
		return fault.Fieldf("starts", "the appointment has no first day")
	case !a.Ends.IsZero() && !a.Starts.Before(a.Ends):
		return fault.Fieldf("ends", "the appointment would end on %s and begins on %s", a.Ends, a.Starts)
	case len(a.Scope) > 100:
		return fault.Fieldf("scope", "the scope has %d letters and may have 100", len(a.Scope))
	}
	return nil
}

// refuse says why a person who holds or held the others cannot hold a as well.
func (a Appointment) refuse(others []Appointment) error {
	for _, b := range others {
		if !a.overlaps(b) {
			continue
		}
		if a.Org == b.Org && a.Role == b.Role && a.Scope == b.Scope {
			return fault.Errorf(fault.Conflict, "person %s is %s already, since %s", a.Person, a.Role.Title(), b.Starts)
		}
		rule, clash := policy.Clash(a.Role, b.Role)
		if clash && (rule.Anywhere || a.Org == b.Org) {
			where := ""
			if a.Org != b.Org {
				where = " elsewhere"
			}
			return fault.Errorf(fault.Conflict, "person %s cannot be %s while they are %s%s: %s",
				a.Person, a.Role.Title(), b.Role.Title(), where, rule.Reason)
		}
	}
	return nil
}
