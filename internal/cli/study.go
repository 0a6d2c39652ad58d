package cli

import (
	"bytes"
	"flag"
	"io"
	"os"
	"runtime/debug"

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
run if it was not yet, and its bundle written with the proof of the registration.`,
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
	again, err := study.Again(b)
	if err != nil {
		return err
	}
	if _, err := c.Out.Write(again.Text); err != nil {
		return err
	}
	sayProgram(c.Err, b)
	if !bytes.Equal(again.JSON, b.JSON) || !bytes.Equal(again.Text, b.Text) {
		say(c.Err, "the run gives other bytes than the bundle holds; `commonweal study verify` says where")
		if other := b.Manifest.Program; other != builtAs() {
			say(c.Err, "to see whether the program is why, run it with version %q too", other)
		}
		return errFound
	}
	say(c.Err, "the run gives the same bytes as the bundle holds")
	return nil
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
		if _, locked := s.Step(study.Locked); !locked {
			if o.data == "" {
				return usagef("study %s is not locked to data yet: name them with --data", o.code)
			}
			f, err := os.Open(o.data)
			if err != nil {
				return fault.Wrap(fault.Invalid, err, "the data cannot be opened")
			}
			defer func() { _ = f.Close() }()
			if s, err = h.Studies.Lock(c.ctx, setup, org, o.code, f); err != nil {
				return err
			}
		} else if o.data != "" {
			return usagef("study %s is locked to its data: leave out --data", o.code)
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
	r, err := study.Verify(b, key)
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
	if !r.OK() {
		return errFound
	}
	pf(c.Out, "the run gives the same bytes: all agrees\n")
	return nil
}

// sayProgram says when another version of the program made a bundle than runs it now.
func sayProgram(w io.Writer, b *study.Bundle) {
	made, now := b.Manifest.Program, builtAs()
	switch {
	case made == now && made != devel:
		say(w, "version %q of the program made the bundle, and runs it now", made)
	case made == now:
		say(w, "the bundle was made by a program that does not know its version, as this one: whether they are the same cannot be told")
	default:
		say(w, "version %q of the program made the bundle, and version %q runs it now", made, now)
	}
}

// devel is the version of a program that was built from files in hand.
const devel = "(devel)"

// builtAs is the version of this program, as far as its build says: the release, or the
// revision that it was built from.
func builtAs() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	version := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && version == devel {
			version = s.Value[:12]
		}
	}
	return version
}
