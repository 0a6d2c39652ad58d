package paper

import (
	"context"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Service keeps votes on paper and by telephone. Its methods may be called from
// several goroutines, and by several programs over one database.
type Service struct {
	journal *journal.Journal
	keys    *journal.Keys
	polls   Polls
	book    Pollbook
}

// NewService makes a service. The keys seal what papers say.
func NewService(j *journal.Journal, k *journal.Keys, p Polls, b Pollbook) *Service {
	return &Service{journal: j, keys: k, polls: p, book: b}
}

func (s *Service) now() time.Time { return s.journal.World().Now() }

func (s *Service) today() law.Date { return law.Today(s.now()) }

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.journal.DB().Read(ctx, fn)
}

// change makes one change to the papers of a contest by somebody who holds an office
// in its poll.
func (s *Service) change(ctx context.Context, kind, actor, org, contest string, o Office, fn func(tx *journal.Tx, c Contest) error) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		c, err := s.asked(ctx, tx.Tx, org, contest, actor, o)
		if err != nil {
			return err
		}
		tx.Detail("contest", contest)
		return fn(tx, c)
	})
	return err
}

// asked is a contest that somebody who holds an office in its poll asks about.
func (s *Service) asked(ctx context.Context, tx *db.Tx, org, contest, actor string, offices ...Office) (Contest, error) {
	c, err := s.polls.Contest(ctx, tx, org, contest)
	if err != nil {
		return Contest{}, err
	}
	for _, o := range offices {
		holds, err := s.polls.Holds(ctx, tx, org, contest, actor, o)
		if err != nil || holds {
			return c, err
		}
	}
	if len(offices) > 1 {
		return Contest{}, fault.Errorf(fault.Forbidden, "person %s is neither teller nor returning officer of the poll of contest %s", actor, c.Code)
	}
	return Contest{}, fault.Errorf(fault.Forbidden, "person %s is not %s of the poll of contest %s", actor, titles[offices[0]], c.Code)
}

var titles = map[Office]string{Teller: "a teller", ReturningOfficer: "the returning officer"}

// Offices are the offices of those above that somebody holds in the poll of a contest.
func (s *Service) Offices(ctx context.Context, org, contest, person string) (out []Office, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		for _, o := range []Office{Teller, ReturningOfficer} {
			holds, err := s.polls.Holds(ctx, tx, org, contest, person, o)
			if err != nil {
				return err
			}
			if holds {
				out = append(out, o)
			}
		}
		return nil
	})
	return out, err
}

// Contest is how the paper of a contest is filled in, and by which channels it comes.
// Anybody may know.
func (s *Service) Contest(ctx context.Context, org, contest string) (c Contest, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		c, err = s.polls.Contest(ctx, tx, org, contest)
		return err
	})
	return c, err
}
