package cli

import (
	"flag"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/sheet"
	"commonweal/internal/prove/study"
	"commonweal/panel"
)

func powerCommand() command {
	return command{
		name:  "power",
		args:  "FILE",
		about: "Say the smallest effect that so many sites can show, before they begin",
		help: `FILE is CSV with headings, a row a unit and time, with the outcome's own history; - is
standard input. The history is cut at --from into two stretches as long as the study's
before and after. An effect of the size printed is found in 80 of 100 studies.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var o panelFlags
			f.StringVar(&o.unit, "unit", "unit", "`heading` of the units")
			f.StringVar(&o.time, "time", "time", "`heading` of the times: whole numbers, or days")
			f.StringVar(&o.y, "y", "y", "`heading` of the outcome")
			from := f.String("from", "", "`time` at which the later stretch begins")
			sites := f.String("sites", "5,10,20,40", "`numbers` of sites, with commas")
			o.where = whereFlag(f)
			f.BoolVar(&o.asJSON, "json", false, "print the sizes as JSON")
			unit := f.String("in", "", "`unit` of the figures, such as SHMI or points: it stands after each")
			matters := f.String("matters", "", "the smallest `change` that would matter: says whether the first number of sites can show it")
			return func(c *call) error {
				o.given = map[string]bool{"unit": true}
				f.Visit(func(one *flag.Flag) { o.given[one.Name] = true })
				return c.power(o, *from, *sites, *matters, *unit)
			}
		},
	}
}

func (c *call) power(o panelFlags, from, sites, matters, unit string) error {
	start, err := strconv.Atoi(from)
	if day, dayErr := sheet.Day(from); err != nil && dayErr == nil {
		year, month, _ := day.Civil()
		start, err = year*100+int(month), nil
	}
	if err != nil {
		return usagef("name with --from the time at which the later stretch begins, as a whole number (of months, 202404) or a day")
	}
	asked := study.Asked{Unit: o.unit, Time: o.time, Column: o.y, From: start}
	for _, text := range commaList(sites) {
		k, err := strconv.Atoi(text)
		if err != nil {
			return usagef("--sites holds %q: write numbers with commas between, such as 10,20", text)
		}
		asked.Sites = append(asked.Sites, k)
	}
	if len(asked.Sites) == 0 {
		return usagef("name the numbers of sites with --sites, such as 10,20")
	}
	if matters != "" {
		if asked.Matters, err = sheet.Number(matters); err != nil || !(asked.Matters > 0) {
			return usagef("--matters holds %q: write a number above nought", matters)
		}
	}
	s, err := c.figures(c.args[0], *o.where)
	if err != nil {
		return err
	}
	if err := o.headings(s, true, []string{o.y}); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", c.args[0])
	}
	if _, err := panelKeys(s, o, &panel.Rows{}); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", c.args[0])
	}
	sized, err := study.Sizes(s, asked)
	// Numbers that nobody asked for are left out where the pool is too small for them.
	for fault.FieldOf(err) == "sites" && !o.given["sites"] && len(asked.Sites) > 1 {
		asked.Sites = asked.Sites[:len(asked.Sites)-1]
		sized, err = study.Sizes(s, asked)
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", c.args[0])
	}
	if o.asJSON {
		type line struct {
			Sites    int     `json:"sites"`
			Smallest float64 `json:"smallest"`
		}
		out := struct {
			Pool   int     `json:"pool"`
			Spread float64 `json:"spread"`
			Powers []line  `json:"powers"`
			Needed int     `json:"needed,omitempty"`
		}{Pool: sized.Pool, Spread: sized.Spread, Needed: sized.Needed}
		for _, one := range sized.Sizes {
			out.Powers = append(out.Powers, line(one))
		}
		return c.json(out)
	}
	pf(c.Out, "%d units are there at every time. Between the stretches their means changed by %s (standard deviation) when nothing was tried.\n\n", sized.Pool, study.InTwoDigits(sized.Spread, unit))
	for _, l := range sized.Sizes {
		pf(c.Out, "%4d sites can show a change of %s or more.\n", l.Sites, study.InTwoDigits(l.Smallest, unit))
	}
	if sized.Matters > 0 {
		pf(c.Out, "\n%s\n", sized.Says(o.y, unit))
	}
	pf(c.Out, "\nA smaller effect is missed more often than one time in five, whatever the method.\n")
	return nil
}
