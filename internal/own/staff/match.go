package staff

import (
	"fmt"

	"commonweal/internal/base/identity"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// Somebody who is new on a list is
//
//  1. who bore the employee number before, on this employer's list; else
//  2. the person of this organisation with the same work email, if the name is
//     the same too: that person may be on another employer's list, have left and
//     come back under a new number, or be a member who was never staff; else
//  3. somebody new.
//
// The same email with another name, and the same name as somebody who left, are
// doubtful: they are reported and not merged, because two people made one give
// the one the other's vote, and one made two can still be put right. An address
// that is somebody else's is left off the new person, since it is a way in.

// Match is what was found about whether two people are one.
type Match struct {
	Row            int // of the list; 0 for none
	EmployeeNumber string
	Name           string
	Person         string // id of the person already known; "" where both are new
	Certain        bool   // taken as the same; if not, taken as two
	Reason         string // plain English: what was found, then what to do
}

// arrival says which person a joiner is.
type arrival struct {
	person string // already known; "" for somebody new
	twin   int    // index of an earlier joiner of this plan who is the same, or -1
	email  string // of somebody new
}

// knownBefore is what [arrivals] needs of those on this employer's list.
type knownBefore interface {
	// personOf returns the person who bears or bore a number.
	personOf(number string) (person string, erased, ok bool)
	// leftBy returns somebody of that name who had left by the day, if any.
	leftBy(name string, day law.Date) (number string, ok bool)
}

// arrivals decides for each joiner of a plan. holders are the people who have the
// addresses of joiners, as they will be once the changes of the plan are made.
func arrivals(plan stafflist.Plan, known knownBefore, holders map[string]identity.Person) ([]arrival, []Match) {
	out := make([]arrival, len(plan.Joiners))
	var matches []Match
	claimed := map[string]int{} // address -> joiner who is new and gets it
	for i, j := range plan.Joiners {
		out[i].twin = -1
		if person, erased, ok := known.personOf(j.EmployeeNumber); ok && !erased {
			out[i].person = person
			continue
		}
		found := func(person string, certain bool, reason string) {
			matches = append(matches, Match{j.Row, j.EmployeeNumber, j.Name(), person, certain, reason})
		}
		email := address(j.Email)
		holder, held := holders[email]
		other, taken := claimed[email]
		switch {
		case email == "":
		case held && sameName(j.Who, holder):
			out[i].person = holder.ID
			found(holder.ID, true, "Someone of the same name and work email is known here already, so we take them as one person.")
			continue
		case held:
			found(holder.ID, false, "The same work email belongs to someone of another name. We take them as two people and leave this email off the new one. If they are one person, mend the name in the list.")
			email = ""
		case taken && sameName(j.Who, personOf(plan.Joiners[other])):
			out[i].twin = other
			found("", true, fmt.Sprintf("The list has the same name and work email under number %s too, so we take them as one person.", plan.Joiners[other].EmployeeNumber))
			continue
		case taken:
			found("", false, fmt.Sprintf("The same work email is on the list under number %s with another name. We take them as two people and leave this email off the second.", plan.Joiners[other].EmployeeNumber))
			email = ""
		}
		if email != "" {
			claimed[email] = i
		}
		out[i].email = email
		if number, ok := known.leftBy(fullName(j.Who), plan.AsAt); ok {
			found("", false, fmt.Sprintf("Someone of the same name left under number %s. We take them as two people. If they are one, give them the old number or the same work email.", number))
		}
	}
	return out, matches
}

func personOf(j stafflist.Joiner) identity.Person {
	return identity.Person{Given: j.Given, Family: j.Family}
}

// address is an email in the form in which people are found by it, or nothing if
// it is none.
func address(s string) string {
	if s == "" {
		return ""
	}
	email, err := identity.ParseEmail(s)
	if err != nil {
		return ""
	}
	return email
}
