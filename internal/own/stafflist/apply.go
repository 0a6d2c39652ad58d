package stafflist

import (
	"cmp"
	"slices"
)

// Apply returns the people known after the plan, by employee number. It changes
// neither argument. Nobody is removed: a leaver stays, with the day they left.
func Apply(current []Person, plan Plan) []Person {
	people := make(map[string]Person, len(current)+len(plan.Joiners))
	for _, p := range current {
		people[p.EmployeeNumber] = p
	}
	for _, j := range plan.Joiners {
		people[j.EmployeeNumber] = j.Person
	}
	for _, l := range plan.Leavers {
		people[l.EmployeeNumber] = l.Person
	}
	for _, c := range plan.Changes {
		people[c.EmployeeNumber] = c.Person
	}
	out := make([]Person, 0, len(people))
	for _, p := range people {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Person) int { return cmp.Compare(a.EmployeeNumber, b.EmployeeNumber) })
	return out
}
