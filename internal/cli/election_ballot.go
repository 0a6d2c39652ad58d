package cli

import (
	"bytes"
	"encoding/json"
	"flag"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
)

func electionBallotCommand() command {
	return command{
		name:  "election ballot",
		args:  "ARCHIVE",
		about: "Make an encrypted and signed ballot, as a voter",
		help: `--choices is a file of JSON, a list for each question: for a question that is counted, 1 or
0 for each answer, with one more number in front for a blank vote where that is allowed; for a
ranking, a number for each answer. [[0,1,0]] chooses the second of three.

The ballot goes to the administrator. The tracker is the voter's: it must stand in the archive
afterwards. Choices and credential are read from files so that they do not stay in the history
of the terminal.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			credential := f.String("credential", "", "`file` of the secret credential: a line that ends with it")
			choices := f.String("choices", "", "`file` of choices; - for standard input")
			out := f.String("out", "", "new `file` for the ballot (default: standard output)")
			return func(c *call) error {
				if *credential == "" || *choices == "" {
					return usagef("give --credential and --choices")
				}
				return c.withElection(c.args[0], func(e *openElection) error {
					b, err := c.ballot(e.state, *credential, *choices)
					if err != nil {
						return err
					}
					if err := c.deliver(*out, lines(b.Bytes())); err != nil {
						return err
					}
					c.after(*out, "tracker of your ballot: %s", b.Tracker())
					return nil
				})
			}
		},
	}
}

// ballot makes a ballot of what stands in the files.
func (c *call) ballot(s *archive.State, credential, choices string) (*belenios.Ballot, error) {
	if s.Stage() != archive.Voting {
		return nil, fault.Errorf(fault.Conflict, "no more ballots are taken: %s", s.Stage().Sentence())
	}
	text, err := c.linesOf([]string{credential}, "credential")
	if err != nil {
		return nil, err
	}
	words := bytes.Fields(text[0])
	if len(text) != 1 || len(words) == 0 {
		return nil, fault.Errorf(fault.Invalid, "the file %s has %d lines; it should have the voter's own line and no other", credential, len(text))
	}
	e := s.Election()
	secret, err := belenios.DeriveCredential(e.Group(), e.UUID(), string(words[len(words)-1]))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the credential in %s cannot be used", credential)
	}
	if _, ok := s.Credentials().Find(secret.Public()); !ok {
		return nil, fault.Errorf(fault.Invalid, "the credential in %s is not one of this election", credential)
	}
	data, err := c.readSmall(choices, "choices")
	if err != nil {
		return nil, err
	}
	var values [][]int
	if err := json.Unmarshal(data, &values); err != nil {
		return nil, fault.Errorf(fault.Invalid, "the choices are not a JSON list of lists of whole numbers")
	}
	b, err := belenios.NewBallot(chance{c}, e, secret, values)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "these choices cannot be cast")
	}
	return b, nil
}
