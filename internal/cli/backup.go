package cli

import (
	"flag"
	"io"
	"os"

	"commonweal/internal/base/backup"
	"commonweal/internal/base/fault"
	"commonweal/internal/schema"
)

func backupCommand() command {
	return command{
		name:  "backup",
		args:  "FILE",
		about: "Write the whole database to one file",
		help: `The file is the same for SQLite and PostgreSQL. It holds personal data. It does not
hold the record key: keep a copy of that file apart, or a restored server will sign
with another key and everybody who holds a checkpoint will notice.

Answers to surveys are in another database, and go to a file of their own with
--side answers. Keep the two files apart. The key of the answers is in neither.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			db.declareAnswers(f)
			side := declareSide(f)
			return func(c *call) (err error) {
				if answersAlone, err := answersOnly(*side); answersAlone || err != nil {
					if err == nil {
						err = c.backUpAnswers(&db)
					}
					return err
				}
				j, err := db.existing(c)
				if err != nil {
					return err
				}
				defer shut(j, &err)
				var m backup.Manifest
				err = writeFile(c.args[0], func(w io.Writer) error {
					m, err = backup.Write(c.ctx, j.DB(), w, c.World.Stamp(), schema.Transient())
					return err
				})
				if err != nil {
					return err
				}
				pf(c.Out, "%s: %d tables, %d rows. The record key %s is not in it\n", c.args[0], len(m.Tables), m.Rows(), db.key)
				return nil
			}
		},
	}
}

func restoreCommand() command {
	return command{
		name:  "restore",
		args:  "FILE",
		about: "Fill an empty database from a backup, and check it",
		help: `With --side answers it fills the database for answers to surveys. Put its key file in
its place first: what waited to be mixed on the day of the backup cannot be read without.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			db.declareAnswers(f)
			side := declareSide(f)
			return func(c *call) (err error) {
				if answersAlone, err := answersOnly(*side); answersAlone || err != nil {
					if err == nil {
						err = c.restoreAnswers(&db)
					}
					return err
				}
				in, err := os.Open(c.args[0])
				if err != nil {
					return fault.Wrap(fault.Invalid, err, "the backup cannot be opened")
				}
				defer func() { _ = in.Close() }()
				info, err := in.Stat()
				if err != nil {
					return err
				}
				db.resolve(c)
				if _, err := os.Stat(db.key); err != nil {
					say(c.Err, "there is no record key %s, so a new one is made: heads signed with the old key will not verify. Put the old key file in its place and restore again", db.key)
				}
				j, err := db.create(c)
				if err != nil {
					return err
				}
				defer shut(j, &err)
				m, err := backup.Read(c.ctx, j.DB(), in, info.Size())
				if err != nil {
					return err
				}
				pf(c.Out, "restored %d tables, %d rows, of the backup made %s\n", len(m.Tables), m.Rows(), m.Made)
				reports, err := j.Fsck(c.ctx)
				if err != nil {
					return err
				}
				return c.tell(reports)
			}
		},
	}
}
