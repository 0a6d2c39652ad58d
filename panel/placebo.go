package panel

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// placebos is how often treated units are drawn for the error.
const placebos = 200

// drawn are the orders of the units that are not treated whose last, as many as are
// treated, stand for these. It is empty where too few are left to mix.
func (b *block) drawn() [][]int {
	if treated := len(b.y) - b.others; b.others < treated+2 {
		return nil
	}
	chance := rand.New(rand.NewPCG(2021, uint64(b.others)))
	draws := make([][]int, placebos)
	for i := range draws {
		draws[i] = chance.Perm(b.others)
	}
	return draws
}

// placeboError is the spread of the estimate when units that were not treated are taken
// for treated, as the draws say (algorithm 4 of Arkhangelsky and others). It is 0 without
// draws. All is drawn beforehand, so that who works on what changes nothing.
func (b *block) placeboError(weigh finding, noise float64, own weights, draws [][]int) float64 {
	if len(draws) == 0 {
		return 0
	}
	values := make([]float64, len(draws))
	sideBySide(len(draws), func(i int) {
		turn := &block{p: b.p, start: b.start, others: b.others - (len(b.y) - b.others)}
		from := weights{units: make([]float64, turn.others), times: own.times}
		whole := 0.0
		for at, u := range draws[i] {
			turn.y = append(turn.y, b.y[u])
			if at < turn.others {
				from.units[at] = own.units[u]
				whole += own.units[u]
			}
		}
		for at := range from.units {
			from.units[at] /= whole
		}
		if whole == 0 {
			from.units = even(turn.others)
		}
		values[i] = turn.effect(weigh(turn, noise, from))
	})
	n := float64(len(draws))
	return deviation(values) * math.Sqrt((n-1)/n)
}

// sideBySide does so many things on the processors that there are. None may look at
// what another does.
func sideBySide(n int, do func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	all.Wait()
}

// Placebo gives each unit the treatment in turn and ranks the real one among them by how
// much worse the mix fits after the start than before (Abadie, Diamond and Hainmueller
// 2010, who match on other predictors as well: a mix that fits one unit's past by chance
// makes its ratio large).
type Placebo struct {
	Name  string
	Ratio float64 // mean square gap after over before
}

// PlaceboRanks does so with [SyntheticControl] for one treated unit, the most telling
// first. The p-value is the treated unit's rank over the number of units: it takes
// twenty for one of 0.05.
func PlaceboRanks(p *Panel, y string, starts Treated) (ranks []Placebo, pValue float64, err error) {
	b, err := newBlock(p, y, starts)
	if err != nil {
		return nil, 0, err
	}
	if len(b.y)-b.others != 1 {
		return nil, 0, fmt.Errorf("%d treated units: a rank among placebos takes one", len(b.y)-b.others)
	}
	ranks = make([]Placebo, len(b.y))
	sideBySide(len(b.y), func(i int) {
		turn := &block{p: p, start: b.start}
		for k, row := range b.y {
			if k != i && k != b.others { // the treated one is in no mix
				turn.y = append(turn.y, row)
			}
		}
		turn.others = len(turn.y)
		turn.y = append(turn.y, b.y[i])
		mix := turn.sc(turn.noise(), weights{units: even(turn.others)}).units
		var before, after sum
		for t := range p.Times {
			if g := turn.gap(mix, t); t < b.start {
				before.add(g * g / float64(b.start))
			} else {
				after.add(g * g / float64(len(p.Times)-b.start))
			}
		}
		ranks[i] = Placebo{Name: p.Units[b.names[i]]}
		if after.value() > 0 { // over nought where the mix is the unit before: as far out as can be
			ranks[i].Ratio = after.value() / before.value()
		}
	})
	own, asFar := ranks[b.others].Ratio, 0
	for _, r := range ranks {
		if r.Ratio >= own {
			asFar++
		}
	}
	slices.SortStableFunc(ranks, func(a, b Placebo) int { return cmp.Compare(b.Ratio, a.Ratio) })
	return ranks, float64(asFar) / float64(len(ranks)), nil
}
