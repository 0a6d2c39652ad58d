package answers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Mix mixes the box of a wave if it was not mixed today and at least [LeastMixed] sheets
// wait, and says whether it did. For the daily job.
func (s *Service) Mix(ctx context.Context, wave string) (mixed bool, err error) {
	err = s.alone(ctx, func(tx *db.Tx) error {
		mixed = false
		a, b, err := s.load(ctx, tx, wave)
		if err != nil {
			return err
		}
		if b.closed != "" || b.mixed == s.today().String() {
			return nil
		}
		var n int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM waiting WHERE wave = ? AND generation = ?`, wave, b.generation).Scan(&n); err != nil {
			return err
		}
		if n < LeastMixed {
			return nil
		}
		if err := s.keys.ensure(s.world.Bytes, mixKey(wave, b.generation+1)); err != nil {
			return err
		}
		mixed = true
		return s.mix(ctx, tx, a, b)
	})
	return mixed, err
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

// CloseWave mixes what is left, brings the comments out, and destroys the keys of the
// wave. After it the answers may be read and none are taken. It refuses before the last
// day. Again it does nothing. For the register side.
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
		if err := s.mix(ctx, tx, a, b); err != nil {
			return err
		}
		if err := s.bringOut(ctx, tx, a); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM keying WHERE wave = ?`, wave); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE wave SET closed_on = ? WHERE id = ?`, s.today().String(), wave)
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

// mix moves all that waits and can be opened to where it is counted. Nothing that it
// writes has the order in which the sheets came: every row has a new random id and is
// written in the order of these ids.
func (s *Service) mix(ctx context.Context, tx *db.Tx, a *asked, b box) error {
	wave := a.terms.Wave
	ballots, err := s.open(ctx, tx, a, b)
	if err != nil {
		return err
	}
	held, err := s.held(wave)
	if err != nil {
		return err
	}
	var answers, comments, spent [][]any
	papers := 0
	for _, v := range ballots {
		spent = append(spent, []any{v.Hash, wave})
		answers = append(answers, []any{s.randomID(), wave, []byte(v.Codes), v.Unit, v.Group})
		if v.Serial {
			papers++
		}
		if v.Comment == "" {
			continue
		}
		id := s.randomID()
		text, err := ballot{Unit: v.Unit, Comment: v.Comment}.pack(a.width())
		if err != nil {
			return err
		}
		sealed, err := s.seal(held, id, text)
		if err != nil {
			return err
		}
		comments = append(comments, []any{id, wave, sealed})
	}
	err = errors.Join(
		insert(ctx, tx, `INSERT INTO answer (id, wave, codes, unit, staff_group) VALUES (?, ?, ?, ?, ?)`, answers),
		insert(ctx, tx, `INSERT INTO held (id, wave, sealed) VALUES (?, ?, ?)`, comments),
		insert(ctx, tx, `INSERT INTO spent (hash, wave) VALUES (?, ?)`, spent),
	)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE wave SET generation = generation + 1, mixed_on = ?, papers = papers + ?, counted = counted + ? WHERE id = ?`,
		s.today().String(), papers, len(ballots), wave)
	return err
}

// open opens what waits, takes it away, and leaves what no key opens. Of two sheets by
// one token, which only a lost and found key file can bring about, the later counts.
func (s *Service) open(ctx context.Context, tx *db.Tx, a *asked, b box) (map[string]ballot, error) {
	wave := a.terms.Wave
	names, err := s.keys.all()
	if err != nil {
		return nil, err
	}
	ballots := map[string]ballot{}
	for generation := 1; generation <= b.generation; generation++ {
		if !names[mixKey(wave, generation)] {
			continue
		}
		key, _, err := s.keys.get(mixKey(wave, generation))
		if err != nil {
			return nil, err
		}
		err = tx.Each(ctx, func(rows *db.Rows) error {
			var id string
			var sealed []byte
			if err := rows.Scan(&id, &sealed); err != nil {
				return err
			}
			text, err := unseal(key, id, sealed)
			if err != nil {
				return fmt.Errorf("wave %s: a waiting sheet cannot be opened: %w", wave, err)
			}
			v, err := unpack(text)
			ballots[v.Hash] = v
			return err
		}, `SELECT id, sealed FROM waiting WHERE wave = ? AND generation = ?`, wave, generation)
		if err != nil {
			return nil, err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM waiting WHERE wave = ? AND generation = ?`, wave, generation); err != nil {
			return nil, err
		}
	}
	return ballots, s.dropSpent(ctx, tx, wave, ballots)
}

// dropSpent leaves out those that were counted before, likewise.
func (s *Service) dropSpent(ctx context.Context, tx *db.Tx, wave string, ballots map[string]ballot) error {
	return tx.Each(ctx, func(rows *db.Rows) error {
		var hash string
		err := rows.Scan(&hash)
		delete(ballots, hash)
		return err
	}, `SELECT hash FROM spent WHERE wave = ?`, wave)
}

// insert writes rows in the order of their first value, which is random.
func insert(ctx context.Context, tx *db.Tx, statement string, rows [][]any) error {
	slices.SortFunc(rows, func(x, y []any) int { return cmp.Compare(x[0].(string), y[0].(string)) })
	for _, row := range rows {
		if _, err := tx.Exec(ctx, statement, row...); err != nil {
			return err
		}
	}
	return nil
}

// bringOut opens the comments that were held and writes them with the smallest unit on
// the writer's path that has enough answers, and leaves enough beside it.
func (s *Service) bringOut(ctx context.Context, tx *db.Tx, a *asked) error {
	wave := a.terms.Wave
	key, err := s.held(wave)
	if err != nil {
		return err
	}
	var list []ballot
	var opened []string
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var id string
		var sealed []byte
		if err := rows.Scan(&id, &sealed); err != nil {
			return err
		}
		text, err := unseal(key, id, sealed)
		if err != nil {
			return nil // sealed under a key file that was lost: it stays, and Status says so
		}
		v, err := unpack(text)
		list, opened = append(list, v), append(opened, id)
		return err
	}, `SELECT id, sealed FROM held WHERE wave = ?`, wave)
	if err != nil {
		return err
	}
	if err := s.writeComments(ctx, tx, a, list); err != nil {
		return err
	}
	for _, id := range opened {
		if _, err := tx.Exec(ctx, `DELETE FROM held WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
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
	return insert(ctx, tx, `INSERT INTO comment (id, wave, unit, text) VALUES (?, ?, ?, ?)`, rows)
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
