package notice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/world"
)

// States of an outbox row.
const (
	stateQueued = "queued" // a job delivers it
	stateWeekly = "weekly" // waits for the digest
	stateLetter = "letter" // waits for the secretary to post it
	stateSent   = "sent"   // delivered; text and address are gone
	stateFailed = "failed" // given up; the secretary sees it
)

// outboxRow is one row without its text.
type outboxRow struct {
	id, org, notice string
	to              Person
	kind            string
	statutory       bool
	state           string
	created         string
	expires         time.Time // when it is no longer worth sending; zero for never
	// keep says that the fact of delivery is kept for thirty days; without it
	// the row goes when it is delivered or given up.
	keep  bool
	class string // of the last error, when it failed
	once  string // makes the row unique where it is not empty
}

// letter is the text of an outbox row, as its column mail holds it. Of a message
// it has no HTML: that is laid out when it is delivered.
type letter struct {
	Subject     string   `json:"subject"`
	FromName    string   `json:"from"`
	ReplyTo     string   `json:"reply_to,omitempty"`
	Text        string   `json:"text,omitempty"`
	HTML        string   `json:"html,omitempty"`
	Unsubscribe string   `json:"stop,omitempty"`
	AttachName  string   `json:"attach_name,omitempty"`
	Note        string   `json:"note,omitempty"`
	Message     *Message `json:"message,omitempty"`
}

// put adds a row to the outbox, and for a queued one the job that delivers it.
func (o *Office) put(ctx context.Context, tx *db.Tx, row outboxRow, l letter) error {
	if row.id == "" {
		row.id = o.world.ID()
	}
	n, err := o.insert(ctx, tx, row, l)
	if err != nil || n == 0 || row.state != stateQueued {
		return err
	}
	return o.queueDelivery(ctx, tx, row.id)
}

// insert adds a row to the outbox and reports how many it was: none where its
// once was there already.
func (o *Office) insert(ctx context.Context, tx *db.Tx, row outboxRow, l letter) (int64, error) {
	values, err := o.outboxValues(row, l)
	if err != nil {
		return 0, err
	}
	return tx.Exec(ctx, insertOutbox+` ON CONFLICT (once) DO NOTHING`, values...)
}

const (
	insertOutbox = `INSERT INTO outbox (id, org_id, notice_id, person_id, who, kind, statutory, state, created, changed,
		expires, keep, name, address, mail, class, once) VALUES ` + outboxMarks
	outboxMarks = `(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)`
)

func (o *Office) outboxValues(row outboxRow, l letter) ([]any, error) {
	mail, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	now, expires := o.world.Stamp(), ""
	if !row.expires.IsZero() {
		expires = row.expires.UTC().Format(world.TimeFormat)
	}
	return []any{
		row.id, row.org, orNull(row.notice), orNull(row.to.ID), o.who(row.to), row.kind, flag(row.statutory), row.state, now, now,
		expires, flag(row.keep), row.to.Name, row.to.Email, mail, orNull(row.once),
	}, nil
}

func (o *Office) queueDelivery(ctx context.Context, tx *db.Tx, id string) error {
	return o.queue.Add(ctx, tx, jobs.Job{Kind: jobDeliver, Payload: id, Key: "deliver/" + id})
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

const outboxColumns = `id, org_id, COALESCE(notice_id, ''), COALESCE(person_id, ''), kind, statutory, state, created, expires, keep, name, address, class, mail`

// scanner is what one row can be read from.
type scanner interface{ Scan(dest ...any) error }

func scanOutbox(row scanner) (outboxRow, letter, error) {
	var r outboxRow
	var l letter
	var statutory, keep int64
	var expires string
	var mail []byte
	err := row.Scan(&r.id, &r.org, &r.notice, &r.to.ID, &r.kind, &statutory, &r.state, &r.created, &expires, &keep, &r.to.Name, &r.to.Email, &r.class, &mail)
	if err != nil {
		return r, l, err
	}
	r.statutory, r.keep = statutory != 0, keep != 0
	if expires != "" {
		if r.expires, err = time.Parse(world.TimeFormat, expires); err != nil {
			return r, l, fmt.Errorf("outbox %s: %w", r.id, err)
		}
	}
	if len(mail) > 0 {
		if err := json.Unmarshal(mail, &l); err != nil {
			return r, l, fmt.Errorf("outbox %s: %w", r.id, err)
		}
	}
	return r, l, nil
}

// outboxByID reads one row; found is false when there is none.
func outboxByID(ctx context.Context, tx *db.Tx, id string) (row outboxRow, l letter, found bool, err error) {
	row, l, err = scanOutbox(tx.QueryRow(ctx, `SELECT `+outboxColumns+` FROM outbox WHERE id = ?`, id))
	if errors.Is(err, db.ErrNoRows) {
		return row, l, false, nil
	}
	return row, l, err == nil, err
}

// sent takes text and address out of a row, or the row away.
func (o *Office) sent(ctx context.Context, tx *db.Tx, row outboxRow) error {
	if !row.keep {
		return drop(ctx, tx, row.id)
	}
	_, err := tx.Exec(ctx, `UPDATE outbox SET state = ?, changed = ?, name = '', address = '', mail = NULL, class = '' WHERE id = ?`,
		stateSent, o.world.Stamp(), row.id)
	return err
}

func drop(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM outbox WHERE id = ?`, id)
	return err
}
