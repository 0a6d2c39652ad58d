package count_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// slowNHS counts by rules 47 to 52 of the local elections rules of Northern
// Ireland, whose words the NHS model rules of 2014 are taken to have.
func slowNHS(n, seats int, orders [][]int, byParcel bool) *slowElection {
	e := newSlow(n, seats, 2, orders)
	e.quota = rat(int64(len(orders)/(seats+1) + 1))
	quota := func() {
		if seats == 1 {
			return
		}
		for _, c := range e.most() {
			if atLeast(e.votes[c], e.quota) {
				e.elect(c)
			}
		}
	}
	quota()
	action := "first"
	for {
		e.nhsLastVacancies()
		e.remember()
		e.write(action)
		if e.vacancies() == 0 || len(e.hopeful) == 0 {
			return e
		}
		group := e.nhsGroup()
		if largest := e.largest(); seats > 1 && len(largest) > 0 && len(group) == 0 {
			c := e.apart(largest, false, false)
			action = fmt.Sprint("surplus ", c)
			e.nhsSurplus(c)
			quota()
			continue
		}
		if len(group) < 2 {
			var level []int
			for _, c := range e.fewest() {
				if e.votes[c].Cmp(e.votes[e.fewest()[0]]) == 0 {
					level = append(level, c)
				}
			}
			group = []int{e.apart(level, true, false)}
		}
		action = "exclude " + strings.Trim(fmt.Sprint(group), "[]")
		e.nhsExclude(group, byParcel, quota)
		quota()
	}
}

// nhsGroup is the most of the lowest, leaving enough for the vacancies, whose votes
// together with all surpluses are less than the votes of the next above.
func (e *slowElection) nhsGroup() []int {
	list := e.fewest()
	for k := len(list) - e.vacancies(); k >= 1; k-- {
		if k < len(list) && less(add(sumOf(list[:k], e.votes), e.allSurpluses()), e.votes[list[k]]) {
			return list[:k]
		}
	}
	return nil
}

func (e *slowElection) nhsLastVacancies() {
	if e.vacancies() == 0 {
		return
	}
	if len(e.hopeful) <= e.vacancies() {
		e.electRest()
		return
	}
	if e.vacancies() > 1 {
		return
	}
	var fit []int
	for _, c := range e.continuing() {
		others := slices.DeleteFunc(e.continuing(), func(x int) bool { return x == c })
		if atLeast(e.votes[c], add(sumOf(others, e.votes), e.allSurpluses())) {
			fit = append(fit, c)
		}
	}
	if len(fit) == 1 {
		e.elect(fit[0])
	}
}

// nhsSurplus is the transfer of rule 49(1) to (7); ERS97 5.3 is the same.
func (e *slowElection) nhsSurplus(c int) {
	last := 0
	for _, p := range e.held(c) {
		last = max(last, p.parcel)
	}
	var parcel []*slowPaper
	transferable := int64(0)
	for _, p := range e.held(c) {
		if p.parcel == last {
			parcel = append(parcel, p)
			if e.next(p) < len(p.order) {
				transferable++
			}
		}
	}
	surplus := e.surplusOf(c)
	value := parcel[0].value
	if transferable > 0 {
		if divided := floorTo(div(surplus, rat(transferable)), 2); less(divided, value) {
			value = divided
		}
	}
	arrived := e.move(parcel, func(*slowPaper) *big.Rat { return value })
	e.lost = add(e.lost, sub(surplus, arrived))
	e.votes[c] = e.quota
}

func (e *slowElection) nhsExclude(group []int, byParcel bool, quota func()) {
	var first, later []*slowPaper
	for _, c := range group {
		delete(e.hopeful, c)
		for _, p := range e.held(c) {
			if p.parcel == 0 {
				first = append(first, p)
			} else {
				later = append(later, p)
			}
		}
	}
	parcels := [][]*slowPaper{first}
	slices.SortStableFunc(later, func(x, y *slowPaper) int { return y.value.Cmp(x.value) })
	for i, p := range later {
		if i == 0 || later[i-1].value.Cmp(p.value) != 0 {
			parcels = append(parcels, nil)
		}
		parcels[len(parcels)-1] = append(parcels[len(parcels)-1], p)
	}
	for _, parcel := range parcels {
		if e.vacancies() == 0 {
			return
		}
		e.leave(parcel)
		if byParcel {
			quota()
		}
	}
}

// leave moves papers of the excluded at the values they have.
func (e *slowElection) leave(parcel []*slowPaper) {
	before := rat(0)
	for _, p := range parcel {
		c := p.order[p.at]
		e.votes[c] = sub(e.votes[c], p.value)
		before = add(before, p.value)
	}
	arrived := e.move(parcel, func(p *slowPaper) *big.Rat { return p.value })
	e.lost = add(e.lost, sub(before, arrived))
}
