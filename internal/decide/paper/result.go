package paper

import (
	"cmp"
	"context"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Ready is nil when the count may begin: there are no votes on paper or by telephone
// in the contest, or every such channel is signed. Otherwise it is Conflict and says
// what is missing.
func (s *Service) Ready(ctx context.Context, org, contest string) error {
	return s.read(ctx, func(tx *db.Tx) error { return s.ReadyIn(ctx, tx, org, contest) })
}

// ReadyIn is [Service.Ready] in a transaction.
func (s *Service) ReadyIn(ctx context.Context, tx *db.Tx, org, contest string) error {
	c, err := s.polls.Contest(ctx, tx, org, contest)
	if err != nil {
		return err
	}
	for _, by := range c.Channels {
		f, err := signedOf(ctx, tx, org, contest, by)
		if err != nil {
			return err
		}
		if f == nil {
			return fault.Errorf(fault.Conflict, "the reckoning of the votes %s in contest %s is not signed yet", by.Title(), c.Code)
		}
	}
	return nil
}

// Reading is what some papers say.
type Reading struct {
	Ballot Ballot // of which there is a vote to count
	Weight int    // votes of each paper; 1 where all voters have the same
	Papers int    // how many say it
}

// Votes are what the papers of a contest add to its count. They tell nothing of the
// order of papers, of batches or of channels.
type Votes struct {
	Papers   int          // all
	Rejected map[Flaw]int // papers from which nothing could be read
	Readings []Reading    // the others, in the order of their texts
	// Sums are the votes for each answer and Blank those for none, by weight, where
	// the ballot is not ranked. Of a question yes is first, then no.
	Sums  []int
	Blank int
}

// Ballots are the votes on paper and by telephone for the count, of both channels
// together. Conflict before [Service.Ready]. The count's; single votes are for those
// whom the rules of the poll name.
func (s *Service) Ballots(ctx context.Context, org, contest string) (v Votes, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		v, err = s.BallotsIn(ctx, tx, org, contest)
		return err
	})
	return v, err
}

// BallotsIn is [Service.Ballots] in a transaction.
func (s *Service) BallotsIn(ctx context.Context, tx *db.Tx, org, contest string) (Votes, error) {
	if err := s.ReadyIn(ctx, tx, org, contest); err != nil {
		return Votes{}, err
	}
	c, err := s.polls.Contest(ctx, tx, org, contest)
	if err != nil {
		return Votes{}, err
	}
	list, err := batchesOf(ctx, tx, org, contest)
	if err != nil {
		return Votes{}, err
	}
	v := Votes{Rejected: map[Flaw]int{}}
	if c.Shape.Asks != Rank {
		v.Sums = make([]int, c.Shape.Answers)
	}
	for _, b := range list {
		papers, err := s.papers(ctx, tx, org, c, b)
		if err != nil {
			return Votes{}, err
		}
		if b.Settled == "" || len(papers) != b.Papers || hashOf(c, b, papers) != b.SHA256 {
			return Votes{}, fault.Errorf(fault.Conflict, "batch %s of contest %s is not what was settled", b.Code, c.Code)
		}
		for _, p := range papers {
			ballot, _ := p.Ballot()
			v.add(ballot, b.Weight)
		}
	}
	slices.SortFunc(v.Readings, func(x, y Reading) int {
		return cmp.Or(cmp.Compare(x.Ballot.String(), y.Ballot.String()), cmp.Compare(x.Weight, y.Weight))
	})
	return v, nil
}

func (v *Votes) add(b Ballot, weight int) {
	v.Papers++
	if !b.Counts() {
		v.Rejected[b.Flaw]++
		return
	}
	at := slices.IndexFunc(v.Readings, func(r Reading) bool { return r.Weight == weight && r.Ballot.String() == b.String() })
	if at < 0 {
		at = len(v.Readings)
		v.Readings = append(v.Readings, Reading{Ballot: b, Weight: weight})
	}
	v.Readings[at].Papers++
	switch {
	case b.Rank != nil:
	case b.Answer == Yes:
		v.Sums[0] += weight
	case b.Answer == No:
		v.Sums[1] += weight
	case b.Answer == Blank || len(b.Choose) == 0:
		v.Blank += weight
	default:
		for _, n := range b.Choose {
			v.Sums[n-1] += weight
		}
	}
}

// Summary is what anybody may see of the votes beside the web.
type Summary struct {
	Channels []Channel
	// Batches and Figures are empty until every channel is signed: before that they
	// would tell the turnout.
	Batches []Batch
	Figures []Figures
}

// Signed reports whether there is something to show.
func (s Summary) Signed() bool { return len(s.Figures) > 0 }

// Summary is for the public board: the batches with their hashes and the reckoning,
// once every channel is signed. It tells no votes and no people.
func (s *Service) Summary(ctx context.Context, org, contest string) (out Summary, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		c, err := s.polls.Contest(ctx, tx, org, contest)
		if err != nil {
			return err
		}
		out = Summary{Channels: c.Channels}
		if err := s.ReadyIn(ctx, tx, org, contest); err != nil {
			if fault.Is(err, fault.Conflict) {
				return nil
			}
			return err
		}
		for _, by := range c.Channels {
			f, err := s.figures(ctx, tx, org, c, by)
			if err != nil {
				return err
			}
			f.SignedBy = ""
			out.Figures = append(out.Figures, f)
		}
		list, err := batchesOf(ctx, tx, org, contest)
		for _, b := range list {
			out.Batches = append(out.Batches, Batch{Contest: b.Contest, Channel: b.Channel, Code: b.Code, Papers: b.Papers, Weight: b.Weight, Settled: b.Settled, SHA256: b.SHA256})
		}
		return err
	})
	return out, err
}
