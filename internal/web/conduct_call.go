package web

import (
	"net/http"

	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// conductCall shows all of a draft before it is called.
func (s *Server) conductCall(c *conduct) error { return c.showCall(http.StatusOK, "") }

func (c *conduct) showCall(status int, wrong string) error {
	if c.stage != poll.Draft {
		return c.tooLate()
	}
	none := func(string, string) page.Link { return page.Link{} }
	f := c.frameOf("Check before you call the vote", "Nothing is fixed yet. Calling it cannot be taken back: it can only be abandoned.")
	if missing := c.missing(); len(missing) > 0 {
		f.Heading, f.Sentence = "This vote cannot be called yet", missing[0]
		f.Data = page.Refused("What is missing", page.List(missing), "Nothing was changed.", page.Link{Text: "Back to the draft", Href: c.at()})
		return c.show(http.StatusConflict, "fault", f)
	}
	basics := page.Summary{
		{Term: "Title", Fact: c.p.Title},
		{Term: "Sort of vote", Fact: c.p.Kind.Title()},
		{Term: "Address for members", Fact: "/votes/" + c.p.Code},
		{Term: "Closes", Fact: said(page.Moment(c.now, c.p.Closes))},
		{Term: "About", Fact: orNone(c.p.About)},
		{Term: "Returning officer", Fact: c.whoIs(poll.ReturningOfficer)},
	}
	basics = append(basics, c.contestSummary(none)...)
	a := conductAct{
		Action: c.at("call"), Summary: basics, Button: page.Button{Text: "Call the vote", Kind: page.Warning}, Cancel: page.Link{Text: "Change it first", Href: c.at()},
		Sections: []conductSection{
			{Heading: "The rules", Show: []page.Component{spelled(ruleDefs(c.p.Rules))}},
			{Heading: "The timetable", Show: []page.Component{c.line()}},
		},
		Effects: []string{
			"The rules are fixed with their hash in the record. Nobody changes them after this, for any reason.",
			"The questions, constituencies, seats and terms are fixed too.",
			"Days can be moved with a reason until notice of poll is given, within what law and model rules allow.",
			"Members see the vote and its timetable from now on.",
		},
	}
	return c.showAct(status, f, a, wrong)
}

// conductCallDo calls it.
func (s *Server) conductCallDo(c *conduct) error {
	err := c.house.Polls.Call(c.ctx, c.actor.Person, c.org.ID, c.p.ID)
	if refusable(err) {
		return c.showCall(http.StatusConflict, c.words(err))
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at() + "?done=called")
}

// whoIs are the holders of an office.
func (c *conduct) whoIs(o poll.Office) string {
	var ids []string
	for _, one := range c.p.Holders(o) {
		ids = append(ids, one.Person)
	}
	if len(ids) == 0 {
		return "nobody yet"
	}
	return c.names(ids)
}
