package paper

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Count is what the returning officer counts of a channel and nobody here can know.
type Count struct {
	Issued int // papers given out, those given in place of others too; or calls begun
	// HandedBack is how many papers were handed back spoilt, and others given for
	// them; or calls in which no vote could be taken.
	HandedBack  int
	NotReturned int // papers that did not come back; or calls that ended without a vote
}

// Figures are the reckoning of a channel: Issued = Returned + Spoilt + Disqualified +
// NotReturned.
type Figures struct {
	Channel                                             Channel
	Issued, Returned, Spoilt, Disqualified, NotReturned int
	Papers                                              int    // in batches that are settled: as many as were returned
	Rejected                                            int    // of those, on which no vote could be read
	Open                                                int    // batches that are not settled
	Signed                                              string // day; empty before
	SignedBy                                            string
}

// tally is what pollbook and batches say of a channel.
type tally struct {
	received map[int]int // to be counted, by weight
	returned int         // all of them
	spoilt, disqualified,
	papers, rejected, open int
	batched map[int]int // papers in settled batches, by weight
}

func (s *Service) tallyOf(ctx context.Context, tx *db.Tx, org string, c Contest, by Channel) (t tally, err error) {
	t = tally{received: map[int]int{}, batched: map[int]int{}}
	marks, err := s.book.Marks(ctx, tx, org, c.ID, by)
	if err != nil {
		return t, err
	}
	for _, m := range marks {
		switch m.State {
		case Disqualified:
			t.disqualified++
		case Spoilt:
			t.spoilt++
		default:
			weight := 1
			if c.Shape.Weighted {
				weight = m.Weight
			}
			t.received[weight]++
			t.returned++
		}
	}
	list, err := batches(ctx, tx, `contest_id = ? AND channel = ?`, org, c.ID, by)
	if err != nil {
		return t, err
	}
	for _, b := range list {
		if b.Settled == "" {
			t.open++
			continue
		}
		papers, err := s.papers(ctx, tx, org, c, b)
		if err != nil {
			return t, err
		}
		t.papers += len(papers)
		t.batched[b.Weight] += len(papers)
		for _, p := range papers {
			if ballot, _ := p.Ballot(); !ballot.Counts() {
				t.rejected++
			}
		}
	}
	return t, nil
}

// Figures are what is known of a channel, with what was signed. The teller's and the
// returning officer's of the poll.
func (s *Service) Figures(ctx context.Context, actor, org, contest string, by Channel) (f Figures, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		c, err := s.asked(ctx, tx, org, contest, actor, Teller, ReturningOfficer)
		if err != nil {
			return err
		}
		f, err = s.figures(ctx, tx, org, c, by)
		return err
	})
	return f, err
}

func (s *Service) figures(ctx context.Context, tx *db.Tx, org string, c Contest, by Channel) (Figures, error) {
	if err := c.has(by); err != nil {
		return Figures{}, err
	}
	t, err := s.tallyOf(ctx, tx, org, c, by)
	if err != nil {
		return Figures{}, err
	}
	f := Figures{Channel: by, Returned: t.returned, Spoilt: t.spoilt, Disqualified: t.disqualified, Papers: t.papers, Rejected: t.rejected, Open: t.open}
	signed, err := signedOf(ctx, tx, org, c.ID, by)
	if err != nil || signed == nil {
		return f, err
	}
	signed.Papers, signed.Rejected, signed.Open = f.Papers, f.Rejected, f.Open
	return *signed, nil
}

// signedOf is what was signed of a channel, nil before.
func signedOf(ctx context.Context, tx *db.Tx, org, contest string, by Channel) (*Figures, error) {
	f := Figures{Channel: by}
	err := tx.QueryRow(ctx, `SELECT issued, returned, spoilt, disqualified, not_returned, day, signed_by FROM reconciliation WHERE org_id = ? AND contest_id = ? AND channel = ?`,
		org, contest, by).Scan(&f.Issued, &f.Returned, &f.Spoilt, &f.Disqualified, &f.NotReturned, &f.Signed, &f.SignedBy)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &f, err
}

// unsigned refuses a change to a channel that is signed.
func (s *Service) unsigned(ctx context.Context, tx *db.Tx, org string, c Contest, by Channel) error {
	f, err := signedOf(ctx, tx, org, c.ID, by)
	if err == nil && f != nil {
		err = fault.Errorf(fault.Conflict, "the reckoning of the votes %s in contest %s was signed on %s: nothing is added or changed", by.Title(), c.Code, f.Signed)
	}
	return err
}

// Sign signs the reckoning of a channel, after the close. It is Conflict, with the
// figures in words, if a batch is not settled, papers and pollbook do not agree, or
// the figures do not add up. Nothing of the channel changes after it. The returning
// officer's of the poll.
func (s *Service) Sign(ctx context.Context, actor, org, contest string, by Channel, n Count) error {
	return s.change(ctx, "paper.reconciled", actor, org, contest, ReturningOfficer, func(tx *journal.Tx, c Contest) error {
		for _, one := range []struct {
			field string
			n     int
		}{{"issued", n.Issued}, {"handed_back", n.HandedBack}, {"not_returned", n.NotReturned}} {
			if one.n < 0 || one.n > 10_000_000 {
				return fault.Fieldf(one.field, "%d is no number of papers", one.n)
			}
		}
		if err := c.has(by); err != nil {
			return err
		}
		if err := c.closedAt(s.now(), "the reckoning is signed"); err != nil {
			return err
		}
		if err := s.unsigned(ctx, tx.Tx, org, c, by); err != nil {
			return err
		}
		t, err := s.tallyOf(ctx, tx.Tx, org, c, by)
		if err != nil {
			return err
		}
		f := Figures{Channel: by, Issued: n.Issued, Returned: t.returned, Spoilt: t.spoilt + n.HandedBack, Disqualified: t.disqualified, NotReturned: n.NotReturned}
		wrong := t.wrong(c, by)
		if text := f.Wrong(); text != "" {
			wrong = append(wrong, text)
		}
		if len(wrong) > 0 {
			return fault.Errorf(fault.Conflict, "the reckoning cannot be signed: %s", strings.Join(wrong, "; "))
		}
		tx.Detail("channel", string(by))
		return tx.Insert(ctx, "reconciliation", journal.Row{
			"id": tx.ID(), "contest_id": contest, "channel": by, "issued": f.Issued, "returned": f.Returned, "spoilt": f.Spoilt,
			"disqualified": f.Disqualified, "not_returned": f.NotReturned, "day": s.today().String(), "signed_by": actor,
		})
	})
}

// wrong says where pollbook and batches do not agree.
func (t tally) wrong(c Contest, by Channel) (out []string) {
	if t.open > 0 {
		out = append(out, plural(t.open, "batch is not settled", "batches are not settled"))
	}
	weights := map[int]bool{}
	for w := range t.received {
		weights[w] = true
	}
	for w := range t.batched {
		weights[w] = true
	}
	for w := range weights {
		if t.received[w] != t.batched[w] && t.open == 0 {
			out = append(out, fmt.Sprintf("%s to be counted came %s%s, and there are %s in settled batches",
				plural(t.received[w], "vote", "votes"), by.Title(), ofWeight(c, w), plural(t.batched[w], "paper", "papers")))
		}
	}
	return out
}

// Wrong says that the figures do not add up, or "".
func (f Figures) Wrong() string {
	sum := f.Returned + f.Spoilt + f.Disqualified + f.NotReturned
	if sum == f.Issued {
		return ""
	}
	return fmt.Sprintf("%d issued is not the sum of %d returned, %d spoilt, %d disqualified and %d not returned, which is %d",
		f.Issued, f.Returned, f.Spoilt, f.Disqualified, f.NotReturned, sum)
}
