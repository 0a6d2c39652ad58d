package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// Standing is asked one question a page. What is typed is kept in the visitor's own
// browser, each answer by itself, until they have reviewed all of it: a statement is
// not written in ten minutes.

// standHours is how long the browser keeps an answer, in seconds.
const standHours = 4 * 3600

// standSteps are the questions, in order.
var standSteps = []string{"name", "statement", "interests"}

type voteStandStepPage struct {
	Action    string
	Name      page.Text
	Statement *page.TextArea
	Has       *page.Radios
	Interests *page.TextArea
	Back      string
	Note      string
}

type voteStandReviewPage struct {
	Action  string
	Answers page.Summary
	Again   string // what changes for backers
	Button  page.Actions
}

// standDraft is what the browser keeps of a question.
func (v *visit) standDraft(c vote, step string) (string, bool) {
	d, ok := v.draft("stand-" + step)
	if !ok || d.Get("of") != c.Contest.ID || d.Get("by") != v.actor.Person {
		return "", false
	}
	return d.Get("text"), true
}

// answers are what was typed, or what the nomination says already. missing is the
// first question without an answer.
func (v *visit) standAnswers(c vote) (n poll.Nomination, missing string) {
	old, has := c.ownNomination(v.actor.Person)
	n = poll.Nomination{Contest: c.Contest.ID, Person: v.actor.Person}
	fields := map[string]*string{"name": &n.BallotName, "statement": &n.Statement, "interests": &n.Interests}
	before := map[string]string{"name": old.BallotName, "statement": old.Statement, "interests": old.Interests}
	for _, step := range standSteps {
		text, ok := v.standDraft(c, step)
		if !ok && has {
			text, ok = before[step], true
		}
		if *fields[step] = text; !ok && missing == "" {
			missing = step
		}
	}
	return n, missing
}

// standAt is a step of standing, for those who may stand or change what they said.
func (v *visit) standAt(serve func(c vote, values url.Values) error) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	if n, ok := c.ownNomination(v.actor.Person); ok && n.Withdrawn.IsZero() {
		_, err = v.standing(c, "Nominations could be changed")
	} else {
		var why *stopped
		if why, err = v.whyNotStand(c); why != nil {
			return v.stop(c, standHeading, *why)
		}
	}
	var why stopped
	if errors.As(err, &why) {
		return v.stop(c, standHeading, why)
	}
	if err != nil {
		return err
	}
	var values url.Values
	if !v.reading {
		if values, err = v.form(); err != nil {
			return err
		}
	}
	return serve(c, values)
}

// standForm shows one question, with what was typed. has is the choice that goes
// with interests.
func (v *visit) standForm(status int, c vote, step, has, text, wrong string) error {
	p := voteStandStepPage{Action: c.path() + "/stand/" + step, Back: c.path() + "/stand"}
	f := v.frame()
	f.Back = page.Link{Text: standHeading, Href: p.Back}
	f.Kicker = c.title()
	switch step {
	case "name":
		p.Name = page.Text{
			Name: "text", Label: "Which name is to stand on the ballot?", Hint: "The name by which your colleagues know you.", Heading: true, Value: text, Error: wrong, Autocomplete: "name", Width: 20,
		}
		f.Title, f.Errors = p.Name.Label, page.Problems(p.Name)
	case "statement":
		p.Statement = &page.TextArea{
			Name: "text", Label: "What do you want to say to the voters?", Heading: true, Rows: 12, Value: text, Error: wrong,
			Hint: "At most " + number(c.Rules.StatementWords) + " words. Plain text; an empty line begins a new paragraph.",
		}
		p.Note = "Your browser keeps it for some hours, and nobody else sees it before you send it."
		f.Title, f.Errors = p.Statement.Label, page.Problems(*p.Statement)
	case "interests":
		if has == "" && text != "" {
			has = "some"
		}
		if text == noInterests {
			has, text = "none", ""
		}
		p.Has = &page.Radios{Name: "has", Legend: "Have you interests to declare?", Heading: true, Value: has, Options: []page.Option{
			{Value: "none", Label: "I have none", Hint: "The page of the candidates says so."},
			{Value: "some", Label: "I have these", Hint: "Such as another employer, a firm that we buy from, an office in a party or a union."},
		}}
		p.Interests = &page.TextArea{Name: "text", Label: "Which?", Rows: 4, Value: text, Hint: "At most 150 words. Leave it empty if you have none."}
		if p.Has.Error = wrong; has == "some" {
			p.Has.Error, p.Interests.Error = "", wrong
		}
		f.Title, f.Errors = p.Has.Legend, page.Problems(*p.Has, *p.Interests)
	}
	f.Data = p
	return v.show(status, "vote_stand_step", f)
}

// noInterests is what a candidate without interests declares.
const noInterests = "None."

// voteStandStep asks one question.
func (v *visit) voteStandStep(step string) error {
	return v.standAt(func(c vote, _ url.Values) error {
		n, _ := v.standAnswers(c)
		text := map[string]string{"name": n.BallotName, "statement": n.Statement, "interests": n.Interests}[step]
		if step == "name" && text == "" {
			text = v.actor.Name
		}
		return v.standForm(http.StatusOK, c, step, "", text, "")
	})
}

// voteStandAnswer keeps the answer and goes on.
func (v *visit) voteStandAnswer(step string) error {
	return v.standAt(func(c vote, values url.Values) error {
		text := strings.TrimSpace(values.Get("text"))
		again := func(wrong string) error {
			return v.standForm(http.StatusUnprocessableEntity, c, step, values.Get("has"), text, wrong)
		}
		if step == "interests" {
			switch values.Get("has") {
			case "none":
				text = noInterests
			case "some":
				if text == "" {
					return again("Say which interests, or choose that you have none.")
				}
			default:
				return again("Choose one.")
			}
		}
		if step == "statement" && text == "" {
			return again("Write what you want to say to the voters.")
		}
		if err := checkAnswer(c.Rules, step, text); err != nil {
			return again(v.refusalWords(err))
		}
		err := v.keepDraftFor(standHours, "stand-"+step, url.Values{"of": {c.Contest.ID}, "by": {v.actor.Person}, "text": {text}})
		if fault.Is(err, fault.Invalid) {
			return again(v.refusalWords(err))
		}
		if err != nil {
			return err
		}
		for i, one := range standSteps {
			if one == step && i+1 < len(standSteps) {
				if _, has := c.ownNomination(v.actor.Person); !has {
					return v.redirect(c.path() + "/stand/" + standSteps[i+1])
				}
			}
		}
		return v.redirect(c.path() + "/stand/review")
	})
}

// checkAnswer asks the room whether an answer would do.
func checkAnswer(r poll.Rules, step, text string) error {
	n := poll.Nomination{BallotName: "Name", Interests: noInterests}
	switch step {
	case "name":
		n.BallotName = text
	case "statement":
		n.Statement = text
	case "interests":
		n.Interests = text
	}
	_, err := n.Checked(r)
	return err
}

// voteStandReview shows all of it before it is sent.
func (s *Server) voteStandReview(v *visit) error {
	return v.standAt(func(c vote, _ url.Values) error {
		n, missing := v.standAnswers(c)
		if missing != "" {
			return v.redirect(c.path() + "/stand/" + missing)
		}
		return v.standReviewPage(http.StatusOK, c, n, "")
	})
}

func (v *visit) standReviewPage(status int, c vote, n poll.Nomination, wrong string) error {
	change := func(step, what string) page.Link {
		return page.Link{Text: "Change", Href: c.path() + "/stand/" + step, Hidden: what}
	}
	old, has := c.ownNomination(v.actor.Person)
	p := voteStandReviewPage{
		Action: c.path() + "/stand/review",
		Answers: page.Summary{
			{Term: "To stand in", Fact: c.title()},
			{Term: "On the ballot", Fact: n.BallotName, Change: change("name", "your name on the ballot")},
			{Term: "Statement", Fact: n.Statement, Change: change("statement", "your statement")},
			{Term: "Interests", Fact: n.Interests, Change: change("interests", "your interests")},
		},
		Button: page.Actions{Button: page.Button{Text: "Enter my nomination"}, Links: []page.Link{{Text: "Not now", Href: c.path() + "/stand"}}},
	}
	f := v.frame()
	f.Back = page.Link{Text: standHeading, Href: c.path() + "/stand"}
	f.Kicker, f.Heading = c.title(), "Check before you send it"
	f.Sentence = "It goes to the returning officer. After that you add a photograph if you want one, and ask members to back you."
	if has && old.Withdrawn.IsZero() {
		p.Button.Button.Text = "Save the change"
		f.Sentence = "The returning officer sees the change."
		if old.Agreed() > 0 {
			p.Again = "Whoever backs you agreed to what they read. If you change it they are asked again, and until they answer they do not count."
		}
	}
	if wrong != "" {
		f.Errors = []page.Error{{Field: "send", Message: wrong}}
	}
	f.Data = p
	return v.show(status, "vote_stand_review", f)
}

// voteStandSend enters the nomination, or changes it.
func (s *Server) voteStandSend(v *visit) error {
	return v.standAt(func(c vote, _ url.Values) error {
		n, missing := v.standAnswers(c)
		if missing != "" {
			return v.redirect(c.path() + "/stand/" + missing)
		}
		old, had := c.ownNomination(v.actor.Person)
		_, err := v.house.Polls.Stand(v.ctx, v.actor.Person, v.org.ID, n)
		if fault.Is(err, fault.Invalid) {
			return v.standReviewPage(http.StatusUnprocessableEntity, c, n, v.refusalWords(err))
		}
		if err != nil {
			why, failed := v.whyNotStand(c)
			if failed != nil {
				return failed
			}
			return v.refusedIn(c, standHeading, err, why)
		}
		for _, step := range standSteps {
			v.dropDraft("stand-" + step)
		}
		done := "entered"
		if had && old.Withdrawn.IsZero() {
			done = "changed"
		}
		return v.redirect(c.path() + "/stand?done=" + done)
	})
}
