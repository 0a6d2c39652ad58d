package cli

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"

	"commonweal/internal/base/backup"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
	"commonweal/internal/web/answer"
)

// The two sides of surveys: the register, which knows members, and the answers, which
// know nobody.
const (
	registerSide = "register"
	answersSide  = "answers"
)

func declareSide(f *flag.FlagSet) *string {
	return f.String("side", registerSide, "which database: that of the `side` register, or answers")
}

func answersOnly(side string) (bool, error) {
	if side != registerSide && side != answersSide {
		return false, usagef("--side is register or answers, not %q", side)
	}
	return side == answersSide, nil
}

// ready refuses where no database for answers is named, or it is not there.
func (d *database) answersReady(c *call, create bool) error {
	d.resolve(c)
	switch {
	case d.answers == "":
		return usagef("name the database for answers with --answers: beside PostgreSQL there is none unless you say so")
	case isPostgres(d.answers):
		return nil
	case create:
		if err := os.MkdirAll(filepath.Dir(d.answers), 0o700); err != nil {
			return fault.Wrap(fault.Invalid, err, "the folder of the database for answers cannot be made")
		}
		return nil
	}
	if _, err := os.Stat(d.answers); err != nil {
		return fault.Errorf(fault.NotFound, "there is no database %s for answers; name it with --answers", d.answers)
	}
	return nil
}

func (c *call) backUpAnswers(d *database) (err error) {
	if err := d.answersReady(c, false); err != nil {
		return err
	}
	from, err := c.openAnswers(d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	var m backup.Manifest
	err = writeFile(c.args[0], func(w io.Writer) error {
		m, err = backup.Write(c.ctx, from, w, c.World.Stamp(), nil)
		return err
	})
	if err != nil {
		return err
	}
	pf(c.Out, "%s: %d tables, %d rows of answers. The key %s is not in it\n", c.args[0], len(m.Tables), m.Rows(), d.answersKey)
	return nil
}

// openAnswers opens the database for answers without its key.
func (c *call) openAnswers(d *database) (*db.DB, error) {
	to, err := db.Open(c.ctx, d.answers)
	if err != nil {
		return nil, err
	}
	steps, err := answers.Migrations()
	if err == nil {
		err = db.Migrate(c.ctx, to, steps)
	}
	if err != nil {
		return nil, errors.Join(err, to.Close())
	}
	return to, nil
}

func (c *call) restoreAnswers(d *database) (err error) {
	in, err := os.Open(c.args[0])
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the backup cannot be opened")
	}
	defer func() { _ = in.Close() }()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	if err := d.answersReady(c, true); err != nil {
		return err
	}
	if _, err := os.Stat(d.answersKey); err != nil {
		say(c.Err, "there is no key %s of the answers, so a new one is made: what waited to be mixed when the backup was made cannot be read, and those people may answer again", d.answersKey)
	}
	to, err := c.openAnswers(d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	m, err := backup.Read(c.ctx, to, in, info.Size())
	if err != nil {
		return err
	}
	if _, err := answers.NewService(c.ctx, to, d.answersKey, c.World); err != nil { // puts away what cannot be read
		return err
	}
	pf(c.Out, "restored %d tables, %d rows of answers, of the backup made %s\n", len(m.Tables), m.Rows(), m.Made)
	return nil
}

// serveAnswers serves the answer side alone: a program that has no way to the register.
func (c *call) serveAnswers(d *database, o answer.Options, listen string) (err error) {
	if err := d.answersReady(c, true); err != nil {
		return err
	}
	box, err := answers.OpenAll(c.ctx, d.answers, d.answersKey, c.World)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	h, err := answer.New(box, c.World, o)
	if err != nil {
		return err
	}
	return c.listen(h.Alone(), listen, func(at string) {
		pf(c.Out, "serving answers on http://%s%s\n", at, strings.TrimSuffix(answer.Prefix, "/"))
	}, nil)
}
