package disclose

import (
	"errors"
	"fmt"
)

// within attacks what is hidden in cells that are shown, by taking scores
// apart: a score less the questions that are shown is the one that is not.
func (a *attacker) within(w *world, people *system) ([]Found, error) {
	var list []Found
	for _, t := range w.tables {
		for c := range t.cells {
			for i, f := range t.figures[c] {
				if f == nil {
					continue
				}
				found, err := a.inside(t.releases[i], f, t.cells[c], open{int(people.low[t.offset+c]), int(people.top[t.offset+c])}, t.room(c))
				if err != nil {
					return nil, fmt.Errorf("wave %s: %s: %w", t.wave, t.cells[c], err)
				}
				list = append(list, found...)
			}
		}
	}
	return list, nil
}

// scope is the questions and scores that a shown score with something hidden
// in it joins.
func (r *Release) scope(f *Figures) (questions, scores map[int]bool, hidden bool) {
	questions, scores = map[int]bool{}, map[int]bool{}
	var into func(i int) bool
	into = func(i int) bool {
		holds := false
		for _, id := range r.Scores[i].Questions {
			holds = holds || f.Questions[r.ask(id)] == nil
		}
		for _, id := range r.Scores[i].Scores {
			j := r.score(id)
			holds = holds || f.Scores[j] == nil && !r.told(f, j) || into(j)
		}
		return holds
	}
	var take func(i int)
	take = func(i int) {
		scores[i] = true
		for _, id := range r.Scores[i].Questions {
			questions[r.ask(id)] = true
		}
		for _, id := range r.Scores[i].Scores {
			take(r.score(id))
		}
	}
	for i := range r.Scores {
		if f.Scores[i] != nil && into(i) {
			take(i)
			hidden = true
		}
	}
	return questions, scores, hidden
}

func (a *attacker) inside(r *Release, f *Figures, cell Cell, n open, room float64) ([]Found, error) {
	questions, scores, hidden := r.scope(f)
	if !hidden {
		return nil, nil
	}
	s := &system{whole: true, real: map[int]bool{}}
	var targets []target
	top := float64(n.top)
	people := s.quantity(float64(n.low), top)
	answers := map[int][]int{} // by question: the quantity of each option
	for q := range r.Questions {
		if !questions[q] {
			continue
		}
		base := s.quantity(0, top)
		s.between(0, top, term{people, 1}, term{base, -1})
		sum := []term{{base, -1}}
		shown := f.Questions[q]
		var counts []open
		if shown != nil {
			b, k, ok := r.Rules.answers(r.Questions[q], *shown, n.top)
			if !ok {
				return nil, errContradiction
			}
			s.narrow(base, float64(b.low), float64(b.top))
			counts = k
		}
		for o := range r.Questions[q].Options {
			x := s.quantity(0, top)
			if shown != nil {
				s.narrow(x, float64(counts[o].low), float64(counts[o].top))
			}
			answers[q] = append(answers[q], x)
			sum = append(sum, term{x, 1})
		}
		s.between(0, 0, sum...)
		if shown == nil {
			id := r.Questions[q].ID
			about := &Found{Wave: r.Wave, Cell: cell, What: "answers", Question: id}
			targets = append(targets, r.Rules.secrets(r.Questions[q], about, room,
				func(o int) []term { return []term{{answers[q][o], 1}} },
				func(side int) []term { return r.Questions[q].side(side, answers[q]) },
				func(int) float64 { return room })...)
		}
	}
	have, value := map[int]int{}, map[int]int{}
	for i, sc := range r.Scores {
		if !scores[i] || sc.Groups {
			continue
		}
		span := sc.Best - sc.Worst
		have[i] = s.quantity(0, top)
		value[i] = s.quantity(0, span*top)
		s.real[value[i]] = true
		s.between(0, top, term{people, 1}, term{have[i], -1})
		s.between(0, span*top, term{have[i], span}, term{value[i], -1})
		if m := f.Scores[i]; m != nil {
			if low, high, ok := r.Rules.bases(m.Base, r.Rules.Scores); ok {
				s.narrow(have[i], float64(low), float64(high))
			}
			s.between(0, span*top, term{have[i], m.Mean + m.half() - sc.Worst}, term{value[i], -1})
			s.between(0, span*top, term{value[i], 1}, term{have[i], -(m.Mean - m.half() - sc.Worst)})
		} else if !r.told(f, i) {
			targets = append(targets, target{
				terms: []term{{value[i], 1}}, width: min(2*span, span*room/2),
				found: &Found{Wave: r.Wave, Cell: cell, What: "score", Score: sc.ID},
			})
		}
	}
	for i := range r.Scores {
		if scores[i] && !r.Scores[i].Groups {
			r.compose(s, i, people, answers, have, value, top)
		}
	}
	err := s.carry()
	var found []Found
	if err == nil {
		found, err = a.solve(s, targets, nil)
	}
	if errors.Is(err, errContradiction) {
		// A score that was not made as the instrument says cannot be taken apart.
		return nil, nil
	}
	return found, err
}

// compose adds the two rows that tie a score to its parts; see [Release.tallies].
func (r *Release) compose(s *system, i, people int, answers map[int][]int, have, value map[int]int, top float64) {
	sc := r.Scores[i]
	span, parts := sc.Best-sc.Worst, len(sc.Questions)+len(sc.Scores)
	if parts == 0 {
		return
	}
	least := float64(max(1, sc.Least) - 1)
	far := span * top * float64(parts+1) * 2
	// m S - sum of parts >= - span (least-1) (people - have)
	lower := []term{{value[i], float64(parts)}, {people, span * least}, {have[i], -span * least}}
	// span sum(people - answered) - m S + sum of parts >= 0
	upper := []term{{value[i], -float64(parts)}, {people, span * float64(parts)}}
	for _, id := range sc.Questions {
		q := r.ask(id)
		for o, x := range answers[q] {
			if p := r.Questions[q].Options[o].Points; p != nil {
				lower = append(lower, term{x, -(*p - sc.Worst)})
				upper = append(upper, term{x, *p - sc.Worst - span})
			}
		}
	}
	for _, id := range sc.Scores {
		j := r.score(id)
		if _, ok := value[j]; !ok {
			return
		}
		lower = append(lower, term{value[j], -1})
		upper = append(upper, term{value[j], 1}, term{have[j], -span})
	}
	s.between(0, far, clean(lower)...)
	s.between(0, far, clean(upper)...)
}

// clean leaves out terms that are nought.
func clean(list []term) []term {
	var kept []term
	for _, t := range list {
		if t.coef != 0 {
			kept = append(kept, t)
		}
	}
	return kept
}
