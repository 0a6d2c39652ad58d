package cli

import (
	"flag"

	"commonweal/belenios"
	"commonweal/internal/base/fault"
)

func electionShuffleCommand() command {
	return command{
		name:  "election shuffle",
		args:  "ARCHIVE",
		about: "Shuffle the ranked ballots, as a trustee",
		help: `Encrypts every ranking anew and puts them in an order that nobody knows, with a proof that
nothing else was changed. As long as one trustee who shuffled keeps that to themselves,
nobody can tell whose ranking is whose. The file goes to the administrator.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			owner := f.Int("trustee", 0, "`number` of the trustee, as \"election verify\" shows it")
			out := f.String("out", "", "new `file` for the shuffle (default: standard output)")
			return func(c *call) error {
				if *owner == 0 {
					return usagef("give --trustee, the number of the trustee")
				}
				return c.withElection(c.args[0], func(e *openElection) error {
					if err := e.state.MayShuffle(*owner); err != nil {
						return fault.Wrap(fault.Conflict, err, "trustee %d cannot shuffle now", *owner)
					}
					done := c.progress("shuffling")
					s, err := belenios.NewShuffle(chance{c}, e.state.Election(), e.state.Tally().NonHomomorphic())
					done()
					if err != nil {
						return err
					}
					if err := c.deliver(*out, ownedLines(*owner, s.Bytes())); err != nil {
						return err
					}
					c.after(*out, "shuffle of trustee %d: send it to the administrator", *owner)
					return nil
				})
			}
		},
	}
}

// ownedLines are what a trustee hands in: the work, and whose it is.
func ownedLines(owner int, body []byte) []byte {
	o := belenios.Owned{Owner: owner, Payload: belenios.HashOf(body)}
	return lines(body, o.Bytes())
}
