package cli

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/sheet"
	"commonweal/law"
	"commonweal/spc"
)

// spcFlags are the flags of the command spc.
type spcFlags struct {
	kind, date, value, of, improve, rules, target, title, unit string
	rebase                                                     []string
	fix, covers, per, sustained                                int
	keep, season, asJSON, asSVG                                bool
	where                                                      *conditions
}

func spcCommand() command {
	return command{
		name:  "spc",
		args:  "FILE",
		about: "Chart one measure through time, with limits and signals",
		help: `FILE is CSV with headings; - is standard input. The chart is XmR as Making Data Count
draws it, unless --chart says another. A row whose value is empty, NA or - is a gap.

A rolling figure is refused: neighbours share most of what they count, so that the chart
would show signals where there are none.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var o spcFlags
			f.StringVar(&o.kind, "chart", kindXmR, "`kind` of chart: "+strings.Join(kindsOfChart, ", "))
			f.StringVar(&o.date, "date", "date", "`heading` of the days")
			f.StringVar(&o.value, "value", valueHeading, "`heading` of the values, or of the counts")
			f.StringVar(&o.of, "of", "of", "`heading` of what the counts are out of: pprime and uprime")
			wholeFlag(f, &o.per, "per", "rates in so many: a `number`, such as 100 or 1000; pprime and uprime")
			wholeFlag(f, &o.sustained, "sustained", "move the median after so many values in a row on one side: a `number`; run")
			f.StringVar(&o.improve, "improve", string(spc.Up), "which `way` is better: up, down or neutral")
			f.StringVar(&o.rules, "rules", string(spc.PTD), "rule `set`: ptd or western-electric")
			f.Func("rebase", "`days` on which limits begin anew, with commas; may be given again", func(text string) error {
				o.rebase = append(o.rebase, commaList(text)...)
				return nil
			})
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
			return func(c *call) error {
				err := o.fit(f)
				if err != nil {
					return err
				}
				return c.spc(o)
			}
		},
	}
}

// fit refuses what the flags ask where no file could make it right, and a flag that would
// have no effect on the kind of chart.
func (o spcFlags) fit(f *flag.FlagSet) error {
	if err := one(o.asJSON, o.asSVG); err != nil {
		return err
	}
	switch {
	case !slices.Contains(kindsOfChart, o.kind):
		return usagef("--chart: there is no chart %q: choose %s", o.kind, strings.Join(kindsOfChart, ", "))
	case o.rules != string(spc.PTD) && o.rules != string(spc.WesternElectric):
		return usagef("--rules: there is no rule set %q: choose %s or %s", o.rules, spc.PTD, spc.WesternElectric)
	case o.improve != string(spc.Up) && o.improve != string(spc.Down) && o.improve != string(spc.Neutral):
		return usagef("--improve: a measure improves up, down or neutral, not %q", o.improve)
	case o.fix != 0 && o.fix < spc.Enough:
		return usagef("--fix: limits cannot be fixed on %d points: it takes %d", o.fix, spc.Enough)
	}
	var err error
	f.Visit(func(g *flag.Flag) {
		if kinds, ok := kindsOfFlag[g.Name]; ok && !slices.Contains(kinds, o.kind) && err == nil {
			err = usagef("--%s goes with --chart %s, not with %s", g.Name, strings.Join(kinds, " or "), o.kind)
		}
	})
	return err
}

func (c *call) spc(o spcFlags) error {
	options := spc.Options{
		Rules: spc.RuleSet(o.rules), Improve: spc.Direction(o.improve), KeepOutliers: o.keep,
		Fix: o.fix, Covers: o.covers, Season: o.season,
	}
	for _, text := range o.rebase {
		day, err := sheet.Day(text)
		if err != nil {
			return usagef("--rebase: %q %v", text, err)
		}
		options.Rebase = append(options.Rebase, day)
	}
	if text := strings.TrimSpace(o.target); text != "" {
		target, err := sheet.Number(text)
		if err == nil && math.IsNaN(target) {
			err = errors.New("is not a number")
		}
		if err != nil {
			return usagef("--target: %q %v", o.target, err)
		}
		options.Target = &target
	}
	s, err := c.figures(c.args[0], *o.where)
	if err != nil {
		return err
	}
	drawn, err := o.draw(s, options)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", c.args[0])
	}
	switch {
	case o.asJSON:
		return c.json(drawn.document())
	case o.asSVG:
		c.notes(drawn)
		return c.picture(drawn.picture(o).SVG())
	}
	c.tellChart(drawn)
	c.notes(drawn)
	return nil
}

// draw makes the chart that the flags ask for.
func (o spcFlags) draw(s *sheet.Sheet, options spc.Options) (drawn, error) {
	if err := o.rolling(); err != nil {
		return drawn{}, err
	}
	switch o.kind {
	case kindP, kindU:
		return o.rates(s)
	case kindT, kindG:
		return o.rare(s)
	}
	points, decimals, err := o.series(s)
	if err != nil {
		return drawn{}, err
	}
	if o.kind == kindRun {
		return o.run(points, decimals)
	}
	chart, err := spc.XmR(points, options)
	return drawn{Chart: chart, decimals: decimals}, err
}

// rolling refuses values that are said to cover several periods, by the flag or in words.
func (o spcFlags) rolling() error {
	if o.covers > 1 {
		return &spc.RollingError{Covers: o.covers}
	}
	for _, text := range []string{o.value, o.title} {
		for _, word := range []string{"rolling", "12 month", "12-month", "12m ", "twelve month", "moving average", "moving mean"} {
			if strings.Contains(strings.ToLower(text)+" ", word) {
				return &spc.RollingError{Covers: 12}
			}
		}
	}
	return nil
}

// series reads days and values, and how exactly the values are written.
func (o spcFlags) series(s *sheet.Sheet) ([]spc.Point, int, error) {
	days, err := o.days(s)
	if err != nil {
		return nil, 0, err
	}
	values, decimals, err := numbers(s, o.value)
	if err != nil {
		return nil, 0, err
	}
	points, none := make([]spc.Point, len(days)), true
	for i := range points {
		points[i] = spc.Point{Date: days[i], Value: values[i], Gap: math.IsNaN(values[i])}
		none = none && points[i].Gap
	}
	if none {
		return nil, 0, fmt.Errorf("no row has a value under %s: name the heading with --value", o.value)
	}
	return points, decimals, nil
}

// days are the days of the rows, each once.
func (o spcFlags) days(s *sheet.Sheet) ([]law.Date, error) {
	days, err := s.Days(o.date)
	if err != nil {
		return nil, err
	}
	return days, twice(s, func(i int) string { return o.date + " " + days[i].String() })
}

// numbers reads a column that can be charted, and how many decimals show its differences.
func numbers(s *sheet.Sheet, heading string) ([]float64, int, error) {
	values, err := s.Numbers(heading)
	if err != nil {
		return nil, 0, err
	}
	texts, err := s.Text(heading)
	if err != nil {
		return nil, 0, err
	}
	decimals := 0
	for i, v := range values {
		if math.Abs(v) > spc.Most {
			return nil, 0, &sheet.CellError{Row: s.Place(i), Heading: heading, Cell: texts[i], Why: "is too large to chart; count in thousands or millions"}
		}
		if _, fraction, ok := strings.Cut(texts[i], "."); ok {
			decimals = max(decimals, min(len(strings.TrimRight(fraction, "%")), 3))
		}
	}
	return values, max(decimals, telling(values)), nil
}

// telling is how many decimals it takes to tell values apart.
func telling(values []float64) int {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if !(high > low) {
		return 0
	}
	return min(9, max(0, int(math.Floor(1-math.Log10(high-low)))))
}

// notes are what a reader must know; in JSON they are warnings.
func (c *call) notes(d drawn) {
	for _, w := range d.Warnings {
		pf(c.Err, "commonweal: note: %s\n", w)
	}
}
