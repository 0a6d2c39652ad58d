package count

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// sortFirst deals all papers to the candidates of their first preferences, one
// vote each. Papers without a sole first preference are invalid.
func (t *tally) sortFirst() {
	b := t.b
	t.at = slices.Clone(b.start)
	t.target = make([]uint16, len(b.start))
	sizes := make([]int, t.n+1)
	invalid := b.blank
	for i, at := range b.start {
		v := b.prefs[at]
		if v&equal != 0 || v == gap {
			invalid += int64(b.papers[i])
			v = 0
		}
		t.target[i] = v
		sizes[v]++
	}
	lists := make([][]int32, t.n+1)
	for c := 1; c <= t.n; c++ {
		lists[c] = make([]int32, 0, sizes[c])
	}
	papers := make([]int64, t.n+1)
	for i, c := range t.target {
		if c != 0 {
			lists[c] = append(lists[c], int32(i))
			papers[c] += int64(b.papers[i])
		}
	}
	for c := 1; c <= t.n; c++ {
		t.votes[c] = papers[c] * t.one
		t.result.Valid += papers[c]
		if papers[c] > 0 {
			t.pile[c] = []parcel{{rankings: lists[c], papers: papers[c], value: t.one, first: true}}
		}
	}
	t.result.Invalid = invalid
}

// dealt is papers sorted by their next available preference, those without one
// under 0.
type dealt struct {
	rankings [][]int32
	papers   []int64
}

// transferable is the number of papers with a next available preference.
func (d dealt) transferable() int64 {
	sum := int64(0)
	for _, p := range d.papers[1:] {
		sum += p
	}
	return sum
}

// sort deals the papers of parcels by the next available preference.
func (t *tally) sort(parcels ...parcel) dealt {
	d := dealt{make([][]int32, t.n+1), make([]int64, t.n+1)}
	var spans []span
	total := 0
	for _, p := range parcels {
		for list := range slices.Chunk(p.rankings, spanSize) {
			spans = append(spans, span{list: list, from: total})
			total += len(list)
		}
	}
	t.look(spans)
	sizes := make([]int, t.n+1)
	for _, s := range spans {
		for c, papers := range s.papers {
			d.papers[c] += papers
			sizes[c] += int(s.sizes[c])
		}
	}
	room := make([]int32, total-sizes[0])
	for c := 1; c <= t.n; c++ {
		d.rankings[c] = room[:0:sizes[c]]
		room = room[sizes[c]:]
	}
	for _, s := range spans {
		for k, i := range s.list {
			if c := t.target[s.from+k]; c != end {
				d.rankings[c] = append(d.rankings[c], i)
			}
		}
	}
	return d
}

// span is a part of a parcel that one worker looks through.
type span struct {
	list   []int32
	from   int     // where its targets begin
	sizes  []int32 // rankings by next candidate
	papers []int64 // papers by next candidate
}

const spanSize = 1 << 15

// look finds the next available preference of every paper of the spans, with as many
// workers as there are processors where there is enough to do.
func (t *tally) look(spans []span) {
	if len(spans) < 3 {
		for k := range spans {
			t.lookThrough(&spans[k])
		}
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(spans)) {
		wait.Go(func() {
			for k := next.Add(1) - 1; k < int64(len(spans)); k = next.Add(1) - 1 {
				t.lookThrough(&spans[k])
			}
		})
	}
	wait.Wait()
}

// lookThrough moves each paper on to its next available preference: the next in
// order for a continuing candidate, until a place that two share or nobody has.
func (t *tally) lookThrough(s *span) {
	s.sizes, s.papers = make([]int32, t.n+1), make([]int64, t.n+1)
	prefs, target := t.b.prefs, t.target[s.from:s.from+len(s.list)]
	for k, i := range s.list {
		at := t.at[i] + 1
		v := prefs[at]
		for v != end {
			if v >= gap {
				v = end
				break
			}
			if t.state[v] == hopeful {
				break
			}
			at++
			v = prefs[at]
		}
		t.at[i] = at
		target[k] = v
		s.sizes[v]++
		s.papers[v] += int64(t.b.papers[i])
	}
}

// hand gives sorted papers to their candidates at a value each and reports it.
// Papers without a next preference are reported at the value, but it is for the
// caller to say what became of it.
func (t *tally) hand(d dealt, value int64) Transfer {
	out := Transfer{Value: t.amount(value), Lost: d.papers[0], LostVote: t.amount(value * d.papers[0])}
	for c := 1; c <= t.n; c++ {
		if d.papers[c] == 0 {
			continue
		}
		t.pile[c] = append(t.pile[c], parcel{rankings: d.rankings[c], papers: d.papers[c], value: value})
		t.votes[c] += value * d.papers[c]
		out.Papers += d.papers[c]
		out.Shares = append(out.Shares, Share{c, d.papers[c], t.amount(value * d.papers[c])})
	}
	out.Papers += out.Lost
	return out
}
