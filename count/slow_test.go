package count_test

import (
	"math/big"
	"slices"
	"strings"
)

// The counters of this file and the three beside it are written from the words of
// the rules, one paper at a time, with exact fractions and no thought of speed. They
// share nothing with the library. They are the other side of the comparison in
// agree_test.go.

// slowPaper is one voter's paper.
type slowPaper struct {
	order  []int // preferences that can be read, the first first
	at     int   // the preference that holds it; len(order) when none does
	value  *big.Rat
	parcel int // the transfer in which it came to its holder; 0 for the first count
}

// slowElection is papers and what has become of the candidates.
type slowElection struct {
	n, seats  int
	papers    []*slowPaper
	hopeful   map[int]bool
	votes     map[int]*big.Rat
	lost      *big.Rat
	quota     *big.Rat
	won       []int
	stages    []slowStage
	newly     []int
	history   []map[int]*big.Rat // to look back to in ties
	transfers int
	places    int // decimals
}

// slowStage is a stage as both counters can write it.
type slowStage struct {
	action  string
	totals  string
	elected []int
}

func rat(n int64) *big.Rat       { return new(big.Rat).SetInt64(n) }
func add(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func div(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }
func less(a, b *big.Rat) bool    { return a.Cmp(b) < 0 }
func atLeast(a, b *big.Rat) bool { return a.Cmp(b) >= 0 }
func sumOf(list []int, of map[int]*big.Rat) *big.Rat {
	sum := rat(0)
	for _, c := range list {
		sum = add(sum, of[c])
	}
	return sum
}

// floorTo drops what follows the given number of decimals.
func floorTo(r *big.Rat, places int) *big.Rat {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	scaled := mul(r, new(big.Rat).SetInt(scale))
	whole := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	return new(big.Rat).SetFrac(whole, scale)
}

// ceilTo rounds up to the given number of decimals.
func ceilTo(r *big.Rat, places int) *big.Rat {
	down := floorTo(r, places)
	if down.Cmp(r) == 0 {
		return down
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	return add(down, new(big.Rat).SetFrac(big.NewInt(1), scale))
}

func newSlow(n, seats, places int, orders [][]int) *slowElection {
	e := &slowElection{n: n, seats: seats, places: places, hopeful: map[int]bool{}, votes: map[int]*big.Rat{}, lost: rat(0)}
	for c := 1; c <= n; c++ {
		e.hopeful[c], e.votes[c] = true, rat(0)
	}
	for _, order := range orders {
		e.papers = append(e.papers, &slowPaper{order: order, value: rat(1)})
		e.votes[order[0]] = add(e.votes[order[0]], rat(1))
	}
	return e
}

func (e *slowElection) continuing() []int {
	var list []int
	for c := 1; c <= e.n; c++ {
		if e.hopeful[c] {
			list = append(list, c)
		}
	}
	return list
}

func (e *slowElection) vacancies() int { return e.seats - len(e.won) }

// fewest lists continuing candidates by votes, the fewest first.
func (e *slowElection) fewest() []int {
	list := e.continuing()
	slices.SortStableFunc(list, func(x, y int) int { return e.votes[x].Cmp(e.votes[y]) })
	return list
}

// most lists them the other way round, level ones by number.
func (e *slowElection) most() []int {
	list := e.continuing()
	slices.SortStableFunc(list, func(x, y int) int { return e.votes[y].Cmp(e.votes[x]) })
	return list
}

func (e *slowElection) elect(c int) {
	delete(e.hopeful, c)
	e.won = append(e.won, c)
	e.newly = append(e.newly, c)
}

func (e *slowElection) electRest() {
	for _, c := range e.most() {
		e.elect(c)
	}
}

// held lists the papers that lie with a candidate.
func (e *slowElection) held(c int) []*slowPaper {
	var list []*slowPaper
	for _, p := range e.papers {
		if p.at < len(p.order) && p.order[p.at] == c {
			list = append(list, p)
		}
	}
	return list
}

// next is the place of a paper's next available preference, or the end of it.
func (e *slowElection) next(p *slowPaper) int {
	for i := p.at + 1; i < len(p.order); i++ {
		if e.hopeful[p.order[i]] {
			return i
		}
	}
	return len(p.order)
}

// move gives papers to their next available preferences at a value, all in one
// transfer. It returns what arrived.
func (e *slowElection) move(papers []*slowPaper, value func(*slowPaper) *big.Rat) *big.Rat {
	e.transfers++
	arrived := rat(0)
	to := map[*slowPaper]int{}
	for _, p := range papers {
		to[p] = e.next(p)
	}
	for _, p := range papers {
		p.at = to[p]
		if p.at == len(p.order) {
			continue
		}
		p.value, p.parcel = value(p), e.transfers
		c := p.order[p.at]
		e.votes[c] = add(e.votes[c], p.value)
		arrived = add(arrived, p.value)
	}
	return arrived
}

func (e *slowElection) surplusOf(c int) *big.Rat {
	if !slices.Contains(e.won, c) || less(e.votes[c], e.quota) {
		return rat(0)
	}
	return sub(e.votes[c], e.quota)
}

func (e *slowElection) allSurpluses() *big.Rat {
	sum := rat(0)
	for _, c := range e.won {
		sum = add(sum, e.surplusOf(c))
	}
	return sum
}

// largest lists who have the largest surplus.
func (e *slowElection) largest() []int {
	var list []int
	for _, c := range slices.Sorted(slices.Values(e.won)) {
		s := e.surplusOf(c)
		if s.Sign() == 0 {
			continue
		}
		if len(list) == 0 || e.surplusOf(list[0]).Cmp(s) < 0 {
			list = nil
		}
		if len(list) == 0 || e.surplusOf(list[0]).Cmp(s) == 0 {
			list = append(list, c)
		}
	}
	return list
}

// apart settles a tie: it looks through the history in the given order for the
// candidate with the least votes, or the most; then the lowest number, which is the
// order of lot in these tests.
func (e *slowElection) apart(tied []int, least bool, backwards bool) int {
	left := slices.Sorted(slices.Values(tied))
	history := slices.Clone(e.history)
	if backwards {
		slices.Reverse(history)
	}
	for _, votes := range history {
		best := left[0]
		for _, c := range left {
			if order := votes[c].Cmp(votes[best]); least && order < 0 || !least && order > 0 {
				best = c
			}
		}
		var keep []int
		for _, c := range left {
			if votes[c].Cmp(votes[best]) == 0 {
				keep = append(keep, c)
			}
		}
		left = keep
	}
	return left[0]
}

func (e *slowElection) remember() {
	votes := map[int]*big.Rat{}
	for c, v := range e.votes {
		votes[c] = v
	}
	e.history = append(e.history, votes)
}

func (e *slowElection) write(action string) {
	var words []string
	for c := 1; c <= e.n; c++ {
		words = append(words, e.votes[c].FloatString(e.places))
	}
	words = append(words, e.lost.FloatString(e.places))
	e.stages = append(e.stages, slowStage{action, strings.Join(words, " "), e.newly})
	e.newly = nil
}
