package cli

import (
	"flag"
	"io"
	"os"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/survey/disclose"
)

// mostBundle is the largest bundle that is read: a national survey of a hundred
// questions by organisation and occupation is a fifth of it.
const mostBundle = 128 << 20

func surveyAuditCommand() command {
	return command{
		name:  "survey audit",
		args:  "RELEASE",
		about: "Attack a release of survey results",
		help: `RELEASE is a release bundle: one file with a release, the earlier releases of the
organisation, what else the attacker may know, and the certificate. - is standard input.

Checks that the certificate is of just these releases, and tries once more to work out
every figure that they hide. Needs no database and no network. The exit code is 1 if the
certificate is of another release, or if anything hidden is found. A file of more than
128 MB, or of more cells than can be attacked, is refused.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			asJSON := false
			f.BoolVar(&asJSON, "json", false, "print as JSON")
			return func(c *call) error { return c.surveyAudit(asJSON) }
		},
	}
}

// audited is what an audit came to.
type audited struct {
	Wave        string           `json:"wave"`
	Release     string           `json:"release"`
	Earlier     []string         `json:"earlier"`
	Attacker    string           `json:"attacker"`
	Certificate string           `json:"certificate"` // "fits", or why not
	Weak        string           `json:"weak,omitempty"`
	Shown       disclose.Tally   `json:"shown"`
	Hidden      disclose.Tally   `json:"hidden"`
	Effort      disclose.Effort  `json:"effort"`
	Found       []disclose.Found `json:"found"`
	Passed      bool             `json:"passed"`
}

func (c *call) surveyAudit(asJSON bool) error {
	b, err := c.bundle()
	if err != nil {
		return err
	}
	a := audited{Wave: b.Release.Wave, Earlier: []string{}, Attacker: disclose.Version, Certificate: "fits", Found: []disclose.Found{}}
	if a.Release, err = b.Release.Hash(); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s cannot be read", c.args[0])
	}
	for _, r := range b.Earlier {
		h, err := r.Hash()
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "%s cannot be read", c.args[0])
		}
		a.Earlier = append(a.Earlier, h)
	}
	if err := b.Check(); err != nil {
		a.Certificate = err.Error()
	}
	if err := b.Release.Rules.Check(); err != nil {
		a.Weak = err.Error()
	}
	a.Shown, a.Hidden = b.Release.Tally()
	found, effort, err := disclose.Attack(append(b.Earlier, b.Release), b.Public)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "%s cannot be attacked", c.args[0])
	}
	a.Found, a.Effort = append(a.Found, found...), effort
	a.Passed = a.Certificate == "fits" && a.Weak == "" && len(found) == 0
	if asJSON {
		err = c.json(a)
	} else {
		c.tellAudit(a, b)
	}
	if err == nil && !a.Passed {
		return errFound
	}
	return err
}

// bundle reads the file of a release.
func (c *call) bundle() (disclose.Bundle, error) {
	in := c.In
	if name := c.args[0]; name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return disclose.Bundle{}, fault.Wrap(fault.Invalid, err, "the release cannot be opened")
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, mostBundle+1))
	if err != nil {
		return disclose.Bundle{}, fault.Wrap(fault.Invalid, err, "%s cannot be read", c.args[0])
	}
	if len(data) > mostBundle {
		return disclose.Bundle{}, fault.Errorf(fault.Invalid, "%s is larger than %d MB, and no more is read", c.args[0], mostBundle>>20)
	}
	b, err := disclose.ReadBundle(data)
	if err != nil {
		return disclose.Bundle{}, fault.Wrap(fault.Invalid, err, "%s is no release bundle", c.args[0])
	}
	return b, nil
}

// mostTold is how many findings are printed one by one.
const mostTold = 40

func (c *call) tellAudit(a audited, b disclose.Bundle) {
	pf(c.Out, "Release of wave %s, fingerprint %s.\n", a.Wave, a.Release)
	pf(c.Out, "Attacked together with %s and what is public: %s, %s.\n",
		plural(len(a.Earlier), "earlier release", "earlier releases"),
		plural(len(b.Public.Eligible)+len(b.Public.AtMost)+len(b.Public.Answered), "number of eligible people", "numbers of eligible people"),
		plural(len(b.Public.Moves), "number of people who moved between waves", "numbers of people who moved between waves"))
	pf(c.Out, "Rules: at least %d people; no question with %d or fewer on a side; bases to the nearest %d below 100.\n",
		b.Release.Rules.Minimum, b.Release.Rules.Few, b.Release.Rules.Step)
	if a.Certificate == "fits" {
		pf(c.Out, "The certificate is of this release and of these earlier ones.\n")
	} else {
		pf(c.Out, "The certificate does not fit: %s.\n", a.Certificate)
	}
	if a.Weak != "" {
		pf(c.Out, "Weaker than this program releases: %s.\n", a.Weak)
	}
	pf(c.Out, "Shown: %s. Hidden: %s.\n", tallied(a.Shown), tallied(a.Hidden))
	pf(c.Out, "Tried: %s: bounds carried from cell to cell, then the least and the most of each,\nas flows of %s (%s) and with %s (%s). %s.\n",
		plural(a.Effort.Quantities, "hidden quantity", "hidden quantities"),
		plural(a.Effort.Networks, "network", "networks"), plural(a.Effort.Paths, "way round", "ways round"),
		plural(a.Effort.Programmes, "linear programme", "linear programmes"), plural(a.Effort.Pivots, "pivot", "pivots"),
		strings.ToUpper(a.Attacker[:1])+a.Attacker[1:])
	if a.Effort.Bounded > 0 {
		pf(c.Out, "Of these %d were too many to be settled so, and were only bounded.\n", a.Effort.Bounded)
	}
	if len(a.Found) == 0 {
		pf(c.Out, "\nFound: nothing.\n\n")
		pf(c.Out, "What this cannot show: what people know who were told the answers by those who gave them;\nthat a question hidden in a group that is shown was most often hidden because nearly all agreed;\nanswers to several questions taken together, but where a score joins them; releases that are\nnot in this file.\n")
		return
	}
	pf(c.Out, "\nFound: %s, known too well.\n", plural(len(a.Found), "hidden quantity", "hidden quantities"))
	for i, f := range a.Found {
		if i == mostTold {
			pf(c.Out, "  and %d more; --json lists them all\n", len(a.Found)-i)
			break
		}
		pf(c.Out, "  %s\n", f)
	}
}

func tallied(t disclose.Tally) string {
	return plural(t.Cells, "cell", "cells") + ", " + plural(t.Questions, "question", "questions") + " and " + plural(t.Scores, "score", "scores") + " in cells"
}
