package count

import (
	"cmp"
	"slices"
)

type state uint8

const (
	hopeful state = iota // continuing, in the words of most rules
	elected
	excluded
	withdrawn
)

// tally is a count in progress. Candidates are indexed by number; index 0 stands
// for no candidate.
type tally struct {
	b      *Ballots
	rule   Rule
	n      int
	seats  int
	one    int64 // units in a vote
	quota  int64
	votes  []int64
	lost   int64 // non-transferable
	state  []state
	lots   Lots
	result *Result
	stage  *Stage // the one in progress

	hopefuls  int
	protected []bool // not to be excluded
	back      bool   // this is a countback
	room      int    // how many new ones it still looks for

	at     []uint32   // where each ranking stands now
	pile   [][]parcel // what each candidate holds, in the order received
	points []point
	target []uint16 // for sorting papers
}

// parcel is papers that a candidate received together, at one value each.
type parcel struct {
	rankings []int32
	papers   int64
	value    int64
	first    bool // first preferences
}

// point is how the votes stood at a moment that ties may look back to.
type point struct {
	stage int
	votes []int64
}

func (t *tally) amount(units int64) Amount { return Amount{units, t.rule.Decimals} }

// vacancies is the number of seats not yet filled.
func (t *tally) vacancies() int { return t.seats - len(t.result.Elected) }

// continuing lists the continuing candidates by number.
func (t *tally) continuing() []int {
	var list []int
	for c := 1; c <= t.n; c++ {
		if t.state[c] == hopeful {
			list = append(list, c)
		}
	}
	return list
}

// reaching lists the continuing candidates who have the quota.
func (t *tally) reaching() []int {
	return slices.DeleteFunc(t.continuing(), func(c int) bool { return t.votes[c] < t.quota })
}

// begin opens a stage.
func (t *tally) begin(kind Kind, candidates ...int) {
	t.stage = &Stage{Number: len(t.result.Stages) + 1, Kind: kind, Candidates: candidates}
}

// finish closes the stage with the totals as they now are.
func (t *tally) finish() {
	s := t.stage
	s.Totals = make([]Amount, t.n)
	for c := 1; c <= t.n; c++ {
		s.Totals[c-1] = t.amount(t.votes[c])
	}
	s.NonTransferable = t.amount(t.lost)
	s.Quota = t.amount(t.quota)
	t.result.Quota = s.Quota
	t.result.Stages = append(t.result.Stages, *s)
}

// remember keeps the votes as they are for ties to look back to.
func (t *tally) remember() {
	t.points = append(t.points, point{t.stage.Number, slices.Clone(t.votes)})
}

func (t *tally) remark(r Remark) { t.stage.Remarks = append(t.stage.Remarks, r) }

// elect deems a candidate elected.
func (t *tally) elect(c int) {
	t.state[c] = elected
	t.hopefuls--
	if t.back && !t.protected[c] {
		t.room--
	}
	t.result.Elected = append(t.result.Elected, c)
	t.stage.Elected = append(t.stage.Elected, c)
}

// exclude takes a candidate out of the count.
func (t *tally) exclude(c int) {
	t.state[c] = excluded
	t.hopefuls--
	t.stage.Excluded = append(t.stage.Excluded, c)
}

// byVotes sorts candidates by votes, the most first; level ones by number.
func (t *tally) byVotes(list []int) {
	slices.SortFunc(list, func(x, y int) int {
		return cmp.Or(cmp.Compare(t.votes[y], t.votes[x]), x-y)
	})
}

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

// surplus is what a candidate holds above the quota, if elected.
func (t *tally) surplus(c int) int64 {
	if t.state[c] != elected {
		return 0
	}
	return max(0, t.votes[c]-t.quota)
}

// surpluses is the sum of the surpluses not transferred.
func (t *tally) surpluses() int64 {
	sum := int64(0)
	for _, c := range t.result.Elected {
		sum += t.surplus(c)
	}
	return sum
}

// largestSurplus lists the elected with the largest surplus; none where no
// surplus is left.
func (t *tally) largestSurplus() []int {
	var list []int
	largest := int64(1)
	for c := 1; c <= t.n; c++ {
		switch s := t.surplus(c); {
		case s > largest:
			largest, list = s, []int{c}
		case s == largest:
			list = append(list, c)
		}
	}
	return list
}

// lowest lists the continuing candidates who may be excluded by votes, fewest
// first; level ones by number.
func (t *tally) lowest() []int {
	list := slices.DeleteFunc(t.continuing(), func(c int) bool { return t.protected[c] })
	slices.SortFunc(list, func(x, y int) int {
		return cmp.Or(cmp.Compare(t.votes[x], t.votes[y]), x-y)
	})
	return list
}
