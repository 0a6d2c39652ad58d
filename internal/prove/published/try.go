package published

import "context"

// Try reads a file as [Store.Import] would, with what is known of organisations, and
// keeps nothing.
func (s *Store) Try(ctx context.Context, f File) (Report, []Rejection, error) {
	about, err := s.Known(ctx)
	if err != nil {
		return Report{}, nil, err
	}
	var r refused
	report, err := ReadKnowing(ctx, f, about, &r)
	return report, r.list, err
}

// refused is a Sink that keeps only what does not fit.
type refused struct {
	nothing
	list []Rejection
}

// Reject implements Sink.
func (r *refused) Reject(one Rejection) error { r.list = append(r.list, one); return nil }
