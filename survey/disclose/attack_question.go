package disclose

import (
	"errors"
	"fmt"
	"math"
)

// ask finds a question in a release.
func (r *Release) ask(id string) int {
	for i, q := range r.Questions {
		if q.ID == id {
			return i
		}
	}
	return -1
}

// share is what a release shows of a question in a cell.
func share(f *Figures, q int) *Share {
	if f == nil || q < 0 {
		return nil
	}
	return f.Questions[q]
}

// options is how many options a question has; 0 if no release of the world
// asks it, -1 if waves disagree, which makes them two questions.
func (w *world) options(id string) int {
	n := 0
	for _, t := range w.tables {
		for _, r := range t.releases {
			q := r.ask(id)
			switch {
			case q < 0:
			case n == 0:
				n = len(r.Questions[q].Options)
			case n != len(r.Questions[q].Options):
				return -1
			}
		}
	}
	return n
}

func (t *table) asks(id string) []int {
	list := make([]int, len(t.releases))
	for i, r := range t.releases {
		list[i] = r.ask(id)
	}
	return list
}

// question attacks the answers to one question: each wave by itself, and then,
// if it is known who moved between waves, taking it that whoever stayed answered
// alike. If no tables can be like that, people did change their minds, and the
// waves say nothing about each other.
func (a *attacker) question(w *world, people *system, id string) ([]Found, error) {
	n := w.options(id)
	if n < 0 {
		return a.apart(w, people, id)
	}
	var list []Found
	var apart []float64
	for _, linked := range []bool{false, true} {
		if linked && len(w.links) == 0 {
			continue
		}
		g := a.grid(w, people, id, n, linked)
		g.apart = apart
		err := g.build()
		apart = g.top
		var found []Found
		if err == nil {
			found, err = a.solve(&g.system, g.targets(a), g.joins)
		}
		if errors.Is(err, errContradiction) && linked {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("wave %s: question %s: %w", w.tables[0].wave, id, err)
		}
		list = append(list, found...)
	}
	return list, nil
}

// grid is the system of a question, which is kept if waves are not linked.
func (a *attacker) grid(w *world, people *system, id string, options int, linked bool) *grid {
	g := &grid{w: w, id: id, options: options, linked: linked}
	if a.kept != nil && !linked {
		if before := a.kept.grids[w]; before != nil {
			g = before
		}
		a.kept.grids[w] = g
	}
	g.people = people
	return g
}

// apart attacks each wave by itself.
func (a *attacker) apart(w *world, people *system, id string) ([]Found, error) {
	before := a.kept
	a.kept = nil
	defer func() { a.kept = before }()
	var list []Found
	for _, t := range w.tables {
		alone := *t
		alone.offset = 0
		one := &world{tables: []*table{&alone}, size: len(t.cells)}
		if one.options(id) < 0 {
			return nil, fmt.Errorf("wave %s: question %s has other options in another release of the wave", t.wave, id)
		}
		here := &system{
			whole: true,
			low:   people.low[t.offset : t.offset+len(t.cells)], top: people.top[t.offset : t.offset+len(t.cells)],
		}
		f, err := a.question(one, here, id)
		if err != nil {
			return nil, err
		}
		list = append(list, f...)
	}
	return list, nil
}

// grid is the system of one question: for each cell how many answered it, how
// many gave each option, and how many were on either side; then answers and
// options of those who left and joined.
type grid struct {
	system
	w       *world
	people  *system
	id      string
	options int
	linked  bool
	joins   map[int]bool // the rows that join options
	kept    []int        // the links that can be true
	apart   []float64    // the upper bounds that each wave gives by itself
}

// of is a quantity of a cell; option 0 is how many answered.
func (g *grid) of(option, cell int) int { return option*g.w.size + cell }

// side is how many of a cell were on a side.
func (g *grid) side(side, cell int) int { return (g.options+1+side)*g.w.size + cell }

// moved is a quantity of a link: side 0 left, side 1 joined.
func (g *grid) moved(link, side, option int) int {
	return (g.options+3)*g.w.size + (link*2+side)*(g.options+1) + option
}

func (g *grid) build() error {
	g.whole = true
	g.low, g.top = make([]float64, 0, len(g.low)), make([]float64, 0, len(g.low))
	for range g.options + 3 {
		for c := range g.w.size {
			g.quantity(0, g.people.top[c])
		}
	}
	if g.joins == nil {
		g.joins = map[int]bool{}
		for _, t := range g.w.tables {
			g.table(t)
		}
	}
	for _, t := range g.w.tables {
		if err := g.figures(t); err != nil {
			return err
		}
	}
	if g.linked {
		g.links()
	}
	return g.carry()
}

// table adds the rows of a table.
func (g *grid) table(t *table) {
	question, asked := t.question(t.asks(g.id))
	if !asked {
		return
	}
	var sides [2][]int // options, from 1: those that are not favourable, those that are
	for o, opt := range question.Options {
		sides[btoi(opt.Positive)] = append(sides[btoi(opt.Positive)], o+1)
	}
	for c := range t.cells {
		cell := t.offset + c
		for side, options := range sides {
			list := []term{{g.side(side, cell), -1}}
			for _, o := range options {
				list = append(list, term{g.of(o, cell), 1})
			}
			g.joins[len(g.rows)] = true
			g.between(0, 0, list...)
		}
		list := make([]term, 0, g.options+1)
		for o := 1; o <= g.options; o++ {
			list = append(list, term{g.of(o, cell), 1})
		}
		g.joins[len(g.rows)] = true
		g.between(0, 0, append(list, term{g.of(0, cell), -1})...)
	}
	for o := range g.options + 3 {
		if t.network != nil && !g.linked {
			g.layers = append(g.layers, layer{t.network, g.of(o, t.offset)})
		}
		for _, m := range t.sums {
			g.between(0, 0, m.terms(g.of(o, t.offset))...)
		}
	}
}

// figures narrows the quantities of a table by what is shown of them.
func (g *grid) figures(t *table) error {
	asks := t.asks(g.id)
	_, asked := t.question(asks)
	for c := range t.cells {
		cell := t.offset + c
		if !asked {
			for o := range g.options + 3 {
				g.narrow(g.of(o, cell), 0, 0)
			}
			continue
		}
		for i, f := range t.figures[c] {
			s := share(f, asks[i])
			if s == nil {
				continue
			}
			r := t.releases[i]
			base, counts, ok := r.Rules.answers(r.Questions[asks[i]], *s, int(g.people.top[cell]))
			if !ok {
				return errContradiction
			}
			g.narrow(g.of(0, cell), float64(base.low), float64(base.top))
			for o, k := range counts {
				g.narrow(g.of(o+1, cell), float64(k.low), float64(k.top))
			}
		}
	}
	return nil
}

// links joins waves where that can be true cell by cell.
func (g *grid) links() {
	for range g.w.links {
		for range 2 * (g.options + 1) {
			g.quantity(0, 0)
		}
	}
	for i, l := range g.w.links {
		if !g.couldBe(l) {
			continue
		}
		g.kept = append(g.kept, i)
		for side, n := range []int{l.left, l.joined} {
			list := make([]term, 0, g.options+1)
			for o := 0; o <= g.options; o++ {
				g.top[g.moved(i, side, o)] = float64(n)
				if o > 0 {
					list = append(list, term{g.moved(i, side, o), 1})
				}
			}
			g.joins[len(g.rows)] = true
			g.between(0, 0, append(list, term{g.moved(i, side, 0), -1})...)
		}
		for o := 0; o <= g.options; o++ {
			g.between(0, 0, term{g.of(o, l.from), 1}, term{g.of(o, l.to), -1}, term{g.moved(i, 0, o), -1}, term{g.moved(i, 1, o), 1})
		}
	}
	for _, m := range movedSums(g.w, g.kept) {
		for o := 0; o <= g.options; o++ {
			list := make([]term, 0, len(m.parts)+1)
			for _, p := range m.parts {
				list = append(list, term{g.moved(p, m.side, o), 1})
			}
			g.between(0, m.over, append(list, term{g.moved(m.whole, m.side, o), -1})...)
		}
	}
}

// couldBe says whether the difference of two waves can be those who moved.
func (g *grid) couldBe(l link) bool {
	for o := 0; o <= g.options; o++ {
		a, b := g.of(o, l.from), g.of(o, l.to)
		if g.top[a]-g.low[b] < -float64(l.joined) || g.low[a]-g.top[b] > float64(l.left) {
			return false
		}
	}
	return true
}

// movedSum says that those who left (or joined) the parts are those who left
// the whole and up to so many over, who only went from one part to another.
type movedSum struct {
	side, whole int
	parts       []int
	over        float64
}

func movedSums(w *world, kept []int) []movedSum {
	at := map[[2]int]int{} // by cells: the link
	for _, i := range kept {
		at[[2]int{w.links[i].from, w.links[i].to}] = i
	}
	wholes := map[int][]sum{} // by cell
	for _, t := range w.tables {
		for _, m := range t.sums {
			wholes[t.offset+m.whole] = append(wholes[t.offset+m.whole], m)
		}
	}
	var list []movedSum
	for _, i := range kept {
		l := w.links[i]
		t := w.tables[l.b]
		for _, m := range wholes[l.to] {
			for side := range 2 {
				s := movedSum{side: side, whole: i}
				left := 0
				for _, p := range m.parts {
					from, ok := w.tables[l.a].index[t.cells[p]]
					j, linked := at[[2]int{w.tables[l.a].offset + from, t.offset + p}]
					if !ok || !linked {
						s.parts = nil
						break
					}
					s.parts = append(s.parts, j)
					left += w.links[j].count(side)
				}
				if len(s.parts) == len(m.parts) && len(s.parts) > 0 {
					s.over = math.Max(0, float64(left-l.count(side)))
					list = append(list, s)
				}
			}
		}
	}
	return list
}

func (l link) count(side int) int {
	if side == 0 {
		return l.left
	}
	return l.joined
}
