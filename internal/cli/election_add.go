package cli

import (
	"bytes"
	"flag"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
)

func electionAddCommand() command {
	return command{
		name:  "election add",
		args:  "ARCHIVE FILE...",
		about: "Add ballots, shuffles or decryptions to the archive, as the administrator",
		help: `Each file is what a voter or a trustee made: with "election ballot", "shuffle" or
"decrypt", or with belenios-tool. Each is checked first. If one is refused, nothing is added.`,
		prepare: func(*flag.FlagSet) func(*call) error {
			return func(c *call) error {
				list, err := c.contributions(c.args[1:])
				if err != nil {
					return err
				}
				return c.withBoard(c.args[0], func(b *archive.Board) error { return c.add(b, list) })
			}
		},
	}
}

// contribution is what somebody hands in.
type contribution struct {
	path  string
	kind  archive.EventType
	body  []byte
	owner int // of a shuffle or a decryption
}

// contributions reads files and sees from their beginning what they are.
func (c *call) contributions(files []string) ([]contribution, error) {
	var out []contribution
	for _, path := range files {
		text, err := c.linesOf([]string{path}, "file "+path)
		if err != nil {
			return nil, err
		}
		for len(text) > 0 {
			var one contribution
			one, text, err = parseContribution(text)
			if err != nil {
				return nil, fault.Wrap(fault.Invalid, err, "the file %s cannot be added", path)
			}
			one.path = path
			out = append(out, one)
		}
	}
	for _, one := range out {
		if one.kind != out[0].kind || (len(out) > 1 && one.kind != archive.Ballot) {
			return nil, usagef("add ballots together, and each shuffle or decryption by itself")
		}
	}
	return out, nil
}

func parseContribution(text [][]byte) (contribution, [][]byte, error) {
	body := text[0]
	one := contribution{body: body}
	switch {
	case bytes.HasPrefix(body, []byte(`{"election_uuid":`)):
		one.kind = archive.Ballot
		return one, text[1:], nil
	case bytes.HasPrefix(body, []byte(`{"ciphertexts":`)):
		one.kind = archive.Shuffle
	case bytes.HasPrefix(body, []byte(`{"decryption_factors":`)):
		one.kind = archive.PartialDecryption
	default:
		return one, nil, fault.Errorf(fault.Invalid, "it is neither a ballot nor a shuffle nor a decryption")
	}
	if len(text) < 2 {
		return one, nil, fault.Errorf(fault.Invalid, "the line that says whose it is, is missing")
	}
	o, err := belenios.ParseOwned(text[1])
	if err != nil {
		return one, nil, err
	}
	if o.Payload != belenios.HashOf(body) {
		return one, nil, fault.Errorf(fault.Invalid, "its second line is of another shuffle or decryption")
	}
	one.owner = o.Owner
	return one, text[2:], nil
}

func (c *call) add(b *archive.Board, list []contribution) error {
	refused := func(err error) error {
		return fault.Wrap(fault.Invalid, err, "nothing was added")
	}
	switch one := list[0]; one.kind {
	case archive.Shuffle:
		if err := b.AddShuffle(one.owner, one.body); err != nil {
			return refused(err)
		}
		pf(c.Out, "shuffle of trustee %d: added\n", one.owner)
	case archive.PartialDecryption:
		if err := b.AddDecryption(one.owner, one.body); err != nil {
			return refused(err)
		}
		pf(c.Out, "decryption of trustee %d: added\n", one.owner)
	default:
		bodies := make([][]byte, len(list))
		for i, one := range list {
			bodies[i] = one.body
		}
		trackers, err := b.Cast(c.ctx, bodies...)
		if err != nil {
			return refused(err)
		}
		for i, t := range trackers {
			pf(c.Out, "%s: ballot %s added\n", list[i].path, t)
		}
	}
	pf(c.Out, "head %s\n", b.Head())
	return nil
}
