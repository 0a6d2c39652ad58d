package cli

import (
	"bytes"
	"flag"
	"io"
	"os"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/prove/study"
)

func studyRegisterCommand() command {
	return command{
		name:  "study register",
		args:  "SPEC",
		about: "Register what is to be tested, before its data are looked at",
		help: `SPEC is a specification in JSON: question, outcomes, window, pool and how it was chosen,
method, subgroups, when to stop. Everything that is wrong with it is named at once. Its
SHA-256 goes to the record with the day. A registered study cannot be changed, only
withdrawn with a reason.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			org := f.String("org", "", "`code` of the organisation")
			check := f.Bool("check", false, "only say what is wrong with the specification, and register nothing")
			return func(c *call) error {
				s, err := c.studySpec(c.args[0])
				if err != nil {
					return err
				}
				if *check {
					hash, err := s.Hash()
					pf(c.Out, "%s: sound, SHA-256 %s; nothing is registered\n", s.Code, hash)
					return err
				}
				return c.inOrganisation(&db, *org, func(h *house.House, id string) error {
					registered, err := h.Studies.Register(c.ctx, setup, id, s)
					if err != nil {
						return err
					}
					entries, err := h.Studies.Entries(c.ctx, id, s.Code)
					if err != nil {
						return err
					}
					pf(c.Out, "%s: registered on %s, entry %d of the record\nSHA-256 %s\n", s.Code, registered.Registered, entries[study.KindRegistered], registered.SHA256)
					return nil
				})
			}
		},
	}
}

func studyRunCommand() command {
	return command{
		name:  "study run",
		args:  "[BUNDLE]",
		about: "Run a study, or a bundle again to see whether it gives the same bytes",
		help: `With a BUNDLE its study is run again, and the outputs are compared. With --spec and
--data a study is run that need not be registered; what comes out then says that it was
not. With --study a registered study of the database is locked to --data if it is not yet,
run if it was not yet, and its bundle written with the proof of the registration. Said
again it does what is left to do, and prints the same.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var o studyRun
			o.db.declare(f)
			f.StringVar(&o.org, "org", "", "`code` of the organisation")
			f.StringVar(&o.spec, "spec", "", "`file` of a specification")
			f.StringVar(&o.data, "data", "", "`file` of data, CSV with headings")
			f.StringVar(&o.code, "study", "", "`code` of a registered study")
			f.StringVar(&o.out, "out", "", "`file` to write the bundle to")
			return func(c *call) error { return c.studyRun(o) }
		},
	}
}

func studyPublishCommand() command {
	return command{
		name:  "study publish",
		args:  "CODE",
		about: "Show everybody what a study said",
		help: `The answer, every specification that was run, the sheet of assumptions and the bundle
with the data are open to everybody from then on. A study is published once, whatever it
says.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			org := f.String("org", "", "`code` of the organisation")
			return func(c *call) error {
				return c.inOrganisation(&db, *org, func(h *house.House, id string) error {
					done, err := h.Studies.Publish(c.ctx, setup, id, c.args[0])
					if err == nil {
						err = c.studyStep(h, id, done, study.KindPublished)
					}
					return err
				})
			}
		},
	}
}

func studyWithdrawCommand() command {
	return command{
		name:  "study withdraw",
		args:  "CODE",
		about: "Withdraw a study, with a reason that stays",
		help: `The study stays where everybody sees it, with the day and the reason, and its code stays
taken. What a study that was run said is shown beside the reason.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			org := f.String("org", "", "`code` of the organisation")
			reason := f.String("reason", "", "`why`; everybody reads it")
			return func(c *call) error {
				if strings.TrimSpace(*reason) == "" {
					return usagef("say why with --reason: everybody reads it")
				}
				return c.inOrganisation(&db, *org, func(h *house.House, id string) error {
					done, err := h.Studies.Withdraw(c.ctx, setup, id, c.args[0], *reason)
					if err == nil {
						err = c.studyStep(h, id, done, study.KindWithdrawn)
					}
					return err
				})
			}
		},
	}
}

// studyStep says what a study has become, and where the record has it.
func (c *call) studyStep(h *house.House, org string, s study.Study, kind string) error {
	entries, err := h.Studies.Entries(c.ctx, org, s.Code)
	if err == nil {
		pf(c.Out, "%s: %s on %s, entry %d of the record\n", s.Code, s.Stage(), s.Steps[len(s.Steps)-1].Day, entries[kind])
	}
	return err
}

func studyVerifyCommand() command {
	return command{
		name:  "study verify",
		args:  "BUNDLE",
		about: "Check a bundle of a study, offline",
		help: `Checks the hashes, that the record has the registration and after it the lock to the
data, and that the run gives the same bytes again. Needs no server and no database.

The key in the bundle is trusted only as far as the bundle is. To rule out a forged one,
give the key you were told with --key.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			key := f.String("key", "", "`verifier key` that the checkpoint must be signed with")
			return func(c *call) error { return c.studyVerify(*key) }
		},
	}
}

// studySpec reads a specification and names every fault, a line each.
func (c *call) studySpec(path string) (study.Spec, error) {
	f, err := os.Open(path)
	if err != nil {
		return study.Spec{}, fault.Wrap(fault.Invalid, err, "the specification cannot be opened")
	}
	defer func() { _ = f.Close() }()
	s, err := study.ReadSpec(f)
	if err != nil {
		return s, fault.Wrap(fault.Invalid, err, "%s", path)
	}
	faults := s.Check()
	for _, one := range faults {
		pf(c.Err, "%s\n", one)
	}
	if len(faults) > 0 {
		return s, fault.Errorf(fault.Invalid, "%s has %d faults", path, len(faults))
	}
	return s, nil
}

type studyRun struct {
	db                         database
	org, spec, data, code, out string
}

func (c *call) studyRun(o studyRun) error {
	ways := 0
	for _, given := range []bool{len(c.args) > 0, o.spec != "", o.code != ""} {
		if given {
			ways++
		}
	}
	switch {
	case ways != 1:
		return usagef("give a bundle, or --spec with --data, or --study")
	case len(c.args) > 0 && (o.data != "" || o.out != ""):
		return usagef("a bundle holds its data, and is not written again: leave out --data and --out")
	case len(c.args) > 0:
		return c.studyAgain()
	case o.spec != "" && o.data == "":
		return usagef("name the data with --data")
	case o.spec != "":
		return c.studyFromFiles(o)
	}
	return c.studyFromRecord(o)
}

// studyAgain runs a bundle and compares what comes out with what is in it.
func (c *call) studyAgain() error {
	b, err := c.studyBundle()
	if err != nil {
		return err
	}
	r, err := study.Verify(b, "", builtAs())
	if err != nil {
		return err
	}
	if r.Again == nil {
		return c.studyDiffers(b, r)
	}
	if _, err := c.Out.Write(r.Again.Text); err != nil {
		return err
	}
	sayProgram(c.Err, b)
	if !bytes.Equal(r.Again.JSON, b.JSON) || !bytes.Equal(r.Again.Text, b.Text) {
		say(c.Err, "the run gives other bytes than the bundle holds")
		return c.studyDiffers(b, r)
	}
	if r.Altered() {
		say(c.Err, "the run gives the same bytes as the bundle holds, and yet not all of the bundle agrees")
		return c.studyDiffers(b, r)
	}
	say(c.Err, "the run gives the same bytes as the bundle holds")
	return nil
}

// studyDiffers tells a bundle that was altered apart from another version of the program
// that gives other figures, in words of one's own for each.
func (c *call) studyDiffers(b *study.Bundle, r *study.Report) error {
	made := b.Manifest.Program
	if r.Altered() {
		say(c.Err, "the bundle was altered, or is not what it says it is; the lines WRONG of `commonweal study verify` name what differs")
		return errFound
	}
	if r.Again != nil && bytes.Equal(r.Again.JSON, b.JSON) {
		say(c.Err, "the figures are the same; output.txt words them otherwise: it was altered, or version %q of the program, which made it, wrote other words. Go by output.json", made)
		return errFound
	}
	since := "it is what its own manifest names"
	if r.Registered {
		since = "what the record has of it was not altered"
	}
	say(c.Err, "%s; version %q of the program made it, and this version, %q, gives other figures: run it with that version to see whether it gave these, and read in the changes why they differ", since, made, builtAs())
	return errFound
}

func (c *call) studyFromFiles(o studyRun) error {
	s, err := c.studySpec(o.spec)
	if err != nil {
		return err
	}
	f, err := os.Open(o.data)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the data cannot be opened")
	}
	defer func() { _ = f.Close() }()
	d, err := study.LockData(s, f)
	if err != nil {
		return err
	}
	b, err := study.Make(s, d, study.Registration{}, builtAs())
	if err != nil {
		return err
	}
	return c.studyWrite(b, o.out)
}

func (c *call) studyFromRecord(o studyRun) error {
	return c.inOrganisation(&o.db, o.org, func(h *house.House, org string) error {
		s, err := h.Studies.One(c.ctx, org, o.code)
		if err != nil {
			return err
		}
		if s, err = c.studyLock(h, org, s, o.data); err != nil {
			return err
		}
		if _, ran := s.Step(study.Ran); !ran {
			if s, _, err = h.Studies.Run(c.ctx, setup, org, o.code); err != nil {
				return err
			}
		}
		b, err := h.Studies.Bundle(c.ctx, org, s)
		if err != nil {
			return err
		}
		return c.studyWrite(b, o.out)
	})
}

// studyLock locks a study that is not locked yet. The same data again are no fault: an
// earlier call may have come no further than the lock.
func (c *call) studyLock(h *house.House, org string, s study.Study, data string) (study.Study, error) {
	_, locked := s.Step(study.Locked)
	switch {
	case locked && data == "":
		return s, nil
	case s.Spec.Data.Library && data != "":
		return s, usagef("study %s takes its data from measures that are loaded here: leave out --data", s.Code)
	case s.Spec.Data.Library:
		return h.Studies.LockToLibrary(c.ctx, setup, org, s.Code)
	case data == "":
		return s, usagef("study %s is not locked to data yet: name them with --data", s.Code)
	}
	f, err := os.Open(data)
	if err != nil {
		return s, fault.Wrap(fault.Invalid, err, "the data cannot be opened")
	}
	defer func() { _ = f.Close() }()
	if !locked {
		return h.Studies.Lock(c.ctx, setup, org, s.Code, f)
	}
	same, err := s.LockedTo(f)
	if err == nil && !same {
		err = fault.Errorf(fault.Conflict, "study %s is locked to its data, and %s holds others: leave out --data", s.Code, data)
	}
	return s, err
}

func (c *call) studyWrite(b *study.Bundle, out string) error {
	if out != "" {
		if err := writeFile(out, func(w io.Writer) error { return b.Write(w) }); err != nil {
			return err
		}
	}
	_, err := c.Out.Write(b.Text)
	return err
}

func (c *call) studyBundle() (*study.Bundle, error) {
	f, err := os.Open(c.args[0])
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the bundle cannot be opened")
	}
	defer func() { _ = f.Close() }()
	return study.ReadBundle(f)
}

func (c *call) studyVerify(key string) error {
	b, err := c.studyBundle()
	if err != nil {
		return err
	}
	if key == "" && b.Manifest.Record != nil {
		say(c.Err, "the key comes from the bundle itself: this shows that the bundle is whole, not that it is genuine. Give --key for that")
	}
	r, err := study.Verify(b, key, builtAs())
	if err != nil {
		return err
	}
	m := b.Manifest
	sayProgram(c.Err, b)
	for _, n := range r.Notes {
		say(c.Err, "%s", n)
	}
	pf(c.Out, "study %s, specification %s\n", b.Spec.Code, m.SpecSHA256)
	switch {
	case r.Registered:
		pf(c.Out, "registered on %s and locked to its data on %s: both are in the record, in that order\n", m.Registration.Day, m.Registration.Locked)
	case !m.Registration.Registered():
		pf(c.Out, "it was not registered before it was run\n")
	}
	for _, f := range r.Findings {
		pf(c.Out, "WRONG %s\n", f)
	}
	for _, d := range r.Differs {
		pf(c.Out, "OTHER %s\n", d)
	}
	if !r.OK() {
		return c.studyDiffers(b, r)
	}
	pf(c.Out, "the run gives the same bytes: all agrees\n")
	return nil
}
