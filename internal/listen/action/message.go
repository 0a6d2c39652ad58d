package action

import (
	"context"
	"fmt"

	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/law"
)

// Kinds are the messages that the room sends.
var Kinds = []notice.Kind{
	{Name: kindNamed, Title: "Actions on surveys that you own"},
	{Name: kindDue, Title: "Your actions on surveys that are due or overdue"},
	{Name: kindEscalated, Title: "Actions on surveys that are late where you answer for them"},
	{Name: kindEnded, Title: "What was done about surveys"},
}

const (
	kindNamed     = "action.named"
	kindDue       = "action.due"
	kindEscalated = "action.escalated"
	kindEnded     = "action.ended"
)

// Path is where the pages show an action.
func (a Action) Path() string { return fmt.Sprintf("/surveys/actions/no/%d", a.Number) }

func (s *Service) tell(ctx context.Context, tx *journal.Tx, m notice.Message, people ...string) error {
	list := make([]notice.Message, len(people))
	for i, id := range people {
		list[i] = m
		list[i].To = notice.Person{ID: id}
	}
	_, err := s.o.Messenger.SendAll(ctx, tx, list)
	return err
}

func (a Action) where() string {
	switch {
	case a.Place.UnitName != "":
		return a.Place.UnitName
	case a.DirectorateName != "":
		return a.DirectorateName
	}
	return "the whole organisation"
}

func (a Action) facts(today law.Date) []notice.Fact {
	return []notice.Fact{
		{Label: "The survey said", Value: a.Label + ": " + a.Says},
		{Label: "Where", Value: a.where()},
		{Label: "Done by", Value: dayWords(a.Due, today)},
	}
}

func (a Action) named(today law.Date) notice.Message {
	return notice.Message{
		Kind: kindNamed, About: a.ID, Subject: "You own an action: " + a.Title, Urgent: true,
		Body:   []string{a.Doing, "Say on its page when you begin, what you have done, and when it is done. If its day cannot be kept, move it and say why: members see it."},
		Facts:  a.facts(today),
		Action: notice.Link{Text: "See the action", Path: a.Path()},
		Reason: "You get this because you were named as the owner of an action that follows from a survey.",
	}
}

func (a Action) soon(today law.Date) notice.Message {
	return notice.Message{
		Kind: kindDue, About: a.ID, Subject: "Due on " + dayWords(a.Due, today) + ": " + a.Title, Urgent: true,
		Body:   []string{"The day of this action is near. Say what was done, or move its day and say why."},
		Facts:  a.facts(today),
		Action: notice.Link{Text: "Say what was done", Path: a.Path()},
		Reason: "You get this because you own an action that follows from a survey.",
	}
}

func (a Action) late(today law.Date) notice.Message {
	m := a.soon(today)
	m.Subject = "Overdue: " + a.Title
	m.Body = []string{
		a.On(today).Sentence,
		fmt.Sprintf("When it is %d days late, those who answer for it are told: the head of the directorate, where one is named, and the directors.", EscalateAfter),
	}
	return m
}

func (a Action) escalated(today law.Date, owner string) notice.Message {
	return notice.Message{
		Kind: kindEscalated, About: a.ID, Subject: fmt.Sprintf("%d days late: %s", a.On(today).Late, a.Title), Urgent: true,
		Body:   []string{a.On(today).Sentence, "Its owner, " + owner + ", was told on the day after. Nothing was said since that ended it or moved its day."},
		Facts:  a.facts(today),
		Action: notice.Link{Text: "See who owns what", Path: "/surveys/actions/board"},
		Reason: "You get this because you answer for the directorate, or sit on the board.",
	}
}

// ended is the message to members: it waits for Monday's digest.
func (a Action) ended(today law.Date) notice.Message {
	st := a.On(today)
	subject, body := "You said, we did: "+a.Title, "We did: "+st.Last.Note
	if st.State == Given {
		subject, body = "You said, and we did not: "+a.Title, "It is not done. The reason: "+st.Last.Note
	}
	return notice.Message{
		Kind: kindEnded, About: a.endOf(), Subject: subject,
		Body:   []string{fmt.Sprintf("%s (%s) said: %s, %s.", a.WaveName, a.foundIn(), a.Label, a.Says), body},
		Action: notice.Link{Text: "Say whether it helped", Path: a.Path()},
		Reason: "You get this because you are a member and a survey asked you.",
	}
}

func (a Action) foundIn() string {
	if a.Finding.UnitName == "" {
		return "everybody"
	}
	return a.Finding.UnitName
}

// endOf names the end of an action: one that was reopened and ends again is told again.
func (a Action) endOf() string {
	n := 0
	for _, s := range a.Steps {
		if s.Kind == Done || s.Kind == NotDone {
			n++
		}
	}
	return fmt.Sprintf("%s.%d", a.ID, n)
}
