package jobs

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"
)

// Run works until ctx ends, then lets running handlers finish (see
// [Options.Grace]) and returns nil when all its goroutines have ended. A
// database that cannot be reached is logged and tried again.
func (q *Queue) Run(ctx context.Context) error {
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var running sync.WaitGroup
	defer func() {
		timer := time.AfterFunc(q.opts.Grace, stop)
		running.Wait()
		timer.Stop()
	}()

	free := make(chan struct{}, q.opts.Workers)
	for range q.opts.Workers {
		free <- struct{}{}
	}
	done := make(chan struct{}, 1)
	for ctx.Err() == nil {
		started, err := q.round(ctx, work, free, &running, done)
		if err != nil && ctx.Err() == nil {
			q.opts.Log.ErrorContext(ctx, "jobs cannot be read", "error", err)
		}
		if started > 0 && err == nil {
			continue // there may be more
		}
		// Spread the polls of several processes.
		pause := q.opts.Poll/2 + rand.N(q.opts.Poll)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		case <-done: // a worker is free: look again at once
		}
	}
	return nil
}

// round adds the jobs of schedules that are due, leases as many jobs as there
// are free workers and starts them.
func (q *Queue) round(ctx, work context.Context, free chan struct{}, running *sync.WaitGroup, done chan struct{}) (int, error) {
	if err := q.tick(ctx); err != nil {
		return 0, err
	}
	n := len(free) // only this goroutine takes from it
	if n == 0 {
		return 0, nil
	}
	taken, err := q.lease(ctx, n)
	if err != nil {
		return 0, err
	}
	for _, l := range taken {
		<-free
		running.Add(1)
		go func() {
			defer running.Done()
			q.do(work, l)
			free <- struct{}{}
			select {
			case done <- struct{}{}:
			default:
			}
		}()
	}
	return len(taken), nil
}

// RunDue does what is due now in the calling goroutine, schedules too, until
// nothing is due any more, and returns how many jobs it did. It is for commands
// and tests; jobs that failed and wait for their next try are not waited for.
func (q *Queue) RunDue(ctx context.Context) (int, error) {
	n := 0
	for {
		if err := q.tick(ctx); err != nil {
			return n, err
		}
		taken, err := q.lease(ctx, 1)
		if err != nil || len(taken) == 0 {
			return n, err
		}
		q.do(ctx, taken[0])
		n++
		if err := ctx.Err(); err != nil {
			return n, err
		}
	}
}

// do runs one leased job and writes down how it ended.
func (q *Queue) do(work context.Context, l leased) {
	ctx, cancel := context.WithCancel(work)
	var renewing sync.WaitGroup
	renewing.Go(func() { q.renew(ctx, cancel, l) })
	err := q.call(ctx, l.Job)
	cancel()
	renewing.Wait()

	// The end is written even when the process is stopping.
	end := context.WithoutCancel(work)
	var outcome error
	switch {
	case err == nil:
		outcome = q.finish(end, l)
	case work.Err() != nil:
		outcome = q.release(end, l)
	default:
		q.opts.Log.WarnContext(end, "a job failed", "kind", l.Kind, "job", l.ID, "attempt", l.Attempts, "class", classOf(err))
		outcome = q.fail(end, l, err)
	}
	if outcome != nil {
		q.opts.Log.ErrorContext(end, "the end of a job was not written; it will be done again", "kind", l.Kind, "job", l.ID, "error", outcome)
	}
}

// call runs the handler; a panic is a failure of the job, not of the process.
func (q *Queue) call(ctx context.Context, job Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			q.opts.Log.ErrorContext(ctx, "a job panicked", "kind", job.Kind, "job", job.ID, "stack", string(debug.Stack()))
			err = fmt.Errorf("job %s panicked", job.ID)
		}
	}()
	return q.handlers[job.Kind](ctx, job)
}

// renew keeps the lease while the handler runs, and ends the handler's context
// when it is lost.
func (q *Queue) renew(ctx context.Context, lost context.CancelFunc, l leased) {
	ticker := time.NewTicker(q.opts.Lease / 3)
	defer ticker.Stop()
	failures := 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		held, err := q.extend(ctx, l)
		if err != nil {
			failures++
		} else {
			failures = 0
		}
		if ctx.Err() == nil && (err == nil && !held || failures == 2) {
			q.opts.Log.WarnContext(ctx, "the lease of a job was lost", "kind", l.Kind, "job", l.ID)
			lost()
			return
		}
	}
}

// pause is how long to wait after a number of tries: doubling from the first
// pause to the cap, then shortened by up to a quarter by chance so that jobs
// that failed together do not all come back together.
func (q *Queue) pause(attempts int) time.Duration {
	d := q.opts.LongestPause
	if shift := attempts - 1; shift < 30 {
		d = min(d, q.opts.FirstPause<<shift)
	}
	var b [1]byte
	q.world.Bytes(b[:])
	return d - d/4*time.Duration(b[0])/256
}
