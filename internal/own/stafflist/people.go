package stafflist

import (
	"cmp"
	"fmt"
	"slices"

	"commonweal/law"
)

// gathering turns rows into people as at a day.
type gathering struct {
	asAt    law.Date
	remedy  string
	known   map[string]Person
	people  []listed
	rejects []Reject
	notes   []Note
}

// listed is a person and the row that speaks for them.
type listed struct {
	Person
	row int
}

// gather groups rows by employee number and settles each person. A person with a
// fault gets rejects and is not among the people.
func gather(rows []Row, known map[string]Person, asAt law.Date, remedy string) gathering {
	g := gathering{asAt: asAt, remedy: remedy, known: known}
	byNumber := map[string][]Row{}
	var order []string
	for _, row := range rows {
		if _, seen := byNumber[row.EmployeeNumber]; !seen {
			order = append(order, row.EmployeeNumber)
		}
		byNumber[row.EmployeeNumber] = append(byNumber[row.EmployeeNumber], row)
	}
	for _, number := range order {
		g.settle(byNumber[number])
	}
	return g
}

func (g *gathering) refuse(row Row, f Field, value, reason string, other bool) {
	g.rejects = append(g.rejects, Reject{
		Row: row.Number, EmployeeNumber: row.EmployeeNumber, Name: shown(row.Name()), Field: f, Value: shown(value), Reason: reason,
		email: row.Email, other: other,
	})
}

// maxPosts is more posts than one person has. A number on more rows is a mistake
// of the export, and comparing its rows with each other would take for ever.
const maxPosts = 50

func (g *gathering) settle(rows []Row) {
	if len(rows) > maxPosts {
		for _, row := range rows {
			g.refuse(row, EmployeeNumber, row.EmployeeNumber, fmt.Sprintf("The same number is on %s rows, which is more posts than one person has. Check that the right column was chosen.", grouped(len(rows))), false)
		}
		return
	}
	rows, ok := g.oneName(rows)
	if !ok {
		return
	}
	held := rows[:0:0]
	for _, row := range rows {
		if row.End.IsZero() || !row.End.Before(g.asAt) {
			held = append(held, row)
		}
	}
	if len(held) == 0 {
		// All over: the post that ended last speaks for the person.
		last := slices.MinFunc(rows, func(a, b Row) int { return cmp.Or(b.End.Compare(a.End), mainBefore(a, b)) })
		g.people = append(g.people, listed{Person{Who: last.Who, Main: last.Post}, last.Number})
		return
	}
	if held, ok = g.distinct(held); !ok {
		return
	}
	if main, ok := g.main(held); ok {
		g.people = append(g.people, together(held, main))
	}
}

// oneName sees to it that all rows of a number have one name. Where the number is
// known, the rows with the known name are kept and the others refused; where it
// is not, nobody can tell which is right and all are refused.
func (g *gathering) oneName(rows []Row) ([]Row, bool) {
	name := func(w Who) string { return fold(w.Family) + "/" + fold(w.Given) }
	same := true
	for _, row := range rows[1:] {
		same = same && name(row.Who) == name(rows[0].Who)
	}
	if same {
		return rows, true
	}
	known, isKnown := g.known[rows[0].EmployeeNumber]
	var kept []Row
	for _, row := range rows {
		if isKnown && name(row.Who) == name(known.Who) {
			kept = append(kept, row)
		}
	}
	for _, row := range rows {
		if len(kept) > 0 && name(row.Who) == name(known.Who) {
			continue
		}
		other := slices.IndexFunc(rows, func(r Row) bool { return name(r.Who) != name(row.Who) })
		if len(kept) > 0 {
			other = slices.IndexFunc(rows, func(r Row) bool { return r.Number == kept[0].Number })
		}
		g.refuse(row, EmployeeNumber, row.EmployeeNumber,
			fmt.Sprintf("The same number is on row %s with another name. Ask which is right.", grouped(rows[other].Number)), len(kept) > 0)
	}
	return kept, len(kept) > 0
}

// distinct drops rows that repeat another and refuses those that say something
// else of the same assignment.
func (g *gathering) distinct(rows []Row) ([]Row, bool) {
	var kept []Row
	for _, row := range rows {
		twin := slices.IndexFunc(kept, func(k Row) bool {
			k.Number, k.Primary = row.Number, row.Primary
			return k == row
		})
		if twin >= 0 {
			if row.Primary == Yes {
				kept[twin].Primary = Yes
			}
			g.notes = append(g.notes, Note{
				row.Number, row.EmployeeNumber, EmployeeNumber,
				fmt.Sprintf("This row repeats row %s. Nothing is lost by it.", grouped(kept[twin].Number)),
			})
			continue
		}
		rival := slices.IndexFunc(kept, func(k Row) bool {
			return row.AssignmentNumber != "" && k.AssignmentNumber == row.AssignmentNumber
		})
		if rival >= 0 {
			g.refuse(row, AssignmentNumber, row.AssignmentNumber,
				fmt.Sprintf("The same assignment is on row %s with other details. Ask which is right.", grouped(kept[rival].Number)), false)
			return nil, false
		}
		kept = append(kept, row)
	}
	return kept, true
}

// main returns the index of the post that counts: the one marked, or the only
// one; where none is marked the one with most hours, then the oldest.
func (g *gathering) main(rows []Row) (int, bool) {
	var marked []int
	for i, row := range rows {
		if row.Primary == Yes {
			marked = append(marked, i)
		}
	}
	switch {
	case len(marked) == 1:
		return marked[0], true
	case len(marked) > 1:
		numbers := make([]string, len(marked))
		for i, at := range marked {
			numbers[i] = grouped(rows[at].Number)
		}
		for _, at := range marked {
			g.refuse(rows[at], Primary, "", "Rows "+and(numbers)+" are each marked as this person’s main assignment. Leave one marked. "+g.remedy, false)
		}
		return 0, false
	case len(rows) == 1:
		return 0, true
	}
	best := 0
	for i := range rows {
		if mainBefore(rows[i], rows[best]) < 0 {
			best = i
		}
	}
	g.notes = append(g.notes, Note{
		rows[best].Number, rows[best].EmployeeNumber, Primary,
		fmt.Sprintf("No assignment of %s is marked as the main one. We took this row, which has the most hours or began first.", rows[best].EmployeeNumber),
	})
	return best, true
}

func mainBefore(a, b Row) int {
	return cmp.Or(cmp.Compare(b.FTE, a.FTE), a.Start.Compare(b.Start), cmp.Compare(a.AssignmentNumber, b.AssignmentNumber), a.compare(b))
}

// compare orders two rows of one person by what they say, so that the order of
// the file does not matter.
func (r Row) compare(s Row) int { return comparePosts(r.Post, s.Post) }

func comparePosts(a, b Post) int {
	return cmp.Or(cmp.Compare(a.AssignmentNumber, b.AssignmentNumber), cmp.Compare(a.Role, b.Role), cmp.Compare(a.Site, b.Site),
		cmp.Compare(a.StaffGroup, b.StaffGroup), cmp.Compare(a.Organisation, b.Organisation), cmp.Compare(a.Category, b.Category),
		cmp.Compare(a.FTE, b.FTE), a.Start.Compare(b.Start), a.End.Compare(b.End), a.ContractEnd.Compare(b.ContractEnd))
}

// together makes one person of the rows. Employment ends when the last post does.
func together(rows []Row, main int) listed {
	p := listed{Person{Who: rows[main].Who, Main: rows[main].Post}, rows[main].Number}
	for i, row := range rows {
		p.Email = cmp.Or(p.Email, row.Email)
		p.PreferredName = cmp.Or(p.PreferredName, row.PreferredName)
		if row.End.IsZero() || p.Main.End.IsZero() {
			p.Main.End = law.Date{}
		} else if row.End.After(p.Main.End) {
			p.Main.End = row.End
		}
		if i != main {
			p.Others = append(p.Others, row.Post)
		}
	}
	slices.SortFunc(p.Others, comparePosts)
	return p
}
