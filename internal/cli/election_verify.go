package cli

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"flag"
	"strings"

	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
)

func electionVerifyCommand() command {
	return command{
		name:  "election verify",
		args:  "ARCHIVE",
		about: "Check the archive of an election, offline",
		help: `Checks every record, every event and their order, every ballot, the tally, shuffles,
decryptions and the result, and makes all again that can be made without a secret. Says what
it checked and what nobody can check from an archive. ARCHIVE is a file, or a folder with one.

An election that has not come to its end is checked as far as it goes. The exit code is 1 if
something is wrong.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var kept paths
			f.Var(&kept, "checkpoint", "`file` of a head that you kept, as \"head\" in a report shows it; may be given again")
			asJSON := f.Bool("json", false, "print the report as JSON")
			return func(c *call) (err error) {
				heads, err := c.heads(kept)
				if err != nil {
					return err
				}
				e, err := c.election(c.args[0], archive.Options{Kept: heads})
				if err != nil {
					return err
				}
				defer e.close(&err)
				if err := c.report(e.report, *asJSON); err != nil {
					return err
				}
				if !e.report.OK() {
					say(c.Err, "the archive %s does not verify", e.path)
					return errFound
				}
				return nil
			}
		},
	}
}

// report prints a report.
func (c *call) report(r *archive.Report, asJSON bool) error {
	if !asJSON {
		pf(c.Out, "%s", r.Text())
		return nil
	}
	enc := json.NewEncoder(c.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// heads reads heads that somebody kept, one a line, or signed ones as a mirror keeps
// them. A line may be that of a report.
func (c *call) heads(files paths) ([]archive.Head, error) {
	var out []archive.Head
	for _, path := range files {
		list, err := c.headsIn(path)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func (c *call) headsIn(path string) ([]archive.Head, error) {
	text, err := c.linesOf([]string{path}, "checkpoint")
	if err != nil {
		return nil, err
	}
	var out []archive.Head
	if whole := bytes.Join(text, []byte("\n")); bytes.Contains(whole, []byte("\n— ")) {
		return headsOfNotes(text)
	}
	for _, line := range text {
		words := strings.Fields(string(line))
		if len(words) > 2 {
			words = words[len(words)-2:]
		}
		h, err := archive.ParseHead(strings.Join(words, " "))
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the checkpoint %q cannot be read", line)
		}
		out = append(out, h)
	}
	return out, nil
}

// headsOfNotes reads the heads of notes without their signatures: whoever kept them
// has looked at those. The lines are those that are not empty.
func headsOfNotes(lines [][]byte) ([]archive.Head, error) {
	var out []archive.Head
	var note [][]byte
	for i, line := range lines {
		if !bytes.HasPrefix(line, []byte("— ")) {
			note = append(note, line)
			continue
		}
		if i > 0 && bytes.HasPrefix(lines[i-1], []byte("— ")) {
			continue // a second signature
		}
		if len(note) != 3 {
			return nil, fault.Errorf(fault.Invalid, "the signed head before line %d has %d lines and not 3", i+1, len(note))
		}
		hash, err := base64.StdEncoding.DecodeString(string(note[2]))
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the signed head of event %s cannot be read", note[1])
		}
		h, err := archive.ParseHead(string(note[1]) + " " + hex.EncodeToString(hash))
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the signed head of event %s cannot be read", note[1])
		}
		out, note = append(out, h), nil
	}
	return out, nil
}
