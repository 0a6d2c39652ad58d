package poll

import (
	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// Office is what somebody does in one poll.
type Office string

// The offices.
const (
	ReturningOfficer Office = "returning-officer"
	Registrar        Office = "registrar"
	Keyholder        Office = "keyholder"
	Teller           Office = "teller"
	Observer         Office = "observer"
)

// offices with the role that somebody has to hold in the organisation to be named.
var offices = map[Office]struct {
	title string
	role  policy.Role
}{
	ReturningOfficer: {"returning officer", policy.ReturningOfficer},
	Registrar:        {"registrar", policy.Registrar},
	Keyholder:        {"keyholder", policy.Trustee},
	Teller:           {"teller", policy.Teller},
	Observer:         {"observer", policy.Scrutineer},
}

// Known reports whether there is such an office.
func (o Office) Known() bool { return offices[o].title != "" }

// Title is the office in plain words.
func (o Office) Title() string { return offices[o].title }

// Role is the role that the holder needs in the organisation.
func (o Office) Role() policy.Role { return offices[o].role }

// Side says in whose trust a keyholder stands.
type Side string

// The sides.
const (
	NoSide    Side = ""
	StaffSide Side = "staff"   // named by the staff side
	Outside   Side = "outside" // an outside body, such as another mutual or a union
)

// Official is somebody who holds an office in a poll.
type Official struct {
	ID, Poll, Person string
	Office           Office
	Side             Side // of a keyholder
	Named            law.Date
	NamedBy          string
	Ended            law.Date // the first day without it; no date while it is held
	EndedBy          string
}

// Holds reports whether the office is held.
func (o Official) Holds() bool { return o.Ended.IsZero() }

// apart are the offices that one person may not hold in one poll, with the reason.
// It does not matter whether the one was given up before the other was taken: what
// somebody has seen they have seen.
var keptApart = []struct {
	a, b   Office
	reason string
}{
	{Keyholder, Registrar, "Whoever holds a part of the key does not hold the codes: together they could vote for others and open ballots."},
	{Keyholder, ReturningOfficer, "The key is held apart from those who run the poll."},
	{Registrar, ReturningOfficer, "The returning officer sees who has not voted and so does not hold the codes to vote with."},
	{Teller, ReturningOfficer, "The returning officer settles what two tellers keyed differently and so keys nothing."},
	{Observer, ReturningOfficer, "Whoever watches a poll takes no part in running it."},
	{Observer, Registrar, "Whoever watches a poll takes no part in running it."},
	{Observer, Keyholder, "Whoever watches a poll takes no part in running it."},
	{Observer, Teller, "Whoever watches a poll takes no part in running it."},
}

// Clash says why one person may not hold both offices in one poll, or "".
func Clash(a, b Office) string {
	for _, pair := range keptApart {
		if pair.a == a && pair.b == b || pair.a == b && pair.b == a {
			return pair.reason
		}
	}
	return ""
}

// mayName refuses an official who would hold what they may not hold together.
func (p Poll) mayName(o Official) error {
	for _, other := range p.Officials {
		if other.Person != o.Person {
			continue
		}
		if other.Office == o.Office && other.Holds() {
			return fault.Errorf(fault.Conflict, "person %s is %s of poll %s already", o.Person, o.Office.Title(), p.Code)
		}
		if why := Clash(other.Office, o.Office); why != "" {
			return fault.Errorf(fault.Conflict, "person %s cannot be %s of poll %s, having been named %s: %s", o.Person, o.Office.Title(), p.Code, other.Office.Title(), why)
		}
	}
	if o.Office != Observer && p.candidate(o.Person) {
		return fault.Errorf(fault.Conflict, "person %s is a candidate in poll %s and cannot be its %s", o.Person, p.Code, o.Office.Title())
	}
	switch {
	case o.Office == ReturningOfficer && p.count(ReturningOfficer) > 0:
		return fault.Errorf(fault.Conflict, "poll %s has a returning officer: end that first", p.Code)
	case o.Office == Registrar && p.count(Registrar) > 0:
		return fault.Errorf(fault.Conflict, "poll %s has a registrar: end that first", p.Code)
	case o.Office == Keyholder && p.count(Keyholder) >= p.Rules.Keyholders:
		return fault.Errorf(fault.Conflict, "poll %s has its %d keyholders", p.Code, p.Rules.Keyholders)
	case o.Office == Keyholder && !p.KeyMade.IsZero():
		return fault.Errorf(fault.Conflict, "the key of poll %s is made: who holds it does not change", p.Code)
	case o.Side != NoSide && o.Office != Keyholder:
		return fault.Fieldf("side", "only keyholders are named by a side")
	case o.Side != NoSide && o.Side != StaffSide && o.Side != Outside:
		return fault.Fieldf("side", "the side %q is not known", o.Side)
	}
	return nil
}

// candidate reports whether somebody stands, or asks to.
func (p Poll) candidate(person string) bool {
	for _, c := range p.Contests {
		for _, n := range c.Nominations {
			if n.Person == person && (n.Stands() || n.waits()) {
				return true
			}
		}
	}
	return false
}

// count is how many hold an office.
func (p Poll) count(o Office) int { return len(p.Holders(o)) }

// Holders are those who hold an office in the poll.
func (p Poll) Holders(o Office) []Official {
	var out []Official
	for _, one := range p.Officials {
		if one.Office == o && one.Holds() {
			out = append(out, one)
		}
	}
	return out
}

// is reports whether somebody holds an office in the poll.
func (p Poll) is(person string, o Office) bool {
	for _, one := range p.Holders(o) {
		if one.Person == person {
			return true
		}
	}
	return false
}

// served is the first office that somebody was ever named to in the poll.
func (p Poll) served(person string) (Office, bool) {
	for _, one := range p.Officials {
		if one.Person == person && one.Office != Observer {
			return one.Office, true
		}
	}
	return "", false
}
