package cli

import (
	"errors"
	"flag"
	"os"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/demo"
	"commonweal/internal/house"
	"commonweal/law"
)

func demoCommand() command {
	return command{
		name:  "demo",
		about: "Make the demonstration mutual, with invented people",
		help: `Makes it once; run again it changes nothing. Serve it with commonweal serve --demo.
It needs a database of its own.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			db.declareAnswers(f)
			published := f.String("published", "", "`folder` of published NHS files to import as well")
			staff := f.Int("staff", 0, "about how `many` staff at the start (default 2,950)")
			months := f.Int("months", 0, "`months` of history (default 24)")
			return func(c *call) error {
				db.resolve(c)
				if err := db.ready(true); err != nil {
					return err
				}
				made, err := c.demoExists(&db)
				if err != nil {
					return err
				}
				if made {
					pf(c.Out, "the demonstration is there already: %s\n", db.source)
				} else if err := c.makeDemo(&db, *staff, *months); err != nil {
					return err
				}
				if *published == "" {
					return nil
				}
				return c.importPublished(&db, demo.Org, []string{*published})
			}
		},
	}
}

func (c *call) demoExists(db *database) (made bool, err error) {
	if !isPostgres(db.source) {
		if _, err := os.Stat(db.source); errors.Is(err, os.ErrNotExist) {
			return false, nil
		}
	}
	h, err := db.house(c, true, house.Options{Demo: true})
	if err != nil {
		return false, err
	}
	defer leave(h, &err)
	return demo.Exists(c.ctx, h)
}

// makeDemo builds a SQLite demonstration beside its place and moves it there
// when it is whole, so that being killed leaves nothing half made.
func (c *call) makeDemo(db *database, staff, months int) error {
	// The key is a real one: what the demonstration's clock and chance make is the
	// same on every machine, and a signing key must not be.
	if _, err := journal.LoadKeys(db.key, c.World); err != nil {
		return err
	}
	source, answers := part(db.source), part(db.answers)
	if answers != db.answers {
		if _, err := os.Stat(db.answers); err == nil {
			return fault.Errorf(fault.Conflict, "there is a database %s for answers already, of something else: move it away with its key %s, or name another with --answers", db.answers, db.answersKey)
		}
		// A key without its database is what being killed left.
		if err := os.Remove(db.answersKey); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	for _, path := range []string{source, answers} {
		if path == "" || isPostgres(path) {
			continue
		}
		for _, name := range []string{path, path + "-wal", path + "-shm"} {
			if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	err := demo.Build(c.ctx, demo.Options{
		House: house.Options{Database: source, KeyFile: db.key, Booth: boothServed(), Answers: answers, AnswersKey: db.answersKey}, Today: law.Today(c.World.Now()), Staff: staff, Months: months,
		Progress: func(step string) {
			if c.Terminal {
				say(c.Err, "making %s", step)
			}
		},
	})
	if err != nil {
		return err
	}
	if answers != db.answers {
		if err := os.Rename(answers, db.answers); err != nil {
			return err
		}
	}
	if source != db.source { // last: the demonstration is there when this is
		if err := os.Rename(source, db.source); err != nil {
			return err
		}
	}
	pf(c.Out, "made the demonstration mutual: %s\n", db.source)
	return nil
}

// part is where a SQLite database is made before it is moved to its place.
func part(source string) string {
	if source == "" || isPostgres(source) {
		return source
	}
	return source + ".part"
}
