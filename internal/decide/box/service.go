package box

import (
	"context"
	"runtime"
	"sync"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
)

// Service keeps ballot boxes. Its methods may be called from several goroutines, and
// by several programs over one database.
type Service struct {
	journal *journal.Journal
	keys    *journal.Keys
	polls   Polls

	// checking has room for as many ballots as are verified at once.
	checking chan struct{}

	mu    sync.Mutex
	boxes map[string]*box // by contest
}

// NewService makes a service. The keys sign heads.
func NewService(j *journal.Journal, k *journal.Keys, p Polls) *Service {
	return &Service{journal: j, keys: k, polls: p, checking: make(chan struct{}, runtime.GOMAXPROCS(0)), boxes: map[string]*box{}}
}

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.journal.DB().Read(ctx, fn)
}
