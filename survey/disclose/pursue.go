package disclose

import (
	"cmp"
	"slices"
)

// hunt is one kind of figure that is hidden cell by cell until an attack finds
// nothing.
type hunt struct {
	attack func() ([]Found, error)
	shown  func(at int) bool
	hide   func(at int)
	show   func(at int)
	hidden []int // to protect others
	// enough: what is hidden of a shown whole must be of enough people together.
	enough bool
}

// tryAgain is up to how many attacks are made to see whether what was hidden
// for others' sake was needed: so many for each cell there is.
const tryAgain = 200_000

// pursue hides more until nothing is found by carrying bounds, which is quick,
// and then by networks. Then it shows again, dearest first, whatever turns out
// not to be needed. With all it goes on until linear programmes find nothing
// either; most often there is nothing left for them.
func (p *protector) pursue(n *hunt, all bool) error {
	p.kept = &kept{map[layer]*flow{}, map[*world]*grid{}}
	defer func() { p.kept = nil }()
	if err := p.chaseAway(n, bounds); err != nil {
		return err
	}
	if err := p.chaseAway(n, networks); err != nil {
		return err
	}
	if err := p.showAgain(n); err != nil {
		return err
	}
	if all {
		return p.chaseAway(n, thorough)
	}
	return nil
}

func (p *protector) chaseAway(n *hunt, d depth) error {
	for {
		found, err := p.try(n, d)
		if err != nil || len(found) == 0 {
			return err
		}
		if !p.remedy(found, n) {
			return &Refusal{found}
		}
	}
}

// showAgain shows the dearest half of what was hidden, and if that gives
// anything away the half of the half, down to single cells.
func (p *protector) showAgain(n *hunt) error {
	list := slices.Clone(n.hidden)
	slices.SortFunc(list, func(a, b int) int { return p.dearer(b, a) })
	budget := tryAgain / len(p.cube.cells)
	var again func(list []int) error
	again = func(list []int) error {
		if len(list) == 0 || budget <= 0 {
			return nil
		}
		for _, at := range list {
			n.show(at)
		}
		budget--
		p.any = len(p.before) == 0
		found, err := p.try(n, networks)
		p.any = false
		if err != nil {
			return err
		}
		if len(found) == 0 && !(n.enough && p.gap(n) >= 0) {
			n.hidden = slices.DeleteFunc(n.hidden, func(o int) bool { return slices.Contains(list, o) })
			return nil
		}
		for _, at := range list {
			n.hide(at)
		}
		if len(list) == 1 {
			return nil
		}
		half := (len(list) + 1) / 2
		if err := again(list[:half]); err != nil {
			return err
		}
		return again(list[half:])
	}
	return again(list)
}

func (p *protector) try(n *hunt, d depth) ([]Found, error) {
	p.depth = d
	defer func() { p.depth = thorough }()
	found, err := n.attack()
	return p.news(found), err
}

// unitWorth is how many times as much it costs to hide a figure of a whole unit,
// which has a page of its own, as one of a staff group within it.
const unitWorth = 8

// dearer compares what it costs to hide two cells: the people in them, more
// where they are a whole unit or a whole staff group; of two alike the part is
// cheaper than the whole, and the whole organisation is the dearest.
func (p *protector) dearer(a, b int) int {
	if (a == 0) != (b == 0) {
		return btoi(a == 0) - btoi(b == 0)
	}
	return cmp.Or(cmp.Compare(p.worth(a), p.worth(b)), cmp.Compare(b, a))
}

func (p *protector) worth(at int) int {
	n := p.cube.Lattice.columns()
	if at%n == 0 || at < n {
		return unitWorth * p.cube.cells[at].people
	}
	return p.cube.cells[at].people
}

// remedy hides one figure more for each quantity found, but no two for the
// same reason at a time. It says whether it hid any.
func (p *protector) remedy(found []Found, n *hunt) bool {
	moved := false
	touched := map[int]bool{}
	seen := map[Found]bool{}
	known := map[int]bool{}
	for _, f := range found {
		if !f.Rest && f.Wave == p.cube.Wave {
			known[p.cube.Lattice.place(f.Cell)] = true
		}
	}
	for _, f := range found {
		one := Found{Wave: f.Wave, Cell: f.Cell, Rest: f.Rest, What: f.What}
		if seen[one] {
			continue
		}
		seen[one] = true
		at := p.cube.Lattice.place(f.Cell)
		if at >= 0 && !f.Rest && n.shown(at) {
			// It is what this release adds to another that gives it away.
			p.take(at, n, touched)
			moved = true
			continue
		}
		if !f.Rest && p.follows(at, known, n) {
			continue
		}
		list := p.reasons(at, f.Rest, n)
		if slices.ContainsFunc(list, func(i int) bool { return touched[i] }) {
			continue
		}
		if best := p.cheapest(list, at, n); best >= 0 {
			p.take(best, n, touched)
			moved = true
		}
	}
	return moved
}

// follows says whether a hidden whole of the cell is found too: then the cell
// is most often known because the whole is, and mended with it.
func (p *protector) follows(at int, known map[int]bool, n *hunt) bool {
	if at < 0 {
		return false
	}
	for _, i := range p.of[at] {
		if m := p.sums[i]; m.whole != at && known[m.whole] && !n.shown(m.whole) {
			return true
		}
	}
	return false
}

func (p *protector) take(at int, n *hunt, touched map[int]bool) {
	n.hide(at)
	n.hidden = append(n.hidden, at)
	for _, i := range p.of[at] {
		touched[i] = true
	}
}

// reasons are the sums that may give a cell away: those of which all else is
// shown, or any that it is in.
func (p *protector) reasons(at int, rest bool, n *hunt) []int {
	if at < 0 {
		return nil
	}
	var all, alone []int
	for _, i := range p.of[at] {
		m := p.sums[i]
		hidden, shown := 0, 0
		for _, c := range append([]int{m.whole}, m.parts...) {
			if n.shown(c) {
				shown++
			} else {
				hidden++
			}
		}
		switch {
		case rest && (m.whole != at || hidden < 2 || shown < 2):
		case hidden == 1:
			alone = append(alone, i)
		case shown > 0:
			all = append(all, i)
		}
	}
	if len(alone) > 0 {
		return alone
	}
	return all
}

// cheapest is the cheapest cell shown in some sums, or if none is shown there,
// anywhere; -1 if nothing is shown at all.
func (p *protector) cheapest(sums []int, not int, n *hunt) int {
	best := -1
	consider := func(c int) {
		if c != not && n.shown(c) && (best < 0 || p.dearer(c, best) < 0) {
			best = c
		}
	}
	for _, i := range sums {
		for _, c := range p.sums[i].parts {
			consider(c)
		}
		consider(p.sums[i].whole)
	}
	if best >= 0 {
		return best
	}
	for c := range p.cube.cells {
		consider(c)
	}
	return best
}

// close hides cells until no shown whole leaves over too few people when its
// shown parts are taken away. Their answers would be known, however well the
// rounding of bases hides how many they are; hiding a cell for all questions
// costs less than another for each.
func (p *protector) close(n *hunt) {
	for i := p.gap(n); i >= 0; i = p.gap(n) {
		best := p.cheapest([]int{i}, -1, n)
		if best < 0 {
			return
		}
		n.hide(best)
		n.hidden = append(n.hidden, best)
	}
}

// gap is the first sum whose shown whole leaves over too few people; -1 if
// there is none.
func (p *protector) gap(n *hunt) int {
	least := p.release.Rules.Minimum
	return slices.IndexFunc(p.sums, func(m sum) bool {
		if !n.shown(m.whole) {
			return false
		}
		left, hidden := 0, 0
		for _, c := range m.parts {
			if !n.shown(c) {
				left, hidden = left+p.cube.cells[c].people, hidden+1
			}
		}
		return hidden > 0 && hidden < len(m.parts) && left < least && !p.nobody(m, n)
	})
}

// nobody says whether it is public that there is nobody in any hidden part.
func (p *protector) nobody(m sum, n *hunt) bool {
	for _, c := range m.parts {
		if !n.shown(c) && p.table.eligible[p.table.index[p.cube.Lattice.cell(c)]].top > 0 {
			return false
		}
	}
	return true
}
