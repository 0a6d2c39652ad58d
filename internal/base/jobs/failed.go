package jobs

import (
	"context"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
)

// FailedJob is a job that was given up.
type FailedJob struct {
	Job
	Class string // of the last error
}

// Failed lists the parked jobs, oldest first.
func (q *Queue) Failed(ctx context.Context) ([]FailedJob, error) {
	var out []FailedJob
	err := q.db.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			var f FailedJob
			var at string
			err := rows.Scan(&f.ID, &f.Kind, &f.Payload, &at, &f.Attempts, &f.Class)
			if err != nil {
				return err
			}
			f.RunAt, err = time.Parse(world.TimeFormat, at)
			out = append(out, f)
			return err
		}, `SELECT id, kind, payload, run_at, attempts, last_error FROM job WHERE state = 'failed' ORDER BY run_at, id`)
	})
	return out, err
}

// Retry gives a parked job all its tries again, from now.
func (q *Queue) Retry(ctx context.Context, id string) error {
	return q.parkedRow(ctx, id, `UPDATE job SET state = 'waiting', attempts = 0, run_at = ? WHERE id = ? AND state = 'failed'`,
		q.world.Stamp(), id)
}

// Discard takes a parked job out of the table.
func (q *Queue) Discard(ctx context.Context, id string) error {
	return q.parkedRow(ctx, id, `DELETE FROM job WHERE id = ? AND state = 'failed'`, id)
}

func (q *Queue) parkedRow(ctx context.Context, id, query string, args ...any) error {
	ok, err := q.held(ctx, query, args...)
	if err == nil && !ok {
		return fault.Errorf(fault.NotFound, "job %s is not a failed job", id)
	}
	return err
}

// Health is how the queue stands, for the operator's page.
type Health struct {
	Waiting, Running, Failed int
	// Late is how long the longest waiting due job has been due.
	Late time.Duration
}

// Health counts the jobs.
func (q *Queue) Health(ctx context.Context) (Health, error) {
	var h Health
	now := q.world.Stamp()
	var oldest string
	err := q.db.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT
			COALESCE(SUM(CASE WHEN state = 'waiting' AND lease_until <= ? THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN state = 'waiting' AND lease_until > ? THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0),
			COALESCE(MIN(CASE WHEN state = 'waiting' AND lease_until <= ? THEN run_at END), '')
			FROM job`, now, now, now).Scan(&h.Waiting, &h.Running, &h.Failed, &oldest)
	})
	if err != nil || oldest == "" || oldest > now {
		return h, err
	}
	at, err := time.Parse(world.TimeFormat, oldest)
	if err != nil {
		return h, err
	}
	h.Late = q.world.Now().Sub(at)
	return h, nil
}
