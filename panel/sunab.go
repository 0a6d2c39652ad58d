package panel

import (
	"fmt"
	"math"
	"slices"
)

// Interacted is what [SunAbraham] finds.
type Interacted struct {
	N, Clusters int
	Total       Estimate   // over all rows of treated units after their start
	Event       []Estimate // by time since the start, in the panel's own times; -1 is the reference
	Cohort      []Estimate // by start
	Others      []Estimate // of the covariates
}

// SunAbraham fits unit and time effects with a term for each cohort at each time since
// its start, leaving out the time before it, against units that are never treated, and
// averages the terms by rows (Sun and Abraham, Journal of Econometrics 2021; fixest's
// sunab). Errors are clustered by unit.
func SunAbraham(p *Panel, y string, starts Treated, covariates ...string) (*Interacted, error) {
	groups := starts.cohorts()
	if len(groups) == 0 {
		return nil, fmt.Errorf("no unit begins to be treated")
	}
	if !slices.Contains(starts, Never) {
		return nil, fmt.Errorf("every unit is treated in the end: there is none to compare with throughout; cs compares with units not yet treated (not-yet)")
	}
	d := Design{Y: p.Column(y), Errors: Clustered, Cluster: p.Unit, Effects: [][]int{p.Unit, p.Time}}
	for _, c := range covariates {
		d.X, d.Names = append(d.X, p.Column(c)), append(d.Names, c)
	}
	type cell struct{ cohort, since, rows int }
	var cells []cell
	for _, g := range groups {
		for t := range p.Times {
			if t-g == -1 {
				continue
			}
			x, rows := make([]float64, p.Len()), 0
			for i, u := range p.Unit {
				if starts[u] == g && p.Time[i] == t {
					x[i], rows = 1, rows+1
				}
			}
			if rows == 0 {
				continue
			}
			d.X, d.Names = append(d.X, x), append(d.Names, fmt.Sprintf("%d at %d", p.Times[g], p.Times[t]))
			cells = append(cells, cell{g, t - g, rows})
		}
	}
	f, err := Fit(d)
	if err != nil {
		return nil, err
	}
	first := len(covariates)
	// mixed averages the terms that are wanted, by rows. Where the error of none is known,
	// neither is theirs.
	mixed := func(term string, want func(c cell) bool) Estimate {
		w, all, known := make([]float64, len(cells)), 0.0, false
		for i, c := range cells {
			if want(c) {
				w[i], all = float64(c.rows), all+float64(c.rows)
				known = known || !math.IsNaN(f.Estimates[first+i].SE)
			}
		}
		var value, variance sum
		for i := range cells {
			value.add(w[i] / all * f.Estimates[first+i].Value)
			for j := range cells {
				variance.add(w[i] / all * w[j] / all * f.Cov.At(first+i, first+j))
			}
		}
		se := math.Sqrt(variance.value())
		if !known {
			se = math.NaN()
		}
		return tested(term, value.value(), se, float64(f.Clusters-1))
	}
	out := &Interacted{N: f.N, Clusters: f.Clusters, Others: f.Estimates[:first]}
	out.Total = mixed("total", func(c cell) bool { return c.since >= 0 })
	since := map[int][]Cell{}
	for _, c := range cells {
		since[c.since] = nil
	}
	for _, k := range sortedKeys(since) {
		out.Event = append(out.Event, mixed(fmt.Sprint(k), func(c cell) bool { return c.since == k }))
	}
	for _, g := range groups {
		out.Cohort = append(out.Cohort, mixed(fmt.Sprint(p.Times[g]), func(c cell) bool { return c.cohort == g && c.since >= 0 }))
	}
	return out, nil
}
