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
