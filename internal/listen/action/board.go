package action

import (
	"cmp"
	"slices"
)

// Directorate is what a directorate has to do, from its head to its teams. The first
// of a board has no code: it is the organisation as a whole.
type Directorate struct {
	Code, Name string
	Head       string // person; "" where nobody is named
	Teams      []Team
	Tally      Standing
}

// Team is what one team has to do; the one without a code is the directorate as a whole.
type Team struct {
	Code, Name string
	Actions    []Listed
	Tally      Standing
}

// Standing counts actions by where they stand.
type Standing struct{ Overdue, Running, Done, NotDone int }

// Open are those that have not ended.
func (s Standing) Open() int { return s.Overdue + s.Running }

func (s *Standing) add(l Listed) {
	switch {
	case l.Status.Overdue:
		s.Overdue++
	case l.Status.State == Ended:
		s.Done++
	case l.Status.State == Given:
		s.NotDone++
	default:
		s.Running++
	}
}

// Stand counts the actions of a list.
func Stand(list []Listed) (s Standing) {
	for _, l := range list {
		s.add(l)
	}
	return s
}

// Board lays actions out from the board to the ward: by directorate and team, in each
// those that are overdue first, the oldest day first.
func Board(list []Listed, heads []Head) []Directorate {
	list = slices.Clone(list)
	order(list)
	var out []Directorate
	for _, l := range list {
		d := at(&out, l.Directorate, func(d Directorate) string { return d.Code }, Directorate{Code: l.Directorate, Name: l.DirectorateName})
		t := at(&d.Teams, l.Place.Unit, func(t Team) string { return t.Code }, Team{Code: l.Place.Unit, Name: l.Place.UnitName})
		t.Actions = append(t.Actions, l)
		t.Tally.add(l)
		d.Tally.add(l)
	}
	for i := range out {
		for _, h := range heads {
			if h.Directorate == out[i].Code {
				out[i].Head = h.Person
			}
		}
		slices.SortStableFunc(out[i].Teams, func(a, b Team) int { return first(a.Code, b.Code, a.Name, b.Name) })
	}
	slices.SortStableFunc(out, func(a, b Directorate) int { return first(a.Code, b.Code, a.Name, b.Name) })
	return out
}

// at is the element with a code, added where there is none.
func at[T any](list *[]T, code string, of func(T) string, otherwise T) *T {
	i := slices.IndexFunc(*list, func(t T) bool { return of(t) == code })
	if i < 0 {
		*list = append(*list, otherwise)
		i = len(*list) - 1
	}
	return &(*list)[i]
}

// first puts the whole before its parts, and parts by name.
func first(a, b, nameA, nameB string) int {
	if (a == "") != (b == "") {
		if a == "" {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(nameA, nameB), cmp.Compare(a, b))
}
