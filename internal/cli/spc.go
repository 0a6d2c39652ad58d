package cli

import (
	"flag"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/sheet"
	"commonweal/internal/web/chart"
	"commonweal/law"
	"commonweal/spc"
)

// spcFlags are the flags of the command spc.
type spcFlags struct {
	date, value, improve, rules, rebase, target, title, unit string
	fix, covers                                              int
	keep, season, asJSON, asSVG                              bool
	where                                                    *conditions
}

func spcCommand() command {
	return command{
		name:  "spc",
		args:  "FILE",
		about: "Chart one measure through time, with limits and signals",
		help: `FILE is CSV with headings; - is standard input. The chart is XmR as Making Data Count
draws it. A row whose value is empty, NA or - is a gap.

A rolling figure is refused: neighbours share most of what they count, so that the chart
would show signals where there are none.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var o spcFlags
			f.StringVar(&o.date, "date", "date", "`heading` of the days")
			f.StringVar(&o.value, "value", "value", "`heading` of the values")
			f.StringVar(&o.improve, "improve", "up", "which `way` is better: up, down or neutral")
			f.StringVar(&o.rules, "rules", string(spc.PTD), "rule `set`: ptd or western-electric")
			f.StringVar(&o.rebase, "rebase", "", "`days` on which limits begin anew, with commas")
			f.StringVar(&o.target, "target", "", "what the measure should reach: a `number`")
			wholeFlag(f, &o.fix, "fix", "work limits out on the first `number` of points of each stretch")
			wholeFlag(f, &o.covers, "covers", "how many periods each value speaks of: a `number`")
			f.BoolVar(&o.keep, "keep-outliers", false, "keep outlying moving ranges, as the workbook does")
			f.BoolVar(&o.season, "season", false, "take the season out first")
			f.StringVar(&o.title, "title", "", "`title` of the picture")
			f.StringVar(&o.unit, "unit", "", "`unit` after each value, such as %")
			o.where = whereFlag(f)
			f.BoolVar(&o.asJSON, "json", false, "print the chart as JSON")
			f.BoolVar(&o.asSVG, "svg", false, "print the chart as a picture")
			return func(c *call) error { return c.spc(o) }
		},
	}
}

func (c *call) spc(o spcFlags) error {
	if err := one(o.asJSON, o.asSVG); err != nil {
		return err
	}
	options := spc.Options{
		Rules: spc.RuleSet(o.rules), Improve: spc.Direction(o.improve), KeepOutliers: o.keep,
		Fix: o.fix, Covers: o.covers, Season: o.season,
	}
	for _, text := range commaList(o.rebase) {
		day, err := sheet.Day(text)
		if err != nil {
			return usagef("--rebase: %q %v", text, err)
		}
		options.Rebase = append(options.Rebase, day)
	}
	if o.target != "" {
		target, err := sheet.Number(o.target)
		if err != nil {
			return usagef("--target: %q %v", o.target, err)
		}
		options.Target = &target
	}
	s, err := c.figures(c.args[0], *o.where)
	if err != nil {
		return err
	}
	points, decimals, err := series(s, o.date, o.value)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", c.args[0])
	}
	chart, err := spc.XmR(points, options)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", c.args[0])
	}
	switch {
	case o.asJSON:
		return c.json(spcDocument(chart))
	case o.asSVG:
		return c.picture(controlOf(chart, o, decimals).SVG())
	}
	c.tellChart(chart, decimals)
	return nil
}

// series reads days and values, and how exactly the values are written.
func series(s *sheet.Sheet, date, value string) ([]spc.Point, int, error) {
	days, err := s.Days(date)
	if err != nil {
		return nil, 0, err
	}
	values, err := s.Numbers(value)
	if err != nil {
		return nil, 0, err
	}
	if err := twice(s, func(i int) string { return days[i].String() }); err != nil {
		return nil, 0, err
	}
	for _, word := range []string{"rolling", "12 month", "12-month", "moving average"} {
		if strings.Contains(strings.ToLower(value), word) {
			return nil, 0, &spc.RollingError{Covers: 12}
		}
	}
	texts, err := s.Text(value)
	if err != nil {
		return nil, 0, err
	}
	points, decimals := make([]spc.Point, len(days)), 0
	for i := range points {
		points[i] = spc.Point{Date: days[i], Value: values[i], Gap: values[i] != values[i]}
		if _, fraction, ok := strings.Cut(texts[i], "."); ok {
			decimals = max(decimals, min(len(fraction), 3))
		}
	}
	return points, decimals, nil
}

// controlOf is the picture of a chart.
func controlOf(chart_ spc.Chart, o spcFlags, decimals int) chart.Control {
	title := o.title
	if title == "" {
		title = o.value
	}
	months := true
	for i, p := range chart_.Points {
		months = months && p.Date == chart_.Points[0].Date.AddMonths(i)
	}
	return chart.Control{
		Frame: chart.Frame{ID: "chart", Title: title, Source: "Rules: " + string(chart_.Options.Rules) + "."},
		Unit:  o.unit, Decimals: max(decimals, 1), Chart: chart_, Months: months,
	}
}

type spcPoint struct {
	Date  law.Date `json:"date"`
	Value *float64 `json:"value"`
	Mean  float64  `json:"mean"`
	Lower float64  `json:"lower"`
	Upper float64  `json:"upper"`
	Rule  spc.Rule `json:"rule"`
	Type  spc.Kind `json:"type"`
}

// spcDocument is what --json prints.
func spcDocument(chart spc.Chart) any {
	out := struct {
		Points    []spcPoint     `json:"points"`
		Variation spc.Kind       `json:"variation"`
		Assurance *spc.Assurance `json:"assurance"`
		// Withheld says why the icons are not to be shown; the labels above are what
		// the rules give all the same.
		Withheld string   `json:"withheld,omitempty"`
		Rules    string   `json:"rules"`
		Warnings []string `json:"warnings"`
	}{Variation: chart.Variation, Withheld: chart.Withheld, Rules: string(chart.Options.Rules), Warnings: []string{}}
	if chart.Assurance != spc.None {
		out.Assurance = &chart.Assurance
	}
	out.Warnings = append(out.Warnings, chart.Warnings...)
	for _, p := range chart.Points {
		out.Points = append(out.Points, spcPoint{p.Date, known(p.Value), p.Mean, p.Lower, p.Upper, p.Rule, p.Kind})
	}
	return out
}

func (c *call) tellChart(chart spc.Chart, decimals int) {
	pf(c.Out, "%-12s %10s %10s %10s %10s  %s\n", "day", "value", "mean", "lower", "upper", "what it is")
	for _, p := range chart.Points {
		value := "-"
		if !p.Gap {
			value = number(p.Value, decimals)
		}
		pf(c.Out, "%-12s %10s %10s %10s %10s  %s\n", p.Date, value, number(p.Mean, decimals+1), number(p.Lower, decimals+1), number(p.Upper, decimals+1), p.Rule)
	}
	pf(c.Out, "\nVariation: %s.\n", strings.ReplaceAll(string(chart.Variation), "_", " "))
	if chart.Assurance != spc.None {
		pf(c.Out, "Target: %s.\n", map[spc.Assurance]string{spc.Passes: "met every time", spc.Fails: "missed every time", spc.HitAndMiss: "met or missed by chance"}[chart.Assurance])
	}
	if chart.Withheld != "" {
		pf(c.Out, "No icon is shown: %s.\n", chart.Withheld)
	}
	for _, w := range chart.Warnings {
		pf(c.Err, "commonweal: note: %s\n", w)
	}
	pf(c.Out, "Rules: %s.\n", chart.Options.Rules)
}
