package belenios

import (
	"fmt"
	"math"

	"commonweal/belenios/group"
)

// logarithms finds small discrete logarithms by baby steps and giant steps: a table of
// the first g^i, and strides of the length of the table.
type logarithms struct {
	group group.Group
	baby  map[string]int64
	giant group.Element // g to minus the length of the table
	bound int64
}

// newLogarithms is for logarithms from 0 to bound.
func newLogarithms(g group.Group, bound int64) *logarithms {
	l := &logarithms{group: g, bound: bound}
	n := int64(math.Sqrt(float64(bound))) + 1
	l.baby = make(map[string]int64, n)
	at, step := g.Identity(), g.Generator()
	for i := range n {
		l.baby[at.String()] = i
		at = g.Mul(at, step)
	}
	l.giant = g.Inv(at)
	return l
}

func (l *logarithms) of(e group.Element) (int64, error) {
	n := int64(len(l.baby))
	for start := int64(0); start <= l.bound; start += n {
		if i, ok := l.baby[e.String()]; ok && start+i <= l.bound {
			return start + i, nil
		}
		e = l.group.Mul(e, l.giant)
	}
	return 0, fmt.Errorf("no logarithm from 0 to %d", l.bound)
}
