package archive

import (
	"context"

	"commonweal/belenios"
)

// ballot reads a ballot again.
func (s *State) ballot(i int) (*belenios.Ballot, error) {
	body, err := s.ballots[i].load(s.in)
	if err != nil {
		return nil, err
	}
	return belenios.ParseBallot(s.election, body)
}

// eachBallot reads the ballots again, on all processors, and gives them to
// check; its faults are returned by ballot. If combine is set, the ballots that
// count are combined into a tally, unless there are faults. Ballots before from
// were checked earlier and are read for the tally only.
func (s *State) eachBallot(ctx context.Context, from int, combine bool, check func(*belenios.Ballot) error) (*belenios.EncryptedTally, []error, error) {
	counts := make([]*belenios.Count, processors())
	for w := range counts {
		var err error
		if counts[w], err = belenios.NewCount(s.election, s.credentials); err != nil {
			return nil, nil, err
		}
	}
	faults := make([]error, len(s.ballots))
	err := parallel(ctx, len(counts), len(s.ballots), func(worker, i int) {
		counted := combine && !s.ballots[i].replaced
		if i < from && !counted {
			return
		}
		b, err := s.ballot(i)
		if err == nil && i >= from {
			err = check(b)
		}
		if err == nil && counted {
			err = counts[worker].Add(b)
		}
		faults[i] = err
	})
	if err != nil || !combine {
		return nil, faults, err
	}
	for _, c := range counts[1:] {
		if err := counts[0].Join(c); err != nil {
			return nil, faults, err
		}
	}
	tally, _ := counts[0].Tally()
	return tally, faults, nil
}
