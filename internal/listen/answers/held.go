package answers

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// content is what is sealed in the box of a wave, opened.
type content struct {
	waiting []ballot // not counted yet, in an order of chance
	halves  []ballot // counted: of each sheet its answers, and apart from them its comment
	keyed   []keyed  // papers that wait for their second keying
}

func (c content) nothing() bool { return len(c.waiting)+len(c.halves)+len(c.keyed) == 0 }

// halves takes a sheet apart: the answers, without the pass that brought them, and the
// comment. Everybody's sheet has both, so that their number does not tell on which day
// somebody wrote something.
func (a *asked) halves(v ballot) []ballot {
	list := []ballot{{Serial: v.Serial, Codes: v.Codes, Unit: v.Unit, Group: v.Group}}
	if !a.terms.Comments {
		return list
	}
	if v.Comment == "" {
		return append(list, ballot{})
	}
	return append(list, ballot{Unit: v.Unit, Comment: v.Comment})
}

// halfWidth is how many bytes a half is sealed as: all answers one size, all comments
// another.
func (a *asked) halfWidth(v ballot) int {
	if len(v.Codes) == 0 {
		return a.width()
	}
	return a.answerWidth()
}

// empty takes all out of the box that a key opens, and leaves what none does. Of two
// waiting sheets by one token, which only a lost and found key file can bring about, the
// later counts; of one that was counted, none.
func (s *Service) empty(ctx context.Context, tx *db.Tx, a *asked) (c content, err error) {
	wave := a.terms.Wave
	waiting := map[string]ballot{}
	err = s.takeOut(ctx, tx, wave, "waiting", func(v ballot, _ string) { waiting[v.Hash] = v })
	if err == nil {
		err = s.takeOut(ctx, tx, wave, "held", func(v ballot, _ string) { c.halves = append(c.halves, v) })
	}
	if err == nil {
		err = s.takeOut(ctx, tx, wave, "keying", func(v ballot, keyer string) { c.keyed = append(c.keyed, keyed{keyer: keyer, ballot: v}) })
	}
	if err != nil {
		return c, err
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var hash string
		err := rows.Scan(&hash)
		delete(waiting, hash)
		return err
	}, `SELECT hash FROM spent WHERE wave = ?`, wave)
	for _, v := range waiting {
		c.waiting = append(c.waiting, v)
	}
	s.shuffle(c.waiting)
	return c, err
}

// shuffle puts sheets in an order of chance.
func (s *Service) shuffle(list []ballot) {
	by := make(map[string]string, len(list))
	for _, v := range list {
		by[v.Hash] = s.randomID()
	}
	slices.SortFunc(list, func(x, y ballot) int { return cmp.Compare(by[x.Hash], by[y.Hash]) })
}

// takeOut opens and deletes the rows of a table whose key is there, in the order of
// generations.
func (s *Service) takeOut(ctx context.Context, tx *db.Tx, wave, table string, take func(v ballot, keyer string)) error {
	generations, err := generationsIn(ctx, tx, table, wave)
	if err != nil {
		return err
	}
	keyer := `''`
	if table == "keying" {
		keyer = "keyer"
	}
	for _, g := range generations {
		key, ok, err := s.keys.get(keyName(wave, g.generation))
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		err = tx.Each(ctx, func(rows *db.Rows) error {
			var id, by string
			var sealed []byte
			if err := rows.Scan(&id, &by, &sealed); err != nil {
				return err
			}
			text, err := unseal(key, id, sealed)
			if err != nil {
				return fmt.Errorf("wave %s: a row of %s cannot be opened: %w", wave, table, err)
			}
			v, err := unpack(text)
			if err == nil {
				take(v, by)
			}
			return err
		}, `SELECT id, `+keyer+`, sealed FROM `+table+` WHERE wave = ? AND generation = ?`, wave, g.generation)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE wave = ? AND generation = ?`, wave, g.generation); err != nil {
			return err
		}
	}
	return nil
}

// fill puts everything back into the box, sealed under the key of a generation. Every row
// has a new random id and is written in the order of these.
func (s *Service) fill(ctx context.Context, tx *db.Tx, a *asked, generation int, c content) error {
	wave := a.terms.Wave
	key, err := s.mixKey(wave, generation)
	if err != nil {
		return err
	}
	fixed := func(ballot) int { return a.width() }
	err = s.seals(ctx, tx, key, c.waiting, fixed, `INSERT INTO waiting (id, sealed, wave, generation, mark)`, func(i int) []any {
		return []any{wave, generation, markOf(key, c.waiting[i].Hash)}
	})
	if err != nil {
		return err
	}
	err = s.seals(ctx, tx, key, c.halves, a.halfWidth, `INSERT INTO held (id, sealed, wave, generation)`, func(int) []any {
		return []any{wave, generation}
	})
	if err != nil {
		return err
	}
	papers := make([]ballot, len(c.keyed))
	for i, k := range c.keyed {
		papers[i] = k.ballot
	}
	return s.seals(ctx, tx, key, papers, fixed, `INSERT INTO keying (id, sealed, wave, generation, mark, keyer)`, func(i int) []any {
		return []any{wave, generation, keyingMark(key, papers[i].Hash), c.keyed[i].keyer}
	})
}

// seals seals a list, each under an id of chance, and writes it in the order of the ids,
// a part at a time: all of it sealed would be much larger. rest gives the values of a row
// after its id and what is sealed.
func (s *Service) seals(ctx context.Context, tx *db.Tx, key []byte, list []ballot, width func(ballot) int, statement string, rest func(i int) []any) error {
	type slot struct {
		id string
		i  int
	}
	slots := make([]slot, len(list))
	for i := range slots {
		slots[i] = slot{s.randomID(), i}
	}
	slices.SortFunc(slots, func(x, y slot) int { return cmp.Compare(x.id, y.id) })
	for some := range slices.Chunk(slots, rowsAtOnce) {
		var rows [][]any
		for _, at := range some {
			text, err := list[at.i].pack(width(list[at.i]))
			if err != nil {
				return err
			}
			sealed, err := s.seal(key, at.id, text)
			if err != nil {
				return err
			}
			rows = append(rows, append([]any{at.id, sealed}, rest(at.i)...))
		}
		if err := insertAtOnce(ctx, tx, statement, rows); err != nil {
			return err
		}
	}
	return nil
}

// mixKey is the key of a generation, which must be there.
func (s *Service) mixKey(wave string, generation int) ([]byte, error) {
	key, ok, err := s.keys.get(mixKey(wave, generation))
	if err == nil && !ok {
		err = fault.Errorf(fault.Internal, "the key file of the answers has no key of wave %s, generation %d", wave, generation)
	}
	return key, err
}

// batch is how many rows of a table are sealed under one key.
type batch struct{ generation, rows int }

func generationsIn(ctx context.Context, tx *db.Tx, table, wave string) (list []batch, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var b batch
		err := rows.Scan(&b.generation, &b.rows)
		list = append(list, b)
		return err
	}, `SELECT generation, COUNT(*) FROM `+table+` WHERE wave = ? GROUP BY generation ORDER BY generation`, wave)
	return list, err
}

// lostIn counts the rows of a table that no key of the file opens.
func (s *Service) lostIn(ctx context.Context, tx *db.Tx, table, wave string) (n int, err error) {
	list, err := generationsIn(ctx, tx, table, wave)
	if err != nil {
		return 0, err
	}
	for _, b := range list {
		_, ok, err := s.keys.get(keyName(wave, b.generation))
		if err != nil {
			return 0, err
		}
		if !ok {
			n += b.rows
		}
	}
	return n, nil
}
