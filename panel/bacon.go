package panel

import (
	"fmt"
	"slices"
)

// Comparison2x2 is one of the comparisons that a plain fixed-effects estimate averages.
type Comparison2x2 struct {
	Treated, Against string // times at which the cohorts begin, or "never"
	Estimate, Weight float64
	// Forbidden says that the comparison units were treated already.
	Forbidden bool
}

// Bacon takes a plain fixed-effects estimate of a treatment apart into the comparisons of
// two cohorts in two stretches of time that it averages, with their weights, which add up
// to one (Goodman-Bacon, Journal of Econometrics 2021). The panel is balanced and no unit
// is treated from the beginning.
func Bacon(p *Panel, y string, starts Treated) ([]Comparison2x2, error) {
	values, err := wide(p, y)
	if err != nil {
		return nil, err
	}
	groups := starts.cohorts()
	if len(groups) == 0 {
		return nil, fmt.Errorf("no unit begins to be treated")
	}
	if len(groups) == 1 && !slices.Contains(starts, Never) {
		return nil, fmt.Errorf("every unit begins at %d: there is none to compare with", p.Times[groups[0]])
	}
	all := append(slices.Clone(groups), Never)
	n, share := map[int]float64{}, map[int]float64{}
	means := map[int][]float64{}
	for u, s := range starts {
		if means[s] == nil {
			means[s] = make([]float64, len(p.Times))
		}
		n[s]++
		for t, v := range values[u] {
			means[s][t] += v
		}
	}
	for s, m := range means {
		share[s] = n[s] / float64(len(starts))
		for t := range m {
			m[t] /= n[s]
		}
	}
	times := len(p.Times)
	treatedShare := func(s int) float64 { return float64(times-s) / float64(times) }
	over := func(s, from, to int) float64 {
		var total sum
		for t := from; t < to; t++ {
			total.add(means[s][t])
		}
		return total.value() / float64(to-from)
	}
	name := func(s int) string {
		if s == Never {
			return "never"
		}
		return fmt.Sprint(p.Times[s])
	}
	var out []Comparison2x2
	var whole sum
	add := func(treated, against, from, change, to int, weight float64, forbidden bool) {
		effect := over(treated, change, to) - over(treated, from, change) - over(against, change, to) + over(against, from, change)
		out = append(out, Comparison2x2{name(treated), name(against), effect, weight, forbidden})
		whole.add(weight)
	}
	for i, early := range groups {
		for _, late := range all[i+1:] {
			if n[late] == 0 {
				continue
			}
			pair := share[early] + share[late]
			inner := share[early] / pair
			d := treatedShare(early)
			if late == Never {
				add(early, Never, 0, early, times, pair*pair*inner*(1-inner)*d*(1-d), false)
				continue
			}
			l := treatedShare(late)
			// The earlier cohort begins while the later waits; then the later begins while
			// the earlier is treated already.
			add(early, late, 0, early, late, pair*pair*(1-l)*(1-l)*inner*(1-inner)*(d-l)/(1-l)*(1-d)/(1-l), false)
			add(late, early, early, late, times, pair*pair*d*d*inner*(1-inner)*l/d*(d-l)/d, true)
		}
	}
	for i := range out {
		out[i].Weight /= whole.value()
	}
	return out, nil
}
