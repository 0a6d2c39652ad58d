package staff

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/law"
)

// Swept counts what a sweep deleted.
type Swept struct{ Uploads, Rejects int64 }

// Sweep deletes uploads that waited, and refused rows that were shown, until
// before today. Run it every day.
func (s *Service) Sweep(ctx context.Context, today law.Date) (out Swept, err error) {
	day := today.String()
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM staff_upload_piece WHERE upload_id IN (SELECT id FROM staff_upload WHERE keep_until < ?)`, day)
		if err != nil {
			return err
		}
		if out.Uploads, err = tx.Exec(ctx, `DELETE FROM staff_upload WHERE keep_until < ?`, day); err != nil {
			return err
		}
		out.Rejects, err = tx.Exec(ctx, `DELETE FROM staff_reject WHERE keep_until < ?`, day)
		return err
	})
	if err != nil {
		return Swept{}, fmt.Errorf("sweep staff uploads and refused rows: %w", err)
	}
	return out, nil
}
