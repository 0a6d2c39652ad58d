package published

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// MeasureFigures are the figures of one measure in one period: those of all
// organisations, and England's.
type MeasureFigures struct {
	Measure Measure
	Period  Period // empty where none is published
	Figures []Figure
	Source  []Source // whose figures these are
}

// Of finds the figure of one organisation.
func (m MeasureFigures) Of(ods string) (Figure, bool) {
	for _, f := range m.Figures {
		if f.Organisation.ODS == ods {
			return f, true
		}
	}
	return Figure{}, false
}

// England finds England's figure, or nil where there is none or it is hidden.
func (m MeasureFigures) England() *Figure {
	if f, ok := m.Of(England); ok && !f.Suppressed {
		return &f
	}
	return nil
}

// Figures reads figures of each measure, all of the newest period that the first
// one is published for. For the year's absence see [Store.AbsenceOverYear].
func (s *Store) Figures(ctx context.Context, measures ...Measure) (out []MeasureFigures, err error) {
	err = s.read(ctx, func(tx *db.Tx, kept *memo) error {
		out = nil
		period := Period("")
		for n, m := range measures {
			if n == 0 {
				if period, err = kept.newestOf(ctx, tx, m); err != nil {
					return err
				}
			}
			got, err := kept.figuresOf(ctx, tx, m, period)
			if err != nil {
				return err
			}
			out = append(out, got)
		}
		return nil
	})
	return out, err
}

func (k *memo) newestOf(ctx context.Context, tx *db.Tx, m Measure) (p Period, err error) {
	if p, ok := k.newest[m.ID]; ok {
		return p, nil
	}
	if p, err = newest(ctx, tx, m); err == nil && len(k.newest) < memoMeasures {
		k.newest[m.ID] = p
	}
	return p, err
}

func (k *memo) figuresOf(ctx context.Context, tx *db.Tx, m Measure, p Period) (MeasureFigures, error) {
	got := MeasureFigures{Measure: m, Period: p}
	if p == "" {
		return got, nil
	}
	key := m.ID + " " + string(p)
	if kept, ok := k.figures[key]; ok {
		return kept, nil
	}
	sources, err := inForce(ctx, tx)
	if err != nil {
		return got, err
	}
	if err := got.read(ctx, tx, k.organisations, sources); err != nil {
		return got, err
	}
	if len(k.figures) < memoMeasures {
		k.figures[key] = got
	}
	return got, nil
}

// newest is the last period for which a measure is published.
func newest(ctx context.Context, tx *db.Tx, m Measure) (p Period, err error) {
	err = tx.QueryRow(ctx, `SELECT COALESCE(MAX(period), '') FROM published_value WHERE measure = ?
		AND import_id IN (SELECT id FROM published_import WHERE replaced_by IS NULL)`, m.ID).Scan(&p)
	return p, err
}

func inForce(ctx context.Context, tx *db.Tx) (map[string]Source, error) {
	list, err := imports(ctx, tx)
	out := map[string]Source{}
	for _, i := range list {
		if i.InForce() {
			out[i.ID] = i.Source
		}
	}
	return out, err
}

func (m *MeasureFigures) read(ctx context.Context, tx *db.Tx, known map[string]Listed, sources map[string]Source) error {
	from := map[string]bool{}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var id, ods, text string
		var f Figure
		if err := rows.Scan(&id, &ods, &text, &f.Base); err != nil {
			return err
		}
		l, ok := known[ods]
		if !ok {
			return nil // a part of England
		}
		f.Organisation = l.Organisation
		var err error
		if f.Value, f.Suppressed, err = readFigure(text); err != nil {
			return fmt.Errorf("measure %s of %s: %w", m.Measure.ID, ods, err)
		}
		m.Figures = append(m.Figures, f)
		from[id] = true
		return nil
	}, `SELECT import_id, ods, COALESCE(figure, ''), base FROM published_value WHERE measure = ? AND period = ?
		AND import_id IN (SELECT id FROM published_import WHERE replaced_by IS NULL) ORDER BY ods`, m.Measure.ID, string(m.Period))
	for _, id := range sortedKeys(from) {
		m.Source = append(m.Source, sources[id])
	}
	return err
}

// readFigure reads a stored figure; an empty one is hidden.
func readFigure(text string) (v float64, hidden bool, err error) {
	if text == "" {
		return 0, true, nil
	}
	v, err = strconv.ParseFloat(text, 64)
	return v, false, err
}

// MeasureOf finds a measure by its id: one of ours, or one that an import in
// force brought, with the publisher's wording.
func (s *Store) MeasureOf(ctx context.Context, id string) (m Measure, err error) {
	if code, ok := strings.CutPrefix(id, "nss."); ok {
		if m, ok := ScoreOf(code); ok {
			return m, nil
		}
	}
	for _, m := range []Measure{AbsenceLost, AbsenceAvailable, AbsenceRate, AbsenceYear} {
		if m.ID == id {
			return m, nil
		}
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		var low, high, spread string
		found := false
		err := tx.Each(ctx, func(rows *db.Rows) error {
			found = true
			return rows.Scan(&m.ID, &m.Label, &m.Unit, &m.Kind, &m.Direction, &m.Code, &m.Text, &m.Option, &m.Weighted, &m.BaseUnit, &low, &high, &spread)
		}, `SELECT measure, label, unit, kind, direction, code, question, answer, weighted, base_unit, low, high, spread FROM published_measure
			WHERE measure = ? AND import_id IN (SELECT id FROM published_import WHERE replaced_by IS NULL) ORDER BY import_id LIMIT 1`, id)
		if err != nil {
			return err
		}
		if !found {
			return fault.Errorf(fault.NotFound, "there is no measure %s", quote(id))
		}
		for _, n := range []struct {
			to   *float64
			text string
		}{{&m.Low, low}, {&m.High, high}, {&m.Spread, spread}} {
			if *n.to, err = strconv.ParseFloat(n.text, 64); err != nil {
				return fmt.Errorf("measure %s: %w", id, err)
			}
		}
		return nil
	})
	return m, err
}
