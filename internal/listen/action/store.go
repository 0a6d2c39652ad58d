package action

import (
	"context"
	"errors"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

func (a Action) row() journal.Row {
	return journal.Row{
		"id": a.ID, "number": a.Number, "wave": a.Wave, "wave_name": a.WaveName, "found_unit": text(a.Finding.Unit),
		"found_unit_name": text(a.Finding.UnitName), "about": a.About, "about_id": text(a.Finding.ID), "label": a.Label, "says": a.Says,
		"directorate": text(a.Directorate), "directorate_name": text(a.DirectorateName), "unit": text(a.Place.Unit), "unit_name": text(a.Place.UnitName),
		"title": a.Title, "doing": a.Doing, "owner": a.Owner, "due": a.Due.String(), "first_due": a.FirstDue.String(),
		"agreed": a.Agreed.String(), "agreed_by": a.AgreedBy,
	}
}

// add adds a step, as part of a change.
func (a *Action) add(ctx context.Context, tx *journal.Tx, s Step) error {
	a.Steps = append(a.Steps, s)
	return tx.Insert(ctx, "action_step", journal.Row{
		"id": tx.ID(), "action_id": a.ID, "n": len(a.Steps), "kind": s.Kind, "day": s.Day.String(), "taken_by": s.By,
		"note": text(s.Note), "due": text(s.Due.String()), "owner": text(s.Owner),
	})
}

// text is a column that holds nothing where the value is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// actions reads the actions of an organisation with their steps, in order; one where
// id is not "".
func actions(ctx context.Context, tx *db.Tx, org, id string) ([]Action, error) {
	where, args := `org_id = ?`, []any{org}
	if id != "" {
		where, args = where+` AND id = ?`, append(args, id)
	}
	var out []Action
	at := map[string]int{}
	var d dates
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var a Action
		var due, first, agreed string
		err := rows.Scan(&a.ID, &a.Number, &a.Wave, &a.WaveName, &a.Finding.Unit, &a.Finding.UnitName, &a.About, &a.Finding.ID, &a.Label, &a.Says,
			&a.Directorate, &a.DirectorateName, &a.Place.Unit, &a.Place.UnitName, &a.Title, &a.Doing, &a.Owner, &due, &first, &agreed, &a.AgreedBy)
		a.Due, a.FirstDue, a.Agreed = d.of(due), d.of(first), d.of(agreed)
		at[a.ID] = len(out)
		out = append(out, a)
		return errors.Join(err, d.err)
	}, `SELECT id, number, wave, wave_name, COALESCE(found_unit, ''), COALESCE(found_unit_name, ''), about, COALESCE(about_id, ''), label, says,
		COALESCE(directorate, ''), COALESCE(directorate_name, ''), COALESCE(unit, ''), COALESCE(unit_name, ''), title, doing, owner, due,
		first_due, agreed, agreed_by FROM action WHERE `+where+` ORDER BY number`, args...)
	if err != nil {
		return nil, err
	}
	if id != "" {
		where = `org_id = ? AND action_id = ?`
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var s Step
		var of, day, due string
		err := rows.Scan(&of, &s.Kind, &day, &s.By, &s.Note, &due, &s.Owner)
		s.Day, s.Due = d.of(day), d.of(due)
		if i, ok := at[of]; ok {
			out[i].Steps = append(out[i].Steps, s)
		}
		return errors.Join(err, d.err)
	}, `SELECT action_id, kind, day, taken_by, COALESCE(note, ''), COALESCE(due, ''), COALESCE(owner, '') FROM action_step
		WHERE `+where+` ORDER BY action_id, n`, args...)
	return out, err
}

func oneAction(ctx context.Context, tx *db.Tx, org, id string) (Action, error) {
	if id == "" {
		return Action{}, fault.Errorf(fault.NotFound, "no action is named")
	}
	all, err := actions(ctx, tx, org, id)
	if err != nil {
		return Action{}, err
	}
	if len(all) != 1 {
		return Action{}, fault.Errorf(fault.NotFound, "there is no action %q", id)
	}
	return all[0], nil
}

func lastNumber(ctx context.Context, tx *db.Tx, org string) (n int, err error) {
	err = tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) FROM action WHERE org_id = ?`, org).Scan(&n)
	return n, err
}

// dates reads days that are stored as text.
type dates struct{ err error }

func (d *dates) of(text string) law.Date {
	if text == "" {
		return law.Date{}
	}
	day, err := law.ParseDate(text)
	d.err = errors.Join(d.err, err)
	return day
}
