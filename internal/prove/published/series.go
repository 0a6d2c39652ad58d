package published

import (
	"context"
	"slices"
	"strings"

	"commonweal/internal/base/db"
)

// Series are all figures of a measure that are in force, of every organisation and
// period, without the hidden ones; by code and period.
func (s *Store) Series(ctx context.Context, measure string) (out []Value, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = out[:0]
		return tx.Each(ctx, func(rows *db.Rows) error {
			v := Value{Measure: measure}
			var text string
			if err := rows.Scan(&v.ODS, &v.Period, &text, &v.Base); err != nil {
				return err
			}
			figure, hidden, err := readFigure(text)
			if err == nil && !hidden {
				v.Value = figure
				out = append(out, v)
			}
			return err
		}, `SELECT ods, period, COALESCE(figure, ''), base FROM published_value WHERE measure = ?
			AND import_id IN (SELECT id FROM published_import WHERE replaced_by IS NULL) ORDER BY ods, period, import_id`, measure)
	})
	return out, err
}

// InForce are the measures of which there are figures.
func (s *Store) InForce(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		clear(out)
		return tx.Each(ctx, func(rows *db.Rows) error {
			var id string
			err := rows.Scan(&id)
			out[id] = true
			return err
		}, `SELECT DISTINCT measure FROM published_measure WHERE import_id IN (SELECT id FROM published_import WHERE replaced_by IS NULL)`)
	})
	return out, err
}

// Succession says that an organisation went into another.
type Succession struct {
	From, To string
	On       string // 2024-11-01; "" where the day is not known
}

// Successions are the mergers that the directory knows, by the old code, and the codes of
// all organisations that stand.
func (s *Store) Successions(ctx context.Context) (out []Succession, codes []string, err error) {
	err = s.read(ctx, func(_ *db.Tx, m *memo) error {
		out, codes = nil, nil
		for ods, l := range m.organisations {
			if l.Scope != ScopeOrganisation {
				continue
			}
			codes = append(codes, ods)
			for _, p := range l.Predecessors {
				out = append(out, Succession{From: p, To: ods, On: l.Merged})
			}
		}
		return nil
	})
	slices.SortFunc(out, func(a, b Succession) int { return strings.Compare(a.From+a.To, b.From+b.To) })
	slices.Sort(codes)
	return out, codes, err
}

// Known is what the store knows of organisations when a file is read: which went into
// which, whose code is whose, and what month it is.
func (s *Store) Known(ctx context.Context) (Known, error) {
	list, codes, err := s.Successions(ctx)
	if err != nil {
		return Known{}, err
	}
	k := Known{History: NewHistory(list), Codes: make(map[string]bool, len(codes))}
	for _, c := range codes {
		k.Codes[c] = true
	}
	now := s.journal.World().Now()
	k.Month = Month(now.Year(), now.Month())
	return k, nil
}
