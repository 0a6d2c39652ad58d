package cli

import (
	"errors"
	"flag"
	"os"

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
	source := db.source
	if !isPostgres(source) {
		source += ".part"
		for _, name := range []string{source, source + "-wal", source + "-shm"} {
			if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	err := demo.Build(c.ctx, demo.Options{
		House: house.Options{Database: source, KeyFile: db.key, Booth: boothServed()}, Today: law.Today(c.World.Now()), Staff: staff, Months: months,
		Progress: func(step string) {
			if c.Terminal {
				say(c.Err, "making %s", step)
			}
		},
	})
	if err != nil {
		return err
	}
	if source != db.source {
		if err := os.Rename(source, db.source); err != nil {
			return err
		}
	}
	pf(c.Out, "made the demonstration mutual: %s\n", db.source)
	return nil
}
