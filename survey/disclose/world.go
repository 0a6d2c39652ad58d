package disclose

import (
	"fmt"
	"math"
)

// table is what is known of one wave: its cells and what adds up to what, from
// all its releases together.
type table struct {
	wave     string
	releases []*Release
	cells    []Cell
	index    map[Cell]int
	sums     []sum
	figures  [][]*Figures // by cell and release
	eligible []open       // by cell; top is math.MaxInt where there is no bound
	answered map[int]int  // by cell, where it is told exactly how many answered
	offset   int          // of its cells among those of the world
	network  *network     // nil if its releases are of several lattices
}

// link joins a cell in two waves: whoever stayed answered alike.
type link struct {
	from, to     int // cells of the world
	left, joined int
	cell         Cell
	wave         string // the later one
	a, b         int    // the tables
}

// world is waves whose tables have to be attacked together.
type world struct {
	tables []*table
	links  []link
	linked map[int][]int // by cell: the links from it or to it
	size   int           // cells
}

// worlds sorts releases into worlds: waves that share no answers and no known
// moves are attacked apart, since nothing joins them.
func worlds(released []Release, public Knowledge) ([]*world, error) {
	var tables []*table
	at := map[string]int{}
	for i := range released {
		r := &released[i]
		if err := r.Check(); err != nil {
			return nil, err
		}
		if _, ok := at[r.Wave]; !ok {
			at[r.Wave] = len(tables)
			tables = append(tables, &table{wave: r.Wave, index: map[Cell]int{}})
		}
		tables[at[r.Wave]].add(r)
	}
	root := make([]int, len(tables))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			i = root[i]
		}
		return i
	}
	for _, m := range public.Moves {
		a, ok := at[m.From]
		b, okay := at[m.To]
		if ok && okay {
			root[find(max(a, b))] = find(min(a, b))
		}
	}
	var list []*world
	by := map[int]*world{}
	for i, t := range tables {
		w := by[find(i)]
		if w == nil {
			w = &world{}
			by[find(i)] = w
			list = append(list, w)
		}
		t.offset = w.size
		w.size += len(t.cells)
		w.tables = append(w.tables, t)
		if err := t.count(public); err != nil {
			return nil, err
		}
	}
	for _, w := range list {
		w.link(public.Moves)
	}
	return list, nil
}

func (t *table) add(r *Release) {
	t.releases = append(t.releases, r)
	known := len(t.releases) > 1 && r.Lattice.equal(t.releases[0].Lattice)
	switch {
	case len(t.releases) == 1:
		t.network = newNetwork(r.Lattice)
	case !known:
		t.network = nil
	}
	place := make([]int, r.Lattice.size())
	for i := range place {
		c := r.Lattice.cell(i)
		at, ok := t.index[c]
		if !ok {
			at = len(t.cells)
			t.index[c] = at
			t.cells = append(t.cells, c)
			t.figures = append(t.figures, nil)
		}
		place[i] = at
		for len(t.figures[at]) < len(t.releases)-1 {
			t.figures[at] = append(t.figures[at], nil)
		}
		t.figures[at] = append(t.figures[at], r.Cells[i/r.Lattice.columns()][i%r.Lattice.columns()])
	}
	for i := range t.figures {
		for len(t.figures[i]) < len(t.releases) {
			t.figures[i] = append(t.figures[i], nil)
		}
	}
	if known {
		return // its sums are those of the first
	}
	for _, s := range r.Lattice.sums() {
		here := sum{whole: place[s.whole]}
		for _, p := range s.parts {
			here.parts = append(here.parts, place[p])
		}
		t.sums = append(t.sums, here)
	}
}

// count works out how many were eligible in each cell, as far as that is known.
func (t *table) count(public Knowledge) error {
	s := &system{whole: true}
	for range t.cells {
		s.quantity(0, math.Inf(1))
	}
	for _, e := range public.Eligible {
		if at, ok := t.index[e.Cell]; ok && e.Wave == t.wave {
			s.narrow(at, float64(e.People), float64(e.People))
		}
	}
	for _, m := range t.sums {
		s.between(0, 0, m.terms(0)...)
	}
	if err := s.carry(); err != nil {
		return fmt.Errorf("wave %s: the numbers of eligible people do not add up", t.wave)
	}
	t.eligible = make([]open, len(t.cells))
	for i := range t.cells {
		t.eligible[i] = open{int(s.low[i]), math.MaxInt}
		if !math.IsInf(s.top[i], 1) {
			t.eligible[i].top = int(s.top[i])
		}
	}
	t.answered = map[int]int{}
	for _, e := range public.Answered {
		if at, ok := t.index[e.Cell]; ok && e.Wave == t.wave {
			t.answered[at] = e.People
		}
	}
	t.limit(public.AtMost)
	return nil
}

// limit takes in how many can have answered in cells, and carries it from wholes to parts
// and back: no more answered in a part than in all of it, nor in all than in its parts.
func (t *table) limit(atMost []Eligible) {
	told := false
	for _, e := range atMost {
		if at, ok := t.index[e.Cell]; ok && e.Wave == t.wave {
			t.eligible[at].top, told = min(t.eligible[at].top, e.People), true
		}
	}
	for moved := told; moved; {
		moved = false
		for _, m := range t.sums {
			all := 0
			for _, p := range m.parts {
				if t.eligible[p].top > t.eligible[m.whole].top {
					t.eligible[p].top, moved = t.eligible[m.whole].top, true
				}
				all = min(all+min(t.eligible[p].top, crowd), crowd)
			}
			if all < crowd && all < t.eligible[m.whole].top {
				t.eligible[m.whole].top, moved = all, true
			}
		}
	}
}

// forget drops what is known of eligible people: they did not answer where the
// register has them.
func (t *table) forget() {
	t.answered = nil
	for i := range t.eligible {
		t.eligible[i] = open{0, math.MaxInt}
	}
}

// terms is the row of a sum: its parts less the whole, which is nought.
func (m sum) terms(offset int) []term {
	list := make([]term, 0, len(m.parts)+1)
	for _, p := range m.parts {
		list = append(list, term{offset + p, 1})
	}
	return append(list, term{offset + m.whole, -1})
}

func (w *world) link(moves []Move) {
	by := map[string]int{}
	for i, t := range w.tables {
		by[t.wave] = i
	}
	for _, m := range moves {
		a, ok := by[m.From]
		b, okay := by[m.To]
		if !ok || !okay || a == b {
			continue
		}
		from, in := w.tables[a].index[m.Cell]
		to, there := w.tables[b].index[m.Cell]
		if in && there {
			if w.linked == nil {
				w.linked = map[int][]int{}
			}
			for _, cell := range []int{w.tables[a].offset + from, w.tables[b].offset + to} {
				w.linked[cell] = append(w.linked[cell], len(w.links))
			}
			w.links = append(w.links, link{
				from: w.tables[a].offset + from, to: w.tables[b].offset + to,
				left: m.Left, joined: m.Joined, cell: m.Cell, wave: m.To, a: a, b: b,
			})
		}
	}
}

// elsewhere says whether a cell is shown in a wave that is linked to this one:
// if whoever stayed answered alike, what is shown there is no secret here. Those
// who moved are, and are attacked for themselves.
func (w *world) elsewhere(t *table, c int, shown func(t *table, c int) bool) bool {
	for _, i := range w.linked[t.offset+c] {
		l := w.links[i]
		switch t.offset + c {
		case l.from:
			if o := w.tables[l.b]; shown(o, l.to-o.offset) {
				return true
			}
		case l.to:
			if o := w.tables[l.a]; shown(o, l.from-o.offset) {
				return true
			}
		}
	}
	return false
}
