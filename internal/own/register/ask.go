package register

import (
	"context"
	"fmt"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// Public is the actor of a request by somebody who is not signed in.
const Public = "public"

// Ask receives a request to inspect the register. Anybody may ask. The clock is
// that of the legal form, in working days, and does not count the day of receipt.
// The secretary is told in the same change.
//
// An audience that has no right under the form gets a Forbidden fault that says
// who has one, and nothing about the asker is stored.
func (s *Service) Ask(ctx context.Context, org string, a Ask) (Request, error) {
	today := s.today()
	secretaries, err := s.holders(ctx, org, today, policy.Secretary)
	if err != nil {
		return Request{}, err
	}
	actor := a.Person
	if actor == "" {
		actor = Public
	}
	var made Request
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "inspection.received", Actor: actor}, func(tx *journal.Tx) error {
		o, form, err := s.reader.form(ctx, tx.Tx, org, today)
		if err != nil {
			return err
		}
		asked, terms := a, TermsFor(form, a.Audience)
		if err := asked.check(terms); err != nil {
			return err
		}
		asked.Audience = terms.Audience
		last, err := lastNumber(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		made = Request{ID: tx.ID(), Number: last + 1, Ask: asked, Form: form.ID, Received: today, DueKnown: true}
		if deadline, ok := terms.Answer(s.calendar, today); ok {
			made.Due, made.DueKnown = deadline.Day, deadline.Known
		}
		if err := tx.Insert(ctx, "inspection_request", made.row()); err != nil {
			return err
		}
		if err := made.addStep(ctx, tx, Step{Kind: Received, Day: today, By: actor}); err != nil {
			return err
		}
		tx.Detail("request", made.ID)
		tx.Detail("audience", string(asked.Audience))
		tx.Detail("due", made.Due.String())
		return s.tell(ctx, tx, secretaries, made.arrived(o.Name))
	})
	return made, err
}

// arrived is the message about a new request. It names nobody.
func (r Request) arrived(org string) notice.Message {
	m := notice.Message{
		Kind: kindReceived, About: r.ID, Subject: "A request to inspect the register of members",
		Body: []string{fmt.Sprintf("Request %d came in on %s, from somebody who asks as %s.",
			r.Number, dayWords(r.Received), AskerWords(r.Audience))},
		Action: notice.Link{Text: "See the request", Path: "/inspections/" + r.ID},
		Reason: "You get this because you keep the registers of " + org + ".", Statutory: true,
	}
	if r.Due.IsZero() {
		m.Body = append(m.Body, "The law sets no day to answer by. Answer within a reasonable time.")
		return m
	}
	m.Body = append(m.Body, "Bank holidays and weekends are not counted. We remind you on the working day before.")
	m.Facts = []notice.Fact{{Label: "Answer by", Value: r.Due.Words()}}
	return m
}

// holders are the ids of those who hold any of the roles on a day, each once.
func (s *Service) holders(ctx context.Context, org string, day law.Date, roles ...policy.Role) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	for _, role := range roles {
		people, err := s.offices.Holders(ctx, org, role, day)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			if !seen[p.ID] {
				seen[p.ID] = true
				out = append(out, p.ID)
			}
		}
	}
	return out, nil
}

func (s *Service) tell(ctx context.Context, tx *journal.Tx, people []string, m notice.Message) error {
	for _, id := range people {
		m.To = notice.Person{ID: id}
		if _, err := s.messenger.Send(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}

// Requests are all requests to inspect, in the order in which they want attention:
// overdue ones first.
func (s *Service) Requests(ctx context.Context, org string) (out []Listed, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		all, err := requests(ctx, tx, org, "")
		out = list(all, s.today(), s.calendar)
		return err
	})
	return out, err
}

// Request is one request, with where it stands today.
func (s *Service) Request(ctx context.Context, org, id string) (l Listed, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		r, err := oneRequest(ctx, tx, org, id)
		l = Listed{r, r.On(s.today(), s.calendar)}
		return err
	})
	return l, err
}

// GroundsFor are the grounds on which a request may be refused, by the law of the
// form it was received under.
func (s *Service) GroundsFor(r Request) ([]Ground, error) {
	form, err := s.formOf(r)
	if err != nil {
		return nil, err
	}
	return Grounds(form, r.Audience), nil
}

// formOf is the legal form that a request is judged by: that of the day it came.
func (s *Service) formOf(r Request) (*law.Form, error) {
	return s.reader.Library.Form(r.Form, r.Received)
}
