package staff_test

import (
	"context"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/own/staff"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

// tied is people who are to be kept, by id.
type tied map[string]bool

func (t tied) Tied(_ context.Context, _ *db.Tx, _, person string) (bool, error) {
	return t[person], nil
}

// Former staff who never became members are forgotten when their time is up:
// their details are gone from the lists and from the record, the counts stay.
func TestForget(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		keep := law.Retention{ID: "former-staff", Months: 6}
		load(t, s, listOf(t, "2026-01-05", ada, bryn, carys, dilysBefore))
		load(t, s, from(listOf(t, "2026-01-05", replace(bryn, "20400002", "C-2")), council))
		load(t, s, listOf(t, "2026-03-02", replace(dilysBefore, "Penn", "Penn-Lowe")))
		people := everybody(t, b)
		kept := tied{people["carys.fell@example.org"].ID: true}

		// Absent as of 2 March: they are kept to the end of 2 September.
		for _, c := range []struct {
			day  string
			want staff.Forgotten
		}{
			{"2026-09-02", staff.Forgotten{}},
			{"2026-09-03", staff.Forgotten{Erased: 1, Tied: 1}}, // Bryn is still on the council's list
			{"2026-09-04", staff.Forgotten{Tied: 1}},
		} {
			got, err := s.Forget(ctx, "system", wye, keep, kept, date(t, c.day))
			must(t, err)
			if got != c.want {
				t.Errorf("on %s: %+v, want %+v", c.day, got, c.want)
			}
		}
		gone := people["ada.reed@example.org"].ID
		history, err := s.History(ctx, wye, gone)
		must(t, err)
		if len(history) != 1 || !history[0].Erased || history[0].EmployeeNumber != "" || history[0].Timeline[0].Family != "" {
			t.Errorf("history: %+v", history)
		}
		if got := names(t, s, staff.Filter{Day: date(t, "2026-02-02"), Employer: wye}); strings.Contains(got, "Ada") || !strings.HasPrefix(got, " at Ferry Lane") {
			t.Errorf("the list of a past day: %s", got)
		}
		must(t, b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
			return tx.Each(ctx, func(rows *db.Rows) error {
				var value []byte
				if err := rows.Scan(&value); err != nil {
					return err
				}
				if strings.Contains(string(value), "Reed") || strings.Contains(string(value), "20400001") {
					t.Errorf("the record still holds %s", value)
				}
				return nil
			}, `SELECT value FROM journal_row WHERE value IS NOT NULL`)
		}))
		// Whoever comes back after that is somebody new.
		out := load(t, s, listOf(t, "2026-11-02", dilysBefore, replace(ada, "06/01/2020", "12/10/2026")))
		if out.Import.Joiners != 1 || everybody(t, b)["ada.reed@example.org"].ID == gone {
			t.Errorf("coming back: %+v", out.Import)
		}
	})
}
