package answers

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Mix seals everything in the box of a wave anew, once a day, under a key and ids that
// are new, and counts what waits: where at least [LeastMixed] and [LeastKept] wait, all but
// as many as are kept, which chance chooses. It says whether it counted any. For the daily
// job.
//
// Those who are kept wait for another day, so that the last to be counted are never fewer
// than [LeastKept] where as many answered at all.
func (s *Service) Mix(ctx context.Context, wave string) (counted bool, err error) {
	err = s.alone(ctx, func(tx *db.Tx) error {
		counted = false
		a, b, err := s.load(ctx, tx, wave)
		if err != nil {
			return err
		}
		if b.closed != "" || b.mixed == s.today().String() {
			return nil
		}
		c, err := s.empty(ctx, tx, a)
		if err != nil || c.nothing() {
			return err
		}
		next := b.generation + 1
		if err := s.keys.ensure(s.world.Bytes, mixKey(wave, next)); err != nil {
			return err
		}
		var spent [][]any
		if len(c.waiting) >= LeastMixed+LeastKept {
			for _, v := range c.waiting[LeastKept:] {
				spent = append(spent, []any{v.Hash, wave})
				c.halves = append(c.halves, a.halves(v)...)
			}
			c.waiting = c.waiting[:LeastKept]
			counted = true
		}
		if err := insert(ctx, tx, `INSERT INTO spent (hash, wave)`, spent); err != nil {
			return err
		}
		if err := s.fill(ctx, tx, a, next, c); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE wave SET generation = ?, mixed_on = ?, counted = counted + ? WHERE id = ?`, next, s.today().String(), len(spent), wave)
		return err
	})
	return counted, err
}

// MixAll mixes every box that may be mixed, for the daily job. One that cannot be does
// not keep the others from it.
func (s *Service) MixAll(ctx context.Context) error {
	var boxes []box
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		boxes, err = boxesOf(ctx, tx)
		return err
	})
	for _, b := range boxes {
		if b.closed == "" {
			_, mixErr := s.Mix(ctx, b.wave)
			err = errors.Join(err, mixErr)
		}
	}
	return err
}

// CloseWave counts what is left, opens all answers and comments of the wave at once,
// shuffles them, writes them under new random ids in one transaction, and destroys the
// keys. After it the answers may be read and none are taken. It refuses before the last
// day, and while answers that were counted cannot be opened: their key file may be found,
// and else the wave is given up. Again it does nothing. For the register side.
//
// Papers that were keyed once only, or whose differences nobody settled, are not
// counted: [Service.Keying] lists them before.
func (s *Service) CloseWave(ctx context.Context, wave string) error {
	return s.alone(ctx, func(tx *db.Tx) error {
		a, b, err := s.load(ctx, tx, wave)
		if err != nil || b.closed != "" {
			return err
		}
		if last := a.terms.Closes; s.today().Before(last) {
			return fault.Errorf(fault.Conflict, "wave %s is open until the end of %s", wave, last)
		}
		lost, err := s.lostIn(ctx, tx, "held", wave)
		if err != nil {
			return err
		}
		if lost > 0 {
			return fault.Errorf(fault.Conflict,
				"wave %s has answers that no key in the key file of the answers opens: put the file back that the server had, or abandon the survey and ask again", wave)
		}
		c, err := s.empty(ctx, tx, a)
		if err != nil {
			return err
		}
		var spent [][]any
		for _, v := range c.waiting {
			spent = append(spent, []any{v.Hash, wave})
			c.halves = append(c.halves, a.halves(v)...)
		}
		if err := insert(ctx, tx, `INSERT INTO spent (hash, wave)`, spent); err != nil {
			return err
		}
		papers, err := s.bringOut(ctx, tx, a, c.halves)
		if err != nil {
			return err
		}
		for _, table := range []string{"keying", "stack"} {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE wave = ?`, wave); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `UPDATE wave SET generation = generation + 1, closed_on = ?, mixed_on = ?, papers = papers + ?, counted = counted + ? WHERE id = ?`,
			s.today().String(), s.today().String(), papers, len(spent), wave)
		return err
	})
}

// alone runs a transaction that has the box to itself and changes which keys are
// needed, and then destroys those that are not.
func (s *Service) alone(ctx context.Context, fn func(tx *db.Tx) error) error {
	s.mixing.Lock()
	defer s.mixing.Unlock()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := turn(ctx, tx); err != nil {
			return err
		}
		return fn(tx)
	})
	if err != nil {
		return err
	}
	return s.forget(ctx)
}

// rowsAtOnce is how many rows go into one statement: a server far away answers each.
const rowsAtOnce = 100

// insert writes rows in the order of their first value, which is random. The statement
// ends before its values.
func insert(ctx context.Context, tx *db.Tx, statement string, rows [][]any) error {
	slices.SortFunc(rows, func(x, y []any) int { return cmp.Compare(x[0].(string), y[0].(string)) })
	for some := range slices.Chunk(rows, rowsAtOnce) {
		if err := insertAtOnce(ctx, tx, statement, some); err != nil {
			return err
		}
	}
	return nil
}

func insertAtOnce(ctx context.Context, tx *db.Tx, statement string, rows [][]any) error {
	one := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(rows[0])), ", ") + ")"
	values := make([]string, len(rows))
	var args []any
	for i, row := range rows {
		values[i] = one
		args = append(args, row...)
	}
	_, err := tx.Exec(ctx, statement+" VALUES "+strings.Join(values, ", "), args...)
	return err
}

// bringOut writes all answers of a wave, and all comments, each under a new random id and
// in the order of these, and says how many answers came by serials. A comment stands with
// the smallest unit on the writer's path that has enough answers, and leaves enough beside
// it.
func (s *Service) bringOut(ctx context.Context, tx *db.Tx, a *asked, halves []ballot) (papers int, err error) {
	var answers [][]any
	var comments []ballot
	for _, v := range halves {
		switch {
		case len(v.Codes) > 0:
			answers = append(answers, []any{s.randomID(), a.terms.Wave, []byte(v.Codes), v.Unit, v.Group})
			if v.Serial {
				papers++
			}
		case v.Comment != "":
			comments = append(comments, v)
		}
	}
	if err := insert(ctx, tx, `INSERT INTO answer (id, wave, codes, unit, staff_group)`, answers); err != nil {
		return 0, err
	}
	return papers, s.writeComments(ctx, tx, a, comments)
}

func (s *Service) writeComments(ctx context.Context, tx *db.Tx, a *asked, list []ballot) error {
	size, err := a.sizes(ctx, tx)
	if err != nil {
		return err
	}
	named := a.commented(size)
	var rows [][]any
	for _, v := range list {
		unit := v.Unit
		for unit != "" && !named[unit] {
			unit = a.units[unit]
		}
		rows = append(rows, []any{s.randomID(), a.terms.Wave, unit, v.Comment})
	}
	return insert(ctx, tx, `INSERT INTO comment (id, wave, unit, text)`, rows)
}

// commented are the units that a comment may stand with: those with enough answers, and
// never so many of them that those who are left in what they are part of are too few. Of a
// directorate whose other teams all stand with theirs, a comment of the directorate alone
// would be one of its smallest team.
func (a *asked) commented(size map[string]int) map[string]bool {
	parts := map[string][]string{}
	for _, u := range a.terms.Units {
		parts[u.PartOf] = append(parts[u.PartOf], u.Code)
	}
	named := map[string]bool{}
	var within func(whole string)
	within = func(whole string) {
		left := size[whole]
		var list []string
		for _, u := range parts[whole] {
			if size[u] >= LeastComments {
				list = append(list, u)
				left -= size[u]
			}
		}
		slices.SortFunc(list, func(x, y string) int {
			return cmp.Or(cmp.Compare(size[x], size[y]), cmp.Compare(x, y))
		})
		for len(list) > 0 && left > 0 && left < LeastComments {
			left += size[list[0]]
			list = list[1:]
		}
		for _, u := range list {
			named[u] = true
			within(u)
		}
	}
	within("")
	return named
}

// sizes is how many answers each unit has, its parts among them; "" is the whole.
func (a *asked) sizes(ctx context.Context, tx *db.Tx) (map[string]int, error) {
	size := map[string]int{}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var unit string
		var n int
		if err := rows.Scan(&unit, &n); err != nil {
			return err
		}
		for ; unit != ""; unit = a.units[unit] {
			size[unit] += n
		}
		size[""] += n
		return nil
	}, `SELECT unit, COUNT(*) FROM answer WHERE wave = ? GROUP BY unit`, a.terms.Wave)
	return size, err
}
