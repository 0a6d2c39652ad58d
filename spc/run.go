package spc

import (
	"fmt"
	"math"
)

// RunChart is what Anhøj's two tests say of values about a centre line (Anhøj and Olesen,
// PLoS ONE 2014). It takes no normal values and no limits.
type RunChart struct {
	Centre float64
	// Useful is how many values do not lie on the line; the others are left out.
	Useful int
	// LongestRun is the most values in a row on one side, and LongestAllowed the most
	// that chance allows.
	LongestRun, LongestAllowed int
	// Crossings is how often the values cross the line, and CrossingsNeeded the
	// fewest that chance allows.
	Crossings, CrossingsNeeded int
	// Signal says that the values stay on a side too long or cross too rarely.
	Signal bool
}

// Run tests values, in their order, about their median. Gaps are NaN. It takes ten
// useful values or more.
func Run(values []float64) (RunChart, error) { return RunAbout(values, Median(values)) }

// RunAbout is [Run] about another line than the median, such as the mean of an XmR chart.
func RunAbout(values []float64, centre float64) (RunChart, error) {
	r := RunChart{Centre: centre}
	run, last := 0, 0
	for _, v := range values {
		side := sign(v - r.Centre)
		if side == 0 {
			continue
		}
		r.Useful++
		switch {
		case side == last:
			run++
		case last != 0:
			r.Crossings++
			fallthrough
		default:
			run = 1
		}
		last = side
		r.LongestRun = max(r.LongestRun, run)
	}
	if r.Useful < 10 {
		return r, fmt.Errorf("a run chart takes ten values that do not lie on its centre line, and there are %d", r.Useful)
	}
	r.LongestAllowed = LongestAllowed(r.Useful)
	r.CrossingsNeeded = CrossingsNeeded(r.Useful)
	r.Signal = r.LongestRun > r.LongestAllowed || r.Crossings < r.CrossingsNeeded
	return r, nil
}

// LongestAllowed is the longest run that chance allows among n useful values:
// log2(n) + 3, rounded.
func LongestAllowed(n int) int { return int(math.RoundToEven(math.Log2(float64(n)))) + 3 }

// CrossingsNeeded is the fewest crossings that chance allows among n useful values: the
// 5 % point of a binomial of n-1 tosses.
func CrossingsNeeded(n int) int {
	trials := n - 1
	log := func(k int) float64 { v, _ := math.Lgamma(float64(k + 1)); return v }
	sum := 0.0
	for k := 0; k <= trials; k++ {
		sum += math.Exp(log(trials) - log(k) - log(trials-k) - float64(trials)*math.Ln2)
		if sum >= 0.05*(1-1e-12) {
			return k
		}
	}
	return trials
}

// Side says which runs move a median.
type Side int

// The sides.
const (
	Either Side = 0
	Above  Side = 1
	Below  Side = -1
)

// Stretch is a part of a run chart with a median of its own.
type Stretch struct {
	From, To int // places of the first and last value it holds for
	Median   float64
	// Run are the places of the sustained run that made the median; both are -1 for
	// the first, which comes from the values that begin the chart.
	RunFrom, RunTo int
}

// Rebase is the run chart whose median moves by itself (as runcharter does): the first
// median is of the first so many values; when so many useful values in a row lie on the
// side asked for, their median is the new one from there on.
func Rebase(values []float64, first, length int, side Side) ([]Stretch, error) {
	if first < 1 || length < 2 {
		return nil, fmt.Errorf("a median takes one value or more, and a run two or more")
	}
	if len(values) < first {
		return nil, fmt.Errorf("the first median takes %d values, and there are %d", first, len(values))
	}
	out := []Stretch{{From: 0, To: len(values) - 1, Median: Median(values[:first]), RunFrom: -1, RunTo: -1}}
	at := first
	for {
		now := &out[len(out)-1]
		from, to, ok := sustained(values, at, now.Median, length, side)
		if !ok {
			return out, nil
		}
		now.To = from - 1
		out = append(out, Stretch{From: from, To: len(values) - 1, Median: medianOfRun(values[from:to+1], now.Median), RunFrom: from, RunTo: to})
		at = to + 1
	}
}

// medianOfRun is the median of the useful values of a run.
func medianOfRun(run []float64, old float64) float64 {
	var useful []float64
	for _, v := range run {
		if sign(v-old) != 0 {
			useful = append(useful, v)
		}
	}
	return Median(useful)
}

// sustained finds the first run of so many useful values on the side from a place on.
func sustained(values []float64, at int, median float64, length int, want Side) (from, to int, ok bool) {
	n, last := 0, 0
	for i := at; i < len(values); i++ {
		side := sign(values[i] - median)
		if side == 0 {
			continue
		}
		if side != last {
			from, n, last = i, 0, side
		}
		n++
		if n == length && (want == Either || side == int(want)) {
			return from, i, true
		}
	}
	return 0, 0, false
}
