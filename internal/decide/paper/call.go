package paper

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// TakeCall enters a vote by telephone, while the contest is open, once the caller has
// heard it read back and said that it is right. In one change the voter is marked and
// the vote kept, sealed, among the others. A caller whose vote had come before is
// refused. The teller's of the poll.
func (s *Service) TakeCall(ctx context.Context, actor, org, contest string, voter int, ballot Ballot) error {
	return s.change(ctx, "vote.telephoned", actor, org, contest, Teller, func(tx *journal.Tx, c Contest) error {
		if err := c.has(Telephone); err != nil {
			return err
		}
		if err := s.unsigned(ctx, tx.Tx, org, c, Telephone); err != nil {
			return err
		}
		if !ballot.Counts() {
			return fault.Fieldf("ballot", "a caller who says nothing that can be counted has not voted")
		}
		if err := c.Shape.Check(ballot); err != nil {
			return err
		}
		m, err := s.book.Receive(ctx, tx, contest, voter, Telephone, false)
		if err != nil {
			return err
		}
		if !c.Shape.Weighted {
			m.Weight = 1
		}
		b, err := s.callsBatch(ctx, tx, c, m.Weight)
		if err != nil {
			return err
		}
		if err := b.open(Telephone); err != nil {
			return err
		}
		list, err := keyedOf(ctx, tx.Tx, org, b.ID)
		if err != nil {
			return err
		}
		k := keyed{ID: hex.EncodeToString(s.chance(16)), Batch: b.ID, Paper: s.freeNumber(list), Teller: actor}
		if k.Sealed, err = s.seal(tx, c.ID, ballot, place(b.ID, k.Paper, actor)); err != nil {
			return err
		}
		return tx.Insert(ctx, "paper_keyed", k.row())
	})
}

func (s *Service) chance(n int) []byte {
	out := make([]byte, n)
	s.journal.World().Bytes(out)
	return out
}

// freeNumber draws the number of a call. It and the id are drawn, so that the table
// does not tell the order in which calls came.
func (s *Service) freeNumber(list []keyed) int {
	for {
		n := int(binary.BigEndian.Uint32(s.chance(4))>>2) + 1
		if !slices.ContainsFunc(list, func(k keyed) bool { return k.Paper == n }) {
			return n
		}
	}
}

// callsBatch finds the batch into which votes of a weight go, or begins it.
func (s *Service) callsBatch(ctx context.Context, tx *journal.Tx, c Contest, weight int) (Batch, error) {
	list, err := batches(ctx, tx.Tx, `contest_id = ? AND channel = ? AND weight = ?`, tx.Org(), c.ID, Telephone, weight)
	if err != nil {
		return Batch{}, err
	}
	if len(list) > 0 {
		return list[0], nil
	}
	b := Batch{
		ID: tx.ID(), Contest: c.ID, Channel: Telephone, Code: fmt.Sprintf("TEL%d", weight), Weight: weight, Made: s.today().String(), MadeBy: tx.Actor(),
		salt: hex.EncodeToString(s.chance(16)),
	}
	return b, tx.Insert(ctx, "paper_batch", b.row())
}

// EndCalls settles the votes by telephone, after the close. The returning officer's
// of the poll.
func (s *Service) EndCalls(ctx context.Context, actor, org, contest string) error {
	return s.change(ctx, "paper.calls_ended", actor, org, contest, ReturningOfficer, func(tx *journal.Tx, c Contest) error {
		if err := c.has(Telephone); err != nil {
			return err
		}
		if err := c.closedAt(s.now(), "votes by telephone are settled"); err != nil {
			return err
		}
		list, err := batches(ctx, tx.Tx, `contest_id = ? AND channel = ? AND settled IS NULL ORDER BY code`, org, contest, Telephone)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return journal.ErrNothing
		}
		for _, b := range list {
			votes, err := s.papers(ctx, tx.Tx, org, c, b)
			if err != nil {
				return err
			}
			b.Papers = len(votes)
			if err := s.settle(ctx, tx, c, b, votes); err != nil {
				return err
			}
		}
		return nil
	})
}
