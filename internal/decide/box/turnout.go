package box

import (
	"context"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/world"
)

// Received is from how many voters a vote had been received, by any channel, when an
// hour began; the figure of an hour that is over stays what it is. A zero instant asks
// for all. It is for those to show who keep to the times that the rules name.
func (s *Service) Received(ctx context.Context, org, contest string, before time.Time) (n int, err error) {
	until := "9999"
	if !before.IsZero() {
		until = hour(before.UTC().Format(world.TimeFormat))
	}
	err = s.read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM pollbook WHERE org_id = ? AND contest_id = ? AND at_hour < ? AND state <> ?`, org, contest, until, Disqualified).Scan(&n)
	})
	return n, err
}
