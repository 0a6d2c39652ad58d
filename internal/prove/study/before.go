package study

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"commonweal/panel"
)

// drawsBefore are how often the treated units are drawn again for the test of the time
// before the start.
const drawsBefore = 1_999

// joint tests all times before the start together: whether treated units and the rest
// stood apart from where they stood at the last of them. p is by chance; smallest is what
// all earlier times would have to lie apart by for the test to find it in 80 of 100 cases.
func (r *runner) joint(start int) (p float64, smallest Number, err error) {
	b, err := r.before(start)
	if err != nil {
		return 0, 0, err
	}
	if len(b.Times) < 3 {
		return 0, 0, fmt.Errorf("there are %d times before it, and it takes three", len(b.Times))
	}
	y, last := b.Column(r.spec.Outcomes[0].Column), len(b.Times)-1
	var treated []int
	apart := make([][]float64, len(b.Units)) // of a unit's last time, by earlier time
	for u, name := range b.Units {
		apart[u] = make([]float64, last)
		for t := range apart[u] {
			apart[u][t] = y[u*len(b.Times)+t] - y[u*len(b.Times)+last]
		}
		if _, ok := r.frame.starts[name]; ok {
			treated = append(treated, u)
		}
	}
	k, n := len(treated), len(b.Units)
	if k == 0 || n-k < 2 {
		return 0, 0, fmt.Errorf("%d treated units and %d others have all times before it", k, n-k)
	}
	sums, weight := make([]float64, last), make([]float64, last)
	for t := range sums {
		column := make([]float64, n)
		for u := range apart {
			column[u] = apart[u][t]
			sums[t] += column[u]
		}
		if sd := deviation(column); sd > 0 {
			weight[t] = 1 / (sd * sd)
		}
	}
	// square is the sum of squares, and plain that of differences, each over its variance.
	measure := func(which []int) (square, plain float64) {
		for t, w := range weight {
			own := 0.0
			for _, u := range which {
				own += apart[u][t]
			}
			d := own/float64(k) - (sums[t]-own)/float64(n-k)
			square, plain = square+d*d*w, plain+d*w
		}
		return square, plain
	}
	found, _ := measure(treated)
	chance := rand.New(rand.NewPCG(uint64(r.spec.Seed), uint64(last)))
	units := make([]int, n)
	for i := range units {
		units[i] = i
	}
	square, plain, above := make([]float64, drawsBefore), make([]float64, drawsBefore), 0
	for i := range square {
		for j := range k {
			other := j + chance.IntN(n-j)
			units[j], units[other] = units[other], units[j]
		}
		if square[i], plain[i] = measure(units[:k]); square[i] >= found*(1-1e-12) {
			above++
		}
	}
	return float64(1+above) / float64(drawsBefore+1), Number(detectable(square, plain, weight)), nil
}

// detectable is the size at which four of five draws lie above what one of twenty does
// when nothing is there.
func detectable(square, plain, weight []float64) float64 {
	ordered := slices.Clone(square)
	slices.Sort(ordered)
	limit, total := ordered[int(0.95*float64(len(ordered)))], 0.0
	for _, w := range weight {
		total += w
	}
	if total == 0 {
		return math.NaN()
	}
	enough := func(size float64) bool {
		n := 0
		for i := range square {
			if square[i]+2*size*plain[i]+size*size*total > limit {
				n++
			}
		}
		return float64(n) >= 0.8*float64(len(square))
	}
	low, high := 0.0, math.Sqrt(limit/total)
	for range 60 {
		if enough(high) {
			break
		}
		low, high = high, 2*high
	}
	for range 50 {
		if middle := (low + high) / 2; enough(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

// early is how much more the treated units than the rest had moved at the last time before
// the start, against their own earlier times.
func (r *runner) early(start int) (apart, p float64, err error) {
	b, err := r.before(start)
	if err != nil {
		return 0, 0, err
	}
	last := len(b.Times) - 1
	if last < 1 {
		return 0, 0, fmt.Errorf("there is one time before it, and it takes two")
	}
	y := b.Column(r.spec.Outcomes[0].Column)
	moves, treated := make([]float64, len(b.Units)), make([]bool, len(b.Units))
	for u, name := range b.Units {
		own := y[u*len(b.Times) : (u+1)*len(b.Times)]
		moves[u] = own[last] - average(own[:last])
		_, treated[u] = r.frame.starts[name]
	}
	c, err := panel.Randomise(moves, treated, nil, panel.Least, uint64(r.spec.Seed))
	if err != nil {
		return 0, 0, err
	}
	return c.Difference, c.P, nil
}

// course is the mean of the primary outcome at each time, of treated units and of the
// rest, where all begin at one time; of units that have every time.
func (r *runner) course() {
	starts := r.frame.beginnings()
	if len(starts) != 1 {
		return
	}
	y := r.spec.Outcomes[0].Column
	f, _ := r.frame.whole(y)
	p, err := f.Take(y)
	if err != nil {
		return
	}
	values := p.Column(y)
	for t, time := range p.Times {
		var own, rest []float64
		for u, name := range p.Units {
			if _, ok := f.starts[name]; ok {
				own = append(own, values[u*len(p.Times)+t])
			} else {
				rest = append(rest, values[u*len(p.Times)+t])
			}
		}
		if len(own) == 0 || len(rest) == 0 {
			return
		}
		r.out.Began = starts[0]
		r.out.Course = append(r.out.Course, Moment{time, Number(average(own)), Number(average(rest))})
	}
}

// neighbours is how much a unit's values at neighbouring times go together, once the level
// of units and of times is taken out. Values that overlap come near to one.
func (r *runner) neighbours() (float64, bool) {
	y := r.spec.Outcomes[0].Column
	f, _ := r.frame.whole(y)
	p, err := f.Take(y)
	if err != nil || len(p.Times) < 8 || len(p.Units) < 2 {
		return 0, false
	}
	n := len(p.Times)
	values := slices.Clone(p.Column(y))
	for u := range p.Units {
		mean := average(values[u*n : (u+1)*n])
		for t := range n {
			values[u*n+t] -= mean
		}
	}
	for t := range n {
		mean := 0.0
		for u := range p.Units {
			mean += values[u*n+t] / float64(len(p.Units))
		}
		for u := range p.Units {
			values[u*n+t] -= mean
		}
	}
	var next, all float64
	for i, v := range values {
		all += v * v
		if i%n > 0 {
			next += v * values[i-1]
		}
	}
	return next / all, all > 0
}
