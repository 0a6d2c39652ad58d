package cli

import (
	"flag"
	"os"
	"path/filepath"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/house"
	"commonweal/internal/schema"
	"commonweal/internal/web/static"
)

// database are the flags of every command that opens the database. The answer side of
// surveys has another, with a key file of its own.
type database struct{ source, key, answers, answersKey string }

func (d *database) declare(f *flag.FlagSet) {
	f.StringVar(&d.source, "database", "", "`file` of the SQLite database, or postgres://... (default $COMMONWEAL_DATABASE, or var/commonweal.db)")
	f.StringVar(&d.key, "key", "", "`file` of the record key (default $COMMONWEAL_KEY, or beside the database)")
}

// declareAnswers declares the flags of commands that need the answer side besides.
func (d *database) declareAnswers(f *flag.FlagSet) {
	f.StringVar(&d.answers, "answers", "", "`file` of the SQLite database for answers to surveys, or postgres://... (default $COMMONWEAL_ANSWERS, or beside a SQLite database)")
	f.StringVar(&d.answersKey, "answers-key", "", "`file` of the key of that database (default $COMMONWEAL_ANSWERS_KEY, or beside it)")
}

const defaultDatabase = "var/commonweal.db"

// resolve fills what was not given.
func (d *database) resolve(c *call) {
	if d.source == "" {
		d.source = c.Getenv("COMMONWEAL_DATABASE")
	}
	if d.source == "" {
		d.source = defaultDatabase
	}
	if d.key == "" {
		d.key = c.Getenv("COMMONWEAL_KEY")
	}
	if d.key == "" {
		d.key = defaultKey(d.source)
	}
	if d.answers == "" {
		d.answers = c.Getenv("COMMONWEAL_ANSWERS")
	}
	if d.answers == "" {
		d.answers = house.AnswersBeside(d.source)
	}
	if d.answersKey == "" {
		d.answersKey = c.Getenv("COMMONWEAL_ANSWERS_KEY")
	}
	if d.answersKey == "" {
		d.answersKey = house.AnswersKeyBeside(d.answers)
	}
}

func isPostgres(source string) bool {
	return strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://")
}

func defaultKey(source string) string {
	if isPostgres(source) {
		return "var/record.key"
	}
	return strings.TrimSuffix(source, ".db") + ".key"
}

// create opens the database, making it when it is not there.
func (d *database) create(c *call) (*journal.Journal, error) {
	d.resolve(c)
	if err := d.ready(true); err != nil {
		return nil, err
	}
	return d.open(c)
}

// existing opens a database that must be there already: a command that only
// reads must not answer "all is well" about a file it has just made.
func (d *database) existing(c *call) (*journal.Journal, error) {
	d.resolve(c)
	if err := d.ready(false); err != nil {
		return nil, err
	}
	return d.open(c)
}

func (d *database) ready(create bool) error {
	switch {
	case isPostgres(d.source):
		return nil
	case create:
		if err := os.MkdirAll(filepath.Dir(d.source), 0o700); err != nil {
			return fault.Wrap(fault.Invalid, err, "the folder of the database cannot be made")
		}
		return nil
	}
	if _, err := os.Stat(d.source); err != nil {
		return fault.Errorf(fault.NotFound, "there is no database %s; name it with --database", d.source)
	}
	return nil
}

func (d *database) open(c *call) (*journal.Journal, error) {
	keys, err := journal.LoadKeys(d.key, c.World)
	if err != nil {
		return nil, err
	}
	return schema.Open(c.ctx, d.source, c.World, keys)
}

// shut closes the database at the end of a command.
func shut(j *journal.Journal, err *error) {
	if closeErr := j.DB().Close(); *err == nil {
		*err = closeErr
	}
}

// house opens every room. create makes a database that is not there yet; without
// it the database must exist.
func (d *database) house(c *call, create bool, o house.Options) (*house.House, error) {
	d.resolve(c)
	if err := d.ready(create); err != nil {
		return nil, err
	}
	o.Database, o.KeyFile, o.Booth = d.source, d.key, boothServed()
	o.Answers, o.AnswersKey = d.answers, d.answersKey
	return house.Open(c.ctx, c.World, o)
}

// boothServed is the hash of the page on which people vote that this program serves, or
// "" where it was built without one.
func boothServed() string {
	assets, err := static.Load()
	if err != nil {
		return ""
	}
	for _, p := range assets.Booth().Pages {
		if p.Path == static.BoothPrefix+"booth.html" {
			return p.Hash
		}
	}
	return ""
}

// inHouse opens the database, does something with it, and closes it again.
func (c *call) inHouse(db *database, do func(h *house.House) error) (err error) {
	h, err := db.house(c, false, house.Options{})
	if err != nil {
		return err
	}
	defer leave(h, &err)
	return do(h)
}

// leave closes the house at the end of a command.
func leave(h *house.House, err *error) {
	if closeErr := h.Close(); *err == nil {
		*err = closeErr
	}
}
