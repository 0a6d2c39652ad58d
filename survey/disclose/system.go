package disclose

import (
	"errors"
	"math"
	"slices"
)

// errContradiction is of figures that no table can have.
var errContradiction = errors.New("the figures contradict each other")

const (
	tiny   = 1e-7 // what counts as nothing in a bound
	settle = 1e-3 // the least move of a bound that is worth carrying on
)

// term is a multiple of a quantity.
type term struct {
	of   int
	coef float64
}

// row says that a sum lies between two bounds.
type row struct {
	terms    []term
	low, top float64
}

// system is what the attacker knows: quantities between bounds, and rows.
type system struct {
	low, top []float64
	whole    bool         // the quantities are whole numbers
	real     map[int]bool // but for these
	rows     []row
	layers   []layer
	users    [][]int32 // by quantity: the rows it is in
	ones     []term    // by quantity: itself, once
}

// alone is a quantity as a sum of one.
func (s *system) alone(q int) []term {
	for i := len(s.ones); i < len(s.low); i++ {
		s.ones = append(s.ones, term{i, 1})
	}
	return s.ones[q : q+1 : q+1]
}

// use lists which rows each quantity is in.
func (s *system) use() {
	if s.users != nil {
		return
	}
	ends, all := make([]int32, len(s.low)), 0
	for _, r := range s.rows {
		for _, t := range r.terms {
			ends[t.of]++
			all++
		}
	}
	list, at := make([]int32, all), int32(0)
	s.users = make([][]int32, len(s.low))
	for q, n := range ends {
		s.users[q] = list[at : at : at+n]
		at += n
	}
	for i, r := range s.rows {
		for _, t := range r.terms {
			s.users[t.of] = append(s.users[t.of], int32(i))
		}
	}
}

// layer is quantities that by themselves are a network: that of arc a is
// quantity first+a.
type layer struct {
	*network
	first int
}

// layer is the one that holds all quantities of a target; -1 if none does.
func (s *system) layer(t *target) int {
	return slices.IndexFunc(s.layers, func(l layer) bool {
		return !slices.ContainsFunc(t.terms, func(m term) bool {
			return m.coef != 1 || m.of < l.first || m.of >= l.first+len(l.from)
		})
	})
}

// fine is how many parts a number is cut into that is not whole: a network is
// calculated in whole ones. Bounds are made wider by less than one part, which
// is far less than matters.
const fine = 100_000

// flow makes a flow of a layer, or goes on with the one before, with how many
// parts make one.
func (s *system) flow(l layer, before *flow) (f *flow, parts float64, err error) {
	n := len(l.from)
	low, top := make([]int64, n), make([]int64, n)
	parts = fine
	if s.whole {
		parts = 1
	}
	for a := range n {
		low[a] = int64(math.Floor(s.low[l.first+a]*parts + tiny))
		top[a] = int64(math.Ceil(s.top[l.first+a]*parts - tiny))
	}
	from := low
	if before != nil {
		if before.widen(low, top) {
			return before, parts, nil
		}
		from = before.x
	}
	f, err = newFlow(l.network, low, top, from)
	return f, parts, err
}

// counts says whether a quantity is a whole number.
func (s *system) counts(q int) bool { return s.whole && !s.real[q] }

// quantity adds a quantity and returns its number.
func (s *system) quantity(low, top float64) int {
	s.low, s.top = append(s.low, low), append(s.top, top)
	return len(s.low) - 1
}

// between adds the row low <= sum of terms <= top.
func (s *system) between(low, top float64, terms ...term) {
	s.rows = append(s.rows, row{terms, low, top})
}

// narrow intersects the bounds of a quantity with two others.
func (s *system) narrow(q int, low, top float64) {
	s.low[q], s.top[q] = max(s.low[q], low), min(s.top[q], top)
}

func (s *system) known(q int) bool { return s.top[q]-s.low[q] < tiny }

// carry narrows bounds along the rows until nothing moves by more than settle.
func (s *system) carry() error {
	s.use()
	queued := make([]bool, len(s.rows))
	queue := make([]int32, len(s.rows))
	for i := range s.rows {
		queue[i], queued[i] = int32(i), true
	}
	for q := range s.low {
		if err := s.round(q); err != nil {
			return err
		}
	}
	// Whole numbers come to rest by themselves; the limit is for real ones.
	for budget := 400*len(s.rows) + 1000; len(queue) > 0 && budget > 0; budget-- {
		i := queue[0]
		queue, queued[i] = queue[1:], false
		moved, err := s.carryRow(s.rows[i])
		if err != nil {
			return err
		}
		for _, q := range moved {
			for _, u := range s.users[q] {
				if !queued[u] {
					queue, queued[u] = append(queue, u), true
				}
			}
		}
	}
	return nil
}

// round brings the bounds of a whole quantity to whole numbers.
func (s *system) round(q int) error {
	if s.counts(q) {
		s.low[q], s.top[q] = math.Ceil(s.low[q]-tiny), math.Floor(s.top[q]+tiny)
	}
	if s.low[q] > s.top[q]+10*tiny {
		return errContradiction
	}
	return nil
}

// carryRow narrows the quantities of one row and lists those that moved.
func (s *system) carryRow(r row) ([]int, error) {
	var low, top float64     // of the finite parts
	var lowOpen, topOpen int // how many parts have no bound
	for _, t := range r.terms {
		a, b := s.span(t)
		if math.IsInf(a, -1) {
			lowOpen++
		} else {
			low += a
		}
		if math.IsInf(b, 1) {
			topOpen++
		} else {
			top += b
		}
	}
	if (lowOpen == 0 && low > r.top+100*tiny) || (topOpen == 0 && top < r.low-100*tiny) {
		return nil, errContradiction
	}
	if (topOpen > 1 || math.IsInf(r.low, -1)) && (lowOpen > 1 || math.IsInf(r.top, 1)) {
		return nil, nil
	}
	var moved []int
	for _, t := range r.terms {
		a, b := s.span(t)
		// What the others leave for this term.
		least, most := math.Inf(-1), math.Inf(1)
		if open := topOpen - btoi(math.IsInf(b, 1)); open == 0 {
			least = r.low - (top - finite(b))
		}
		if open := lowOpen - btoi(math.IsInf(a, -1)); open == 0 {
			most = r.top - (low - finite(a))
		}
		if t.coef < 0 {
			least, most = most/t.coef, least/t.coef
		} else {
			least, most = least/t.coef, most/t.coef
		}
		was, had := s.low[t.of], s.top[t.of]
		if least <= was+settle && most >= had-settle {
			continue
		}
		s.narrow(t.of, least-tiny, most+tiny)
		if err := s.round(t.of); err != nil {
			return nil, err
		}
		if s.low[t.of] > was+settle/2 || s.top[t.of] < had-settle/2 {
			moved = append(moved, t.of)
			na, nb := s.span(t)
			if math.IsInf(a, -1) && !math.IsInf(na, -1) {
				lowOpen--
			}
			if math.IsInf(b, 1) && !math.IsInf(nb, 1) {
				topOpen--
			}
			low += finite(na) - finite(a)
			top += finite(nb) - finite(b)
		}
	}
	return moved, nil
}

// span is the bounds of a term.
func (s *system) span(t term) (low, top float64) {
	if t.coef < 0 {
		return t.coef * s.top[t.of], t.coef * s.low[t.of]
	}
	return t.coef * s.low[t.of], t.coef * s.top[t.of]
}

func finite(v float64) float64 {
	if math.IsInf(v, 0) {
		return 0
	}
	return v
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// part is a piece of a system that shares no open quantity with any other.
type part struct{ quantities, rows []int }

// parts cuts the system where quantities are known; use says which rows count.
func (s *system) parts(use func(row int) bool) []part {
	root := make([]int, len(s.low))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	first := make([]int, len(s.rows))
	for i, r := range s.rows {
		first[i] = -1
		if !use(i) {
			continue
		}
		for _, t := range r.terms {
			switch {
			case s.known(t.of):
			case first[i] < 0:
				first[i] = t.of
			default:
				root[find(t.of)] = find(first[i])
			}
		}
	}
	at := map[int]int{}
	var list []part
	of := func(q int) *part {
		r := find(q)
		if _, ok := at[r]; !ok {
			at[r] = len(list)
			list = append(list, part{})
		}
		return &list[at[r]]
	}
	for q := range s.low {
		if !s.known(q) {
			p := of(q)
			p.quantities = append(p.quantities, q)
		}
	}
	for i := range s.rows {
		if first[i] >= 0 {
			p := of(first[i])
			p.rows = append(p.rows, i)
		}
	}
	return list
}
