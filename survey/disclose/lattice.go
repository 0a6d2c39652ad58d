package disclose

import (
	"fmt"
	"slices"
)

// Unit is one place in the tree of units.
type Unit struct {
	Code string `json:"code"`
	// Of is the code of the unit that this one is part of; empty for the whole
	// organisation.
	Of string `json:"of,omitempty"`
}

// Lattice is what a table is split by: units, which form one tree, crossed
// with staff groups. Whoever would not name a team or group is put into a unit
// or group of its own for that, so that parts add up to the whole.
type Lattice struct {
	// Units has the whole organisation first, and every unit after what it is
	// part of.
	Units []Unit `json:"units"`
	// Groups are the codes of the staff groups; may be empty.
	Groups []string `json:"groups,omitempty"`
}

// Everybody is the group that all staff groups together make.
const Everybody = ""

// Cell is the address of one cell: a unit, and a staff group or [Everybody].
type Cell struct {
	Unit  string `json:"unit"`
	Group string `json:"group,omitempty"`
}

func (c Cell) String() string {
	if c.Group == Everybody {
		return c.Unit
	}
	return c.Unit + ", " + c.Group
}

// Check returns an error that names what does not hold together.
func (l Lattice) Check() error {
	if len(l.Units) == 0 {
		return fmt.Errorf("the lattice has no units")
	}
	if len(l.Units) > mostCells || len(l.Groups) > mostCells || l.size() > mostCells {
		return fmt.Errorf("the lattice has %d units and %d groups, and a table of at most %d cells can be protected", len(l.Units), len(l.Groups), mostCells)
	}
	seen := map[string]bool{}
	for i, u := range l.Units {
		switch {
		case u.Code == "":
			return fmt.Errorf("unit %d has no code", i+1)
		case seen[u.Code]:
			return fmt.Errorf("unit %s stands twice in the lattice", u.Code)
		case i == 0 && u.Of != "":
			return fmt.Errorf("unit %s comes first and is part of %s", u.Code, u.Of)
		case i > 0 && !seen[u.Of]:
			return fmt.Errorf("unit %s is part of %q, which does not come before it", u.Code, u.Of)
		}
		seen[u.Code] = true
	}
	clear(seen)
	for i, g := range l.Groups {
		if g == Everybody {
			return fmt.Errorf("group %d has no code", i+1)
		}
		if seen[g] {
			return fmt.Errorf("group %s stands twice in the lattice", g)
		}
		seen[g] = true
	}
	return nil
}

func (l Lattice) equal(o Lattice) bool {
	return slices.Equal(l.Units, o.Units) && slices.Equal(l.Groups, o.Groups)
}

// mostCells is the most cells of a table: a national survey by organisation and
// occupation has eleven thousand.
const mostCells = 50_000

// columns is how many cells a unit has: everybody, then each group.
func (l Lattice) columns() int { return len(l.Groups) + 1 }

// size is how many cells there are.
func (l Lattice) size() int { return len(l.Units) * l.columns() }

// unit is the place of a unit, or -1.
func (l Lattice) unit(code string) int {
	return slices.IndexFunc(l.Units, func(u Unit) bool { return u.Code == code })
}

// column is the place of a group among a unit's cells, or -1.
func (l Lattice) column(group string) int {
	if group == Everybody {
		return 0
	}
	if i := slices.Index(l.Groups, group); i >= 0 {
		return i + 1
	}
	return -1
}

// cell is the address of the cell at a place.
func (l Lattice) cell(at int) Cell {
	c := Cell{Unit: l.Units[at/l.columns()].Code}
	if g := at % l.columns(); g > 0 {
		c.Group = l.Groups[g-1]
	}
	return c
}

// place is where a cell stands, or -1.
func (l Lattice) place(c Cell) int {
	u, g := l.unit(c.Unit), l.column(c.Group)
	if u < 0 || g < 0 {
		return -1
	}
	return u*l.columns() + g
}

// parents is, by unit, the place of what it is part of; -1 for the first.
func (l Lattice) parents() []int {
	at := make(map[string]int, len(l.Units))
	list := make([]int, len(l.Units))
	for i, u := range l.Units {
		at[u.Code] = i
		list[i] = -1
		if i > 0 {
			list[i] = at[u.Of]
		}
	}
	return list
}

// sum says that the cells Parts add up to the cell Whole.
type sum struct {
	whole int
	parts []int
}

// sums lists what adds up to what: the parts of each unit for everybody and
// for each group, and the groups of each unit.
func (l Lattice) sums() []sum {
	n := l.columns()
	parts := make([][]int, len(l.Units))
	for i, p := range l.parents() {
		if p >= 0 {
			parts[p] = append(parts[p], i)
		}
	}
	var list []sum
	for u := range l.Units {
		for g := range n {
			if len(parts[u]) == 0 {
				break
			}
			s := sum{whole: u*n + g}
			for _, p := range parts[u] {
				s.parts = append(s.parts, p*n+g)
			}
			list = append(list, s)
		}
		if n > 1 {
			s := sum{whole: u * n}
			for g := 1; g < n; g++ {
				s.parts = append(s.parts, u*n+g)
			}
			list = append(list, s)
		}
	}
	return list
}
