package cli

import (
	"encoding/base64"
	"flag"
	"strings"

	"commonweal/belenios/archive"
	"commonweal/internal/base/words"
)

func electionTrackersCommand() command {
	return command{
		name:  "election trackers",
		args:  "ARCHIVE [TRACKER]",
		about: "Look for a ballot by its tracker, as the voter who cast it, or list all of them",
		help: `Shows for each ballot its event, its tracker, the four words that the booth shows for it, its
weight and whether it counts or a later one of the same voter replaced it. With TRACKER, in
full or as its four words in quotes, the exit code is 1 if that ballot is not there.`,
		prepare: func(*flag.FlagSet) func(*call) error {
			return func(c *call) error {
				return c.withElection(c.args[0], func(e *openElection) error {
					shown := 0
					for _, b := range e.state.Ballots() {
						four := wordsOfTracker(b.Tracker)
						if len(c.args) > 1 && b.Tracker != c.args[1] && !strings.EqualFold(four, c.args[1]) {
							continue
						}
						shown++
						pf(c.Out, "%d\t%s\t%s\t%d\t%s\n", b.Height, b.Tracker, four, b.Weight, countsOrNot(b))
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

// wordsOfTracker are the four words by which the booth and the board show a tracker.
func wordsOfTracker(tracker string) string {
	hash, err := base64.RawStdEncoding.DecodeString(tracker)
	if err != nil || len(hash) < words.Bits/8 {
		return ""
	}
	return words.Text(hash)
}

func countsOrNot(b archive.Entry) string {
	if b.Replaced {
		return "replaced by a later ballot of the same voter"
	}
	return "counts"
}
