package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

type voteBackPage struct {
	Action    string
	Candidate candidate
	Answer    page.Radios
	Says      string // what the visitor answered
	Closed    string // why it cannot be answered any more
}

// backing is a nomination that the visitor was asked to back.
func (v *visit) backing(serve func(c vote, n poll.Nomination, b poll.Backer) error) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	n, err := v.nominationAsked(c)
	if err != nil {
		return err
	}
	for _, b := range n.Backers {
		if b.Person == v.actor.Person {
			return serve(c, n, b)
		}
	}
	return fault.Errorf(fault.NotFound, "there is no such candidate at this address")
}

// answerable says why a backing cannot be answered any more, or "".
func (v *visit) answerable(c vote, n poll.Nomination) string {
	switch {
	case !n.Withdrawn.IsZero():
		return "The candidate has withdrawn."
	case !n.Decided.IsZero():
		return "The returning officer has decided about this nomination."
	case c.stage != poll.Nominating:
		return "Nominations closed at the end of " + v.closesOn(c, timetable.NominationsClose) + "."
	}
	return ""
}

func (v *visit) backPage(status int, c vote, n poll.Nomination, b poll.Backer, wrong string) error {
	p := voteBackPage{
		Action: c.path() + "/back/" + n.ID, Candidate: candidateOf(n), Closed: v.answerable(c, n),
		Answer: page.Radios{Name: "answer", Legend: "Do you back this candidate?", Error: wrong, Options: []page.Option{
			{Value: string(poll.Yes), Label: "Yes, I back " + n.BallotName, Hint: "To back somebody is not to vote for them. Your name is shown to the candidate and the returning officer."},
			{Value: string(poll.No), Label: "No", Hint: "The candidate sees that you declined. You need no reason."},
		}},
	}
	f := v.frame()
	f.Back = c.back()
	f.Kicker, f.Heading = c.title(), n.BallotName+" asks you to back them"
	f.Sentence = "Answer by the end of " + v.closesOn(c, timetable.NominationsClose) + ". You may back as many candidates as there are seats: " + said(page.Words(c.Contest.Seats)) + "."
	if p.Closed != "" {
		f.Sentence = ""
	}
	switch {
	case !b.Agreed.IsZero():
		p.Says, p.Answer.Value = "You agreed to back them on "+v.day(b.Agreed)+".", string(poll.Yes)
	case !b.Declined.IsZero():
		p.Says, p.Answer.Value = "You declined on "+v.day(b.Declined)+".", string(poll.No)
	}
	if p.Says != "" && v.r.URL.Query().Get("done") != "" {
		f.Notice = page.Notice{Done: true, Text: p.Says, More: page.Link{Text: "Your votes", Href: "/votes"}}
	}
	f.Errors = page.Problems(p.Answer)
	f.Data = p
	return v.show(status, "vote_back", f)
}

// voteBack shows whom one is asked to back, and what they say.
func (s *Server) voteBack(v *visit) error {
	return v.backing(func(c vote, n poll.Nomination, b poll.Backer) error { return v.backPage(http.StatusOK, c, n, b, "") })
}

// voteBackAnswer agrees or declines.
func (s *Server) voteBackAnswer(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	return v.backing(func(c vote, n poll.Nomination, b poll.Backer) error {
		answer := poll.Answer(form.Get("answer"))
		if answer != poll.Yes && answer != poll.No {
			return v.backPage(http.StatusUnprocessableEntity, c, n, b, "Choose one.")
		}
		err := v.house.Polls.AnswerBacking(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, n.ID, v.actor.Person, answer)
		switch {
		case err == nil:
			return v.redirect(c.path() + "/back/" + n.ID + "?done=" + string(answer))
		case !refusable(err):
			return err
		case v.answerable(c, n) != "":
			return v.backPage(http.StatusConflict, c, n, b, "")
		}
		why, failed := v.whyNotBack(c, n)
		if failed != nil {
			return failed
		}
		return v.backPage(http.StatusConflict, c, n, b, why)
	})
}

// whyNotBack says why a room refused somebody who agreed to back a candidate.
func (v *visit) whyNotBack(c vote, n poll.Nomination) (string, error) {
	e, err := v.house.Polls.Eligible(v.ctx, v.org.ID, c.Contest.ID, v.actor.Person)
	if err != nil {
		return "", err
	}
	if !e.OnRoll {
		return "You are no voter of this contest today, so you cannot back a candidate in it. " + toYou(e.Fact), nil
	}
	others := 0
	for _, one := range c.all.Nominations {
		for _, b := range one.Backers {
			if one.ID != n.ID && one.Withdrawn.IsZero() && b.Person == v.actor.Person && !b.Agreed.IsZero() {
				others++
			}
		}
	}
	if others >= c.Contest.Seats {
		return "You back " + few(others, "candidate", "candidates") + " already, as many as there are seats. Take one of those back first, and answer this one after.", nil
	}
	return "Something has changed meanwhile. Look at the page again.", nil
}
