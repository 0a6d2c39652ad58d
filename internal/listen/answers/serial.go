package answers

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// A serial is twelve letters of chance, 59 bits, and two check letters, in groups of
// four. The alphabet leaves out what is misread (I, L, O, 0, 1), and has 31 letters: a
// prime, so that the check letters, two sums with different weights, find every one or
// two wrong letters and every two that changed places.
const (
	serialLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	serialChance  = 12
	serialLength  = serialChance + 2

	// maxSerials is how many are made at once: more than any organisation prints.
	maxSerials = 100_000
)

// checkLetters are the two that follow the letters of chance.
func checkLetters(values []int) (first, second int) {
	const p = len(serialLetters)
	for i, v := range values {
		first = (first + v*(i+1)) % p
		second = (second + v*(i+1)*(i+1)) % p
	}
	return first, second
}

func printed(letters string) string {
	var out strings.Builder
	for i, c := range letters {
		if i > 0 && i%4 == 0 {
			out.WriteByte('-')
		}
		out.WriteRune(c)
	}
	return out.String()
}

// CheckSerial says whether a serial has its check letters right, without asking any
// box: it gives the serial as it is printed. Small letters, blanks and hyphens do not
// matter.
func CheckSerial(text string) (string, error) {
	if len(text) > 4*serialLength {
		return "", fault.Fieldf("serial", "a serial has %d letters", serialLength)
	}
	text = strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\t", "", "\u00a0", "").Replace(text))
	if len(text) != serialLength {
		return "", fault.Fieldf("serial", "a serial has %d letters and figures, not %d", serialLength, len(text))
	}
	values := make([]int, 0, serialLength)
	for _, c := range []byte(text) {
		v := strings.IndexByte(serialLetters, c)
		if v < 0 {
			return "", fault.Fieldf("serial", "no serial has the letter %q", rune(c))
		}
		values = append(values, v)
	}
	first, second := checkLetters(values[:serialChance])
	if values[serialChance] != first || values[serialChance+1] != second {
		return "", fault.Fieldf("serial", "the serial has a letter wrong: look at it again")
	}
	return printed(text), nil
}

// newSerial makes one from chance, each letter as likely as any other.
func (s *Service) newSerial() string {
	values := make([]int, 0, serialChance)
	for len(values) < serialChance {
		var b [1]byte
		s.world.Bytes(b[:])
		if int(b[0]) < 8*len(serialLetters) {
			values = append(values, int(b[0])%len(serialLetters))
		}
	}
	first, second := checkLetters(values)
	letters := make([]byte, 0, serialLength)
	for _, v := range append(values, first, second) {
		letters = append(letters, serialLetters[v])
	}
	return printed(string(letters))
}

// MakeSerials makes n serials for slips and papers of a wave and returns them in a random
// order; the answer side keeps a keyed hash of each. For the register side, which prints
// and does not keep them. Until [Service.HandedOut] says that somebody has them they are
// also kept sealed: see [Service.Unprinted].
func (s *Service) MakeSerials(ctx context.Context, wave string, n int) ([]string, error) {
	if n < 1 || n > maxSerials {
		return nil, fault.Fieldf("n", "%d serials: 1 to %d are made at once", n, maxSerials)
	}
	serials := make([]string, n)
	for i := range serials {
		serials[i] = s.newSerial()
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		a, b, err := s.load(ctx, tx, wave)
		if err != nil {
			return err
		}
		if stage := a.stage(b, s.today()); a.terms.BroughtIn || stage == Closed || stage == Erased {
			return fault.Errorf(fault.Conflict, "wave %s takes no more answers", wave)
		}
		key, err := s.held(wave)
		if err != nil {
			return err
		}
		rows := make([][]any, 0, n)
		for _, serial := range serials {
			rows = append(rows, []any{serialMark(key, serial), wave})
		}
		if err := insert(ctx, tx, `INSERT INTO serial (mark, wave)`, rows); err != nil {
			return err
		}
		id := s.randomID()
		sealed, err := s.seal(key, id, []byte(strings.Join(serials, "\n")))
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO stack (id, wave, sealed) VALUES (?, ?, ?)`, id, wave, sealed); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE wave SET serials = serials + ? WHERE id = ?`, n, wave)
		return err
	})
	if err != nil {
		return nil, err
	}
	return serials, nil
}

// Unprinted are the serials of stacks that were made and that nobody has in hand: the
// program was killed between. For the register side.
func (s *Service) Unprinted(ctx context.Context, wave string) (stacks [][]string, err error) {
	key, err := s.held(wave)
	if err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		stacks = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var id string
			var sealed []byte
			if err := rows.Scan(&id, &sealed); err != nil {
				return err
			}
			// Sealed under a key file that was lost, its serials let nobody in.
			if text, err := unseal(key, id, sealed); err == nil {
				stacks = append(stacks, strings.Split(string(text), "\n"))
			}
			return nil
		}, `SELECT id, sealed FROM stack WHERE wave = ? ORDER BY id`, wave)
	})
	return stacks, err
}

// HandedOut says that whoever asked for them has the serials of all stacks that were made
// in hand: nothing but their keyed hashes is kept. For the register side.
func (s *Service) HandedOut(ctx context.Context, wave string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM stack WHERE wave = ?`, wave)
		return err
	})
}

// held is the key that a wave has until its close.
func (s *Service) held(wave string) ([]byte, error) {
	key, ok, err := s.keys.get(heldKey(wave))
	if err == nil && !ok {
		err = fault.Errorf(fault.Internal, "the key file of the answers has no key of wave %s", wave)
	}
	return key, err
}

func serialMark(key []byte, serial string) string {
	h := hmac.New(sha256.New, derived(key, "serial"))
	_, _ = h.Write([]byte(serial))
	return hex.EncodeToString(h.Sum(nil))
}

// SerialReceipt is the spent hash of a serial as printed.
func SerialReceipt(wave, serial string) string {
	sum := sha256.Sum256([]byte("commonweal spent serial 1\x00" + wave + "\x00" + serial))
	return hex.EncodeToString(sum[:])
}

// madeSerial refuses a serial that was not made for the wave.
func (s *Service) madeSerial(ctx context.Context, tx *db.Tx, wave, serial string) error {
	key, err := s.held(wave)
	if err != nil {
		return err
	}
	var n int
	err = tx.QueryRow(ctx, `SELECT 1 FROM serial WHERE mark = ? AND wave = ?`, serialMark(key, serial), wave).Scan(&n)
	if errors.Is(err, db.ErrNoRows) {
		return &fault.Error{Kind: fault.Forbidden, Field: "serial", Message: "no slip of this survey has the serial " + serial}
	}
	return err
}
