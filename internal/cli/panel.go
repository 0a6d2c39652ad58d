package cli

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/sheet"
	"commonweal/panel"
)

// panelFlags are the flags of the command panel.
type panelFlags struct {
	unit, time, y, x, start, weights, cluster, errors, effects, against string
	treated, population, after, month                                   string
	harmonics, lags                                                     int
	anyway, asJSON                                                      bool
	where                                                               *conditions
}

// panelMethods are what the command panel estimates.
var panelMethods = map[string]func(*call, panelFlags, panel.Rows) (panelDocument, error){
	"fe": (*call).panelFE, "mundlak": (*call).panelMundlak, "growth": (*call).panelGrowth,
	"cs": (*call).panelCS, "sunab": (*call).panelSunab, "bacon": (*call).panelBacon,
	"sc": (*call).panelSynthetic, "sdid": (*call).panelSynthetic, "its": (*call).panelITS,
}

func panelCommand() command {
	return command{
		name:  "panel",
		args:  "METHOD FILE",
		about: "Estimate what goes with what in units through time",
		help: `FILE is CSV with headings, a row a unit and time; - is standard input. The methods are
fe (fixed effects), mundlak (within and between units), growth (from a starting point),
cs, sunab and bacon (treatments that begin at different times), sc and sdid (few treated
units against a mix) and its (one series with a break).

fe refuses a treatment with staggered starts: it would compare with units already
treated. On made data whose true effect is -1 it gives -3.7, and sunab -1.1.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var o panelFlags
			f.StringVar(&o.unit, "unit", "unit", "`heading` of the units")
			f.StringVar(&o.time, "time", "time", "`heading` of the times: whole numbers, or days")
			f.StringVar(&o.y, "y", "y", "`heading` of the outcome")
			f.StringVar(&o.x, "x", "", "`headings` of the regressors or covariates, with commas")
			f.StringVar(&o.start, "start", "start", "`heading` of the time at which a unit begins to be treated; 0 is never")
			f.StringVar(&o.treated, "treated", "", "`heading` that is 1 from a unit's start on and 0 before, instead of --start")
			f.StringVar(&o.weights, "weights", "", "`heading` of the weights")
			f.StringVar(&o.effects, "effects", "unit,time", "`effects` to absorb: unit, time, both with a comma, or none")
			f.StringVar(&o.errors, "errors", string(panel.Clustered), "standard errors: iid, robust, clustered or two-way (`kind`)")
			f.StringVar(&o.cluster, "cluster", "", "`heading` of the clusters (default the units)")
			f.StringVar(&o.against, "against", string(panel.NeverTreated), "cs: compare with never or not-yet treated `units`")
			f.StringVar(&o.population, "population", "", "its: `heading` of the population; without it the outcome is a rate")
			f.StringVar(&o.after, "after", "after", "its: `heading` that is 1 from the change on")
			f.StringVar(&o.month, "month", "month", "its: `heading` of the months, for a season")
			wholeFlag(f, &o.harmonics, "harmonics", "its: pairs of waves for a season, a `number`")
			wholeFlag(f, &o.lags, "lags", "its: lags of the errors of a rate, a `number` (default 3)")
			f.BoolVar(&o.anyway, "anyway", false, "fe: fit staggered starts all the same, to see what goes wrong")
			o.where = whereFlag(f)
			f.BoolVar(&o.asJSON, "json", false, "print the estimates as JSON")
			return func(c *call) error { return c.panel(o) }
		},
	}
}

// panelDocument is what --json prints.
type panelDocument struct {
	Method    string          `json:"method"`
	N         int             `json:"n"`
	Clusters  int             `json:"clusters"`
	Estimates []panelEstimate `json:"estimates"`
	Notes     []string        `json:"notes,omitempty"`
}

type panelEstimate struct {
	Term     string   `json:"term"`
	Estimate *float64 `json:"estimate"`
	SE       *float64 `json:"se"`
	P        *float64 `json:"p"`
	Low      *float64 `json:"low"`
	High     *float64 `json:"high"`
	// Weight is a comparison's part of a plain estimate, or a unit's of a mix.
	Weight *float64 `json:"weight,omitempty"`
}

func (d *panelDocument) add(prefix string, list ...panel.Estimate) {
	for _, e := range list {
		d.Estimates = append(d.Estimates, panelEstimate{
			Term: prefix + e.Term, Estimate: known(e.Value), SE: known(e.SE), P: known(e.P), Low: known(e.Low), High: known(e.High),
		})
	}
}

func (d *panelDocument) note(format string, args ...any) {
	d.Notes = append(d.Notes, fmt.Sprintf(format, args...))
}

func (c *call) panel(o panelFlags) error {
	estimate, ok := panelMethods[c.args[0]]
	if !ok {
		return usagef("there is no method %q; `commonweal help panel` lists them", c.args[0])
	}
	s, err := c.figures(c.args[1], *o.where)
	if err != nil {
		return err
	}
	columns := append(commaList(o.x), o.y)
	for _, name := range []string{o.weights, o.cluster, o.population} {
		if name != "" {
			columns = append(columns, name)
		}
	}
	switch c.args[0] {
	case "cs", "sunab", "bacon", "sc", "sdid":
		columns = append(columns, o.switchOr())
	case "its":
		columns = append(columns, o.after)
		if o.harmonics > 0 {
			columns = append(columns, o.month)
		}
	}
	rows, err := panelRows(s, o, c.args[0] != "its", columns)
	if err == nil {
		var d panelDocument
		if d, err = estimate(c, o, rows); err == nil {
			d.Method = c.args[0]
			if o.asJSON {
				return c.json(d)
			}
			c.tellPanel(d)
			return nil
		}
	}
	var usage usageError
	if errors.As(err, &usage) {
		return err
	}
	return fault.Wrap(fault.Invalid, err, "%s", c.args[1])
}

// panelRows puts a table into a panel. Clusters may be names; they are numbered by their
// order.
func panelRows(s *sheet.Sheet, o panelFlags, units bool, columns []string) (panel.Rows, error) {
	rows := panel.Rows{Columns: map[string][]float64{}}
	var err error
	if rows.Unit, err = s.Text(o.unit); err != nil {
		if units {
			return rows, err
		}
		rows.Unit = make([]string, len(s.Rows))
	}
	if rows.Time, err = timesOf(s, o.time); err != nil {
		return rows, err
	}
	for _, name := range columns {
		if name == o.cluster {
			texts, err := s.Text(name)
			if err != nil {
				return rows, err
			}
			rows.Columns[name] = numbered(texts)
			continue
		}
		if rows.Columns[name], err = s.Numbers(name); err != nil {
			return rows, err
		}
	}
	return rows, nil
}

// timesOf reads times: whole numbers, or days, which become 202404.
func timesOf(s *sheet.Sheet, heading string) ([]int, error) {
	out, err := s.Whole(heading)
	var cell *sheet.CellError
	if !errors.As(err, &cell) {
		return out, err
	}
	days, dayErr := s.Days(heading)
	if dayErr != nil {
		return nil, fmt.Errorf("%w, or a day", err)
	}
	out = make([]int, len(days))
	for i, d := range days {
		year, month, _ := d.Civil()
		out[i] = year*100 + int(month)
	}
	return out, nil
}

func numbered(texts []string) []float64 {
	names := slices.Clone(texts)
	slices.Sort(names)
	names = slices.Compact(names)
	out := make([]float64, len(texts))
	for i, t := range texts {
		at, _ := slices.BinarySearch(names, t)
		if out[i] = float64(at); t == "" {
			out[i] = math.NaN()
		}
	}
	return out
}

func (c *call) panelFE(o panelFlags, rows panel.Rows) (d panelDocument, err error) {
	x := commaList(o.x)
	if len(x) == 0 {
		return d, usagef("name the regressors with --x")
	}
	columns := append([]string{o.y}, x...)
	for _, name := range []string{o.weights, o.cluster} {
		if name != "" {
			columns = append(columns, name)
		}
	}
	p, err := rows.Take(columns...)
	if err != nil {
		return d, err
	}
	design := panel.Design{
		Y: p.Column(o.y), Names: x, Errors: panel.Errors(o.errors), Cluster: p.Unit, Cluster2: p.Time,
		Unit: p.Unit, Time: p.Time, StaggeredAnyway: o.anyway,
	}
	if o.weights != "" {
		design.Weights = p.Column(o.weights)
	}
	if o.cluster != "" {
		design.Cluster = dense(p.Column(o.cluster))
	}
	for _, name := range x {
		design.X = append(design.X, p.Column(name))
	}
	for _, name := range commaList(o.effects) {
		switch name {
		case "unit":
			design.Effects = append(design.Effects, p.Unit)
		case "time":
			design.Effects = append(design.Effects, p.Time)
		case "none":
		default:
			return d, usagef("--effects takes unit, time, both with a comma, or none, not %q", name)
		}
	}
	f, err := panel.Fit(design)
	if err != nil {
		return d, err
	}
	d.N, d.Clusters = f.N, f.Clusters
	d.add("", f.Estimates...)
	d.dropped(p)
	return d, nil
}

// dense numbers levels from 0 without gaps.
func dense(values []float64) []int {
	levels := slices.Clone(values)
	slices.Sort(levels)
	levels = slices.Compact(levels)
	out := make([]int, len(values))
	for i, v := range values {
		out[i], _ = slices.BinarySearch(levels, v)
	}
	return out
}

func (d *panelDocument) dropped(p *panel.Panel) {
	if p.Dropped > 0 {
		d.note("%d rows lack a value and are left out", p.Dropped)
	}
}

func oneRegressor(o panelFlags) (string, error) {
	x := commaList(o.x)
	if len(x) != 1 {
		return "", usagef("name one regressor with --x")
	}
	return x[0], nil
}

func (c *call) panelMundlak(o panelFlags, rows panel.Rows) (d panelDocument, err error) {
	x, err := oneRegressor(o)
	if err != nil {
		return d, err
	}
	p, err := rows.Take(o.y, x)
	if err != nil {
		return d, err
	}
	m, err := panel.Mundlak(p, o.y, x)
	if err != nil {
		return d, err
	}
	d.N, d.Clusters = m.N, m.Units
	d.add("", m.Estimates[:2]...)
	d.note("%.1f %% of the variance that is left lies between units", 100*m.Share)
	d.dropped(p)
	return d, nil
}

func (c *call) panelGrowth(o panelFlags, rows panel.Rows) (d panelDocument, err error) {
	x, err := oneRegressor(o)
	if err != nil {
		return d, err
	}
	p, err := rows.Take(o.y, x)
	if err != nil {
		return d, err
	}
	m, err := panel.Growth(p, o.y, x, p.Times[0])
	if err != nil {
		return d, err
	}
	d.N, d.Clusters = m.N, m.Units
	d.add("", m.Estimates[1:]...)
	d.dropped(p)
	return d, nil
}

// switchOr is the heading that says when units begin.
func (o panelFlags) switchOr() string {
	if o.treated != "" {
		return o.treated
	}
	return o.start
}

// treated reads a panel with the starts of its units.
func treated(o panelFlags, rows panel.Rows) (*panel.Panel, panel.Treated, error) {
	p, err := rows.Take(append([]string{o.y, o.switchOr()}, commaList(o.x)...)...)
	if err != nil {
		return nil, nil, err
	}
	if o.treated != "" {
		starts, err := panel.SwitchedOn(p, o.treated)
		return p, starts, err
	}
	starts, err := panel.Starts(p, o.start)
	return p, starts, err
}

func (c *call) panelCS(o panelFlags, rows panel.Rows) (d panelDocument, err error) {
	p, starts, err := treated(o, rows)
	if err != nil {
		return d, err
	}
	e, err := panel.CallawaySantAnna(p, o.y, starts, panel.Comparison(o.against), commaList(o.x)...)
	if err != nil {
		return d, err
	}
	d.N, d.Clusters = p.Len(), e.N
	d.add("", e.Simple, e.Dynamic, e.Group, e.Calendar)
	d.add("event ", e.Event...)
	for _, cell := range e.Cells {
		d.add("cell ", cell.Estimate)
	}
	if e.Pretest.DF > 0 {
		d.note("before the start: W %.5f on %d degrees of freedom, p %.5f; few units give this test little power", e.Pretest.W, e.Pretest.DF, e.Pretest.P)
	}
	d.dropped(p)
	return d, nil
}

func (c *call) panelSunab(o panelFlags, rows panel.Rows) (d panelDocument, err error) {
	p, starts, err := treated(o, rows)
	if err != nil {
		return d, err
	}
	f, err := panel.SunAbraham(p, o.y, starts, commaList(o.x)...)
	if err != nil {
		return d, err
	}
	d.N, d.Clusters = f.N, f.Clusters
	d.add("", f.Total)
	d.add("event ", f.Event...)
	d.add("cohort ", f.Cohort...)
	d.add("", f.Others...)
	d.dropped(p)
	return d, nil
}

func (c *call) panelBacon(o panelFlags, rows panel.Rows) (d panelDocument, err error) {
	p, starts, err := treated(o, rows)
	if err != nil {
		return d, err
	}
	list, err := panel.Bacon(p, o.y, starts)
	if err != nil {
		return d, err
	}
	d.N, d.Clusters = p.Len(), len(p.Units)
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
	d.dropped(p)
	return d, nil
}

func (c *call) panelSynthetic(o panelFlags, rows panel.Rows) (d panelDocument, err error) {
	p, starts, err := treated(o, rows)
	if err != nil {
		return d, err
	}
	estimate := panel.SyntheticControl
	if c.args[0] == "sdid" {
		estimate = panel.SyntheticDiD
	}
	s, err := estimate(p, o.y, starts)
	if err != nil {
		return d, err
	}
	d.N, d.Clusters = p.Len(), len(p.Units)
	if s.Estimate.SE == 0 {
		s.Estimate.SE, s.Estimate.P, s.Estimate.Low, s.Estimate.High = math.NaN(), math.NaN(), math.NaN(), math.NaN()
		d.note("too few units for the error by placebos")
	}
	d.add("", s.Estimate)
	for _, w := range s.Units {
		d.Estimates = append(d.Estimates, panelEstimate{Term: "unit " + w.Name, Weight: known(w.Weight)})
	}
	for _, w := range s.Times {
		d.Estimates = append(d.Estimates, panelEstimate{Term: "time " + w.Name, Weight: known(w.Weight)})
	}
	d.dropped(p)
	return d, nil
}

func (c *call) panelITS(o panelFlags, rows panel.Rows) (d panelDocument, err error) {
	columns := []string{o.y, o.after}
	if o.population != "" {
		columns = append(columns, o.population)
	}
	if o.harmonics > 0 {
		columns = append(columns, o.month)
	}
	p, err := rows.Take(columns...)
	if err != nil {
		return d, err
	}
	if len(p.Units) != 1 {
		return d, fmt.Errorf("%d units: its takes one series; choose it with --where", len(p.Units))
	}
	d.dropped(p)
	if o.population == "" {
		if o.lags == 0 {
			o.lags = 3
		}
		f, err := panel.Segmented(p.Column(o.y), p.Column(o.after), o.lags)
		if err != nil {
			return d, err
		}
		d.N, d.Clusters = f.N, 1
		d.add("", f.Level, f.Slope)
		d.add("Newey-West ", f.LevelNW, f.SlopeNW)
		d.note("Durbin-Watson %.3f; a series that was not changed belongs beside this one", f.DurbinWatson)
		return d, nil
	}
	s := panel.Series{Counts: p.Column(o.y), At: p.Column(o.population), After: p.Column(o.after)}
	if o.harmonics > 0 {
		for _, m := range p.Column(o.month) {
			s.Month = append(s.Month, int(m))
		}
	}
	f, err := panel.Interrupted(s, o.harmonics)
	if err != nil {
		return d, err
	}
	d.N, d.Clusters = f.N, 1
	d.add("quasi-Poisson ", f.Quasi)
	d.add("Poisson ", f.Poisson)
	d.note("dispersion %.5f; a series that was not changed belongs beside this one", f.Dispersion)
	return d, nil
}

func (c *call) tellPanel(d panelDocument) {
	width := 4
	for _, e := range d.Estimates {
		width = max(width, len([]rune(e.Term)))
	}
	cell := func(v *float64, format string) string {
		if v == nil {
			return "-"
		}
		return fmt.Sprintf(format, *v)
	}
	pf(c.Out, "%-*s %13s %12s %9s  %s\n", width, "term", "estimate", "error", "p", "likely between")
	for _, e := range d.Estimates {
		between := "-"
		if e.Low != nil {
			between = cell(e.Low, "%.6g") + " and " + cell(e.High, "%.6g")
		}
		if e.Weight != nil {
			between = "weight " + strconv.FormatFloat(*e.Weight, 'f', 6, 64)
		}
		pf(c.Out, "%-*s %13s %12s %9s  %s\n", width, e.Term, cell(e.Estimate, "%.7g"), cell(e.SE, "%.7g"), cell(e.P, "%.4f"), between)
	}
	pf(c.Out, "\n%d rows, %d clusters or units.\n", d.N, d.Clusters)
	for _, n := range d.Notes {
		pf(c.Out, "Note: %s.\n", strings.TrimSuffix(n, "."))
	}
	pf(c.Out, "An estimate says what goes with what; whether one causes the other rests on how the units came to be treated.\n")
}
