package disclose

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// tally is what a cell's figures say of a score: how many people have it, and
// the sum of it over the worst that it could be.
type tally struct {
	people   open
	low, top float64
}

func (r *Release) score(id string) int {
	return slices.IndexFunc(r.Scores, func(s Score) bool { return s.ID == id })
}

// half is how far a mean that is shown may be from the true one.
func (m Mean) half() float64 { return 0.5 * math.Pow10(-Decimals(m.Base)) }

// tallies works out, by score, what a cell's figures say of it, from the score
// itself if it is shown and from its parts.
//
// Of m parts a person who has the score left out some: the mean of the others
// stands for each, which is anything on the scale. One who has not got it may
// still have answered up to least-1 parts. So m times the sum of the score and
// the sum of its parts differ by no more than that.
func (r *Release) tallies(f *Figures, low, top int) []tally {
	list := make([]tally, len(r.Scores))
	done := make([]bool, len(r.Scores))
	var of func(i int)
	of = func(i int) {
		if done[i] {
			return
		}
		done[i] = true
		sc := r.Scores[i]
		span := sc.Best - sc.Worst
		t := tally{people: open{0, top}, top: span * float64(top)}
		var sumLow, sumTop float64
		missing, parts := 0, 0
		for _, id := range sc.Questions {
			l, h, answered := r.worth(f, r.ask(id), sc, top)
			sumLow, sumTop, missing, parts = sumLow+l, sumTop+h, missing+top-answered, parts+1
		}
		for _, id := range sc.Scores {
			j := r.score(id)
			of(j)
			sumLow, sumTop, parts = sumLow+list[j].low, sumTop+list[j].top, parts+1
			missing += top - list[j].people.low
		}
		least := max(1, sc.Least)
		if parts > 0 && least <= parts {
			t.people.low = max(0, low-missing/(parts-least+1))
		}
		if f != nil && f.Scores[i] != nil && !sc.Groups {
			m := *f.Scores[i]
			if a, b, ok := r.Rules.bases(m.Base, r.Rules.Scores); ok {
				t.people = open{max(t.people.low, a), min(t.people.top, b)}
			}
			t.low = max(t.low, (m.Mean-m.half()-sc.Worst)*float64(t.people.low))
			t.top = min(t.top, (m.Mean+m.half()-sc.Worst)*float64(t.people.top))
		}
		if parts > 0 {
			without := float64(top - t.people.low)
			t.low = max(t.low, (sumLow-span*float64(least-1)*without)/float64(parts))
			t.top = min(t.top, (sumTop+span*float64(missing))/float64(parts))
		}
		t.top = max(t.top, t.low)
		list[i] = t
	}
	for i := range r.Scores {
		of(i)
	}
	return list
}

// worth is what the answers to a question add up to over the worst, and how
// many answers with points there are at least.
func (r *Release) worth(f *Figures, q int, sc Score, people int) (low, top float64, answered int) {
	s := share(f, q)
	if s == nil {
		return 0, (sc.Best - sc.Worst) * float64(people), 0
	}
	_, counts, ok := r.Rules.answers(r.Questions[q], *s, people)
	if !ok {
		return 0, (sc.Best - sc.Worst) * float64(people), 0
	}
	for o, k := range counts {
		if p := r.Questions[q].Options[o].Points; p != nil {
			low += (*p - sc.Worst) * float64(k.low)
			top += (*p - sc.Worst) * float64(k.top)
			answered += k.low
		}
	}
	return low, top, answered
}

// told says whether everything that a score is made of is shown: then it is
// no secret, shown or not.
func (r *Release) told(f *Figures, i int) bool {
	sc := r.Scores[i]
	if f == nil || len(sc.Questions)+len(sc.Scores) == 0 {
		return false
	}
	for _, id := range sc.Questions {
		if f.Questions[r.ask(id)] == nil {
			return false
		}
	}
	for _, id := range sc.Scores {
		if j := r.score(id); f.Scores[j] == nil && !r.told(f, j) {
			return false
		}
	}
	return true
}

// score attacks one score: for each cell the sum of what people have over or
// under the mean of the organisation. That adds up over cells as counts do, and
// is nearly free of how many people there are.
func (a *attacker) score(w *world, people *system, id string) ([]Found, error) {
	var list []Found
	for _, linked := range []bool{false, true} {
		if linked && len(w.links) == 0 {
			continue
		}
		g := deviations{w: w, people: people, id: id, linked: linked}
		err := g.build()
		var found []Found
		if err == nil {
			found, err = a.solve(&g.system, g.targets(a), nil)
		}
		if errors.Is(err, errContradiction) && linked {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("wave %s: score %s: %w", w.tables[0].wave, id, err)
		}
		list = append(list, found...)
	}
	return list, nil
}

// deviations is the system of one score.
type deviations struct {
	system
	w      *world
	people *system
	id     string
	linked bool
	kept   []int
	from   int // where the quantities of links begin
	span   float64
	centre float64 // over the worst
}

// centred takes as centre the first mean of a whole organisation that is shown.
func (g *deviations) centred() {
	for _, t := range g.w.tables {
		for i, r := range t.releases {
			s := r.score(g.id)
			if s < 0 {
				continue
			}
			sc := r.Scores[s]
			if g.span == 0 {
				g.span, g.centre = sc.Best-sc.Worst, (sc.Best-sc.Worst)/2
			}
			if f := t.figures[0][i]; f != nil && f.Scores[s] != nil {
				g.centre = f.Scores[s].Mean - sc.Worst
				return
			}
		}
	}
}

func (g *deviations) build() error {
	g.centred()
	for _, t := range g.w.tables {
		for c := range t.cells {
			n := g.people.top[t.offset+c]
			q := g.quantity(-g.centre*n, (g.span-g.centre)*n)
			for i, r := range t.releases {
				g.figure(q, r, t.figures[c][i], int(g.people.low[t.offset+c]), int(n))
			}
		}
		if t.scored(g.id) {
			if t.network != nil && !g.linked {
				g.layers = append(g.layers, layer{t.network, t.offset})
			}
			for _, m := range t.sums {
				g.between(0, 0, m.terms(t.offset)...)
			}
		}
	}
	g.from = len(g.low)
	if g.linked {
		g.links()
	}
	return g.carry()
}

// figure narrows the quantity of a cell by what a release shows of it.
func (g *deviations) figure(q int, r *Release, f *Figures, low, top int) {
	s := r.score(g.id)
	if s < 0 || f == nil {
		return
	}
	t := r.tallies(f, low, top)[s]
	g.narrow(q, t.low-g.centre*float64(t.people.top), t.top-g.centre*float64(t.people.low))
	m := f.Scores[s]
	if m == nil {
		return
	}
	// The mean and the number of people together say more than each alone.
	least, most := math.Inf(1), math.Inf(-1)
	for _, n := range []int{t.people.low, t.people.top} {
		over := m.Mean - r.Scores[s].Worst - g.centre
		least = min(least, (over-m.half())*float64(n))
		most = max(most, (over+m.half())*float64(n))
	}
	g.narrow(q, least, most)
}

func (t *table) scored(id string) bool {
	return slices.ContainsFunc(t.releases, func(r *Release) bool { return r.score(id) >= 0 })
}

func (g *deviations) moved(link, side int) int { return g.from + 2*link + side }

func (g *deviations) links() {
	for _, l := range g.w.links {
		for side := range 2 {
			n := float64(l.count(side))
			g.quantity(-g.centre*n, (g.span-g.centre)*n)
		}
	}
	for i, l := range g.w.links {
		if !g.w.tables[l.a].scored(g.id) || !g.w.tables[l.b].scored(g.id) {
			continue
		}
		low, top := g.low[l.from]-g.top[l.to], g.top[l.from]-g.low[l.to]
		least := -g.centre*float64(l.left) - (g.span-g.centre)*float64(l.joined)
		most := (g.span-g.centre)*float64(l.left) + g.centre*float64(l.joined)
		if top < least || low > most {
			continue // people changed their minds
		}
		g.kept = append(g.kept, i)
		g.between(0, 0, term{l.from, 1}, term{l.to, -1}, term{g.moved(i, 0), -1}, term{g.moved(i, 1), 1})
	}
	for _, m := range movedSums(g.w, g.kept) {
		list := make([]term, 0, len(m.parts)+1)
		for _, p := range m.parts {
			list = append(list, term{g.moved(p, m.side), 1})
		}
		g.between(-g.centre*m.over, (g.span-g.centre)*m.over, append(list, term{g.moved(m.whole, m.side), -1})...)
	}
}

func (g *deviations) width(people float64) float64 { return min(2*g.span, g.span*people/2) }

func (g *deviations) targets(a *attacker) []target {
	var list []target
	for _, t := range g.w.tables {
		if !t.scored(g.id) {
			continue
		}
		shown := func(c int) bool {
			for i, r := range t.releases {
				s := r.score(g.id)
				if f := t.figures[c][i]; s >= 0 && f != nil && (f.Scores[s] != nil || r.told(f, s)) {
					return true
				}
			}
			return g.linked && g.w.elsewhere(t, c, func(t *table, c int) bool {
				return slices.ContainsFunc(t.figures[c], func(f *Figures) bool { return f != nil })
			})
		}
		for c := range t.cells {
			if shown(c) || g.people.low[t.offset+c] >= float64(t.rules().Minimum) {
				continue
			}
			list = append(list, target{
				terms: []term{{t.offset + c, 1}}, width: g.width(t.room(c)),
				found: &Found{Wave: t.wave, Cell: t.cells[c], What: "score", Score: g.id},
			})
		}
		for _, rest := range a.leftovers(t, g.people, shown) {
			list = append(list, target{
				terms: rest.terms(t.offset), width: g.width(rest.room),
				found: &Found{Wave: t.wave, Cell: t.cells[rest.whole], What: "score", Score: g.id, Rest: true},
			})
		}
	}
	for _, i := range g.kept {
		l := g.w.links[i]
		for side, what := range []string{"left", "joined"} {
			n := l.count(side)
			if n == 0 || n >= g.w.tables[l.b].rules().Minimum {
				continue
			}
			list = append(list, target{
				terms: []term{{g.moved(i, side), 1}}, width: g.width(float64(n)),
				found: &Found{Wave: l.wave, Cell: l.cell, What: what, Score: g.id},
			})
		}
	}
	return list
}
