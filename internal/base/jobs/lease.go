package jobs

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/world"
)

// leased is a job that this process holds. By tells its lease from any other
// on the same job.
type leased struct {
	Job
	by string
}

// classLost is the class of a job whose last try ended with the process.
const classLost = "process_ended"

// lease takes up to n due jobs of the kinds this process handles. A job whose
// lease ran out counts as due; when it had its last try it is parked instead.
func (q *Queue) lease(ctx context.Context, n int) ([]leased, error) {
	if len(q.handlers) == 0 {
		return nil, nil
	}
	// A look first, so that an idle queue does not take the write lock.
	var due []Job
	err := q.db.Read(ctx, func(tx *db.Tx) (err error) {
		due, err = q.due(ctx, tx, n)
		return err
	})
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var taken []leased
	parked := 0
	err = q.db.Write(ctx, func(tx *db.Tx) error {
		taken, parked = taken[:0], 0
		due, err := q.due(ctx, tx, n)
		if err != nil {
			return err
		}
		for _, job := range due {
			if job.Attempts >= q.opts.Attempts {
				if err := q.park(ctx, tx, job, classLost); err != nil {
					return err
				}
				parked++
				continue
			}
			job.Attempts++
			l := leased{Job: job, by: q.world.ID()}
			_, err := tx.Exec(ctx, `UPDATE job SET lease_until = ?, lease_by = ?, attempts = ? WHERE id = ?`,
				q.until(), l.by, job.Attempts, job.ID)
			if err != nil {
				return err
			}
			taken = append(taken, l)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(taken) == 0 && parked > 0 {
		return q.lease(ctx, n) // behind those there may be others
	}
	return taken, nil
}

func (q *Queue) until() string { return stamp(q.world.Now().Add(q.opts.Lease)) }

// due lists jobs to do now, the longest waiting first.
func (q *Queue) due(ctx context.Context, tx *db.Tx, n int) ([]Job, error) {
	now := q.world.Stamp()
	args := []any{now, now}
	for _, kind := range q.kinds() {
		args = append(args, kind)
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(q.handlers)), ", ")
	args = append(args, n)
	var out []Job
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var job Job
		var at string
		if err := rows.Scan(&job.ID, &job.Kind, &job.Payload, &at, &job.Attempts); err != nil {
			return err
		}
		var err error
		if job.RunAt, err = time.Parse(world.TimeFormat, at); err != nil {
			return fmt.Errorf("job %s: its time %q cannot be read: %w", job.ID, at, err)
		}
		out = append(out, job)
		return nil
	}, `SELECT id, kind, payload, run_at, attempts FROM job
		WHERE state = 'waiting' AND run_at <= ? AND lease_until <= ? AND kind IN (`+marks+`) ORDER BY run_at, id LIMIT ?`, args...)
	return out, err
}

func (q *Queue) kinds() []string {
	out := make([]string, 0, len(q.handlers))
	for k := range q.handlers {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// extend renews a lease and reports whether it was still held.
func (q *Queue) extend(ctx context.Context, l leased) (bool, error) {
	return q.held(ctx, `UPDATE job SET lease_until = ? WHERE id = ? AND lease_by = ?`, q.until(), l.ID, l.by)
}

// finish takes a job that was done out of the table.
func (q *Queue) finish(ctx context.Context, l leased) error {
	return q.end(ctx, l, `DELETE FROM job WHERE id = ? AND lease_by = ?`, l.ID, l.by)
}

// release gives a job back whose handler was stopped with the process; that
// try does not count.
func (q *Queue) release(ctx context.Context, l leased) error {
	return q.end(ctx, l, `UPDATE job SET lease_until = '', lease_by = '', attempts = ? WHERE id = ? AND lease_by = ?`,
		l.Attempts-1, l.ID, l.by)
}

// fail puts a job back for its next try, or parks it.
func (q *Queue) fail(ctx context.Context, l leased, cause error) error {
	class := classOf(cause)
	var final permanent
	if !errors.As(cause, &final) && l.Attempts < q.opts.Attempts {
		next := stamp(q.world.Now().Add(q.pause(l.Attempts)))
		return q.end(ctx, l, `UPDATE job SET lease_until = '', lease_by = '', run_at = ?, last_error = ? WHERE id = ? AND lease_by = ?`,
			next, class, l.ID, l.by)
	}
	return q.db.Write(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE job SET lease_by = lease_by WHERE id = ? AND lease_by = ?`, l.ID, l.by)
		if err != nil {
			return err
		}
		if n == 0 {
			return errLost
		}
		return q.park(ctx, tx, l.Job, class)
	})
}

// park marks a job as failed for good, or hands it to the owner of its kind.
func (q *Queue) park(ctx context.Context, tx *db.Tx, job Job, class string) error {
	if fn, ok := q.parked[job.Kind]; ok {
		if _, err := tx.Exec(ctx, `DELETE FROM job WHERE id = ?`, job.ID); err != nil {
			return err
		}
		return fn(ctx, tx, job, class)
	}
	_, err := tx.Exec(ctx, `UPDATE job SET state = 'failed', lease_until = '', lease_by = '', last_error = ? WHERE id = ?`, class, job.ID)
	return err
}

var errLost = errors.New("the lease had been lost")

func (q *Queue) end(ctx context.Context, l leased, query string, args ...any) error {
	held, err := q.held(ctx, query, args...)
	if err == nil && !held {
		return fmt.Errorf("job %s: %w", l.ID, errLost)
	}
	return err
}

func (q *Queue) held(ctx context.Context, query string, args ...any) (bool, error) {
	var n int64
	err := q.db.Write(ctx, func(tx *db.Tx) (err error) {
		n, err = tx.Exec(ctx, query, args...)
		return err
	})
	return n == 1, err
}
