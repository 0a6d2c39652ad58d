package notice

import (
	"context"
	"errors"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/world"
)

// deliver is the job that takes one row of the outbox to the transport. A row
// that is gone or was sent already is nothing to do: the job may come twice.
func (o *Office) deliver(ctx context.Context, job jobs.Job) error {
	return o.deliverOne(ctx, job.Payload)
}

func (o *Office) deliverOne(ctx context.Context, id string) error {
	var row outboxRow
	var l letter
	var found bool
	err := o.db.Read(ctx, func(tx *db.Tx) (err error) {
		row, l, found, err = outboxByID(ctx, tx, id)
		return err
	})
	if err != nil || !found || row.state != stateQueued {
		return err
	}
	if !row.expires.IsZero() && !o.world.Now().Before(row.expires) {
		return o.db.Write(ctx, func(tx *db.Tx) error { return drop(ctx, tx, row.id) })
	}
	created, err := time.Parse(world.TimeFormat, row.created)
	if err != nil {
		return jobs.Permanent(err)
	}
	if l.Message != nil {
		if l.HTML, err = o.pageOf(*l.Message, l.FromName, l.Unsubscribe).html(); err != nil {
			return jobs.Permanent(err)
		}
	}
	err = o.transport.Deliver(ctx, Mail{
		ID: row.id, FromName: headerText(l.FromName), ReplyTo: l.ReplyTo, ToName: row.to.Name, To: row.to.Email, Date: created,
		Subject: l.Subject, Text: l.Text, HTML: l.HTML, Unsubscribe: l.Unsubscribe, AttachName: l.AttachName, Note: l.Note,
	})
	var refused *DeliveryError
	if errors.As(err, &refused) && refused.Permanent {
		return jobs.Permanent(err)
	}
	if err != nil {
		return err
	}
	// The server has it. What is left to do must not be cut off by a stop.
	ctx = context.WithoutCancel(ctx)
	return o.db.Write(ctx, func(tx *db.Tx) error { return o.sent(ctx, tx, row) })
}

// undelivered keeps a delivery that was given up where the secretary sees it.
func (o *Office) undelivered(ctx context.Context, tx *db.Tx, job jobs.Job, class string) error {
	row, _, found, err := outboxByID(ctx, tx, job.Payload)
	if err != nil || !found || row.state != stateQueued {
		return err
	}
	if !row.keep {
		return drop(ctx, tx, row.id)
	}
	_, err = tx.Exec(ctx, `UPDATE outbox SET state = ?, changed = ?, class = ? WHERE id = ?`, stateFailed, o.world.Stamp(), class, row.id)
	return err
}

// kept is how long the fact of a delivery is kept, and the text of one that
// failed. It is our own limit, not one of law.
const kept = 30 * 24 * time.Hour

// sweep is the daily job that clears the outbox: facts of delivery and failed
// messages after thirty days, codes that have run out. What waits for paper
// stays until it is posted, however long that takes.
func (o *Office) sweep(ctx context.Context, _ jobs.Job) error {
	now := o.world.Now()
	limit := now.Add(-kept).Format(world.TimeFormat)
	return o.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM outbox WHERE changed < ?
			AND (state = ? OR state = ? AND (statutory = 0 OR person_id IS NULL))`, limit, stateSent, stateFailed)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM outbox WHERE state = ? AND expires <> '' AND expires < ?`, stateQueued, now.Format(world.TimeFormat))
		return err
	})
}
