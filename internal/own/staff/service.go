package staff

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// Options are what an installation may set. The zero value is usable.
type Options struct {
	// Thresholds are the shares above which an import must be confirmed.
	Thresholds stafflist.Thresholds
	// Groups are the staff groups that lists may name; nil is the national ones.
	Groups []stafflist.Group
	// Limits bound the files.
	Limits stafflist.Limits
	// Keep is how long an upload waits and refused rows are shown; without an id
	// it is seven days. It is the class of record "rejected-imports" in package law.
	Keep law.Retention

	// What other rooms do in the same change; each may be nil. EmailsLost hears of
	// people whose e-mail address a list changed, Imported of every list that was
	// applied, and Forget of somebody who is erased.
	EmailsLost func(ctx context.Context, tx *journal.Tx, list []identity.PersonChange) error
	Imported   func(ctx context.Context, tx *journal.Tx) error
	Forget     func(ctx context.Context, tx *journal.Tx, person string) error
}

// Service keeps the staff lists. Its methods may be called from several
// goroutines. It does not ask who may do a thing, which package policy says, nor
// whether an organisation or employer exists: the caller has looked them up.
type Service struct {
	journal *journal.Journal
	db      *db.DB
	world   *world.World
	opts    Options
}

// New makes a service over a journal whose governed tables include [Tables] and
// those of package identity.
func New(j *journal.Journal, opts Options) *Service {
	if opts.Keep.ID == "" {
		opts.Keep = law.Retention{ID: "rejected-imports", Days: 7}
	}
	return &Service{journal: j, db: j.DB(), world: j.World(), opts: opts}
}

func (s *Service) today() law.Date { return law.Today(s.world.Now()) }

// keepUntil is the last day on which what is put aside today is kept.
func (s *Service) keepUntil() law.Date {
	until, limited := s.opts.Keep.Until(s.today())
	if !limited {
		return s.today().AddYears(100)
	}
	return until
}
