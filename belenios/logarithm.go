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
	baby  map[step]int64
	giant group.Element // g to minus the length of the table
	bound int64
}

// step is an element in few bytes: a million texts of 617 digits would not be small.
type step [16]byte

func stepOf(e group.Element) step {
	h := HashOf([]byte(e.String()))
	return step(h[:])
}

// newLogarithms is for logarithms from 0 to bound.
func newLogarithms(g group.Group, bound int64) *logarithms {
	l := &logarithms{group: g, bound: bound}
	n := int64(math.Sqrt(float64(bound))) + 1
	l.baby = make(map[step]int64, n)
	at := g.Identity()
	for i := range n {
		l.baby[stepOf(at)] = i
		at = g.Mul(at, g.Generator())
	}
	l.giant = g.Inv(at)
	return l
}

func (l *logarithms) of(e group.Element) (int64, error) {
	n := int64(len(l.baby))
	for start := int64(0); start <= l.bound; start += n {
		if i, ok := l.baby[stepOf(e)]; ok && start+i <= l.bound {
			return start + i, nil
		}
		e = l.group.Mul(e, l.giant)
	}
	return 0, fmt.Errorf("no logarithm from 0 to %d", l.bound)
}
