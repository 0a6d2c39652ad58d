package cli

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"commonweal/funnel"
	"commonweal/internal/base/fault"
	"commonweal/internal/prove/sheet"
	"commonweal/internal/web/chart"
)

// funnelFlags are the flags of the command funnel.
type funnelFlags struct {
	method, unit, observed, of, target, ours, title string
	seed                                            int
	asJSON, asSVG                                   bool
	where                                           *conditions
}

func funnelCommand() command {
	return command{
		name:  "funnel",
		args:  "FILE",
		about: "Compare units on one measure, with limits that fit their size",
		help: `FILE is CSV with headings, a row a unit; - is standard input. The methods are shmi,
poisson, cqc (observed over expected), proportion, binomial (cases of a denominator) and
ratio (one count over another). The band is 1 higher, 2 as expected, 3 lower, by the
95 % limits, as the published SHMI numbers them.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var o funnelFlags
			f.StringVar(&o.method, "method", "", "the `method`")
			f.StringVar(&o.unit, "unit", "unit", "`heading` of the units' names")
			f.StringVar(&o.observed, "observed", "observed", "`heading` of the counts")
			f.StringVar(&o.of, "of", "", "`heading` of what they are set against (default expected, or denominator)")
			f.StringVar(&o.target, "target", "", "where the funnel stands: a `number` (default 1, or all units together)")
			f.StringVar(&o.ours, "ours", "", "`name` of the unit that stands out in the picture")
			wholeFlag(f, &o.seed, "ranks", "also give each unit's likely ranks, drawn from this seed: a `number`")
			f.StringVar(&o.title, "title", "", "`title` of the picture")
			o.where = whereFlag(f)
			f.BoolVar(&o.asJSON, "json", false, "print the funnel as JSON")
			f.BoolVar(&o.asSVG, "svg", false, "print the funnel as a picture")
			return func(c *call) error { return c.funnel(o) }
		},
	}
}

func (c *call) funnel(o funnelFlags) error {
	if err := one(o.asJSON, o.asSVG); err != nil {
		return err
	}
	if o.method == "" {
		return usagef("name the method with --method; `commonweal help funnel` lists them")
	}
	method := funnel.Method(o.method)
	if !slices.Contains(funnel.Methods(), method) {
		return usagef("there is no method %q; `commonweal help funnel` lists them", o.method)
	}
	if o.of == "" {
		o.of = map[funnel.Method]string{funnel.SHMI: "expected", funnel.Poisson: "expected", funnel.CQC: "expected"}[method]
		if o.of == "" {
			o.of = "denominator"
		}
	}
	var options funnel.Options
	if o.target != "" {
		target, err := sheet.Number(o.target)
		switch {
		case strings.HasSuffix(o.target, "%"):
			return usagef("--target: %q is a percentage; write the share, such as 0.05", o.target)
		case err != nil || math.IsNaN(target):
			return usagef("--target: %q is not a number", o.target)
		}
		options.Target = &target
	}
	s, err := c.figures(c.args[0], *o.where)
	if err != nil {
		return err
	}
	units, err := unitsOf(s, o)
	if err == nil && o.ours != "" && !slices.ContainsFunc(units, func(u funnel.Unit) bool { return u.Name == o.ours }) {
		err = fmt.Errorf("no unit is called %q, which --ours names", o.ours)
	}
	if err == nil {
		var r *funnel.Result
		if r, err = funnel.Plot(method, units, options); err == nil {
			return c.tellFunnel(r, o)
		}
		err = withRow(err, s, units)
	}
	return fault.Wrap(fault.Invalid, err, "%s", c.args[0])
}

func unitsOf(s *sheet.Sheet, o funnelFlags) ([]funnel.Unit, error) {
	names, err := s.Text(o.unit)
	if err != nil {
		return nil, err
	}
	observed, err := s.Numbers(o.observed)
	if err != nil {
		return nil, err
	}
	of, err := s.Numbers(o.of)
	if err != nil {
		return nil, err
	}
	if err := twice(s, func(i int) string { return "unit " + names[i] }); err != nil {
		return nil, err
	}
	units := make([]funnel.Unit, len(names))
	for i, name := range names {
		switch {
		case name == "":
			return nil, &sheet.CellError{Row: s.Place(i), Heading: o.unit, Why: "is no name"}
		case math.IsNaN(observed[i]):
			return nil, fmt.Errorf("row %d, %s: unit %s has no figure: leave its row out", s.Place(i), o.observed, name)
		case math.IsNaN(of[i]):
			return nil, fmt.Errorf("row %d, %s: unit %s has no figure: leave its row out", s.Place(i), o.of, name)
		}
		units[i] = funnel.Unit{Name: name, Observed: observed[i], Of: of[i]}
	}
	return units, nil
}

// withRow says in which row the unit stands that a funnel refuses.
func withRow(err error, s *sheet.Sheet, units []funnel.Unit) error {
	var refused *funnel.UnitError
	if !errors.As(err, &refused) {
		return err
	}
	at := slices.IndexFunc(units, func(u funnel.Unit) bool { return u.Name == refused.Unit })
	return fmt.Errorf("row %d: %w", s.Place(at), err)
}

type funnelUnit struct {
	Unit     string  `json:"unit"`
	Value    float64 `json:"value"`
	Lower95  float64 `json:"lower95"`
	Upper95  float64 `json:"upper95"`
	Lower998 float64 `json:"lower998"`
	Upper998 float64 `json:"upper998"`
	Band     int     `json:"band"`
	// Of chance alone, without ordinary differences between units.
	ExactLower95  float64    `json:"exact_lower95"`
	ExactUpper95  float64    `json:"exact_upper95"`
	ExactLower998 float64    `json:"exact_lower998"`
	ExactUpper998 float64    `json:"exact_upper998"`
	Rank          *rankRange `json:"rank,omitempty"`
}

type rankRange struct {
	Median int `json:"median"`
	Best   int `json:"best"`
	Worst  int `json:"worst"`
}

func (c *call) tellFunnel(r *funnel.Result, o funnelFlags) error {
	var ranks []funnel.Rank
	if o.seed != 0 {
		ranks = r.Ranks(uint64(o.seed))
	}
	switch {
	case o.asSVG:
		title := o.title
		if title == "" {
			title = o.observed + " of " + o.of
		}
		return c.picture(chart.Funnel{
			Frame: chart.Frame{ID: "funnel", Title: title, Source: "Method: " + o.method + "."}, Decimals: decimals(r.Target, 2),
			Size: o.of, Value: "Value", Result: r, Ours: o.ours,
		}.SVG())
	case o.asJSON:
		out := struct {
			Units  []funnelUnit `json:"units"`
			Phi    float64      `json:"phi"`
			Tau2   float64      `json:"tau2"`
			Method string       `json:"method"`
			Target float64      `json:"target"`
			Note   string       `json:"note,omitempty"`
		}{Phi: r.Phi, Tau2: r.Tau2, Method: o.method, Target: r.Target, Note: r.Note}
		for i, u := range r.Units {
			row := funnelUnit{
				u.Name, u.Value, u.Lower95, u.Upper95, u.Lower998, u.Upper998, int(u.Band),
				u.Exact.Lower95, u.Exact.Upper95, u.Exact.Lower998, u.Exact.Upper998, nil,
			}
			if ranks != nil {
				row.Rank = &rankRange{ranks[i].Median, ranks[i].Best, ranks[i].Worst}
			}
			out.Units = append(out.Units, row)
		}
		return c.json(out)
	}
	digits := decimals(r.Target, 4)
	cell := 5 + digits - 1 // of a value or limit
	width := 4
	for _, u := range r.Units {
		width = max(width, len([]rune(u.Name)))
	}
	pf(c.Out, "%-*s %*s %*s %*s %*s %*s  %s\n", width, "unit", cell, "value", cell, "low 95", cell, "high 95", cell, "low 99.8", cell, "high 99.8", "band")
	for i, u := range r.Units {
		rank := ""
		if ranks != nil {
			rank = ", rank " + strconv.Itoa(ranks[i].Best) + " to " + strconv.Itoa(ranks[i].Worst)
		}
		pf(c.Out, "%-*s %*.*f %*.*f %*.*f %*.*f %*.*f  %d %s%s\n", width, u.Name, cell, digits, u.Value, cell, digits, u.Lower95, cell, digits, u.Upper95,
			cell, digits, u.Lower998, cell, digits, u.Upper998, u.Band, u.Band, rank)
	}
	pf(c.Out, "\nTarget %.*f. Phi %.4f, variance between units %.6f, from %d of %d units.\n", digits, r.Target, r.Phi, r.Tau2, r.Kept, len(r.Units))
	if r.Note != "" {
		pf(c.Out, "Note: %s.\n", r.Note)
	}
	return nil
}

// decimals is how many places show what lies around a target: so many as are usual, and
// three that count where it is small.
func decimals(target float64, usual int) int {
	return max(usual, min(12, 2-int(math.Floor(math.Log10(target)))))
}
