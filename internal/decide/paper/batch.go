package paper

import (
	"context"
	"database/sql"
	"encoding/hex"
	"regexp"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Batch is a pile of papers, numbered from 1.
type Batch struct {
	ID, Contest string
	Channel     Channel
	Code        string // written on the pile
	Papers      int    // of telephone nought until the batch is settled
	Weight      int    // votes of each paper
	Made        string // day
	MadeBy      string
	Settled     string // day; empty before
	SettledBy   string
	SHA256      string // of the lines, once it is settled

	salt string // goes into the hash, so that a small batch cannot be guessed from it
}

func (b Batch) row() journal.Row {
	row := journal.Row{
		"id": b.ID, "contest_id": b.Contest, "channel": b.Channel, "code": b.Code, "papers": b.Papers, "weight": b.Weight, "salt": b.salt,
		"made": b.Made, "made_by": b.MadeBy,
	}
	if b.Settled != "" {
		row["settled"], row["settled_by"], row["sha256"] = b.Settled, b.SettledBy, b.SHA256
	}
	return row
}

func batches(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Batch, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var b Batch
		var settled, by, sum sql.NullString
		err := rows.Scan(&b.ID, &b.Contest, &b.Channel, &b.Code, &b.Papers, &b.Weight, &b.salt, &b.Made, &b.MadeBy, &settled, &by, &sum)
		b.Settled, b.SettledBy, b.SHA256 = settled.String, by.String, sum.String
		out = append(out, b)
		return err
	}, `SELECT id, contest_id, channel, code, papers, weight, salt, made, made_by, settled, settled_by, sha256 FROM paper_batch WHERE org_id = ? AND `+where, args...)
	return out, err
}

func batchesOf(ctx context.Context, tx *db.Tx, org, contest string) ([]Batch, error) {
	return batches(ctx, tx, `contest_id = ? ORDER BY channel, code`, org, contest)
}

// batchOf finds a batch of a contest by its code.
func batchOf(ctx context.Context, tx *db.Tx, org, contest, code string) (Batch, error) {
	list, err := batches(ctx, tx, `contest_id = ? AND code = ?`, org, contest, code)
	if err == nil && len(list) == 0 {
		err = fault.Errorf(fault.NotFound, "there is no batch %.20q", code)
	}
	if err != nil {
		return Batch{}, err
	}
	return list[0], nil
}

const maxPapers = 500

var (
	codeForm = regexp.MustCompile(`^[A-Z0-9]+(-[A-Z0-9]+)*$`)
	// callsForm is kept for the batches into which votes by telephone go.
	callsForm = regexp.MustCompile(`^TEL[0-9]+$`)
)

// MakeBatch begins a batch of papers that were parted from their envelopes. It is
// refused before the close, and when there would be more papers in batches than
// envelopes were received. The teller's of the poll.
func (s *Service) MakeBatch(ctx context.Context, actor, org, contest, code string, papers, weight int) (b Batch, err error) {
	err = s.change(ctx, "paper.batch_made", actor, org, contest, Teller, func(tx *journal.Tx, c Contest) error {
		switch {
		case !codeForm.MatchString(code) || len(code) > 12 || callsForm.MatchString(code):
			return fault.Fieldf("code", "the code %.20q is not up to 12 capital letters and digits, such as A1", code)
		case weight < 1 || weight > 1 && !c.Shape.Weighted:
			return fault.Fieldf("weight", "no paper of contest %s has %d votes", c.Code, weight)
		}
		if err := c.has(Paper); err != nil {
			return err
		}
		if err := c.closedAt(s.now(), "papers are put in batches"); err != nil {
			return err
		}
		others, err := batchesOf(ctx, tx.Tx, org, contest)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(others, func(o Batch) bool { return o.Code == code }) {
			return fault.Fieldf("code", "there is a batch %s already", code)
		}
		salt := make([]byte, 16)
		s.journal.World().Bytes(salt)
		b = Batch{
			ID: tx.ID(), Contest: contest, Channel: Paper, Code: code, Papers: papers, Weight: weight, Made: s.today().String(), MadeBy: actor,
			salt: hex.EncodeToString(salt),
		}
		if err := s.fits(ctx, tx.Tx, org, c, b); err != nil {
			return err
		}
		tx.Detail("batch", b.ID)
		tx.Detail("papers", papers)
		return tx.Insert(ctx, "paper_batch", b.row())
	})
	return b, err
}

// fits refuses a number of papers for a batch that cannot be.
func (s *Service) fits(ctx context.Context, tx *db.Tx, org string, c Contest, b Batch) error {
	if b.Papers < 1 || b.Papers > maxPapers {
		return fault.Fieldf("papers", "a batch of %d papers is not between 1 and %d", b.Papers, maxPapers)
	}
	if err := s.unsigned(ctx, tx, org, c, b.Channel); err != nil {
		return err
	}
	t, err := s.tallyOf(ctx, tx, org, c, b.Channel)
	if err != nil {
		return err
	}
	list, err := batchesOf(ctx, tx, org, c.ID)
	if err != nil {
		return err
	}
	others := 0
	for _, o := range list {
		if o.Channel == b.Channel && o.Weight == b.Weight && o.ID != b.ID {
			others += o.Papers
		}
	}
	if received := t.received[b.Weight]; others+b.Papers > received {
		return fault.Fieldf("papers", "%d envelopes to be counted were received%s, and with this batch there would be %d papers: enter every envelope first, or count the papers again",
			received, ofWeight(c, b.Weight), others+b.Papers)
	}
	return nil
}

func ofWeight(c Contest, weight int) string {
	if !c.Shape.Weighted {
		return ""
	}
	return " from voters with " + plural(weight, "vote", "votes")
}

// Resize puts the number of papers in a batch right, before it is settled. A batch of
// nought goes. What was keyed of papers that there are not is not thrown away: then
// the number stays. The teller's of the poll.
func (s *Service) Resize(ctx context.Context, actor, org, contest, code string, papers int) error {
	return s.change(ctx, "paper.batch_resized", actor, org, contest, Teller, func(tx *journal.Tx, c Contest) error {
		b, err := batchOf(ctx, tx.Tx, org, contest, code)
		if err != nil {
			return err
		}
		if err := b.open(Paper); err != nil {
			return err
		}
		list, err := keyedOf(ctx, tx.Tx, org, b.ID)
		if err != nil {
			return err
		}
		for _, k := range list {
			if k.Paper > papers {
				return fault.Fieldf("papers", "paper %d of batch %s was keyed already, so there are at least as many", k.Paper, code)
			}
		}
		tx.Detail("batch", b.ID)
		tx.Detail("papers", papers)
		if papers == 0 {
			return tx.Delete(ctx, "paper_batch", b.ID)
		}
		b.Papers = papers
		if err := s.fits(ctx, tx.Tx, org, c, b); err != nil {
			return err
		}
		if err := tx.Update(ctx, "paper_batch", b.row()); err != nil {
			return err
		}
		return s.settleIfDone(ctx, tx, c, b)
	})
}

// open refuses a change to a batch that is settled, or not of a channel.
func (b Batch) open(by Channel) error {
	switch {
	case b.Settled != "":
		return fault.Errorf(fault.Conflict, "batch %s was settled on %s: nothing in it changes", b.Code, b.Settled)
	case b.Channel != by:
		return fault.Errorf(fault.Conflict, "the votes in batch %s did not come %s", b.Code, by.Title())
	}
	return nil
}
