package study

import (
	"fmt"
	"math"
	"slices"

	"commonweal/panel"
)

var nan = math.NaN()

// overlapping is how alike neighbouring values are, at the least, where each covers
// several times: of windows of four it is three quarters, and of twelve eleven twelfths.
const overlapping = 0.75

// anticipation says what the data know of treated units that moved early.
func (r *runner) anticipation(add adder) {
	starts := r.frame.beginnings()
	if r.form == firstForm || len(starts) != 1 {
		return
	}
	if apart, p, err := r.early(starts[0]); err == nil {
		add("Anticipation", FromData, "%s", saysEarly(r.hand(r.spec.Outcomes[0]), apart, p))
	}
}

// spillover says how the units in comparison moved.
func (r *runner) spillover(add adder) {
	starts := r.frame.beginnings()
	if r.form == firstForm || len(starts) != 1 {
		return
	}
	o := r.spec.Outcomes[0]
	f, _ := r.frame.whole(o.Column)
	p, err := f.Take(o.Column)
	if err != nil {
		return
	}
	units, changes := panel.Changes(p, o.Column, starts[0])
	var rest []float64
	for i, u := range units {
		if _, ok := f.starts[p.Units[u]]; !ok {
			rest = append(rest, changes[i])
		}
	}
	if len(rest) < 2 {
		return
	}
	h := r.hand(o)
	add("Spillover between neighbours", FromData, saysCarried, h.with(h.size(Number(average(rest)), Number(deviation(rest)/math.Sqrt(float64(len(rest)))))))
}

// measurement says what the data know of how values are made, and what weighs them.
func (r *runner) measurement(add adder) {
	if r.form == firstForm {
		return
	}
	if alike, ok := r.neighbours(); ok {
		says := saysSingle
		if alike > overlapping {
			says = saysRolling
		}
		add("Measurement, moving windows", FromData, says, alike)
	}
	weighed := false
	for _, p := range append([]Specification{r.spec.Primary}, r.spec.Also...) {
		if p.Weights != "" {
			weighed = true
			add("Measurement, weights", FromSpec, saysWeights, p.Name, p.Weights)
		}
	}
	if !weighed {
		add("Measurement, weights", FromSpec, "%s", saysEqual)
	}
}

// cohorts is the test of the time before the start of units that begin at different times;
// false where the data do not give one.
func (r *runner) cohorts(add adder) bool {
	o := r.spec.Outcomes[0]
	f, _ := r.frame.whole(o.Column)
	p, starts, err := f.starting(o.Column)
	if err != nil {
		return false
	}
	e, err := panel.CallawaySantAnna(p, o.Column, starts, panel.NotYetTreated)
	if err != nil || e.Pretest.DF == 0 {
		return false
	}
	finest, coarsest := nan, nan
	for _, one := range e.Event {
		var at int
		if _, err := fmt.Sscan(one.Term, &at); err != nil || at >= 0 || one.SE <= 0 {
			continue
		}
		if size := detects * one.SE; math.IsNaN(finest) {
			finest, coarsest = size, size
		} else {
			finest, coarsest = min(finest, size), max(coarsest, size)
		}
	}
	add("Before the start", FromData, "The treatment begins at %d different times.", len(r.frame.beginnings()))
	add(subjectBefore, FromData, "%s", saysCohorts(r.hand(o), e.Pretest.W, e.Pretest.DF, e.Pretest.P, Number(finest), Number(coarsest)))
	return true
}

// partly counts, of units that are not there at every time, those that are treated, that
// begin after the first time, and that end before the last.
func (r *runner) partly(units []string) (treated, late, ended int) {
	if len(units) == 0 {
		return 0, 0, 0
	}
	first, last := slices.Min(r.frame.Time), slices.Max(r.frame.Time)
	from, to := map[string]int{}, map[string]int{}
	for i, u := range r.frame.Unit {
		if t, ok := from[u]; !ok || r.frame.Time[i] < t {
			from[u] = r.frame.Time[i]
		}
		to[u] = max(to[u], r.frame.Time[i])
	}
	for _, u := range units {
		if _, ok := r.frame.starts[u]; ok {
			treated++
		}
		if from[u] > first {
			late++
		}
		if to[u] < last {
			ended++
		}
	}
	return treated, late, ended
}

// missing counts rows of treated units without a value, -1 where nothing is treated, and
// units without one at the last time.
func (r *runner) missing(column string) (treated, late, last int) {
	last = slices.Max(r.frame.Time)
	have := map[string]bool{}
	for i, u := range r.frame.Unit {
		known := !math.IsNaN(r.frame.Columns[column][i])
		if _, ok := r.frame.starts[u]; ok && !known {
			treated++
		}
		if r.frame.Time[i] == last && known {
			have[u] = true
		}
	}
	if r.spec.Treatment == nil {
		treated = -1
	}
	return treated, distinct(r.frame.Unit) - len(have), last
}

// moves says how much the exposure moves, between units and within them.
func (r *runner) moves(add adder) {
	x := r.frame.Columns[r.spec.Exposure]
	own := map[string][]float64{}
	var order []string
	for i, u := range r.frame.Unit {
		if math.IsNaN(x[i]) {
			continue
		}
		if own[u] == nil {
			order = append(order, u)
		}
		own[u] = append(own[u], x[i])
	}
	slices.Sort(order)
	var means, within []float64
	for _, u := range order {
		mean := average(own[u])
		means = append(means, mean)
		for _, v := range own[u] {
			within = append(within, v-mean)
		}
	}
	if len(means) < 2 || len(within) <= len(means) {
		return
	}
	square := 0.0
	for _, v := range within {
		square += v * v
	}
	inside := math.Sqrt(square / float64(len(within)-len(means)))
	h := hand{form: secondForm, places: 8}
	add("How much it moves", FromData, saysMoves, r.spec.Exposure, h.size(Number(deviation(means)), Number(nan)), h.size(Number(inside), Number(nan)))
}
