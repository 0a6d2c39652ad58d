package study

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"commonweal/panel"
)

// estimate runs one specification on one outcome. What cannot be run says why in Refused.
func (r *runner) estimate(f *frame, p Specification, o Outcome, group string) Result {
	out := Result{
		Specification: p.Name, Method: p.Method, Outcome: o.Name, Subgroup: group,
		Estimates: []Estimate{}, Notes: []string{},
	}
	if r.form != firstForm {
		out.Unit, out.Places = o.Unit, r.places[o.Column]
	}
	w := r.spec.Window
	if p.Window != nil {
		w = *p.Window
	}
	f = f.in(w)
	err := errors.New("no row is in the window")
	if len(f.Unit) > 0 {
		err = map[Method]func(*frame, Specification, string, *Result) error{
			FixedEffects: r.fixedEffects, Mundlak: r.mundlak, Staggered: r.staggered, SunAbraham: r.sunAbraham,
			Synthetic: r.synthetic, SyntheticDiD: r.synthetic, Interrupted: r.interrupted, Chance: r.chance,
		}[p.Method](f, p, o.Column, &out)
	}
	if answer, ok := out.Answer(); err == nil && (!ok || !answer.Value.Known()) {
		err = errors.New("the data do not give an estimate")
	}
	if err != nil {
		out.Refused, out.Estimates = err.Error(), []Estimate{}
		var staggered *panel.StaggeredError
		if errors.As(err, &staggered) {
			out.Refused = saysStaggered(len(staggered.Starts))
		}
	}
	return out
}

func (r *Result) add(terms map[string]string, list ...panel.Estimate) {
	for _, e := range list {
		term := e.Term
		if name, ok := terms[term]; ok {
			term = name
		}
		one := Estimate{term, Number(e.Value), Number(e.SE), Number(e.P), Number(e.Low), Number(e.High)}
		if e.SE == 0 { // not known, rather than known exactly
			nan := Number(math.NaN())
			one.SE, one.P, one.Low, one.High = nan, nan, nan, nan
		}
		r.Estimates = append(r.Estimates, one)
	}
}

func (r *Result) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

func (r *Result) dropped(p *panel.Panel) {
	if p.Dropped > 0 {
		r.note(saysDropped, p.Dropped)
	}
}

// asked is the column of the exposure or treatment, and its name.
func (r *runner) asked() (column, name string) {
	if r.spec.Treatment != nil {
		return onColumn, r.spec.Treatment.Name
	}
	return r.spec.Exposure, r.spec.Exposure
}

func (r *runner) fixedEffects(f *frame, s Specification, y string, out *Result) error {
	x, name := r.asked()
	regressors := append([]string{x}, s.Covariates...)
	columns := append([]string{y}, regressors...)
	if s.Weights != "" {
		columns = append(columns, s.Weights)
	}
	p, err := f.Take(columns...)
	if err != nil {
		return err
	}
	d := panel.Design{
		Y: p.Column(y), Names: regressors, Errors: panel.Errors(s.Errors), Cluster: p.Unit, Cluster2: p.Time,
		Unit: p.Unit, Time: p.Time,
	}
	if s.Errors == "" {
		d.Errors = panel.Clustered
	}
	if s.Weights != "" {
		d.Weights = p.Column(s.Weights)
	}
	for _, c := range regressors {
		d.X = append(d.X, p.Column(c))
	}
	effects := s.Effects
	if len(effects) == 0 {
		effects = []string{"unit", "time"}
	}
	for _, e := range effects {
		switch e {
		case "unit":
			d.Effects = append(d.Effects, p.Unit)
		case "time":
			d.Effects = append(d.Effects, p.Time)
		}
	}
	fit, err := panel.Fit(d)
	if err != nil {
		return err
	}
	answer, ok := fit.Of(x)
	if !ok {
		return fmt.Errorf("there is no estimate of %s", name)
	}
	out.N, out.Clusters = fit.N, fit.Clusters
	out.add(map[string]string{x: name}, answer)
	for _, c := range s.Covariates {
		if e, ok := fit.Of(c); ok {
			out.add(nil, e)
		}
	}
	out.dropped(p)
	return nil
}

func (r *runner) mundlak(f *frame, _ Specification, y string, out *Result) error {
	p, err := f.Take(y, r.spec.Exposure)
	if err != nil {
		return err
	}
	m, err := panel.Mundlak(p, y, r.spec.Exposure)
	if err != nil {
		return err
	}
	within, ok := m.Of("within")
	between, also := m.Of("between")
	if !ok || !also {
		return errors.New("there are no estimates within and between units")
	}
	out.N, out.Clusters = m.N, m.Units
	out.add(nil, within, between)
	out.note("%.1f %% of the variance that is left lies between units.", 100*m.Share)
	out.note("%s", saysBetween)
	out.dropped(p)
	return nil
}

func (r *runner) staggered(f *frame, s Specification, y string, out *Result) error {
	f, left := f.whole(y)
	p, starts, err := f.starting(y, s.Covariates...)
	if err != nil {
		return err
	}
	against := panel.Comparison(s.Against)
	if against == "" {
		against = panel.NeverTreated
	}
	e, err := panel.CallawaySantAnna(p, y, starts, against, s.Covariates...)
	if err != nil {
		return err
	}
	out.N, out.Clusters = p.Len(), e.N
	out.add(nil, e.Simple, e.Dynamic, e.Group, e.Calendar)
	for _, one := range e.Event {
		one.Term = "time " + one.Term
		out.add(nil, one)
	}
	if left > 0 {
		out.note(saysLeft, left)
	}
	if e.Pretest.DF > 0 {
		out.note("Before the start: W %.4g on %d degrees of freedom, p %s. Few units give this test little power.", e.Pretest.W, e.Pretest.DF, hand{form: r.form}.p(Number(e.Pretest.P)))
	}
	out.dropped(p)
	return nil
}

func (r *runner) sunAbraham(f *frame, s Specification, y string, out *Result) error {
	p, starts, err := f.starting(y, s.Covariates...)
	if err != nil {
		return err
	}
	e, err := panel.SunAbraham(p, y, starts, s.Covariates...)
	if err != nil {
		return err
	}
	out.N, out.Clusters = e.N, e.Clusters
	out.add(nil, e.Total)
	for _, one := range e.Event {
		one.Term = "time " + one.Term
		out.add(nil, one)
	}
	out.dropped(p)
	return nil
}

func (r *runner) synthetic(f *frame, s Specification, y string, out *Result) error {
	f, left := f.whole(y)
	p, starts, err := f.starting(y)
	if err != nil {
		return err
	}
	estimate := panel.SyntheticControl
	if s.Method == SyntheticDiD {
		estimate = panel.SyntheticDiD
	}
	e, err := estimate(p, y, starts)
	if err != nil {
		return err
	}
	out.N, out.Clusters = p.Len(), len(p.Units)
	out.add(nil, e.Estimate)
	out.Estimates[0].Term = r.spec.Treatment.Name
	if e.Estimate.SE == 0 {
		out.note("There are too few units for an error by placebos.")
	}
	weights := slices.Clone(e.Units)
	slices.SortStableFunc(weights, func(a, b panel.Weighed) int { return -cmpFloat(a.Weight, b.Weight) })
	for _, one := range weights[:min(5, len(weights))] {
		out.note("%s has weight %.3f in the mix.", one.Name, one.Weight)
	}
	if left > 0 {
		out.note(saysLeft, left)
	}
	if treated, _ := f.sides(); treated == 1 && s.Method == Synthetic {
		ranks, value, err := panel.PlaceboRanks(p, y, starts)
		if err != nil {
			return err
		}
		out.Estimates[0].P = Number(value)
		out.note("p is the rank of the unit among %d placebos.", len(ranks))
	}
	return nil
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// interrupted fits the one treated unit's series, and beside it that of all others, to
// which nothing happened then.
func (r *runner) interrupted(f *frame, s Specification, y string, out *Result) error {
	treated, others := f.sides()
	if treated != 1 {
		return fmt.Errorf("%d treated units: an interrupted series takes one", treated)
	}
	start := f.beginnings()[0]
	series := func(name string, own bool) error {
		times := map[int][2]float64{}
		n := map[int]float64{}
		for i, u := range f.Unit {
			_, is := f.starts[u]
			v, at := f.Columns[y][i], 1.0
			if s.Population != "" {
				at = f.Columns[s.Population][i]
			}
			if is != own || math.IsNaN(v) || math.IsNaN(at) {
				continue
			}
			sum := times[f.Time[i]]
			times[f.Time[i]] = [2]float64{sum[0] + v, sum[1] + at}
			n[f.Time[i]]++
		}
		var order []int
		for t := range times {
			order = append(order, t)
		}
		slices.Sort(order)
		if r.form != firstForm {
			if err := panel.Gapless(order); err != nil {
				return err
			}
		}
		var counts, at, after []float64
		var month []int
		for _, t := range order {
			sum := times[t]
			if s.Population == "" {
				sum[0] /= n[t]
			}
			counts, at = append(counts, sum[0]), append(at, sum[1])
			on := 0.0
			if t >= start {
				on = 1
			}
			after, month = append(after, on), append(month, t%100)
		}
		if s.Population == "" {
			lags := s.Lags
			if lags == 0 {
				lags = 3
			}
			e, err := panel.Segmented(counts, after, lags)
			if err != nil {
				return err
			}
			e.LevelNW.Term, e.SlopeNW.Term = name+" level", name+" slope"
			out.add(nil, e.LevelNW, e.SlopeNW)
			if own {
				out.N, out.Clusters = e.N, 1
				out.note("Durbin-Watson %.3f; errors by Newey and West with %d lags.", e.DurbinWatson, lags)
			}
			return nil
		}
		in := panel.Series{Counts: counts, At: at, After: after}
		if s.Harmonics > 0 {
			for _, m := range month {
				if m < 1 || m > 12 {
					return errors.New("a season needs times by month, such as 202404")
				}
			}
			in.Month = month
		}
		e, err := panel.Interrupted(in, s.Harmonics)
		if err != nil {
			return err
		}
		e.Quasi.Term = name + " ratio"
		out.add(nil, e.Quasi)
		if own {
			out.N, out.Clusters, out.Ratio = e.N, 1, true
			out.note("Dispersion %.4g.", e.Dispersion)
		}
		return nil
	}
	if err := series(r.spec.Treatment.Name, true); err != nil {
		return err
	}
	if others == 0 {
		out.note("%s", saysNoComparator)
		return nil
	}
	if err := series("comparison", false); err != nil {
		out.note("The comparison series could not be fitted: %v.", err)
	}
	return nil
}

// chance compares change scores, with p by drawing the treated units again from the pool.
func (r *runner) chance(f *frame, s Specification, y string, out *Result) error {
	starts := f.beginnings()
	if len(starts) != 1 {
		return fmt.Errorf("%d different starts: change scores take one", len(starts))
	}
	f, left := f.whole(y)
	p, err := f.Take(y)
	if err != nil {
		return err
	}
	units, changes := panel.Changes(p, y, starts[0])
	treated := make([]bool, len(units))
	for i, u := range units {
		_, treated[i] = f.starts[p.Units[u]]
	}
	draws := s.Draws
	if draws == 0 {
		draws = panel.Least
	}
	c, err := panel.Randomise(changes, treated, nil, draws, uint64(r.spec.Seed))
	if err != nil {
		return err
	}
	e := panel.Welch(changes, treated)
	e.Term, e.P = r.spec.Treatment.Name, c.P
	out.N, out.Clusters = p.Len(), len(units)
	out.add(nil, e)
	out.Estimates[0].P = Number(c.P)
	out.note("%d treated of %d; %d draws, seed %d. %s", c.Treated, c.Pool, c.Draws, c.Seed, saysChance)
	if left > 0 {
		out.note(saysLeft, left)
	}
	return nil
}
