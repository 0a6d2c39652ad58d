package register

import (
	"context"
	"errors"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

func (r Request) row() journal.Row {
	return journal.Row{
		"id": r.ID, "number": r.Number, "audience": r.Audience, "person_id": text(r.Person), "requester": text(r.Name),
		"organisation": text(r.Organisation), "address": text(r.Address), "email": text(r.Email), "purpose": text(r.Purpose),
		"shared": r.Shared, "others": text(r.Others), "wants": r.Wants, "legal_form": r.Form, "received": r.Received.String(),
		"due": text(r.Due.String()), "due_known": r.DueKnown, "erased": text(r.Erased),
	}
}

func (s Step) row(id, request string, n int) journal.Row {
	row := journal.Row{
		"id": id, "request_id": request, "n": n, "kind": s.Kind, "day": s.Day.String(), "ground": text(string(s.Ground)), "note": text(s.Note),
		"taken_by": s.By, "view": text(string(s.View)), "register_day": text(s.RegisterDay.String()), "fields": text(strings.Join(s.Fields, " ")),
		"sha256": text(s.SHA256),
	}
	if s.SHA256 != "" {
		row["entries"] = s.Entries
	}
	return row
}

// text is a column that holds nothing where the value is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func requests(ctx context.Context, tx *db.Tx, org, id string) ([]Request, error) {
	where, args := `org_id = ?`, []any{org}
	if id != "" {
		where, args = where+` AND id = ?`, append(args, id)
	}
	var out []Request
	at := map[string]int{}
	var d days
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var r Request
		var received, due string
		var known int
		err := rows.Scan(&r.ID, &r.Number, &r.Audience, &r.Person, &r.Name, &r.Organisation, &r.Address, &r.Email, &r.Purpose,
			&r.Shared, &r.Others, &r.Wants, &r.Form, &received, &due, &known, &r.Erased)
		r.Received, r.Due, r.DueKnown = d.of(received), d.of(due), known == 1
		at[r.ID] = len(out)
		out = append(out, r)
		return err
	}, `SELECT id, number, audience, COALESCE(person_id, ''), COALESCE(requester, ''), COALESCE(organisation, ''), COALESCE(address, ''),
		COALESCE(email, ''), COALESCE(purpose, ''), shared, COALESCE(others, ''), wants, legal_form, received, COALESCE(due, ''), due_known,
		COALESCE(erased, '') FROM inspection_request WHERE `+where+` ORDER BY number`, args...)
	if err != nil {
		return nil, err
	}
	if id != "" {
		where = `org_id = ? AND request_id = ?`
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var s Step
		var of, day, on, fields string
		err := rows.Scan(&of, &s.Kind, &day, &s.Ground, &s.Note, &s.By, &s.View, &on, &fields, &s.Entries, &s.SHA256)
		s.Day, s.RegisterDay, s.Fields = d.of(day), d.of(on), strings.Fields(fields)
		if i, ok := at[of]; ok {
			out[i].Steps = append(out[i].Steps, s)
		}
		return err
	}, `SELECT request_id, kind, day, COALESCE(ground, ''), COALESCE(note, ''), taken_by, COALESCE(view, ''), COALESCE(register_day, ''),
		COALESCE(fields, ''), COALESCE(entries, 0), COALESCE(sha256, '') FROM inspection_step WHERE `+where+` ORDER BY request_id, n`, args...)
	return out, errors.Join(err, d.err)
}

func oneRequest(ctx context.Context, tx *db.Tx, org, id string) (Request, error) {
	all, err := requests(ctx, tx, org, id)
	if err != nil {
		return Request{}, err
	}
	if id == "" || len(all) != 1 {
		return Request{}, fault.Errorf(fault.NotFound, "there is no request to inspect %q", id)
	}
	return all[0], nil
}

func lastNumber(ctx context.Context, tx *db.Tx, org string) (n int, err error) {
	err = tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) FROM inspection_request WHERE org_id = ?`, org).Scan(&n)
	return n, err
}

// addStep adds a step to a request, as part of a change.
func (r *Request) addStep(ctx context.Context, tx *journal.Tx, s Step) error {
	r.Steps = append(r.Steps, s)
	return tx.Insert(ctx, "inspection_step", s.row(tx.ID(), r.ID, len(r.Steps)))
}

// days reads days that are stored as text.
type days struct{ err error }

func (d *days) of(text string) law.Date {
	if text == "" {
		return law.Date{}
	}
	day, err := law.ParseDate(text)
	d.err = errors.Join(d.err, err)
	return day
}
