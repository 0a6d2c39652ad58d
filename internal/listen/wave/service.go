package wave

import (
	"context"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Placed is somebody employed on a day, as the staff list tells it: their main post.
type Placed struct {
	Person                 string // id
	Site, StaffGroup, Role string // "" is not said
	Member                 bool
}

// Census gives those employed at the end of a day of whom the record holds a person, in
// any order. The staff lists implement it, through an adapter.
type Census interface {
	Employed(ctx context.Context, tx *db.Tx, org string, day law.Date) ([]Placed, error)
}

// Service stores waves. Package policy decides who may ask for a thing at all; methods
// add what depends on the wave. They may be called from several goroutines.
type Service struct {
	journal *journal.Journal
	keys    *journal.Keys
	census  Census
}

// NewService makes a service.
func NewService(j *journal.Journal, keys *journal.Keys, c Census) *Service {
	return &Service{journal: j, keys: keys, census: c}
}

func (s *Service) now() time.Time { return s.journal.World().Now() }

func (s *Service) today() law.Date { return law.Today(s.now()) }

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.journal.DB().Read(ctx, fn)
}
