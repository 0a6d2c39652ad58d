package friends

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Answer is what a patient sends.
type Answer struct {
	// Nonce is the random text that the form carried: it makes the answer count once
	// however often it is sent.
	Nonce    string
	Rating   Rating
	Mode     Mode
	Language string
	Text     string // "" for none
	Publish  bool   // the patient said that the words may be published
}

// MaxText is how many letters a patient may write.
const MaxText = 2000

var noncePattern = regexp.MustCompile(`^[0-9a-f]{32}$`)

// Nonce is a new one, for a form.
func (s *Service) Nonce() string {
	b := make([]byte, 16)
	s.o.Journal.World().Bytes(b)
	return hex.EncodeToString(b)
}

// Take keeps an answer. Anybody may call it, as often as the bounds of a point allow.
// No address, agent, day or time is kept. The same nonce again changes nothing and is
// no error: somebody pressed twice.
func (s *Service) Take(ctx context.Context, code string, a Answer) error {
	p, org, err := s.Point(ctx, code)
	if err != nil {
		return err
	}
	a.Text = clean(a.Text)
	switch {
	case !p.OpenOn(s.today()):
		return fault.Errorf(fault.Conflict, "%s does not take answers now", p.Name)
	case !a.Rating.Known():
		return fault.Fieldf("rating", "choose one of the six answers")
	case !a.Mode.ByPatient() || !p.Takes(a.Mode):
		return fault.Fieldf("mode", "answers do not come to %s in the way %q", p.Name, a.Mode)
	case !slices.Contains(p.Languages, a.Language):
		return fault.Fieldf("language", "the question is not asked in the language %q here", a.Language)
	case utf8.RuneCountInString(a.Text) > MaxText:
		return fault.Fieldf("text", "use at most %d letters", MaxText)
	case !noncePattern.MatchString(a.Nonce):
		return fault.Fieldf("nonce", "the page is too old: open it again")
	}
	id := idOf(a.Nonce)
	var known bool
	err = s.read(ctx, func(tx *db.Tx) error {
		known, err = has(ctx, tx, id)
		return err
	})
	if err != nil || known {
		return err
	}
	if !s.bounds.take(p.ID, s.o.Journal.World().Now()) {
		return fault.Errorf(fault.Throttled, "%s takes no more answers this minute", p.Name)
	}
	one := arrived{point: p.ID, month: MonthOf(s.today()), id: id, Answer: a}
	err = s.o.Journal.DB().Write(ctx, func(tx *db.Tx) error { return one.write(ctx, tx, org) })
	if db.IsDuplicate(err) {
		return nil
	}
	return err
}

// idOf is the id of the answer that a form gives. Whoever sees ids cannot tell the
// nonces, and so cannot tell an answer by a page that was left open.
func idOf(nonce string) string {
	sum := sha256.Sum256([]byte("friends answer " + nonce))
	return hex.EncodeToString(sum[:16])
}

// has reports whether an answer is there, in a month that is open or in one that is
// closed.
func has(ctx context.Context, tx *db.Tx, id string) (bool, error) {
	var n int
	err := tx.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM friends_open WHERE id = ?) + (SELECT COUNT(*) FROM friends_answer WHERE id = ?)`, id, id).Scan(&n)
	return n > 0, err
}

// arrived is an answer with its place.
type arrived struct {
	point, id string
	month     Month
	Answer
}

// write keeps the answer, and what was written, under two ids of which neither gives the
// other.
func (a arrived) write(ctx context.Context, tx *db.Tx, org string) error {
	err := scatter(ctx, tx, "friends_open", a.id, []string{"org_id", "point_id", "month", "rating", "mode", "language"},
		org, a.point, a.month.String(), int(a.Rating), string(a.Mode), a.Language)
	if err != nil || a.Text == "" {
		return err
	}
	sum := sha256.Sum256([]byte("friends comment " + a.Nonce))
	return writeComment(ctx, tx, org, Comment{
		ID: hex.EncodeToString(sum[:16]), Point: a.point, Month: a.month, Rating: a.Rating, Words: a.Text, Publish: a.Publish,
	})
}

// scatter inserts a row. SQLite numbers rows as they come, which would tell the order of
// arrival until the month closes: there the number is taken from the id, which is a hash.
func scatter(ctx context.Context, tx *db.Tx, table, id string, columns []string, values ...any) error {
	columns, values = append([]string{"id"}, columns...), append([]any{id}, values...)
	if tx.Engine() == db.SQLite {
		sum := sha256.Sum256([]byte("friends place " + id))
		number := int64(binary.BigEndian.Uint64(sum[:8]) >> 2) //nolint:gosec // 62 bits
		columns, values = append(columns, "rowid"), append(values, number)
	}
	_, err := tx.Exec(ctx, `INSERT INTO `+table+` (`+strings.Join(columns, ", ")+`) VALUES (?`+strings.Repeat(", ?", len(columns)-1)+`)`, values...)
	return err
}
