package friends

import (
	"context"
	"errors"
	"unicode/utf8"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Held is a comment that one reader kept back or took back, and that a second has not
// seen yet: its words are still there.
type Held struct {
	Comment
	Gate   string // id of the decision
	Reason string
	By     string // who decided so; somebody else sees it again
}

// Written is how many comments patients wrote, and what became of them: of what nobody
// sees, everybody sees how much it is.
type Written struct {
	All, Shown, Held, Withheld int // the others wait for a first reader
}

// Waiting are those that nobody has read.
func (w Written) Waiting() int { return w.All - w.Shown - w.Held - w.Withheld }

// Held are the comments that wait for a second reader, in the order of random ids.
func (s *Service) Held(ctx context.Context, org string) (out []Held, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = held(ctx, tx, `c.org_id = ?`, org)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, s.scrub(ctx, org, len(out), func(i int) *Comment { return &out[i].Comment })
}

func held(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Held, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var h Held
		var month string
		var publish int
		err := rows.Scan(&h.ID, &h.Point, &month, &h.Rating, &publish, &h.Words, &h.Gate, &h.Reason, &h.By)
		h.Publish = publish == 1
		var bad error
		h.Month, bad = ParseMonth(month)
		out = append(out, h)
		return errors.Join(err, bad)
	}, `SELECT c.id, c.point_id, c.month, c.rating, c.publish, c.words, g.id, COALESCE(g.taken_back_reason, g.reason, ''), COALESCE(g.taken_back_by, g.decided_by)
		FROM friends_comment c JOIN friends_gate g ON g.comment_id = c.id WHERE c.words IS NOT NULL AND g.words IS NULL AND `+where+` ORDER BY c.id`, args...)
	return out, err
}

// Again decides a second time about a comment that is not shown: it stays so, and its
// words are deleted, or it is shown in words that the second reader gives it. Whoever
// kept it back cannot be the second. It is the gate's.
func (s *Service) Again(ctx context.Context, actor, org string, d Decision) error {
	d.Words = clean(d.Words)
	switch {
	case d.Show && d.Words == "":
		return fault.Fieldf("words", "enter the words as they are to be shown")
	case utf8.RuneCountInString(d.Words) > MaxText:
		return fault.Fieldf("words", "use at most %d letters", MaxText)
	}
	kind := "friends.comment_withheld"
	if d.Show {
		kind = "friends.comment_brought_back"
	}
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		list, err := held(ctx, tx.Tx, `c.org_id = ? AND c.id = ?`, org, d.Comment)
		if err != nil {
			return err
		}
		if len(list) != 1 {
			return fault.Errorf(fault.NotFound, "no comment %q waits for a second reader", d.Comment)
		}
		if list[0].By == actor {
			return fault.Errorf(fault.Forbidden, "you kept this comment back, so somebody else looks at it again")
		}
		tx.Detail("comment", d.Comment)
		if d.Show {
			err := tx.Amend(ctx, "friends_gate", list[0].Gate, func(row journal.Row) {
				row["shown"], row["words"], row["reason"] = 1, d.Words, nil
				row["day"], row["decided_by"] = s.today().String(), actor
				row["taken_back"], row["taken_back_by"], row["taken_back_reason"] = nil, nil, nil
			})
			if err != nil {
				return err
			}
		}
		return forgetWords(ctx, tx.Tx, d.Comment)
	})
	return err
}

func forgetWords(ctx context.Context, tx *db.Tx, comment string) error {
	_, err := tx.Exec(ctx, `UPDATE friends_comment SET words = NULL WHERE id = ?`, comment)
	return err
}

// Written counts the comments of an organisation.
func (s *Service) Written(ctx context.Context, org string) (w Written, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN g.words IS NOT NULL THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN g.id IS NOT NULL AND g.words IS NULL AND c.words IS NOT NULL THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN g.id IS NOT NULL AND g.words IS NULL AND c.words IS NULL THEN 1 ELSE 0 END), 0)
			FROM friends_comment c LEFT JOIN friends_gate g ON g.comment_id = c.id WHERE c.org_id = ?`, org).Scan(&w.All, &w.Shown, &w.Held, &w.Withheld)
	})
	return w, err
}
