package panel

import (
	"fmt"
	"math"
	"sync"
)

// How far demeaning goes: until no value moves by more than this share of the column's
// largest, at most so many rounds.
const (
	absorbTo     = 1e-10
	absorbRounds = 10_000
)

// levelsOf is how many levels there are, counted from 0 without gaps.
func levelsOf(ids []int) int {
	n := 0
	for _, id := range ids {
		n = max(n, id+1)
	}
	return n
}

// absorbed is how many parameters the effects take. Two effects share one for each part
// of the rows that no unit and time connect with another.
func absorbed(effects [][]int) int {
	switch len(effects) {
	case 0:
		return 1
	case 1:
		return levelsOf(effects[0])
	}
	return levelsOf(effects[0]) + levelsOf(effects[1]) - parts(effects[0], effects[1])
}

// parts counts the connected parts of the graph of levels.
func parts(a, b []int) int {
	n, m := levelsOf(a), levelsOf(b)
	up := make([]int, n+m)
	for i := range up {
		up[i] = i
	}
	root := func(i int) int {
		for up[i] != i {
			up[i] = up[up[i]]
			i = up[i]
		}
		return i
	}
	count := n + m
	for r := range a {
		if x, y := root(a[r]), root(n+b[r]); x != y {
			up[x] = y
			count--
		}
	}
	return count
}

// absorb takes the effects out of each column: alternating projections, sped up by Irons
// and Tuck's step. Columns are worked on side by side and never share a sum, so that the
// number of processors changes nothing.
func absorb(columns [][]float64, effects [][]int, weights []float64) ([][]float64, error) {
	if len(effects) > 2 {
		return nil, fmt.Errorf("%d effects: two can be absorbed", len(effects))
	}
	tables := make([]*table, len(effects))
	for i, ids := range effects {
		if len(ids) != len(columns[0]) {
			return nil, fmt.Errorf("an effect has %d levels given for %d rows", len(ids), len(columns[0]))
		}
		tables[i] = newTable(ids, weights)
		if tables[i] == nil {
			return nil, fmt.Errorf("an effect has a level without rows")
		}
	}
	out, errs := make([][]float64, len(columns)), make([]error, len(columns))
	var all sync.WaitGroup
	for i, c := range columns {
		all.Go(func() {
			if len(tables) == 1 {
				out[i] = tables[0].demean(c)
				return
			}
			out[i], errs[i] = both(c, tables[0], tables[1])
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// table is one effect: each row's level, and the weight of each level.
type table struct {
	ids     []int32
	weights []float64 // of rows; nil: all alike
	whole   []float64 // inverse weight of each level
}

func newTable(ids []int, weights []float64) *table {
	t := &table{ids: make([]int32, len(ids)), weights: weights, whole: make([]float64, levelsOf(ids))}
	for r, id := range ids {
		t.ids[r] = int32(id)
		t.whole[id] += weight(weights, r)
	}
	for i, w := range t.whole {
		if w == 0 {
			return nil
		}
		t.whole[i] = 1 / w
	}
	return t
}

// means are those of each level, of values less another effect's.
func (t *table) means(x []float64, less *table, of, into []float64) {
	clear(into)
	switch {
	case less == nil && t.weights == nil:
		for r, id := range t.ids {
			into[id] += x[r]
		}
	case less == nil:
		for r, id := range t.ids {
			into[id] += t.weights[r] * x[r]
		}
	case t.weights == nil:
		for r, id := range t.ids {
			into[id] += x[r] - of[less.ids[r]]
		}
	default:
		for r, id := range t.ids {
			into[id] += t.weights[r] * (x[r] - of[less.ids[r]])
		}
	}
	for i := range into {
		into[i] *= t.whole[i]
	}
}

func (t *table) demean(x []float64) []float64 {
	m := make([]float64, len(t.whole))
	t.means(x, nil, nil, m)
	out := make([]float64, len(x))
	for r, id := range t.ids {
		out[r] = x[r] - m[id]
	}
	return out
}

// both takes two effects out: it looks for the effects of the second such that taking
// out the first's means, then the second's, leaves them where they are.
func both(x []float64, a, b *table) ([]float64, error) {
	x = a.demean(x) // how far values lie from nought must not count against their digits
	var most float64
	for _, v := range x {
		most = max(most, math.Abs(v))
	}
	ofA, ofB := make([]float64, len(a.whole)), make([]float64, len(b.whole))
	step := func(from, to []float64) {
		a.means(x, b, from, ofA)
		b.means(x, a, ofA, to)
	}
	first, second := make([]float64, len(ofB)), make([]float64, len(ofB))
	for round := range absorbRounds {
		step(ofB, first)
		if round > 0 && moved(ofB, first) <= absorbTo*most {
			copy(ofB, first)
			a.means(x, b, ofB, ofA)
			out := make([]float64, len(x))
			for r := range x {
				out[r] = x[r] - ofA[a.ids[r]] - ofB[b.ids[r]]
			}
			return out, nil
		}
		step(first, second)
		// Irons and Tuck: on along the line that the last two steps draw.
		var top, bottom float64
		for i := range second {
			d1, d2 := first[i]-ofB[i], second[i]-first[i]
			top += d2 * (d2 - d1)
			bottom += (d2 - d1) * (d2 - d1)
		}
		factor := 0.0
		if bottom > 0 {
			factor = top / bottom
		}
		for i := range ofB {
			ofB[i] = second[i] - factor*(second[i]-first[i])
		}
	}
	return nil, fmt.Errorf("the effects did not settle in %d rounds: the rows hang together by too thin a thread", absorbRounds)
}

func moved(from, to []float64) (most float64) {
	for i := range from {
		most = max(most, math.Abs(to[i]-from[i]))
	}
	return most
}
