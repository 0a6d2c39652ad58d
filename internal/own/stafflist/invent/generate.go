// Package invent makes up staff lists: for tests, for measuring, and for the
// demonstration mutual. The same seed gives the same list. Nobody in it exists:
// surnames are made of two plain words, addresses end in a domain reserved for
// examples, and the numbers that stand for NI numbers begin with QQ, which is
// never issued.
package invent

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// firstNumber is the employee number of the longest-serving.
const firstNumber = 20_400_000

// secondPost is how many in a hundred hold a second post.
const secondPost = 3

// Generate returns the rows of a staff list as at the day: one main assignment for
// each of n people, and a second one for a few. Rows are in order of employee
// number.
func Generate(seed uint64, n int, asAt law.Date) []stafflist.Row {
	r := rand.New(rand.NewPCG(seed, 0x5e77e4))
	m := newMaker(r)
	people := make([]stafflist.Row, n)
	for i := range people {
		people[i] = m.person(joinedBefore(r, asAt), asAt)
	}
	// Who came first has the lowest number.
	slices.SortStableFunc(people, func(a, b stafflist.Row) int { return a.Start.Compare(b.Start) })
	number := firstNumber
	var rows []stafflist.Row
	for _, person := range people {
		number += 1 + r.IntN(9)
		person.EmployeeNumber = fmt.Sprint(number)
		person.AssignmentNumber = person.EmployeeNumber
		rows = append(rows, person)
		if r.IntN(100) < secondPost {
			rows = append(rows, m.second(person))
		}
	}
	return numbered(rows)
}

// maker makes people who do not share an address, and share a surname only when
// there are more of them than surnames.
type maker struct {
	r        *rand.Rand
	surnames []string
	used     int
	emails   map[string]bool
}

func newMaker(r *rand.Rand) *maker {
	m := &maker{r: r, surnames: surnames(), emails: map[string]bool{}}
	r.Shuffle(len(m.surnames), func(i, j int) { m.surnames[i], m.surnames[j] = m.surnames[j], m.surnames[i] })
	return m
}

func (m *maker) surname() string {
	name := m.surnames[m.used%len(m.surnames)]
	m.used++
	return name
}

// person makes someone who starts on the day. Numbers come later.
func (m *maker) person(start, asAt law.Date) stafflist.Row {
	var row stafflist.Row
	row.Given, row.Family = given[m.r.IntN(len(given))], m.surname()
	if m.r.IntN(100) < 4 {
		row.Family += "-" + m.surnames[m.r.IntN(len(m.surnames))]
	}
	if m.r.IntN(100) < 6 {
		row.PreferredName = given[m.r.IntN(len(given))]
	}
	row.Email = m.email(row.Given, row.Family, "")
	g := groups.pick(m.r)
	row.Primary = stafflist.Yes
	row.StaffGroup, row.Role = g.name, g.roles[m.r.IntN(len(g.roles))]
	row.Site, row.Organisation = sites.pick(m.r), organisation
	row.Category, row.FTE, row.Start = contracts.pick(m.r), hours.pick(m.r), start
	switch row.Category {
	case stafflist.Bank, stafflist.Honorary:
		row.FTE = 0
	case stafflist.FixedTerm, stafflist.Secondee, stafflist.Apprentice:
		// Temporary contracts are young and end before long.
		if start.DaysUntil(asAt) > 600 {
			row.Start = asAt.AddDays(-m.r.IntN(600))
		}
		row.ContractEnd = asAt.AddDays(30 + m.r.IntN(500))
		if row.Category == stafflist.Secondee {
			row.FTE = 100
		}
	}
	return row
}

// second makes a further post of someone, on the bank or for a day a week.
func (m *maker) second(main stafflist.Row) stafflist.Row {
	row := main
	row.Primary = stafflist.No
	row.AssignmentNumber += "-2"
	row.Site = sites.pick(m.r)
	row.ContractEnd = law.Date{}
	if m.r.IntN(2) == 0 {
		row.Category, row.FTE = stafflist.Bank, 0
	} else {
		row.Category, row.FTE = stafflist.Permanent, 20
	}
	g := groupOf(main.StaffGroup)
	row.Role = g.roles[m.r.IntN(len(g.roles))]
	return row
}

// email makes an address that nobody in the list has.
func (m *maker) email(given, family, suffix string) string {
	base := letters(given) + "." + letters(family) + suffix
	address := base + "@" + domain
	for n := 2; m.emails[address]; n++ {
		address = fmt.Sprintf("%s.%d@%s", base, n, domain)
	}
	m.emails[address] = true
	return address
}

// letters writes a name as addresses do.
func letters(name string) string {
	name = strings.ReplaceAll(name, "Ł", "L")
	return strings.Map(func(c rune) rune {
		if c == '-' || c < unicode.MaxASCII && unicode.IsLetter(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, norm.NFD.String(name))
}

// joinedBefore picks a first day up to thirty years back, most of them recent.
func joinedBefore(r *rand.Rand, asAt law.Date) law.Date {
	share := r.Float64()
	return workday(asAt.AddDays(-1 - int(share*share*share*30*365)))
}

// workday moves a day at a weekend to the Monday.
func workday(d law.Date) law.Date {
	switch d.Weekday() {
	case 0:
		return d.AddDays(1)
	case 6:
		return d.AddDays(2)
	}
	return d
}

// numbered gives each row its place in a file with headings in row 1.
func numbered(rows []stafflist.Row) []stafflist.Row {
	for i := range rows {
		rows[i].Number = i + 2
	}
	return rows
}
