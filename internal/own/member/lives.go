package member

import (
	"context"
	"sync"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
)

// livesIn works out the timeline of everybody, in order of number, and calls
// yield for each. What it gives is shared between callers: it is not to be
// changed.
func (s *Service) livesIn(ctx context.Context, tx *db.Tx, org string, yield func(r record, l Life) error) error {
	list, err := s.keptLives(ctx, tx, org)
	if err != nil {
		return err
	}
	for i := range list {
		if err := yield(list[i].record, list[i].Life); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) lives(ctx context.Context, org string, yield func(r record, l Life) error) error {
	return s.read(ctx, func(tx *db.Tx) error { return s.livesIn(ctx, tx, org, yield) })
}

// life is the membership of somebody with the number in the register.
type life struct {
	record
	Life
}

// keptLives remembers what was worked out of each organisation, with the size of
// its record then. Membership follows from governed tables, and those change only
// with an entry, so at the same size everybody's is the same.
type keptLives struct {
	mu    sync.Mutex
	byOrg map[string]*orgLives
}

type orgLives struct {
	mu    sync.Mutex // held while they are worked out: of many who ask, one does it
	known bool
	size  int64
	list  []life
}

// maxKeptOrgs and maxKeptLives bound what is remembered: 2 kB or so a life.
const (
	maxKeptOrgs  = 16
	maxKeptLives = 20000
)

func (k *keptLives) of(org string) *orgLives {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.byOrg[org] == nil {
		if k.byOrg == nil || len(k.byOrg) >= maxKeptOrgs {
			k.byOrg = map[string]*orgLives{}
		}
		k.byOrg[org] = &orgLives{}
	}
	return k.byOrg[org]
}

func (s *Service) keptLives(ctx context.Context, tx *db.Tx, org string) ([]life, error) {
	if tx.Changed() { // it sees what the size of the record does not tell yet
		return s.allLives(ctx, tx, org)
	}
	size, err := journal.SizeIn(ctx, tx, org)
	if err != nil {
		return nil, err
	}
	kept := s.kept.of(org)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if kept.known && kept.size == size {
		return kept.list, nil
	}
	list, err := s.allLives(ctx, tx, org)
	if err == nil && len(list) <= maxKeptLives {
		kept.known, kept.size, kept.list = true, size, list
	}
	return list, err
}

func (s *Service) allLives(ctx context.Context, tx *db.Tx, org string) ([]life, error) {
	book, err := readBook(ctx, tx, s.compiler, org)
	if err != nil {
		return nil, err
	}
	list, err := s.everybody(ctx, tx, org)
	if err != nil {
		return nil, err
	}
	out := make([]life, len(list))
	for i, d := range list {
		out[i] = life{d.record, Life{Person: d.Person, MemberID: d.ID, Posts: d.posts, Timeline: NewTimeline(d.inputs(book))}}
	}
	return out, nil
}
