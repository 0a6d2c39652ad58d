package count

// tree gathers rankings by the path of elected candidates that lead to each next
// candidate. Step B.2.a asks for every paper: set w to 1, and for each candidate in
// order keep w times the keep factor. On two papers that pass the same elected
// candidates in the same order w is the same at every step, excluded candidates
// keep nothing, and hopeful ones keep all. So papers are gathered once after each
// change of state and an iteration then goes over the branches only.
type tree struct {
	branches []branch
	rest     []int64 // w behind each elected candidate; rest[0] is a whole vote
	slots    []int32 // a hash table of branches by place and candidate: index + 1
}

// branch is the papers that come to a candidate at one place.
type branch struct {
	papers    int64
	place     int32 // index into rest
	behind    int32 // the place behind, or -1 for one who is not elected
	candidate uint16
}

// gather builds the tree for the present state of the candidates.
func (m *meekCount) gather() {
	t := &m.tree
	t.branches = t.branches[:0]
	t.rest = append(t.rest[:0], whole)
	if t.slots == nil {
		t.slots = make([]int32, 256)
	}
	clear(t.slots)
	prefs := m.b.prefs
	skip := m.equals
	for i, at := range m.b.start {
		if len(skip) > 0 && skip[0] == int32(i) {
			skip = skip[1:]
			continue
		}
		papers := int64(m.b.papers[i])
		for place := int32(0); ; at++ {
			c := prefs[at]
			if c == end {
				break
			}
			if c == gap || m.state[c] == excluded {
				continue
			}
			b := &t.branches[m.branch(place, c)]
			b.papers += papers
			if b.behind < 0 {
				break
			}
			place = b.behind
		}
	}
}

// branch finds the branch of a candidate at a place, or adds it, and behind it a
// place if the candidate is elected.
func (m *meekCount) branch(place int32, c uint16) int32 {
	t := &m.tree
	slot := t.slot(place, c)
	if t.slots[slot] != 0 {
		return t.slots[slot] - 1
	}
	b := branch{place: place, behind: -1, candidate: c}
	if m.state[c] == elected {
		b.behind = int32(len(t.rest))
		t.rest = append(t.rest, 0)
	}
	t.branches = append(t.branches, b)
	t.slots[slot] = int32(len(t.branches))
	if len(t.branches)*2 > len(t.slots) {
		t.grow()
	}
	return int32(len(t.branches)) - 1
}

// slot is where the hash table has a branch, or an empty place for it.
func (t *tree) slot(place int32, c uint16) uint32 {
	mask := uint32(len(t.slots) - 1)
	at := (uint32(place)*0x9e3779b1 + uint32(c)*0x85ebca6b)
	at = (at ^ at>>15) & mask
	for ; t.slots[at] != 0; at = (at + 1) & mask {
		if b := &t.branches[t.slots[at]-1]; b.place == place && b.candidate == c {
			break
		}
	}
	return at
}

func (t *tree) grow() {
	t.slots = make([]int32, 2*len(t.slots))
	for i, b := range t.branches {
		t.slots[t.slot(b.place, b.candidate)] = int32(i) + 1
	}
}

// distribute is step B.2.a: it works out the votes for the present keep factors.
func (m *meekCount) distribute() {
	clear(m.votes)
	t := &m.tree
	for i := range t.branches {
		b := &t.branches[i]
		w := t.rest[b.place]
		if b.behind < 0 {
			m.votes[b.candidate] += w * b.papers
			continue
		}
		kept := muldivUp(w, m.keep[b.candidate], whole)
		m.votes[b.candidate] += kept * b.papers
		t.rest[b.behind] = w - kept
	}
	for _, i := range m.equals {
		m.distributeEqual(m.b.raw(int(i)), int64(m.b.papers[i]))
	}
}

// distributeEqual is step B.2.a for a ranking with equal preferences.
func (m *meekCount) distributeEqual(prefs []uint16, papers int64) {
	w := int64(whole)
	var group []uint16
	for _, v := range prefs {
		if v == gap {
			continue
		}
		if c := v &^ equal; m.keep[c] > 0 {
			group = append(group, c)
		}
		if v&equal != 0 || len(group) == 0 {
			continue
		}
		switch {
		case len(group) == 1:
			kept := muldivUp(w, m.keep[group[0]], whole)
			m.votes[group[0]] += kept * papers
			w -= kept
		case m.rule.Shared:
			w = m.partOnce(group, w, papers)
		default:
			w = m.everyOrder(group, w, papers)
		}
		if w == 0 {
			return
		}
		group = group[:0]
	}
}

// partOnce gives each of equal candidates the same part of w. It returns what
// they do not keep.
func (m *meekCount) partOnce(group []uint16, w, papers int64) int64 {
	part := w / int64(len(group))
	rest := int64(0)
	for _, c := range group {
		kept := muldivUp(part, m.keep[c], whole)
		m.votes[c] += kept * papers
		rest += part - kept
	}
	return rest
}

// everyOrder counts w in every order of the equal candidates, in equal parts.
//
// Let u be what each passes on of a vote (1 less the keep factor). In an order a
// candidate gets w times the u of all who come before. Over all orders the number k
// of those before is 0 to m-1 equally often, and they are every set of k others
// equally often. So the candidate's mean is the mean over k of the mean product of
// k of the other u. What all leave is w times all u. Every step rounds down.
func (m *meekCount) everyOrder(group []uint16, w, papers int64) int64 {
	hopefuls := int64(-1) // the mean is the same for all who pass nothing on
	for _, c := range group {
		mean := hopefuls
		if mean < 0 || m.keep[c] != whole {
			mean = m.meanBefore(group, c)
		}
		if m.keep[c] == whole {
			hopefuls = mean
		}
		m.votes[c] += muldiv(w, muldiv(mean, m.keep[c], whole), whole) * papers
	}
	for _, c := range group {
		w = muldiv(w, whole-m.keep[c], whole)
	}
	return w
}

// meanBefore is the part of a vote that comes to one of equal candidates, as the
// mean over all orders. means[k] is the mean product of k of the u seen so far; a
// further u makes it ((j-k) means[k] + k u means[k-1]) / j of j.
func (m *meekCount) meanBefore(group []uint16, c uint16) int64 {
	means := make([]int64, 1, len(group))
	means[0] = whole
	j := int64(0)
	for _, other := range group {
		if other == c {
			continue
		}
		j++
		u := whole - m.keep[other]
		if u > 0 {
			means = append(means, 0)
		}
		for k := len(means) - 1; k > 0; k-- {
			with := muldiv(means[k-1], u, whole)
			means[k] = ((j-int64(k))*means[k] + int64(k)*with) / j
		}
	}
	sum := int64(0)
	for _, mean := range means {
		sum += mean
	}
	return sum / int64(len(group))
}
