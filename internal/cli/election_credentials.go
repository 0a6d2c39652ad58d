package cli

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"commonweal/belenios"
	"commonweal/internal/base/fault"
)

func electionCredentialsCommand() command {
	return command{
		name:  "election credentials",
		args:  "[DRAFT]",
		about: "Make the voters' credentials, as the registrar",
		help: `Writes UUID.privcreds, a line for each voter with the secret credential that the voter is
to be given, and UUID.pubcreds, which goes to the administrator. The public list is in an
order that says nothing about the voters.

A line of --voters is an identity, which may be followed by a comma and a name to sign in
with, and then by a comma and a weight: somebody@example.org,somebody,2

With --roll, and no DRAFT, it makes the codes for a vote that a server holds: FILE is what the
registrar downloads there under Codes to vote with. It writes UUID.privcreds, the codes;
UUID.letters.html, a letter a voter to print; and UUID.codes.json, the public parts to send.

With --roll, --send and --mail it makes nothing, and mails the letters of codes made before to
those whose address the roll has, from this machine: the server never has a code to mail.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			out := f.String("out", ".", "`folder` for the new files")
			file := f.String("voters", "", "`file` of voters, one a line")
			number := f.Int("count", 0, "`number` of credentials, where the voters are not named")
			roll := f.String("roll", "", "`file` of codes to make, from the server")
			send := f.String("send", "", "`file` of codes made before, whose letters are to be mailed")
			mail := f.String("mail", "", "`setting`: smtp://user@host:587?from=ADDRESS&password-file=FILE, or dir:FOLDER for a file a letter")
			return func(c *call) error {
				switch {
				case (*send == "") != (*mail == ""):
					return usagef("--send and --mail go together: which codes, and how")
				case *roll == "" && *send != "":
					return usagef("--send needs --roll, which has the addresses")
				case *roll != "" && (len(c.args) > 0 || *file != "" || *number != 0):
					return usagef("--roll stands in place of DRAFT, --voters and --count")
				case *send != "":
					return c.mailCodes(*roll, *send, *mail)
				case *roll != "":
					return c.codesFor(*roll, *out)
				case len(c.args) == 0:
					return usagef("election credentials needs DRAFT, or --roll")
				}
				d, err := c.draft(c.args[0])
				if err != nil {
					return err
				}
				voters, err := c.voters(*file, *number)
				if err != nil {
					return err
				}
				private, public, err := c.credentials(d, voters)
				if err != nil {
					return err
				}
				if err := folder(*out); err != nil {
					return err
				}
				secret := filepath.Join(*out, d.election.UUID()+".privcreds")
				if err := keep(secret, secretMode, private); err != nil {
					return err
				}
				open := filepath.Join(*out, d.election.UUID()+".pubcreds")
				if err := keep(open, publicMode, lines(public.Bytes())); err != nil {
					return err
				}
				pf(c.Out, "%s: give each voter their own line, then destroy it\n", secret)
				pf(c.Out, "%s: send it to the administrator\n", open)
				pf(c.Out, "fingerprint of the public credentials: %s\n", belenios.Fingerprint(public.Bytes()))
				pf(c.Out, "the archive of the election must show the same fingerprint, %s and the weight %d\n",
					plural(public.Len(), "credential", "credentials"), public.TotalWeight())
				return nil
			}
		},
	}
}

// voter is who gets a credential.
type voter struct {
	line   string
	weight int64
}

func (c *call) voters(file string, number int) ([]voter, error) {
	switch {
	case (file == "") == (number == 0):
		return nil, usagef("give either --voters or --count")
	case number < 0:
		return nil, usagef("--count is %d", number)
	case file == "":
		out := make([]voter, number)
		for i := range out {
			out[i] = voter{strconv.Itoa(i + 1), 1}
		}
		return out, nil
	}
	text, err := c.linesOf([]string{file}, "voters")
	if err != nil {
		return nil, err
	}
	var out []voter
	seen := map[string]bool{}
	for i, line := range text {
		v, identity, err := parseVoter(string(line))
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "line %d of %s", i+1, file)
		}
		if seen[identity] {
			return nil, fault.Errorf(fault.Invalid, "line %d of %s: this voter stands in it already", i+1, file)
		}
		seen[identity] = true
		out = append(out, v)
	}
	return out, nil
}

func parseVoter(line string) (v voter, identity string, err error) {
	fields := strings.Split(line, ",")
	v = voter{line, 1}
	switch {
	case len(fields) > 3:
		return v, "", fmt.Errorf("it has %d fields and at most 3 are known", len(fields))
	case len(fields) == 3:
		v.weight, err = strconv.ParseInt(fields[2], 10, 64)
		if err != nil || v.weight < 1 {
			return v, "", fmt.Errorf("the weight %q is not a whole number of 1 or more", fields[2])
		}
	}
	if identity = strings.TrimSpace(fields[0]); identity == "" {
		return v, "", fmt.Errorf("it names nobody")
	}
	return v, identity, nil
}

// credentials draws a credential for each voter. The public ones are sorted, so
// that their order comes from chance alone.
func (c *call) credentials(d draft, voters []voter) ([]byte, *belenios.Credentials, error) {
	var private bytes.Buffer
	var public []belenios.PublicCredential
	for _, v := range voters {
		text, err := belenios.GenerateCredential(chance{c})
		if err != nil {
			return nil, nil, err
		}
		credential, err := belenios.DeriveCredential(d.group(), d.election.UUID(), text)
		if err != nil {
			return nil, nil, err
		}
		public = append(public, belenios.PublicCredential{Key: credential.Public(), Weight: v.weight})
		fmt.Fprintf(&private, "%s %s\n", v.line, text)
	}
	slices.SortFunc(public, func(a, b belenios.PublicCredential) int {
		return cmp.Compare(a.Key.String(), b.Key.String())
	})
	list, err := belenios.NewCredentials(d.group(), public)
	if err != nil {
		return nil, nil, err
	}
	if err := list.Check(d.election); err != nil {
		return nil, nil, fault.Wrap(fault.Invalid, err, "these voters cannot have this election")
	}
	return private.Bytes(), list, nil
}
