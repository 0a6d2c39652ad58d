package disclose

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Attack tries to recover what releases hide, from all of them together and
// from what else is known. It returns every hidden quantity that it knows too
// well, and how hard it tried. The error is of releases that do not hold
// together, or whose figures no table can have.
func Attack(released []Release, public Knowledge) ([]Found, Effort, error) {
	a := newAttacker(nil)
	list, err := worlds(released, public)
	if err != nil {
		return nil, Effort{}, err
	}
	var found []Found
	for _, w := range list {
		f, err := a.attack(w)
		if err != nil {
			return nil, a.effort, err
		}
		found = append(found, f...)
	}
	return found, a.effort, nil
}

// attacker keeps what it has worked out, and counts what it tried.
type attacker struct {
	effort Effort
	floors map[*Figures]int
	// truth gives the respondents of a cell, if this is the house's own
	// attacker: then every leftover of too few people is attacked, not only
	// those that can be told to be of too few.
	truth func(wave string, c Cell) (int, bool)
	depth depth
	any   bool // whether anything is found is all that is asked
	kept  *kept
}

// kept is what attacks on one question leave for the next, while its figures are
// hidden one by one: its rows, and flows, for what was seen to be open while
// more was shown still is.
type kept struct {
	flows map[layer]*flow
	grids map[*world]*grid
}

// depth is how much is tried.
type depth int

const (
	thorough depth = iota // everything
	networks              // no linear programmes
	bounds                // carry bounds along and no more
)

func newAttacker(truth func(string, Cell) (int, bool)) *attacker {
	return &attacker{floors: map[*Figures]int{}, truth: truth}
}

func (a *attacker) attack(w *world) ([]Found, error) {
	people, found, err := a.people(w)
	if err != nil {
		return nil, err
	}
	questions, scores := w.questions(), w.scores()
	list := make([][]Found, len(questions)+len(scores))
	err = a.each(len(list), func(a *attacker, i int) (err error) {
		if i < len(questions) {
			list[i], err = a.question(w, people, questions[i])
		} else {
			list[i], err = a.score(w, people, scores[i-len(questions)])
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, f := range list {
		found = append(found, f...)
	}
	f, err := a.within(w, people)
	return append(found, f...), err
}

// each does things that have nothing to do with each other, as many at a time
// as there are processors, each with an attacker of its own. It returns the
// error of the first that has one.
func (a *attacker) each(n int, do func(a *attacker, i int) error) error {
	hands := max(1, min(n, runtime.GOMAXPROCS(0)))
	errs := make([]error, n)
	own := make([]*attacker, hands)
	var next atomic.Int64
	var wait sync.WaitGroup
	for h := range own {
		own[h] = &attacker{floors: map[*Figures]int{}, truth: a.truth, depth: a.depth}
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				errs[i] = do(own[h], i)
			}
		})
	}
	wait.Wait()
	for _, o := range own {
		a.effort.add(o.effort)
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *Effort) add(o Effort) {
	e.Quantities, e.Bounded = e.Quantities+o.Quantities, e.Bounded+o.Bounded
	e.Programmes, e.Pivots = e.Programmes+o.Programmes, e.Pivots+o.Pivots
	e.Networks, e.Paths = e.Networks+o.Networks, e.Paths+o.Paths
}

// rules are those of the strictest release of a wave, as far as widths go.
func (t *table) rules() Rules {
	r := t.releases[0].Rules
	for _, o := range t.releases[1:] {
		r.Minimum, r.Few, r.Step = max(r.Minimum, o.Rules.Minimum), max(r.Few, o.Rules.Few), max(r.Step, o.Rules.Step)
	}
	return r
}

func (w *world) questions() []string {
	var ids []string
	for _, t := range w.tables {
		for _, r := range t.releases {
			for _, q := range r.Questions {
				if !slices.Contains(ids, q.ID) {
					ids = append(ids, q.ID)
				}
			}
		}
	}
	return ids
}

func (w *world) scores() []string {
	var ids []string
	for _, t := range w.tables {
		for _, r := range t.releases {
			for _, s := range r.Scores {
				if !s.Groups && !slices.Contains(ids, s.ID) {
					ids = append(ids, s.ID)
				}
			}
		}
	}
	return ids
}

// target is a sum of quantities that must stay open by some width.
type target struct {
	terms  []term
	width  float64
	found  *Found // what it is about, together with these
	option int
	side   string
}

// people attacks how many answered. It returns what it knows of every cell for
// the attacks that follow.
//
// Where the register's numbers cannot be true of the figures, because people
// counted themselves to another team than the register does, they are dropped.
func (a *attacker) people(w *world) (*system, []Found, error) {
	for again := false; ; again = true {
		s, err := a.peopleSystem(w)
		var found []Found
		if err == nil {
			found, err = a.solve(s, a.peopleTargets(w, s), nil)
		}
		if errors.Is(err, errContradiction) && !again {
			for _, t := range w.tables {
				t.forget()
			}
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("wave %s: the bases: %w", w.tables[0].wave, err)
		}
		return s, found, nil
	}
}

// crowd is more people than any organisation has.
const crowd = 10_000_000

func (a *attacker) peopleSystem(w *world) (*system, error) {
	s := &system{whole: true}
	for _, t := range w.tables {
		if t.network != nil {
			s.layers = append(s.layers, layer{t.network, t.offset})
		}
		for c := range t.cells {
			q := s.quantity(0, float64(min(t.eligible[c].top, crowd)))
			if n, ok := t.answered[c]; ok {
				s.narrow(q, float64(n), float64(n))
			}
			for i, f := range t.figures[c] {
				if f == nil {
					continue
				}
				r := t.releases[i]
				low, top, ok := r.Rules.bases(f.Base, r.Rules.Minimum)
				if !ok {
					return nil, errContradiction
				}
				s.narrow(q, float64(max(low, a.floor(r, f))), float64(top))
			}
		}
		for _, m := range t.sums {
			s.between(0, 0, m.terms(t.offset)...)
		}
	}
	return s, s.carry()
}

// floor is the fewest people that the figures of a cell can be of.
func (a *attacker) floor(r *Release, f *Figures) int {
	if n, ok := a.floors[f]; ok {
		return n
	}
	n := 0
	for i, s := range f.Questions {
		if s == nil {
			continue
		}
		if base, _, ok := r.Rules.answers(r.Questions[i], *s, crowd); ok {
			n = max(n, base.low)
		}
	}
	for i, m := range f.Scores {
		if m == nil || r.Scores[i].Groups {
			continue
		}
		if low, _, ok := r.Rules.bases(m.Base, r.Rules.Scores); ok {
			n = max(n, low)
		}
	}
	a.floors[f] = n
	return n
}

func (t *table) shown(c int) bool {
	return slices.ContainsFunc(t.figures[c], func(f *Figures) bool { return f != nil })
}

// room is how many of a cell might have answered, as far as the register says.
func (t *table) room(c int) float64 { return float64(min(t.eligible[c].top, crowd)) }

func (a *attacker) peopleTargets(w *world, s *system) []target {
	var list []target
	for _, t := range w.tables {
		width := float64(t.rules().Step)
		for c := range t.cells {
			if t.shown(c) || s.low[t.offset+c] >= float64(t.rules().Minimum) {
				continue // shown, or known to be large enough to be shown
			}
			list = append(list, target{
				terms: []term{{t.offset + c, 1}}, width: min(width, t.room(c)),
				found: &Found{Wave: t.wave, Cell: t.cells[c], What: "people"},
			})
		}
		for _, rest := range a.leftovers(t, s, t.shown) {
			list = append(list, target{
				terms: rest.terms(t.offset), width: min(width, rest.room),
				found: &Found{Wave: t.wave, Cell: t.cells[rest.whole], What: "people", Rest: true},
			})
		}
	}
	return list
}

// leftover is what remains of a shown whole when its shown parts are taken away.
type leftover struct {
	whole int
	parts []int
	room  float64
}

func (l leftover) terms(offset int) []term {
	list := make([]term, len(l.parts))
	for i, p := range l.parts {
		list[i] = term{offset + p, 1}
	}
	return list
}

// leftovers are those of too few people, of two parts or more: one part alone
// is attacked as a cell.
func (a *attacker) leftovers(t *table, people *system, shown func(cell int) bool) []leftover {
	var list []leftover
	for _, m := range t.sums {
		if !shown(m.whole) {
			continue
		}
		rest := leftover{whole: m.whole}
		answered, sure := 0, a.truth != nil
		top := people.top[t.offset+m.whole]
		for _, p := range m.parts {
			if shown(p) {
				top -= people.low[t.offset+p]
				continue
			}
			rest.parts = append(rest.parts, p)
			rest.room += t.room(p)
			if sure {
				n, ok := a.truth(t.wave, t.cells[p])
				answered, sure = answered+n, ok
			}
		}
		if len(rest.parts) < 2 || len(rest.parts) == len(m.parts) {
			continue
		}
		if sure && answered < t.rules().Minimum || top < float64(t.rules().Minimum) {
			list = append(list, rest)
		}
	}
	return list
}

// solve finds out which targets are known too well. Rows numbered in apart join
// what would otherwise be one network for each option: they are left out of
// programmes that are too large with them.
func (a *attacker) solve(s *system, targets []target, apart map[int]bool) ([]Found, error) {
	var found []Found
	// What is already known by carrying bounds needs no programme.
	var still []*target
	for i := range targets {
		t := &targets[i]
		a.effort.Quantities++
		if t.width < tiny {
			continue
		}
		low, top := 0.0, 0.0
		for _, m := range t.terms {
			p, q := s.span(m)
			low, top = low+p, top+q
		}
		if top-low < t.width-tiny {
			found = append(found, t.known(low, top))
		} else {
			still = append(still, t)
		}
	}
	if len(still) == 0 || a.depth == bounds || a.any && len(found) > 0 {
		return found, nil
	}
	still, told, err := a.flows(s, still, len(apart) > 0)
	if err != nil {
		return nil, err
	}
	found = append(found, told...)
	if len(still) == 0 || a.depth == networks {
		return found, nil
	}
	f, err := a.programmes(s, still, apart)
	return append(found, f...), err
}

// flows settles targets in layers, whose ends are exact there. Where layers are
// joined, as the options of a question are, they say less than a programme of
// all of them: those that are small enough for one are left to it, unless this
// is to be quick.
func (a *attacker) flows(s *system, targets []*target, joined bool) (left []*target, found []Found, err error) {
	small := func(*target) bool { return false }
	if joined && a.depth == thorough {
		rows := map[int]int{} // by quantity: the rows of its part
		for _, p := range s.parts(func(int) bool { return true }) {
			for _, q := range p.quantities {
				rows[q] = len(p.rows)
			}
		}
		small = func(t *target) bool {
			for _, m := range t.terms {
				if n, open := rows[m.of]; open {
					return n <= jointRows
				}
			}
			return false
		}
	}
	of := make([][]*target, len(s.layers))
	for _, t := range targets {
		if l := s.layer(t); l >= 0 && !small(t) {
			of[l] = append(of[l], t)
		} else {
			left = append(left, t)
		}
	}
	for l, list := range of {
		if len(list) == 0 {
			continue
		}
		var before *flow
		if a.kept != nil {
			before = a.kept.flows[s.layers[l]]
		}
		f, parts, err := s.flow(s.layers[l], before)
		if errors.Is(err, errHard) {
			a.effort.Networks++
			a.effort.Bounded += len(list)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		if a.kept != nil {
			a.kept.flows[s.layers[l]] = f
		}
		a.effort.Networks++
		pushes := f.pushes
		for _, t := range list {
			arcs := make([]int, len(t.terms))
			for i, m := range t.terms {
				arcs[i] = m.of - s.layers[l].first
			}
			low, top, open, ok := f.ends(arcs, int64(math.Ceil((t.width-tiny)*parts)))
			switch {
			case !ok:
				a.effort.Bounded++
			case !open:
				found = append(found, t.known(float64(low)/parts, float64(top)/parts))
				if a.any {
					return nil, found, nil
				}
			}
		}
		a.effort.Paths += f.pushes - pushes
	}
	return left, found, nil
}

// programmes settles targets by linear programmes, part by part.
func (a *attacker) programmes(s *system, still []*target, apart map[int]bool) ([]Found, error) {
	var found []Found
	all := s.parts(func(int) bool { return true })
	owner, loose := make(map[int]int), false
	for i, p := range all {
		for _, q := range p.quantities {
			owner[q] = i
		}
		loose = loose || len(p.rows) > jointRows
	}
	pieces := all
	if loose && len(apart) > 0 {
		pieces = slices.DeleteFunc(slices.Clone(all), func(p part) bool { return len(p.rows) > jointRows })
		for _, p := range s.parts(func(r int) bool { return !apart[r] }) {
			if len(all[owner[p.quantities[0]]].rows) > jointRows {
				pieces = append(pieces, p)
			}
		}
	}
	of := map[int]int{}
	for i, p := range pieces {
		for _, q := range p.quantities {
			of[q] = i
		}
	}
	by := make([][]*target, len(pieces))
	for _, t := range still {
		if i, ok := t.piece(s, of); ok {
			by[i] = append(by[i], t)
		}
	}
	work := 0
	for i, list := range by {
		if work > mostOfAll {
			a.effort.Bounded += len(list)
			continue
		}
		before := a.effort.Pivots
		f, err := a.programme(s, pieces[i], list)
		m := len(pieces[i].rows)
		work += (a.effort.Pivots - before) * (m*m/4 + 3*len(pieces[i].quantities))
		if err != nil {
			return nil, err
		}
		found = append(found, f...)
	}
	return found, nil
}

// piece is where the open quantities of a target are; those of a leftover
// share a row, so they are together.
func (t *target) piece(s *system, of map[int]int) (int, bool) {
	for _, m := range t.terms {
		if !s.known(m.of) {
			i, ok := of[m.of]
			return i, ok
		}
	}
	return 0, false
}

func (t *target) known(low, top float64) Found {
	f := *t.found
	f.Option, f.Side = t.option, t.side
	f.Low, f.High, f.Width = tidy(low), tidy(top), t.width
	return f
}

// tidy keeps dust of floating point out of what is printed.
func tidy(v float64) float64 { return math.Round(v*1e6) / 1e6 }
