package cli

import (
	"flag"

	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
)

func electionCloseCommand() command {
	return command{
		name:  "election close",
		args:  "ARCHIVE",
		about: "End the voting, or the shuffling, as the administrator",
		help: `Ending the voting also combines the ballots into the encrypted tally, which the trustees
then shuffle, if a question is ranked, and decrypt. With --shuffles it says that no more
shuffles come.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			shuffles := f.Bool("shuffles", false, "end the shuffling")
			return func(c *call) error {
				return c.withBoard(c.args[0], func(b *archive.Board) error {
					var err error
					switch {
					case *shuffles:
						err = b.EndShuffles()
					case b.Stage() == archive.Closed:
						err = b.Combine(c.ctx) // somebody ended the voting with another program
					default:
						err = b.EndVoting(c.ctx)
					}
					if err != nil {
						return fault.Wrap(fault.Conflict, err, "nothing was closed")
					}
					pf(c.Out, "%s\nhead %s\n", b.Stage().Sentence(), b.Head())
					return nil
				})
			}
		},
	}
}
