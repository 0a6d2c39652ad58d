package staff

import (
	"maps"
	"slices"

	"commonweal/internal/base/identity"
	"commonweal/internal/own/stafflist"
)

// renamed is somebody whose name or email a list changes.
type renamed struct {
	row      int
	person   string
	was, now stafflist.Who
}

// touches reports whether a change concerns what a person is called or reached by.
func (r renamed) touches() bool {
	return r.was.Given != r.now.Given || r.was.Family != r.now.Family || r.was.Email != r.now.Email
}

// carry works out what the changes of a list alter in the people themselves. A
// name or email is carried over only where the person still has what the list had
// before: what somebody corrected in their own account stays. An email is never
// taken away and never given to two.
//
// people are those whom the changes are about, by id; holders those who have the
// new addresses now, by address. Where one address is given up and taken up in
// the same list the order of the changes does not matter. carry alters holders to
// what they will be.
func carry(changes []renamed, people, holders map[string]identity.Person) ([]identity.Person, []Match) {
	altered := map[string]identity.Person{}
	turn := map[string]int{} // an address is free before it is given out
	current := func(id string) (identity.Person, bool) {
		if p, ok := altered[id]; ok {
			return p, true
		}
		p, ok := people[id]
		return p, ok && p.Erased == ""
	}
	turns := 0
	put := func(p identity.Person) {
		turns++
		altered[p.ID], turn[p.ID] = p, turns
	}
	var waiting []renamed
	for _, c := range changes {
		p, ok := current(c.person)
		if !ok {
			continue
		}
		before := p
		if c.was.Given != c.now.Given && p.Given == clipped(c.was.Given) {
			p.Given = clipped(c.now.Given)
		}
		if c.was.Family != c.now.Family && p.Family == clipped(c.was.Family) {
			p.Family = clipped(c.now.Family)
		}
		if p != before {
			put(p)
		}
		if next := address(c.now.Email); next != "" && next != address(c.was.Email) {
			waiting = append(waiting, c)
		}
	}
	// Each round gives out the addresses that nobody holds any more.
	for progress := true; progress && len(waiting) > 0; {
		progress = false
		rest := waiting[:0:0]
		for _, c := range waiting {
			p, _ := current(c.person)
			next := address(c.now.Email)
			if p.Email != "" && p.Email != address(c.was.Email) {
				continue // their own, or given by another number of theirs before
			}
			if holder, held := holders[next]; held && holder.ID != p.ID {
				rest = append(rest, c)
				continue
			}
			if p.Email != "" {
				delete(holders, p.Email)
			}
			p.Email = next
			holders[next] = p
			put(p)
			progress = true
		}
		waiting = rest
	}
	var matches []Match
	for _, c := range waiting {
		matches = append(matches, Match{
			Row: c.row, EmployeeNumber: c.now.EmployeeNumber, Name: c.now.Name(), Person: holders[address(c.now.Email)].ID,
			Reason: "The new work email belongs to someone else here. We keep it in the staff list and leave the person’s own address as it was.",
		})
	}
	out := slices.Collect(maps.Values(altered))
	slices.SortFunc(out, func(a, b identity.Person) int { return turn[a.ID] - turn[b.ID] })
	return out, matches
}
