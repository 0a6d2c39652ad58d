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

// Synthetic is the effect on treated units against a weighted mix of others.
type Synthetic struct {
	Method   string
	Estimate Estimate // its error is that of placebos; 0 where there are too few units
	// Units weighs the units that are not treated, and Times the times before the start;
	// only weights above nought are kept.
	Units, Times []Weighed
	// Gap is treated less mix at each time.
	Gap []float64
	// Before is the mean square of the gaps before the start, about their weighted mean.
	Before float64
}

// Weighed is a unit or a time with its weight.
type Weighed struct {
	Name   string
	Weight float64
}

// block is a panel of treated and other units before and after one start.
type block struct {
	p             *Panel
	y             [][]float64 // others first
	names         []int
	others, start int
}

// newBlock refuses staggered starts: each start is a study of its own there.
func newBlock(p *Panel, y string, starts Treated) (*block, error) {
	values, err := wide(p, y)
	if err != nil {
		return nil, err
	}
	groups := starts.cohorts()
	if len(groups) == 0 {
		return nil, fmt.Errorf("no unit begins to be treated")
	}
	if len(groups) != 1 {
		return nil, fmt.Errorf("%d different starts: a synthetic comparison takes one; cs and sunab take several", len(groups))
	}
	b := &block{p: p, start: groups[0]}
	for _, treated := range []bool{false, true} {
		for u, s := range starts {
			if (s != Never) == treated {
				b.y, b.names = append(b.y, values[u]), append(b.names, u)
			}
		}
		if !treated {
			b.others = len(b.y)
		}
	}
	if b.others < 2 {
		return nil, fmt.Errorf("%d units that are not treated: a mix takes two", b.others)
	}
	if b.start < 2 {
		return nil, fmt.Errorf("%d times before the start: it takes two", b.start)
	}
	return b, nil
}

// SyntheticDiD weighs both units and times so that treated and mix move alike before the
// start, and takes the difference in differences under these weights (Arkhangelsky and
// others, American Economic Review 2021; the R package synthdid).
func SyntheticDiD(p *Panel, y string, starts Treated) (*Synthetic, error) {
	return synthetic(p, y, starts, "synthetic difference in differences", (*block).sdid)
}

// SyntheticControl weighs units alone, so that the mix is where the treated are before
// the start (Abadie, Diamond and Hainmueller, JASA 2010, on the outcome's own past, as
// synthdid has it).
func SyntheticControl(p *Panel, y string, starts Treated) (*Synthetic, error) {
	return synthetic(p, y, starts, "synthetic control", (*block).sc)
}

// DiD is the plain difference in differences of a block: all other units and all times
// before the start weigh alike.
func DiD(p *Panel, y string, starts Treated) (*Synthetic, error) {
	return synthetic(p, y, starts, "difference in differences", func(b *block, _ float64, _ weights) weights {
		return weights{even(b.others), even(b.start)}
	})
}

func even(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1 / float64(n)
	}
	return out
}

// placebos is how often treated units are drawn for the error.
const placebos = 200

// finding finds the weights of a block, from where it starts looking; noise is that of
// the block whose effect is asked, also where its placebos are weighed.
type finding func(b *block, noise float64, from weights) weights

type weights struct{ units, times []float64 }

func synthetic(p *Panel, y string, starts Treated, method string, weigh finding) (*Synthetic, error) {
	b, err := newBlock(p, y, starts)
	if err != nil {
		return nil, err
	}
	out := &Synthetic{Method: method}
	noise := b.noise()
	w := weigh(b, noise, weights{even(b.others), even(b.start)})
	out.Estimate = tested("effect", b.effect(w), b.placeboError(weigh, noise, w, b.drawn()), 0)
	for i, v := range w.units {
		if v > 0 {
			out.Units = append(out.Units, Weighed{p.Units[b.names[i]], v})
		}
	}
	for t, v := range w.times {
		if v > 0 {
			out.Times = append(out.Times, Weighed{fmt.Sprint(p.Times[t]), v})
		}
	}
	for t := range p.Times {
		out.Gap = append(out.Gap, b.gap(w.units, t))
	}
	level := 0.0
	for t, v := range w.times {
		level += v * out.Gap[t]
	}
	for t := range b.start {
		out.Before += (out.Gap[t] - level) * (out.Gap[t] - level) / float64(b.start)
	}
	return out, nil
}

// gap is the mean of the treated less the mix at a time.
func (b *block) gap(units []float64, t int) float64 {
	treated, mix := 0.0, 0.0
	for _, row := range b.y[b.others:] {
		treated += row[t]
	}
	for i, w := range units {
		mix += w * b.y[i][t]
	}
	return treated/float64(len(b.y)-b.others) - mix
}

func (b *block) effect(by weights) float64 {
	after, before := 0.0, 0.0
	for t := b.start; t < len(b.p.Times); t++ {
		after += b.gap(by.units, t) / float64(len(b.p.Times)-b.start)
	}
	for t, w := range by.times {
		before += w * b.gap(by.units, t)
	}
	return after - before
}

// noise is the standard deviation of the others' steps before the start.
func (b *block) noise() float64 {
	var steps []float64
	for _, row := range b.y[:b.others] {
		for t := 1; t < b.start; t++ {
			steps = append(steps, row[t]-row[t-1])
		}
	}
	return deviation(steps)
}

func deviation(values []float64) float64 {
	var s, squares sum
	for _, v := range values {
		s.add(v)
	}
	m := s.value() / float64(len(values))
	for _, v := range values {
		squares.add((v - m) * (v - m))
	}
	return math.Sqrt(squares.value() / float64(len(values)-1))
}

// collapsed is the others and the mean of the treated, before the start and on average
// after it.
func (b *block) collapsed() [][]float64 {
	mean := func(rows [][]float64, t int) float64 {
		s := 0.0
		for _, row := range rows {
			s += row[t]
		}
		return s / float64(len(rows))
	}
	squeeze := func(at func(t int) float64) []float64 {
		row, after := make([]float64, b.start+1), 0.0
		for t := range b.start {
			row[t] = at(t)
		}
		for t := b.start; t < len(b.p.Times); t++ {
			after += at(t)
		}
		row[b.start] = after / float64(len(b.p.Times)-b.start)
		return row
	}
	var out [][]float64
	for _, row := range b.y[:b.others] {
		out = append(out, squeeze(func(t int) float64 { return row[t] }))
	}
	return append(out, squeeze(func(t int) float64 { return mean(b.y[b.others:], t) }))
}

func (b *block) sdid(noise float64, from weights) weights {
	y := b.collapsed()
	treated, after := float64(len(b.y)-b.others), float64(len(b.p.Times)-b.start)
	return weights{
		units: sparse(b.turned(y), math.Pow(treated*after, 0.25)*noise, true, noise, from.units),
		times: sparse(y[:b.others], 1e-6*noise, true, noise, from.times),
	}
}

func (b *block) sc(noise float64, from weights) weights {
	return weights{
		units: sparse(b.turned(b.collapsed()), 1e-6*noise, false, noise, from.units),
		times: make([]float64, b.start),
	}
}

// turned has a row for each time before the start and a column for each unit, the mean of
// the treated last.
func (b *block) turned(y [][]float64) [][]float64 {
	out := make([][]float64, b.start)
	for t := range out {
		for _, row := range y {
			out[t] = append(out[t], row[t])
		}
	}
	return out
}

// sparse finds weights, drops those below a quarter of the largest, and finds the rest
// again from there.
func sparse(rows [][]float64, zeta float64, level bool, noise float64, from []float64) []float64 {
	rough := frankWolfe(rows, zeta, level, from, 1e-5*noise, 100)
	top, whole := slices.Max(rough), 0.0
	for i, w := range rough {
		if w <= top/4 {
			rough[i] = 0
		}
		whole += rough[i]
	}
	for i := range rough {
		rough[i] /= whole
	}
	return frankWolfe(rows, zeta, level, rough, 1e-5*noise, 10_000)
}

// frankWolfe finds weights of the columns but the last, none below nought and one in
// all, that bring their mix closest to the last over the rows, with a ridge of zeta; with
// level, up to a constant.
//
// The products of columns are worked out once: a round then takes the time of a column
// and of a row, and not of all cells.
func frankWolfe(rows [][]float64, zeta float64, level bool, start []float64, least float64, rounds int) []float64 {
	n, k := len(rows), len(start)
	columns := lessTheLast(rows, level)
	products := make([][]float64, k)
	for j := range products {
		products[j] = make([]float64, k)
		for l := range j + 1 {
			for i, v := range columns[j] {
				products[j][l] += v * columns[l][i]
			}
			products[l][j] = products[j][l]
		}
	}
	x := slices.Clone(start)
	ridge := float64(n) * zeta * zeta
	miss, with := make([]float64, n), make([]float64, k) // the mix less the last, and its products with the columns
	afresh := func() {
		clear(miss)
		for j, w := range x {
			if w != 0 {
				for i, v := range columns[j] {
					miss[i] += w * v
				}
			}
		}
		for j, c := range columns {
			with[j] = 0
			for i, v := range c {
				with[j] += v * miss[i]
			}
		}
	}
	afresh()
	last := math.Inf(1)
	for round := range rounds {
		best, slope, own := 0, math.Inf(1), 0.0
		for j, w := range x {
			at := ridge*w + with[j]
			own += at * w
			if at < slope {
				best, slope = j, at
			}
		}
		along, bend := slope-own, 0.0
		for i, m := range miss {
			d := columns[best][i] - m
			bend += d * d
		}
		for j, w := range x {
			d := -w
			if j == best {
				d++
			}
			bend += ridge * d * d
		}
		if bend == 0 {
			break
		}
		step := min(1, max(0, -along/bend))
		value := 0.0
		for j := range x {
			x[j] -= step * x[j]
			with[j] += step * (products[best][j] - with[j])
		}
		x[best] += step
		if round%1000 == 999 {
			afresh() // what is added up step by step drifts
		} else {
			for i := range miss {
				miss[i] += step * (columns[best][i] - miss[i])
			}
		}
		for _, w := range x {
			value += zeta * zeta * w * w
		}
		for _, m := range miss {
			value += m * m / float64(n)
		}
		if round >= 1 && last-value <= least*least {
			break
		}
		last = value
	}
	return x
}

// lessTheLast are the columns but the last, each less the last: weights that add up to
// one mix these as they mix the columns themselves, and how high all lie costs no digits.
// With level each is about its own mean.
func lessTheLast(rows [][]float64, level bool) [][]float64 {
	n, k := len(rows), len(rows[0])-1
	columns := make([][]float64, k)
	for j := range columns {
		columns[j] = make([]float64, n)
		m := 0.0
		for i := range rows {
			columns[j][i] = rows[i][j] - rows[i][k]
			m += columns[j][i] / float64(n)
		}
		if level {
			for i := range columns[j] {
				columns[j][i] -= m
			}
		}
	}
	return columns
}

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
