package cli

import (
	"flag"

	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
)

func electionResultCommand() command {
	return command{
		name:  "election result",
		args:  "ARCHIVE",
		about: "Make the result, as the administrator, once enough trustees have decrypted",
		help:  `If the election has its result already, it is shown.`,
		prepare: func(*flag.FlagSet) func(*call) error {
			return func(c *call) error {
				path, err := archivePath(c.args[0])
				if err != nil {
					return err
				}
				err = c.withBoard(path, func(b *archive.Board) error {
					if b.Stage() == archive.Finished {
						return nil
					}
					if _, err := b.Finish(); err != nil {
						return fault.Wrap(fault.Conflict, err, "there is no result yet")
					}
					return nil
				})
				if err != nil {
					return err
				}
				return c.withElection(path, func(e *openElection) error {
					pf(c.Out, "%s", e.report.Text())
					return nil
				})
			}
		},
	}
}
