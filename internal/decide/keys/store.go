package keys

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/law"
)

// Message is what a keyholder sent. Anybody may read it: what is for one keyholder
// alone is encrypted to them.
type Message struct {
	Setup, Person string
	Number        int
	Step          Step
	Body          string
	Entered       time.Time
}

// setups reads setups with their keyholders, the newest first.
func setups(ctx context.Context, tx *db.Tx, org, where string, args ...any) ([]Setup, error) {
	var out []Setup
	var times scans
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var s Setup
		var begun string
		var done, hash, given, reason sql.NullString
		err := rows.Scan(&s.ID, &s.Poll, &s.Group, &s.trustees, &s.Threshold, &s.Rehearsal, &begun, &done, &hash, &given, &reason)
		s.Begun, s.Done, s.Hash, s.GivenUp, s.Reason = times.moment(begun), times.moment(done.String), hash.String, times.moment(given.String), reason.String
		out = append(out, s)
		return err
	}, `SELECT id, poll_id, group_name, trustees, threshold, rehearsal, begun, done, trustees_sha256, given_up, reason FROM key_setup WHERE org_id = ? AND `+where+` ORDER BY begun DESC, id DESC`,
		append([]any{org}, args...)...)
	if err := errors.Join(err, times.err); err != nil {
		return nil, err
	}
	for i := range out {
		if err := out[i].fill(ctx, tx); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// fill reads the keyholders and what each has done.
func (s *Setup) fill(ctx context.Context, tx *db.Tx) error {
	var times scans
	at := map[string]int{}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		h := Holder{Sent: map[Step]time.Time{}}
		var day, by, witness, statement sql.NullString
		err := rows.Scan(&h.Number, &h.Person, &day, &by, &witness, &statement)
		h.Destroyed, h.SaidBy, h.Witness, h.Statement = times.day(day.String), by.String, witness.String, statement.String
		at[h.Person] = len(s.Holders)
		s.Holders = append(s.Holders, h)
		return err
	}, `SELECT h.number, h.keyholder, d.day, d.said_by, d.witness, d.statement FROM key_holder h
		LEFT JOIN key_destroyed d ON d.setup_id = h.setup_id AND d.keyholder = h.keyholder WHERE h.setup_id = ? ORDER BY h.number`, s.ID)
	if err != nil {
		return err
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var person, entered string
		var step Step
		if err := rows.Scan(&person, &step, &entered); err != nil {
			return err
		}
		if i, ok := at[person]; ok { // Audit finds those of nobody
			s.Holders[i].Sent[step] = times.moment(entered)
		}
		return nil
	}, `SELECT keyholder, step, entered FROM key_message WHERE setup_id = ?`, s.ID)
	return errors.Join(err, times.err)
}

// one reads a setup.
func one(ctx context.Context, tx *db.Tx, org, id string) (Setup, error) {
	list, err := setups(ctx, tx, org, `id = ?`, id)
	if err == nil && len(list) == 0 {
		err = fault.Errorf(fault.NotFound, "there is no setup %q of a key", id)
	}
	if err != nil {
		return Setup{}, err
	}
	return list[0], nil
}

// messages reads those of a setup, in order of number within each step.
func messages(ctx context.Context, tx *db.Tx, org, setup string) ([]Message, error) {
	var out []Message
	var times scans
	err := tx.Each(ctx, func(rows *db.Rows) error {
		m := Message{Setup: setup}
		var entered string
		err := rows.Scan(&m.Person, &m.Number, &m.Step, &m.Body, &entered)
		m.Entered = times.moment(entered)
		out = append(out, m)
		return err
	}, `SELECT keyholder, number, step, body, entered FROM key_message WHERE org_id = ? AND setup_id = ? ORDER BY number`, org, setup)
	return out, errors.Join(err, times.err)
}

func (s Setup) row() journal.Row {
	return journal.Row{
		"id": s.ID, "poll_id": s.Poll, "group_name": s.Group, "trustees": s.trustees, "threshold": s.Threshold, "rehearsal": s.Rehearsal,
		"begun": moment(s.Begun), "done": moment(s.Done), "trustees_sha256": text(s.Hash), "given_up": moment(s.GivenUp), "reason": text(s.Reason),
	}
}

// text is a column that holds nothing where the value is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// moment is a column that holds an instant, or nothing.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(world.TimeFormat)
}

// instant is that of a change.
func instant(tx *journal.Tx) (time.Time, error) { return time.Parse(world.TimeFormat, tx.At()) }

// scans reads days and instants that are stored as text, and keeps what went wrong.
type scans struct{ err error }

func (s *scans) day(text string) law.Date {
	if text == "" {
		return law.Date{}
	}
	d, err := law.ParseDate(text)
	s.err = errors.Join(s.err, err)
	return d
}

func (s *scans) moment(text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(world.TimeFormat, text)
	s.err = errors.Join(s.err, err)
	return t
}
