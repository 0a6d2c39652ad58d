package count

import (
	"slices"
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

// sort deals the papers of parcels by the next available preference: the next
// in order for a continuing candidate, until a place that two share or nobody has.
func (t *tally) sort(parcels ...parcel) dealt {
	d := dealt{make([][]int32, t.n+1), make([]int64, t.n+1)}
	total := 0
	for _, p := range parcels {
		total += len(p.rankings)
	}
	sizes := make([]int32, t.n+2)
	prefs, k := t.b.prefs, 0
	for _, p := range parcels {
		for _, i := range p.rankings {
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
			t.target[k] = v
			sizes[v]++
			d.papers[v] += int64(t.b.papers[i])
			k++
		}
	}
	room := make([]int32, total-int(sizes[0]))
	for c := 1; c <= t.n; c++ {
		d.rankings[c] = room[:0:sizes[c]]
		room = room[sizes[c]:]
	}
	k = 0
	for _, p := range parcels {
		for _, i := range p.rankings {
			if c := t.target[k]; c != end {
				d.rankings[c] = append(d.rankings[c], i)
			}
			k++
		}
	}
	return d
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
