package disclose

import (
	"math"
	"slices"
)

// secrets are what must stay open of the answers to a hidden question: by more
// than few how many are on either side, and by one at least how many gave each
// answer. No more than the room is asked for, which is how many people there
// can be, and nothing of an answer that as far as may be known nobody gave:
// most is how many could have given it by figures of groups that are large
// enough to be shown.
func (r Rules) secrets(q Question, about *Found, room float64, answered func(option int) []term, of func(side int) []term, most func(option int) float64) []target {
	list := make([]target, 0, len(q.Options)+2)
	for o := range q.Options {
		list = append(list, target{terms: answered(o), width: min(1, room, most(o)), found: about, option: o + 1})
	}
	if q.sided() {
		for side, name := range []string{Otherwise, Favourable} {
			list = append(list, target{terms: of(side), width: min(float64(r.Few+1), room), found: about, side: name})
		}
	}
	return list
}

// sided says whether the question has a good side and another.
func (q Question) sided() bool {
	good := 0
	for _, o := range q.Options {
		good += btoi(o.Positive)
	}
	return good > 0 && good < len(q.Options)
}

// side is the sum of the options that are not favourable, or of those that are.
func (q Question) side(side int, options []int) []term {
	var list []term
	for o, opt := range q.Options {
		if btoi(opt.Positive) == side {
			list = append(list, term{options[o], 1})
		}
	}
	return list
}

// targets are the secrets of every hidden cell, of every leftover of too few,
// and the answers of too few who moved.
func (g *grid) targets(a *attacker) []target {
	var list []target
	most := map[*table][][]float64{}
	for _, t := range g.w.tables {
		most[t] = g.most(a, t, t.showing(g.id))
	}
	g.acrossLinks(most)
	for _, t := range g.w.tables {
		q, ok := t.question(t.asks(g.id))
		if !ok {
			continue
		}
		rules, shown := t.rules(), t.showing(g.id)
		other := func(c int) bool {
			return g.linked && g.w.elsewhere(t, c, func(t *table, c int) bool { return t.showing(g.id)(c) })
		}
		for c := range t.cells {
			if shown(c) || other(c) || g.harmless(q, t, c) {
				continue
			}
			about := &Found{Wave: t.wave, Cell: t.cells[c], What: "answers", Question: g.id}
			list = append(list, rules.secrets(q, about, t.room(c),
				func(o int) []term { return g.alone(g.of(o+1, t.offset+c)) },
				func(side int) []term { return g.alone(g.side(side, t.offset+c)) },
				func(o int) float64 { return most[t][o][c] })...)
		}
		for _, rest := range a.leftovers(t, g.people, shown) {
			if slices.ContainsFunc(rest.parts, other) {
				continue
			}
			about := &Found{Wave: t.wave, Cell: t.cells[rest.whole], What: "answers", Question: g.id, Rest: true}
			list = append(list, rules.secrets(q, about, rest.room,
				func(o int) []term { return rest.terms(g.of(o+1, t.offset)) },
				func(side int) []term { return rest.terms(g.side(side, t.offset)) },
				func(o int) float64 { return g.top[g.of(o+1, t.offset+rest.whole)] })...)
		}
	}
	return append(list, g.movers()...)
}

// showing says of cells whether a question is shown there.
func (t *table) showing(id string) func(c int) bool {
	asks := t.asks(id)
	return func(c int) bool {
		for i, f := range t.figures[c] {
			if share(f, asks[i]) != nil {
				return true
			}
		}
		return false
	}
}

// acrossLinks carries what one wave says of how many could have given an answer
// to the waves that it is linked to.
func (g *grid) acrossLinks(most map[*table][][]float64) {
	for _, i := range g.kept {
		l := g.w.links[i]
		a, b := g.w.tables[l.a], g.w.tables[l.b]
		for o := range g.options {
			x, y := &most[a][o][l.from-a.offset], &most[b][o][l.to-b.offset]
			*y = min(*y, *x+float64(l.joined))
			*x = min(*x, *y+float64(l.left))
		}
	}
}

func (t *table) question(asks []int) (Question, bool) {
	for i, q := range asks {
		if q >= 0 {
			return t.releases[i].Questions[q], true
		}
	}
	return Question{}, false
}

// harmless says whether a hidden cell is known to be one that might as well be
// shown: large enough, and with more than few on either side. It is hidden for
// another's sake, and nothing is lost if it is known.
func (g *grid) harmless(q Question, t *table, c int) bool {
	rules := t.rules()
	if g.low[g.of(0, t.offset+c)] < float64(rules.Minimum) || !q.sided() {
		return false
	}
	few := float64(rules.Few)
	return g.low[g.side(0, t.offset+c)] > few && g.low[g.side(1, t.offset+c)] > few
}

// most is, by option and cell, how many could have given the answer by the
// figures of the smallest group around the cell that is large enough to be
// shown: a shown whole less its shown parts, or what is known in the same way
// of a hidden whole.
func (g *grid) most(a *attacker, t *table, shown func(int) bool) [][]float64 {
	most := make([][]float64, g.options)
	for o := range most {
		most[o] = make([]float64, len(t.cells))
		for c := range most[o] {
			most[o][c] = t.room(c)
		}
	}
	for range 3 {
		for _, m := range t.sums {
			if shown(m.whole) && !a.enough(t, g.people, m, shown) {
				continue
			}
			for o := range g.options {
				top := most[o][m.whole]
				if shown(m.whole) {
					top = g.top[g.of(o+1, t.offset+m.whole)]
					for _, p := range m.parts {
						if shown(p) {
							top -= g.low[g.of(o+1, t.offset+p)]
						}
					}
				}
				for _, p := range m.parts {
					if !shown(p) {
						most[o][p] = min(most[o][p], math.Max(0, top))
					}
				}
			}
		}
	}
	return most
}

// enough says whether those hidden of a shown whole are enough to be shown
// together.
func (a *attacker) enough(t *table, people *system, m sum, shown func(int) bool) bool {
	answered, top := 0, people.top[t.offset+m.whole]
	for _, p := range m.parts {
		if shown(p) {
			top -= people.low[t.offset+p]
			continue
		}
		if a.truth != nil {
			if n, ok := a.truth(t.wave, t.cells[p]); ok {
				answered += n
				continue
			}
		}
		answered += int(people.top[t.offset+p])
	}
	least := t.rules().Minimum
	return answered >= least && top >= float64(least)
}

// movers are the answers of those who left and joined, where they are too few.
// An answer that nobody in the cell gave, nobody who left it gave: that the
// figures of one wave say by themselves.
func (g *grid) movers() []target {
	var list []target
	most := g.mostMoved()
	for _, i := range g.kept {
		l := g.w.links[i]
		rules := g.w.tables[l.b].rules()
		for side, what := range []string{"left", "joined"} {
			n := l.count(side)
			if n == 0 || n >= rules.Minimum {
				continue
			}
			for o := 1; o <= g.options; o++ {
				list = append(list, target{
					terms: []term{{g.moved(i, side, o), 1}},
					width: min(float64(rules.Few+1), most[g.moved(i, side, o)]),
					found: &Found{Wave: l.wave, Cell: l.cell, What: what, Question: g.id}, option: o,
				})
			}
		}
	}
	return list
}

// mostMoved is how many of those who moved could have given each answer, by
// what each wave says by itself.
func (g *grid) mostMoved() map[int]float64 {
	most := map[int]float64{}
	for _, i := range g.kept {
		l := g.w.links[i]
		for side, cell := range []int{l.from, l.to} {
			for o := 1; o <= g.options; o++ {
				most[g.moved(i, side, o)] = min(float64(l.count(side)), g.apart[g.of(o, cell)])
			}
		}
	}
	sums := movedSums(g.w, g.kept)
	for range 3 {
		for _, m := range sums {
			for o := 1; o <= g.options; o++ {
				all, whole := 0.0, g.moved(m.whole, m.side, o)
				for _, p := range m.parts {
					all += most[g.moved(p, m.side, o)]
				}
				most[whole] = min(most[whole], all)
				for _, p := range m.parts {
					part := g.moved(p, m.side, o)
					most[part] = min(most[part], most[whole]+m.over)
				}
			}
		}
	}
	return most
}
