package answers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// keyed is what one person keyed from a paper.
type keyed struct {
	id    string
	keyer string
	ballot
}

// Key enters what stands on a paper, by its serial. Two people key each paper; keyer
// tells them apart and is whatever the caller makes of their sessions, a hash of its
// own for each wave. When the second keying is equal to the first the paper is in the
// box. When it differs the differences are returned, and whoever keys it again replaces
// their own; nobody can be the third.
//
// It refuses, as [Service.Take] does, a sheet that is not whole, an unknown serial, one
// whose paper is in the box, and days outside those on which paper is keyed.
func (s *Service) Key(ctx context.Context, wave, keyer string, sheet Sheet) (Keyed, error) {
	if keyer == "" || len(keyer) > maxCode {
		return Keyed{}, fault.Fieldf("keyer", "who keys has no mark of at most %d characters", maxCode)
	}
	a, b, err := s.find(ctx, wave)
	if err != nil {
		return Keyed{}, err
	}
	today := s.today()
	switch {
	case a.terms.BroughtIn || today.After(a.terms.paperUntil()) || b.closed != "":
		return Keyed{}, fault.Errorf(fault.Conflict, "paper of this survey could be keyed until %s", a.terms.paperUntil())
	case today.Before(a.terms.Opens):
		return Keyed{}, fault.Errorf(fault.Conflict, "the survey opens on %s", a.terms.Opens)
	case sheet.Token != "":
		return Keyed{}, fault.Fieldf("token", "a paper has a serial and no one-time pass")
	}
	serial, err := CheckSerial(sheet.Serial)
	if err != nil {
		return Keyed{}, err
	}
	good, err := a.check(sheet)
	if err != nil {
		return Keyed{}, err
	}
	good.Serial, good.Hash = true, SerialReceipt(wave, serial)

	var result Keyed
	s.mixing.RLock()
	defer s.mixing.RUnlock()
	err = s.write(ctx, func(tx *db.Tx) error {
		if err := s.madeSerial(ctx, tx, wave, serial); err != nil {
			return err
		}
		var err error
		result, err = s.keyIn(ctx, tx, a, keyer, serial, good)
		return err
	})
	return result, err
}

func (s *Service) keyIn(ctx context.Context, tx *db.Tx, a *asked, keyer, serial string, good ballot) (Keyed, error) {
	wave := a.terms.Wave
	b, err := boxOf(ctx, tx, wave)
	if err != nil {
		return Keyed{}, err
	}
	key, err := s.mixKey(wave, b.generation)
	if err != nil {
		return Keyed{}, err
	}
	if err := s.inBox(ctx, tx, a, key, good); err != nil {
		return Keyed{}, err
	}
	mark := keyingMark(key, good.Hash)
	list, err := keyings(ctx, tx, key, b, mark)
	if err != nil {
		return Keyed{}, err
	}
	var other *keyed
	others := 0
	for i := range list[mark] {
		if k := &list[mark][i]; k.keyer != keyer {
			other = k
			others++
		}
	}
	if others > 1 {
		return Keyed{}, fault.Errorf(fault.Conflict, "two others keyed this paper: one of them must put the difference right")
	}
	if other != nil {
		differences := a.differences(other.ballot, good)
		if len(differences) == 0 {
			if _, err := tx.Exec(ctx, `DELETE FROM keying WHERE wave = ? AND mark = ?`, wave, mark); err != nil {
				return Keyed{}, err
			}
			good.Comment = other.Comment // as the first of the two wrote its blanks
			return Keyed{Taken: true}, s.putIn(ctx, tx, a, good, func(context.Context, *db.Tx) error { return nil })
		}
		return Keyed{Differences: differences}, s.keep(ctx, tx, a, b, key, mark, keyer, good)
	}
	return Keyed{Waits: true}, s.keep(ctx, tx, a, b, key, mark, keyer, good)
}

// keep writes a keying in the place of what the same person keyed before.
func (s *Service) keep(ctx context.Context, tx *db.Tx, a *asked, b box, key []byte, mark, keyer string, good ballot) error {
	_, err := tx.Exec(ctx, `DELETE FROM keying WHERE wave = ? AND mark = ? AND keyer = ?`, a.terms.Wave, mark, keyer)
	if err != nil {
		return err
	}
	text, err := good.pack(a.width())
	if err != nil {
		return err
	}
	id := s.randomID()
	sealed, err := s.seal(key, id, text)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO keying (id, wave, mark, keyer, sealed, generation) VALUES (?, ?, ?, ?, ?, ?)`, id, a.terms.Wave, mark, keyer, sealed, b.generation)
	return err
}

// inBox refuses a paper that is counted or waits to be.
func (s *Service) inBox(ctx context.Context, tx *db.Tx, a *asked, key []byte, good ballot) error {
	wave := a.terms.Wave
	var n int
	err := tx.QueryRow(ctx, `SELECT 1 FROM spent WHERE hash = ? AND wave = ?`, good.Hash, wave).Scan(&n)
	if err == nil {
		return spentBefore(good)
	}
	if !errors.Is(err, db.ErrNoRows) {
		return err
	}
	_, err = s.waits(ctx, tx, key, wave, markOf(key, good.Hash))
	if errors.Is(err, db.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = fault.Errorf(fault.Conflict, "this paper is in the box already")
	}
	return err
}

// keyings opens what was keyed, by the mark of the serial: of one serial, or of all
// where mark is empty.
func keyings(ctx context.Context, tx *db.Tx, key []byte, b box, mark string) (map[string][]keyed, error) {
	list := map[string][]keyed{}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var k keyed
		var of string
		var sealed []byte
		if err := rows.Scan(&k.id, &of, &k.keyer, &sealed); err != nil {
			return err
		}
		text, err := unseal(key, k.id, sealed)
		if err == nil {
			k.ballot, err = unpack(text)
		}
		if err != nil {
			return fmt.Errorf("wave %s: a keyed paper cannot be opened: %w", b.wave, err)
		}
		list[of] = append(list[of], k)
		return nil
	}, `SELECT id, mark, keyer, sealed FROM keying WHERE wave = ? AND generation = ? AND (mark = ? OR ? = '') ORDER BY keyer`, b.wave, b.generation, mark, mark)
	return list, err
}

// differences are the fields in which two keyings of a paper differ. Blanks and line
// ends of a comment are nobody's words.
func (a *asked) differences(first, second ballot) (list []Difference) {
	add := func(field, x, y string) {
		if x != y {
			list = append(list, Difference{Field: field, First: x, Second: y})
		}
	}
	for i, q := range a.in.Questions {
		add(q.ID, strconv.Itoa(int(first.Codes[i])), strconv.Itoa(int(second.Codes[i])))
	}
	add("unit", first.Unit, second.Unit)
	add("group", first.Group, second.Group)
	if strings.Join(strings.Fields(first.Comment), " ") != strings.Join(strings.Fields(second.Comment), " ") {
		add("comment", first.Comment, second.Comment)
	}
	return list
}

// Paper is a paper that is not in the box yet.
type Paper struct {
	Receipt     string       // of its serial
	Once        bool         // keyed by one person only
	Differences []Difference // where two keyed it
}

// Keying lists the papers that were keyed and are not in the box: once only, or with
// differences to be settled. For those who key.
func (s *Service) Keying(ctx context.Context, wave string) (papers []Paper, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		a, b, err := s.load(ctx, tx, wave)
		if err != nil || b.closed != "" {
			return err
		}
		key, err := s.mixKey(wave, b.generation)
		if err != nil {
			return err
		}
		list, err := keyings(ctx, tx, key, b, "")
		if err != nil {
			return err
		}
		papers = nil
		for _, of := range list {
			p := Paper{Receipt: of[0].Hash, Once: len(of) == 1}
			if !p.Once {
				p.Differences = a.differences(of[0].ballot, of[1].ballot)
			}
			papers = append(papers, p)
		}
		return nil
	})
	slices.SortFunc(papers, func(x, y Paper) int { return cmp.Compare(x.Receipt, y.Receipt) })
	return papers, err
}
