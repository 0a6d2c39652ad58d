package house

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/internal/own/member"
	"commonweal/internal/own/staff"
	"commonweal/law"
)

// AnswersBeside is where the answer side's database is kept where nobody says otherwise:
// beside a SQLite database, and nowhere beside PostgreSQL.
func AnswersBeside(database string) string {
	if strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://") {
		return ""
	}
	return strings.TrimSuffix(database, ".db") + ".answers.db"
}

// AnswersKeyBeside is the key file of an answer side's database where nobody says otherwise.
func AnswersKeyBeside(answers string) string {
	if strings.HasPrefix(answers, "postgres://") || strings.HasPrefix(answers, "postgresql://") {
		return "var/answers.key"
	}
	return strings.TrimSuffix(answers, ".db") + ".key"
}

// openListen opens the rooms of how the organisation listens, and the answer side.
func (h *House) openListen(ctx context.Context, secrets *journal.Keys, o Options) (err error) {
	h.Waves = wave.NewService(h.Journal, secrets, census{h.Staff, h.Members}, h.Law)
	if o.Answers == "" {
		o.Answers = AnswersBeside(o.Database)
	}
	if o.AnswersKey == "" {
		o.AnswersKey = AnswersKeyBeside(o.Answers)
	}
	if o.Answers != "" {
		if h.Answers, err = answers.OpenAll(ctx, o.Answers, o.AnswersKey, h.World); err != nil {
			return fmt.Errorf("the database for answers: %w", err)
		}
	}
	h.Jobs.Handle("wave.open", func(ctx context.Context, _ jobs.Job) error { return h.openDue(ctx) })
	h.Jobs.Every("wave.open", jobs.Minutely())
	h.Jobs.Handle("wave.mix", func(ctx context.Context, _ jobs.Job) error { return h.MixDay(ctx) })
	h.Jobs.Every("wave.mix", jobs.Daily(23, 30))
	h.Jobs.Handle("wave.close", func(ctx context.Context, _ jobs.Job) error { return h.closeDue(ctx) })
	h.Jobs.Every("wave.close", jobs.Hourly())
	h.Jobs.Handle("wave.remind", func(ctx context.Context, _ jobs.Job) error { return h.remindDue(ctx) })
	h.Jobs.Every("wave.remind", jobs.Daily(9, 0))
	h.Jobs.Handle("wave.expire", func(ctx context.Context, _ jobs.Job) error { return h.expireAnswers(ctx) })
	h.Jobs.Every("wave.expire", jobs.Daily(3, 50))
	return nil
}

func (h *House) closeAnswers() error {
	if h.Answers == nil {
		return nil
	}
	return h.Answers.Close()
}

// eachWave does something with every wave of every organisation. One that fails does not
// keep the others from it.
func (h *House) eachWave(ctx context.Context, do func(ctx context.Context, w wave.Wave) error) error {
	list, err := h.Identity.Organisations(ctx)
	if err != nil {
		return err
	}
	var all []error
	for _, o := range list {
		waves, err := h.Waves.List(ctx, o.ID)
		if err != nil {
			all = append(all, err)
			continue
		}
		for _, w := range waves {
			if err := do(ctx, w); err != nil {
				all = append(all, fmt.Errorf("survey %s of %s: %w", w.Code, o.ID, err))
			}
		}
	}
	return errors.Join(all...)
}

// census gives waves the staff lists and the register of members, in their own words.
type census struct {
	staff   *staff.Service
	members *member.Service
}

// Employed implements wave.Census. Of somebody with several posts on the day it takes the
// main one, the largest where several employers each have one.
func (c census) Employed(ctx context.Context, tx *db.Tx, org string, day law.Date) ([]wave.Placed, error) {
	best := map[string]staff.Post{}
	var order []string
	err := c.staff.Posts(ctx, tx, org, "", func(person string, p staff.Post) error {
		if person == "" || day.Before(p.From) || !p.To.IsZero() && p.To.Before(day) {
			return nil
		}
		was, seen := best[person]
		if !seen {
			order = append(order, person)
		}
		if !seen || p.Main && !was.Main || p.Main == was.Main && p.FTE > was.FTE {
			best[person] = p
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows, err := c.members.RegisterIn(ctx, tx, org, day)
	if err != nil && !fault.Is(err, fault.NotFound) { // an organisation without a register has no members
		return nil, err
	}
	members := map[string]bool{}
	for _, r := range rows {
		members[r.Person] = r.Ceased.IsZero() && !r.Unclear
	}
	out := make([]wave.Placed, len(order))
	for i, person := range order {
		p := best[person]
		out[i] = wave.Placed{Person: person, Site: p.Site, StaffGroup: p.StaffGroup, Role: p.Role, Member: members[person]}
	}
	return out, nil
}
