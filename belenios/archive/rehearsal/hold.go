package rehearsal

import (
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"sync"

	"commonweal/belenios"
	"commonweal/belenios/archive"
)

// Hold holds the election and leaves its archive in a new file.
func Hold(ctx context.Context, random io.Reader, timestamp int64, path func(uuid string) string, p Plan) (_ *Cast, err error) {
	c, trustees, list, err := assemble(random, p)
	if err != nil {
		return nil, err
	}
	where := path(c.UUID)
	if err := archive.Begin(where, timestamp, c.Election, trustees, list); err != nil {
		return nil, err
	}
	board, opened, err := archive.Open(ctx, where, archive.Options{})
	if err != nil {
		return nil, err
	}
	if !opened.Report.OK() {
		return nil, errors.New("the setup does not verify: " + opened.Report.Findings[0].String())
	}
	defer func() { err = errors.Join(err, board.Close()) }()
	return c, c.play(ctx, board)
}

// play goes through the stages.
func (c *Cast) play(ctx context.Context, board *archive.Board) error {
	for _, stage := range []struct {
		leadsTo archive.Stage
		do      func(context.Context, *archive.Board) error
	}{
		{archive.Voting, c.vote},
		{archive.Tallied, func(ctx context.Context, b *archive.Board) error { return b.EndVoting(ctx) }},
		{archive.Shuffling, c.shuffle},
		{archive.Decrypting, c.decrypt},
		{archive.Finished, func(_ context.Context, b *archive.Board) error {
			_, err := b.Finish()
			return err
		}},
	} {
		if c.plan.stop() < stage.leadsTo {
			return nil
		}
		if err := errors.Join(ctx.Err(), stage.do(ctx, board)); err != nil {
			return err
		}
	}
	return nil
}

// vote casts everybody's ballots, many at once.
func (c *Cast) vote(ctx context.Context, board *archive.Board) error {
	var who []int
	for v := range c.plan.Voters {
		if c.plan.Votes(v) != nil {
			who = append(who, v)
		}
	}
	who = append(who, c.plan.Again...)
	for chunk := range slices.Chunk(who, 200) {
		ballots, err := c.ballots(chunk)
		if err != nil {
			return err
		}
		if _, err := board.Cast(ctx, ballots...); err != nil {
			return err
		}
	}
	return nil
}

func (c *Cast) ballots(who []int) ([][]byte, error) {
	out, errs := make([][]byte, len(who)), make([]error, len(who))
	var all sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, v := range who {
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			b, err := c.Ballot(v)
			if err == nil {
				out[i] = b.Bytes()
			}
			errs[i] = err
		})
	}
	all.Wait()
	return out, errors.Join(errs...)
}

func (c *Cast) shuffle(_ context.Context, board *archive.Board) error {
	if !c.Election.Ranked() {
		return nil
	}
	for owner := 1; owner <= c.plan.Shuffles; owner++ {
		s, err := belenios.NewShuffle(c.random, c.Election, board.Tally().NonHomomorphic())
		if err != nil {
			return err
		}
		if err := board.AddShuffle(owner, s.Bytes()); err != nil {
			return err
		}
	}
	if c.plan.stop() < archive.Decrypting {
		return nil
	}
	return board.EndShuffles()
}

func (c *Cast) decrypt(_ context.Context, board *archive.Board) error {
	for _, t := range c.Trustees {
		if slices.Contains(c.plan.Absent, t.Owner) {
			continue
		}
		d, err := t.Decrypt(c, board.Tally())
		if err != nil {
			return err
		}
		if err := board.AddDecryption(t.Owner, d.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// Decrypt is the trustee's part in opening a tally.
func (t Trustee) Decrypt(c *Cast, tally *belenios.EncryptedTally) (*belenios.PartialDecryption, error) {
	return belenios.NewPartialDecryption(c.random, c.Election, tally, t.Private)
}
