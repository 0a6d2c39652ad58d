package cli

import (
	"flag"

	"commonweal/count"
	"commonweal/internal/base/fault"
)

// resolutionFlags say what carries a proposal.
type resolutionFlags struct {
	majority, moreThan, base, turnout string
	eligible, present                 int64
}

func (r *resolutionFlags) declare(f *flag.FlagSet) {
	f.StringVar(&r.majority, "majority", "", "resolution: the votes for must be at least this `fraction`, such as 3/4")
	f.StringVar(&r.moreThan, "more-than", "", "resolution: the votes for must be more than this `fraction`")
	f.StringVar(&r.base, "base", string(count.VotesCast), "resolution: of what, votes-cast, present or eligible (a `base`)")
	f.StringVar(&r.turnout, "turnout", "", "resolution: the votes cast must be at least this `fraction` of all eligible")
	wholeFlag(f, &r.eligible, "eligible", "resolution: `number` of those entitled to vote")
	wholeFlag(f, &r.present, "present", "resolution: `number` of those present (default all who voted or abstained)")
}

// motion is the rule that the flags describe.
func (r resolutionFlags) motion() (count.Motion, error) {
	var m count.Motion
	text, exceed := r.majority, count.AtLeast
	if r.moreThan != "" {
		text, exceed = r.moreThan, count.MoreThan
	}
	if (r.majority == "") == (r.moreThan == "") {
		return m, usagef("say what carries the proposal with --majority or --more-than, one of them")
	}
	fraction, err := count.ParseFraction(text)
	if err != nil {
		return m, usagef("%v", err)
	}
	m.Majority = count.Condition{Fraction: fraction, Exceed: exceed, Base: count.Base(r.base)}
	if r.turnout != "" {
		if fraction, err = count.ParseFraction(r.turnout); err != nil {
			return m, usagef("%v", err)
		}
		m.Turnout = count.Condition{Fraction: fraction, Exceed: count.AtLeast, Base: count.Eligible}
	}
	return m, nil
}

type resolutionAnswer struct {
	Rules    string   `json:"rules"`
	Carried  bool     `json:"carried"`
	For      int64    `json:"for"`
	Against  int64    `json:"against"`
	Abstain  int64    `json:"abstain"`
	Spoilt   int64    `json:"spoilt"`
	Present  int64    `json:"present"`
	Eligible int64    `json:"eligible"`
	Findings []string `json:"findings"`
}

func (c *call) countResolution(b *count.Ballots, o countFlags) error {
	motion, err := o.resolution.motion()
	if err != nil {
		return err
	}
	votes, spoilt, err := count.VotesOf(b)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "%s is no vote on a proposal", c.args[0])
	}
	votes.Present, votes.Eligible = o.resolution.present, o.resolution.eligible
	d, err := motion.Decide(votes)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the vote cannot be decided")
	}
	answer := resolutionAnswer{"resolution", d.Carried, d.Votes.For, d.Votes.Against, d.Votes.Abstain, spoilt, d.Votes.Present, d.Votes.Eligible, nil}
	for _, f := range d.Findings {
		answer.Findings = append(answer.Findings, f.Text)
	}
	if o.asJSON {
		return c.json(answer)
	}
	if b.Title != "" {
		pf(c.Out, "%s\n", b.Title)
	}
	pf(c.Out, "%s %d, %s %d, abstained %d, spoilt %d.\n", b.Name(1), votes.For, b.Name(2), votes.Against, votes.Abstain, spoilt)
	for _, text := range answer.Findings {
		pf(c.Out, "%s\n", text)
	}
	if d.Carried {
		pf(c.Out, "Carried.\n")
	} else {
		pf(c.Out, "Not carried.\n")
	}
	return nil
}
