package register

import (
	"context"
	"fmt"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
)

// Refusal turns a request down.
type Refusal struct {
	Request string
	Ground  GroundID
	Note    string // for the one who asked
}

// Refuse turns a request down on a ground that the form allows, and tells the one
// who asked where there is an e-mail address. It is the secretary's.
func (s *Service) Refuse(ctx context.Context, actor, org string, in Refusal) (Listed, error) {
	step := Step{Kind: Refused, By: actor, Ground: in.Ground, Note: in.Note}
	return s.step(ctx, org, "inspection.refused", in.Request, step, func(tx *journal.Tx, r Request) error {
		tx.Detail("ground", string(in.Ground))
		grounds, err := s.GroundsFor(r)
		if err != nil {
			return err
		}
		for _, g := range grounds {
			if g.ID == in.Ground {
				return s.tellAsker(ctx, tx, r, "Your request to inspect the register is refused", g.Text+" ("+g.Citation+")", in.Note)
			}
		}
		return nil
	})
}

// AskCourt records that the court was asked for leave not to answer, which stops
// the clock: Companies Act 2006, s.117(1)(b) and (2) has the company tell the one
// who asked. It is the secretary's.
func (s *Service) AskCourt(ctx context.Context, actor, org, request, note string) (Listed, error) {
	step := Step{Kind: ToCourt, By: actor, Note: note}
	return s.step(ctx, org, "inspection.to_court", request, step, func(tx *journal.Tx, r Request) error {
		return s.tellAsker(ctx, tx, r, "We have asked the court about your request to inspect the register",
			"We have asked the court for leave not to answer your request. The court decides whether we must.", note)
	})
}

// Withdraw closes a request that its asker took back. It is the secretary's, on
// the word of the asker.
func (s *Service) Withdraw(ctx context.Context, actor, org, request, note string) (Listed, error) {
	return s.step(ctx, org, "inspection.withdrawn", request, Step{Kind: Withdrawn, By: actor, Note: note}, nil)
}

// step takes one step about a request, as one change.
func (s *Service) step(ctx context.Context, org, kind, id string, step Step, also func(tx *journal.Tx, r Request) error) (Listed, error) {
	step.Day, step.Note = s.today(), clean(step.Note)
	var out Listed
	if longer(step.Note, maxText) {
		return out, fault.Fieldf("note", "write at most %d letters", maxText)
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: step.By}, func(tx *journal.Tx) error {
		r, err := oneRequest(ctx, tx.Tx, org, id)
		if err != nil {
			return err
		}
		form, err := s.formOf(r)
		if err != nil {
			return err
		}
		if err := r.allow(step, form); err != nil {
			return err
		}
		if err := r.addStep(ctx, tx, step); err != nil {
			return err
		}
		tx.Detail("request", r.ID)
		out = Listed{r, r.On(step.Day, s.calendar)}
		if also != nil {
			return also(tx, r)
		}
		return nil
	})
	return out, err
}

// tellAsker writes to the one who asked, where there is an e-mail address. Who
// gave a postal address only is written to by the secretary.
func (s *Service) tellAsker(ctx context.Context, tx *journal.Tx, r Request, subject, text, note string) error {
	if r.Person == "" && r.Email == "" {
		return nil
	}
	o, err := s.organisation(ctx, tx, tx.Org())
	if err != nil {
		return err
	}
	m := notice.Message{
		Kind: kindAnswered, About: r.ID, Subject: subject, Statutory: true,
		Body:   []string{fmt.Sprintf("You asked on %s to inspect the register of members of %s (request %d).", dayWords(r.Received), o, r.Number), text},
		Reason: "You get this because you asked to inspect the register of members of " + o + ".",
		To:     notice.Person{ID: r.Person},
	}
	if note = clean(note); note != "" {
		m.Body = append(m.Body, note)
	}
	if r.Person == "" {
		m.To = notice.Person{Name: r.Name, Email: r.Email}
	}
	_, err = s.messenger.Send(ctx, tx, m)
	return err
}
