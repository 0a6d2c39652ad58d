package count_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// slowERS97 counts by sections 5.1 to 5.6 of the ERS97 rules.
func slowERS97(n, seats int, orders [][]int) *slowElection {
	e := newSlow(n, seats, 2, orders)
	e.ersQuota(len(orders))
	e.remember()
	e.ersElect()
	action := "first"
	for {
		if e.vacancies() > 0 && len(e.hopeful) <= e.vacancies() {
			e.electRest()
		}
		e.write(action)
		if e.vacancies() == 0 || len(e.hopeful) == 0 {
			return e
		}
		group := e.ersGroup()
		if largest := e.largest(); len(largest) > 0 && group == 0 {
			c := e.apart(largest, false, false)
			action = fmt.Sprint("surplus ", c)
			e.nhsSurplus(c)
			e.remember()
			e.ersElect()
			continue
		}
		out := e.ersOut(max(1, group))
		action = "exclude " + strings.Trim(fmt.Sprint(out), "[]")
		e.ersExclude(out, len(orders))
	}
}

// 5.1.6, 5.4.8.
func (e *slowElection) ersQuota(valid int) {
	e.quota = ceilTo(div(sub(rat(int64(valid)), e.lost), rat(int64(e.seats+1))), 2)
}

// 6.20: continuing candidates' votes and all votes awaiting transfer.
func (e *slowElection) active() *big.Rat {
	sum := rat(0)
	for c := 1; c <= e.n; c++ {
		if slices.Contains(e.won, c) {
			sum = add(sum, e.surplusOf(c))
		} else {
			sum = add(sum, e.votes[c])
		}
	}
	return sum
}

// 5.1.7, 5.3.13, 5.4.9 and 5.6.2.
func (e *slowElection) ersElect() {
	for e.vacancies() > 0 {
		var fit []int
		for _, c := range e.most() {
			part := div(e.active(), rat(int64(e.vacancies()+1)))
			if e.votes[c].Sign() > 0 && (atLeast(e.votes[c], e.quota) || atLeast(e.votes[c], part)) {
				fit = append(fit, c)
			}
		}
		if len(fit) == 0 {
			return
		}
		var level []int
		for _, c := range fit {
			if e.votes[c].Cmp(e.votes[fit[0]]) == 0 {
				level = append(level, c)
			}
		}
		if len(level) <= e.vacancies() {
			e.elect(level[0])
			continue
		}
		// Too many level: those with more votes at the earliest point that parts
		// them, or none.
		for _, votes := range e.history {
			best := slices.MaxFunc(level, func(x, y int) int { return votes[x].Cmp(votes[y]) })
			level = slices.DeleteFunc(level, func(c int) bool { return votes[c].Cmp(votes[best]) != 0 })
		}
		if len(level) > e.vacancies() {
			return
		}
		e.elect(slices.Min(level))
	}
}

// ersGroup is how many of the lowest can go together: 5.2.2 and 5.2.5.
func (e *slowElection) ersGroup() int {
	list := e.fewest()
	for k := len(list) - e.vacancies(); k >= 1; k-- {
		if k < len(list) && !less(e.votes[list[k]], add(sumOf(list[:k], e.votes), e.allSurpluses())) {
			return k
		}
	}
	return 0
}

// ersOut picks so many of the lowest, level ones by 5.2.5.
func (e *slowElection) ersOut(k int) []int {
	var out []int
	left := e.fewest()
	for len(out) < k {
		var level []int
		for _, c := range left {
			if e.votes[c].Cmp(e.votes[left[0]]) == 0 {
				level = append(level, c)
			}
		}
		c := level[0]
		if len(out)+len(level) > k {
			c = e.apart(level, true, false)
		}
		out = append(out, c)
		left = slices.DeleteFunc(left, func(x int) bool { return x == c })
	}
	return out
}

func (e *slowElection) ersExclude(out []int, valid int) {
	var papers []*slowPaper
	for _, c := range out {
		delete(e.hopeful, c)
		papers = append(papers, e.held(c)...)
	}
	slices.SortStableFunc(papers, func(x, y *slowPaper) int { return y.value.Cmp(x.value) })
	for len(papers) > 0 {
		k := 0
		for k < len(papers) && papers[k].value.Cmp(papers[0].value) == 0 {
			k++
		}
		e.leave(papers[:k])
		papers = papers[k:]
		if len(e.won) == 0 {
			e.ersQuota(valid)
		}
		e.remember()
		e.ersElect()
		if e.vacancies() == 0 || len(e.hopeful) <= e.vacancies() {
			return
		}
	}
	e.remember()
	e.ersElect()
}
