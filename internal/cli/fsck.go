package cli

import (
	"context"
	"encoding/base64"
	"flag"
	"os"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/house"
)

// paths is a flag that may be given several times.
type paths []string

func (p *paths) String() string { return "" }
func (p *paths) Set(v string) error {
	*p = append(*p, v)
	return nil
}

// read reads the files, each a checkpoint note.
func (p paths) read() ([]string, error) {
	var out []string
	for _, name := range p {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the checkpoint %s cannot be read", name)
		}
		out = append(out, string(text))
	}
	return out, nil
}

func fsckCommand() command {
	return command{
		name:  "fsck",
		about: "Check the database against its record",
		help: `Replays the record of every organisation and compares it with every governed
table, row for row. Finds any row that was changed, put in or taken out by hand. Then makes
everything about votes and surveys anew that follows from something else, verifies every
archive, and finds what somebody wrote through the record itself.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			var outside paths
			db.declare(f)
			db.declareAnswers(f)
			f.Var(&outside, "checkpoint", "`file` of a checkpoint that somebody else kept; may be given again")
			return func(c *call) (err error) {
				notes, err := outside.read()
				if err != nil {
					return err
				}
				j, err := db.existing(c)
				if err != nil {
					return err
				}
				defer shut(j, &err)
				reports, err := j.Fsck(c.ctx, notes...)
				if err != nil {
					return err
				}
				return c.tell(reports, func() (bool, error) { return c.audit(&db, reports) })
			}
		},
	}
}

// audit prints what does not agree about the votes and surveys of each organisation.
func (c *call) audit(db *database, reports []*journal.Report) (found bool, err error) {
	h, err := db.house(c, false, house.Options{})
	if err != nil {
		return false, err
	}
	defer leave(h, &err)
	for _, r := range reports {
		if r.Org == "" {
			continue
		}
		for _, audit := range []func(context.Context, string) ([]string, error){h.AuditPolls, h.AuditWaves} {
			list, err := audit(c.ctx, r.Org)
			if err != nil {
				return found, err
			}
			for _, text := range list {
				found = true
				pf(c.Out, "  WRONG %s: %s\n", r.Org, text)
			}
		}
	}
	return found, nil
}

// tell prints what a check found and ends with an error if it found anything. Where it
// found nothing it goes on to the further checks.
func (c *call) tell(reports []*journal.Report, further ...func() (found bool, err error)) error {
	found := false
	for _, r := range reports {
		if r.Org != "" {
			pf(c.Out, "record of %s: %d entries, %d rows, %d checkpoints, root %s\n",
				r.Org, r.Size, r.Rows, r.Checkpoints, base64.StdEncoding.EncodeToString(r.Root[:]))
		}
		if r.Erased > 0 {
			pf(c.Out, "  %d rows were erased, as the record says\n", r.Erased)
		}
		for _, f := range r.Findings {
			found = true
			pf(c.Out, "  WRONG %s\n", f)
		}
		if r.More > 0 {
			pf(c.Out, "  and %d more\n", r.More)
		}
	}
	if found {
		say(c.Err, "the database and its record do not agree")
		return errFound
	}
	if len(reports) == 0 {
		pf(c.Out, "the database has no record yet\n")
		return nil
	}
	for _, check := range further {
		found, err := check()
		if err != nil {
			return err
		}
		if found {
			say(c.Err, "what the record says does not agree with itself")
			return errFound
		}
	}
	pf(c.Out, "all agrees\n")
	return nil
}
