package friends

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"unicode/utf8"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Comment is what a patient wrote, at the gate.
type Comment struct {
	ID      string
	Point   string // id
	Month   Month
	Rating  Rating
	Words   string // as written
	Without string // the same with names and places taken out, by machine
	Publish bool
}

// Decision is what the gate decides about a comment.
type Decision struct {
	Comment string // id
	Show    bool
	Words   string // as they are shown
	Reason  string // why it is not shown
}

// Shown is a comment that the gate let through.
type Shown struct {
	ID      string // of the decision
	Point   string // id
	Month   Month
	Rating  Rating
	Words   string
	Publish bool // the patient said that it may be published; else it is for those who run the service
}

func writeComment(ctx context.Context, tx *db.Tx, org string, c Comment) error {
	publish := 0
	if c.Publish {
		publish = 1
	}
	return scatter(ctx, tx, "friends_comment", c.ID, []string{"org_id", "point_id", "month", "rating", "publish", "sha256", "words"},
		org, c.Point, c.Month.String(), int(c.Rating), publish, c.hash(), c.Words)
}

// hash stands for the words in the record. The id salts it, so that it cannot be guessed
// from words that many write.
func (c Comment) hash() string {
	sum := sha256.Sum256([]byte(c.ID + "\n" + c.Words))
	return hex.EncodeToString(sum[:])
}

// Waiting are the comments that wait at the gate, in the order of their random ids:
// one that tells nothing.
func (s *Service) Waiting(ctx context.Context, org string) (out []Comment, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = waiting(ctx, tx, `org_id = ?`, org)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, s.scrub(ctx, org, len(out), func(i int) *Comment { return &out[i] })
}

// scrub gives each of n comments its words without names and places.
func (s *Service) scrub(ctx context.Context, org string, n int, comment func(i int) *Comment) error {
	if n == 0 {
		return nil
	}
	scrub, err := s.o.Scrubber(ctx, org)
	if err != nil {
		return err
	}
	for i := range n {
		c := comment(i)
		c.Without = scrub(c.Words)
	}
	return nil
}

func waiting(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Comment, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var c Comment
		var month string
		var publish int
		err := rows.Scan(&c.ID, &c.Point, &month, &c.Rating, &publish, &c.Words)
		if err != nil {
			return err
		}
		c.Publish = publish == 1
		c.Month, err = ParseMonth(month)
		out = append(out, c)
		return err
	}, `SELECT id, point_id, month, rating, publish, words FROM friends_comment WHERE words IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM friends_gate g WHERE g.comment_id = friends_comment.id) AND `+where+` ORDER BY id`, args...)
	return out, err
}

// Decide lets a comment through, in the words that the gate gives it, or keeps it back
// with a reason. What the patient wrote is deleted when it is shown, or when a second
// reader agrees that it is not ([Service.Again]); its hash stays. It is the gate's.
func (s *Service) Decide(ctx context.Context, actor, org string, d Decision) error {
	d.Words, d.Reason = clean(d.Words), clean(d.Reason)
	switch {
	case d.Show && d.Words == "":
		return fault.Fieldf("words", "enter the words as they are to be shown")
	case !d.Show && d.Reason == "":
		return fault.Fieldf("reason", "say why it is not shown")
	case utf8.RuneCountInString(d.Words) > MaxText || utf8.RuneCountInString(d.Reason) > MaxText:
		return fault.Fieldf("words", "use at most %d letters", MaxText)
	}
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "friends.comment_decided", Actor: actor}, func(tx *journal.Tx) error {
		list, err := waiting(ctx, tx.Tx, `org_id = ? AND id = ?`, org, d.Comment)
		if err != nil {
			return err
		}
		if len(list) != 1 {
			return fault.Errorf(fault.NotFound, "no comment %q waits: somebody has decided about it", d.Comment)
		}
		c := list[0]
		row := journal.Row{
			"id": tx.ID(), "comment_id": c.ID, "point_id": c.Point, "month": c.Month.String(), "rating": int(c.Rating), "publish": c.Publish,
			"shown": d.Show, "day": s.today().String(), "decided_by": actor,
		}
		if d.Show {
			row["words"] = d.Words
		} else {
			row["reason"] = d.Reason
		}
		if err := tx.Insert(ctx, "friends_gate", row); err != nil {
			return err
		}
		tx.Detail("comment", c.ID)
		tx.Detail("shown", d.Show)
		if !d.Show {
			return nil // one reader alone cannot make words disappear
		}
		return forgetWords(ctx, tx.Tx, c.ID)
	})
	return err
}

// TakeBack takes a comment that was shown away again, out of the record too: somebody
// is recognised in it. Its words wait for a second reader. It is the gate's.
func (s *Service) TakeBack(ctx context.Context, actor, org, id, reason string) error {
	if reason = clean(reason); reason == "" {
		return fault.Fieldf("reason", "say why it is taken back")
	}
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "friends.comment_taken_back", Actor: actor}, func(tx *journal.Tx) error {
		row, err := tx.Get(ctx, "friends_gate", id)
		if err != nil {
			return err
		}
		if row["words"] == nil {
			return fault.Errorf(fault.Conflict, "this comment is not shown")
		}
		tx.Detail("comment", row["comment_id"])
		if _, err := tx.Exec(ctx, `UPDATE friends_comment SET words = ? WHERE id = ?`, row["words"], row["comment_id"]); err != nil {
			return err
		}
		return tx.Erase(ctx, "friends_gate", id, func(row journal.Row) {
			row["words"], row["shown"] = nil, 0
			row["taken_back"], row["taken_back_by"], row["taken_back_reason"] = s.today().String(), actor, reason
		})
	})
	return err
}

// Through are the comments that the gate let through, the newest month first, and in
// each month in an order that tells nothing.
func (s *Service) Through(ctx context.Context, org string) (out []Shown, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var c Shown
			var month string
			var publish int
			err := rows.Scan(&c.ID, &c.Point, &month, &c.Rating, &publish, &c.Words)
			c.Publish = publish == 1
			var bad error
			c.Month, bad = ParseMonth(month)
			out = append(out, c)
			return errors.Join(err, bad)
		}, `SELECT id, point_id, month, rating, publish, words FROM friends_gate WHERE org_id = ? AND words IS NOT NULL
			ORDER BY month DESC, comment_id`, org)
	})
	return out, err
}
