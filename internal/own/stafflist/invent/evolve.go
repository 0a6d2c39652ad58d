package invent

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// The yearly chances of what happens to a thousand people.
const (
	leavesPermanent = 95
	leavesOther     = 220
	movesSite       = 60
	changesHours    = 45
	changesRole     = 50
	changesSurname  = 12
	growth          = 15
)

// Evolve returns the list as at the day to, given that of the day from. People who
// left in between are still in it, with the day they left, as in a report of staff
// and recent leavers; those who had left by from are gone. Some change site, hours,
// role or name, and others join. Steps may follow each other: month by month for
// two years gives a history without repeated numbers.
func Evolve(rows []stafflist.Row, from, to law.Date, seed uint64) []stafflist.Row {
	days := from.DaysUntil(to)
	if days <= 0 {
		return slices.Clone(rows)
	}
	y, month, d := to.Civil()
	r := rand.New(rand.NewPCG(seed, uint64(y*10_000+int(month)*100+d)))
	e := &evolution{maker: newMaker(r), from: from, to: to, days: days}
	for _, row := range rows {
		e.emails[row.Email] = true
	}
	var out []stafflist.Row
	people := byPerson(rows)
	left := 0
	for _, person := range people {
		if end := person[0].End; !end.IsZero() && !end.After(from) {
			continue
		}
		person = slices.Clone(person)
		if e.happens(person) {
			left++
		}
		out = append(out, person...)
	}
	joiners := left + e.chance(len(people)*growth)
	return numbered(append(out, e.join(joiners)...))
}

type evolution struct {
	*maker
	from, to law.Date
	days     int
}

// within picks a day after from and not after to.
func (e *evolution) within() law.Date { return e.from.AddDays(1 + e.r.IntN(e.days)) }

// chance turns thousandths a year into a whole number over the period, at random
// where it is broken.
func (e *evolution) chance(thousandths int) int {
	expected := float64(thousandths) * float64(e.days) / 365_000
	n := int(expected)
	if e.r.Float64() < expected-float64(n) {
		n++
	}
	return n
}

// happens lets the period pass for one person. It reports whether they left.
func (e *evolution) happens(person []stafflist.Row) bool {
	main := &person[0]
	if !main.End.IsZero() && !main.End.After(e.to) {
		return true
	}
	// A start in the future is left alone.
	if main.Start.After(e.from) {
		return false
	}
	rate := leavesOther
	if main.Category == stafflist.Permanent {
		rate = leavesPermanent
	}
	if end := main.ContractEnd; !end.IsZero() && !end.After(e.to) {
		if e.r.IntN(2) == 0 {
			return leave(person, end)
		}
		main.Category, main.ContractEnd = stafflist.Permanent, law.Date{}
	} else if e.chance(rate) > 0 {
		return leave(person, e.within())
	}
	e.change(person)
	return false
}

func leave(person []stafflist.Row, on law.Date) bool {
	for i := range person {
		person[i].End = on
		if !person[i].ContractEnd.IsZero() && person[i].ContractEnd.Before(on) {
			person[i].ContractEnd = on
		}
	}
	return true
}

// change lets the small things happen.
func (e *evolution) change(person []stafflist.Row) {
	main := &person[0]
	if e.chance(movesSite) > 0 {
		main.Site = sites.pick(e.r)
	}
	if e.chance(changesHours) > 0 && main.FTE > 0 {
		main.FTE = hours.pick(e.r)
	}
	if e.chance(changesRole) > 0 {
		roles := groupOf(main.StaffGroup).roles
		main.Role = roles[e.r.IntN(len(roles))]
	}
	if e.chance(changesSurname) > 0 {
		before, _, _ := strings.Cut(main.Family, "-")
		family := e.surname()
		if e.r.IntN(2) == 0 {
			family = before + "-" + family
		}
		for i := range person {
			person[i].Family = family
		}
	}
}

// numberEpoch is where the numbers of joiners begin to be counted.
var numberEpoch = law.NewDate(1990, time.January, 1)

// join makes n people who start in the period. Their number tells the day they
// started, so that no step gives one that another has given.
func (e *evolution) join(n int) []stafflist.Row {
	starts := make([]law.Date, n)
	for i := range starts {
		starts[i] = e.within()
	}
	slices.SortFunc(starts, law.Date.Compare)
	var out []stafflist.Row
	nth := 0
	for i, start := range starts {
		if nth++; i == 0 || start != starts[i-1] {
			nth = 0
		}
		row := e.person(start, start)
		delete(e.emails, row.Email)
		row.Start = start
		row.Email = e.email(row.Given, row.Family, fmt.Sprint(start.Year()%100))
		row.EmployeeNumber = fmt.Sprint(30_000_000 + numberEpoch.DaysUntil(start)*1_000 + nth)
		row.AssignmentNumber = row.EmployeeNumber
		out = append(out, row)
		if e.r.IntN(100) < secondPost {
			out = append(out, e.second(row))
		}
	}
	return out
}

// byPerson groups rows that follow each other with one number.
func byPerson(rows []stafflist.Row) [][]stafflist.Row {
	var out [][]stafflist.Row
	for i, row := range rows {
		if i == 0 || row.EmployeeNumber != rows[i-1].EmployeeNumber {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], row)
	}
	return out
}
