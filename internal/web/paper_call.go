package web

import (
	"net/http"
	"net/url"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
)

// paperCallShow is the form on which a vote is taken while the caller is on the line.
func (s *Server) paperCallShow(v *papers) error { return v.showCall(http.StatusOK, nil, nil) }

func (v *papers) showCall(status int, form url.Values, wrong error) error {
	who, err := v.voterAsked()
	if err != nil {
		return err
	}
	number := strconv.Itoa(who.Number)
	r := v.readingForm(form, true, wrong)
	r.Action = v.at("voters", number, "call")
	r.Text = []string{"Tell the caller that you will know how they vote, and that the other ways of voting are there for whoever minds.", "Then read out: " + v.question()}
	if v.poll.Kind.Elects() {
		r.Text[1] = "Then read out the names, in the order below."
	}
	r.Button = page.Button{Text: "Read it back"}
	r.Cancel = page.Link{Text: "The call ended without a vote", Href: v.at()}
	f := v.frameOf("Voter "+number+", by telephone", "Nothing is kept before the caller has heard the vote read back.")
	f.Errors = r.problems
	f.Data = r
	return v.show(status, "paper_key", f)
}

// paperCall shows the vote to be read back, and once the caller has agreed enters it.
func (s *Server) paperCall(v *papers) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	who, err := v.voterAsked()
	if err != nil {
		return err
	}
	b, err := v.readBallot(form)
	if refusable(err) {
		return v.showCall(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	if form.Get("heard") != "yes" {
		return v.readBack(http.StatusOK, who.Number, form, v.said(b), "")
	}
	err = v.house.Papers.TakeCall(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, who.Number, b)
	if refusable(err) {
		return v.readBack(http.StatusUnprocessableEntity, who.Number, form, v.said(b), v.words(err))
	}
	if fault.Is(err, fault.Forbidden) {
		return v.refuse("teller")
	}
	if err != nil {
		return err
	}
	return v.redirect(v.at() + "?done=called&voter=" + strconv.Itoa(who.Number))
}

// readBack shows what the caller has to hear. What was typed goes along in the form,
// so that no vote stands in an address.
func (v *papers) readBack(status, voter int, form url.Values, said, wrong string) error {
	f := v.frameOf("Read the vote back to voter "+strconv.Itoa(voter), "Ask: is that how you vote? It cannot be changed afterwards.")
	p := paperForm{
		Action: v.at("voters", strconv.Itoa(voter), "call"), Answers: page.Defs{{Term: "Question", Fact: v.question()}, {Term: "The vote", Fact: said}},
		Hidden: page.Defs{{Term: "heard", Fact: "yes"}}, Button: page.Button{Text: "The caller says yes: cast it"},
		Cancel: page.Link{Text: "The caller says no: begin again", Href: v.at("voters", strconv.Itoa(voter), "call")},
	}
	for name, values := range form {
		if name == "heard" {
			continue
		}
		for _, value := range values {
			if value != "" {
				p.Hidden = append(p.Hidden, page.Def{Term: name, Fact: value})
			}
		}
	}
	if wrong != "" {
		f.Errors = []page.Error{{Field: "maincontent", Message: wrong}}
	}
	f.Data = p
	return v.show(status, "paper_form", f)
}
