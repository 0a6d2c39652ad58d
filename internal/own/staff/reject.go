package staff

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/own/stafflist"
)

// keepRejects stores why rows of an import were refused, for as long as somebody
// is likely to mend them.
func (s *Service) keepRejects(ctx context.Context, tx *db.Tx, i Import, rejects []stafflist.Reject) error {
	until := s.keepUntil().String()
	for n, r := range rejects {
		_, err := tx.Exec(ctx, `INSERT INTO staff_reject (import_id, n, org_id, list_row, employee_no, name, field, value, reason, keep_until)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			i.ID, n, i.Org, r.Row, r.EmployeeNumber, r.Name, string(r.Field), r.Value, r.Reason, until)
		if err != nil {
			return err
		}
	}
	return nil
}

// Rejects returns why rows of an import were refused, by row. They are kept for
// some days only; the number of them stays in the import.
func (s *Service) Rejects(ctx context.Context, org, importID string) (out []stafflist.Reject, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var r stafflist.Reject
			if err := rows.Scan(&r.Row, &r.EmployeeNumber, &r.Name, &r.Field, &r.Value, &r.Reason); err != nil {
				return err
			}
			out = append(out, r)
			return nil
		}, `SELECT list_row, employee_no, name, field, value, reason FROM staff_reject WHERE org_id = ? AND import_id = ? ORDER BY n`, org, importID)
	})
	return out, err
}
