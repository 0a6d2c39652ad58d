package notice

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/jobs"
)

// weekly is the job on Mondays: everybody for whom something waits gets one
// mail. Each mail is a transaction of its own that empties what it gathered, so
// a job that comes twice goes on where it was.
func (o *Office) weekly(ctx context.Context, _ jobs.Job) error {
	type reader struct{ org, who string }
	var readers []reader
	err := o.db.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(ctx, func(rows *db.Rows) error {
			var r reader
			err := rows.Scan(&r.org, &r.who)
			readers = append(readers, r)
			return err
		}, `SELECT DISTINCT org_id, who FROM outbox WHERE state = ? ORDER BY org_id, who`, stateWeekly)
	})
	if err != nil {
		return err
	}
	for _, r := range readers {
		err := o.db.Write(ctx, func(tx *db.Tx) error { return o.gather(ctx, tx, r.org, r.who) })
		if err != nil {
			return fmt.Errorf("digest of %s: %w", r.org, err)
		}
	}
	return nil
}

// gather makes one digest.
func (o *Office) gather(ctx context.Context, tx *db.Tx, org, who string) error {
	rows, letters, err := o.waiting(ctx, tx, org, who)
	if err != nil || len(rows) == 0 {
		return err
	}
	sender, err := o.directory.Sender(ctx, tx, org)
	if err != nil {
		return err
	}
	// Address and choices are those of today, not of the day of the message.
	to := rows[0].to
	if to.ID != "" {
		if to, err = o.recipient(ctx, tx, org, Person{ID: to.ID}); err != nil {
			return err
		}
	}
	var items []item
	for i, row := range rows {
		m := *letters[i].Message
		when, err := timing(ctx, tx, org, who, m)
		if err != nil {
			return err
		}
		if when == Never || to.Email == "" {
			if err := drop(ctx, tx, row.id); err != nil {
				return err
			}
			continue
		}
		it := o.itemOf(m)
		it.Heading, it.Reason = m.Subject, m.Reason
		items = append(items, it)
		if err := o.sent(ctx, tx, row); err != nil {
			return err
		}
	}
	if len(items) == 0 {
		return nil
	}
	l, err := o.digest(sender, org, who, items)
	if err != nil {
		return err
	}
	return o.put(ctx, tx, outboxRow{org: org, to: to, kind: kindWeekly, state: stateQueued, keep: true}, l)
}

func (o *Office) digest(sender Sender, org, who string, items []item) (letter, error) {
	things, opening := "one thing", "This came in the last week."
	if len(items) > 1 {
		things = number(len(items)) + " things"
		opening = "These came in the last week, in this order."
	}
	p := page{
		Organisation: sender.Name, Subject: "This week at " + sender.Name + ": " + things, Opening: opening, Items: items,
		Reason: reasonStart + "what is not urgent, or what you asked for weekly, comes in one mail on Mondays.",
		Stop:   o.stopLink(org, who, kindWeekly), StopTitle: "this weekly mail",
	}
	l := letter{Subject: p.Subject, FromName: sender.Name, ReplyTo: sender.ReplyTo, Unsubscribe: p.Stop}
	var err error
	l.Text, l.HTML, err = p.render()
	return l, err
}

// number is a number as a sentence has it.
func number(n int) string {
	small := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	if n < len(small) {
		return small[n]
	}
	return fmt.Sprint(n)
}

// waiting are the rows that wait for somebody's digest, oldest first.
func (o *Office) waiting(ctx context.Context, tx *db.Tx, org, who string) ([]outboxRow, []letter, error) {
	var rows []outboxRow
	var letters []letter
	err := tx.Each(ctx, func(r *db.Rows) error {
		row, l, err := scanOutbox(r)
		if err != nil {
			return err
		}
		if l.Message == nil {
			return fmt.Errorf("outbox %s waits for a digest and has no text", row.id)
		}
		rows, letters = append(rows, row), append(letters, l)
		return nil
	}, `SELECT `+outboxColumns+` FROM outbox WHERE org_id = ? AND who = ? AND state = ? ORDER BY id`, org, who, stateWeekly)
	return rows, letters, err
}
