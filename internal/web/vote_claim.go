package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

type voteClaimPage struct {
	Action  string
	Objects string // where one says that somebody else does not belong on it
	Says    *page.Panel
	Who     *page.Text
	Choice  *page.Radios
	Ground  *page.TextArea
	Step    string
	Button  string
	Past    page.News
	Back    string
}

const claimHeading = "Put the roll right"

// whyNotClaim says why nothing can be said about the roll now, nil if it can.
func (v *visit) whyNotClaim(c vote) *stopped {
	until := v.closesOn(c, timetable.ClaimsClose)
	switch {
	case c.stage == poll.Abandoned || !c.Contest.Uncontested.IsZero():
		return &stopped{"There is no vote, so there is no roll to put right", v.stands(c.seen), ""}
	case c.Contest.Roll == nil:
		return &stopped{
			"The roll is not made yet", "It is made from the register of members as it stands at the end of " + v.closesOn(c, timetable.Roll) + ".",
			"If the register is wrong about you, tell the secretary before the end of that day. After it you can put the roll right here until " + until + ".",
		}
	case !c.Announced.IsZero() || v.today().After(c.Timetable.Day(timetable.ClaimsClose)):
		return &stopped{"The roll is settled", "It could be put right until " + until + ". After that nobody is added and nobody is struck off.", "You can question the result when it is declared."}
	}
	return nil
}

// claiming is a page about the roll, while it can be put right.
func (v *visit) claiming(serve func(c vote, e poll.Eligibility) error) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	if why := v.whyNotClaim(c); why != nil {
		return v.stop(c, claimHeading, *why)
	}
	e, err := v.house.Polls.Eligible(v.ctx, v.org.ID, c.Contest.ID, v.actor.Person)
	if err != nil {
		return err
	}
	return serve(c, e)
}

// ownClaims are what the visitor has said, and what became of it.
func (v *visit) ownClaims(c vote) page.News {
	var out page.News
	for _, one := range c.all.Claims {
		if one.Person != v.actor.Person {
			continue
		}
		said := "You said that you should be on the roll."
		if one.Kind == poll.Objection {
			said = "You said that somebody does not belong on it."
		}
		item := page.NewsItem{Parts: []page.NewsPart{{Lead: said, Text: one.Ground}}, When: v.day(one.Entered)}
		switch one.Outcome {
		case poll.Upheld:
			item.Parts = append(item.Parts, page.NewsPart{Lead: "It was upheld:", Text: one.Reason})
		case poll.Dismissed:
			item.Parts = append(item.Parts, page.NewsPart{Lead: "It was dismissed:", Text: one.Reason})
		default:
			item.Parts = append(item.Parts, page.NewsPart{Text: "The returning officer has not decided yet."})
		}
		out = append(out, item)
	}
	return out
}

func (v *visit) claimPage(status int, c vote, e poll.Eligibility, p voteClaimPage) error {
	p.Back, p.Past = c.path(), v.ownClaims(c)
	f := v.frame()
	f.Back = c.back()
	f.Kicker, f.Heading = c.title(), claimHeading
	f.Sentence = e.Answer + " It can be put right until the end of " + v.closesOn(c, timetable.ClaimsClose) + "."
	if v.r.URL.Query().Get("done") != "" {
		f.Notice = page.Notice{Done: true, Text: "The returning officer has it, and has to decide. What is decided is recorded, and stands here."}
	}
	if p.Who != nil {
		f.Errors = append(f.Errors, page.Problems(*p.Who)...)
	}
	if p.Choice != nil {
		f.Errors = append(f.Errors, page.Problems(*p.Choice)...)
	}
	if p.Ground != nil {
		f.Errors = append(f.Errors, page.Problems(*p.Ground)...)
	}
	f.Data = p
	return v.show(status, "vote_claim", f)
}

func groundField(label, value, wrong string) *page.TextArea {
	return &page.TextArea{
		Name: "ground", Label: label, Rows: 5, Value: value, Error: wrong,
		Hint: "At most 200 words. The returning officer reads it. Write nothing about anybody’s health or private life.",
	}
}

// voteClaim is for somebody who should be on the roll, and leads to objecting.
func (s *Server) voteClaim(v *visit) error {
	return v.claiming(func(c vote, e poll.Eligibility) error {
		return v.claimPage(http.StatusOK, c, e, v.ownClaim(c, e, "", ""))
	})
}

// ownClaim is the form of somebody who is not on the roll.
func (v *visit) ownClaim(c vote, e poll.Eligibility, ground, wrong string) voteClaimPage {
	p := voteClaimPage{Action: c.path() + "/claim", Objects: c.path() + "/objection", Button: "Say that I should be on the roll"}
	if e.OnRoll {
		return p
	}
	panel := v.rollPanel(c, ownVote{Eligible: e})
	panel.Next, panel.Paragraphs = page.Link{}, panel.Paragraphs[:2]
	p.Says, p.Ground = &panel, groundField("Why should you be on it?", ground, wrong)
	return p
}

// voteClaimSend says that the visitor should be on the roll.
func (s *Server) voteClaimSend(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	return v.claiming(func(c vote, e poll.Eligibility) error {
		ground := form.Get("ground")
		_, err := v.house.Polls.Claim(v.ctx, v.actor.Person, v.org.ID, poll.Claim{
			Contest: c.Contest.ID, Person: v.actor.Person, Kind: poll.Missing, About: v.actor.Person, Ground: ground,
		})
		return v.claimed(c, e, err, v.ownClaim(c, e, ground, claimWrong(v, err)), "/claim")
	})
}

// claimWrong is what stands at the field, where a claim was refused for what was
// written.
func claimWrong(v *visit, err error) string {
	if fault.Is(err, fault.Invalid) {
		if fault.FieldOf(err) == "reason" && strings.Contains(fault.Message(err), "needs a reason") {
			return "Say why."
		}
		return v.refusalWords(err)
	}
	return ""
}

// claimed answers whoever sent a claim.
func (v *visit) claimed(c vote, e poll.Eligibility, err error, again voteClaimPage, path string) error {
	switch {
	case err == nil:
		return v.redirect(c.path() + path + "?done=sent")
	case fault.Is(err, fault.Invalid):
		return v.claimPage(http.StatusUnprocessableEntity, c, e, again)
	}
	return v.refusedIn(c, claimHeading, err, &stopped{
		"Nothing was changed", "You have said this already, or the roll is so by now.", "See below your vote what it says, and what was decided.",
	})
}

// objection is the form of somebody who objects: first to whom, then why.
func (v *visit) objection(c vote, form url.Values) (voteClaimPage, error) {
	p := voteClaimPage{
		Action: c.path() + "/objection", Step: "who", Button: "Find them",
		Who: &page.Text{Name: "who", Label: "Who does not belong on the roll?", Hint: "Type a name. It has to be a voter of this contest.", Width: 20, Verbatim: true, Value: clip(strings.Join(strings.Fields(form.Get("who")), " "), longestWords)},
	}
	if form.Get("step") != "who" && form.Get("step") != "why" {
		return p, nil
	}
	choice, err := v.foundVoters(c, p.Who, func(person string) bool { return person == v.actor.Person })
	if err != nil || choice == nil {
		return p, err
	}
	p.Choice, p.Step, p.Button = choice, "why", "Object"
	p.Ground = groundField("Why do they not belong on it?", form.Get("ground"), "")
	if form.Get("step") == "why" {
		if p.Choice.Value = form.Get("person"); p.Choice.Value == "" {
			p.Choice.Error = "Choose one of them, or search again."
		}
	}
	return p, nil
}

// voteObjection asks who does not belong on the roll.
func (s *Server) voteObjection(v *visit) error {
	return v.claiming(func(c vote, e poll.Eligibility) error {
		p, err := v.objection(c, nil)
		if err != nil {
			return err
		}
		return v.claimPage(http.StatusOK, c, e, p)
	})
}

// voteObjectionSend finds them by name, and objects.
func (s *Server) voteObjectionSend(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	return v.claiming(func(c vote, e poll.Eligibility) error {
		p, err := v.objection(c, form)
		if err != nil {
			return err
		}
		if form.Get("step") != "why" || p.Choice == nil || p.Choice.Error != "" {
			status := http.StatusOK
			if p.Who.Error != "" || p.Choice != nil && p.Choice.Error != "" {
				status = http.StatusUnprocessableEntity
			}
			return v.claimPage(status, c, e, p)
		}
		_, err = v.house.Polls.Claim(v.ctx, v.actor.Person, v.org.ID, poll.Claim{
			Contest: c.Contest.ID, Person: v.actor.Person, Kind: poll.Objection, About: p.Choice.Value, Ground: form.Get("ground"),
		})
		p.Ground.Error = claimWrong(v, err)
		return v.claimed(c, e, err, p, "/objection")
	})
}
