package indicator

import (
	"context"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/prove/published"
)

// Source gives measures that another room holds: survey scores from releases, what
// members do. It is asked each time, and nothing of it is kept.
type Source interface {
	// Measures are the measures it has about an organisation today.
	Measures(ctx context.Context, org string) ([]Definition, error)
	// Figures are those of one of them.
	Figures(ctx context.Context, org, code string) ([]Figure, error)
}

// Service keeps the measures of organisations. Who may call what is decided by package
// policy before. Its methods may be called from several goroutines.
type Service struct {
	journal   *journal.Journal
	published *published.Store
	sources   []Source
}

// New makes a service over a journal whose governed tables include [Tables] and whose
// seals include [Seal].
func New(j *journal.Journal, p *published.Store, sources ...Source) *Service {
	return &Service{journal: j, published: p, sources: append([]Source{nhs{p}}, sources...)}
}

// Define enters a measure, or a revision of one: the first gets number 1, a later one
// needs a reason.
func (s *Service) Define(ctx context.Context, actor, org string, d Definition) (Definition, error) {
	if d.Covers == 0 {
		d.Covers = 1
	}
	if d.Unit == "" && d.Kind == Proportion {
		d.Unit = "%" // its figures are hundredths of a whole, whatever is written after them
	}
	if err := d.check(); err != nil {
		return d, err
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "indicator.defined", Actor: actor}, func(tx *journal.Tx) error {
		all, err := definitions(ctx, tx.Tx, org, d.Code)
		if err != nil {
			return err
		}
		switch {
		case len(all) == 0 && d.Reason != "":
			return fault.Fieldf("reason", "there is no measure %s to revise", d.Code)
		case len(all) > 0 && d.Reason == "":
			return fault.Fieldf("reason", "measure %s is defined already: say why it is revised", d.Code)
		case len(d.Reason) > maxReason:
			return fault.Fieldf("reason", "the reason is longer than %d letters", maxReason)
		}
		if len(all) > 0 {
			was := all[len(all)-1]
			if err := d.follows(was); err != nil {
				return err
			}
			if len(Changes(was, d)) == 0 {
				return fault.Errorf(fault.Invalid, "nothing in the definition of measure %s is changed", d.Code)
			}
		}
		d.ID, d.Org, d.N, d.Entered, d.By = tx.ID(), org, len(all)+1, tx.At(), tx.Actor()
		tx.Detail("indicator", d.Code)
		tx.Detail("revision", d.N)
		return tx.Insert(ctx, "indicator", d.row())
	})
	return d, err
}

// List are the measures of an organisation: its own by name, then those of other rooms.
func (s *Service) List(ctx context.Context, org string) (out []Definition, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		all, err := definitions(ctx, tx, org, "")
		out = newest(all)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, source := range s.sources {
		more, err := source.Measures(ctx, org)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// newest keeps the last revision of each measure, in the order of their names.
func newest(all []Definition) []Definition {
	var out []Definition
	for i, d := range all {
		if i+1 == len(all) || all[i+1].Code != d.Code {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b Definition) int { return compareNames(a.Name, b.Name) })
	return out
}

// One is a measure with its revisions, the newest last; a measure of another room has
// one.
func (s *Service) One(ctx context.Context, org, code string) (d Definition, revisions []Definition, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		revisions, err = definitions(ctx, tx, org, code)
		return err
	})
	if err != nil {
		return d, nil, err
	}
	if code != "" && len(revisions) > 0 {
		return revisions[len(revisions)-1], revisions, nil
	}
	source, d, err := s.source(ctx, org, code)
	if err == nil && source == nil {
		err = fault.Errorf(fault.NotFound, "there is no measure %q", code)
	}
	return d, []Definition{d}, err
}

func (s *Service) source(ctx context.Context, org, code string) (Source, Definition, error) {
	for _, source := range s.sources {
		list, err := source.Measures(ctx, org)
		if err != nil {
			return nil, Definition{}, err
		}
		if i := slices.IndexFunc(list, func(d Definition) bool { return d.Code == code }); i >= 0 {
			return source, list[i], nil
		}
	}
	return nil, Definition{}, nil
}

// Figures are the figures of a measure as they stand: of each period and unit what the
// newest import says, by unit and period.
func (s *Service) Figures(ctx context.Context, org, code string) ([]Figure, error) {
	all, err := s.History(ctx, org, code)
	if err != nil || len(all) == 0 {
		source, _, found := s.source(ctx, org, code)
		if err != nil || found != nil || source == nil {
			return nil, firstOf(err, found)
		}
		out, err := source.Figures(ctx, org, code)
		order(out)
		return out, err
	}
	out := all[:0:0]
	for i, f := range all {
		if i+1 == len(all) || all[i+1].Period != f.Period || all[i+1].Unit != f.Unit {
			out = append(out, f)
		}
	}
	return out, nil
}

// History are all figures of one's own measure that were ever imported, by unit and
// period, the newest word of each last.
func (s *Service) History(ctx context.Context, org, code string) (out []Figure, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = figures(ctx, tx, org, code)
		return err
	})
	return out, err
}

func (s *Service) read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.journal.DB().Read(ctx, fn)
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
