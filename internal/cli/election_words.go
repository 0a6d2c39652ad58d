package cli

import (
	"bytes"
	"flag"
	"strings"

	"commonweal/belenios"
	"commonweal/internal/base/words"
	"commonweal/internal/decide/keys"
)

func electionWordsCommand() command {
	return command{
		name:  "election words",
		args:  "FILE",
		about: "Say in words what keyholders compare: the key, the election, the tally",
		help: `FILE is an archive, which is verified first, or with --key the finished key of a ceremony,
trustees.json. The words are those that the pages of keyholders show: sixteen of the key,
four of the election, four of the tally that is opened, each with the hash that they are of.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			key := f.Bool("key", false, "FILE is a finished key, and not an archive")
			return func(c *call) error {
				if *key {
					text, err := c.readSmall(c.args[0], "finished key")
					if err != nil {
						return err
					}
					c.keyWords(bytes.TrimSpace(text))
					return nil
				}
				return c.withElection(c.args[0], func(e *openElection) error {
					c.keyWords(e.state.Trustees().Bytes())
					c.fourWords("election", e.state.Election().Hash())
					if t := e.state.Tally(); t != nil {
						c.fourWords("tally", t.Hash())
					}
					return nil
				})
			}
		},
	}
}

func (c *call) keyWords(trustees []byte) {
	pf(c.Out, "key\t%s\t%s\n", strings.Join(keys.Words(trustees), " "), belenios.HashOf(trustees))
}

func (c *call) fourWords(what string, h belenios.Hash) {
	pf(c.Out, "%s\t%s\t%s\n", what, words.Text(h[:]), h)
}
