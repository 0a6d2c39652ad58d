package action

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"errors"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// Messenger tells people things as part of a change. The notice room implements it.
type Messenger interface {
	SendAll(ctx context.Context, tx *journal.Tx, list []notice.Message) ([]notice.Route, error)
	ToldAbout(ctx context.Context, tx *db.Tx, org, kind string, abouts []string) (map[string]bool, error)
}

// Offices tells who holds an office. The identity room implements it.
type Offices interface {
	Holders(ctx context.Context, org string, role policy.Role, on law.Date) ([]identity.Person, error)
}

// Releases gives what releases of surveys show. The room for waves has the answers.
// Both give a figure that is not Shown where there is none: unasked, hidden, small and
// not yet released look the same.
type Releases interface {
	// Found is the figure that a finding is about, from the wave it names.
	Found(ctx context.Context, org string, f Finding) (Figure, error)
	// Next is the same measure in the newest wave released after that one that was
	// called after the day; the zero Figure where there is none yet.
	Next(ctx context.Context, org string, f Finding, day law.Date) (Figure, error)
}

// Options are what a service needs; all of it but Releases, without which nothing is
// measured, and Members, without whom nobody but those concerned is told.
type Options struct {
	Journal   *journal.Journal
	Keys      *journal.Keys
	Messenger Messenger
	Offices   Offices
	Releases  Releases
	// Members are the ids of those who are told what became of actions.
	Members func(ctx context.Context, org string, day law.Date) ([]string, error)
}

// Service keeps actions. Who may call what is decided by package policy before. Its
// methods may be called from several goroutines.
type Service struct {
	o    Options
	mark []byte
	seal cipher.AEAD
}

// New makes a service.
func New(o Options) (*Service, error) {
	mark, err := o.Keys.Derive("what members say of actions: marks")
	if err != nil {
		return nil, err
	}
	key, err := o.Keys.Derive("what members say of actions: words")
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	seal, err := cipher.NewGCM(block)
	return &Service{o: o, mark: mark, seal: seal}, err
}

func (s *Service) today() law.Date { return law.Today(s.o.Journal.World().Now()) }

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.o.Journal.DB().Read(ctx, fn)
}

// All are all actions in the order in which they want attention: overdue ones first,
// the oldest day first; then those that run, by day; at last those that ended, newest
// first.
func (s *Service) All(ctx context.Context, org string) (out []Listed, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		all, err := actions(ctx, tx, org, "")
		if err != nil {
			return err
		}
		tallies, err := s.tallies(ctx, tx, org, "")
		out = make([]Listed, len(all))
		for i, a := range all {
			out[i] = Listed{a, a.On(s.today()), tallies[a.ID]}
		}
		return err
	})
	order(out)
	return out, err
}

// One is one action by its id.
func (s *Service) One(ctx context.Context, org, id string) (l Listed, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		a, err := oneAction(ctx, tx, org, id)
		if err != nil {
			return err
		}
		tallies, err := s.tallies(ctx, tx, org, id)
		l = Listed{a, a.On(s.today()), tallies[id]}
		return err
	})
	return l, err
}

// Numbered is one action by its number.
func (s *Service) Numbered(ctx context.Context, org string, number int) (Listed, error) {
	var id string
	err := s.read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT id FROM action WHERE org_id = ? AND number = ?`, org, number).Scan(&id)
	})
	if errors.Is(err, db.ErrNoRows) {
		return Listed{}, fault.Errorf(fault.NotFound, "there is no action %d", number)
	}
	if err != nil {
		return Listed{}, err
	}
	return s.One(ctx, org, id)
}

// Measured is what the next wave says of an action.
func (s *Service) Measured(ctx context.Context, org, id string) (Change, error) {
	l, err := s.One(ctx, org, id)
	if err != nil || s.o.Releases == nil || l.About == Comments {
		return Change{}, err
	}
	before, err := s.o.Releases.Found(ctx, org, l.Finding)
	if err != nil {
		return Change{}, err
	}
	after, err := s.o.Releases.Next(ctx, org, l.Finding, l.Agreed)
	return Compare(before, after), err
}

// person makes sure that somebody is there to own something.
func person(ctx context.Context, tx *journal.Tx, id, field string) (identity.Person, error) {
	people, err := identity.PeopleByID(ctx, tx.Tx, tx.Org(), []string{id})
	if err != nil {
		return identity.Person{}, err
	}
	p, ok := people[id]
	if !ok || p.Erased != "" {
		return p, fault.Fieldf(field, "there is nobody with the id %q here", id)
	}
	return p, nil
}
