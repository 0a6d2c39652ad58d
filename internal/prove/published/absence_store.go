package published

import (
	"context"
	"maps"
	"slices"

	"commonweal/internal/base/db"
)

// AbsenceRecord is the absence that is published, by month. Every slice in it
// has one place a month.
type AbsenceRecord struct {
	Months        []Period // the last twelve that are known, or fewer; the first first
	Source        []Source
	Organisations map[string]Listed
	days          map[string][]MonthAbsence // by code; England's are the sums
}

// AbsenceMonths reads the last twelve months of absence. England is worked out:
// the days of every organisation in the file, added up. A machine that holds
// only the carried table has no months.
func (s *Store) AbsenceMonths(ctx context.Context) (r AbsenceRecord, err error) {
	err = s.read(ctx, func(tx *db.Tx, kept *memo) error {
		if kept.absence == nil {
			got, err := absenceMonths(ctx, tx, kept.organisations)
			if err != nil {
				return err
			}
			kept.absence = &got
		}
		r = *kept.absence
		return nil
	})
	return r, err
}

func absenceMonths(ctx context.Context, tx *db.Tx, known map[string]Listed) (AbsenceRecord, error) {
	r := AbsenceRecord{Organisations: known, days: map[string][]MonthAbsence{}}
	sources, err := inForce(ctx, tx)
	if err != nil {
		return r, err
	}
	place := map[Period]int{}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var p Period
		err := rows.Scan(&p)
		r.Months = append(r.Months, p)
		return err
	}, `SELECT DISTINCT period FROM published_value WHERE measure = ?
		AND import_id IN (SELECT id FROM published_import WHERE replaced_by IS NULL) ORDER BY period DESC LIMIT 12`, AbsenceAvailable.ID)
	if err != nil || len(r.Months) == 0 {
		return r, err
	}
	slices.Sort(r.Months)
	for n, p := range r.Months {
		place[p] = n
	}
	from := map[string]bool{}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var id, measure, ods, text string
		var p Period
		if err := rows.Scan(&id, &measure, &p, &ods, &text); err != nil {
			return err
		}
		v, hidden, err := readFigure(text)
		n, wanted := place[p]
		if err != nil || hidden || !wanted {
			return err
		}
		from[id] = true
		r.add(ods, n, measure, v)
		r.add(England, n, measure, v)
		return nil
	}, `SELECT import_id, measure, period, ods, COALESCE(figure, '') FROM published_value WHERE measure IN (?, ?) AND period >= ?
		AND import_id IN (SELECT id FROM published_import WHERE replaced_by IS NULL) ORDER BY measure, period, ods`,
		AbsenceLost.ID, AbsenceAvailable.ID, string(r.Months[0]))
	for _, id := range sortedKeys(from) {
		r.Source = append(r.Source, sources[id])
	}
	return r, err
}

func (r *AbsenceRecord) add(ods string, month int, measure string, days float64) {
	if r.days[ods] == nil {
		r.days[ods] = make([]MonthAbsence, len(r.Months))
	}
	m := &r.days[ods][month]
	m.Period = r.Months[month]
	if measure == AbsenceLost.ID {
		m.Lost += days
	} else {
		m.Available += days
	}
}

// Of returns an organisation's days by month, one place for each of Months; a
// month that is not published has no days available. It reports false where
// nothing is published for it at all.
func (r AbsenceRecord) Of(ods string) ([]MonthAbsence, bool) {
	d, ok := r.days[ods]
	return d, ok
}

// Rate is the days lost in a hundred days available, or false for no days.
func (m MonthAbsence) Rate() (float64, bool) {
	if m.Available <= 0 {
		return 0, false
	}
	return 100 * m.Lost / m.Available, true
}

// Middle is the median rate of a group's organisations in each month; false
// where none is known.
func (r AbsenceRecord) Middle(group string) (rates []float64, known []bool) {
	rates, known = make([]float64, len(r.Months)), make([]bool, len(r.Months))
	for n := range r.Months {
		var of []float64
		for ods, d := range r.days {
			if l := r.Organisations[ods]; l.Scope != ScopeOrganisation || l.Group != group || !l.Survey {
				continue
			}
			if v, ok := d[n].Rate(); ok {
				of = append(of, v)
			}
		}
		rates[n], known[n] = Median(of)
	}
	return rates, known
}

// Year is the year's absence of every organisation and of England, worked out
// from the months.
func (r AbsenceRecord) Year() MeasureFigures {
	out := MeasureFigures{Measure: AbsenceYear, Source: r.Source}
	if len(r.Months) == 0 {
		return out
	}
	out.Period = Span(r.Months[0], r.Months[len(r.Months)-1])
	for _, ods := range slices.Sorted(maps.Keys(r.days)) {
		o := r.Organisations[ods].Organisation
		if ods == England {
			o = Organisation{ODS: England, Name: "England", Scope: ScopeEngland}
		}
		var known []MonthAbsence
		for _, m := range r.days[ods] {
			if m.Available > 0 {
				known = append(known, m)
			}
		}
		if y, ok := OverYear(known); ok {
			out.Figures = append(out.Figures, Figure{Organisation: o, Value: y.Rate, Base: y.Months})
		}
	}
	return out
}

// AbsenceOverYear is a year's absence: worked out from twelve months where they
// are known, and else as the carried table has it.
func (s *Store) AbsenceOverYear(ctx context.Context) (MeasureFigures, error) {
	r, err := s.AbsenceMonths(ctx)
	if err != nil {
		return MeasureFigures{}, err
	}
	if len(r.Months) == 12 {
		return r.Year(), nil
	}
	figures, err := s.Figures(ctx, AbsenceYear)
	if err != nil {
		return MeasureFigures{}, err
	}
	return figures[0], nil
}
