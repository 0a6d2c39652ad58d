package keys

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Poll is what must be known of a poll to make its key.
type Poll struct {
	ID, Code string
	// Group is that of the key: the one planned until it is made.
	Group string
	// Keyholders are the people who hold the office now, in the order in which they
	// were named, and Threshold how many of them open votes together.
	Keyholders []string
	Threshold  int
	// ReturningOfficer is the person who begins a setup and gives it up.
	ReturningOfficer string
	// MayMake says that the key may be made now: the poll is called and not abandoned,
	// notice of poll is not given yet, and the keyholders are those that the rules ask
	// for.
	MayMake bool
	// Made says that the poll knows of its key.
	Made bool
	// Settled says that the result can no longer be questioned.
	Settled bool
	// Abandoned says that there will be no result. The key is destroyed then, too, and
	// the poll is told nothing.
	Abandoned bool
}

// Polls is what is asked of polls, and told to them in the change in which it happens.
// The room of polls implements it, through an adapter.
type Polls interface {
	Poll(ctx context.Context, tx *db.Tx, org, poll string) (Poll, error)
	KeyMade(ctx context.Context, tx *journal.Tx, poll, group string) error
	// KeyLost refuses when notice of poll is given.
	KeyLost(ctx context.Context, tx *journal.Tx, poll string) error
	KeyDestroyed(ctx context.Context, tx *journal.Tx, poll string) error
}

// Service keeps the setups of keys. Package policy decides who may ask for a thing at
// all; each method says whose it is, and refuses others. Its methods may be called from
// several goroutines, and by several programs over one database.
type Service struct {
	journal *journal.Journal
	polls   Polls
}

// NewService makes a service.
func NewService(j *journal.Journal, p Polls) *Service { return &Service{journal: j, polls: p} }

func (s *Service) today() law.Date { return law.Today(s.journal.World().Now()) }

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.journal.DB().Read(ctx, fn)
}
