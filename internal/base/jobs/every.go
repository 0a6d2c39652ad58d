package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/world"
	"commonweal/law"
)

// When is a moment that comes round.
type When struct {
	minutely     bool
	hourly       bool
	weekday      time.Weekday
	weekly       bool
	hour, minute int
}

// Minutely is every full minute, for what must not wait and costs little.
func Minutely() When { return When{minutely: true} }

// Hourly is every full hour.
func Hourly() When { return When{hourly: true} }

// Daily is every day at a time of the clock in London.
func Daily(hour, minute int) When { return When{hour: hour, minute: minute} }

// Weekly is one day of every week at a time of the clock in London.
func Weekly(day time.Weekday, hour, minute int) When {
	return When{weekly: true, weekday: day, hour: hour, minute: minute}
}

// String is how the table tells one schedule from another.
func (w When) String() string {
	switch {
	case w.minutely:
		return "minutely"
	case w.hourly:
		return "hourly"
	case w.weekly:
		return fmt.Sprintf("%s %02d:%02d", w.weekday, w.hour, w.minute)
	default:
		return fmt.Sprintf("daily %02d:%02d", w.hour, w.minute)
	}
}

// Next is the first such moment after t. On the night the clocks go forward a
// time that does not exist comes an hour later; on the night they go back a
// time that comes twice counts once, the first time.
func (w When) Next(t time.Time) time.Time {
	if w.minutely {
		return t.Truncate(time.Minute).Add(time.Minute)
	}
	if w.hourly {
		return t.Truncate(time.Hour).Add(time.Hour)
	}
	day := law.Today(t)
	for {
		if !w.weekly || day.Weekday() == w.weekday {
			if at := w.on(day); at.After(t) {
				return at.UTC()
			}
		}
		day = day.AddDays(1)
	}
}

// on is the moment on one day. time.Date takes a time that does not exist by
// the offset of one side of the change or the other without saying which, and
// likewise one that comes twice, so both are settled here.
func (w When) on(day law.Date) time.Time {
	year, month, d := day.Civil()
	at := time.Date(year, month, d, w.hour, w.minute, 0, 0, law.London())
	if earlier := at.Add(-time.Hour); sameClock(earlier, at) {
		return earlier
	}
	if h, m, _ := at.Clock(); (h*60 + m) < (w.hour*60 + w.minute) {
		return at.Add(time.Hour)
	}
	return at
}

func sameClock(a, b time.Time) bool {
	h1, m1, _ := a.Clock()
	h2, m2, _ := b.Clock()
	return h1 == h2 && m1 == m2
}

type schedule struct {
	name string
	when When
}

// Every adds a job of the kind named whenever its moment comes. Of several
// processes one adds it. Moments that passed while no process ran are made up
// for by one job, not by many; while a job of the kind still waits no second
// one is added, and one that is parked gets all its tries again instead.
func (q *Queue) Every(kind string, when When) {
	q.every = append(q.every, schedule{kind, when})
}

// tick adds the jobs of schedules whose moment has come.
func (q *Queue) tick(ctx context.Context) error {
	for _, s := range q.every {
		var next, spec string
		err := q.db.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT next_at, spec FROM job_schedule WHERE name = ?`, s.name).Scan(&next, &spec)
		})
		if err != nil && !errors.Is(err, db.ErrNoRows) {
			return err
		}
		if spec == s.when.String() && next > q.world.Stamp() {
			continue
		}
		err = q.db.Write(ctx, func(tx *db.Tx) error { return q.advance(ctx, tx, s) })
		if err != nil {
			return fmt.Errorf("schedule %s: %w", s.name, err)
		}
	}
	return nil
}

// advance adds the job if its moment has come, and writes the next moment.
func (q *Queue) advance(ctx context.Context, tx *db.Tx, s schedule) error {
	now := q.world.Now()
	next := stamp(s.when.Next(now))
	var at, spec string
	err := tx.QueryRow(ctx, `SELECT next_at, spec FROM job_schedule WHERE name = ?`, s.name).Scan(&at, &spec)
	if errors.Is(err, db.ErrNoRows) {
		_, err = tx.Exec(ctx, `INSERT INTO job_schedule (name, spec, next_at) VALUES (?, ?, ?)`, s.name, s.when.String(), next)
		return err
	}
	if err != nil {
		return err
	}
	if at <= now.Format(world.TimeFormat) {
		if err := q.addScheduled(ctx, tx, s.name, at); err != nil {
			return err
		}
	} else if spec == s.when.String() {
		return nil // another process came first
	}
	_, err = tx.Exec(ctx, `UPDATE job_schedule SET spec = ?, next_at = ? WHERE name = ?`, s.when.String(), next, s.name)
	return err
}

// addScheduled adds the job for a moment. The moment is the payload, so that
// the handler knows which one it makes good.
func (q *Queue) addScheduled(ctx context.Context, tx *db.Tx, kind, moment string) error {
	key := "every/" + kind
	n, err := tx.Exec(ctx, `UPDATE job SET state = 'waiting', attempts = 0, payload = ?, run_at = ? WHERE once = ? AND state = 'failed'`,
		moment, q.world.Stamp(), key)
	if err != nil || n > 0 {
		return err
	}
	return q.Add(ctx, tx, Job{Kind: kind, Payload: moment, Key: key})
}
