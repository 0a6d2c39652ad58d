package paper

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// settleIfDone settles a batch once every paper has two equal readings or a ruling.
func (s *Service) settleIfDone(ctx context.Context, tx *journal.Tx, c Contest, b Batch) error {
	list, err := keyedOf(ctx, tx.Tx, tx.Org(), b.ID)
	if err != nil || len(list) < 2*b.Papers {
		return err
	}
	papers, err := s.papers(ctx, tx.Tx, tx.Org(), c, b)
	if err != nil {
		return err
	}
	for _, p := range papers {
		if _, ok := p.Ballot(); !ok {
			return nil
		}
	}
	return s.settle(ctx, tx, c, b, papers)
}

func (s *Service) settle(ctx context.Context, tx *journal.Tx, c Contest, b Batch, papers []Sheet) error {
	b.Settled, b.SettledBy, b.SHA256 = s.today().String(), tx.Actor(), hashOf(c, b, papers)
	tx.Detail("settled", b.ID)
	tx.Detail("papers", b.Papers)
	tx.Detail("sha256", b.SHA256)
	return tx.Update(ctx, "paper_batch", b.row())
}

// linesOf is the text whose SHA-256 is published: what every paper of a batch counts
// as.
func linesOf(c Contest, b Batch, papers []Sheet) string {
	var out strings.Builder
	fmt.Fprintf(&out, "commonweal/paper/1\nelection %s\nbatch %s\nchannel %s\npapers %d\nvotes %d\nsalt %s\n", c.UUID, b.Code, b.Channel, b.Papers, b.Weight, b.salt)
	for _, p := range papers {
		ballot, _ := p.Ballot()
		fmt.Fprintf(&out, "%d %s\n", p.Paper, ballot)
	}
	return out.String()
}

func hashOf(c Contest, b Batch, papers []Sheet) string {
	sum := sha256.Sum256([]byte(linesOf(c, b, papers)))
	return hex.EncodeToString(sum[:])
}

// Lines are the text of a settled batch, whose SHA-256 is public: a header with a
// salt, then number and ballot of every paper. Whoever has it can compare it with the
// papers and with the hash. It is for those who may see single votes by the rules of
// the poll, which the caller has to ask; Conflict before the batch is settled.
func (s *Service) Lines(ctx context.Context, org, contest, code string) (text string, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		c, err := s.polls.Contest(ctx, tx, org, contest)
		if err != nil {
			return err
		}
		b, err := batchOf(ctx, tx, org, contest, code)
		if err != nil {
			return err
		}
		if b.Settled == "" {
			return fault.Errorf(fault.Conflict, "batch %s is not settled yet", code)
		}
		papers, err := s.papers(ctx, tx, org, c, b)
		text = linesOf(c, b, papers)
		return err
	})
	return text, err
}

// calls are the votes of a batch of calls in the order of their hashes, which has
// nothing to do with when they came.
func (s *Service) calls(org string, c Contest, b Batch, list []keyed) ([]Sheet, error) {
	var out []Sheet
	for _, k := range list {
		ballot, err := s.open(org, c, k.Sealed, place(b.ID, k.Paper, k.Teller))
		if err != nil {
			return nil, err
		}
		out = append(out, Sheet{channel: Telephone, Read: [2]Read{{Ballot: ballot}}})
	}
	slices.SortFunc(out, func(x, y Sheet) int {
		a, b := sha256.Sum256([]byte(x.Read[0].Ballot.String())), sha256.Sum256([]byte(y.Read[0].Ballot.String()))
		return slices.Compare(a[:], b[:])
	})
	for i := range out {
		out[i].Paper = i + 1
	}
	return out, nil
}
