package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// asksResults reports whether the visitor sees who questioned a result and why.
func (c *conduct) asksResults() error {
	if c.can(policy.PetitionDecide) {
		return nil
	}
	return c.only(poll.ReturningOfficer)
}

// conductPetitions lists what was asked about results.
func (s *Server) conductPetitions(c *conduct) error {
	if err := c.asksResults(); err != nil {
		return err
	}
	t := page.Table{Caption: "Questions about the result", Columns: []page.Column{{Head: "Who asks"}, {Head: "Contest"}, {Head: "Ground", Wide: true}, {Head: "Entered"}, {Head: "What became of it"}}}
	open := 0
	for _, one := range c.p.Contests {
		for _, x := range one.Petitions {
			became := page.Cell{Show: page.State{Word: "to decide", Kind: page.StateOpen}}
			if x.Decided.IsZero() {
				open++
			} else {
				became = page.Cell{Text: string(x.Outcome) + " " + c.day(x.Decided)}
			}
			t.Rows = append(t.Rows, page.Row{{Text: c.name(x.Person), Href: c.at("petitions", x.ID)}, {Text: one.Title}, {Text: clip(x.Ground, 160)}, {Text: c.day(x.Entered)}, became})
		}
	}
	f := c.frameOf("Questions about the result", c.petitionsSentence(len(t.Rows), open))
	f.Notice = doneNotice(c.visit, map[string]string{"decided": "What became of the question is recorded."})
	p := conductPage{Sections: []conductSection{{Show: []page.Component{t}}}}
	if len(t.Rows) == 0 {
		p.Sections[0].Show = []page.Component{page.Empty("Nobody has questioned it", "Voters and candidates question a declared result on their own pages, until the day that the rules give.", page.Link{})}
	} else {
		f.Files = []page.Files{c.filesOf("the questions", "petitions")}
	}
	return c.sections(f, p)
}

func (c *conduct) petitionsSentence(all, open int) string {
	var until law.Date
	for _, one := range c.p.Contests {
		if one.Declared != nil && one.Declared.PetitionUntil.After(until) {
			until = one.Declared.PetitionUntil
		}
	}
	switch {
	case open > 0:
		return phrase(open, "question is", "questions are") + " not decided. The secretary records what those decide whom the constitution names."
	case all > 0:
		return "All questions are decided."
	case until.IsZero():
		return "No result is declared yet."
	case c.today().After(until):
		return "Nobody questioned the result. It could be questioned until " + c.onDay(until) + "."
	}
	return "Nobody has questioned the result. It can be questioned until " + c.onDay(until) + "."
}

// petition finds the question of the address.
func (c *conduct) petition() (poll.Contest, poll.Petition, error) {
	if err := c.asksResults(); err != nil {
		return poll.Contest{}, poll.Petition{}, err
	}
	for _, one := range c.p.Contests {
		for _, x := range one.Petitions {
			if x.ID == c.r.PathValue("petition") {
				return one, x, nil
			}
		}
	}
	return poll.Contest{}, poll.Petition{}, errNoSuch("question")
}

func (c *conduct) petitionFields(form url.Values) (*page.Radios, *page.TextArea) {
	upheld := "The answer does not stand."
	if c.p.Kind.Elects() {
		upheld = "The election in this contest is void: every seat of it is empty."
	}
	return outcomeField(form, upheld, "The result stands."), whyField(form, "Who decided, and on what ground. It is kept.")
}

// conductPetition is one question about a result.
func (s *Server) conductPetition(c *conduct) error {
	one, x, err := c.petition()
	if err != nil {
		return err
	}
	outcome, why := c.petitionFields(nil)
	return c.showPetition(http.StatusOK, one, x, outcome, why, "")
}

func (c *conduct) showPetition(status int, one poll.Contest, x poll.Petition, outcome *page.Radios, why *page.TextArea, wrong string) error {
	f := c.resultFrame(one, "A question about the result", c.name(x.Person)+" questioned the result on "+c.day(x.Entered)+".")
	f.Back = page.Link{Text: "Questions about the result", Href: c.at("petitions")}
	facts := page.Defs{{Term: "Ground", Fact: x.Ground}}
	if one.Declared != nil {
		facts = append(facts, page.Def{Term: "The result", Fact: c.resultWords(one.Declared.Result)})
	}
	if !x.Decided.IsZero() {
		facts = append(facts, page.Def{Term: "What became of it", Fact: page.Begin(string(x.Outcome)) + " on " + c.day(x.Decided) + ", recorded by " + c.name(x.DecidedBy) + ". " + x.Reason})
	}
	if !x.Decided.IsZero() || !c.can(policy.PetitionDecide) {
		return c.sectionsAt(settledStatus(status), f, conductPage{Sections: []conductSection{{Show: []page.Component{spelled(facts)}}}})
	}
	return c.showAct(status, f, conductAct{
		Action: c.at("petitions", x.ID), Summary: spelled(facts), Groups: ask(outcome, why), Button: page.Button{Text: "Continue"}, Cancel: page.Link{Text: "Decide later", Href: c.at("petitions")},
	}, wrong)
}

// conductPetitionDo records what became of it, after a look at it where an election
// would be void.
func (s *Server) conductPetitionDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	one, x, err := c.petition()
	if err != nil {
		return err
	}
	outcome, why := c.petitionFields(form)
	if !x.Decided.IsZero() {
		return c.showPetition(http.StatusConflict, one, x, outcome, why, "")
	}
	if outcome.Error+why.Error != "" {
		return c.showPetition(http.StatusUnprocessableEntity, one, x, outcome, why, "")
	}
	if outcome.Value == string(poll.Upheld) && form.Get("reviewed") == "" {
		return c.reviewPetition(one, x, form)
	}
	err = c.house.Polls.DecideQuestion(c.ctx, c.actor.Person, c.org.ID, one.ID, x.ID, poll.Outcome(outcome.Value), form.Get("reason"))
	if refusable(err) {
		var other string
		c.wrongAt(err, &other, map[string]*string{"reason": &why.Error, "outcome": &outcome.Error})
		return c.showPetition(http.StatusUnprocessableEntity, one, x, outcome, why, other)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("petitions") + "?done=decided")
}

// reviewPetition is the look at a question that is upheld.
func (c *conduct) reviewPetition(one poll.Contest, x poll.Petition, form url.Values) error {
	f := c.resultFrame(one, "Check before you record it", "This cannot be taken back.")
	f.Back = page.Link{Text: "The question", Href: c.at("petitions", x.ID)}
	a := conductAct{
		Action: c.at("petitions", x.ID), Hidden: []hiddenField{{"reviewed", "yes"}, {"outcome", form.Get("outcome")}, {"reason", form.Get("reason")}},
		Facts:   page.Defs{{Term: "Decision", Fact: "Upheld"}, {Term: "Why", Fact: form.Get("reason")}},
		Effects: []string{"It is recorded that the result does not stand."},
		Button:  page.Button{Text: "Record it", Kind: page.Warning}, Cancel: page.Link{Text: "Change it", Href: c.at("petitions", x.ID)},
	}
	if c.p.Kind.Elects() {
		a.Effects = []string{"The election in this contest is void, and every seat of it is empty from today.", "The appointments that rested on it do not end by themselves: end them under the officers of the organisation.", "The seats are filled by a by-election."}
	}
	return c.showAct(http.StatusOK, f, a, "")
}

type heldPetitionJSON struct {
	ID      uuid         `json:"id"`
	Contest string       `json:"contest" doc:"The code."`
	Person  uuid         `json:"person" doc:"Who asks."`
	Ground  string       `json:"ground"`
	Entered law.Date     `json:"entered"`
	Decided law.Date     `json:"decided,omitzero"`
	Outcome poll.Outcome `json:"outcome,omitempty"`
	Reason  string       `json:"reason,omitempty"`
}

// apiPetitions lists the questions about results.
func (v *visit) apiPetitions(p conductListParams) (list[heldPetitionJSON], error) {
	c, err := v.conducted(p.Poll)
	if err == nil {
		err = c.asksResults()
	}
	if err != nil {
		return list[heldPetitionJSON]{}, err
	}
	var out []heldPetitionJSON
	for _, one := range c.p.Contests {
		for _, x := range one.Petitions {
			out = append(out, heldPetitionJSON{uuid(x.ID), one.Code, uuid(x.Person), x.Ground, x.Entered, x.Decided, x.Outcome, x.Reason})
		}
	}
	return pageOf(p.pageParams, "petitions", out, func(x heldPetitionJSON) string { return string(x.ID) })
}
