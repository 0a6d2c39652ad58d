package wave

import (
	"context"
	"errors"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Reminder is one round of reminders.
type Reminder struct {
	Number int
	Day    law.Date
	Sent   int    // people it went to
	By     string // person id, or "system" for one that was planned
}

// Reminders are those that were sent.
func (s *Service) Reminders(ctx context.Context, org, id string) (out []Reminder, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = reminders(ctx, tx, org, id)
		return err
	})
	return out, err
}

func reminders(ctx context.Context, tx *db.Tx, org, id string) (out []Reminder, err error) {
	var s scans
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var r Reminder
		var on string
		err := rows.Scan(&r.Number, &on, &r.Sent, &r.By)
		r.Day = s.day(on)
		out = append(out, r)
		return err
	}, `SELECT number, day, sent, sent_by FROM wave_reminder WHERE org_id = ? AND wave_id = ? ORDER BY number`, org, id)
	return out, errors.Join(err, s.err)
}

// Undrawn are the people who have neither drawn a token nor been given a slip: whom a
// reminder goes to. No page lists them.
func (s *Service) Undrawn(ctx context.Context, org, id string) (out []string, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		w, err := one(ctx, tx, org, id)
		if err != nil {
			return err
		}
		out, err = s.undrawn(ctx, tx, w)
		return err
	})
	return out, err
}

func (s *Service) undrawn(ctx context.Context, tx *db.Tx, w Wave) (out []string, err error) {
	issued := map[string]bool{}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var p string
		err := rows.Scan(&p)
		issued[p] = true
		return err
	}, `SELECT person_id FROM token_issued WHERE wave_id = ?`, w.ID)
	if err != nil {
		return nil, err
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var mark, sealed string
		if err := rows.Scan(&mark, &sealed); err != nil {
			return err
		}
		d, err := s.openDraw(w, mark, sealed)
		if err == nil {
			issued[d.Person] = true
		}
		return err
	}, `SELECT mark, sealed FROM token_draw WHERE wave_id = ? AND recorded IS NULL`, w.ID)
	if err != nil {
		return nil, err
	}
	list, err := seats(ctx, tx, w.Org, w.ID)
	for _, x := range list {
		if !issued[x.Person] {
			out = append(out, x.Person)
		}
	}
	return out, err
}

// RemindIn records a round of reminders as part of the change that sends them, and gives
// the people that it goes to: those who have not drawn. By hand there are as many rounds
// as a plan may have, two days apart.
func (s *Service) RemindIn(ctx context.Context, tx *journal.Tx, id string) (w Wave, number int, people []string, err error) {
	if w, err = one(ctx, tx.Tx, tx.Org(), id); err != nil {
		return w, 0, nil, err
	}
	if err := s.at(w, "reminders are sent while it is open", Open); err != nil {
		return w, 0, nil, err
	}
	old, err := reminders(ctx, tx.Tx, w.Org, w.ID)
	if err != nil {
		return w, 0, nil, err
	}
	if len(old) >= mostReminders {
		return w, 0, nil, fault.Errorf(fault.Conflict, "survey %s: %d reminders were sent, and there are no more", w.Code, len(old))
	}
	if len(old) > 0 {
		if last := old[len(old)-1].Day; last.DaysUntil(s.today()) < remindersApart {
			return w, 0, nil, fault.Errorf(fault.Conflict, "survey %s: the last reminder was sent on %s: the next can be sent from %s", w.Code, last.Words(), last.AddDays(remindersApart).Words())
		}
	}
	if people, err = s.undrawn(ctx, tx.Tx, w); err != nil {
		return w, 0, nil, err
	}
	if len(people) == 0 {
		return w, 0, nil, fault.Errorf(fault.Conflict, "survey %s: everybody who is asked has drawn a pass", w.Code)
	}
	number = len(old) + 1
	tx.Detail("wave", w.ID)
	tx.Detail("reminder", number)
	return w, number, people, tx.Insert(ctx, "wave_reminder", journal.Row{
		"id": tx.ID(), "wave_id": w.ID, "number": number, "day": s.today().String(), "sent": len(people), "sent_by": tx.Actor(),
	})
}

// RemindersDue reports whether a reminder that was planned for today or before is still to
// be sent. Of several that were missed one is sent.
func (s *Service) RemindersDue(ctx context.Context, w Wave) (bool, error) {
	if w.Stage(s.now()) != Open {
		return false, nil
	}
	sent, err := s.Reminders(ctx, w.Org, w.ID)
	if err != nil || len(sent) >= mostReminders {
		return false, err
	}
	var planned law.Date
	for _, d := range w.RemindOn {
		if !d.After(s.today()) {
			planned = d
		}
	}
	if planned.IsZero() {
		return false, nil
	}
	if len(sent) == 0 {
		return true, nil
	}
	last := sent[len(sent)-1].Day
	return last.Before(planned) && last.DaysUntil(s.today()) >= remindersApart, nil
}

// Asked are the people of the census, by id.
func (s *Service) Asked(ctx context.Context, org, id string) (out []string, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		list, err := seats(ctx, tx, org, id)
		for _, x := range list {
			out = append(out, x.Person)
		}
		return err
	})
	return out, err
}
