package answers

import (
	"context"
	"errors"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/survey/token"
)

// Take puts a sheet into the box and returns its receipt when it is durable: the spent
// hash of the token, or of the serial, which says that it was counted and nothing of
// what. For anybody: what may answer is the token.
//
// The same token with the same sheet again, until the box is mixed, has the same
// receipt: whoever did not hear sends it again. With other answers, or after the box was
// mixed, it is a [fault.Conflict]. A sheet that is not whole, a token that is malformed
// or of another wave is [fault.Invalid], with the question as its field; a forged token
// or an unknown serial is [fault.Forbidden]; outside the days of the wave it is a
// [fault.Conflict]. A refusal changes nothing.
func (s *Service) Take(ctx context.Context, wave string, sheet Sheet) (receipt string, err error) {
	a, b, err := s.find(ctx, wave)
	if err != nil {
		return "", err
	}
	switch stage := a.stage(b, s.today()); {
	case a.terms.BroughtIn:
		return "", fault.Errorf(fault.Conflict, "wave %s was asked by others and takes no answers here", wave)
	case stage == Published:
		return "", fault.Errorf(fault.Conflict, "the survey opens on %s", a.terms.Opens)
	case stage == Closed || stage == Erased:
		return "", a.over(b)
	}
	good, err := a.check(sheet)
	if err != nil {
		return "", err
	}
	serial := ""
	switch {
	case (sheet.Token == "") == (sheet.Serial == ""):
		return "", fault.Fieldf("token", "a sheet has either a one-time pass or a serial")
	case sheet.Serial != "":
		if serial, err = CheckSerial(sheet.Serial); err != nil {
			return "", err
		}
		good.Serial, good.Hash = true, SerialReceipt(wave, serial)
	default:
		if good.Hash, err = a.verify(sheet.Token); err != nil {
			return "", err
		}
	}
	// Without a fault a ballot waits already or now does.
	return good.Hash, s.put(ctx, a, good, func(ctx context.Context, tx *db.Tx) error {
		if a.stage(b, s.today()) != Open {
			return a.over(b)
		}
		if serial != "" {
			return s.madeSerial(ctx, tx, wave, serial)
		}
		return nil
	})
}

// Check says whether a sheet could be taken but for its token or serial, for a review
// page: the same faults as [Service.Take].
func (s *Service) Check(ctx context.Context, wave string, sheet Sheet) error {
	a, _, err := s.find(ctx, wave)
	if err != nil {
		return err
	}
	_, err = a.check(sheet)
	return err
}

// over refuses an answer to a wave that is over or was given up.
func (a *asked) over(b box) error {
	if b.erased != "" && b.closed == b.erased {
		return fault.Errorf(fault.Conflict, "the survey was given up on %s, and what was answered is erased", b.erased)
	}
	return fault.Errorf(fault.Conflict, "the survey closed at the end of %s", a.terms.Closes)
}

// verify gives the spent hash of a token of this wave.
func (a *asked) verify(text string) (string, error) {
	t, err := token.Parse(text)
	if err == nil {
		err = a.key.Verify(t, a.terms.Wave)
	}
	refuse := func(kind fault.Kind, says string) (string, error) {
		return "", &fault.Error{Kind: kind, Field: "token", Message: says, Cause: err}
	}
	switch {
	case errors.Is(err, token.ErrMalformed):
		return refuse(fault.Invalid, "the one-time pass is not whole: copy all of it")
	case errors.Is(err, token.ErrWave):
		return refuse(fault.Invalid, "the one-time pass is for another survey")
	case err != nil:
		return refuse(fault.Forbidden, "the one-time pass was not signed for this survey")
	}
	return t.SpentHash(), nil
}

// put writes a ballot among what waits, durably, unless it is there already. admit is
// asked when it is not.
func (s *Service) put(ctx context.Context, a *asked, good ballot, admit func(context.Context, *db.Tx) error) error {
	s.mixing.RLock()
	defer s.mixing.RUnlock()
	return s.write(ctx, func(tx *db.Tx) error {
		return s.putIn(ctx, tx, a, good, admit)
	})
}

// write is a transaction that is run again where the same sheet came in twice at once:
// the second time it finds the first.
func (s *Service) write(ctx context.Context, fn func(tx *db.Tx) error) error {
	err := s.db.Write(ctx, fn)
	if db.IsDuplicate(err) {
		err = s.db.Write(ctx, fn)
	}
	return err
}

func (s *Service) putIn(ctx context.Context, tx *db.Tx, a *asked, good ballot, admit func(context.Context, *db.Tx) error) error {
	wave := a.terms.Wave
	b, err := boxOf(ctx, tx, wave)
	if err != nil {
		return err
	}
	if b.closed != "" {
		return a.over(b)
	}
	var n int
	err = tx.QueryRow(ctx, `SELECT 1 FROM spent WHERE hash = ? AND wave = ?`, good.Hash, wave).Scan(&n)
	if err == nil {
		return spentBefore(good)
	}
	if !errors.Is(err, db.ErrNoRows) {
		return err
	}
	// The key is that of the generation which this transaction sees: were the box mixed
	// meanwhile, the transaction would collide with the mix and be run again.
	key, err := s.mixKey(wave, b.generation)
	if err != nil {
		return err
	}
	mark := markOf(key, good.Hash)
	first, err := s.waits(ctx, tx, key, wave, mark)
	switch {
	case err == nil && first.equal(good):
		return nil
	case err == nil:
		return fault.Errorf(fault.Conflict, "%s was used already, with other answers: the first count", good.pass())
	case !errors.Is(err, db.ErrNoRows):
		return err
	}
	if err := admit(ctx, tx); err != nil {
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
	_, err = tx.Exec(ctx, `INSERT INTO waiting (id, wave, generation, mark, sealed) VALUES (?, ?, ?, ?, ?)`, id, wave, b.generation, mark, sealed)
	return err
}

// waits finds the ballot with a mark among those that wait.
func (s *Service) waits(ctx context.Context, tx *db.Tx, key []byte, wave string, mark []byte) (ballot, error) {
	var id string
	var sealed []byte
	err := tx.QueryRow(ctx, `SELECT id, sealed FROM waiting WHERE wave = ? AND mark = ?`, wave, mark).Scan(&id, &sealed)
	if err != nil {
		return ballot{}, err
	}
	text, err := unseal(key, id, sealed)
	if err != nil {
		return ballot{}, fmt.Errorf("wave %s: a waiting sheet cannot be opened: %w", wave, err)
	}
	return unpack(text)
}

func (b ballot) pass() string {
	if b.Serial {
		return "this serial"
	}
	return "this one-time pass"
}

func spentBefore(b ballot) error {
	return fault.Errorf(fault.Conflict, "%s was counted already, under the receipt %s", b.pass(), b.Hash)
}
