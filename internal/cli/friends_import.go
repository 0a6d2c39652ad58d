package cli

import (
	"bytes"
	"flag"
	"os"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/listen/friends"
)

func friendsImportCommand() command {
	return command{
		name:  "friends import",
		args:  "FILE",
		about: "Load patients' answers to the friends-and-family test, or months counted before, from CSV",
		help: `FILE is CSV with headings: point, month, way, answer, language, comment, publish, one row
an answer; or month, questions, setting, site, ward, first to fifth, dont_know, eligible,
one row a month and place that was counted before. One wrong row keeps the whole file out:
each is named with its row, its field and what to do. The same file again changes nothing.

The exit code is 1 if nothing was imported but for --dry-run and for a file that was
imported already.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			org := f.String("org", "", "`code` of the organisation (default the only mutual)")
			dry := f.Bool("dry-run", false, "say what would be imported, and change nothing")
			return func(c *call) error { return c.importFriends(&db, *org, *dry) }
		},
	}
}

func (c *call) importFriends(db *database, code string, dry bool) error {
	raw, err := readBounded(c.args[0])
	if err != nil {
		return err
	}
	return c.inOrganisation(db, code, func(h *house.House, org string) error {
		out, err := h.Friends.DryRun(c.ctx, org, bytes.NewReader(raw))
		if err != nil {
			return err
		}
		for _, w := range out.Wrong {
			field := ""
			if w.Field != "" {
				field = ", " + w.Field
			}
			pf(c.Err, "row %d%s: %s\n", w.Row, field, w.Says)
		}
		switch {
		case len(out.Wrong) > 0:
			return fault.Errorf(fault.Invalid, "nothing was imported: mend the file and give it again")
		case out.Before:
			pf(c.Out, "This file was imported already: nothing changes.\n")
			return nil
		}
		for _, l := range out.Lines {
			pf(c.Out, "%s  %s: %d answers, %d comments\n", l.Month, l.Place, l.Answers, l.Comments)
		}
		if dry {
			pf(c.Out, "Dry run: %d rows would be imported, and nothing has changed.\n", out.Rows)
			return nil
		}
		if out, err = h.Friends.Import(c.ctx, setup, org, bytes.NewReader(raw)); err != nil {
			return err
		}
		pf(c.Out, "%d rows are imported. Those of a month that is closed count when it is corrected.\n", out.Rows)
		return nil
	})
}

// readBounded reads a file, and of one that is too large nothing.
func readBounded(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fault.Wrap(fault.Invalid, err, "the file cannot be opened")
	case info.IsDir():
		return nil, fault.Errorf(fault.Invalid, "%s is a folder and not a file of answers", path)
	case info.Size() > friends.MaxFile:
		return nil, fault.Errorf(fault.Invalid, "%s is larger than %d MB: import it in parts", path, friends.MaxFile>>20)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file cannot be read")
	}
	return raw, nil
}
