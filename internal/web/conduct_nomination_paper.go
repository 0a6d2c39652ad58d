package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// conductPaper enters a nomination that came on paper: who, then what they wrote.
func (s *Server) conductPaper(c *conduct) error {
	one, err := c.paperContest(c.queried())
	if err != nil {
		return err
	}
	if person := c.queried().Get("person"); person != "" {
		return c.showPaper(http.StatusOK, one, person, nil, nil)
	}
	return c.findPerson(one, conductFind{Action: c.at("nominations", "find"), Hidden: []hiddenField{{"contest", one.Code}}}, c.at("nominations", "new"), url.Values{"contest": {one.Code}}, "Who stands?")
}

// paperContest is the contest that a query or form names, for the returning officer
// while nominations are open.
func (c *conduct) paperContest(q url.Values) (poll.Contest, error) {
	one, err := c.contest(q.Get("contest"))
	if err != nil {
		return one, err
	}
	if err := c.only(poll.ReturningOfficer); err != nil {
		return one, err
	}
	if c.stage != poll.Nominating {
		return one, fault.Errorf(fault.Conflict, "nominations are entered while nominations are open, and this vote is %s", c.stage.Words())
	}
	return one, nil
}

// findPerson looks for somebody among those whom the organisation knows.
func (c *conduct) findPerson(one poll.Contest, p conductFind, path string, q url.Values, question string) error {
	p.Search = c.searchField(path, question)
	p.Search.Heading, p.Search.Width, p.Search.Hint = true, 20, "The beginning of a name or of an e-mail address."
	if p.Search.Value != "" {
		people, err := c.house.Identity.FindPeople(c.ctx, c.org.ID, p.Search.Value, maxFound)
		if err != nil {
			return err
		}
		for _, x := range people {
			q.Set("person", x.ID)
			p.Found = append(p.Found, page.LinkLine{Text: x.Name(), Href: path + "?" + q.Encode(), Note: x.Email})
		}
		if len(people) == maxFound {
			p.Note = "These are the first " + number(maxFound) + ". Write more of the name to find others."
		}
		if len(people) == 0 {
			panel := page.Empty("Nobody is found", "Look for the beginning of their first name, surname or e-mail address.", page.Link{})
			p.Nobody = &panel
		}
	}
	f := c.nominationFrame(one, "", "")
	f.Title = question
	f.Errors = page.Problems(p.Search)
	f.Data = p
	return c.show(http.StatusOK, "conduct_find", f)
}

// conductPaperFind takes the words of the search.
func (s *Server) conductPaperFind(c *conduct) error {
	return c.find(c.at("nominations", "new"), []string{"contest"})
}

func (c *conduct) showPaper(status int, one poll.Contest, person string, form url.Values, wrong error) error {
	who, err := c.house.Identity.Person(c.ctx, c.org.ID, person)
	if err != nil {
		return err
	}
	name := &page.Text{Name: "ballot_name", Label: "Name on the ballot", Value: who.Name(), Width: 30}
	words := &page.TextArea{Name: "statement", Label: "Statement", Hint: "At most " + count(c.p.Rules.StatementWords, "word", "words") + ", as they wrote it.", Rows: 8}
	interests := &page.TextArea{Name: "interests", Label: "Declaration of interests", Hint: "If they have none, write: None.", Rows: 3}
	for _, n := range one.Nominations {
		if n.Person == person {
			name.Value, words.Value, interests.Value = n.BallotName, n.Statement, n.Interests
		}
	}
	if form != nil {
		name.Value, words.Value, interests.Value = form.Get("ballot_name"), form.Get("statement"), form.Get("interests")
	}
	var other string
	c.wrongAt(wrong, &other, map[string]*string{"ballot_name": &name.Error, "statement": &words.Error, "interests": &interests.Error})
	f := c.nominationFrame(one, "A nomination on paper", who.Name()+" asks to stand. Enter what is on the paper, and keep the paper.")
	return c.showAct(status, f, conductAct{
		Action: c.at("nominations", "new"), Hidden: []hiddenField{{"contest", one.Code}, {"person", person}}, Groups: ask(name, words, interests),
		Button: page.Button{Text: "Enter the nomination"}, Cancel: page.Link{Text: "Enter nothing", Href: c.at("nominations")},
	}, other)
}

// conductPaperDo enters it.
func (s *Server) conductPaperDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	one, err := c.paperContest(form)
	if err != nil {
		return err
	}
	id, err := c.house.Polls.Stand(c.ctx, c.actor.Person, c.org.ID, poll.Nomination{
		Contest: one.ID, Person: form.Get("person"), BallotName: form.Get("ballot_name"), Statement: form.Get("statement"), Interests: form.Get("interests"),
	})
	if refusable(err) {
		return c.showPaper(http.StatusUnprocessableEntity, one, form.Get("person"), form, err)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("nominations", id) + "?done=entered")
}

// conductBacker records a signature on paper: whose, then a look at it.
func (s *Server) conductBacker(c *conduct) error {
	one, n, err := c.nomination(c.r.PathValue("nomination"))
	if err != nil {
		return err
	}
	if person := c.queried().Get("person"); person != "" {
		return c.showBacker(http.StatusOK, one, n, person, "")
	}
	return c.findPerson(one, conductFind{Action: c.at("nominations", n.ID, "find")}, c.at("nominations", n.ID, "backer"), url.Values{}, "Who signed for "+c.candidate(n.ID)+"?")
}

// conductBackerFind takes the words of the search.
func (s *Server) conductBackerFind(c *conduct) error {
	_, n, err := c.nomination(c.r.PathValue("nomination"))
	if err != nil {
		return err
	}
	return c.find(c.at("nominations", n.ID, "backer"), nil)
}

func (c *conduct) showBacker(status int, one poll.Contest, n poll.Nomination, person, wrong string) error {
	f := c.nominationFrame(one, "Record a signature", c.name(person)+" signed to back "+c.candidate(n.ID)+".")
	f.Back = page.Link{Text: c.candidate(n.ID), Href: c.at("nominations", n.ID)}
	return c.showAct(status, f, conductAct{
		Action: c.at("nominations", n.ID, "backer"), Hidden: []hiddenField{{"person", person}}, Button: page.Button{Text: "Record the signature"},
		Cancel: page.Link{Text: "Somebody else signed", Href: c.at("nominations", n.ID, "backer")}, Effects: []string{"They back this candidate, as if they had said so here.", "Keep the paper: it shows that they signed."},
	}, wrong)
}

// conductBackerDo records it.
func (s *Server) conductBackerDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	one, n, err := c.nomination(c.r.PathValue("nomination"))
	if err != nil {
		return err
	}
	person := form.Get("person")
	err = c.back(one, n, person)
	if refusable(err) || fault.Is(err, fault.NotFound) {
		return c.showBacker(http.StatusUnprocessableEntity, one, n, person, c.words(err))
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("nominations", n.ID) + "?done=backed")
}

// back asks a member on behalf of the candidate, unless that was done, and records
// the answer.
func (c *conduct) back(one poll.Contest, n poll.Nomination, person string) error {
	asked := false
	for _, b := range n.Backers {
		asked = asked || b.Person == person
	}
	if !asked {
		if _, err := c.house.Polls.AskBacker(c.ctx, c.actor.Person, c.org.ID, one.ID, n.ID, person); err != nil {
			return err
		}
	}
	return c.house.Polls.AnswerBacking(c.ctx, c.actor.Person, c.org.ID, one.ID, n.ID, person, poll.Yes)
}
