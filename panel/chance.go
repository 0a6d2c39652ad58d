package panel

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Least is the fewest draws that a p-value by chance assignment takes.
const Least = 4_999

// Chance is what drawing the treated units again says.
type Chance struct {
	Difference float64 // treated less the rest, of the mean change
	T          float64 // Welch's; infinite where all are alike on either side
	P          float64 // (1 + draws whose t lies at least as far out) / (1 + draws)
	// PDifference is the same by the difference itself: it does not ask whether the
	// treated vary more than the rest.
	PDifference          float64
	Treated, Pool, Draws int
	Seed                 uint64
}

// Randomise tests whether the treated units' changes could be those of any as many of the
// pool: their places are drawn again, within strata where these are given, and Welch's t
// is set against the draws. Its null is that the treatment changed nobody's outcome. The
// pool must have been fixed before the outcome was seen.
func Randomise(changes []float64, treated []bool, strata []int, draws int, seed uint64) (*Chance, error) {
	k := 0
	for _, t := range treated {
		if t {
			k++
		}
	}
	switch {
	case len(changes) != len(treated) || strata != nil && len(strata) != len(changes):
		return nil, fmt.Errorf("%d changes, %d assignments and %d strata do not fit", len(changes), len(treated), len(strata))
	case draws < Least:
		return nil, fmt.Errorf("%d draws: a p-value by chance takes %d or more", draws, Least)
	case k < 2 || len(changes)-k < 2:
		return nil, fmt.Errorf("%d treated of %d: it takes two on either side", k, len(changes))
	}
	if strata == nil {
		strata = make([]int, len(changes))
	}
	members := make([][]int, levelsOf(strata))
	for i, s := range strata {
		members[s] = append(members[s], i)
	}
	c := &Chance{Treated: k, Pool: len(changes), Draws: draws, Seed: seed}
	var total, squares float64
	centre := 0.0
	for _, v := range changes {
		centre += v / float64(len(changes))
	}
	moved := make([]float64, len(changes)) // near nought, so that squares keep their digits
	for i, v := range changes {
		moved[i] = v - centre
		total += moved[i]
		squares += moved[i] * moved[i]
	}
	a, b := float64(k), float64(len(changes)-k)
	welch := func(s, s2 float64) (difference, t float64) { // of the sum of the treated, and of their squares
		difference = s/a - (total-s)/b
		variance := (s2-s*s/a)/(a-1)/a + (squares-s2-(total-s)*(total-s)/b)/(b-1)/b
		if variance <= 1e-12*squares/(a*b) { // all alike on either side, but for rounding
			return difference, math.Copysign(math.Inf(1), difference)
		}
		return difference, difference / math.Sqrt(variance)
	}
	var own, own2 float64
	for i, one := range treated {
		if one {
			own += moved[i]
			own2 += moved[i] * moved[i]
		}
	}
	c.Difference, c.T = welch(own, own2)
	if squares <= rounding*rounding*centre*centre*float64(len(changes)) {
		return nil, fmt.Errorf("every change is the same")
	}
	wanted := make([]int, len(members)) // treated of each stratum
	for i, one := range treated {
		if one {
			wanted[strata[i]]++
		}
	}
	random := rand.New(rand.NewPCG(seed, uint64(len(changes))))
	beyond, further := 0, 0
	for range draws {
		var s, s2 float64
		for stratum, list := range members {
			for at := range wanted[stratum] { // the first of a shuffle
				other := at + random.IntN(len(list)-at)
				list[at], list[other] = list[other], list[at]
				v := moved[list[at]]
				s += v
				s2 += v * v
			}
		}
		difference, t := welch(s, s2)
		if math.Abs(t) >= math.Abs(c.T)*(1-1e-12) {
			beyond++
		}
		if math.Abs(difference) >= math.Abs(c.Difference)*(1-1e-12) {
			further++
		}
	}
	c.P, c.PDifference = float64(1+beyond)/float64(1+draws), float64(1+further)/float64(1+draws)
	return c, nil
}

// Power says what a study can show before it starts.
type Power struct {
	Treated, Pool int
	Spread        float64 // of units' changes in the outcome's own history
	Smallest      float64 // effect that it finds in 80 of 100 studies
}

// detects is the normal point of 5 % two-sided and of 80 % power together.
const detects = 2.802

// Detectable is the smallest effect that k treated units of a pool of n can show, from
// how much units' means changed between two stretches of their own history as long as
// the study's.
func Detectable(changes []float64, k int) (Power, error) {
	n := len(changes)
	if k < 1 || k >= n || n < 3 {
		return Power{}, fmt.Errorf("%d treated of a pool of %d: there must be some on either side", k, n)
	}
	p := Power{Treated: k, Pool: n, Spread: deviation(changes)}
	p.Smallest = detects * p.Spread * math.Sqrt(1/float64(k)+1/float64(n-k))
	return p, nil
}

// Changes are each unit's mean from a time on less its mean before it, of units that are
// there at every time, with their places among the panel's units.
func Changes(p *Panel, column string, from int) (units []int, changes []float64) {
	rows := map[int][]int{}
	for i, u := range p.Unit {
		rows[u] = append(rows[u], i)
	}
	for u := range p.Units {
		if len(rows[u]) != len(p.Times) {
			continue
		}
		var before, after sum
		n, m := 0.0, 0.0
		for _, i := range rows[u] {
			if p.Times[p.Time[i]] < from {
				before.add(p.Column(column)[i])
				n++
			} else {
				after.add(p.Column(column)[i])
				m++
			}
		}
		if n > 0 && m > 0 {
			units, changes = append(units, u), append(changes, after.value()/m-before.value()/n)
		}
	}
	return units, changes
}
