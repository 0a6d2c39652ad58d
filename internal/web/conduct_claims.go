package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
	"commonweal/law"
)

var claimWords = map[poll.ClaimKind]string{poll.Missing: "is missing from the roll", poll.Objection: "does not belong on the roll"}

// claimSays is what somebody said, in words.
func (c *conduct) claimSays(x poll.Claim) string {
	return c.name(x.About) + " " + claimWords[x.Kind]
}

// conductClaims lists what was said against the rolls.
func (s *Server) conductClaims(c *conduct) error {
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	open, all := 0, 0
	t := page.Table{Caption: "Claims and objections", Columns: []page.Column{{Head: "What is said"}, {Head: "By"}, {Head: "Contest"}, {Head: "Entered"}, {Head: "Decision"}}}
	for _, one := range c.p.Contests {
		for _, x := range one.Claims {
			all++
			cell := page.Cell{Show: page.State{Word: "to decide", Kind: page.StateYours}}
			if x.Decided.IsZero() {
				open++
			} else {
				cell = page.Cell{Text: string(x.Outcome) + " " + c.day(x.Decided)}
			}
			t.Rows = append(t.Rows, page.Row{{Text: c.claimSays(x), Href: c.at("claims", x.ID)}, {Text: c.name(x.Person)}, {Text: one.Title}, {Text: c.day(x.Entered)}, cell})
		}
	}
	until := c.p.Timetable.Day(timetable.ClaimsClose)
	f := c.frameOf("Claims and objections", "Nothing is said against the roll. It can be until "+c.onDay(until)+".")
	switch {
	case open > 0:
		f.Sentence = phrase(open, "claim or objection waits", "claims and objections wait") + " for your decision. Decide before notice of poll is given."
	case all > 0:
		f.Sentence = "All that was said against the roll is decided."
	case c.today().After(until):
		f.Sentence = "Nothing was said against the roll. It could be until " + c.onDay(until) + "."
	}
	f.Notice = doneNotice(c.visit, map[string]string{"decided": "The decision is recorded. Whoever said it is told, and the roll has its seal."})
	p := conductPage{}
	if all == 0 {
		p.Sections = []conductSection{{Show: []page.Component{page.Empty("None so far", "Members say on their own pages that they are missing from the roll, or that somebody does not belong on it. You decide, with a reason.", page.Link{})}}}
	} else {
		p.Sections = []conductSection{{Show: []page.Component{t}}}
		f.Files = []page.Files{c.filesOf("the claims and objections", "claims")}
	}
	return c.sections(f, p)
}

// claim finds the claim of the address.
func (c *conduct) claim(id string) (poll.Contest, poll.Claim, error) {
	if err := c.only(poll.ReturningOfficer); err != nil {
		return poll.Contest{}, poll.Claim{}, err
	}
	for _, one := range c.p.Contests {
		for _, x := range one.Claims {
			if x.ID == id {
				return one, x, nil
			}
		}
	}
	return poll.Contest{}, poll.Claim{}, errNoSuch("claim or objection")
}

func outcomeField(form url.Values, upheld, dismissed string) *page.Radios {
	f := &page.Radios{Name: "outcome", Legend: "What do you decide?", Value: form.Get("outcome"), Options: []page.Option{
		{Value: string(poll.Upheld), Label: "Upheld", Hint: upheld}, {Value: string(poll.Dismissed), Label: "Dismissed", Hint: dismissed},
	}}
	if form != nil {
		chosen(f, form)
	}
	return f
}

const claimHint = "Whoever said it reads the reason. Write nothing about anybody’s health or private life."

func claimFields(x poll.Claim, form url.Values) (*page.Radios, *page.TextArea) {
	upheld := "They are added to the roll with a number of their own, and the roll gets a new seal."
	if x.Kind == poll.Objection {
		upheld = "Their line is struck out and stays to be seen, and the roll gets a new seal."
	}
	return outcomeField(form, upheld, "The roll stays as it is."), whyField(form, claimHint)
}

// conductClaim is one claim or objection, to be decided.
func (s *Server) conductClaim(c *conduct) error {
	one, x, err := c.claim(c.r.PathValue("claim"))
	if err != nil {
		return err
	}
	outcome, why := claimFields(x, nil)
	return c.showClaim(http.StatusOK, one, x, outcome, why, "")
}

func (c *conduct) showClaim(status int, one poll.Contest, x poll.Claim, outcome *page.Radios, why *page.TextArea, wrong string) error {
	f := c.frameOf(c.claimSays(x)+"?", c.name(x.Person)+" said so on "+c.day(x.Entered)+".")
	f.Back = page.Link{Text: "Claims and objections", Href: c.at("claims")}
	facts := page.Defs{{Term: "Ground", Fact: x.Ground}, {Term: "Contest", Fact: one.Title}}
	e, err := c.house.Polls.Eligible(c.ctx, c.org.ID, one.ID, x.About)
	if err != nil {
		return err
	}
	facts = append(facts, page.Def{Term: "The rule", Fact: e.Rule}, page.Def{Term: "What the register says", Fact: e.Fact})
	if !x.Decided.IsZero() {
		facts = append(facts, page.Def{Term: "Decision", Fact: page.Begin(string(x.Outcome)) + " on " + c.day(x.Decided) + ", by " + c.name(x.DecidedBy) + ". " + x.Reason})
		if x.NewSeal != "" {
			facts = append(facts, page.Def{Term: "Seal of the roll after it", Fact: x.NewSeal})
		}
		return c.sectionsAt(settledStatus(status), f, conductPage{Sections: []conductSection{{Show: []page.Component{spelled(facts)}}}})
	}
	return c.showAct(status, f, conductAct{
		Action: c.at("claims", x.ID), Summary: spelled(facts), Groups: ask(outcome, why), Button: page.Button{Text: "Record the decision"}, Cancel: page.Link{Text: "Decide later", Href: c.at("claims")},
	}, wrong)
}

// conductClaimDo records the decision.
func (s *Server) conductClaimDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	one, x, err := c.claim(c.r.PathValue("claim"))
	if err != nil {
		return err
	}
	outcome, why := claimFields(x, form)
	if !x.Decided.IsZero() {
		return c.showClaim(http.StatusConflict, one, x, outcome, why, "")
	}
	if outcome.Error+why.Error != "" {
		return c.showClaim(http.StatusUnprocessableEntity, one, x, outcome, why, "")
	}
	err = c.house.Polls.DecideClaim(c.ctx, c.actor.Person, c.org.ID, one.ID, x.ID, poll.Outcome(outcome.Value), form.Get("reason"))
	if refusable(err) {
		var other string
		c.wrongAt(err, &other, map[string]*string{"reason": &why.Error, "outcome": &outcome.Error})
		return c.showClaim(http.StatusUnprocessableEntity, one, x, outcome, why, other)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("claims") + "?done=decided")
}

func init() { among[poll.Outcome]("upheld", "dismissed") }

type heldClaimJSON struct {
	ID      uuid         `json:"id"`
	Contest string       `json:"contest" doc:"The code."`
	Kind    string       `json:"kind" doc:"claim: somebody is missing; objection: somebody does not belong on the roll."`
	By      uuid         `json:"by"`
	About   uuid         `json:"about"`
	Ground  string       `json:"ground"`
	Entered law.Date     `json:"entered"`
	Decided law.Date     `json:"decided,omitzero"`
	Outcome poll.Outcome `json:"outcome,omitempty"`
	Reason  string       `json:"reason,omitempty"`
	Seal    string       `json:"seal,omitempty" doc:"Of the roll after it, where it changed."`
}

func claimJSON(one poll.Contest, x poll.Claim) heldClaimJSON {
	return heldClaimJSON{uuid(x.ID), one.Code, string(x.Kind), uuid(x.Person), uuid(x.About), x.Ground, x.Entered, x.Decided, x.Outcome, x.Reason, x.NewSeal}
}

// apiClaims lists what was said against the rolls.
func (v *visit) apiClaims(p conductListParams) (list[heldClaimJSON], error) {
	c, err := v.conducted(p.Poll)
	if err == nil {
		err = c.only(poll.ReturningOfficer)
	}
	if err != nil {
		return list[heldClaimJSON]{}, err
	}
	var out []heldClaimJSON
	for _, one := range c.p.Contests {
		for _, x := range one.Claims {
			out = append(out, claimJSON(one, x))
		}
	}
	return pageOf(p.pageParams, "claims", out, func(x heldClaimJSON) string { return string(x.ID) })
}

type heldClaimParams struct {
	conductParams
	Claim uuid `path:"claim" doc:"The id of the claim or objection."`
}

type heldOutcomeJSON struct {
	Outcome poll.Outcome `json:"outcome"`
	Reason  string       `json:"reason" max:"1000"`
}

func (v *visit) apiDecideClaim(p heldClaimParams, b heldOutcomeJSON) (heldClaimJSON, error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return heldClaimJSON{}, err
	}
	one, x, err := c.claim(string(p.Claim))
	if err != nil {
		return heldClaimJSON{}, err
	}
	if err := c.house.Polls.DecideClaim(c.ctx, c.actor.Person, c.org.ID, one.ID, x.ID, poll.Outcome(b.Outcome), b.Reason); err != nil {
		return heldClaimJSON{}, err
	}
	if c, err = v.conducted(p.Poll); err != nil {
		return heldClaimJSON{}, err
	}
	one, x, err = c.claim(string(p.Claim))
	return claimJSON(one, x), err
}
