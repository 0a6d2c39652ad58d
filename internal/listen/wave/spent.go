package wave

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Last is whether a batch of spent tokens is the last of its wave.
type Last bool

// The answers.
const (
	MoreCome Last = false
	TheLast  Last = true
)

// Batch is one batch of hashes of spent tokens.
type Batch struct {
	Number int
	Day    law.Date
	Hashes []string // sorted
	SHA256 string   // over them, one a line
}

// batchText is what is stored of a batch and hashed: one hash a line, sorted.
func batchText(hashes []string) string { return strings.Join(hashes, "\n") + "\n" }

// SpentBatch records the hashes of tokens that were spent (SHA-256, hexadecimal), as the
// answer side shuffled them. Hashes that are in the record already are passed over. Fewer
// than ten new ones wait for the next time, but with the last. More than were issued are
// refused: whoever draws goes into the record before whoever answers.
func (s *Service) SpentBatch(ctx context.Context, org, id string, hashes []string, last Last) error {
	return s.change(ctx, System, org, "survey.tokens_spent", id, func(tx *journal.Tx, w Wave) error {
		if err := w.checkCalled(); err != nil {
			return err
		}
		if err := s.at(w, "tokens are spent while it is open and counted when it is closed", Open, Closed); err != nil {
			return err
		}
		if !w.Settled.IsZero() {
			return fault.Errorf(fault.Conflict, "survey %s is settled: its last pass is counted", w.Code)
		}
		old, err := batches(ctx, tx.Tx, org, w.ID)
		if err != nil {
			return err
		}
		known := map[string]bool{}
		for _, b := range old {
			for _, h := range b.Hashes {
				known[h] = true
			}
		}
		var fresh []string
		for _, h := range hashes {
			raw, err := hex.DecodeString(h)
			if err != nil || len(raw) != 32 || h != strings.ToLower(h) {
				return fault.Fieldf("hashes", "%.70q is no SHA-256 in hexadecimal", h)
			}
			if !known[h] {
				known[h] = true
				fresh = append(fresh, h)
			}
		}
		if len(fresh) == 0 || len(fresh) < leastBatch && last == MoreCome {
			return journal.ErrNothing
		}
		var issued int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM token_issued WHERE wave_id = ?`, w.ID).Scan(&issued); err != nil {
			return err
		}
		if len(known) > issued {
			return fault.Errorf(fault.Conflict, "survey %s: %d passes would be spent and %d are issued in the record", w.Code, len(known), issued)
		}
		slices.Sort(fresh)
		body := batchText(fresh)
		tx.Detail("batch", len(old)+1)
		tx.Detail("spent", len(fresh))
		tx.Detail("sha256", hashOf([]byte(body)))
		return tx.Insert(ctx, "spent_batch", journal.Row{
			"id": tx.ID(), "wave_id": w.ID, "number": len(old) + 1, "spent": len(fresh), "hashes": body, "sha256": hashOf([]byte(body)), "day": s.today().String(),
		})
	})
}

func batches(ctx context.Context, tx *db.Tx, org, id string) (out []Batch, err error) {
	var s scans
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var b Batch
		var on, body string
		err := rows.Scan(&b.Number, &on, &body, &b.SHA256)
		b.Day, b.Hashes = s.day(on), strings.Fields(body)
		out = append(out, b)
		return err
	}, `SELECT number, day, hashes, sha256 FROM spent_batch WHERE org_id = ? AND wave_id = ? ORDER BY number`, org, id)
	return out, errors.Join(err, s.err)
}

// Batches are the batches of a wave, which anybody may see.
func (s *Service) Batches(ctx context.Context, org, id string) (out []Batch, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = batches(ctx, tx, org, id)
		return err
	})
	return out, err
}

// Spent finds the batch that has the hash of a token; 0 for none.
func (s *Service) Spent(ctx context.Context, org, id, hash string) (int, error) {
	list, err := s.Batches(ctx, org, id)
	for _, b := range list {
		if _, found := slices.BinarySearch(b.Hashes, hash); found {
			return b.Number, nil
		}
	}
	return 0, err
}

// SlipCount is how many paper slips were given out and, once the wave is settled, how many
// answers came on slips.
type SlipCount struct {
	Given, Answers int
	Settled        bool
}

// Finding is a sentence where more answers came on slips than slips were given; "" where
// not.
func (c SlipCount) Finding() string {
	if !c.Settled || c.Answers <= c.Given {
		return ""
	}
	return fmt.Sprintf("%d answers came by slips, and %d slips are given.", c.Answers, c.Given)
}

// SlipsUsed counts the slips of a wave, from the record.
func (s *Service) SlipsUsed(ctx context.Context, org, id string) (c SlipCount, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		c = SlipCount{}
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM token_issued WHERE org_id = ? AND wave_id = ? AND way = ?`, org, id, bySlip).Scan(&c.Given); err != nil {
			return err
		}
		settled, err := journal.OpenedIn(ctx, tx, org, "survey.settled")
		if err != nil {
			return err
		}
		for _, o := range settled {
			entry, err := o.Content()
			if err != nil {
				return err
			}
			if entry.Detail["wave"] == id {
				c.Settled, c.Answers = true, number(entry, "by_slips")
			}
		}
		return nil
	})
	return c, err
}

// Settle ends the counting of a closed wave: it records the last draws and how many
// answers came, and by slips of how many of them, and destroys the private key. Again it
// does nothing.
func (s *Service) Settle(ctx context.Context, org, id string, answers, bySlips int) error {
	err := s.change(ctx, System, org, "survey.settled", id, func(tx *journal.Tx, w Wave) error {
		if !w.Settled.IsZero() {
			return journal.ErrNothing
		}
		if err := w.checkCalled(); err != nil {
			return err
		}
		if err := s.at(w, "it is settled after its last day", Closed); err != nil {
			return err
		}
		if _, err := s.recordDraws(ctx, tx, w); err != nil {
			return err
		}
		w.Settled, w.Answers = s.today(), answers
		tx.Detail("answers", answers)
		tx.Detail("by_slips", bySlips)
		if err := s.forgetKey(ctx, tx.Tx, w); err != nil {
			return err
		}
		return w.update(ctx, tx)
	})
	if err == nil {
		s.opened.drop(id)
	}
	return err
}
