package cli

import (
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

// heads reads heads that somebody kept, one a line. A line may be that of a
// report.
func (c *call) heads(files paths) ([]archive.Head, error) {
	if len(files) == 0 {
		return nil, nil
	}
	text, err := c.linesOf(files, "checkpoint")
	if err != nil {
		return nil, err
	}
	var out []archive.Head
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
