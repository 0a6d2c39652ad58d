package disclose

import "slices"

// network is the sums of one lattice as a graph. Every cell is an arc, and what
// flows along it is what is counted in the cell; in every node as much comes in
// as goes out. A node is a sum: of the parts of a unit in one group, or of the
// groups of a unit without parts. The sums of the groups of other units follow
// from these, and at the node that stands for the outside from all of them.
type network struct {
	nodes    int
	from, to []int32 // by cell
}

// outside is where what the whole organisation has comes from and goes to.
const outside = 0

func newNetwork(l Lattice) *network {
	n, parents := l.columns(), l.parents()
	inner := make([]bool, len(l.Units))
	for _, p := range parents {
		if p >= 0 {
			inner[p] = true
		}
	}
	w := &network{nodes: 1, from: make([]int32, l.size()), to: make([]int32, l.size())}
	own := make([]int32, len(l.Units)) // the first node of a unit
	for u := range l.Units {
		own[u] = int32(w.nodes)
		switch {
		case inner[u]:
			w.nodes += n
		case n > 1:
			w.nodes++
		default:
			own[u] = outside
		}
	}
	for u, p := range parents {
		for g := range n {
			below, above := own[u], int32(outside)
			if inner[u] {
				below += int32(g)
			}
			if p >= 0 {
				above = own[p] + int32(g)
			}
			// Totals flow down the tree, to be shared out to the groups, which flow up.
			if g == 0 {
				w.from[u*n], w.to[u*n] = above, below
			} else {
				w.from[u*n+g], w.to[u*n+g] = below, above
			}
		}
	}
	return w
}

// meet is a node into which all these arcs run, or out of which; ok is false if
// there is none.
func (w *network) meet(arcs []int) (node int32, into, ok bool) {
	same := func(ends []int32) bool {
		return !slices.ContainsFunc(arcs, func(a int) bool { return ends[a] != ends[arcs[0]] })
	}
	switch {
	case same(w.to):
		return w.to[arcs[0]], true, true
	case same(w.from):
		return w.from[arcs[0]], false, true
	}
	return 0, false, false
}
