package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/jobs"
	"commonweal/internal/schema/schematest"
)

// Civil times are London's, through the changes of the clocks (last Sunday of
// March and of October, 1am UTC: Summer Time Act 1972 as amended).
func TestWhen_Next(t *testing.T) {
	for _, c := range []struct {
		name        string
		when        jobs.When
		after, want string
	}{
		{"a winter morning", jobs.Daily(7, 0), "2026-11-19T06:59:59Z", "2026-11-19T07:00:00Z"},
		{"the moment itself is past", jobs.Daily(7, 0), "2026-11-19T07:00:00Z", "2026-11-20T07:00:00Z"},
		{"a summer morning is an hour earlier in UTC", jobs.Daily(7, 0), "2026-07-01T00:00:00Z", "2026-07-01T06:00:00Z"},
		{"late evening in UTC is tomorrow in London", jobs.Daily(0, 15), "2026-07-01T23:05:00Z", "2026-07-01T23:15:00Z"},
		{"the night the clocks go forward has no 1.30am", jobs.Daily(1, 30), "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"},
		{"the night they go back has two and the first counts", jobs.Daily(1, 30), "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"},
		{"and not the second", jobs.Daily(1, 30), "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
		{"midnight is not the midnight before", jobs.Daily(0, 0), "2026-11-19T12:00:00Z", "2026-11-20T00:00:00Z"},
		{"Monday", jobs.Weekly(time.Monday, 7, 0), "2026-11-19T09:30:00Z", "2026-11-23T07:00:00Z"},
		{"from Monday to Monday", jobs.Weekly(time.Monday, 7, 0), "2026-11-23T07:00:00Z", "2026-11-30T07:00:00Z"},
		{"Monday after the clocks changed", jobs.Weekly(time.Monday, 7, 0), "2026-03-28T09:00:00Z", "2026-03-30T06:00:00Z"},
		{"the hour", jobs.Hourly(), "2026-11-19T09:30:00Z", "2026-11-19T10:00:00Z"},
		{"the hour itself is past", jobs.Hourly(), "2026-11-19T10:00:00Z", "2026-11-19T11:00:00Z"},
	} {
		after, err := time.Parse(time.RFC3339, c.after)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.when.Next(after).Format(time.RFC3339); got != c.want {
			t.Errorf("%s: after %s comes %s; want %s", c.name, c.after, got, c.want)
		}
	}
}

// Two processes with the same schedule add one job each time; what was missed
// while nothing ran is made up for once; a changed schedule takes effect.
func TestEvery(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := b.Journal.DB()
		var moments []string
		process := func(when jobs.When) *jobs.Queue {
			q := jobs.New(d, b.World, jobs.Options{})
			q.Handle("sweep", func(_ context.Context, job jobs.Job) error {
				moments = append(moments, job.Payload)
				return nil
			})
			q.Every("sweep", when)
			return q
		}
		one, two := process(jobs.Daily(7, 0)), process(jobs.Daily(7, 0))
		runDue(t, one, 0)
		runDue(t, two, 0)
		b.Clock.Advance(24 * time.Hour)
		runDue(t, one, 1)
		runDue(t, two, 0)
		b.Clock.Advance(72 * time.Hour)
		runDue(t, two, 1)
		runDue(t, one, 0)
		if len(moments) != 2 || moments[0] != "2026-11-20T07:00:00.000Z" || moments[1] != "2026-11-21T07:00:00.000Z" {
			t.Errorf("the job was told the moments %v", moments)
		}
		hourly := process(jobs.Hourly())
		runDue(t, hourly, 0)
		b.Clock.Advance(30 * time.Minute)
		runDue(t, hourly, 1)
	})
}

// While a scheduled job has not been done, a second one is not added.
func TestEvery_DoesNotPileUp(t *testing.T) {
	b := schematest.SQLite(t)
	q := jobs.New(b.Journal.DB(), b.World, jobs.Options{})
	q.Handle("other", func(context.Context, jobs.Job) error { return nil })
	q.Every("nobody does it here", jobs.Hourly())
	for range 5 {
		runDue(t, q, 0)
		b.Clock.Advance(time.Hour)
	}
	var n int
	err := b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM job`).Scan(&n)
	})
	if err != nil || n != 1 {
		t.Errorf("%d jobs wait, %v; want one", n, err)
	}
}

// A scheduled job that was given up is not given up for ever: its next moment
// tries it again.
func TestEvery_AfterParked(t *testing.T) {
	b := schematest.SQLite(t)
	q := jobs.New(b.Journal.DB(), b.World, jobs.Options{Attempts: 1})
	broken, did := true, 0
	q.Handle("sweep", func(context.Context, jobs.Job) error {
		if broken {
			return errors.New("broken")
		}
		did++
		return nil
	})
	q.Every("sweep", jobs.Hourly())
	runDue(t, q, 0)
	b.Clock.Advance(time.Hour)
	runDue(t, q, 1)
	if failed, err := q.Failed(ctx); err != nil || len(failed) != 1 {
		t.Fatalf("%+v, %v; want one parked job", failed, err)
	}
	broken = false
	runDue(t, q, 0)
	b.Clock.Advance(time.Hour)
	runDue(t, q, 1)
	if h, err := q.Health(ctx); err != nil || did != 1 || h != (jobs.Health{}) {
		t.Errorf("done %d times, %+v, %v", did, h, err)
	}
}
