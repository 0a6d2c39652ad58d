package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/jobs"
	"commonweal/internal/schema/schematest"
)

var ctx = context.Background()

func add(t *testing.T, d *db.DB, q *jobs.Queue, list ...jobs.Job) {
	t.Helper()
	err := d.Write(ctx, func(tx *db.Tx) error {
		for _, job := range list {
			if err := q.Add(ctx, tx, job); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func runDue(t *testing.T, q *jobs.Queue, want int) {
	t.Helper()
	n, err := q.RunDue(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if n != want {
		t.Fatalf("%d jobs were run; want %d", n, want)
	}
}

func health(t *testing.T, q *jobs.Queue) jobs.Health {
	t.Helper()
	h, err := q.Health(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// A job is part of the change that wants it: no commit, no job.
func TestAdd_InTheCallersTransaction(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := b.Journal.DB()
		q := jobs.New(d, b.World, jobs.Options{})
		var did []string
		q.Handle("greet", func(_ context.Context, job jobs.Job) error {
			did = append(did, job.Payload)
			return nil
		})
		undone := errors.New("undone")
		err := d.Write(ctx, func(tx *db.Tx) error {
			if err := q.Add(ctx, tx, jobs.Job{Kind: "greet", Payload: "never"}); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		add(t, d, q,
			jobs.Job{Kind: "greet", Payload: "later", RunAt: schematest.Start.Add(time.Hour)},
			jobs.Job{Kind: "greet", Payload: "first"},
			jobs.Job{Kind: "greet", Payload: "second", Key: "only one"},
			jobs.Job{Kind: "greet", Payload: "again", Key: "only one"},
			jobs.Job{Kind: "somebody else's"})
		runDue(t, q, 2)
		if h := health(t, q); h.Waiting != 2 || h.Late != 0 {
			t.Fatalf("health %+v; want the later one and the one of a kind that is not handled here", h)
		}
		b.Clock.Advance(time.Hour)
		if h := health(t, q); h.Late != time.Hour {
			t.Fatalf("the unhandled job is late by %s; want an hour", h.Late)
		}
		runDue(t, q, 1)
		if want := []string{"first", "second", "later"}; !slices.Equal(did, want) {
			t.Fatalf("did %v; want %v", did, want)
		}
	})
}

// A failing job is tried again after pauses that double, then parked where it
// can be seen, given all its tries again or discarded. The text of its error is
// not kept: it may name people.
func TestFail_PausesThenParks(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := b.Journal.DB()
		q := jobs.New(d, b.World, jobs.Options{Attempts: 4, FirstPause: time.Minute, LongestPause: 3 * time.Minute})
		var at []time.Duration
		q.Handle("fragile", func(_ context.Context, job jobs.Job) error {
			if job.Attempts != len(at)%4+1 {
				t.Errorf("try %d says that it is try %d", len(at)%4+1, job.Attempts)
			}
			at = append(at, b.World.Now().Sub(schematest.Start))
			return fault.Errorf(fault.Conflict, "Enid Blackthorn is away")
		})
		add(t, d, q, jobs.Job{Kind: "fragile", Payload: "x", Key: "k"})
		for range 40 {
			if _, err := q.RunDue(ctx); err != nil {
				t.Fatal(err)
			}
			b.Clock.Advance(15 * time.Second)
		}
		if len(at) != 4 {
			t.Fatalf("tried at %v; want four times", at)
		}
		for i, bounds := range [][2]time.Duration{{45, 75}, {90, 135}, {135, 195}} {
			gap := (at[i+1] - at[i]) / time.Second
			if gap < bounds[0] || gap > bounds[1] {
				t.Errorf("pause %d was %d s; want between %d and %d", i+1, gap, bounds[0], bounds[1])
			}
		}
		failed, err := q.Failed(ctx)
		if err != nil || len(failed) != 1 {
			t.Fatalf("failed jobs %v, %v; want one", failed, err)
		}
		if f := failed[0]; f.Class != "conflict" || f.Payload != "x" || f.Attempts != 4 {
			t.Errorf("failed job %+v", f)
		}
		if err := q.Retry(ctx, failed[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := q.Retry(ctx, failed[0].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("a waiting job was given more tries: %v", err)
		}
		runDue(t, q, 1)
		for range 40 {
			b.Clock.Advance(time.Minute)
			if _, err := q.RunDue(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if err := q.Discard(ctx, failed[0].ID); err != nil {
			t.Fatal(err)
		}
		if h := health(t, q); h != (jobs.Health{}) {
			t.Errorf("health %+v after the only job was discarded", h)
		}
	})
}

// What another try cannot mend is parked at once; a panic is a failure of the
// job and not of the process; an owner may keep the failures itself.
func TestFail_PermanentPanicAndOwner(t *testing.T) {
	b := schematest.SQLite(t)
	d := b.Journal.DB()
	q := jobs.New(d, b.World, jobs.Options{Attempts: 1})
	q.Handle("hopeless", func(context.Context, jobs.Job) error { return jobs.Permanent(errors.New("no")) })
	q.Handle("panic", func(context.Context, jobs.Job) error { panic("oh") })
	q.Handle("owned", func(context.Context, jobs.Job) error { return jobs.Permanent(context.DeadlineExceeded) })
	var kept []string
	q.OnParked("owned", func(_ context.Context, _ *db.Tx, job jobs.Job, class string) error {
		kept = append(kept, job.Payload+" "+class)
		return nil
	})
	add(t, d, q, jobs.Job{Kind: "hopeless"}, jobs.Job{Kind: "panic"}, jobs.Job{Kind: "owned", Payload: "mine"})
	runDue(t, q, 3)
	failed, err := q.Failed(ctx)
	if err != nil || len(failed) != 2 || failed[0].Class != "internal" || failed[1].Class != "internal" {
		t.Fatalf("%+v, %v; want the hopeless one and the one that panicked", failed, err)
	}
	if !slices.Equal(kept, []string{"mine timeout"}) {
		t.Errorf("the owner kept %v", kept)
	}
}

// Two processes with eight workers do four hundred jobs: each is done once, and
// never by two at a time.
func TestRun_TwoWorkersNeverOneJob(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		const n = 400
		d := b.Journal.DB()
		var mu sync.Mutex
		active, times := map[string]int{}, map[string]int{}
		finished := make(chan struct{})
		handler := func(_ context.Context, job jobs.Job) error {
			mu.Lock()
			active[job.Payload]++
			if active[job.Payload] > 1 {
				t.Errorf("job %s runs twice at the same time", job.Payload)
			}
			mu.Unlock()
			time.Sleep(time.Millisecond)
			mu.Lock()
			defer mu.Unlock()
			active[job.Payload]--
			times[job.Payload]++
			if len(times) == n && times[job.Payload] == 1 {
				close(finished)
			}
			return nil
		}
		run, stop := context.WithCancel(ctx)
		defer stop()
		var all sync.WaitGroup
		var queues []*jobs.Queue
		for range 2 {
			q := jobs.New(d, b.World, jobs.Options{Workers: 4, Poll: 5 * time.Millisecond})
			q.Handle("count", handler)
			queues = append(queues, q)
		}
		list := make([]jobs.Job, n)
		for i := range list {
			list[i] = jobs.Job{Kind: "count", Payload: fmt.Sprint(i)}
		}
		add(t, d, queues[0], list...)
		for _, q := range queues {
			all.Go(func() {
				if err := q.Run(run); err != nil {
					t.Error(err)
				}
			})
		}
		select {
		case <-finished:
		case <-time.After(time.Minute):
			t.Error("the jobs were not done within a minute")
		}
		stop()
		all.Wait()
		for payload, k := range times {
			if k != 1 {
				t.Errorf("job %s was done %d times", payload, k)
			}
		}
		if h := health(t, queues[0]); h != (jobs.Health{}) {
			t.Errorf("health %+v at the end; want an empty queue", h)
		}
	})
}

// When the process stops, a running handler may finish; one that does not is
// told to end, and its job is given back as if it had not been tried.
func TestRun_Stop(t *testing.T) {
	for _, c := range []struct {
		name    string
		grace   time.Duration
		takes   time.Duration
		waiting int
	}{
		{"finishes within the grace", 5 * time.Second, 50 * time.Millisecond, 0},
		{"is given back", 20 * time.Millisecond, time.Minute, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := schematest.SQLite(t)
			d := b.Journal.DB()
			q := jobs.New(d, b.World, jobs.Options{Poll: 2 * time.Millisecond, Grace: c.grace})
			begun := make(chan struct{})
			q.Handle("long", func(ctx context.Context, _ jobs.Job) error {
				close(begun)
				select {
				case <-ctx.Done():
					return ctx.Err()
				case <-time.After(c.takes):
					return nil
				}
			})
			add(t, d, q, jobs.Job{Kind: "long"})
			run, stop := context.WithCancel(ctx)
			done := make(chan error)
			go func() { done <- q.Run(run) }()
			<-begun
			stop()
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			if h := health(t, q); h.Waiting != c.waiting || h.Running != 0 || h.Failed != 0 {
				t.Fatalf("health %+v; want %d waiting", h, c.waiting)
			}
			if c.waiting == 1 {
				q.Handle("long", func(_ context.Context, job jobs.Job) error {
					if job.Attempts != 1 {
						t.Errorf("the stopped try was counted: this is try %d", job.Attempts)
					}
					return nil
				})
				runDue(t, q, 1)
			}
		})
	}
}

// A handler that takes longer than its lease keeps the job, because the lease
// is renewed while it runs.
func TestRun_RenewsTheLease(t *testing.T) {
	b := schematest.SQLite(t)
	d := b.Journal.DB()
	w := realTime()
	opts := jobs.Options{Poll: 10 * time.Millisecond, Lease: 300 * time.Millisecond}
	var mu sync.Mutex
	runs := 0
	done := make(chan struct{})
	handler := func(ctx context.Context, _ jobs.Job) error {
		mu.Lock()
		runs++
		mu.Unlock()
		defer close(done)
		select {
		case <-time.After(1200 * time.Millisecond):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	run, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	add(t, d, jobs.New(d, w, opts), jobs.Job{Kind: "long"})
	for range 2 {
		q := jobs.New(d, w, opts)
		q.Handle("long", handler)
		all.Go(func() { _ = q.Run(run) })
	}
	<-done
	stop()
	all.Wait()
	if runs != 1 {
		t.Errorf("the job was begun %d times", runs)
	}
}

// Each name of a class is short and has no spaces to hide text in.
func TestClass(t *testing.T) {
	b := schematest.SQLite(t)
	q := jobs.New(b.Journal.DB(), b.World, jobs.Options{Attempts: 1})
	q.Handle("x", func(context.Context, jobs.Job) error {
		return fmt.Errorf("to enid@example.org: %w", classed{})
	})
	add(t, b.Journal.DB(), q, jobs.Job{Kind: "x"})
	runDue(t, q, 1)
	failed, err := q.Failed(ctx)
	if err != nil || len(failed) != 1 || failed[0].Class != "smtp_450" || strings.Contains(fmt.Sprint(failed), "enid") {
		t.Fatalf("%+v, %v", failed, err)
	}
}

type classed struct{}

func (classed) Error() string { return "mailbox busy" }
func (classed) Class() string { return "smtp_450" }
