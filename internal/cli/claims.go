package cli

import (
	"flag"
	"io/fs"
	"os"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/claim"
)

func claimsCommand() command {
	return command{
		name:  "claims",
		args:  "[CLAIM]",
		about: "Say what was claimed for mutuals, who said it, and what the evidence shows",
		help: `Without a claim all are listed. With one, everything is said that bears on it; for
mortality the nine specifications of the same question, for mutuals how they lie beside
community trusts, for absence the correlations, for experience what staff of the named
mutuals say of care for a friend. --data names a folder of published files, from which
these are worked out anew; without it the figures are those that the program carries.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			data := f.String("data", "", "`folder` of published files")
			asJSON := f.Bool("json", false, "print as JSON")
			return func(c *call) error { return c.claims(*data, *asJSON) }
		},
	}
}

func (c *call) claims(folder string, asJSON bool) error {
	if len(c.args) == 0 {
		if asJSON {
			return c.json(claim.All())
		}
		for _, one := range claim.All() {
			pf(c.Out, "%-12s %s\n%12s %s\n\n", one.ID, one.Words, "", one.Sentence)
		}
		return nil
	}
	one, ok := claim.Find(c.args[0])
	if !ok {
		return usagef("there is no claim %q; `commonweal claims` lists them", c.args[0])
	}
	out := struct {
		claim.Claim
		Specifications []claim.Specification `json:"specifications,omitempty"`
		Note           string                `json:"note,omitempty"`
		Mutuals        []claim.Apart         `json:"mutuals,omitempty"`
		Friends        []claim.Recommended   `json:"friends,omitempty"`
		Together       *claim.Apart          `json:"together,omitempty"`
		Trusts         *claim.Correlation    `json:"among_all,omitempty"`
		Within         *claim.Correlation    `json:"within_kind,omitempty"`
		Carried        bool                  `json:"carried"`
	}{Claim: one, Carried: folder == ""}
	var data fs.FS
	if folder != "" {
		data = os.DirFS(folder)
	}
	var err error
	switch one.ID {
	case "absence":
		// The carried figures are made of the same files, to the byte.
		var all, within claim.Correlation
		all, within, err = claim.CarriedAbsence()
		out.Trusts, out.Within, out.Carried = &all, &within, true
	case "experience":
		list, together := claim.CarriedFriends()
		if data != nil {
			list, together, err = claim.Friends(c.ctx, data)
		}
		out.Friends, out.Together = list, &together
	case "mortality":
		out.Note = claim.LagNote
		if out.Specifications = claim.CarriedSpecifications(); data != nil {
			out.Specifications, err = claim.Specifications(data)
		}
	case "mutuals":
		if out.Mutuals = claim.CarriedMutuals(); data != nil {
			out.Mutuals, err = claim.Mutuals(data)
		}
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", folder)
	}
	if asJSON {
		return c.json(out)
	}
	c.tellClaim(one)
	if out.Specifications != nil {
		c.tellSpecifications(out.Specifications)
	}
	c.tellFriends(out.Friends, out.Together)
	for i, x := range []*claim.Correlation{out.Trusts, out.Within} {
		if x != nil {
			pf(c.Out, "%s: r %+.2f, likely %+.2f to %+.2f, %d trusts\n", []string{"Among all trusts", "Among trusts of one kind"}[i], x.R, x.Low, x.High, x.N)
		}
	}
	for i, m := range out.Mutuals {
		if i == 0 {
			pf(c.Out, "%d community mutuals less %d community trusts, 2021 to 2024, in percentage points, with p by drawing which are the mutuals:\n", m.Mutuals, m.Trusts)
		}
		pf(c.Out, "  %-14s %+5.1f  likely %+.1f to %+.1f  p %.2f\n", m.Measure, m.Points, m.Low, m.High, m.P)
	}
	return nil
}

func (c *call) tellClaim(one claim.Claim) {
	pf(c.Out, "%s\n\n%s\n\n", one.Words, one.Sentence)
	for _, s := range one.Said {
		second := ""
		if s.SecondHand {
			second = " (only a quotation was seen)"
		}
		pf(c.Out, "Said by %s, %s: %s%s.\n", s.Who, s.When, s.Where, second)
	}
	pf(c.Out, "\n")
	for _, g := range []struct {
		name string
		claim.Grade
	}{{"Counted", one.Counted}, {"Compared", one.Compared}, {"Tested", one.Tested}} {
		pf(c.Out, "%-9s %s. %s\n", g.name+":", g.Verdict, g.Reason)
	}
	pf(c.Out, "\n")
	for _, e := range one.Bears {
		pf(c.Out, "- %s. %s\n  %s.\n", e.Title, e.Shows, e.Of)
		if e.How != "" {
			pf(c.Out, "  Made by: %s.\n", e.How)
		}
	}
	for _, text := range one.Open {
		pf(c.Out, "- Open: %s\n", text)
	}
	pf(c.Out, "\n")
}

func (c *call) tellSpecifications(list []claim.Specification) {
	pf(c.Out, "Change of SHMI with one more point of engagement:\n")
	for _, s := range list {
		mark := " "
		if s.AsPublished {
			mark = "*"
		}
		pf(c.Out, "%s %-46s %8.4f  error %.4f  p %.3f  likely %.3f to %.3f  n %d\n", mark, s.Name, s.Value, s.SE, s.P, s.Low, s.High, s.Rows)
	}
	pf(c.Out, "* as published.\n\n%s\n\n%s\n", claim.SpecificationSentence, claim.LagNote)
}

func (c *call) tellFriends(list []claim.Recommended, together *claim.Apart) {
	if together == nil {
		return
	}
	pf(c.Out, "Staff who would be happy with the care for a friend, in per cent, beside the middle trust that does the same work:\n")
	for _, r := range list {
		pf(c.Out, "  %-20s %5.1f  likely %.1f to %.1f  %d answers  %s %.1f\n", r.Name, r.Percent, r.Low, r.High, r.Answers, r.BesideWords(), r.Middle)
	}
	pf(c.Out, "%d community mutuals less %d community trusts: %+.1f points, likely %+.1f to %+.1f, p %.2f by drawing which are the mutuals.\n", together.Mutuals, together.Trusts, together.Points, together.Low, together.High, together.P)
}
