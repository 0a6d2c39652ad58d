package notice

import (
	"context"
	"fmt"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
)

// bundle is the messages of one change on their way into the outbox. The ids of
// its rows begin with its own, by which the job that delivers it finds them.
type bundle struct {
	office *Office
	tx     *journal.Tx
	sender Sender
	id     string
	n      int    // rows so far
	queued int    // of them, those to deliver
	last   string // id of the last of these
}

// add records some messages and puts them into the outbox.
func (b *bundle) add(ctx context.Context, list []Message) ([]Route, error) {
	o, org := b.office, b.tx.Org()
	to := make([]Person, len(list))
	for i, m := range list {
		to[i] = m.To
	}
	to, err := o.recipients(ctx, b.tx.Tx, org, to)
	if err != nil {
		return nil, err
	}
	routes := make([]Route, len(list))
	var rows []any
	for i := range list {
		m := &list[i]
		if routes[i], err = o.route(ctx, b.tx.Tx, org, to[i], *m); err != nil {
			return nil, err
		}
		if routes[i] == Muted || routes[i] == NoAddress {
			continue
		}
		row, l, err := b.row(ctx, m, to[i], routes[i])
		if err != nil {
			return nil, err
		}
		values, err := o.outboxValues(row, l)
		if err != nil {
			return nil, err
		}
		rows = append(rows, values...)
	}
	return routes, insertRows(ctx, b.tx.Tx, rows)
}

// row records one message and makes its row.
func (b *bundle) row(ctx context.Context, m *Message, to Person, route Route) (outboxRow, letter, error) {
	o, org := b.office, b.tx.Org()
	l := letter{Subject: m.Subject, FromName: b.sender.Name, ReplyTo: b.sender.ReplyTo, Message: m}
	if route == ByEmail && !m.Statutory {
		l.Unsubscribe = o.stopLink(org, o.who(to), m.Kind)
	}
	text, err := o.pageOf(*m, b.sender.Name, l.Unsubscribe).text()
	if err != nil {
		return outboxRow{}, l, err
	}
	row := outboxRow{id: fmt.Sprintf("%s-%06d", b.id, b.n), org: org, to: to, kind: m.Kind, statutory: m.Statutory, keep: true}
	b.n++
	switch route {
	case ByEmail:
		row.state, l.Text = stateQueued, text
		b.queued++
		b.last = row.id
	case ByPost:
		row.state = stateLetter
	default:
		row.state = stateWeekly
	}
	row.notice, err = o.record(ctx, b.tx, *m, to, route, text)
	return row, l, err
}

// insertRows writes rows of the outbox with one statement.
func insertRows(ctx context.Context, tx *db.Tx, values []any) error {
	width := strings.Count(outboxMarks, "?")
	if len(values) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, insertOutbox+strings.Repeat(", "+outboxMarks, len(values)/width-1), values...)
	return err
}

// deliver adds the job: one message is tried again by itself, many are sent one
// after the other.
func (b *bundle) deliver(ctx context.Context) error {
	switch b.queued {
	case 0:
		return nil
	case 1:
		return b.office.queueDelivery(ctx, b.tx.Tx, b.last)
	default:
		return b.office.queue.Add(ctx, b.tx.Tx, jobs.Job{Kind: jobBundle, Payload: b.tx.Org() + " " + b.id})
	}
}

// alone is the class of a message that its bundle left to a job of its own.
const alone = "alone"

// mostFailures is how many messages of a bundle may fail one after the other
// before it waits: then the trouble is the server's and not the message's.
const mostFailures = 3

// deliverBundle delivers what a change sent to many. A message that does not go
// is left to a job of its own, so that it does not hold the others up.
func (o *Office) deliverBundle(ctx context.Context, job jobs.Job) error {
	failures := 0
	for {
		ids, err := o.ofBundle(ctx, job)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			err := o.deliverOne(ctx, id)
			switch {
			case err == nil:
				failures = 0
				continue
			case ctx.Err() != nil:
				return ctx.Err() // the process stops: the bundle goes on later
			}
			if leaving := o.leave(ctx, id); leaving != nil {
				return leaving
			}
			if failures++; failures == mostFailures {
				return err
			}
		}
	}
}

// ofBundle are some of the messages of a bundle that wait.
func (o *Office) ofBundle(ctx context.Context, job jobs.Job) (ids []string, err error) {
	err = o.db.Read(ctx, func(tx *db.Tx) error {
		ids, err = bundled(ctx, tx, job, together)
		return err
	})
	return ids, err
}

func bundled(ctx context.Context, tx *db.Tx, job jobs.Job, limit int) (ids []string, err error) {
	org, id, ok := strings.Cut(job.Payload, " ")
	if !ok {
		return nil, jobs.Permanent(fmt.Errorf("job %s names no bundle", job.ID))
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id FROM outbox WHERE org_id = ? AND state = ? AND class = '' AND id LIKE ? LIMIT ?`, org, stateQueued, id+"-%", limit)
	return ids, err
}

// leave gives one message of a bundle to a job of its own.
func (o *Office) leave(ctx context.Context, id string) error {
	return o.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE outbox SET class = ? WHERE id = ? AND state = ?`, alone, id, stateQueued); err != nil {
			return err
		}
		return o.queueDelivery(ctx, tx, id)
	})
}

// undeliveredBundle keeps what is left of a bundle that was given up where the
// secretary sees it.
func (o *Office) undeliveredBundle(ctx context.Context, tx *db.Tx, job jobs.Job, class string) error {
	for {
		ids, err := bundled(ctx, tx, job, together)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := o.undelivered(ctx, tx, jobs.Job{Payload: id}, class); err != nil {
				return err
			}
		}
	}
}
