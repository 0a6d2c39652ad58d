package action

import (
	"context"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// Messenger tells people things as part of a change. The notice room implements it.
type Messenger interface {
	Send(ctx context.Context, tx *journal.Tx, m notice.Message) (notice.Route, error)
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
// measured.
type Options struct {
	Journal   *journal.Journal
	Keys      *journal.Keys
	Messenger Messenger
	Offices   Offices
	Releases  Releases
}

// Service keeps actions. Who may call what is decided by package policy before. Its
// methods may be called from several goroutines.
type Service struct{ o Options }

// New makes a service.
func New(o Options) (*Service, error) { return &Service{o: o}, nil }

var errNotYet = fault.Errorf(fault.Internal, "actions are not kept yet")

// Agree makes an action of a finding and tells its owner. It is the engagement lead's
// or a director's.
func (s *Service) Agree(ctx context.Context, actor, org string, d Draft) (Action, error) {
	return Action{}, errNotYet
}

// Take adds a step. Begun, Reported, Done, NotDone and Moved are the owner's, the
// engagement lead's and a director's; Handed and Reopened are the latter two's.
func (s *Service) Take(ctx context.Context, actor, org string, t Take) (Action, error) {
	return Action{}, errNotYet
}

// All are all actions in the order in which they want attention: overdue ones first,
// the oldest day first; then those that run, by day; at last those that ended, newest
// first.
func (s *Service) All(ctx context.Context, org string) ([]Listed, error) { return nil, errNotYet }

// One is one action by its id.
func (s *Service) One(ctx context.Context, org, id string) (Listed, error) {
	return Listed{}, errNotYet
}

// Measured is what the next wave says of an action.
func (s *Service) Measured(ctx context.Context, org, id string) (Change, error) {
	return Change{}, errNotYet
}

// Say records what a member says of an action: once, and again to change it. The
// record does not name the person.
func (s *Service) Say(ctx context.Context, org, person, id string, w Word) error { return errNotYet }

// Said is what somebody themselves said of an action; ok is false where they have not.
func (s *Service) Said(ctx context.Context, org, person, id string) (w Word, ok bool, err error) {
	return Word{}, false, errNotYet
}

// Texts are what members wrote of an action, in an order that tells nothing. They are
// for the engagement lead, directors and the owner.
func (s *Service) Texts(ctx context.Context, org, id string) ([]string, error) {
	return nil, errNotYet
}

// Name says who answers for a directorate from today on; whoever did before no longer
// does. It is the engagement lead's or a director's.
func (s *Service) Name(ctx context.Context, actor, org string, h Head) error { return errNotYet }

// Heads are those who answer for directorates today.
func (s *Service) Heads(ctx context.Context, org string) ([]Head, error) { return nil, errNotYet }

// Remind tells owners of what is due soon and overdue, and those who answer for a
// directorate, and the directors, of what is overdue by [EscalateAfter] days. Each is
// told once. It is run every morning.
func (s *Service) Remind(ctx context.Context, org string) error { return errNotYet }

// Forget takes the words that somebody wrote of actions away, as part of erasing them.
// What they said in sum stays.
func (s *Service) Forget(ctx context.Context, tx *journal.Tx, person string) error {
	return errNotYet
}
