package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

type conductNominationPage struct {
	conductPage
	Photo, Alt string
}

// nomination finds the nomination of the address, for the returning officer.
func (c *conduct) nomination(id string) (poll.Contest, poll.Nomination, error) {
	if err := c.only(poll.ReturningOfficer); err != nil {
		return poll.Contest{}, poll.Nomination{}, err
	}
	for _, one := range c.p.Contests {
		for _, n := range one.Nominations {
			if n.ID == id {
				return one, n, nil
			}
		}
	}
	return poll.Contest{}, poll.Nomination{}, errNoSuch("nomination")
}

func (c *conduct) nominationFrame(one poll.Contest, heading, sentence string) page.Frame {
	f := c.frameOf(heading, sentence)
	f.Back = page.Link{Text: "Nominations", Href: c.at("nominations")}
	if len(c.p.Contests) > 1 {
		f.Kicker += ": " + one.Title
	}
	return f
}

// conductNomination is one nomination with all that was written.
func (s *Server) conductNomination(c *conduct) error {
	one, n, err := c.nomination(c.r.PathValue("nomination"))
	if err != nil {
		return err
	}
	f := c.nominationFrame(one, c.candidate(n.ID), c.nominationSentence(n))
	f.Notice = doneNotice(c.visit, map[string]string{"entered": "The nomination is entered.", "backed": "The signature is recorded."})
	var p conductNominationPage
	if n.Photo != "" {
		p.Photo, p.Alt = c.at("nominations", n.ID, "photo"), "Photograph of "+c.candidate(n.ID)
	}
	written := page.Defs{{Term: "Statement", Fact: orNone(n.Statement)}, {Term: "Interests", Fact: orNone(n.Interests)}}
	if n.Erased != "" {
		written = page.Defs{{Term: "What they wrote", Fact: "It is erased: the time for keeping it is over, or they asked."}}
	}
	p.Sections = []conductSection{{Heading: "What they wrote", Show: []page.Component{spelled(written)}}, c.backerSection(one, n)}
	facts := page.Defs{{Term: "Member", Fact: c.name(n.Person)}, {Term: "Entered", Fact: c.day(n.Entered)}}
	if !n.Decided.IsZero() {
		facts = append(facts, page.Def{Term: "Decided", Fact: c.day(n.Decided) + ", by " + c.name(n.DecidedBy)})
	}
	if n.Reason != "" {
		facts = append(facts, page.Def{Term: "Why", Fact: n.Reason})
	}
	p.Aside = append(p.Aside, conductSection{Heading: "The nomination", Show: []page.Component{facts}})
	p.Sections = append(p.Sections, c.nominationActs(one, n, &p)...)
	f.Data = p
	return c.show(http.StatusOK, "conduct_nomination", f)
}

func (c *conduct) nominationSentence(n poll.Nomination) string {
	missing := n.Missing(c.p.Rules)
	switch {
	case !n.Withdrawn.IsZero():
		return "Withdrawn on " + c.day(n.Withdrawn) + "."
	case n.Accepted:
		return "A candidate: the nomination was accepted on " + c.day(n.Decided) + "."
	case !n.Decided.IsZero():
		return "Ruled out on " + c.day(n.Decided) + "."
	case len(missing) > 0:
		return "It lacks " + page.List(missing) + "."
	}
	return "It is complete and waits for your decision."
}

// nominationActs are what can be done about a nomination now.
func (c *conduct) nominationActs(one poll.Contest, n poll.Nomination, p *conductNominationPage) (out []conductSection) {
	open := c.stage == poll.Nominating || c.stage == poll.Nominated
	decidable := open && undecided(n) && one.Uncontested.IsZero() && c.p.Announced.IsZero()
	if decidable && len(n.Missing(c.p.Rules)) == 0 {
		out = append(out, conductSection{Post: c.at("nominations", n.ID, "accept"), Button: page.Button{Text: "Accept the nomination"}})
	}
	var links page.Links
	if decidable {
		links = append(links, page.LinkLine{Text: "Rule it out", Href: c.at("nominations", n.ID, "refuse"), Note: "With a reason."})
	}
	if open && n.Withdrawn.IsZero() && (n.Decided.IsZero() || n.Accepted) && !c.today().After(c.p.Timetable.Day(timetable.Withdrawals)) {
		links = append(links, page.LinkLine{Text: "Withdraw it, as they asked on paper", Href: c.at("nominations", n.ID, "withdraw")})
	}
	if c.stage == poll.Nominating && undecided(n) {
		links = append(links, page.LinkLine{Text: "Correct what came on paper", Href: c.at("nominations", "new") + "?contest=" + one.Code + "&person=" + n.Person, Note: "Backers who agreed are asked again: they agreed to what they read."})
	}
	if len(links) > 0 {
		p.Aside = append(p.Aside, conductSection{Heading: "What you may do", Links: links})
	}
	return out
}

func (c *conduct) backerSection(one poll.Contest, n poll.Nomination) conductSection {
	s := conductSection{Heading: "Backers"}
	if c.p.Rules.Backers == 0 {
		s.Text = []string{"Nobody has to back a candidate in this vote."}
		return s
	}
	s.Text = []string{number(n.Agreed()) + " of " + number(c.p.Rules.Backers) + " agreed."}
	if len(n.Backers) > 0 {
		t := page.Table{Caption: "Backers", Columns: []page.Column{{Head: "Name"}, {Head: "Asked"}, {Head: "Answer"}}}
		for _, b := range n.Backers {
			answer := page.Cell{Text: "none yet", Kind: page.Quiet}
			switch {
			case !b.Declined.IsZero():
				answer = page.Cell{Text: "declined " + c.day(b.Declined)}
			case !b.Agreed.IsZero():
				answer = page.Cell{Text: "agreed " + c.day(b.Agreed)}
			}
			t.Rows = append(t.Rows, page.Row{{Text: c.name(b.Person)}, {Text: c.day(b.Asked)}, answer})
		}
		s.Show = []page.Component{t}
	}
	if c.stage == poll.Nominating && undecided(n) && n.Agreed() < c.p.Rules.Backers {
		s.Links = page.Links{{Text: "Record a signature on paper", Href: c.at("nominations", n.ID, "backer")}}
	}
	return s
}

// conductPhoto is the photograph of somebody who asks to stand.
func (s *Server) conductPhoto(c *conduct) error {
	_, n, err := c.nomination(c.r.PathValue("nomination"))
	if err != nil {
		return err
	}
	image, err := c.house.Polls.Photo(c.ctx, c.org.ID, n.Photo)
	if err != nil {
		return err
	}
	if n.Photo == "" || len(image) == 0 {
		return fault.Errorf(fault.NotFound, "there is no photograph")
	}
	c.w.Header().Set("Content-Type", "image/jpeg")
	c.w.Header().Set("Cache-Control", "private, no-store")
	_, _ = c.w.Write(image) // the reader has gone away if this fails
	return nil
}
