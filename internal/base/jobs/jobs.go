// Package jobs does work later: leased work in one table, so that no second
// service is needed and any number of processes on one database share it.
//
// A job is added in the transaction of the change that wants it, so there is
// never a job without its reason or a reason without its job. A worker takes a
// job by writing a lease on its row, an instant until which it is the worker's
// alone; the lease is renewed while the handler runs. There are no advisory
// locks and no notifications: the tables are looked at once in a poll interval.
//
// # At least once
//
// A process that is killed leaves its lease behind; when it runs out the job
// is done again. So a job is done at least once, never surely once, and a
// HANDLER MUST BE IDEMPOTENT: doing the job a second time must give the same
// end as doing it once. While leases hold, no two workers run one job at the
// same time. That rests on the clocks of the processes agreeing to well within
// a lease.
//
// A handler that fails is tried again after a pause that doubles, up to a cap.
// After the last try the job is parked: it stays in the table, marked failed,
// where [Queue.Failed] shows it. Only the class of an error is stored, never
// its text, which may name people.
package jobs

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
)

// Job is one piece of work.
type Job struct {
	ID      string
	Kind    string // which handler does it
	Payload string // ids, never personal data
	// RunAt is the earliest moment; the zero time means at once.
	RunAt time.Time
	// Key, where it is not empty, makes the job unique: adding a second job with
	// the key of one that still waits, runs or is parked does nothing.
	Key string
	// Attempts counts the tries, with the one that runs. Set by the queue.
	Attempts int
}

// Handler does jobs of one kind. It must be idempotent, see the package
// comment. Its context ends when the lease is lost or the process stops.
type Handler func(ctx context.Context, job Job) error

// ParkedFunc is told in the parking transaction that a job has failed for good.
// The job's row goes; what there is to show is then the owner's to keep.
type ParkedFunc func(ctx context.Context, tx *db.Tx, job Job, class string) error

// Options are how a queue works. The zero value is usable.
type Options struct {
	// Workers is how many jobs run at a time in this process; 0 means 4.
	Workers int
	// Poll is how often the table is looked at; 0 means a second.
	Poll time.Duration
	// Lease is how long a killed process keeps a job; 0 means a minute.
	Lease time.Duration
	// Attempts is how often a job is tried before it is parked; 0 means 24,
	// which with the pauses below is about three days.
	Attempts int
	// FirstPause and LongestPause bound the wait between tries; 0 means 15
	// seconds and 6 hours.
	FirstPause, LongestPause time.Duration
	// Grace is how long running handlers may finish when the process stops
	// before their context ends; 0 means 10 seconds.
	Grace time.Duration
	// Log hears of failures, by kind and class; nil means nobody.
	Log *slog.Logger
}

// Queue adds jobs and runs them. Handlers and schedules are declared before
// [Queue.Run]; the other methods may be called from several goroutines.
type Queue struct {
	db       *db.DB
	world    *world.World
	opts     Options
	handlers map[string]Handler
	parked   map[string]ParkedFunc
	every    []schedule
}

// New makes a queue over an open, migrated database.
func New(d *db.DB, w *world.World, opts Options) *Queue {
	opts.Workers = orElse(opts.Workers, 4)
	opts.Poll = orElse(opts.Poll, time.Second)
	opts.Lease = orElse(opts.Lease, time.Minute)
	opts.Attempts = orElse(opts.Attempts, 24)
	opts.FirstPause = orElse(opts.FirstPause, 15*time.Second)
	opts.LongestPause = orElse(opts.LongestPause, 6*time.Hour)
	opts.Grace = orElse(opts.Grace, 10*time.Second)
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	return &Queue{db: d, world: w, opts: opts, handlers: map[string]Handler{}, parked: map[string]ParkedFunc{}}
}

func orElse[T int | time.Duration](v, usual T) T {
	if v > 0 {
		return v
	}
	return usual
}

// Handle declares who does jobs of a kind. A kind that this process does not
// handle is left for a process that does.
func (q *Queue) Handle(kind string, h Handler) { q.handlers[kind] = h }

// OnParked declares who keeps the jobs of a kind that have failed for good.
// Without it they stay in the job table.
func (q *Queue) OnParked(kind string, fn ParkedFunc) { q.parked[kind] = fn }

// Add puts a job into the queue as part of the caller's transaction.
func (q *Queue) Add(ctx context.Context, tx *db.Tx, job Job) error {
	if job.Kind == "" {
		return errors.New("a job without a kind")
	}
	if job.ID == "" {
		job.ID = q.world.ID()
	}
	if job.RunAt.IsZero() {
		job.RunAt = q.world.Now()
	}
	var key any
	if job.Key != "" {
		key = job.Key
	}
	_, err := tx.Exec(ctx, `INSERT INTO job (id, kind, payload, run_at, lease_until, lease_by, attempts, state, last_error, once)
		VALUES (?, ?, ?, ?, '', '', 0, 'waiting', '', ?) ON CONFLICT (once) DO NOTHING`,
		job.ID, job.Kind, job.Payload, stamp(job.RunAt), key)
	return err
}

func stamp(t time.Time) string { return t.UTC().Format(world.TimeFormat) }

// permanent marks an error that another try cannot mend.
type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Permanent wraps an error that another try cannot mend: the job is parked at
// once.
func Permanent(err error) error { return permanent{err} }

// Classified is an error that names its own class for the job table: a short
// word or code without personal data.
type Classified interface{ Class() string }

// classOf is what may be stored of an error.
func classOf(err error) string {
	var c Classified
	switch {
	case errors.As(err, &c):
		return c.Class()
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	default:
		return string(fault.KindOf(err))
	}
}
