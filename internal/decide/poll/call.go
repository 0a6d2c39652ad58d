package poll

import (
	"context"
	"errors"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// Call calls a poll. From then on its rules do not change and its timetable is kept.
// It is the secretary's and the returning officer's, and needs a returning officer
// to be named. A poll whose first day has passed cannot be called: it needs a later
// close (see [Service.EarliestClose]).
func (s *Service) Call(ctx context.Context, actor, org, id string) error {
	return s.change(ctx, actor, org, "poll.called", id, func(tx *journal.Tx, p Poll) error {
		if err := s.at(p, "it is called once", Draft); err != nil {
			return err
		}
		if p.count(ReturningOfficer) == 0 {
			return fault.Errorf(fault.Conflict, "poll %s has no returning officer", p.Code)
		}
		plan, err := s.plan(p, s.today())
		if err != nil {
			return err
		}
		if p.Timetable, err = plan.Make(p.Closes); err != nil {
			return fault.Fieldf("closes", "%v", err)
		}
		if first := p.Timetable.First(); first.Before(s.today()) {
			return fault.Fieldf("closes", "the first day of the timetable would have been %s: the poll can close on %s at the earliest",
				first.Words(), plan.EarliestClose(s.today()).Words())
		}
		if err := s.checkFollows(ctx, tx.Tx, p); err != nil {
			return err
		}
		if p.RulesHash, err = p.Rules.Hash(); err != nil {
			return err
		}
		p.Called, p.CalledBy = s.today(), actor
		for _, d := range p.Timetable.Days {
			if err := tx.Insert(ctx, "poll_step", stepRow(tx.ID(), p.ID, d)); err != nil {
				return err
			}
		}
		tx.Detail("rules", p.RulesHash)
		tx.Detail("closes", p.Closes.UTC().Format(time.RFC3339))
		return p.update(ctx, tx)
	})
}

// EarliestClose is the first day on which a poll of a kind can close that is called
// today. Of a resolution it is that of a ballot without the notice of its legal form.
func (s *Service) EarliestClose(kind Kind) (law.Date, error) {
	plan, err := timetable.NewPlan(s.library, kinds[kind].times, s.today())
	if err != nil {
		return law.Date{}, err
	}
	return plan.EarliestClose(s.today()), nil
}

// ChangeDay moves one day of the timetable, with a reason, before notice of poll is
// given. It is the returning officer's.
func (s *Service) ChangeDay(ctx context.Context, actor, org, id string, step timetable.Step, day law.Date, why string) error {
	return s.retime(ctx, actor, org, "poll.day_changed", id, why, func(tx *journal.Tx, p *Poll, why string) (timetable.Timetable, error) {
		tx.Detail("step", string(step))
		tx.Detail("day", day.String())
		if step == timetable.Roll && p.anyRoll() {
			return p.Timetable, fault.Errorf(fault.Conflict, "poll %s: the roll is made, so the record date does not move", p.Code)
		}
		return p.Timetable.Change(step, day, s.today(), actor, why)
	})
}

// MoveClose moves the close, and with it every day that has not passed, before
// notice of poll is given. It is the returning officer's.
func (s *Service) MoveClose(ctx context.Context, actor, org, id string, closes time.Time, why string) error {
	return s.retime(ctx, actor, org, "poll.close_moved", id, why, func(tx *journal.Tx, p *Poll, why string) (timetable.Timetable, error) {
		tx.Detail("closes", closes.UTC().Format(time.RFC3339))
		t, err := p.Timetable.Move(closes, s.today(), actor, why)
		if err != nil {
			return t, err
		}
		if p.anyRoll() && t.Day(timetable.Roll) != p.Timetable.Day(timetable.Roll) {
			return t, fault.Errorf(fault.Conflict, "poll %s: the roll is made, so the record date does not move", p.Code)
		}
		p.Closes = closes
		return t, s.checkFollows(ctx, tx.Tx, *p)
	})
}

func (s *Service) retime(ctx context.Context, actor, org, kind, id, why string, move func(tx *journal.Tx, p *Poll, why string) (timetable.Timetable, error)) error {
	why, err := reason("a change of the timetable", why)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, org, kind, id, func(tx *journal.Tx, p Poll) error {
		if err := p.conducts(actor); err != nil {
			return err
		}
		if err := s.at(p, "its timetable is frozen, or not made yet", Called, Nominating, Nominated, Uncontested); err != nil {
			return err
		}
		if !p.Announced.IsZero() {
			return fault.Errorf(fault.Conflict, "notice of poll %s is given: its timetable is frozen", p.Code)
		}
		before := p.Timetable
		after, err := move(tx, &p, why)
		var refused *timetable.Error
		if errors.As(err, &refused) {
			return fault.Fieldf(strings.ReplaceAll(string(refused.Step), "-", "_"), "%s", refused.Text)
		}
		if err != nil {
			return err
		}
		p.Timetable = after
		p.Revision++
		if err := p.updateSteps(ctx, tx, after.Changed(before)); err != nil {
			return err
		}
		return p.update(ctx, tx)
	})
}

// updateSteps stores the days that changed.
func (p Poll) updateSteps(ctx context.Context, tx *journal.Tx, steps []timetable.Step) error {
	for _, step := range steps {
		d, _ := p.Timetable.Find(step)
		var id string
		err := tx.QueryRow(ctx, `SELECT id FROM poll_step WHERE poll_id = ? AND step = ?`, p.ID, string(step)).Scan(&id)
		if err != nil {
			return err
		}
		if err := tx.Update(ctx, "poll_step", stepRow(id, p.ID, d)); err != nil {
			return err
		}
	}
	return nil
}

func (p Poll) anyRoll() bool {
	for _, c := range p.Contests {
		if c.Roll != nil {
			return true
		}
	}
	return false
}

// Abandon ends a poll that cannot be held to its end, with a reason that everybody
// can read. It is the returning officer's; a draft is the secretary's too. What is counted or declared is not
// abandoned, or a result could be made to go away: it is questioned.
func (s *Service) Abandon(ctx context.Context, actor, org, id, why string) error {
	why, err := reason("abandoning a poll", why)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, org, "poll.abandoned", id, func(tx *journal.Tx, p Poll) error {
		if !p.Called.IsZero() {
			if err := p.conducts(actor); err != nil {
				return err
			}
		}
		for _, c := range p.Contests {
			if c.Declared != nil {
				return fault.Errorf(fault.Conflict, "poll %s: the result of contest %s is declared", p.Code, c.Code)
			}
			if !c.Counted.IsZero() {
				return fault.Errorf(fault.Conflict, "poll %s: the votes of contest %s are counted: the result is declared, and can then be questioned", p.Code, c.Code)
			}
		}
		if !p.Abandoned.IsZero() {
			return fault.Errorf(fault.Conflict, "poll %s was abandoned on %s", p.Code, p.Abandoned)
		}
		p.Abandoned, p.AbandonedBy, p.Reason = s.today(), actor, why
		return p.update(ctx, tx)
	})
}
