package stafflist

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"commonweal/law"
)

// Terms say how a comparison is made. The zero value is usable.
type Terms struct {
	// Keeps are the fields the caller keeps; others are not compared. Nil is all.
	Keeps []Field
	// Previous is the date of the last list that was applied, if any.
	Previous law.Date
	Thresholds
}

// Compare works out what the list would change in the people known, who are the
// staff of the one employer the list is of, those who left included. The list
// speaks of the day asAt: about someone who starts later it says nothing unless
// it has them.
//
// The result does not depend on the order of current or of the rows, and is in
// the order people read: by surname, first name, number; rejects by row.
func Compare(current []Person, list List, asAt law.Date, terms Terms) (Plan, error) {
	if asAt.IsZero() {
		return Plan{}, fmt.Errorf("staff list: no date to compare as at")
	}
	known := make(map[string]Person, len(current))
	for _, p := range current {
		if _, twice := known[p.EmployeeNumber]; twice || p.EmployeeNumber == "" {
			return Plan{}, fmt.Errorf("staff list: employee %q is known twice or has no number", clip(p.EmployeeNumber))
		}
		known[p.EmployeeNumber] = p
	}
	remedy := cmp.Or(list.remedy, Profile{}.remedy())
	found := gather(spokenRows(list), known, asAt, remedy)
	c := comparison{
		plan:    Plan{AsAt: asAt, Read: list.Read, Employed: employedOn(current, asAt), Notes: append(slices.Clone(list.Notes), found.notes...)},
		known:   known,
		fields:  compared(list.Fields, terms.Keeps),
		present: map[string]bool{},
		held:    map[string]bool{},
	}
	c.plan.Rejects = append(slices.Clone(list.Rejects), found.rejects...)
	c.refuseLostNoughts(found.people)
	c.hold(current)
	for _, p := range found.people {
		if !c.held[p.EmployeeNumber] {
			c.person(p)
		}
	}
	for _, p := range current {
		c.absent(p)
	}
	c.noteSharedEmails(found.people)
	c.order()
	c.plan.Refused = refusedRows(c.plan.Rejects)
	c.plan.NeedsConfirmation = doubts(c, list, terms)
	return c.plan, nil
}

// spokenRows returns the rows with leaving dates only if the file has a column of
// them, so that what is taken over and what decides who left agree.
func spokenRows(list List) []Row {
	if slices.Contains(list.Fields, End) {
		return list.Rows
	}
	rows := slices.Clone(list.Rows)
	for i := range rows {
		rows[i].End = law.Date{}
	}
	return rows
}

// compared returns the fields to compare: those in the file that the caller keeps.
func compared(inFile, keeps []Field) map[Field]bool {
	out := map[Field]bool{}
	for _, f := range inFile {
		switch f {
		case FullName:
			out[Given], out[Family] = true, true
		case PersonType:
			out[Contract] = true
		case Primary:
		default:
			out[f] = true
		}
	}
	out[OtherPosts] = true
	if keeps == nil {
		return out
	}
	for f := range out {
		if !slices.Contains(keeps, f) {
			delete(out, f)
		}
	}
	return out
}

// comparison is the state of one run of [Compare].
type comparison struct {
	plan     Plan
	known    map[string]Person
	fields   map[Field]bool
	present  map[string]bool
	held     map[string]bool
	surnames int // people in the list whose surname differs
	matched  int // people in the list who were known
}

// hold finds the people whom a refused row keeps as before. A row without a
// number that can be read may be of anyone with its name or address.
func (c *comparison) hold(current []Person) {
	names, emails := map[string]bool{}, map[string]bool{}
	for _, r := range c.plan.Rejects {
		switch _, isKnown := c.known[r.EmployeeNumber]; {
		case r.nobody:
		case r.EmployeeNumber != "" && !r.other:
			// An unknown number is held too, so that no other row of it is applied.
			c.held[r.EmployeeNumber] = true
			if isKnown {
				continue
			}
			fallthrough
		default:
			if key := fold(cmp.Or(r.name, r.Name)); key != "" {
				names[key] = true
			}
			if r.email != "" {
				emails[r.email] = true
			}
		}
	}
	if len(names)+len(emails) == 0 {
		return
	}
	for _, p := range current {
		if names[fold(p.Name())] || p.Email != "" && emails[strings.ToLower(p.Email)] {
			c.maybe(p.EmployeeNumber)
		}
	}
}

// maybe holds someone unless the list has them on a good row of their own; that
// is found out in [comparison.absent].
func (c *comparison) maybe(number string) {
	if _, ok := c.held[number]; !ok {
		c.held[number] = false
	}
}

// person compares one person of the list with what is known.
func (c *comparison) person(p listed) {
	c.present[p.EmployeeNumber] = true
	was, isKnown := c.known[p.EmployeeNumber]
	left := p.leftBy(c.plan.AsAt)
	if !isKnown {
		// Someone who had left before we ever heard of them is no news.
		if !left {
			c.plan.Joiners = append(c.plan.Joiners, Joiner{Person: p.Person, Row: p.row})
		}
		return
	}
	now := c.merge(was, p.Person)
	if was.leftBy(c.plan.AsAt) {
		c.formerly(was, now, p.row, left)
		return
	}
	c.matched++
	if left {
		c.plan.Leavers = append(c.plan.Leavers, Leaver{Person: now, Left: now.Main.End, Reason: Ended, Row: p.row})
		return
	}
	differences := c.differences(was, now)
	if len(differences) == 0 {
		c.plan.Unchanged++
		return
	}
	if slices.ContainsFunc(differences, func(d Difference) bool { return d.Field == Family }) {
		c.surnames++
	}
	c.plan.Changes = append(c.plan.Changes, Change{Person: now, Row: p.row, Differences: differences})
}

// formerly compares someone who is known to have left: back again, a mended
// leaving date, or nothing new.
func (c *comparison) formerly(was, now Person, row int, left bool) {
	switch {
	case !left:
		if !c.fields[End] {
			// The file has no leaving dates, so being in it is the news.
			now.Main.End = law.Date{}
		}
		c.plan.Joiners = append(c.plan.Joiners, Joiner{Person: now, Row: row, Return: true})
	case was.Main.End != now.Main.End:
		mended := was
		mended.Main.End = now.Main.End
		c.plan.Changes = append(c.plan.Changes, Change{Person: mended, Row: row, Differences: []Difference{
			{End, said(spoken(was.Main.End)), said(spoken(mended.Main.End))},
		}})
	default:
		c.plan.Unchanged++
	}
}

// absent sees to someone known whom the list may lack.
func (c *comparison) absent(p Person) {
	number := p.EmployeeNumber
	if c.present[number] {
		delete(c.held, number)
		return
	}
	end := p.Main.End
	gone := !end.IsZero() && !end.After(c.plan.AsAt)
	notYet := p.Main.Start.After(c.plan.AsAt)
	if _, held := c.held[number]; held {
		if !gone {
			c.plan.Held = append(c.plan.Held, number)
		}
		return
	}
	if gone || notYet {
		return
	}
	p.Main.End = c.plan.AsAt
	c.plan.Leavers = append(c.plan.Leavers, Leaver{Person: p, Left: c.plan.AsAt, Reason: Absent})
}

// refuseLostNoughts finds joiners who are people we know whose number lost its
// leading noughts in a spreadsheet. Taking them for others would make every such
// person a leaver and a joiner.
func (c *comparison) refuseLostNoughts(people []listed) {
	inList := map[string]bool{}
	for _, p := range people {
		inList[p.EmployeeNumber] = true
	}
	bare := map[string]string{}
	for number := range c.known {
		if short := strings.TrimLeft(number, "0"); short != number && !inList[number] {
			bare[short] = number
		}
	}
	for _, p := range people {
		full, ok := bare[p.EmployeeNumber]
		if _, isKnown := c.known[p.EmployeeNumber]; !ok || isKnown {
			continue
		}
		c.held[full] = true
		c.plan.Rejects = append(c.plan.Rejects, Reject{
			Row: p.row, EmployeeNumber: p.EmployeeNumber, Name: shown(p.Name()), Field: EmployeeNumber, Value: p.EmployeeNumber,
			Reason: "Employee number " + quoted(p.EmployeeNumber) + " may be " + full + " without its noughts, which a spreadsheet takes away. Export the list again and keep the column as text.",
		})
	}
}

// noteSharedEmails names addresses that two people have, since an address is how
// a person signs in.
func (c *comparison) noteSharedEmails(people []listed) {
	first := map[string]listed{}
	for _, p := range people {
		if p.Email == "" || p.leftBy(c.plan.AsAt) {
			continue
		}
		other, taken := first[p.Email]
		if !taken {
			first[p.Email] = p
			continue
		}
		c.plan.Notes = append(c.plan.Notes, Note{
			p.row, p.EmployeeNumber, Email,
			"The address " + quoted(p.Email) + " is also on row " + grouped(other.row) + " for someone else. Give each their own, so that each can sign in.",
		})
	}
}

// order puts everything as people read it.
func (c *comparison) order() {
	byName := func(a, b Who) int {
		return cmp.Or(cmp.Compare(fold(a.Family), fold(b.Family)), cmp.Compare(fold(a.Given), fold(b.Given)), cmp.Compare(a.EmployeeNumber, b.EmployeeNumber))
	}
	slices.SortFunc(c.plan.Joiners, func(a, b Joiner) int { return byName(a.Who, b.Who) })
	slices.SortFunc(c.plan.Leavers, func(a, b Leaver) int { return byName(a.Who, b.Who) })
	slices.SortFunc(c.plan.Changes, func(a, b Change) int { return byName(a.Who, b.Who) })
	slices.SortStableFunc(c.plan.Rejects, func(a, b Reject) int { return cmp.Compare(a.Row, b.Row) })
	slices.SortStableFunc(c.plan.Notes, func(a, b Note) int { return cmp.Compare(a.Row, b.Row) })
	slices.Sort(c.plan.Held)
}
