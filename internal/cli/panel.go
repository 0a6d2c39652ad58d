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

// panelMethod is one thing that the command estimates: what it reads of the file, and how
// it fills the answer. Reading, and saying what was left out, is the same for all.
type panelMethod struct {
	series bool // one series: there need be no heading of units
	starts bool // takes when units begin to be treated
	// columns are the headings that it needs besides the outcome.
	columns  func(o panelFlags) ([]string, error)
	estimate func(o panelFlags, in panelInput, d *panelDocument) error
}

// panelInput is what a method is given.
type panelInput struct {
	*panel.Panel
	x      []string // regressors or covariates
	starts panel.Treated
}

var panelMethods = map[string]panelMethod{
	"fe":      {columns: feColumns, estimate: panelFE},
	"mundlak": {columns: oneRegressor, estimate: panelMundlak},
	"growth":  {columns: oneRegressor, estimate: panelGrowth},
	"cs":      {starts: true, columns: covariates, estimate: panelCS},
	"sunab":   {starts: true, columns: covariates, estimate: panelSunab},
	"bacon":   {starts: true, columns: covariates, estimate: panelBacon},
	"sc":      {starts: true, columns: covariates, estimate: panelMix(panel.SyntheticControl)},
	"sdid":    {starts: true, columns: covariates, estimate: panelMix(panel.SyntheticDiD)},
	"its":     {series: true, columns: itsColumns, estimate: panelITS},
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
	method, ok := panelMethods[c.args[0]]
	if !ok {
		return usagef("there is no method %q; `commonweal help panel` lists them", c.args[0])
	}
	columns, err := method.columns(o)
	if err != nil {
		return err
	}
	s, err := c.figures(c.args[1], *o.where)
	if err != nil {
		return err
	}
	d := panelDocument{Method: c.args[0]}
	if err := method.run(s, o, columns, &d); err != nil {
		var usage usageError
		if errors.As(err, &usage) {
			return err
		}
		return fault.Wrap(fault.Invalid, err, "%s", c.args[1])
	}
	if o.asJSON {
		return c.json(d)
	}
	c.tellPanel(d)
	return nil
}

// run reads what the method needs and estimates.
func (m panelMethod) run(s *sheet.Sheet, o panelFlags, columns []string, d *panelDocument) error {
	columns = append([]string{o.y}, columns...)
	if m.starts {
		columns = append(columns, o.switchOr())
	}
	rows, err := panelRows(s, o, !m.series, columns)
	if err != nil {
		return err
	}
	in := panelInput{x: commaList(o.x)}
	if in.Panel, err = rows.Take(columns...); err != nil {
		return err
	}
	switch {
	case m.starts && o.treated != "":
		in.starts, err = panel.SwitchedOn(in.Panel, o.treated)
	case m.starts:
		in.starts, err = panel.Starts(in.Panel, o.start)
	}
	if err != nil {
		return err
	}
	if err := m.estimate(o, in, d); err != nil {
		return err
	}
	if in.Dropped > 0 {
		d.note("%d rows lack a value and are left out", in.Dropped)
	}
	return nil
}

// given are the headings that a flag names.
func given(names ...string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

func covariates(o panelFlags) ([]string, error) { return commaList(o.x), nil }

func feColumns(o panelFlags) ([]string, error) {
	x := commaList(o.x)
	if len(x) == 0 {
		return nil, usagef("name the regressors with --x")
	}
	return append(x, given(o.weights, o.cluster)...), nil
}

func oneRegressor(o panelFlags) ([]string, error) {
	x := commaList(o.x)
	if len(x) != 1 {
		return nil, usagef("name one regressor with --x")
	}
	return x, nil
}

func itsColumns(o panelFlags) ([]string, error) {
	columns := append([]string{o.after}, given(o.population)...)
	if o.harmonics > 0 {
		columns = append(columns, o.month)
	}
	return columns, nil
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
	if err := twice(s, func(i int) string { return fmt.Sprintf("%s at %d", rows.Unit[i], rows.Time[i]) }); units && err != nil {
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

func panelFE(o panelFlags, in panelInput, d *panelDocument) error {
	design := panel.Design{
		Y: in.Column(o.y), Names: in.x, Errors: panel.Errors(o.errors), Cluster: in.Unit, Cluster2: in.Time,
		Unit: in.Unit, Time: in.Time, StaggeredAnyway: o.anyway,
	}
	if o.weights != "" {
		design.Weights = in.Column(o.weights)
	}
	if o.cluster != "" {
		design.Cluster = dense(in.Column(o.cluster))
	}
	for _, name := range in.x {
		design.X = append(design.X, in.Column(name))
	}
	for _, name := range commaList(o.effects) {
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
	return nil
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

// switchOr is the heading that says when units begin.
func (o panelFlags) switchOr() string {
	if o.treated != "" {
		return o.treated
	}
	return o.start
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
	if e.Pretest.DF > 0 {
		d.note("before the start: W %.5f on %d degrees of freedom, p %.5f; few units give this test little power", e.Pretest.W, e.Pretest.DF, e.Pretest.P)
	}
	return nil
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
	return nil
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

// panelMix sets treated units against a weighted mix of the others.
func panelMix(estimate func(*panel.Panel, string, panel.Treated) (*panel.Synthetic, error)) func(panelFlags, panelInput, *panelDocument) error {
	return func(o panelFlags, in panelInput, d *panelDocument) error {
		s, err := estimate(in.Panel, o.y, in.starts)
		if err != nil {
			return err
		}
		d.N, d.Clusters = in.Len(), len(in.Units)
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
		return nil
	}
}

func panelITS(o panelFlags, in panelInput, d *panelDocument) error {
	if len(in.Units) != 1 {
		return fmt.Errorf("%d units: its takes one series; choose it with --where", len(in.Units))
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
		for _, m := range in.Column(o.month) {
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
