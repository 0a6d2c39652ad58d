package cli

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"

	"golang.org/x/mod/sumdb/note"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/house"
	"commonweal/internal/listen/wave"
	"commonweal/internal/schema"
	"commonweal/law"
)

func recordExportCommand() command {
	return command{
		name:  "record export",
		args:  "FILE",
		about: "Write an organisation's whole record to a bundle that anyone can check",
		help:  "The bundle holds personal data: give it only to who may see all of it.",
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			org := f.String("org", "", "`code` of the organisation")
			on := f.String("on", "", "`date` that the register in the bundle is of (default today)")
			return func(c *call) error {
				day, err := c.day(*on)
				if err != nil {
					return err
				}
				return c.inOrganisation(&db, *org, func(h *house.House, id string) error {
					var m journal.Manifest
					err = writeFile(c.args[0], func(w io.Writer) error {
						m, err = h.Journal.Export(c.ctx, w, id, day.String(), schema.Derive)
						return err
					})
					if err != nil {
						return err
					}
					pf(c.Out, "%s: %d entries, root %s\n", c.args[0], m.Size, m.Root)
					return nil
				})
			}
		},
	}
}

func verifyCommand(name string) command {
	return command{
		name:  name,
		args:  "BUNDLE",
		about: "Check a bundle of a record, offline",
		help: `Checks every entry, every row, every table, every checkpoint, makes the derived files
again from the rows, and checks of every survey that no more passes are spent than issued,
nor issued than there are people asked. Needs no server and no database.

The key in the bundle is trusted only as far as the bundle is. To rule out a forged
one, give the key you were told with --key, or a checkpoint you kept with --checkpoint.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var outside paths
			f.Var(&outside, "checkpoint", "`file` of a checkpoint that you kept; may be given again")
			key := f.String("key", "", "`verifier key` that the checkpoints must be signed with")
			return func(c *call) error {
				notes, err := outside.read()
				if err != nil {
					return err
				}
				return c.verify(c.args[0], *key, notes)
			}
		},
	}
}

func (c *call) verify(path, key string, outside []string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the bundle cannot be opened")
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	bundle, err := journal.OpenBundle(f, info.Size())
	if err != nil {
		return err
	}
	m := bundle.Manifest
	if key == "" {
		key = m.Key
		if len(outside) == 0 {
			say(c.Err, "the key comes from the bundle itself: this shows that the bundle is whole, not that it is genuine. Give --key or --checkpoint for that")
		}
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the verifier key cannot be read")
	}
	tables := pointers(schema.Governed())
	report, err := journal.Check(c.ctx, bundle, m.Org, tables, verifier, outside...)
	if err != nil {
		return err
	}
	add := func(where, format string, args ...any) {
		report.Findings = append(report.Findings, journal.Finding{Org: m.Org, Where: where, What: fmt.Sprintf(format, args...)})
	}
	for _, name := range bundle.Strangers(tables) {
		add(name, "the bundle has a file that does not belong to it")
	}
	if m.Size != report.Size {
		add("bundle.json", "it says %d entries and %d are there", m.Size, report.Size)
	}
	if report.OK() {
		if err := c.verifyDerived(bundle, tables, add); err != nil {
			return err
		}
	}
	return c.tell([]*journal.Report{report})
}

// verifyDerived replays the tables into a database of its own and makes the
// derived files again with the code that made them.
func (c *call) verifyDerived(bundle *journal.Bundle, tables []*journal.Table, add func(where, format string, args ...any)) (err error) {
	dir, err := os.MkdirTemp("", "commonweal-verify-")
	if err != nil {
		return err
	}
	defer func() {
		if rmErr := os.RemoveAll(dir); err == nil {
			err = rmErr
		}
	}()
	d, err := db.Open(c.ctx, filepath.Join(dir, "replay.db"))
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	steps, err := schema.Migrations()
	if err != nil {
		return err
	}
	if err := db.Migrate(c.ctx, d, steps); err != nil {
		return err
	}
	m := bundle.Manifest
	if err := journal.Replay(c.ctx, d, tables, bundle, m.Org); err != nil {
		return err
	}
	again, err := derive(c.ctx, d, m.Org, m.Day)
	if err != nil {
		return err
	}
	if err := c.verifySurveys(d, m.Org, add); err != nil {
		return err
	}
	for _, name := range m.Derived {
		if _, ok := again[name]; !ok {
			add("derived/"+name, "this program does not make such a file")
		}
	}
	names := make([]string, 0, len(again))
	for name := range again {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		stored, err := bundle.File("derived/" + name)
		switch {
		case err != nil:
			add("derived/"+name, "it is missing from the bundle")
		case !bytes.Equal(stored, again[name]):
			add("derived/"+name, "it is not what the record gives: it was altered")
		default:
			pf(c.Out, "derived/%s: follows from the record\n", name)
		}
	}
	return nil
}

// verifySurveys makes what the record says of surveys anew: that no more passes are spent
// than issued, nor issued than there are people asked.
func (c *call) verifySurveys(d *db.DB, org string, add func(where, format string, args ...any)) error {
	return d.Read(c.ctx, func(tx *db.Tx) error {
		found, err := wave.AuditAll(c.ctx, tx, org)
		for _, text := range found {
			add("surveys", "%s", text)
		}
		return err
	})
}

func derive(ctx context.Context, d *db.DB, org, day string) (out map[string][]byte, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		out, err = schema.Derive(ctx, tx, org, day)
		return err
	})
	return out, err
}

func pointers(tables []journal.Table) []*journal.Table {
	out := make([]*journal.Table, len(tables))
	for i := range tables {
		out[i] = &tables[i]
	}
	return out
}

// day reads a date flag; an empty one is today.
func (c *call) day(text string) (law.Date, error) {
	if text == "" {
		return law.Today(c.World.Now()), nil
	}
	d, err := law.ParseDate(text)
	if err != nil {
		return law.Date{}, usagef("the date %q is not a date: write it as 2026-11-21", text)
	}
	return d, nil
}

// writeFile writes a file whole or not at all: a half-written backup or bundle
// is worse than none.
func writeFile(path string, write func(w io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part-*")
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the file %s cannot be made", path)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
