package poll

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// ByUUID finds the contest that an archive is of, with its poll.
func (s *Service) ByUUID(ctx context.Context, org, uuid string) (p Poll, c Contest, err error) {
	err = s.journal.DB().Read(ctx, func(tx *db.Tx) error {
		var id string
		err := tx.Each(ctx, func(rows *db.Rows) error { return rows.Scan(&id) }, `SELECT id FROM contest WHERE org_id = ? AND uuid = ?`, org, uuid)
		if err != nil {
			return err
		}
		if id == "" {
			return fault.Errorf(fault.NotFound, "no vote has the identifier %.40s", uuid)
		}
		p, c, err = s.ofContest(ctx, tx, org, id)
		return err
	})
	return p, c, err
}

// ContestIn reads a contest with its poll, whatever its stage. For other rooms.
func (s *Service) ContestIn(ctx context.Context, tx *db.Tx, org, contest string) (Poll, Contest, error) {
	return s.ofContest(ctx, tx, org, contest)
}

// PollIn reads a poll, whatever its stage. For other rooms.
func (s *Service) PollIn(ctx context.Context, tx *db.Tx, org, id string) (Poll, error) {
	return s.one(ctx, tx, org, id)
}
