package cli

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"commonweal/panel"
)

func panelFE(o panelFlags, in panelInput, d *panelDocument) error {
	design := panel.Design{
		Y: in.Column(o.y), Names: in.x, Errors: panel.Errors(o.errors), Cluster: in.Unit, Cluster2: in.Time,
		Unit: in.Unit, Time: in.Time, StaggeredAnyway: o.anyway,
	}
	if o.weights != "" {
		design.Weights = in.Column(o.weights)
	}
	if o.cluster != "" {
		design.Cluster = dense(in.Column(clusterColumn))
	}
	for _, name := range in.x {
		design.X = append(design.X, in.Column(name))
	}
	if in.starts != nil { // a switch that is on from the start
		on := make([]float64, in.Len())
		for i, u := range in.Unit {
			if in.Time[i] >= in.starts[u] {
				on[i] = 1
			}
		}
		design.X, design.Names = append(design.X, on), append(slices.Clone(in.x), "from "+o.start)
	}
	effects := commaList(o.effects)
	for i, name := range effects {
		if slices.Contains(effects[:i], name) || name == "none" && len(effects) > 1 {
			return usagef("--effects takes unit, time, both with a comma, or none, not %q", o.effects)
		}
		switch name {
		case "unit":
			design.Effects = append(design.Effects, in.Unit)
		case "time":
			design.Effects = append(design.Effects, in.Time)
		case "none":
		default:
			return usagef("--effects takes unit, time, both with a comma, or none, not %q", name)
		}
	}
	f, err := panel.Fit(design)
	if err != nil {
		return err
	}
	d.N, d.Clusters = f.N, f.Clusters
	d.add("", f.Estimates...)
	for _, e := range f.Estimates {
		if math.IsNaN(e.SE) {
			d.note("the data do not give the error of %s: the clusters are too few, or the outcome follows exactly", e.Term)
		}
	}
	if in.starts != nil {
		few(in, d)
	}
	return nil
}

// few warns of errors that rest on few treated units (MacKinnon and Webb, The Econometrics
// Journal 2018).
func few(in panelInput, d *panelDocument) {
	if n := in.starts.Units(); n <= 10 {
		d.note("only %s to be treated, and of ten or fewer the errors are too small: set placebos beside them (sc, sdid), or draw the treated again in a registered study", plural(n, "unit begins", "units begin"))
	}
}

func panelMundlak(o panelFlags, in panelInput, d *panelDocument) error {
	m, err := panel.Mundlak(in.Panel, o.y, in.x[0])
	if err != nil {
		return err
	}
	d.N, d.Clusters = m.N, m.Units
	d.add("", m.Estimates[:2]...)
	d.note("%.1f %% of the variance that is left lies between units", 100*m.Share)
	return nil
}

func panelGrowth(o panelFlags, in panelInput, d *panelDocument) error {
	m, err := panel.Growth(in.Panel, o.y, in.x[0], in.Times[0])
	if err != nil {
		return err
	}
	d.N, d.Clusters = m.N, m.Units
	d.add("", m.Estimates[1:]...)
	return nil
}

func panelCS(o panelFlags, in panelInput, d *panelDocument) error {
	e, err := panel.CallawaySantAnna(in.Panel, o.y, in.starts, panel.Comparison(o.against), in.x...)
	if err != nil {
		return err
	}
	d.N, d.Clusters = in.Len(), e.N
	d.add("", e.Simple, e.Dynamic, e.Group, e.Calendar)
	d.add("event ", e.Event...)
	for _, cell := range e.Cells {
		d.add("cell ", cell.Estimate)
	}
	uneven(in, d)
	if len(e.LeftOut) > 0 {
		d.note("every unit is treated in the end: times from %d on are left out, and units that begin then are the comparison", e.LeftOut[0])
	}
	for _, g := range e.Small {
		d.note("fewer than five units begin at %d: its errors are too small", g)
	}
	if e.Pretest.DF > 0 {
		d.note("before the start: W %.5f on %d degrees of freedom, p %.5f; few units give this test little power", e.Pretest.W, e.Pretest.DF, e.Pretest.P)
	}
	d.bears(e.Event, panel.TimeBefore)
	return nil
}

// bears notes how much drift after the start the estimates by time since the start bear.
func (d *panelDocument) bears(event []panel.Estimate, base panel.Base) {
	var events []panel.EventTime
	for _, e := range event {
		if times, err := strconv.Atoi(e.Term); err == nil {
			events = append(events, panel.EventTime{Times: times, Estimate: e})
		}
	}
	drift, ok := panel.DriftBefore(events, base)
	if !ok {
		return
	}
	d.note("before the start the two sides moved apart by up to %.4g from one time to the next, and within the errors by up to %.4g", drift.Seen, drift.Most)
	if times, m, ok := drift.Firmest(); ok {
		d.note("the interval of event %d leaves out 0 as long as they move apart after it by less than %.2g times the latter (Rambachan and Roth 2023)", times, m)
	}
}

func panelSunab(o panelFlags, in panelInput, d *panelDocument) error {
	f, err := panel.SunAbraham(in.Panel, o.y, in.starts, in.x...)
	if err != nil {
		return err
	}
	d.N, d.Clusters = f.N, f.Clusters
	d.add("", f.Total)
	d.add("event ", f.Event...)
	d.add("cohort ", f.Cohort...)
	d.add("", f.Others...)
	d.bears(f.Event, panel.LastBefore)
	uneven(in, d)
	few(in, d)
	return nil
}

// uneven says how time since the start is counted where the file's times do not follow
// each other evenly.
func uneven(in panelInput, d *panelDocument) {
	if panel.Gapless(in.Times) != nil {
		d.note("the times do not follow each other evenly: event 1 is the next time that the file has, however far off")
	}
}

func panelBacon(o panelFlags, in panelInput, d *panelDocument) error {
	list, err := panel.Bacon(in.Panel, o.y, in.starts)
	if err != nil {
		return err
	}
	d.N, d.Clusters = in.Len(), len(in.Units)
	whole, forbidden := 0.0, 0.0
	for _, cmp := range list {
		d.Estimates = append(d.Estimates, panelEstimate{Term: cmp.Treated + " against " + cmp.Against, Estimate: known(cmp.Estimate), Weight: known(cmp.Weight)})
		whole += cmp.Estimate * cmp.Weight
		if cmp.Forbidden {
			forbidden += cmp.Weight
		}
	}
	d.Estimates = append(d.Estimates, panelEstimate{Term: "plain fixed effects", Estimate: known(whole)})
	d.note("%.1f %% of the plain estimate compares with units already treated", 100*forbidden)
	return nil
}

// panelMix sets treated units against a weighted mix of the others; ranked, one treated unit
// is tested by its rank among placebos.
func panelMix(ranked bool, estimate func(*panel.Panel, string, panel.Treated) (*panel.Synthetic, error)) func(panelFlags, panelInput, *panelDocument) error {
	return func(o panelFlags, in panelInput, d *panelDocument) error {
		s, err := estimate(in.Panel, o.y, in.starts)
		if err != nil {
			return err
		}
		d.N, d.Clusters = in.Len(), len(in.Units)
		if s.Estimate.SE == 0 {
			s.Estimate.SE, s.Estimate.P, s.Estimate.Low, s.Estimate.High = math.NaN(), math.NaN(), math.NaN(), math.NaN()
			d.note("placebos give no error here: the units for them are too few, or all move alike")
		}
		if ranked && in.starts.Units() == 1 {
			ranks, p, err := panel.PlaceboRanks(in.Panel, o.y, in.starts)
			if err != nil {
				return err
			}
			s.Estimate.P = p
			d.note("p is the rank of the treated unit among %d by how much larger its gaps are after the start than before, with every unit taken for treated in turn; it takes twenty units for a p of 0.05", len(ranks))
		}
		d.add("", s.Estimate)
		for _, w := range s.Units {
			d.Estimates = append(d.Estimates, panelEstimate{Term: "unit " + w.Name, Weight: known(w.Weight)})
		}
		for _, w := range s.Times {
			d.Estimates = append(d.Estimates, panelEstimate{Term: "time " + w.Name, Weight: known(w.Weight)})
		}
		return nil
	}
}

func panelITS(o panelFlags, in panelInput, d *panelDocument) error {
	if len(in.Units) != 1 {
		return fmt.Errorf("%d units: its takes one series; choose it with --where", len(in.Units))
	}
	if err := panel.Gapless(in.Times); err != nil {
		return err
	}
	if o.population == "" {
		if o.lags == 0 {
			o.lags = 3
		}
		f, err := panel.Segmented(in.Column(o.y), in.Column(o.after), o.lags)
		if err != nil {
			return err
		}
		d.N, d.Clusters = f.N, 1
		d.add("", f.Level, f.Slope)
		d.add("Newey-West ", f.LevelNW, f.SlopeNW)
		d.note("Durbin-Watson %.3f; a series that was not changed belongs beside this one", f.DurbinWatson)
		return nil
	}
	s := panel.Series{Counts: in.Column(o.y), At: in.Column(o.population), After: in.Column(o.after)}
	if o.harmonics > 0 {
		for _, m := range in.Column(monthColumn) {
			s.Month = append(s.Month, int(m))
		}
	}
	f, err := panel.Interrupted(s, o.harmonics)
	if err != nil {
		return err
	}
	d.N, d.Clusters = f.N, 1
	d.add("quasi-Poisson ", f.Quasi)
	d.add("Poisson ", f.Poisson)
	d.note("dispersion %.5f; a series that was not changed belongs beside this one", f.Dispersion)
	return nil
}
