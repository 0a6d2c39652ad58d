package wave

import (
	"context"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/law"
	"commonweal/survey/token"
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
	library *law.Library
	bits    int
	opened  opened
}

// NewService makes a service. Census may be nil where nobody calls a wave.
func NewService(j *journal.Journal, keys *journal.Keys, c Census, lib *law.Library) *Service {
	return &Service{journal: j, keys: keys, census: c, library: lib, bits: token.Bits}
}

// UseBits says how long the keys of waves are that are called from now on: shorter ones
// are for tests and the demonstration, which make many.
func (s *Service) UseBits(bits int) { s.bits = bits }

func (s *Service) now() time.Time { return s.journal.World().Now() }

func (s *Service) today() law.Date { return law.Today(s.now()) }

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.journal.DB().Read(ctx, fn)
}
