package register

import (
	"context"
	"errors"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// Remind tells the secretary of each request whose last day is the next working
// day, and the secretary and the directors of each that is overdue. Each is told
// once, in the change that says so; running it again does nothing. It is run every
// morning.
func (s *Service) Remind(ctx context.Context, org string) error {
	waiting, err := s.Requests(ctx, org)
	if err != nil {
		return err
	}
	var all []error
	for _, l := range waiting {
		if kind := l.wants(s.today()); kind != "" {
			all = append(all, s.remind(ctx, org, l.ID))
		}
	}
	return errors.Join(all...)
}

// wants is the reminder that a request wants on a day, or nothing.
func (l Listed) wants(day law.Date) StepKind {
	switch {
	case l.Status.State != Open || l.Due.IsZero():
		return ""
	case l.Status.Overdue:
		if !l.did(Escalated) {
			return Escalated
		}
	case !day.Before(l.Status.Remind) && !l.did(Reminded):
		return Reminded
	}
	return ""
}

func (s *Service) remind(ctx context.Context, org, id string) error {
	today := s.today()
	secretaries, err := s.holders(ctx, org, today, policy.Secretary)
	if err != nil {
		return err
	}
	everybody, err := s.holders(ctx, org, today, policy.Secretary, policy.Director)
	if err != nil {
		return err
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "inspection.reminded", Actor: "system"}, func(tx *journal.Tx) error {
		r, err := oneRequest(ctx, tx.Tx, org, id)
		if err != nil {
			return err
		}
		kind := Listed{r, r.On(today, s.calendar)}.wants(today)
		if kind == "" {
			return journal.ErrNothing // answered since, or told by another process
		}
		if err := r.addStep(ctx, tx, Step{Kind: kind, Day: today, By: "system"}); err != nil {
			return err
		}
		name, err := s.organisation(ctx, tx, org)
		if err != nil {
			return err
		}
		tx.Detail("request", r.ID)
		tx.Detail("step", string(kind))
		if kind == Escalated {
			form, err := s.formOf(r)
			if err != nil {
				return err
			}
			return s.tell(ctx, tx, everybody, r.overdue(name, r.On(today, s.calendar), TermsFor(form, r.Audience)))
		}
		return s.tell(ctx, tx, secretaries, r.nearlyDue(name, today))
	})
	return err
}

func (r Request) nearlyDue(org string, today law.Date) notice.Message {
	when := "on " + r.Due.Words()
	if r.Due == today {
		when = "today"
	}
	return notice.Message{
		Kind: kindDue, About: r.ID, Subject: "A request to inspect the register is due " + when, Statutory: true,
		Body:   []string{fmt.Sprintf("Request %d came in on %s and nobody has answered it. %s is the last day.", r.Number, dayWords(r.Received), r.Due.Words())},
		Facts:  []notice.Fact{{Label: "Answer by", Value: r.Due.Words()}},
		Action: notice.Link{Text: "Answer the request", Path: "/inspections/" + r.ID},
		Reason: "You get this because you keep the registers of " + org + ".",
	}
}

func (r Request) overdue(org string, status Status, terms Terms) notice.Message {
	m := notice.Message{
		Kind: kindDue, About: r.ID, Subject: "A request to inspect the register is overdue", Statutory: true,
		Body: []string{
			fmt.Sprintf("Request %d came in on %s. %s", r.Number, dayWords(r.Received), status.Sentence),
			fmt.Sprintf("The law gives %s to answer (%s).", workingDays(terms.WorkingDays), terms.Citation),
		},
		Action: notice.Link{Text: "See the request", Path: "/inspections/" + r.ID},
		Reason: "You get this because you are the secretary or a director of " + org + ".",
	}
	if terms.mayGoToCourt() {
		m.Body = append(m.Body, "Not answering in time without having asked the court is an offence of the company and of every officer in default (Companies Act 2006, s.118).")
	}
	return m
}

// Overdue counts the requests whose day is over, for a home page.
func (s *Service) Overdue(ctx context.Context, org string) (overdue, open int, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		all, err := requests(ctx, tx, org, "")
		overdue, open = 0, 0
		for _, r := range all {
			st := r.On(s.today(), s.calendar)
			if st.State == Open {
				open++
			}
			if st.Overdue {
				overdue++
			}
		}
		return err
	})
	return overdue, open, err
}
