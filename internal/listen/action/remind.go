package action

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// Remind tells owners of what is due soon and overdue, and those who answer for a
// directorate, and the directors, of what is overdue by [EscalateAfter] days. Each is
// told once, in the change that says so; running it again does nothing. It is run every
// morning.
func (s *Service) Remind(ctx context.Context, org string) error {
	list, err := s.All(ctx, org)
	if err != nil {
		return err
	}
	directors, err := s.o.Offices.Holders(ctx, org, policy.Director, s.today())
	if err != nil {
		return err
	}
	above := make([]string, len(directors))
	for i, d := range directors {
		above[i] = d.ID
	}
	var all []error
	for _, l := range list {
		if l.wants(s.today()) == "" {
			continue
		}
		if err := s.remind(ctx, org, l.ID, above); err != nil {
			all = append(all, fmt.Errorf("remind of action %d: %w", l.Number, err))
		}
	}
	return errors.Join(all...)
}

// wants is the reminder that an action wants on a day, or nothing.
func (a Action) wants(day law.Date) StepKind {
	st := a.On(day)
	switch {
	case st.Over():
	case st.Overdue && !a.did(Late):
		return Late
	case st.Overdue && st.Late >= EscalateAfter && !a.did(Escalated):
		return Escalated
	case !st.Overdue && st.Left <= SoonBefore && !a.did(Reminded) && a.Agreed.DaysUntil(day) > SoonBefore:
		return Reminded
	}
	return ""
}

func (s *Service) remind(ctx context.Context, org, id string, directors []string) error {
	today := s.today()
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "action.reminded", Actor: "system"}, func(tx *journal.Tx) error {
		a, err := oneAction(ctx, tx.Tx, org, id)
		if err != nil {
			return err
		}
		kind := a.wants(today)
		if kind == "" {
			return journal.ErrNothing // ended since, or told by another process
		}
		tx.Detail("action", a.ID)
		// Who looks after weeks in which nobody did takes more than one step.
		for ; kind != ""; kind = a.wants(today) {
			if err := a.add(ctx, tx, Step{Kind: kind, Day: today, By: "system"}); err != nil {
				return err
			}
			tx.Detail(string(kind), true)
			if err := s.remindOf(ctx, tx, a, kind, directors); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func (s *Service) remindOf(ctx context.Context, tx *journal.Tx, a Action, kind StepKind, directors []string) error {
	today := s.today()
	owner, err := person(ctx, tx, a.Owner, "owner")
	gone := fault.Is(err, fault.Invalid)
	if err != nil && !gone {
		return err
	}
	switch {
	case kind == Escalated:
		name := owner.Name()
		if gone {
			name = "who is no longer here"
		}
		above, err := s.above(ctx, tx, a, directors)
		if err != nil {
			return err
		}
		return s.tell(ctx, tx, a.escalated(today, name), above...)
	case gone:
		return nil // there is nobody to tell; the board sees it
	case kind == Late:
		return s.tell(ctx, tx, a.late(today), a.Owner)
	}
	return s.tell(ctx, tx, a.soon(today), a.Owner)
}

// above are those who answer for an action: the head of its directorate, where one is
// named, and the directors.
func (s *Service) above(ctx context.Context, tx *journal.Tx, a Action, directors []string) (out []string, err error) {
	on, err := headsOn(ctx, tx.Tx, tx.Org(), s.today())
	if err != nil {
		return nil, err
	}
	for _, h := range on {
		if h.Directorate == a.Directorate && !slices.Contains(directors, h.Person) {
			out = append(out, h.Person)
		}
	}
	return append(out, directors...), nil
}

// perChange is how many members one change tells.
const perChange = 500

// TellMembers tells members what became of actions that ended within the last week:
// what was done, and what was not and why. It waits for Monday's digest; each is told
// once. It is run every morning.
func (s *Service) TellMembers(ctx context.Context, org string) error {
	if s.o.Members == nil {
		return nil
	}
	today := s.today()
	list, err := s.All(ctx, org)
	if err != nil {
		return err
	}
	var ended []Listed
	for _, l := range list {
		if l.Status.Over() && l.Status.Last.Day.DaysUntil(today) <= 7 {
			ended = append(ended, l)
		}
	}
	if len(ended) == 0 {
		return nil
	}
	people, err := s.o.Members(ctx, org, today)
	if err != nil {
		return err
	}
	for _, l := range ended {
		for chunk := range slices.Chunk(people, perChange) {
			if err := s.tellEnded(ctx, org, l.Action, chunk); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) tellEnded(ctx context.Context, org string, a Action, people []string) error {
	m := a.ended(s.today())
	// What a message is about names the person too, so that whoever was told before a
	// crash is not told again.
	about := make([]string, len(people))
	for i, id := range people {
		about[i] = m.About + "." + id
	}
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "action.told", Actor: "system"}, func(tx *journal.Tx) error {
		told, err := s.o.Messenger.ToldAbout(ctx, tx.Tx, org, kindEnded, about)
		if err != nil {
			return err
		}
		var list []notice.Message
		for i, id := range people {
			if !told[about[i]] {
				m.About, m.To = about[i], notice.Person{ID: id}
				list = append(list, m)
			}
		}
		routes, err := s.o.Messenger.SendAll(ctx, tx, list)
		if err != nil {
			return err
		}
		n := 0
		for _, r := range routes {
			if r != notice.Muted && r != notice.NoAddress {
				n++
			}
		}
		if n == 0 {
			return journal.ErrNothing
		}
		tx.Detail("action", a.ID)
		tx.Detail("told", n)
		return nil
	})
	return err
}
