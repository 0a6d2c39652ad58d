package voting

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/decide/paper"
	"commonweal/internal/decide/poll"
)

// Vote casts the votes of the plan for the voters whose number leaves the given rest
// by the given divisor: all of them for 1 and 0. Somebody who has voted is left out.
func (p *Poll) Vote(ctx context.Context, divisor, rest int) error {
	list, err := p.voted(ctx)
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := p.vote(ctx, c, func(n int) bool { return n%divisor == rest }); err != nil {
			return fmt.Errorf("vote in %s: %w", c.Code, err)
		}
	}
	return nil
}

func (p *Poll) vote(ctx context.Context, c poll.Contest, who func(number int) bool) error {
	voters, err := p.h.Polls.Voters(ctx, p.Org, c.ID)
	if err != nil {
		return err
	}
	election, _, _, err := p.h.Boxes.Setup(ctx, p.Org, c.ID)
	if err != nil {
		return err
	}
	e, err := belenios.ParseElection(election)
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	var failed []error
	// As many wait for their batch as make ballots, so that batches fill.
	room := make(chan struct{}, 16*runtime.GOMAXPROCS(0))
	for _, v := range voters {
		if !who(v.Number) || !v.Stands() {
			continue
		}
		values := p.Votes(c, v)
		if values == nil {
			continue
		}
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			if err := p.cast(ctx, e, c, v, values); err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed = append(failed, fmt.Errorf("voter %d: %w", v.Number, err))
			}
		})
	}
	all.Wait()
	return errors.Join(failed...)
}

func (p *Poll) cast(ctx context.Context, e *belenios.Election, c poll.Contest, v poll.Entry, values []int) error {
	ballot, err := p.Ballot(e, c, v, values)
	if err != nil {
		return err
	}
	_, err = p.h.Boxes.Accept(ctx, p.Org, c.ID, v.Person, ballot.Bytes())
	return err
}

// Ballot locks a voter's answers, as the booth does on their device.
func (p *Poll) Ballot(e *belenios.Election, c poll.Contest, v poll.Entry, values []int) (*belenios.Ballot, error) {
	secret, err := credential(p.Seed, e.Group().Name(), c.UUID, v.Number)
	if err != nil {
		return nil, err
	}
	return belenios.NewBallot(chance(p.Seed, fmt.Sprintf("ballot %s %d %v", c.UUID, v.Number, values)), e, secret, [][]int{values})
}

// Close closes the boxes.
func (p *Poll) Close(ctx context.Context) error {
	return p.each(ctx, func(c poll.Contest) error { return p.h.CloseBox(ctx, p.Officials.ReturningOfficer, p.Org, c.ID) })
}

// Mix has the keyholders mix the ranked votes, as many as open them, and ends the
// mixing.
func (p *Poll) Mix(ctx context.Context) error {
	return p.each(ctx, func(c poll.Contest) error {
		if !p.Plan.Poll.Rules.Counting.Ranked {
			return nil
		}
		for number := 1; number <= p.Plan.Poll.Rules.Threshold; number++ {
			s, err := p.state(ctx, c)
			if err != nil {
				return err
			}
			mixed, err := belenios.NewShuffle(chance(p.Seed, fmt.Sprintf("mix %s %d", c.UUID, number)), s.Election(), s.Tally().NonHomomorphic())
			if err != nil {
				return err
			}
			if err := p.h.Boxes.AddShuffle(ctx, p.Officials.Keyholders[number-1], p.Org, c.ID, number, mixed.Bytes()); err != nil {
				return err
			}
		}
		return p.h.EndMixes(ctx, p.Officials.ReturningOfficer, p.Org, c.ID)
	})
}

// Reckon has the returning officer sign the reckoning of papers: of which there are
// none.
func (p *Poll) Reckon(ctx context.Context) error {
	return p.each(ctx, func(c poll.Contest) error {
		for _, by := range p.Plan.Poll.Rules.Channels {
			if by == poll.Web {
				continue
			}
			if err := p.h.Papers.Sign(ctx, p.Officials.ReturningOfficer, p.Org, c.ID, paper.Channel(by), paper.Count{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Open has as many keyholders as are needed do their part, and opens the votes.
func (p *Poll) Open(ctx context.Context) error {
	return p.each(ctx, func(c poll.Contest) error {
		for number := 1; number <= p.Plan.Poll.Rules.Threshold; number++ {
			if err := p.Decrypt(ctx, c, number); err != nil {
				return fmt.Errorf("keyholder %d: %w", number, err)
			}
		}
		return p.h.OpenVotes(ctx, p.Officials.ReturningOfficer, p.Org, c.ID)
	})
}

// Decrypt has one keyholder do their part in opening the votes of a contest.
func (p *Poll) Decrypt(ctx context.Context, c poll.Contest, number int) error {
	person := p.Officials.Keyholders[number-1]
	part, err := p.h.Keys.Part(ctx, p.Org, p.ID, person)
	if err != nil {
		return err
	}
	m, _, err := p.member(part.Group, part.Number)
	if err != nil {
		return err
	}
	private, err := m.PrivateKey(part.Sealed)
	if err != nil {
		return err
	}
	s, err := p.state(ctx, c)
	if err != nil {
		return err
	}
	d, err := belenios.NewPartialDecryption(chance(p.Seed, fmt.Sprintf("open %s %d", c.UUID, number)), s.Election(), s.Tally(), private)
	if err != nil {
		return err
	}
	return p.h.Boxes.AddDecryption(ctx, person, p.Org, c.ID, part.Number, d.Bytes())
}

// state verifies the archive of a contest and says where it stands.
func (p *Poll) state(ctx context.Context, c poll.Contest) (*archive.State, error) {
	var file bytes.Buffer
	if _, err := p.h.Boxes.Archive(ctx, p.Org, c.ID, &file); err != nil {
		return nil, err
	}
	s, report, err := archive.Load(ctx, bytes.NewReader(file.Bytes()), int64(file.Len()), archive.Options{})
	if err == nil && s == nil {
		err = fmt.Errorf("the archive of %s does not verify: %s", c.Code, report.Findings[0])
	}
	return s, err
}

// Declare declares every result.
func (p *Poll) Declare(ctx context.Context) error {
	all, err := p.Now(ctx)
	if err != nil {
		return err
	}
	for _, c := range all.Contests {
		if c.Declared != nil {
			continue
		}
		if err := p.h.DeclareResult(ctx, p.Officials.ReturningOfficer, p.Org, c.ID); err != nil {
			return err
		}
	}
	return nil
}

// Destroy has every keyholder destroy their part of the key.
func (p *Poll) Destroy(ctx context.Context) error {
	for _, person := range p.Officials.Keyholders {
		err := p.h.Keys.Destroy(ctx, person, p.Org, p.ID, "Another keyholder was there.", "I deleted both copies of my part.")
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *Poll) each(ctx context.Context, do func(poll.Contest) error) error {
	list, err := p.voted(ctx)
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := do(c); err != nil {
			return fmt.Errorf("contest %s: %w", c.Code, err)
		}
	}
	return nil
}
