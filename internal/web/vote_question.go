package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

type voteQuestionPage struct {
	Action string
	Ground page.TextArea
	Past   page.News
	Back   string
}

const questionHeading = "Question this result"

// questioning is the page of somebody who may question a result.
func (v *visit) questioning(serve func(c vote) error) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	d := c.Contest.Declared
	switch {
	case d == nil:
		return v.stop(c, questionHeading, stopped{"The result is not declared yet", v.stands(c.seen), "You can question it once it is declared."})
	case v.today().After(d.PetitionUntil) && len(v.ownQuestions(c)) == 0:
		return v.stop(c, questionHeading, stopped{"It is too late to question this result", "It could be questioned until the end of " + v.weekday(d.PetitionUntil) + ".", ""})
	}
	return serve(c)
}

func (v *visit) ownQuestions(c vote) page.News {
	var out page.News
	for _, q := range c.all.Petitions {
		if q.Person != v.actor.Person {
			continue
		}
		item := page.NewsItem{Parts: []page.NewsPart{{Lead: "You questioned the result.", Text: q.Ground}, {Text: "It waits for a decision."}}, When: v.day(q.Entered)}
		switch q.Outcome {
		case poll.Upheld:
			item.Parts[1] = page.NewsPart{Lead: "It was upheld:", Text: q.Reason}
		case poll.Dismissed:
			item.Parts[1] = page.NewsPart{Lead: "It was dismissed:", Text: q.Reason}
		}
		out = append(out, item)
	}
	return out
}

func (v *visit) questionPage(status int, c vote, ground, wrong string) error {
	d := c.Contest.Declared
	p := voteQuestionPage{Action: c.path() + "/question", Back: c.path() + "/result", Past: v.ownQuestions(c)}
	f := v.frame()
	f.Back = page.Link{Text: "The result", Href: p.Back}
	f.Kicker, f.Heading = c.title(), questionHeading
	f.Sentence = "Voters and candidates can do so until the end of " + v.weekday(d.PetitionUntil) + "."
	if !v.today().After(d.PetitionUntil) {
		p.Ground = *groundField("What is wrong with it?", ground, wrong)
		p.Ground.Hint = "At most 200 words. Whoever the rules name decides about it, and reads who asks. Everybody sees that the result was questioned, and not by whom."
	}
	if v.r.URL.Query().Get("done") != "" {
		f.Notice = page.Notice{Done: true, Text: "Your question is in the record. What is decided stands here."}
	}
	f.Errors = page.Problems(p.Ground)
	f.Data = p
	return v.show(status, "vote_question", f)
}

// voteQuestion asks what is wrong with a result.
func (s *Server) voteQuestion(v *visit) error {
	return v.questioning(func(c vote) error { return v.questionPage(http.StatusOK, c, "", "") })
}

// voteQuestionSend questions it.
func (s *Server) voteQuestionSend(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	return v.questioning(func(c vote) error {
		_, err := v.house.Polls.Question(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, form.Get("ground"))
		switch {
		case err == nil:
			return v.redirect(c.path() + "/question?done=sent")
		case fault.Is(err, fault.Invalid):
			return v.questionPage(http.StatusUnprocessableEntity, c, form.Get("ground"), claimWrong(v, err))
		}
		return v.refusedIn(c, questionHeading, err, &stopped{"You cannot question this result", "Its voters and candidates can, until the day that the rules give. You are neither.", "A voter of the contest can question it for you."})
	})
}
