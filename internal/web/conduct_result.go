package web

import (
	"net/http"

	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/tally"
	"commonweal/internal/web/page"
)

// after is how far a contest has come since the close.
type closing struct {
	head    box.Head
	opening box.Opening
	paper   error // what the papers still need, or nil
	set     bool  // the box is set up
}

func (c *conduct) closing(one poll.Contest) (out closing, err error) {
	out.head, err = c.house.Boxes.Head(c.ctx, c.org.ID, one.ID)
	if fault.Is(err, fault.NotFound) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.set = true
	if out.head.Stage == archive.Voting.String() {
		return out, nil
	}
	if out.opening, err = c.house.Boxes.Opening(c.ctx, c.org.ID, one.ID); err != nil {
		return out, err
	}
	out.paper = c.house.Papers.Ready(c.ctx, c.org.ID, one.ID)
	if out.paper != nil && !refusable(out.paper) {
		return out, out.paper
	}
	return out, nil
}

// conductResult is what is to be done about one contest after the close, up to its
// declaration.
func (s *Server) conductResult(c *conduct) error {
	one, err := c.contest(c.r.PathValue("contest"))
	if err != nil {
		return err
	}
	return c.showResult(http.StatusOK, one, "")
}

func (c *conduct) resultFrame(one poll.Contest, heading, sentence string) page.Frame {
	f := c.frameOf(heading, sentence)
	if len(c.p.Contests) > 1 {
		f.Kicker += ": " + one.Title
	}
	return f
}

func (c *conduct) showResult(status int, one poll.Contest, wrong string) error {
	f := c.resultFrame(one, "From the close to the result", "")
	f.Errors = wrongs(wrong)
	f.Notice = doneNotice(c.visit, map[string]string{
		"closed": "The ballot box is closed.", "mixed": "No mix comes any more. The keyholders can open the votes.", "opened": "The votes are opened and counted.", "declared": "The result is declared. This page is the receipt: keep it.",
	})
	show := func(p conductPage) error {
		f.Data = p
		return c.show(status, "conduct_page", f)
	}
	switch {
	case one.Declared != nil:
		return c.showDeclared(status, f, one)
	case c.stage == poll.Abandoned:
		f.Sentence = "The vote was abandoned, so there is no result."
		return show(conductPage{})
	case !one.Uncontested.IsZero():
		f.Heading = "Elected without a vote"
		f.Sentence = phrase(len(one.Standing()), "candidate", "candidates") + " for " + count(one.Seats, "seat", "seats") + ". The result can be declared."
		return show(c.declareLink(one))
	case c.p.Announced.IsZero():
		f.Sentence = "There is nothing to open yet: notice of poll is not given."
		return show(conductPage{})
	case c.now.Before(c.p.Closes):
		f.Sentence = "Voting ends " + said(page.Moment(c.now, c.p.Closes)) + ". The votes are locked until then."
		return show(conductPage{Sections: []conductSection{{Links: page.Links{{Text: "Who has voted", Href: c.at("pollbook", one.Code)}}}}})
	}
	at, err := c.closing(one)
	if err != nil {
		return err
	}
	return show(c.afterClose(&f, one, at))
}

// afterClose lays the steps, with the one act that is next.
func (c *conduct) afterClose(f *page.Frame, one poll.Contest, at closing) conductPage {
	steps, next := c.steps(one, at)
	f.Sentence = next.sentence
	p := conductPage{Sections: []conductSection{{Show: []page.Component{steps}}}}
	if c.holds(poll.ReturningOfficer) && next.act != "" {
		p.Sections = append(p.Sections, conductSection{Text: next.follows, Post: c.at("result", one.Code, next.act), Button: page.Button{Text: next.button}})
	}
	if !one.Counted.IsZero() {
		p.Sections = append(p.Sections, c.declareLink(one).Sections...)
	}
	p.Sections = append(p.Sections, conductSection{Heading: "Where to look", Links: page.Links{
		{Text: "The public board", Href: "/board/" + one.UUID}, {Text: "Votes on paper and by telephone", Href: "/votes/" + c.p.Code + "/" + one.Code + "/paper/reckoning"}, {Text: "The key", Href: c.at("key")},
	}})
	return p
}

// nextStep is what has to be done now, and by whom.
type nextStep struct {
	sentence, act, button string
	follows               []string
}

// steps are what has to happen between the close and the result.
func (c *conduct) steps(one poll.Contest, at closing) (page.Timeline, nextStep) {
	var out page.Timeline
	var next nextStep
	add := func(done bool, title, detail string, n nextStep) {
		step := page.Step{Title: title, Detail: detail, Stage: page.StepToCome}
		switch {
		case done:
			step.Stage = page.StepDone
		case next.sentence == "":
			step.Stage, next = page.StepNow, n
		}
		out = append(out, step)
	}
	closed := at.set && at.head.Stage != archive.Voting.String()
	detail := "No ballot is accepted any more. It happens by itself, within a minute of the close."
	if closed {
		detail = "No ballot is accepted any more."
	}
	add(closed, "The ballot box is closed", detail, nextStep{
		sentence: "The ballot box is being closed. It happens by itself within a minute; you can do it now.", act: "close", button: "Close the ballot box",
	})
	o := at.opening
	if o.Ranked || c.p.Rules.Counting.Ranked {
		mix := nextStep{sentence: "The keyholders mix the ballots now: " + said(page.Words(c.p.Rules.Threshold)) + " at least. " + page.Begin(said(page.Words(len(o.Mixed)))) + " so far."}
		if len(o.Mixed) >= c.p.Rules.Threshold {
			mix.sentence = phrase(len(o.Mixed), "keyholder has", "keyholders have") + " mixed the ballots. End the mixing when nobody else will."
			mix.act, mix.button = "mixes", "End the mixing"
			mix.follows = []string{"After that no keyholder can mix. Each mix hides from all others which ballot is whose, so wait for those who want to."}
		}
		add(o.Ended || o.Finished, "The ballots are mixed", "Mixed by "+said(page.Words(len(o.Mixed)))+" of "+said(page.Words(c.p.Rules.Keyholders))+" keyholders, so that nobody can tell which ballot is whose.", mix)
	}
	if c.p.Rules.Has(poll.Paper) || c.p.Rules.Has(poll.Telephone) {
		detail := "Issued is returned, spoilt, disqualified and not returned together."
		if at.paper != nil {
			detail = c.words(at.paper)
		}
		add(closed && at.paper == nil, "Paper and telephone are reckoned up", detail, nextStep{sentence: "Reckon up the votes on paper and by telephone. No keyholder can open their part before."})
	}
	enough := len(o.Opened) >= c.p.Rules.Threshold
	lack := c.p.Rules.Threshold - len(o.Opened)
	add(enough || o.Finished, "The keyholders have done their part", number(len(o.Opened))+" of the "+number(c.p.Rules.Threshold)+" that are needed.",
		nextStep{sentence: "The keyholders open the votes together. " + phrase(lack, "more is", "more are") + " needed."})
	add(!one.Counted.IsZero(), "The votes are opened and counted", "The result is made of the archive and the papers, by the rules. Nobody types it.",
		nextStep{sentence: "Everything is there to open the votes and count them.", act: "open", button: "Open the votes", follows: []string{"You see the result then, and so do those who watch the board. It is not declared before you say so."}})
	add(one.Declared != nil, "The result is declared", "By the returning officer.", nextStep{sentence: "The votes are counted. Look at the result and declare it."})
	return out, next
}

func (c *conduct) declareLink(one poll.Contest) conductPage {
	if !c.holds(poll.ReturningOfficer) {
		return conductPage{}
	}
	return conductPage{Sections: []conductSection{{Button: page.Button{Text: "Look at the result and declare it", Href: c.at("result", one.Code, "declare")}}}}
}

// resultAct does one step after the close.
func (s *Server) resultAct(done string, do func(c *conduct, contest string) error) func(c *conduct) error {
	return func(c *conduct) error {
		one, err := c.contest(c.r.PathValue("contest"))
		if err != nil {
			return err
		}
		if err := c.only(poll.ReturningOfficer); err != nil {
			return err
		}
		err = do(c, one.ID)
		if refusable(err) || fault.Is(err, fault.NotFound) {
			return c.showResult(http.StatusConflict, one, c.words(err))
		}
		if err != nil {
			return err
		}
		return c.redirect(c.at("result", one.Code) + "?done=" + done)
	}
}

func closeBox(c *conduct, contest string) error {
	return c.house.CloseBox(c.ctx, c.actor.Person, c.org.ID, contest)
}

func endMixes(c *conduct, contest string) error {
	return c.house.EndMixes(c.ctx, c.actor.Person, c.org.ID, contest)
}

func openVotes(c *conduct, contest string) error {
	return c.house.OpenVotes(c.ctx, c.actor.Person, c.org.ID, contest)
}

// apiStep makes an operation of such a step.
func apiStep(do func(c *conduct, contest string) error) func(v *visit, p heldContestParams, _ none) (conductJSON, error) {
	return func(v *visit, p heldContestParams, _ none) (conductJSON, error) {
		c, err := v.conducted(p.Poll)
		if err == nil {
			err = c.only(poll.ReturningOfficer)
		}
		if err != nil {
			return conductJSON{}, err
		}
		one, err := c.contest(p.Contest)
		if err != nil {
			return conductJSON{}, err
		}
		return v.after(p.Poll, do(c, one.ID))
	}
}

// outcome is the counted result of a contest, or what stands against it.
func (c *conduct) outcome(one poll.Contest) (*tally.Outcome, error) {
	return c.house.Outcome(c.ctx, c.org.ID, one.ID)
}
