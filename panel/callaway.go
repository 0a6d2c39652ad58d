package panel

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Comparison says whom treated units are set against.
type Comparison string

// The comparisons.
const (
	NeverTreated  Comparison = "never"
	NotYetTreated Comparison = "not-yet"
)

// Cell is the effect on the units that began at one time, at one time.
type Cell struct {
	Start, Time int // times, not places
	Estimate
	influence []float64
	cohort    int
	at        int
}

// Effects are those of a treatment with staggered starts.
type Effects struct {
	N        int
	Cells    []Cell
	Simple   Estimate // over all cells after the start, by size of cohort
	Dynamic  Estimate // the mean over time since the start
	Group    Estimate // over cohorts
	Calendar Estimate // the mean over times
	// Event is by time since the start; terms are "-2", "0", "1". It is counted in the
	// panel's own times: where one lacks for all units, those either side are neighbours.
	Event []Estimate
	// Pretest asks whether all effects before the start are nought: its statistic,
	// degrees of freedom and p. It has little power where units are few.
	Pretest struct {
		W  float64
		DF int
		P  float64
	}
	// LeftOut are times from which on nobody is untreated any more: where no unit is never
	// treated, those that begin last are the comparison until then.
	LeftOut []int
	// Small are the starts of cohorts of fewer than five units, whose errors say too little
	// of how units like them differ.
	Small []int
}

// small is how many units a cohort has whose errors mislead.
const small = 5

// CallawaySantAnna estimates the effect of each cohort at each time by its change since
// the time before it began, less the same change of the comparison units, and puts the
// cells together (Callaway and Sant'Anna, Journal of Econometrics 2021; the R package did
// 2.5.1 with analytic errors). With covariates, taken at the earlier time, each cell is
// doubly robust (Sant'Anna and Zhao 2020).
//
// Where every unit is treated in the end, units not yet treated are compared until the
// last begin, as did has it.
func CallawaySantAnna(p *Panel, y string, starts Treated, against Comparison, covariates ...string) (*Effects, error) {
	if against != NeverTreated && against != NotYetTreated {
		return nil, fmt.Errorf("treated units are set against %q: choose %s or %s", against, NeverTreated, NotYetTreated)
	}
	if len(starts) != len(p.Units) {
		return nil, fmt.Errorf("%d starts for %d units", len(starts), len(p.Units))
	}
	var leftOut []int
	if groups := starts.cohorts(); len(groups) > 0 && !slices.Contains(starts, Never) {
		last := groups[len(groups)-1]
		switch {
		case len(groups) == 1:
			return nil, fmt.Errorf("every unit begins at %d: there is none to compare with", p.Times[last])
		case against == NeverTreated:
			return nil, fmt.Errorf("every unit is treated in the end, so that none can be compared with as never treated: compare with units not yet treated (%s)", NotYetTreated)
		}
		leftOut, p, starts = p.Times[last:], p.before(last), slices.Clone(starts)
		for u, s := range starts {
			if s == last {
				starts[u] = Never
			}
		}
	}
	values, err := wide(p, y)
	if err != nil {
		return nil, err
	}
	x := make([][][]float64, len(covariates))
	for i, c := range covariates {
		if x[i], err = wide(p, c); err != nil {
			return nil, err
		}
	}
	groups := starts.cohorts()
	if len(groups) == 0 {
		return nil, fmt.Errorf("no unit begins to be treated")
	}
	out := &Effects{N: len(p.Units), LeftOut: leftOut}
	least := rounding * largest(p.Column(y))
	for _, g := range groups {
		if n := starts.count(g); n < small {
			out.Small = append(out.Small, p.Times[g])
		}
		for t := 1; t < len(p.Times); t++ {
			base := g - 1
			if t < g {
				base = t - 1
			}
			role := make([]int, len(starts)) // 1 treated, -1 comparison, 0 neither
			treated, compared := 0, 0
			for u, s := range starts {
				switch {
				case s == g:
					role[u], treated = 1, treated+1
				case s == Never || against == NotYetTreated && s > max(t, base):
					role[u], compared = -1, compared+1
				}
			}
			c := Cell{Start: p.Times[g], Time: p.Times[t], cohort: g, at: t}
			change := make([]float64, len(starts))
			for u := range change {
				change[u] = values[u][t] - values[u][base]
			}
			var att float64
			if len(covariates) == 0 {
				att, c.influence = plainCell(change, role, treated, compared)
			} else {
				var design [][]float64
				if design, err = standard(covariates, x, base, role); err != nil {
					return nil, fmt.Errorf("units that begin at %d, at %d: %w", c.Start, c.Time, err)
				}
				if att, c.influence, err = robustCell(change, role, design); err != nil {
					return nil, fmt.Errorf("units that begin at %d, at %d: %w", c.Start, c.Time, err)
				}
			}
			c.Estimate = byInfluence(fmt.Sprintf("%d at %d", c.Start, c.Time), att, c.influence, least)
			out.Cells = append(out.Cells, c)
		}
	}
	out.pretest()
	out.aggregate(p, starts, groups, least)
	return out, nil
}

// plainCell is the difference of mean changes and each unit's influence on it.
func plainCell(change []float64, role []int, treated, compared int) (float64, []float64) {
	var a, b sum
	for u, r := range role {
		switch r {
		case 1:
			a.add(change[u])
		case -1:
			b.add(change[u])
		}
	}
	meanA, meanB := a.value()/float64(treated), b.value()/float64(compared)
	n := float64(len(role))
	influence := make([]float64, len(role))
	for u, r := range role {
		switch r {
		case 1:
			influence[u] = n / float64(treated) * (change[u] - meanA)
		case -1:
			influence[u] = -n / float64(compared) * (change[u] - meanB)
		}
	}
	return meanA - meanB, influence
}

func largest(values []float64) (most float64) {
	for _, v := range values {
		most = max(most, math.Abs(v))
	}
	return most
}

// byInfluence is an estimate whose error is that of the mean of its influences. Where one
// unit stands against one, no influence says how units differ: the error is then not known,
// which is not the same as nought. Nor is it where all that is left is rounding, up to the
// least.
func byInfluence(term string, value float64, influence []float64, least float64) Estimate {
	var s sum
	for _, v := range influence {
		s.add(v * v)
	}
	se := math.Sqrt(s.value()) / float64(len(influence))
	if se <= 1e-10*math.Abs(value) || se <= least {
		se = math.NaN()
	}
	return tested(term, value, se, 0)
}

// pretest is the joint Wald test of the cells before the start.
func (e *Effects) pretest() {
	var before []Cell
	for _, c := range e.Cells {
		if c.Time < c.Start {
			if math.IsNaN(c.SE) {
				return // nothing says how that one varies
			}
			before = append(before, c)
		}
	}
	k := len(before)
	if k == 0 {
		return
	}
	v, b := mat.NewSymDense(k, nil), mat.NewVecDense(k, nil)
	for i := range k {
		b.SetVec(i, before[i].Value)
		for j := i; j < k; j++ {
			v.SetSym(i, j, dot(before[i].influence, before[j].influence, nil)/float64(e.N*e.N))
		}
	}
	var c mat.Cholesky
	if !c.Factorize(v) {
		return // too few units to test that many at once
	}
	var solved mat.VecDense
	if c.SolveVecTo(&solved, b) != nil {
		return
	}
	e.Pretest.W, e.Pretest.DF = mat.Dot(b, &solved), k
	e.Pretest.P = distuv.ChiSquared{K: float64(k)}.Survival(e.Pretest.W)
}

// aggregate puts the cells together.
func (e *Effects) aggregate(p *Panel, starts Treated, groups []int, least float64) {
	n := float64(len(starts))
	share := map[int]float64{}
	for _, g := range groups {
		share[g] = float64(starts.count(g)) / n
	}
	w := weighing{starts, share, least}
	var after []Cell
	events, times, cohorts := map[int][]Cell{}, map[int][]Cell{}, map[int][]Cell{}
	for _, c := range e.Cells {
		events[c.at-c.cohort] = append(events[c.at-c.cohort], c)
		if c.at >= c.cohort {
			after = append(after, c)
			times[c.at] = append(times[c.at], c)
			cohorts[c.cohort] = append(cohorts[c.cohort], c)
		}
	}
	e.Simple = w.together("simple", after).Estimate
	var dynamic, calendar, group []Cell
	for _, k := range sortedKeys(events) {
		one := w.together(fmt.Sprint(k), events[k])
		e.Event = append(e.Event, one.Estimate)
		if k >= 0 {
			dynamic = append(dynamic, one)
		}
	}
	for _, t := range sortedKeys(times) {
		calendar = append(calendar, w.together(fmt.Sprint(p.Times[t]), times[t]))
	}
	for _, g := range sortedKeys(cohorts) {
		one := w.average(fmt.Sprint(p.Times[g]), cohorts[g])
		one.cohort = g
		group = append(group, one)
	}
	e.Dynamic, e.Calendar = w.average("dynamic", dynamic).Estimate, w.average("calendar", calendar).Estimate
	e.Group = w.together("group", group).Estimate
}

func sortedKeys(m map[int][]Cell) []int {
	var out []int
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// weighing puts cells together; errors up to the least are rounding.
type weighing struct {
	starts Treated
	share  map[int]float64
	least  float64
}

// average is the plain mean of cells.
func (w weighing) average(term string, cells []Cell) Cell {
	value, influence := 0.0, make([]float64, len(cells[0].influence))
	for _, c := range cells {
		value += c.Value / float64(len(cells))
		for u, v := range c.influence {
			influence[u] += v / float64(len(cells))
		}
	}
	return Cell{Estimate: byInfluence(term, value, influence, w.least), influence: influence}
}

// together is the mean of cells by the sizes of their cohorts, which are themselves
// estimated: their part of the influence is counted in.
func (w weighing) together(term string, cells []Cell) Cell {
	var all, value float64
	for _, c := range cells {
		all += w.share[c.cohort]
		value += c.Value * w.share[c.cohort]
	}
	value /= all
	influence := make([]float64, len(w.starts))
	for u, s := range w.starts {
		off := 0.0 // of the sum of shares
		for _, c := range cells {
			off -= w.share[c.cohort]
			if s == c.cohort {
				off++
			}
		}
		for _, c := range cells {
			own := -w.share[c.cohort]
			if s == c.cohort {
				own++
			}
			influence[u] += c.influence[u]*w.share[c.cohort]/all + c.Value*(own/all-off*w.share[c.cohort]/(all*all))
		}
	}
	return Cell{Estimate: byInfluence(term, value, influence, w.least), influence: influence}
}
