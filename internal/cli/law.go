package cli

import (
	"encoding/json"
	"flag"
	"io"
	"os"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

func lawListCommand() command {
	return command{
		name:  "law list",
		about: "List the rules in effect on a day",
		help: `Each rule is shown with where it comes from and the day it was last compared with
that source, or "checked: no".`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			on := f.String("on", "", "`date` (default today)")
			form := f.String("form", "", "only rules for this legal `form`")
			prefix := f.String("prefix", "", "only rules whose id begins with this `text`")
			unchecked := f.Bool("unchecked", false, "only rules that were not yet compared with their source")
			return func(c *call) error {
				day, err := c.day(*on)
				if err != nil {
					return err
				}
				lib, err := law.Load()
				if err != nil {
					return err
				}
				if *form != "" {
					if _, err := lib.Form(law.FormID(*form), day); err != nil {
						return fault.Wrap(fault.NotFound, err, "there is no legal form %q on %s", *form, day)
					}
				}
				list := law.List(lib, day, law.Filter{Form: law.FormID(*form), Prefix: *prefix, Unchecked: *unchecked})
				_, err = io.WriteString(c.Out, list)
				return err
			}
		},
	}
}

func lawExplainCommand() command {
	return command{
		name:  "law explain",
		args:  "RULE",
		about: "Put facts to a rule and say what follows and why",
		help: `Facts are a JSON object, for instance {"members": 2}. Without --facts the rule is put
with nothing known, and the answer names what it needs. Dates are text, money is in pence.

The exit code is 0 when the rule holds, 1 when it fails or cannot be told yet.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			on := f.String("on", "", "`date` (default today)")
			file := f.String("facts", "", "`file` of facts in JSON; - for standard input")
			asJSON := f.Bool("json", false, "print the answer as JSON")
			return func(c *call) error {
				day, err := c.day(*on)
				if err != nil {
					return err
				}
				lib, err := law.Load()
				if err != nil {
					return err
				}
				rule, err := lib.Rule(c.args[0], day)
				if err != nil {
					return fault.Wrap(fault.NotFound, err, "there is no rule %q on %s; `commonweal law list` lists them", c.args[0], day)
				}
				facts, err := c.facts(lib, *file)
				if err != nil {
					return err
				}
				result, err := rule.Evaluate(facts, day)
				if err != nil {
					return err
				}
				if err := c.tellResult(result, *asJSON); err != nil {
					return err
				}
				if result.Verdict != law.Holds {
					return errFound
				}
				return nil
			}
		},
	}
}

func (c *call) facts(lib *law.Library, file string) (law.Facts, error) {
	if file == "" {
		return law.Facts{}, nil
	}
	in := c.In
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the facts cannot be opened")
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, 1<<20))
	if err != nil {
		return nil, err
	}
	return lib.DecodeFacts(data)
}

func (c *call) tellResult(r law.Result, asJSON bool) error {
	if !asJSON {
		_, err := io.WriteString(c.Out, law.Explain(r))
		return err
	}
	missing := []string{}
	for _, f := range r.Missing {
		missing = append(missing, f.Name)
	}
	enc := json.NewEncoder(c.Out)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{
		"rule": r.Rule.ID, "on": r.On.String(), "verdict": r.Verdict, "missing": missing, "reasons": r.Reasons,
		"citation": r.Rule.Citation, "checked": r.Rule.Checked,
	})
}

func lawFormsCommand() command {
	return command{
		name:  "law forms",
		about: "List the legal forms that the rules know",
		prepare: func(f *flag.FlagSet) func(*call) error {
			on := f.String("on", "", "`date` (default today)")
			return func(c *call) error {
				day, err := c.day(*on)
				if err != nil {
					return err
				}
				lib, err := law.Load()
				if err != nil {
					return err
				}
				for _, form := range lib.Forms(day) {
					pf(c.Out, "%-36s %s\n", form.ID, form.Label)
				}
				return nil
			}
		},
	}
}
