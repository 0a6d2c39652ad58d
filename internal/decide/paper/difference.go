package paper

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Read is what one teller read on a paper.
type Read struct {
	Teller string
	Ballot Ballot
}

// Ruled says what a ruling follows.
type Ruled string

// The sorts of ruling.
const (
	AsKeyed   Ruled = "as-keyed"  // one of the two readings
	Corrected Ruled = "corrected" // neither
	NoVote    Ruled = "spoilt"    // nothing can be read from the paper
)

// Ruling is what the returning officer decided about a paper that was read
// differently.
type Ruling struct {
	Ruled  Ruled
	Ballot Ballot
	By     string
	Reason string
}

// Sheet is a paper of a batch that is keyed.
type Sheet struct {
	Paper   int
	Read    [2]Read // of telephone the first alone
	Ruling  *Ruling // nil before, and where none is wanted
	channel Channel
}

// Differs reports whether the two tellers read the paper differently.
func (p Sheet) Differs() bool {
	return p.channel == Paper && p.Read[0].Ballot.String() != p.Read[1].Ballot.String()
}

// Ballot is what the paper counts as, if that is settled.
func (p Sheet) Ballot() (Ballot, bool) {
	switch {
	case !p.Differs():
		return p.Read[0].Ballot, true
	case p.Ruling != nil:
		return p.Ruling.Ballot, true
	}
	return Ballot{}, false
}

// papers opens the papers of a batch all of which two tellers have keyed, or that is
// one of calls. Nothing else in this package opens what more than one teller read.
func (s *Service) papers(ctx context.Context, tx *db.Tx, org string, c Contest, b Batch) ([]Sheet, error) {
	list, err := keyedOf(ctx, tx, org, b.ID)
	if err != nil {
		return nil, err
	}
	if b.Channel == Telephone {
		return s.calls(org, c, b, list)
	}
	out := make([]Sheet, b.Papers)
	seen := make([]int, b.Papers)
	for i := range out {
		out[i] = Sheet{Paper: i + 1, channel: b.Channel}
	}
	for _, k := range list {
		if k.Paper < 1 || k.Paper > b.Papers || seen[k.Paper-1] == 2 {
			return nil, fmt.Errorf("batch %s: paper %d is not there, or was keyed more than twice", b.Code, k.Paper)
		}
		seen[k.Paper-1]++
	}
	for i, n := range seen {
		if n != 2 {
			return nil, fault.Errorf(fault.Conflict, "batch %s is not keyed by two tellers yet: paper %d is not. Until it is, nobody sees what was keyed", b.Code, i+1)
		}
	}
	at := make([]int, b.Papers)
	for _, k := range list {
		ballot, err := s.open(org, c, k.Sealed, place(b.ID, k.Paper, k.Teller))
		if err != nil {
			return nil, err
		}
		out[k.Paper-1].Read[at[k.Paper-1]] = Read{k.Teller, ballot}
		at[k.Paper-1]++
	}
	return out, s.rulings(ctx, tx, org, c, b, out)
}

// rulings puts what was ruled to the papers.
func (s *Service) rulings(ctx context.Context, tx *db.Tx, org string, c Contest, b Batch, papers []Sheet) error {
	return tx.Each(ctx, func(rows *db.Rows) error {
		var paper int
		var sealed string
		var r Ruling
		if err := rows.Scan(&paper, &r.Ruled, &sealed, &r.By, &r.Reason); err != nil {
			return err
		}
		if paper < 1 || paper > len(papers) {
			return fmt.Errorf("batch %s has a ruling on paper %d, which is not there", b.Code, paper)
		}
		var err error
		r.Ballot, err = s.open(org, c, sealed, place(b.ID, paper, "ruling"))
		papers[paper-1].Ruling = &r
		return err
	}, `SELECT paper, ruling, ballot, ruled_by, reason FROM paper_ruling WHERE org_id = ? AND batch_id = ? ORDER BY paper`, org, b.ID)
}

// Differences are the papers of a batch that two tellers read differently, with what
// was ruled. It is Conflict until both have keyed the whole batch. The teller's and
// the returning officer's of the poll.
func (s *Service) Differences(ctx context.Context, actor, org, contest, code string) (out []Sheet, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		c, err := s.asked(ctx, tx, org, contest, actor, Teller, ReturningOfficer)
		if err != nil {
			return err
		}
		b, err := batchOf(ctx, tx, org, contest, code)
		if err != nil {
			return err
		}
		papers, err := s.papers(ctx, tx, org, c, b)
		for _, p := range papers {
			if p.Differs() {
				out = append(out, p)
			}
		}
		return err
	})
	return out, err
}

// Rule decides what a paper counts as that two tellers read differently, having looked
// at it. Papers that are read the same are not ruled on. The last ruling settles the
// batch. The returning officer's of the poll.
func (s *Service) Rule(ctx context.Context, actor, org, contest, code string, paper int, ballot Ballot, reason string) error {
	return s.change(ctx, "paper.ruled", actor, org, contest, ReturningOfficer, func(tx *journal.Tx, c Contest) error {
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
		papers, err := s.papers(ctx, tx.Tx, org, c, b)
		if err != nil {
			return err
		}
		p := papers[paper-1]
		switch {
		case !p.Differs():
			return fault.Errorf(fault.Conflict, "paper %d of batch %s is read the same by both tellers: there is nothing to rule on", paper, code)
		case p.Ruling != nil:
			return fault.Errorf(fault.Conflict, "paper %d of batch %s is ruled on already", paper, code)
		case p.Read[0].Teller == actor || p.Read[1].Teller == actor:
			return fault.Errorf(fault.Forbidden, "whoever has keyed paper %d of batch %s does not rule on it", paper, code)
		}
		if err := saysWhy(reason); err != nil {
			return err
		}
		if err := c.Shape.Check(ballot); err != nil {
			return err
		}
		sealed, err := s.seal(tx, c.ID, ballot, place(b.ID, paper, "ruling"))
		if err != nil {
			return err
		}
		tx.Detail("batch", b.ID)
		tx.Detail("paper", paper)
		err = tx.Insert(ctx, "paper_ruling", journal.Row{
			"id": tx.ID(), "batch_id": b.ID, "paper": paper, "ruling": p.sort(ballot), "ballot": sealed, "ruled_by": actor, "reason": reason,
		})
		if err != nil {
			return err
		}
		return s.settleIfDone(ctx, tx, c, b)
	})
}

// sort is what kind of ruling a ballot is for a paper.
func (p Sheet) sort(b Ballot) Ruled {
	switch text := b.String(); {
	case text == p.Read[0].Ballot.String() || text == p.Read[1].Ballot.String():
		return AsKeyed
	case !b.Counts():
		return NoVote
	}
	return Corrected
}
