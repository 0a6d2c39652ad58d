package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"commonweal/count"
	"commonweal/internal/base/fault"
)

// countFlags are the flags of the command count.
type countFlags struct {
	rules, seed, order, lots, withdrawn, svg string
	seats                                    int
	asJSON, asTable                          bool
	vacancy                                  vacancyFlags
	resolution                               resolutionFlags
}

func countCommand() command {
	return command{
		name:  "count",
		args:  "FILE",
		about: "Count the papers of an election",
		help: `FILE holds papers in the BLT format; - is standard input. The rules are nhs-2014,
nhs-2014-stage, ers97, scottish-2007, meek, meek-shared, fptp, choose-k, approval, and
resolution for a vote on a proposal. The same papers give the same transcript, to the
byte, whatever their order.

Where the rules want a lot and none is given the exit code is 1.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var o countFlags
			f.StringVar(&o.rules, "rules", "", "the counting `rules`")
			wholeFlag(f, &o.seats, "seats", "`number` of seats (default as the file says)")
			f.StringVar(&o.withdrawn, "withdrawn", "", "`numbers` of candidates who have withdrawn, with commas")
			f.StringVar(&o.seed, "seed", "", "draw lots from this seed in `hex`")
			f.StringVar(&o.order, "order", "", "`numbers` of candidates in the order of a lot drawn by hand")
			f.StringVar(&o.lots, "lots", "", "`file` of an earlier transcript (JSON) whose lots stand")
			f.BoolVar(&o.asJSON, "json", false, "print the transcript as JSON")
			f.BoolVar(&o.asTable, "table", false, "print the stages as a table")
			f.StringVar(&o.svg, "svg", "", "also draw the stages into this `file`")
			o.vacancy.declare(f)
			o.resolution.declare(f)
			return func(c *call) error {
				if err := o.fit(f); err != nil {
					return err
				}
				return c.count(o)
			}
		},
	}
}

// wholeFlag declares a flag for a whole number from 1; without it there is nought.
func wholeFlag[T int | int64](f *flag.FlagSet, to *T, name, text string) {
	f.Func(name, text, func(value string) error {
		n, err := strconv.ParseInt(value, 10, 32)
		if err != nil || n < 1 {
			return fmt.Errorf("--%s takes a whole number from 1", name)
		}
		*to = T(n)
		return nil
	})
}

// Flags that go with one kind of count only.
var (
	forVacancy    = []string{"sitting", "unwilling", "by"}
	forResolution = []string{"majority", "more-than", "base", "turnout", "eligible", "present"}
	forElection   = []string{"seats", "withdrawn", "seed", "order", "lots", "table", "svg", "vacancy"}
)

// fit refuses a flag that would have no effect, so that nobody believes it had one.
func (o *countFlags) fit(given *flag.FlagSet) error {
	var wrong error
	given.Visit(func(f *flag.Flag) {
		switch {
		case o.rules != "resolution" && slices.Contains(forResolution, f.Name):
			wrong = usagef("--%s goes with --rules resolution", f.Name)
		case o.rules == "resolution" && (slices.Contains(forElection, f.Name) || slices.Contains(forVacancy, f.Name)):
			wrong = usagef("--%s has no meaning with --rules resolution", f.Name)
		case o.vacancy.left == 0 && slices.Contains(forVacancy, f.Name):
			wrong = usagef("--%s goes with --vacancy", f.Name)
		}
	})
	return wrong
}

func (c *call) count(o countFlags) error {
	if o.rules == "" {
		return usagef("name the counting rules with --rules; `commonweal help count` lists them")
	}
	b, err := c.papers()
	if err != nil {
		return err
	}
	if o.rules == "resolution" {
		return c.countResolution(b, o)
	}
	rule, err := count.FindRule(o.rules)
	if err != nil {
		return usagef("there are no counting rules %q; `commonweal help count` lists them", o.rules)
	}
	options := count.Options{Seats: o.seats}
	if options.Withdrawn, err = candidateList("withdrawn", o.withdrawn); err != nil {
		return err
	}
	if options.Lots, err = o.drawing(); err != nil {
		return err
	}
	if o.vacancy.left != 0 {
		return c.fillVacancy(b, rule, options, o)
	}
	r, err := count.Count(b, rule, options)
	if err != nil {
		return wantsLot(err)
	}
	return c.tellCount(r, o)
}

// papers reads the file of papers.
func (c *call) papers() (*count.Ballots, error) {
	in := c.In
	if name := c.args[0]; name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the papers cannot be opened")
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	b, err := count.ReadBLT(in)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "%s cannot be read", c.args[0])
	}
	return b, nil
}

// drawing is the way to draw lots that the flags ask for.
func (o countFlags) drawing() (count.Lots, error) {
	if o.seed != "" && o.order != "" {
		return nil, usagef("give --seed or --order, not both")
	}
	var lots count.Lots
	if o.seed != "" {
		seed, err := count.ParseSeed(o.seed)
		if err != nil {
			return nil, usagef("%v", err)
		}
		lots = seed
	}
	if o.order != "" {
		list, err := candidateList("order", o.order)
		if err != nil {
			return nil, err
		}
		lots = count.Order(list)
	}
	if o.lots == "" {
		return lots, nil
	}
	data, err := os.ReadFile(o.lots)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the earlier transcript cannot be read")
	}
	earlier, err := count.ReadLots(data)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "%s is not a transcript: make one with --json", o.lots)
	}
	return count.Earlier{Lots: earlier, Then: lots}, nil
}

// wantsLot says how to give a lot, where that is what is missing.
func wantsLot(err error) error {
	var tie *count.TieError
	if errors.As(err, &tie) {
		return fault.Errorf(fault.Invalid, "%v: --seed, --order or --lots", err)
	}
	return err
}

func (c *call) tellCount(r *count.Result, o countFlags) error {
	if o.svg != "" {
		var picture bytes.Buffer
		if err := r.WriteSVG(&picture); err != nil {
			return err
		}
		if err := os.WriteFile(o.svg, picture.Bytes(), 0o644); err != nil { //nolint:gosec // a picture of a public result
			return err
		}
	}
	switch {
	case o.asJSON:
		return c.json(r)
	case o.asTable:
		return r.WriteTable(c.Out)
	}
	if err := r.WriteText(c.Out); err != nil {
		return err
	}
	pf(c.Out, "\n")
	return r.Rule.WriteText(c.Out)
}

// json prints a value as indented JSON.
func (c *call) json(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", "  "); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err = io.Copy(c.Out, &out)
	return err
}

// candidateList reads candidate numbers with commas between.
func candidateList(flag, text string) ([]int, error) {
	if text == "" {
		return nil, nil
	}
	var list []int
	for _, word := range strings.Split(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 1 {
			return nil, usagef("--%s holds %q: write candidate numbers with commas between, such as 2,7", flag, word)
		}
		list = append(list, n)
	}
	return list, nil
}
