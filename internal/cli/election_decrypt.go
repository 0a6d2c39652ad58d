package cli

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
)

func electionDecryptCommand() command {
	return command{
		name:  "election decrypt",
		args:  "ARCHIVE",
		about: "Decrypt the tally with one's own key, as a trustee",
		help: `The tally is made again of the ballots in the archive, and nothing else is decrypted. A
trustee alone uses --secret ID.privkey; one who shares a key uses --secret ID.key and
--shared ID.dkey. The file goes to the administrator.

Two tallies of one election that differ by a ballot give that ballot away. So it is noted
beside the secret which tally was opened, and no other of the same election is opened with
it. Give --checkpoint with heads that you or others kept while people voted.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			secret := f.String("secret", "", "`file` of the trustee's secret")
			shared := f.String("shared", "", "`file` of the decryption key that the administrator sent back")
			out := f.String("out", "", "new `file` for the decryption (default: standard output)")
			var kept paths
			f.Var(&kept, "checkpoint", "`file` of a head that you kept; may be given again")
			return func(c *call) error {
				if *secret == "" || *secret == "-" {
					return usagef("give --secret, the file of the trustee's secret")
				}
				heads, err := c.heads(kept)
				if err != nil {
					return err
				}
				return c.withElectionSince(c.args[0], heads, func(e *openElection) error {
					key, err := c.privateKey(e.state, *secret, *shared)
					if err != nil {
						return err
					}
					owner, err := ownerOf(e.state, key)
					if err != nil {
						return err
					}
					if err := e.state.MayDecrypt(owner); err != nil {
						return fault.Wrap(fault.Conflict, err, "trustee %d cannot decrypt now", owner)
					}
					// An archive with fewer ballots is an archive too, and opens fewer votes at a time.
					say(c.Err, "this opens the tally of %s, head %s; no other of this election may ever be opened",
						plural(e.report.Ballots.Counted, "ballot", "ballots"), e.state.Head())
					if err := noteOpened(*secret, e.state); err != nil {
						return err
					}
					done := c.progress("decrypting")
					d, err := belenios.NewPartialDecryption(chance{c}, e.state.Election(), e.state.Tally(), key)
					done()
					if err != nil {
						return err
					}
					if err := c.deliver(*out, ownedLines(owner, d.Bytes())); err != nil {
						return err
					}
					c.after(*out, "decryption of trustee %d: send it to the administrator", owner)
					return nil
				})
			}
		},
	}
}

// noteOpened writes beside a secret which tally of an election it opens, before
// it does. It refuses another tally of the same election.
func noteOpened(secret string, s *archive.State) error {
	path := secret + "." + s.Election().UUID() + ".opened"
	note := lines([]byte(s.Tally().Hash().String()))
	before, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return keep(path, secretMode, note)
	case err != nil:
		return fault.Wrap(fault.Invalid, err, "what this secret has opened cannot be read")
	case !bytes.Equal(before, note):
		return fault.Errorf(fault.Conflict, "this secret has opened another tally of the election %s (%s): two of them together can tell a single vote, so ask the administrator why there are two", s.Election().UUID(), path)
	}
	return nil
}

// privateKey reads the key that a trustee decrypts with.
func (c *call) privateKey(s *archive.State, secret, shared string) (*belenios.PrivateKey, error) {
	g := s.Election().Group()
	text, err := c.line(secret, "secret")
	if err != nil {
		return nil, err
	}
	if shared == "" {
		key, err := belenios.ParsePrivateKey(g, text)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the file %s is not a trustee's private key (with ID.key, give --shared too)", secret)
		}
		return key, nil
	}
	m, err := belenios.NewMember(g, string(text))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file %s is not a secret of the step cert", secret)
	}
	sealed, err := c.line(shared, "decryption key")
	if err != nil {
		return nil, err
	}
	key, err := m.PrivateKey(string(sealed))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the decryption key in %s does not open with this secret", shared)
	}
	return key, nil
}

// ownerOf is the number of the trustee whose key it is.
func ownerOf(s *archive.State, key *belenios.PrivateKey) (int, error) {
	for owner := 1; owner <= s.Trustees().Count(); owner++ {
		if public, _ := s.Trustees().Key(owner); s.Election().Group().Equal(public, key.Public()) {
			return owner, nil
		}
	}
	return 0, fault.Errorf(fault.Invalid, "the key is of none of the %s of this election", plural(s.Trustees().Count(), "trustee", "trustees"))
}
