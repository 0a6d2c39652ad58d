package box

import (
	"context"

	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Close ends the voting: no ballot is accepted any more, and those that count are
// added up without being opened. It is refused before the close of the poll, and
// waits for what this program received before. The returning officer's.
func (s *Service) Close(ctx context.Context, actor, org, contest string) error {
	b, err := s.box(ctx, org, contest)
	if err != nil {
		return err
	}
	b.drain()
	return s.step(ctx, actor, org, contest, "box.closed", func(c Contest) error {
		if c.Closes.IsZero() || s.journal.World().Now().Before(c.Closes) {
			return fault.Errorf(fault.Conflict, "contest %s is not closed yet", contest)
		}
		return nil
	}, func(b *archive.Board) error { return b.EndVoting(ctx) })
}

func always(Contest) error { return nil }

// AddShuffle adds what a keyholder made of the ranked ballots. The keyholder's.
func (s *Service) AddShuffle(ctx context.Context, actor, org, contest string, owner int, shuffle []byte) error {
	return s.step(ctx, actor, org, contest, "box.shuffled", always, func(b *archive.Board) error { return b.AddShuffle(owner, shuffle) })
}

// EndShuffles says that no more shuffles come. The returning officer's.
func (s *Service) EndShuffles(ctx context.Context, actor, org, contest string) error {
	return s.step(ctx, actor, org, contest, "box.shuffles_ended", always, func(b *archive.Board) error { return b.EndShuffles() })
}

// AddDecryption adds a keyholder's part of opening the votes. Parts are public, so as
// soon as there are enough everybody knows how the votes stand: none is kept before
// [Polls.MayOpen]. The keyholder's.
func (s *Service) AddDecryption(ctx context.Context, actor, org, contest string, owner int, decryption []byte) error {
	may := func(tx *db.Tx) error { return s.polls.MayOpen(ctx, tx, org, contest) }
	if err := s.read(ctx, may); err != nil {
		return err
	}
	return s.stepAnd(ctx, actor, org, contest, "box.decrypted", always, func(b *archive.Board) error { return b.AddDecryption(owner, decryption) },
		func(tx *journal.Tx) error { return may(tx.Tx) })
}

// Result opens the votes, once enough keyholders have decrypted. The returning
// officer's.
func (s *Service) Result(ctx context.Context, actor, org, contest string) (out []archive.Question, err error) {
	err = s.stepAnd(ctx, actor, org, contest, "box.opened_votes", always, func(b *archive.Board) error {
		out, err = b.Finish()
		return err
	}, func(tx *journal.Tx) error { return s.polls.Counted(ctx, tx, contest) })
	return out, err
}
