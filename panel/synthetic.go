package panel

import (
	"fmt"
	"math"
)

// Synthetic is the effect on treated units against a weighted mix of others.
type Synthetic struct {
	Method   string
	Estimate Estimate // its error is that of placebos; 0 where these are too few, or all alike
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
	se := b.placeboError(weigh, noise, w, b.drawn())
	if se <= rounding*largest(p.Column(y)) { // no placebo differs from another
		se = 0
	}
	out.Estimate = tested("effect", b.effect(w), se, 0)
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
