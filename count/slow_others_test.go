package count_test

import (
	"fmt"
	"math/big"
	"slices"
)

// slowScottish counts by rules 45 to 52 of the Scottish Local Government Elections
// Order 2007.
func slowScottish(n, seats int, orders [][]int) *slowElection {
	e := newSlow(n, seats, 5, orders)
	e.quota = rat(int64(len(orders)/(seats+1) + 1))
	action := "first"
	for {
		for _, c := range e.most() {
			if atLeast(e.votes[c], e.quota) {
				e.elect(c)
			}
		}
		if e.vacancies() > 0 && len(e.hopeful) <= e.vacancies() {
			e.electRest()
		}
		e.remember()
		e.write(action)
		if e.vacancies() == 0 || len(e.hopeful) == 0 {
			return e
		}
		if largest := e.largest(); len(largest) > 0 {
			c := e.apart(largest, false, true)
			action = fmt.Sprint("surplus ", c)
			surplus, votes := e.surplusOf(c), e.votes[c]
			arrived := e.move(e.held(c), func(p *slowPaper) *big.Rat { return floorTo(div(mul(surplus, p.value), votes), 5) })
			e.votes[c] = e.quota
			e.lost = add(e.lost, sub(surplus, arrived))
			continue
		}
		list := e.fewest()
		level := slices.DeleteFunc(slices.Clone(list), func(c int) bool { return e.votes[c].Cmp(e.votes[list[0]]) != 0 })
		c := e.apart(level, true, true)
		action = fmt.Sprint("exclude ", c)
		delete(e.hopeful, c)
		e.leave(e.held(c))
	}
}

// slowMeek counts by the reference Meek rule, steps A to C.
func slowMeek(n, seats int, orders [][]int) *slowElection {
	e := newSlow(n, seats, 9, orders)
	keep := map[int]*big.Rat{}
	for c := 1; c <= n; c++ {
		keep[c] = rat(1)
	}
	unit := big.NewRat(1, 1_000_000_000)
	share := func() {
		for c := 1; c <= n; c++ {
			e.votes[c] = rat(0)
		}
		for _, p := range e.papers {
			w := rat(1)
			for _, c := range p.order {
				kept := ceilTo(mul(w, keep[c]), 9)
				e.votes[c] = add(e.votes[c], kept)
				w = sub(w, kept)
			}
		}
	}
	rest := func() {
		all := rat(int64(len(orders)))
		for _, v := range e.votes {
			all = sub(all, v)
		}
		e.lost = all
	}
	action := "first"
	for {
		if len(e.hopeful) <= e.vacancies() { // B.1, C.1
			if action == "first" {
				share()
			}
			rest()
			e.electRest()
			e.write(action)
			return e
		}
		var surplus, last *big.Rat
		elected := false
		for { // B.2
			share()
			total := rat(0)
			for _, v := range e.votes {
				total = add(total, v)
			}
			e.quota = add(floorTo(div(total, rat(int64(seats+1))), 9), unit)
			for _, c := range e.most() {
				if atLeast(e.votes[c], e.quota) {
					e.elect(c)
					elected = true
				}
			}
			surplus = rat(0)
			for _, c := range e.won {
				surplus = add(surplus, sub(e.votes[c], e.quota))
			}
			if surplus.Sign() < 0 {
				surplus = rat(0)
			}
			if elected || less(surplus, big.NewRat(1, 1_000_000)) || last != nil && atLeast(surplus, last) {
				break
			}
			last = surplus
			for _, c := range e.won {
				if e.votes[c].Sign() == 0 {
					continue
				}
				keep[c] = ceilTo(div(ceilTo(mul(keep[c], e.quota), 9), e.votes[c]), 9)
				if keep[c].Cmp(rat(1)) > 0 {
					keep[c] = rat(1)
				}
			}
		}
		rest()
		if e.vacancies() > 0 && len(e.hopeful) <= e.vacancies() {
			e.electRest()
		}
		e.write(action)
		if e.vacancies() == 0 || len(e.hopeful) == 0 {
			return e
		}
		if elected {
			action = "surpluses"
			continue
		}
		// B.3
		list := e.fewest()
		var tied []int
		for _, c := range list {
			if atLeast(add(e.votes[list[0]], surplus), e.votes[c]) {
				tied = append(tied, c)
			}
		}
		c := slices.Min(tied)
		action = fmt.Sprint("exclude ", c)
		delete(e.hopeful, c)
		keep[c], e.votes[c] = rat(0), rat(0)
	}
}
