package count

import (
	"slices"
)

// gregory transfers a surplus from the parcel last received.
//
// NI rule 49(4), (7); ERS97 5.3.7: the transfer value is the surplus divided by
// the number of transferable papers to two decimals, remainder ignored, and never
// more than the value at which the papers were received. What is not passed on is
// non-transferable (NI rule 50(2)(c), ERS97 5.3.9).
func (t *tally) gregory(c int) {
	surplus := t.surplus(c)
	last := t.pile[c][len(t.pile[c])-1]
	d := t.sort(last)
	value := last.value
	papers := d.transferable()
	if papers > 0 && value*papers > surplus {
		value = surplus / papers
	}
	moved := t.hand(d, value)
	moved.LostVote = t.amount(surplus - value*papers)
	t.stage.Transfers = append(t.stage.Transfers, moved)
	t.votes[c] = t.quota
	t.lost += surplus - value*papers
}

// group is how many of the lowest may be excluded together: the most for which
// their votes and the surpluses not transferred are less than the votes of the
// next above (strict), or do not exceed them. Enough must remain for the
// vacancies. It is 0 where not even the lowest alone passes.
func (t *tally) group(strict bool) int {
	list := t.lowest()
	most := t.hopefuls - t.vacancies()
	sum := t.surpluses()
	k := 0
	for i := 0; i < min(most, len(list)); i++ {
		sum += t.votes[list[i]]
		next, ok := t.above(list, i)
		if ok && (sum < next || !strict && sum == next) {
			k = i + 1
		}
	}
	return k
}

// above is the vote of the next candidate above the lowest i+1. In a countback
// nobody is compared with candidates who cannot be excluded.
func (t *tally) above(list []int, i int) (int64, bool) {
	if i+1 < len(list) {
		return t.votes[list[i+1]], true
	}
	return 0, false
}

// unreached remarks on papers that stay with the excluded because the count ends.
func (t *tally) unreached(excluded []int) {
	left := slices.DeleteFunc(slices.Clone(excluded), func(c int) bool { return t.votes[c] == 0 })
	if len(left) > 0 {
		t.remark(Remark{Topic: Unreached, Candidates: left})
	}
}

// batch is parcels of one value, from one or more excluded candidates.
type batch struct {
	value   int64
	first   bool
	parcels []parcel
	from    []int // whose each parcel is
}

// batches groups the papers of excluded candidates by value, the highest first;
// with firstApart, first preferences come first and on their own.
func (t *tally) batches(from []int, firstApart bool) []batch {
	var out []batch
	for _, c := range from {
		for _, p := range t.pile[c] {
			first := firstApart && p.first
			i := slices.IndexFunc(out, func(b batch) bool { return b.value == p.value && b.first == first })
			if i < 0 {
				i = len(out)
				out = append(out, batch{value: p.value, first: first})
			}
			out[i].parcels = append(out[i].parcels, p)
			out[i].from = append(out[i].from, c)
		}
		t.pile[c] = nil
	}
	slices.SortFunc(out, func(x, y batch) int {
		switch {
		case x.first != y.first && x.first:
			return -1
		case x.first != y.first:
			return 1
		case x.value > y.value:
			return -1
		default:
			return 1
		}
	})
	return out
}

// transferBatch moves a batch at its value.
func (t *tally) transferBatch(b batch) {
	d := t.sort(b.parcels...)
	for i, p := range b.parcels {
		t.votes[b.from[i]] -= p.papers * p.value
	}
	moved := t.hand(d, b.value)
	t.lost += b.value * d.papers[0]
	t.stage.Transfers = append(t.stage.Transfers, moved)
}
