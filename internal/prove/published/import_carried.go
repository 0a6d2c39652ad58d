package published

import (
	"context"
	"strings"

	"commonweal/internal/base/db"
)

// The carried table holds three kinds of figures. Each is needed until the full
// file of its kind is in: a machine with the organisations' workbook alone still
// takes England from the carried table.

// setAsideCovered takes out of force, in a carried import, what a full file now says.
func setAsideCovered(ctx context.Context, tx *db.Tx, id string, by Import, periods []Period) error {
	switch by.Format {
	case FormatSurveyOrganisations, FormatSurveyNational:
		sign := map[Format]string{FormatSurveyOrganisations: "<>", FormatSurveyNational: "="}[by.Format]
		for _, p := range periods {
			err := setAside(ctx, tx, id, by.ID, `period = ? AND measure LIKE 'nss.%' AND ods `+sign+` ?`, string(p), England)
			if err != nil {
				return err
			}
		}
	case FormatAbsence:
		year, err := months(ctx, tx, carriedFirst, carriedLast)
		if err != nil || year < 12 {
			return err
		}
		return setAside(ctx, tx, id, by.ID, `measure = ?`, AbsenceYear.ID)
	}
	return nil
}

// uncovered is the carried batch without what full files in force say.
func (b *batch) uncovered(ctx context.Context, tx *db.Tx, before []Import) (*batch, error) {
	var organisations, national bool
	for _, i := range before {
		if i.ReplacedBy == "" && i.Source.Year == carriedSurvey {
			organisations = organisations || i.Format == FormatSurveyOrganisations
			national = national || i.Format == FormatSurveyNational
		}
	}
	year, err := months(ctx, tx, carriedFirst, carriedLast)
	if err != nil || !organisations && !national && year < 12 {
		return b, err
	}
	out := newBatch(nil)
	for _, v := range b.values {
		covered := year >= 12
		if strings.HasPrefix(v.measure, "nss.") {
			covered = v.ods == England && national || v.ods != England && organisations
		}
		if covered {
			continue
		}
		out.values = append(out.values, v)
		out.organisations[v.ods] = b.organisations[v.ods]
		out.measures[v.measure] = b.measures[v.measure]
	}
	return out, nil
}

// months counts the months of absence in force from first to last.
func months(ctx context.Context, tx *db.Tx, first, last Period) (n int, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(DISTINCT period) FROM published_value WHERE measure = ? AND period >= ? AND period <= ?
		AND import_id IN (SELECT id FROM published_import WHERE kind = ?)`,
		AbsenceRate.ID, string(first), string(last), string(FormatAbsence)).Scan(&n)
	return n, err
}
