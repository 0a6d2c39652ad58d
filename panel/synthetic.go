package panel

import (
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
	if len(groups) != 1 {
		return nil, fmt.Errorf("%d different starts: a synthetic comparison takes one", len(groups))
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
		return nil, fmt.Errorf("%d units to mix: it takes two", b.others)
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
	return synthetic(p, y, starts, "difference in differences", func(b *block) ([]float64, []float64) {
		return even(b.others), even(b.start)
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
const placebos = 100

func synthetic(p *Panel, y string, starts Treated, method string, weights func(*block) (units, times []float64)) (*Synthetic, error) {
	b, err := newBlock(p, y, starts)
	if err != nil {
		return nil, err
	}
	units, times := weights(b)
	out := &Synthetic{Method: method}
	value := b.effect(units, times)
	out.Estimate = tested("effect", value, b.placeboError(weights), 0)
	for i, w := range units {
		if w > 0 {
			out.Units = append(out.Units, Weighed{p.Units[b.names[i]], w})
		}
	}
	for t, w := range times {
		if w > 0 {
			out.Times = append(out.Times, Weighed{fmt.Sprint(p.Times[t]), w})
		}
	}
	for t := range p.Times {
		out.Gap = append(out.Gap, b.gap(units, t))
	}
	level := 0.0
	for t, w := range times {
		level += w * out.Gap[t]
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

func (b *block) effect(units, times []float64) float64 {
	after, before := 0.0, 0.0
	for t := b.start; t < len(b.p.Times); t++ {
		after += b.gap(units, t) / float64(len(b.p.Times)-b.start)
	}
	for t, w := range times {
		before += w * b.gap(units, t)
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

func (b *block) sdid() (units, times []float64) {
	y, noise := b.collapsed(), b.noise()
	treated, after := float64(len(b.y)-b.others), float64(len(b.p.Times)-b.start)
	times = sparse(y[:b.others], 1e-6*noise, true, noise)
	units = sparse(b.turned(y), math.Pow(treated*after, 0.25)*noise, true, noise)
	return units, times
}

func (b *block) sc() (units, times []float64) {
	noise := b.noise()
	return sparse(b.turned(b.collapsed()), 1e-6*noise, false, noise), make([]float64, b.start)
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
func sparse(rows [][]float64, zeta float64, level bool, noise float64) []float64 {
	rough := frankWolfe(rows, zeta, level, even(len(rows[0])-1), 1e-5*noise, 100)
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
func frankWolfe(rows [][]float64, zeta float64, level bool, start []float64, least float64, rounds int) []float64 {
	n, k := len(rows), len(start)
	columns := make([][]float64, k+1)
	for j := range columns {
		columns[j] = make([]float64, n)
		m := 0.0
		for i := range rows {
			columns[j][i] = rows[i][j]
			m += rows[i][j] / float64(n)
		}
		for i := range rows {
			if level {
				columns[j][i] -= m
			}
		}
	}
	x := slices.Clone(start)
	ridge := float64(n) * zeta * zeta
	miss := make([]float64, n)
	residual := func() {
		for i := range miss {
			miss[i] = -columns[k][i]
		}
		for j, w := range x {
			if w != 0 {
				for i := range miss {
					miss[i] += w * columns[j][i]
				}
			}
		}
	}
	residual()
	at, last := make([]float64, k), math.Inf(1)
	for round := range rounds {
		best, slope := 0, math.Inf(1)
		for j := range k {
			at[j] = ridge * x[j]
			for i, m := range miss {
				at[j] += m * columns[j][i]
			}
			if at[j] < slope {
				best, slope = j, at[j]
			}
		}
		var along, bend float64
		for i, m := range miss {
			d := columns[best][i] - m - columns[k][i]
			bend += d * d
		}
		for j := range k {
			d := -x[j]
			if j == best {
				d++
			}
			along += at[j] * d
			bend += ridge * d * d
		}
		if bend == 0 {
			break
		}
		step := min(1, max(0, -along/bend))
		for j := range x {
			x[j] -= step * x[j]
		}
		x[best] += step
		if round%1000 == 999 {
			residual() // what is added up step by step drifts
		} else {
			for i := range miss {
				miss[i] += step * (columns[best][i] - miss[i] - columns[k][i])
			}
		}
		value := 0.0
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

// placeboError is the spread of the estimate when units that were not treated are taken
// for treated, as many as are, at random and again and again. It is 0 where too few are
// left to mix.
func (b *block) placeboError(weights func(*block) (units, times []float64)) float64 {
	treated := len(b.y) - b.others
	if b.others < treated+2 {
		return 0
	}
	chance := rand.New(rand.NewPCG(2021, uint64(b.others)))
	draws, values := make([]*block, placebos), make([]float64, placebos)
	for i := range draws { // all draws first, so that who works on which changes nothing
		draws[i] = &block{p: b.p, start: b.start, others: b.others - treated}
		for _, u := range chance.Perm(b.others) {
			draws[i].y = append(draws[i].y, b.y[u])
		}
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := next.Add(1) - 1; i < placebos; i = next.Add(1) - 1 {
				values[i] = draws[i].effect(weights(draws[i]))
			}
		})
	}
	all.Wait()
	return deviation(values)
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
	for i := range b.y {
		turn := &block{p: p, start: b.start, others: b.others}
		for k, row := range b.y {
			if k != i && k != b.others { // the treated one is in no mix
				turn.y = append(turn.y, row)
			}
		}
		if turn.others = len(turn.y); i == b.others {
			turn.others = b.others
		}
		turn.y = append(turn.y, b.y[i])
		units, _ := turn.sc()
		var before, after float64
		for t := range p.Times {
			if g := turn.gap(units, t); t < b.start {
				before += g * g / float64(b.start)
			} else {
				after += g * g / float64(len(p.Times)-b.start)
			}
		}
		ranks = append(ranks, Placebo{p.Units[b.names[i]], after / before})
	}
	own := ranks[b.others]
	slices.SortStableFunc(ranks, func(a, b Placebo) int {
		switch {
		case a.Ratio > b.Ratio:
			return -1
		case a.Ratio < b.Ratio:
			return 1
		}
		return 0
	})
	return ranks, float64(slices.Index(ranks, own)+1) / float64(len(ranks)), nil
}
