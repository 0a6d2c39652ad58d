package friends

import (
	"context"
	"io"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Options are what a service needs.
type Options struct {
	Journal *journal.Journal
	Law     *law.Library
	// Without takes names and places out of words; nil leaves it to the gate alone.
	Without func(words string) string
}

// Service keeps the friends-and-family test. Who may call what is decided by package
// policy before. Its methods may be called from several goroutines.
type Service struct{ o Options }

// New makes a service.
func New(o Options) (*Service, error) { return &Service{o: o}, nil }

var errNotYet = fault.Errorf(fault.Internal, "the friends-and-family test is not kept yet")

// Points are all points, by name; those that closed are last.
func (s *Service) Points(ctx context.Context, org string) ([]Point, error) { return nil, errNotYet }

// Point is one point by its code. It is for the public page too: org is the point's.
func (s *Service) Point(ctx context.Context, code string) (p Point, org string, err error) {
	return Point{}, "", errNotYet
}

// Save opens a point, or changes one that has an id. A point is never deleted: it
// closes.
func (s *Service) Save(ctx context.Context, actor, org string, p Point) (Point, error) {
	return Point{}, errNotYet
}

// Take keeps an answer. Anybody may call it, as often as the bounds of a point allow.
// No address, agent, day or time is kept.
func (s *Service) Take(ctx context.Context, code string, a Answer) error { return errNotYet }

// Key keeps answers on paper. It is the engagement lead's or the secretary's.
func (s *Service) Key(ctx context.Context, actor, org string, c Cards) error { return errNotYet }

// Eligible says how many patients of a point could have answered in a month.
func (s *Service) Eligible(ctx context.Context, actor, org, point string, m Month, n int) error {
	return errNotYet
}

// Figures are those of a month: as closed where it is, else as they stand.
func (s *Service) Figures(ctx context.Context, org string, m Month) (Revision, error) {
	return Revision{}, errNotYet
}

// Close closes a month that is over and seals it.
func (s *Service) Close(ctx context.Context, actor, org string, m Month) (Revision, error) {
	return Revision{}, errNotYet
}

// Correct makes a new revision of a closed month, with what was keyed since.
func (s *Service) Correct(ctx context.Context, actor, org string, m Month, reason string) (Revision, error) {
	return Revision{}, errNotYet
}

// Months are all months with answers, the newest first, each with its newest revision.
func (s *Service) Months(ctx context.Context, org string) ([]Revision, error) { return nil, errNotYet }

// Waiting are the comments that wait at the gate, in an order that tells nothing.
func (s *Service) Waiting(ctx context.Context, org string) ([]Comment, error) { return nil, errNotYet }

// Decide lets a comment through, or not. It is the gate's.
func (s *Service) Decide(ctx context.Context, actor, org string, d Decision) error { return errNotYet }

// Import reads months that were counted before: it refuses the whole file where one
// row is wrong, and names row and field.
func (s *Service) Import(ctx context.Context, actor, org string, file io.Reader) (int, error) {
	return 0, errNotYet
}
