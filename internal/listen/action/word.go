package action

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Says is what a member says of an action.
type Says string

// What members can say.
const (
	Helped Says = "helped"
	NotYet Says = "not_yet"
	Didnt  Says = "did_not_happen"
)

// LeastWords is how many members must have answered before counts are shown.
const LeastWords = 10

// Member is the actor in the record where a member says something of an action: the
// record does not name who.
const Member = "member"

// Word is what one member says of an action.
type Word struct {
	Says Says
	Text string // "" for nothing more; for the lead and the owner only
}

// Tally is what members say of an action in sum, to the nearest five. It is the zero
// Tally where fewer than [LeastWords] answered: nobody and nine look the same.
type Tally struct {
	Shown                     bool
	Helped, NotYet, Didnt, Of int
}

// tallyOf adds up. Each count is rounded by itself, so they need not add up to Of: what
// one more answer was cannot be told from two pages of the same day.
func tallyOf(words []Word) (t Tally) {
	if len(words) < LeastWords {
		return t
	}
	count := map[Says]int{}
	for _, w := range words {
		count[w.Says]++
	}
	return Tally{Shown: true, Helped: five(count[Helped]), NotYet: five(count[NotYet]), Didnt: five(count[Didnt]), Of: five(len(words))}
}

func five(n int) int { return (n + 2) / 5 * 5 }

func (w *Word) check() error {
	w.Text = clean(w.Text)
	switch {
	case w.Says != Helped && w.Says != NotYet && w.Says != Didnt:
		return fault.Fieldf("says", "choose what you say of it")
	case longer(w.Text, maxWords):
		return fault.Fieldf("words", "use at most %d letters", maxWords)
	}
	return nil
}

// Say records what a member says of an action: once, and again to change it. The
// record does not name the person.
func (s *Service) Say(ctx context.Context, org, person, id string, w Word) error {
	if err := w.check(); err != nil {
		return err
	}
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "action.said", Actor: Member}, func(tx *journal.Tx) error {
		if _, err := oneAction(ctx, tx.Tx, org, id); err != nil {
			return err
		}
		mark := s.markOf(id, person)
		row, sealed, err := rowOf(ctx, tx.Tx, org, id, mark)
		if err != nil {
			return err
		}
		if row != "" {
			old, err := s.openWord(sealed, mark)
			if err != nil {
				return err
			}
			if old == w {
				return journal.ErrNothing
			}
		}
		if sealed, err = s.sealWord(w, mark); err != nil {
			return err
		}
		tx.Detail("action", id)
		if row == "" {
			return tx.Insert(ctx, "action_word", journal.Row{"id": tx.ID(), "action_id": id, "mark": mark, "sealed": sealed})
		}
		return tx.Amend(ctx, "action_word", row, func(r journal.Row) { r["sealed"], r["erased"] = sealed, nil })
	})
	return err
}

// Said is what somebody themselves said of an action; ok is false where they have not.
func (s *Service) Said(ctx context.Context, org, person, id string) (w Word, ok bool, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		mark := s.markOf(id, person)
		row, sealed, err := rowOf(ctx, tx, org, id, mark)
		if err != nil || row == "" {
			return err
		}
		ok = true
		w, err = s.openWord(sealed, mark)
		return err
	})
	return w, ok, err
}

// Texts are what members wrote of an action, by the alphabet: an order that tells
// nothing of who wrote when. They are for the engagement lead, directors and the owner.
func (s *Service) Texts(ctx context.Context, org, id string) (out []string, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		words, err := s.words(ctx, tx, org, id)
		for _, w := range words[id] {
			if w.Text != "" {
				out = append(out, w.Text)
			}
		}
		return err
	})
	slices.Sort(out)
	return out, err
}

// Forget takes the words that somebody wrote of actions away, as part of erasing them.
// What they said in sum stays.
func (s *Service) Forget(ctx context.Context, tx *journal.Tx, person string) error {
	all, err := actions(ctx, tx.Tx, tx.Org(), "")
	if err != nil {
		return err
	}
	for _, a := range all {
		mark := s.markOf(a.ID, person)
		row, sealed, err := rowOf(ctx, tx.Tx, tx.Org(), a.ID, mark)
		if err != nil {
			return err
		}
		if row == "" {
			continue
		}
		w, err := s.openWord(sealed, mark)
		if err != nil {
			return err
		}
		w.Text = ""
		if sealed, err = s.sealWord(w, mark); err != nil {
			return err
		}
		err = tx.Erase(ctx, "action_word", row, func(r journal.Row) { r["sealed"], r["erased"] = sealed, tx.At() })
		if err != nil {
			return err
		}
	}
	return nil
}

// markOf stands for a person in what is said of one action. Without the key nobody can
// work it out from a list of people, and two actions have two marks of one person.
func (s *Service) markOf(action, person string) string {
	h := hmac.New(sha256.New, s.mark)
	h.Write([]byte(action + "\n" + person))
	return hex.EncodeToString(h.Sum(nil))
}

// sealWord seals what somebody says, to their mark, so that it cannot be moved to
// another's. Its length tells the length of what was written to 256 letters.
func (s *Service) sealWord(w Word, mark string) (string, error) {
	text, err := json.Marshal(w)
	if err != nil {
		return "", err
	}
	const block = 256
	for len(text)%block != 0 {
		text = append(text, ' ')
	}
	nonce := make([]byte, s.seal.NonceSize())
	s.o.Journal.World().Bytes(nonce)
	return base64.StdEncoding.EncodeToString(s.seal.Seal(nonce, nonce, text, []byte(mark))), nil
}

func (s *Service) openWord(sealed, mark string) (w Word, err error) {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(raw) < s.seal.NonceSize() {
		return w, fmt.Errorf("what a member said of an action is not what was sealed here")
	}
	text, err := s.seal.Open(nil, raw[:s.seal.NonceSize()], raw[s.seal.NonceSize():], []byte(mark))
	if err != nil {
		return w, fmt.Errorf("what a member said of an action is not what was sealed here: %w", err)
	}
	return w, json.Unmarshal(text, &w)
}

func rowOf(ctx context.Context, tx *db.Tx, org, action, mark string) (id, sealed string, err error) {
	err = tx.QueryRow(ctx, `SELECT id, sealed FROM action_word WHERE org_id = ? AND action_id = ? AND mark = ?`, org, action, mark).Scan(&id, &sealed)
	if errors.Is(err, db.ErrNoRows) {
		return "", "", nil
	}
	return id, sealed, err
}

// words are what all members said, by action; of all actions where id is "".
func (s *Service) words(ctx context.Context, tx *db.Tx, org, id string) (map[string][]Word, error) {
	out := map[string][]Word{}
	where, args := `org_id = ?`, []any{org}
	if id != "" {
		where, args = where+` AND action_id = ?`, append(args, id)
	}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var action, mark, sealed string
		if err := rows.Scan(&action, &mark, &sealed); err != nil {
			return err
		}
		w, err := s.openWord(sealed, mark)
		out[action] = append(out[action], w)
		return err
	}, `SELECT action_id, mark, sealed FROM action_word WHERE `+where, args...)
	return out, err
}

func (s *Service) tallies(ctx context.Context, tx *db.Tx, org, id string) (map[string]Tally, error) {
	words, err := s.words(ctx, tx, org, id)
	out := map[string]Tally{}
	for action, list := range words {
		out[action] = tallyOf(list)
	}
	return out, err
}
