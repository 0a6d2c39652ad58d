package friends

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Options are what a service needs.
type Options struct {
	Journal *journal.Journal
	Law     *law.Library
	// Scrubber gives what takes names and places out of words; nil leaves it to the gate
	// alone.
	Scrubber func(ctx context.Context, org string) (func(words string) string, error)
}

// Service keeps the friends-and-family test. Who may call what is decided by package
// policy before. Its methods may be called from several goroutines.
type Service struct {
	o        Options
	calendar *law.Calendar
	bounds   bounds
}

// New makes a service.
func New(o Options) (*Service, error) {
	cal, err := o.Law.Calendar(law.England)
	if err != nil {
		return nil, err
	}
	if o.Scrubber == nil {
		o.Scrubber = func(context.Context, string) (func(string) string, error) {
			return func(words string) string { return words }, nil
		}
	}
	return &Service{o: o, calendar: cal}, nil
}

func (s *Service) today() law.Date { return law.Today(s.o.Journal.World().Now()) }

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.o.Journal.DB().Read(ctx, fn)
}

// Due is the last day on which a month of a setting is submitted; see [Due].
func (s *Service) Due(m Month, of Setting) law.Deadline { return Due(s.calendar, m, of) }
