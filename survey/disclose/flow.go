package disclose

import (
	"math"
	"slices"
)

// flow is one table of whole numbers that fits all bounds of a network, and how
// far each cell has been seen to move while it was changed.
//
// A cell can be larger if and only if there is a way round, through cells that
// may rise or fall, that comes back to it; so the largest and the smallest
// value of a cell are those of a largest flow (Cox 1995, see the package). Only
// as much is made to flow as the width asked for needs.
type flow struct {
	*network
	low, top, x []int64
	least, most []int64
	// first and arcs list, by node, the arcs that may move: those of node v are
	// arcs[first[v]:first[v+1]].
	first, arcs []int32
	barred      []bool // by arc
	ahead, back side   // of a search
	path        []int32
	begin, end  int32 // of the path
	pushes      int
	work        int // arcs looked at
}

const (
	// mostPushes is how often a flow is changed for one sum before it is given up
	// as only bounded.
	mostPushes = 4000
	// mostLooks is how many arcs are looked at for all that is asked of one
	// network. A national table takes a hundredth; only a table made to be hard
	// could come to it.
	mostLooks = 1_000_000_000
)

// newFlow takes bounds by arc, and a table to begin from, which need not fit.
// The error is [errContradiction] if nothing fits.
func newFlow(w *network, low, top, from []int64) (*flow, error) {
	f := &flow{
		network: w, low: low, top: top, x: slices.Clone(from), barred: make([]bool, len(low)),
		ahead: newSide(w.nodes), back: newSide(w.nodes),
	}
	for a := range low {
		if low[a] > top[a] {
			return nil, errContradiction
		}
		f.x[a] = min(max(f.x[a], low[a]), top[a])
	}
	f.index()
	if err := f.balance(); err != nil {
		return nil, err
	}
	f.least, f.most = slices.Clone(f.x), slices.Clone(f.x)
	return f, nil
}

// widen takes other bounds, if they are nowhere narrower: then what was seen
// holds still.
func (f *flow) widen(low, top []int64) bool {
	for a := range low {
		if low[a] > f.low[a] || top[a] < f.top[a] {
			return false
		}
	}
	f.low, f.top, f.work = low, top, 0
	f.index()
	return true
}

func (f *flow) index() {
	f.first = make([]int32, f.nodes+1)
	for a := range f.from {
		if f.low[a] < f.top[a] {
			f.first[f.from[a]+1]++
			f.first[f.to[a]+1]++
		}
	}
	for v := range f.nodes {
		f.first[v+1] += f.first[v]
	}
	f.arcs = make([]int32, f.first[f.nodes])
	next := slices.Clone(f.first)
	for a := range f.from {
		if f.low[a] < f.top[a] {
			for _, v := range []int32{f.from[a], f.to[a]} {
				f.arcs[next[v]] = int32(a)
				next[v]++
			}
		}
	}
}

// balance finds a first table: what comes into a node too much is sent to where
// it is missing.
func (f *flow) balance() error {
	over := make([]int64, f.nodes)
	for a := range f.x {
		over[f.to[a]] += f.x[a]
		over[f.from[a]] -= f.x[a]
	}
	for {
		var from, to []int32
		for v, o := range over {
			if o > 0 {
				from = append(from, int32(v))
			} else if o < 0 {
				to = append(to, int32(v))
			}
		}
		if len(from) == 0 {
			return nil
		}
		if f.work > mostLooks {
			return errHard
		}
		if !f.search(from, to, 1) {
			return errContradiction
		}
		room := min(f.room(), over[f.begin], -over[f.end])
		f.send(room)
		over[f.begin] -= room
		over[f.end] += room
	}
}

// ends finds the least and the most that some cells can be together. It stops
// as soon as they are seen to lie as far apart as width; then open is true. ok
// is false if it was given up.
func (f *flow) ends(arcs []int, width int64) (low, top int64, open, ok bool) {
	low, top = f.sum(arcs), f.sum(arcs)
	if len(arcs) == 1 {
		low, top = f.least[arcs[0]], f.most[arcs[0]]
	}
	if top-low >= width {
		return low, top, true, true
	}
	for _, up := range []bool{true, false} {
		for tries := 0; ; tries++ {
			now := f.sum(arcs)
			low, top = min(low, now), max(top, now)
			if top-low >= width {
				return low, top, true, true
			}
			if tries > mostPushes || f.work > mostLooks {
				return low, top, false, false
			}
			need := low + width - now
			if !up {
				need = now - (top - width)
			}
			if !f.push(arcs, up, need) {
				if f.work > mostLooks {
					return low, top, false, false
				}
				break // this is the end
			}
			f.pushes++
		}
	}
	return low, top, false, true
}

func (f *flow) sum(arcs []int) int64 {
	v := int64(0)
	for _, a := range arcs {
		v += f.x[a]
	}
	return v
}

// push makes cells together larger (or smaller) by as much as one way round
// allows, and no more than need. It looks for a wide way first.
func (f *flow) push(arcs []int, up bool, need int64) bool {
	node, into, ok := f.meet(arcs)
	if !ok {
		return f.around(arcs, up, need)
	}
	for _, a := range arcs {
		f.barred[a] = true
	}
	done := false
	for wide := need; !done; wide /= 16 {
		done = f.through(arcs, node, into, up, need, max(1, wide))
		if wide <= 1 {
			break
		}
	}
	for _, a := range arcs {
		f.barred[a] = false
	}
	return done
}

// through pushes where all cells meet in one node: what they bring into it has
// to come back, by other ways, to where it came from.
func (f *flow) through(arcs []int, node int32, into, up bool, need, wide int64) bool {
	can := func(a int) int64 {
		if up {
			return f.top[a] - f.x[a]
		}
		return f.x[a] - f.low[a]
	}
	ends := f.from
	if !into {
		ends = f.to
	}
	var others []int32
	for _, a := range arcs {
		if can(a) >= wide {
			others = append(others, ends[a])
		}
	}
	if len(others) == 0 {
		return false
	}
	from, to := others, []int32{node}
	if into == up {
		from, to = to, others
	}
	if !f.search(from, to, wide) {
		return false
	}
	other := f.begin
	if into == up {
		other = f.end
	}
	for _, a := range arcs {
		if ends[a] != other || can(a) < wide {
			continue
		}
		amount := min(f.room(), need, can(a))
		f.send(amount)
		if !up {
			amount = -amount
		}
		f.move(int32(a), amount)
		break
	}
	return true
}

// around does the same for cells that do not meet in one node, the groups of a
// unit that has parts: it looks for a circle in which more of them rise than
// fall, by Bellman and Ford's method.
func (f *flow) around(arcs []int, up bool, need int64) bool {
	gain := make([]int64, len(f.x))
	for _, a := range arcs {
		gain[a] = 1
		if !up {
			gain[a] = -1
		}
	}
	best, via := make([]int64, f.nodes), make([]int32, f.nodes)
	last := int32(-1)
	for range f.nodes + 1 {
		last = -1
		if f.work += len(f.x); f.work > mostLooks {
			return false
		}
		for a := range f.x {
			from, to, g := f.from[a], f.to[a], gain[a]
			if f.x[a] < f.top[a] && best[from]+g > best[to] {
				best[to], via[to], last = best[from]+g, int32(a)+1, to
			}
			if f.x[a] > f.low[a] && best[to]-g > best[from] {
				best[from], via[from], last = best[to]-g, -(int32(a) + 1), from
			}
		}
		if last < 0 {
			return false
		}
	}
	// So many steps back from a node that still gains lies a circle.
	for range f.nodes {
		last = f.before(via[last])
	}
	f.path = f.path[:0]
	for v := last; ; {
		f.path = append(f.path, via[v])
		if v = f.before(via[v]); v == last {
			break
		}
	}
	f.send(min(need, f.room()))
	return true
}

// step is an arc along which something is sent, plus one, or, where it is taken
// back along it, negative.
func step(arc int32, along bool) int32 {
	if along {
		return arc + 1
	}
	return -(arc + 1)
}

// before is where a step comes from.
func (f *flow) before(step int32) int32 {
	if step > 0 {
		return f.from[step-1]
	}
	return f.to[-step-1]
}

// room is how much can be sent along the path.
func (f *flow) room() int64 {
	room := int64(math.MaxInt64)
	for _, s := range f.path {
		if s > 0 {
			room = min(room, f.top[s-1]-f.x[s-1])
		} else {
			room = min(room, f.x[-s-1]-f.low[-s-1])
		}
	}
	return room
}

// send sends so much along the path.
func (f *flow) send(amount int64) {
	for _, s := range f.path {
		if s > 0 {
			f.move(s-1, amount)
		} else {
			f.move(-s-1, -amount)
		}
	}
}

func (f *flow) move(arc int32, amount int64) {
	f.x[arc] += amount
	if f.least != nil {
		f.least[arc], f.most[arc] = min(f.least[arc], f.x[arc]), max(f.most[arc], f.x[arc])
	}
}
