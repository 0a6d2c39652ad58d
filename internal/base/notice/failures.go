package notice

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Failure is a message that could not be delivered.
type Failure struct {
	ID        string
	Notice    string // "" for a message that is not recorded
	Person    string // id, "" for somebody known by address alone
	Name      string
	Kind      Kind
	Statutory bool   // then it is among the letters too
	Class     string // smtp_550, timeout, connect, ...
	Since     string // world.TimeFormat
}

// Failures lists what an organisation sent by e-mail that was given up, oldest
// first.
func (o *Office) Failures(ctx context.Context, org string) ([]Failure, error) {
	var out []Failure
	err := o.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			row, _, err := scanOutbox(rows)
			kind, ok := o.kinds[row.kind]
			if !ok {
				kind = Kind{Name: row.kind, Title: row.kind}
			}
			out = append(out, Failure{
				ID: row.id, Notice: row.notice, Person: row.to.ID, Name: row.to.Name, Kind: kind,
				Statutory: row.statutory, Class: row.class, Since: row.created,
			})
			return err
		}, `SELECT `+outboxColumns+` FROM outbox WHERE org_id = ? AND state = ? ORDER BY id`, org, stateFailed)
	})
	return out, err
}

// Resend tries a failed message again, to the address that the person has now.
func (o *Office) Resend(ctx context.Context, org, id string) error {
	return o.db.Write(ctx, func(tx *db.Tx) error {
		row, err := failed(ctx, tx, org, id)
		if err != nil {
			return err
		}
		to := row.to
		if to.ID != "" {
			if to, err = o.recipient(ctx, tx, org, Person{ID: to.ID}); err != nil {
				return err
			}
		}
		if to.Email == "" {
			return fault.Errorf(fault.Conflict, "message %s: the person has no e-mail address now", id)
		}
		_, err = tx.Exec(ctx, `UPDATE outbox SET state = ?, changed = ?, class = '', name = ?, address = ? WHERE id = ?`,
			stateQueued, o.world.Stamp(), to.Name, to.Email, id)
		if err != nil {
			return err
		}
		return o.queueDelivery(ctx, tx, id)
	})
}

// Dismiss takes a failed message away. A statutory notice to a person is a
// Conflict: it goes by post instead.
func (o *Office) Dismiss(ctx context.Context, org, id string) error {
	return o.db.Write(ctx, func(tx *db.Tx) error {
		row, err := failed(ctx, tx, org, id)
		if err != nil {
			return err
		}
		if row.statutory && row.to.ID != "" {
			return fault.Errorf(fault.Conflict, "message %s is a notice that the law asks for: send it by post", id)
		}
		return drop(ctx, tx, id)
	})
}

func failed(ctx context.Context, tx *db.Tx, org, id string) (outboxRow, error) {
	row, _, found, err := outboxByID(ctx, tx, id)
	if err == nil && (!found || row.org != org || row.state != stateFailed) {
		err = fault.Errorf(fault.NotFound, "there is no failed message %s", id)
	}
	return row, err
}

// Tally is how one round of notices went.
type Tally struct {
	Email, Digest, Post int // as recorded
	Posted              int // of Post
	Waiting, Failed     int // of Email and Digest: not yet delivered, given up
	First, Last         law.Date
}

// Tally counts the notices of one kind about one thing: of a meeting, how many
// were told by e-mail and how many by post, and what still waits.
func (o *Office) Tally(ctx context.Context, org, kind, about string) (Tally, error) {
	var t Tally
	err := o.db.Read(ctx, func(tx *db.Tx) error {
		var first, last string
		err := tx.QueryRow(ctx, `SELECT
			COALESCE(SUM(CASE WHEN channel = 'email' THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN channel = 'weekly' THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN channel = 'post' THEN 1 ELSE 0 END), 0),
			COUNT(posted), COALESCE(MIN(day), ''), COALESCE(MAX(day), '')
			FROM notice WHERE org_id = ? AND kind = ? AND about = ?`, org, kind, about).
			Scan(&t.Email, &t.Digest, &t.Post, &t.Posted, &first, &last)
		if err != nil || first == "" {
			return err
		}
		if t.First, err = law.ParseDate(first); err != nil {
			return err
		}
		if t.Last, err = law.ParseDate(last); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT
			COALESCE(SUM(CASE WHEN outbox.state IN ('queued', 'weekly') THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN outbox.state = 'failed' THEN 1 ELSE 0 END), 0)
			FROM notice JOIN outbox ON outbox.notice_id = notice.id
			WHERE notice.org_id = ? AND notice.kind = ? AND notice.about = ?`, org, kind, about).Scan(&t.Waiting, &t.Failed)
	})
	return t, err
}
