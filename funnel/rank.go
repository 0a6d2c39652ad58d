package funnel

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// draws is how often ranks are drawn.
const draws = 10_000

// Rank is where a unit may stand among all, 1 being the highest value: the middle of its
// likely places and the places between which it stands in 95 of 100. No rank is given
// without them.
type Rank struct {
	Name                string
	Median, Best, Worst int
}

// Ranks draws every unit's underlying value from what is known of it, 10,000 times, and
// ranks the draws, in the order of the result's units. Where units differ by more than
// chance (Tau2 is above nought) each is drawn towards the target by chance's part in its
// distance (a normal distribution about the shrunken estimate); otherwise, and by the
// methods that allow for chance alone, it is taken as it is. The same seed gives the same
// ranks.
func (r *Result) Ranks(seed uint64) []Rank {
	chance := rand.New(rand.NewPCG(seed, uint64(len(r.Units))))
	n := len(r.Units)
	middle, spread := make([]float64, n), make([]float64, n)
	for i, u := range r.Units {
		s := r.scale.chance(u.Unit)
		keep := 1.0
		if r.Tau2 > 0 {
			keep = r.Tau2 / (r.Tau2 + s*s)
		}
		middle[i], spread[i] = keep*r.scale.of(u.Unit), s*math.Sqrt(keep)
	}
	places := make([][]int, n)
	for i := range places {
		places[i] = make([]int, draws)
	}
	drawn, order := make([]float64, n), make([]int, n)
	for d := range draws {
		for i := range drawn {
			drawn[i], order[i] = middle[i]+spread[i]*chance.NormFloat64(), i
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(drawn[b], drawn[a]) })
		for place, i := range order {
			places[i][d] = place + 1
		}
	}
	out := make([]Rank, n)
	for i := range out {
		slices.Sort(places[i])
		out[i] = Rank{
			Name: r.Units[i].Name, Median: places[i][draws/2],
			Best: places[i][draws*25/1000], Worst: places[i][draws-1-draws*25/1000],
		}
	}
	return out
}
