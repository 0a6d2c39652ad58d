package box

import (
	"context"

	"commonweal/belenios/archive"
	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// ClosedHead is the head of a contest's archive when its voting was closed: the
// votes are fixed by it and nobody has opened one. Lots are drawn from it. Anybody
// may see it. It is Conflict before the voting is closed.
func (s *Service) ClosedHead(ctx context.Context, org, contest string) (h Head, err error) {
	found := false
	err = s.read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			found = true
			h, err = scanHead(rows)
			return err
		}, headColumns+` AND stage <> ? ORDER BY height LIMIT 1`, org, contest, archive.Voting.String())
	})
	if err == nil && !found {
		err = fault.Errorf(fault.Conflict, "the voting in contest %s is not closed", contest)
	}
	return h, err
}
