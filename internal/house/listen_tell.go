package house

import (
	"context"
	"errors"
	"fmt"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/listen/wave"
)

// Kinds of message about surveys. Nobody has to get any of them.
const (
	kindSurveyOpen     = "survey.opened"
	kindSurveyReminder = "survey.reminder"
	kindSurveyResults  = "survey.results"
)

var surveyKinds = []notice.Kind{
	{Name: kindSurveyOpen, Title: "That a survey is open to you"},
	{Name: kindSurveyReminder, Title: "Reminders of a survey, while you have no pass for it"},
	{Name: kindSurveyResults, Title: "That the results of a survey are out"},
}

// tellEach sends a message of one kind about a wave to people, some at a time, each lot in
// a change of its own. A lot that was told before a crash is not told again.
func (h *House) tellEach(ctx context.Context, w wave.Wave, kind string, people []string, message func(o identity.Organisation) notice.Message) error {
	for at := 0; at < len(people); at += perChange {
		lot := people[at:min(at+perChange, len(people))]
		about := w.ID
		if at > 0 {
			about = fmt.Sprintf("%s/%d", w.ID, at/perChange+1)
		}
		_, err := h.Journal.Record(ctx, journal.Fact{Org: w.Org, Kind: "survey.told", Actor: wave.System}, func(tx *journal.Tx) error {
			told, err := h.Notices.ToldAbout(ctx, tx.Tx, w.Org, kind, []string{about})
			if err != nil {
				return err
			}
			if told[about] {
				return journal.ErrNothing
			}
			tx.Detail("wave", w.ID)
			tx.Detail("told", len(lot))
			return h.sendSurvey(ctx, tx, kind, about, lot, message)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sendSurvey sends a message to each of the people whose details are not erased.
func (h *House) sendSurvey(ctx context.Context, tx *journal.Tx, kind, about string, people []string, message func(o identity.Organisation) notice.Message) error {
	o, err := identity.OrganisationByID(ctx, tx.Tx, tx.Org())
	if err != nil {
		return err
	}
	known, err := identity.PeopleByID(ctx, tx.Tx, tx.Org(), people)
	if err != nil {
		return err
	}
	var out []notice.Message
	for _, id := range people {
		if p, ok := known[id]; ok && p.Erased == "" {
			m := message(o)
			m.Kind, m.About, m.To = kind, about, notice.Person{ID: id}
			out = append(out, m)
		}
	}
	_, err = h.Notices.SendAll(ctx, tx, out)
	return err
}

// tellOpen tells everybody who is asked that a survey is open. Key and questionnaire are
// named by their hashes, so that whoever kept the message can tell another key from it.
func (h *House) tellOpen(ctx context.Context, w wave.Wave) error {
	if w.BroughtIn() {
		return nil
	}
	people, err := h.Waves.Asked(ctx, w.Org, w.ID)
	if err != nil {
		return err
	}
	return h.tellEach(ctx, w, kindSurveyOpen, people, func(o identity.Organisation) notice.Message {
		return notice.Message{
			Subject: w.Title + ": what do you think?",
			Body: []string{
				"You are asked what it is like to work at " + o.Name + ". Answer once, on any device, until " + w.Closes.Words() + ".",
				"Nobody can tell which answers are yours: you fetch a one-time pass with your name, and answer with the pass and without your name. The two are kept apart, and you can check that your pass is counted.",
			},
			Facts: []notice.Fact{
				{Label: "Open until", Value: w.Closes.Words()},
				{Label: "Key of the survey (SHA-256)", Value: w.KeyHash},
				{Label: "Questions (SHA-256)", Value: w.InstrumentHash},
			},
			Action: notice.Link{Text: "See the survey", Path: "/surveys/" + w.Code},
			Reason: "You get this because you were employed here on the day that counts for the survey.",
			Urgent: true,
		}
	})
}

// RemindWave reminds those who have not drawn a pass, and nobody else. It says nothing of
// who has answered: that is not known. It is the engagement lead's.
func (h *House) RemindWave(ctx context.Context, actor, org, id string) error {
	_, err := h.Journal.Record(ctx, journal.Fact{Org: org, Kind: "survey.reminded", Actor: actor}, func(tx *journal.Tx) error {
		w, number, people, err := h.Waves.RemindIn(ctx, tx, id)
		if err != nil {
			return err
		}
		about := fmt.Sprintf("%s/reminder-%d", w.ID, number)
		return h.sendSurvey(ctx, tx, kindSurveyReminder, about, people, func(o identity.Organisation) notice.Message {
			return notice.Message{
				Subject: w.Title + ": open until " + w.Closes.Words(),
				Body: []string{
					"You have not fetched your one-time pass for this survey at " + o.Name + ". If you want to be heard in it, do so by " + w.Closes.Words() + ".",
					"Whether somebody with a pass has answered is known to nobody, so there is no reminder of that.",
				},
				Action: notice.Link{Text: "Get your pass", Path: "/surveys/" + w.Code},
				Reason: "You get this because you are asked in the survey and have no pass for it yet.",
				Urgent: true,
			}
		})
	})
	return err
}

// remindDue sends the reminders that were planned.
func (h *House) remindDue(ctx context.Context) error {
	return h.eachWave(ctx, func(ctx context.Context, w wave.Wave) error {
		due, err := h.Waves.RemindersDue(ctx, w)
		if err != nil || !due {
			return err
		}
		if err := h.RemindWave(ctx, wave.System, w.Org, w.ID); !fault.Is(err, fault.Conflict) { // everybody has drawn
			return err
		}
		return nil
	})
}

// tellResults tells everybody who was asked that the results are out.
func (h *House) tellResults(ctx context.Context, w wave.Wave) error {
	people, err := h.Waves.Asked(ctx, w.Org, w.ID)
	if err != nil || w.BroughtIn() {
		return errors.Join(err)
	}
	return h.tellEach(ctx, w, kindSurveyResults, people, func(o identity.Organisation) notice.Message {
		return notice.Message{
			Subject: w.Title + ": what you said",
			Body: []string{
				"The results of the survey at " + o.Name + " are out. Everybody who works here sees the same figures at the same time.",
				"What is shown of small groups is held back, so that nobody's answers can be worked out.",
				"Look whether the record says rightly of you that you had a pass, or that you had none. Only you can tell whether somebody else drew one in your name. It is on the page of the survey, under “What is known of you”.",
			},
			Action: notice.Link{Text: "See the results", Path: "/surveys/" + w.Code + "/results"},
			Reason: "You get this because you were asked in the survey.",
		}
	})
}
