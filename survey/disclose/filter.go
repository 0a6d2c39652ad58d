package disclose

import (
	"errors"
	"slices"
)

// ErrNotShown is the one answer to a filter that cannot be answered, whatever
// the reason.
var ErrNotShown = errors.New("not shown, to protect the people in it")

// Filter answers an ad-hoc question about several cells together. It takes its
// answer from figures that are shown and nothing else, so that no number of
// filters tells more than the release does: parts that make up a shown whole
// are taken as that whole, and the others one by one, weighted by the bases
// shown. It gives figures by question and score only where every cell has them.
//
// Any other union is refused with [ErrNotShown]: if a cell of it is hidden and
// not covered by a whole, if it counts people twice, if it is too small, or if
// what it leaves of the smallest shown whole around it is too small or hidden.
func (r Release) Filter(cells []Cell) (Figures, error) {
	var places []int
	for _, c := range cells {
		at := r.Lattice.place(c)
		if at < 0 || slices.Contains(places, at) {
			return Figures{}, ErrNotShown
		}
		places = append(places, at)
	}
	if len(places) == 0 || r.overlap(places) {
		return Figures{}, ErrNotShown
	}
	places = r.merged(places)
	sum := 0
	for _, at := range places {
		f := r.at(at)
		if f == nil {
			return Figures{}, ErrNotShown
		}
		sum += f.Base
	}
	if sum < r.Rules.Minimum || !r.leavesEnough(places, sum) {
		return Figures{}, ErrNotShown
	}
	return r.join(places), nil
}

func (r Release) at(place int) *Figures {
	n := r.Lattice.columns()
	return r.Cells[place/n][place%n]
}

// overlap says whether anybody might be counted twice.
func (r Release) overlap(places []int) bool {
	n, parents := r.Lattice.columns(), r.Lattice.parents()
	within := func(u, of int) bool {
		for ; u >= 0; u = parents[u] {
			if u == of {
				return true
			}
		}
		return false
	}
	for i, a := range places {
		for _, b := range places[:i] {
			near := within(a/n, b/n) || within(b/n, a/n)
			if near && (a%n == b%n || a%n == 0 || b%n == 0) {
				return true
			}
		}
	}
	return false
}

// merged puts a whole in place of all its parts, for as long as it can.
func (r Release) merged(places []int) []int {
	list := slices.Clone(places)
	for again := true; again; {
		again = false
		for _, m := range r.Lattice.sums() {
			all := len(m.parts) > 0
			for _, p := range m.parts {
				all = all && slices.Contains(list, p)
			}
			if all {
				list = slices.DeleteFunc(list, func(p int) bool { return slices.Contains(m.parts, p) })
				list, again = append(list, m.whole), true
			}
		}
	}
	slices.Sort(list)
	return list
}

// leavesEnough says whether what the union leaves of the smallest shown whole
// around it is nothing, or enough people in cells that are shown.
func (r Release) leavesEnough(places []int, sum int) bool {
	if len(places) == 1 {
		return true
	}
	n, parents := r.Lattice.columns(), r.Lattice.parents()
	// Going up from the first unit, the first that holds all others and is shown.
	for u := places[0] / n; u >= 0; u = parents[u] {
		column := places[0] % n
		for _, at := range places {
			if at%n != column {
				column = 0
			}
		}
		whole := u*n + column
		if !r.covers(whole, places) || r.at(whole) == nil {
			continue
		}
		left := r.at(whole).Base - sum
		return left >= r.Rules.Minimum
	}
	return false
}

// covers says whether every place lies within the whole.
func (r Release) covers(whole int, places []int) bool {
	return !slices.ContainsFunc(places, func(p int) bool { return !r.overlap([]int{whole, p}) })
}

// join adds up what is shown.
func (r Release) join(places []int) Figures {
	if len(places) == 1 {
		return *r.at(places[0])
	}
	out := Figures{Questions: make([]*Share, len(r.Questions)), Scores: make([]*Mean, len(r.Scores)), Comments: true}
	for _, at := range places {
		out.Base += r.at(at).Base
		out.Comments = out.Comments && r.at(at).Comments
	}
	out.Base = r.Rules.base(out.Base)
	for q := range r.Questions {
		out.Questions[q] = r.joinQuestion(places, q)
	}
	for s := range r.Scores {
		out.Scores[s] = r.joinScore(places, s)
	}
	return out
}

func (r Release) joinQuestion(places []int, q int) *Share {
	n := 0
	sums := make([]int, len(r.Questions[q].Options))
	for _, at := range places {
		s := r.at(at).Questions[q]
		if s == nil {
			return nil
		}
		n += s.Base
		for o, p := range s.Percent {
			sums[o] += p * s.Base
		}
	}
	out := &Share{Base: r.Rules.base(n), Percent: sums}
	for o, v := range sums {
		out.Percent[o] = (2*v + n) / (2 * n)
	}
	return out
}

func (r Release) joinScore(places []int, s int) *Mean {
	n, sum := 0, 0.0
	for _, at := range places {
		m := r.at(at).Scores[s]
		if m == nil {
			return nil
		}
		n += m.Base
		sum += m.Mean * float64(m.Base)
	}
	if r.Scores[s].Groups {
		return nil // the mean of groups' means is not that of the union
	}
	return interval(r.Scores[s], r.Rules.base(n), sum/float64(n), r.Spread[s], 0)
}
