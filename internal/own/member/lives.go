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

// life is the membership of somebody with what it follows from.
type life struct {
	record
	Life
	facts []Fact
}

func (l life) inputs(b *Book) Inputs { return Inputs{Book: b, Facts: l.facts, Posts: l.Posts} }

// keptLives remembers what was worked out of each organisation, with the size of
// its record then. Membership follows from governed tables, and those change only
// with an entry, so at the same size everybody's is the same.
type keptLives struct {
	mu    sync.Mutex
	byOrg map[string]*orgLives
	total int // lives remembered
}

type orgLives struct {
	mu    sync.Mutex // held while they are worked out: of many who ask, one does it
	known bool
	size  int64
	list  []life
}

// maxKeptLives bounds what is remembered: some 2 kB each.
const maxKeptLives = 60000

// of is where the lives of an organisation are kept.
func (k *keptLives) of(org string) *orgLives {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.byOrg == nil {
		k.byOrg = map[string]*orgLives{}
	}
	if k.byOrg[org] == nil {
		k.byOrg[org] = &orgLives{}
	}
	return k.byOrg[org]
}

// room makes room for a list in place of a shorter one, by forgetting everything
// else where there is too little, and reports whether it may be kept.
func (k *keptLives) room(org string, before, after int) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.total+after-before > maxKeptLives {
		k.byOrg, k.total = map[string]*orgLives{org: k.byOrg[org]}, before
	}
	if after > maxKeptLives {
		return false
	}
	k.total += after - before
	return true
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
	if err == nil && s.kept.room(org, len(kept.list), len(list)) {
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
		out[i] = life{d.record, Life{Person: d.Person, MemberID: d.ID, Posts: d.posts, Timeline: NewTimeline(d.inputs(book))}, d.facts}
	}
	return out, nil
}
