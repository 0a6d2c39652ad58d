package cli

import (
	"bytes"
	"flag"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
)

func electionCreateCommand() command {
	return command{
		name:  "election create",
		args:  "DRAFT",
		about: "Make the archive of an election, as the administrator",
		help: `Puts together the draft, the registrar's public credentials and the trustees' public keys.
Trustees are numbered from 1 in the order in which --trustee is given; a file is that of one
trustee (ID.pubkey) or of several who share a key (threshold.json).

Afterwards everybody checks in what "election verify" shows that their part is in it: the
registrar the fingerprint of the credentials, each trustee the checksum of their key.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var trustees paths
			f.Var(&trustees, "trustee", "`file` of public keys; may be given again")
			credentials := f.String("credentials", "", "`file` of public credentials, from the registrar")
			out := f.String("out", "", "new `file` for the archive (default: UUID.bel)")
			return func(c *call) error {
				d, err := c.draft(c.args[0])
				if err != nil {
					return err
				}
				keys, err := c.trustees(d, trustees)
				if err != nil {
					return err
				}
				if *credentials == "" {
					return usagef("give --credentials, the file from the registrar")
				}
				text, err := c.line(*credentials, "public credentials")
				if err != nil {
					return err
				}
				list, err := belenios.ParseCredentials(d.group(), text)
				if err != nil {
					return fault.Wrap(fault.Invalid, err, "the public credentials cannot be read")
				}
				path := *out
				if path == "" {
					path = d.election.UUID() + ".bel"
				}
				return c.create(path, d, keys, list)
			}
		},
	}
}

// trustees reads the public keys.
func (c *call) trustees(d draft, files paths) (*belenios.Trustees, error) {
	if len(files) == 0 {
		return nil, usagef("give --trustee, a file of public keys, for every trustee")
	}
	var items []belenios.Item
	for _, path := range files {
		text, err := c.line(path, "public key")
		if err != nil {
			return nil, err
		}
		item, err := parseItem(d, text)
		if err == nil {
			err = item.Verify(d.group())
		}
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the public key in %s does not verify", path)
		}
		items = append(items, item)
	}
	keys, err := belenios.NewTrustees(d.group(), items...)
	if err != nil {
		return nil, err
	}
	if err := keys.Verify(); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "these trustees cannot hold an election together")
	}
	return keys, nil
}

func parseItem(d draft, text []byte) (belenios.Item, error) {
	if bytes.HasPrefix(text, []byte(`{"threshold"`)) {
		return belenios.ParsePedersen(d.group(), text)
	}
	key, err := belenios.ParseTrusteeKey(d.group(), text)
	return belenios.Single{Key: key}, err
}

// create makes the archive, and verifies it as everybody else will.
func (c *call) create(path string, d draft, keys *belenios.Trustees, list *belenios.Credentials) error {
	e, err := d.complete(keys.PublicKey())
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the draft cannot become an election")
	}
	if err := list.Check(e); err != nil {
		return fault.Wrap(fault.Invalid, err, "these voters cannot have this election")
	}
	if err := list.CheckMembership(); err != nil {
		return fault.Wrap(fault.Invalid, err, "the public credentials do not verify")
	}
	if err := archive.Begin(path, c.World.Now().Unix(), e, keys, list); err != nil {
		return fault.Wrap(fault.Invalid, err, "the archive %s cannot be made", path)
	}
	return c.withElection(path, func(open *openElection) error {
		pf(c.Out, "%s: made\n%s", path, open.report.Text())
		return nil
	})
}
