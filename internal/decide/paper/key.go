package paper

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// keyed is one reading of one paper, sealed.
type keyed struct {
	ID, Batch, Teller string
	Paper             int
	Sealed            string
}

func (k keyed) row() journal.Row {
	return journal.Row{"id": k.ID, "batch_id": k.Batch, "paper": k.Paper, "teller": k.Teller, "ballot": k.Sealed}
}

func keyedOf(ctx context.Context, tx *db.Tx, org, batch string) (out []keyed, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var k keyed
		err := rows.Scan(&k.ID, &k.Batch, &k.Paper, &k.Teller, &k.Sealed)
		out = append(out, k)
		return err
	}, `SELECT id, batch_id, paper, teller, ballot FROM paper_keyed WHERE org_id = ? AND batch_id = ? ORDER BY paper, id`, org, batch)
	return out, err
}

// Key keeps what a teller reads on a paper. A slip of one's own may be keyed over while
// nobody else has keyed the paper. A paper that two have keyed is nobody's any more.
// The teller's of the poll.
func (s *Service) Key(ctx context.Context, actor, org, contest, code string, paper int, ballot Ballot) error {
	return s.change(ctx, "paper.keyed", actor, org, contest, Teller, func(tx *journal.Tx, c Contest) error {
		b, err := batchOf(ctx, tx.Tx, org, contest, code)
		if err != nil {
			return err
		}
		if err := b.open(Paper); err != nil {
			return err
		}
		if paper < 1 || paper > b.Papers {
			return fault.Fieldf("paper", "batch %s has no paper %d: it has %d", code, paper, b.Papers)
		}
		if err := c.Shape.Check(ballot); err != nil {
			return err
		}
		list, err := keyedOf(ctx, tx.Tx, org, b.ID)
		if err != nil {
			return err
		}
		own, others := readers(list, paper, actor)
		switch {
		case own == nil && others > 1:
			return fault.Errorf(fault.Conflict, "two tellers have keyed paper %d of batch %s: nobody keys it a third time", paper, code)
		case own != nil && others > 0:
			return fault.Errorf(fault.Conflict, "paper %d of batch %s is keyed by you and by somebody else: what you keyed stays, and if you differ the returning officer rules", paper, code)
		}
		k := keyed{ID: tx.ID(), Batch: b.ID, Paper: paper, Teller: actor}
		if own != nil {
			k.ID = own.ID
		}
		if k.Sealed, err = s.seal(tx, c.ID, ballot, place(b.ID, paper, actor)); err != nil {
			return err
		}
		tx.Detail("batch", b.ID)
		tx.Detail("paper", paper)
		if own != nil {
			return tx.Update(ctx, "paper_keyed", k.row())
		}
		if err := tx.Insert(ctx, "paper_keyed", k.row()); err != nil {
			return err
		}
		return s.settleIfDone(ctx, tx, c, b)
	})
}

// readers are a teller's own reading of a paper, nil if there is none, and how many
// others there are.
func readers(list []keyed, paper int, teller string) (own *keyed, others int) {
	for i, k := range list {
		switch {
		case k.Paper != paper:
		case k.Teller == teller:
			own = &list[i]
		default:
			others++
		}
	}
	return own, others
}

// Progress is how far the keying of a batch is. It tells nothing about votes.
type Progress struct {
	Batch
	Once, Twice int // papers that one, and that two tellers have keyed
	Differ      int // of a batch that is keyed twice: papers that are read differently
	Ruled       int // of those
	// Mine is how many papers the one who asks has keyed. Next is the next paper for
	// them, nought when there is none: the first that they have not keyed and that
	// still wants a reader.
	Mine, Next int
}

// Keyed reports whether two tellers have keyed every paper.
func (p Progress) Keyed() bool { return p.Channel == Paper && p.Twice == p.Papers }

// Batches are the batches of a contest and how far each is. The teller's and the
// returning officer's of the poll.
func (s *Service) Batches(ctx context.Context, actor, org, contest string) (out []Progress, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		c, err := s.asked(ctx, tx, org, contest, actor, Teller, ReturningOfficer)
		if err != nil {
			return err
		}
		list, err := batchesOf(ctx, tx, org, contest)
		if err != nil {
			return err
		}
		for _, b := range list {
			p, err := s.progress(ctx, tx, org, c, b, actor)
			if err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	})
	return out, err
}

// Batch is one batch by its code, and how far it is. The teller's and the returning
// officer's of the poll.
func (s *Service) Batch(ctx context.Context, actor, org, contest, code string) (p Progress, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		c, err := s.asked(ctx, tx, org, contest, actor, Teller, ReturningOfficer)
		if err != nil {
			return err
		}
		b, err := batchOf(ctx, tx, org, contest, code)
		if err != nil {
			return err
		}
		p, err = s.progress(ctx, tx, org, c, b, actor)
		return err
	})
	return p, err
}

func (s *Service) progress(ctx context.Context, tx *db.Tx, org string, c Contest, b Batch, actor string) (Progress, error) {
	p := Progress{Batch: b}
	if b.Channel == Telephone {
		return p, nil
	}
	list, err := keyedOf(ctx, tx, org, b.ID)
	if err != nil {
		return p, err
	}
	for n := 1; n <= b.Papers; n++ {
		own, others := readers(list, n, actor)
		switch readings := others; {
		case own != nil:
			p.Mine++
			if others > 0 {
				p.Twice++
			} else {
				p.Once++
			}
		case readings > 1:
			p.Twice++
		default:
			p.Once += readings
			if p.Next == 0 {
				p.Next = n
			}
		}
	}
	if !p.Keyed() {
		return p, nil
	}
	papers, err := s.papers(ctx, tx, org, c, b)
	if err != nil {
		return p, err
	}
	for _, one := range papers {
		if one.Differs() {
			p.Differ++
			if one.Ruling != nil {
				p.Ruled++
			}
		}
	}
	return p, nil
}

// Own is what a teller has keyed of a paper, nil if nothing. Their own alone: what
// somebody else keyed no method tells before the batch is keyed twice.
func (s *Service) Own(ctx context.Context, actor, org, contest, code string, paper int) (out *Ballot, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		c, err := s.asked(ctx, tx, org, contest, actor, Teller)
		if err != nil {
			return err
		}
		b, err := batchOf(ctx, tx, org, contest, code)
		if err != nil {
			return err
		}
		list, err := keyedOf(ctx, tx, org, b.ID)
		if err != nil {
			return err
		}
		own, _ := readers(list, paper, actor)
		if out = nil; own == nil {
			return nil
		}
		ballot, err := s.open(org, c, own.Sealed, place(b.ID, paper, actor))
		out = &ballot
		return err
	})
	return out, err
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
