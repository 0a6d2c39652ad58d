package cli

import (
	"flag"

	"commonweal/belenios/archive"
)

func electionTrackersCommand() command {
	return command{
		name:  "election trackers",
		args:  "ARCHIVE [TRACKER]",
		about: "Look for a ballot by its tracker, as the voter who cast it, or list all of them",
		help: `Shows for each ballot its event, its tracker, its weight and whether it counts or a later
one of the same voter replaced it. With TRACKER the exit code is 1 if that ballot is not there.`,
		prepare: func(*flag.FlagSet) func(*call) error {
			return func(c *call) error {
				return c.withElection(c.args[0], func(e *openElection) error {
					shown := 0
					for _, b := range e.state.Ballots() {
						if len(c.args) > 1 && b.Tracker != c.args[1] {
							continue
						}
						shown++
						pf(c.Out, "%d\t%s\t%d\t%s\n", b.Height, b.Tracker, b.Weight, countsOrNot(b))
					}
					if len(c.args) > 1 && shown == 0 {
						say(c.Err, "no ballot in %s has the tracker %s", e.path, c.args[1])
						return errFound
					}
					return nil
				})
			}
		},
	}
}

func countsOrNot(b archive.Entry) string {
	if b.Replaced {
		return "replaced by a later ballot of the same voter"
	}
	return "counts"
}
