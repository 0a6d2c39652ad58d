package disclose

// side is one of the two sides of a search, which meet half way.
type side struct {
	mark  []int32 // by node: the search that came there
	by    []int32 // by node: the step, nought where the side began
	queue []int32
	done  int // nodes of the queue that were gone on from
	work  int // arcs looked at
	count int32
}

func newSide(nodes int) side {
	return side{mark: make([]int32, nodes), by: make([]int32, nodes), queue: make([]int32, 0, nodes)}
}

func (s *side) start(nodes []int32) {
	s.count++
	s.queue, s.done, s.work = s.queue[:0], 0, 0
	for _, v := range nodes {
		s.come(v, 0)
	}
}

func (s *side) been(v int32) bool { return s.mark[v] == s.count }

func (s *side) come(v, by int32) {
	if !s.been(v) {
		s.mark[v], s.by[v] = s.count, by
		s.queue = append(s.queue, v)
	}
}

// search looks for a way along arcs that may still move by as much as wide, and
// leaves it in path. It goes from both ends at once, so that neither a busy node
// near one end nor a large table around a small corner has to be gone through.
func (f *flow) search(from, to []int32, wide int64) bool {
	f.ahead.start(from)
	f.back.start(to)
	for _, v := range from {
		if f.back.been(v) {
			f.path, f.begin, f.end = f.path[:0], v, v
			return true
		}
	}
	for f.ahead.done < len(f.ahead.queue) && f.back.done < len(f.back.queue) {
		here, there, along := &f.ahead, &f.back, true
		if f.back.work < f.ahead.work {
			here, there, along = there, here, false
		}
		v := here.queue[here.done]
		here.done++
		list := f.arcs[f.first[v]:f.first[v+1]]
		here.work += len(list)
		f.work += len(list)
		for _, a := range list {
			if f.barred[a] {
				continue
			}
			// Sent along the arc, or taken back, away from this end.
			next, by, room := f.to[a], step(a, true), f.top[a]-f.x[a]
			if along != (f.from[a] == v) {
				by, room = step(a, false), f.x[a]-f.low[a]
			}
			if f.to[a] == v {
				next = f.from[a]
			}
			if room < wide || next == v {
				continue
			}
			if there.been(next) {
				f.join(v, next, by, along)
				return true
			}
			here.come(next, by)
		}
	}
	return false
}

// join writes down the path that two sides make which met.
func (f *flow) join(v, next, by int32, along bool) {
	if !along {
		v, next = next, v
	}
	f.path, f.begin, f.end = f.path[:0], v, next
	for s := f.ahead.by[v]; s != 0; s = f.ahead.by[f.begin] {
		f.path, f.begin = append(f.path, s), f.before(s)
	}
	f.path = append(f.path, by)
	for s := f.back.by[next]; s != 0; s = f.back.by[f.end] {
		f.path, f.end = append(f.path, s), f.after(s)
	}
}

// after is where a step goes to.
func (f *flow) after(step int32) int32 {
	if step > 0 {
		return f.to[step-1]
	}
	return f.from[-step-1]
}
