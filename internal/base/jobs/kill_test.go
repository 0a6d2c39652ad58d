package jobs_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/world"
	"commonweal/internal/schema"
	"commonweal/internal/schema/schematest"
)

func realTime() *world.World { return world.New(time.Now, rand.Reader) }

const sourceEnv = "COMMONWEAL_TEST_JOBS_SOURCE"

// TestMain lets the test run itself as a second process that takes a job and
// never ends.
func TestMain(m *testing.M) {
	if source := os.Getenv(sourceEnv); source != "" {
		hang(source)
	}
	os.Exit(m.Run())
}

func hang(source string) {
	d, err := db.Open(ctx, source)
	if err != nil {
		panic(err)
	}
	q := jobs.New(d, realTime(), jobs.Options{Lease: time.Second, Poll: 10 * time.Millisecond})
	q.Handle("work", func(context.Context, jobs.Job) error {
		if _, err := os.Stdout.WriteString("begun\n"); err != nil {
			panic(err)
		}
		select {}
	})
	panic(q.Run(ctx))
}

// A process that is killed with a job in hand does not lose it: when the lease
// has run out another process does the job, and not before.
func TestKill(t *testing.T) {
	sources := map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "kill.db") },
		"postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) },
	}
	for engine, source := range sources {
		t.Run(engine, func(t *testing.T) { kill(t, source(t)) })
	}
}

func kill(t *testing.T, source string) {
	d, err := db.Open(ctx, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	steps, err := schema.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx, d, steps); err != nil {
		t.Fatal(err)
	}
	w := realTime()
	q := jobs.New(d, w, jobs.Options{Lease: time.Second, Attempts: 3})
	attempts := 0
	q.Handle("work", func(_ context.Context, job jobs.Job) error {
		attempts = job.Attempts
		return nil
	})
	add(t, d, q, jobs.Job{Kind: "work"})

	second := exec.Command(os.Args[0])
	second.Env = append(os.Environ(), sourceEnv+"="+source)
	second.Stderr = os.Stderr
	out, err := second.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = second.Process.Kill() }) // where the test fails early
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("the second process said %q, %v", line, err)
	}
	// While it lives and renews its lease nobody else gets the job.
	time.Sleep(1500 * time.Millisecond)
	runDue(t, q, 0)
	if err := second.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = second.Wait() // says that it was killed
	runDue(t, q, 0)
	deadline := time.Now().Add(10 * time.Second)
	for attempts == 0 && time.Now().Before(deadline) {
		time.Sleep(50 * time.Millisecond)
		if _, err := q.RunDue(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if attempts != 2 {
		t.Errorf("the job was done at try %d; want the second", attempts)
	}
}

// A job that ends its process every time is parked after its last try, and
// does not keep those behind it waiting.
func TestKill_EveryTry(t *testing.T) {
	b := schematest.SQLite(t)
	d := b.Journal.DB()
	q := jobs.New(d, b.World, jobs.Options{Attempts: 3})
	did := 0
	q.Handle("work", func(context.Context, jobs.Job) error {
		did++
		return nil
	})
	add(t, d, q, jobs.Job{ID: "deadly", Kind: "work"}, jobs.Job{Kind: "work"})
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE job SET attempts = 3, lease_by = 'gone', lease_until = ? WHERE id = 'deadly'`, b.World.Stamp())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	runDue(t, q, 1)
	failed, err := q.Failed(ctx)
	if err != nil || len(failed) != 1 || failed[0].ID != "deadly" || failed[0].Class != "process_ended" {
		t.Errorf("%+v, %v; want the job that ended its process", failed, err)
	}
}
