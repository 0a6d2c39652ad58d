package web

import (
	"encoding/hex"
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/words"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

// conductNotice is the notice of poll: before it is given what is missing and what
// it will freeze, and after it what was frozen.
func (s *Server) conductNotice(c *conduct) error { return c.showNotice(http.StatusOK, "") }

func (c *conduct) showNotice(status int, wrong string) error {
	if !c.p.Announced.IsZero() {
		return c.showGiven()
	}
	f := c.frameOf("Notice of poll", "")
	if c.p.Called.IsZero() || c.stage.Rank() > poll.Uncontested.Rank() || c.stage == poll.Uncontested {
		f.Sentence = "There is no notice of poll, because the vote is " + c.stage.Words() + "."
		return c.sections(f, conductPage{})
	}
	missing, err := c.noticeMissing()
	if err != nil {
		return err
	}
	f.Sentence = c.noticeSentence(missing)
	sections := c.frozenBy()
	if len(missing) > 0 || !c.holds(poll.ReturningOfficer) {
		if len(missing) > 0 {
			sections = append([]conductSection{{Heading: "What is missing", Text: missing}}, sections...)
		}
		f.Errors = wrongs(wrong)
		f.Data = conductPage{Sections: sections}
		return c.show(status, "conduct_page", f)
	}
	return c.showAct(status, f, conductAct{
		Action: c.at("notice"), Sections: sections, Button: page.Button{Text: "Give notice of poll", Kind: page.Warning}, Cancel: page.Link{Text: "Not yet", Href: c.at()},
		Effects: []string{
			"Rules, timetable, candidates and rolls are frozen and published with their hashes. Nobody changes them after this, for any reason.",
			"The ballot boxes are set up with the key and the codes. No code is made after this.",
			"Members are told. Voting opens " + c.opensWords() + ".", "It cannot be taken back. The vote can only be abandoned, with a reason.",
		},
	}, wrong)
}

func wrongs(wrong string) []page.Error {
	if wrong == "" {
		return nil
	}
	return []page.Error{{Message: wrong}}
}

func (c *conduct) opensWords() string {
	opens := timetable.OpenOn(c.p.Timetable.Day(timetable.Opens))
	if opens.Before(c.now) {
		return "at once"
	}
	return said(page.Moment(c.now, opens))
}

func (c *conduct) noticeSentence(missing []string) string {
	day := c.onDay(c.p.Timetable.Day(timetable.NoticeOfPoll))
	if len(missing) > 0 {
		return "Notice is due by " + day + ". " + phrase(len(missing), "thing is", "things are") + " missing."
	}
	return "Everything is there. Look at what is frozen, and give notice by " + day + "."
}

// noticeMissing says in sentences what must be there before notice can be given.
func (c *conduct) noticeMissing() ([]string, error) {
	var out []string
	for _, n := range c.p.Next(c.now) {
		switch n.Task {
		case poll.GiveNotice, poll.DeclareResult:
		case poll.MoveOrAbandon:
			out = append(out, n.Text)
		default:
			out = append(out, n.Text+" It is for "+c.doer(n)+".")
		}
	}
	for _, one := range []struct {
		step timetable.Step
		text string
	}{{timetable.Withdrawals, "Candidates may withdraw until "}, {timetable.Roll, "The roll is made after "}, {timetable.ClaimsClose, "The roll can be put right until "}} {
		if day := c.p.Timetable.Day(one.step); !day.IsZero() && !c.today().After(day) {
			out = append(out, one.text+c.onDay(day)+".")
		}
	}
	if !c.holds(poll.ReturningOfficer, poll.Registrar) {
		return out, nil
	}
	box, err := c.house.BoxMissing(c.ctx, c.org.ID, c.p.ID)
	for _, text := range box {
		out = append(out, c.words(fault.Errorf(fault.Conflict, "%s", text))+" The registrar makes codes for those who have not enrolled, and spare ones.")
	}
	return out, err
}

// frozenBy shows what the notice will freeze.
func (c *conduct) frozenBy() []conductSection {
	out := []conductSection{
		{Heading: "The timetable", Show: []page.Component{c.line()}},
		{Heading: "The rules", Show: []page.Component{page.Defs{{Term: "SHA-256", Fact: c.p.RulesHash}}}, Links: page.Links{{Text: "The rules in words", Href: c.at("rules")}}},
	}
	for _, one := range c.p.Contests {
		out = append(out, c.frozenContest(one))
	}
	key := "The key is not made yet."
	if !c.p.KeyMade.IsZero() {
		key = "It was made on " + c.day(c.p.KeyMade) + ", in the group " + c.p.KeyGroup + "."
	}
	return append(out, conductSection{Heading: "The key", Text: []string{key}})
}

func (c *conduct) frozenContest(one poll.Contest) conductSection {
	s := conductSection{Heading: one.Title}
	if !one.Uncontested.IsZero() {
		s.Text = []string{"There is no vote in it: there are no more candidates than seats."}
		return s
	}
	defs := page.Defs{{Term: "Who may vote", Fact: c.voters(one)}}
	if c.p.Kind.Elects() {
		var names []string
		for _, n := range one.Standing() {
			names = append(names, c.candidate(n.ID))
		}
		who := orNone(page.List(names))
		if c.stage.Rank() <= poll.Nominating.Rank() && !c.holds(poll.ReturningOfficer) {
			who = "told once nominations are closed"
		}
		order := "By name"
		if c.p.Rules.Order == poll.Drawn {
			order = "Drawn by lot with the notice"
		}
		defs = append(defs, page.Def{Term: "Seats", Fact: number(one.Seats)}, page.Def{Term: "Candidates", Fact: who}, page.Def{Term: "Order on the ballot", Fact: order})
	} else {
		defs = append(defs, page.Def{Term: "Question", Fact: one.Question}, page.Def{Term: "Answers", Fact: page.List(one.Answers)})
	}
	if one.Roll == nil {
		defs = append(defs, page.Def{Term: "Roll", Fact: "not made yet"})
	} else {
		defs = append(defs, page.Def{Term: "Roll", Fact: count(one.Roll.Voters(), "voter", "voters") + ", " + count(one.Roll.Votes, "vote", "votes") + ", as of " + c.day(one.Roll.Day)}, page.Def{Term: "Seal of the roll", Fact: one.Roll.Seal})
	}
	s.Show = []page.Component{defs}
	return s
}

// showGiven is the notice that was given, with its hash and four words.
func (c *conduct) showGiven() error {
	f := c.frameOf("Notice of poll", "Given "+said(page.Lately(c.now, c.p.Announced))+" by "+c.name(c.p.AnnouncedBy)+". Nothing of it changes any more.")
	f.Notice = doneNotice(c.visit, map[string]string{"given": "Notice of poll is given, and the ballot boxes are set up. Members are told."})
	proof := page.Defs{{Term: "SHA-256", Fact: c.p.NoticeHash}}
	if sum, err := hex.DecodeString(c.p.NoticeHash); err == nil && len(sum) > 0 {
		proof = append(page.Defs{{Term: "In four words", Fact: words.Text(sum)}}, proof...)
	}
	p := conductPage{Sections: []conductSection{
		{Heading: "Its hash", Text: []string{"It is in the record, and every ballot refers to it. Keep the four words, or send them to a scrutineer."}, Show: []page.Component{proof}, Links: page.Links{{Text: "The text of the notice, for programs", Href: "/votes/" + c.p.Code + "/files/notice.json"}}},
	}}
	var boards page.Links
	unset := false
	for _, one := range c.p.Contests {
		if !one.Uncontested.IsZero() {
			continue
		}
		board := page.LinkLine{Text: c.titled(one, "The public board"), Href: "/board/" + one.UUID}
		if hash, _, err := c.house.Boxes.Fingerprint(c.ctx, c.org.ID, one.ID); err == nil {
			board.Note = "the ballot paper in four words, as the booth shows it: " + words.Text(hash[:])
		}
		boards = append(boards, board)
		if _, err := c.house.Boxes.Head(c.ctx, c.org.ID, one.ID); fault.Is(err, fault.NotFound) {
			unset = true
		} else if err != nil {
			return err
		}
	}
	if unset && c.holds(poll.ReturningOfficer) && c.stage != poll.Abandoned {
		p.Sections = append([]conductSection{{Heading: "A ballot box is not set up", Text: []string{"Something broke off after the notice was given. Nothing is lost: finish it now, so that people can vote."}, Post: c.at("notice"), Button: page.Button{Text: "Set the ballot boxes up"}}}, p.Sections...)
	}
	p.Sections = append(p.Sections, conductSection{Heading: "Where everybody can look", Links: boards})
	p.Sections = append(p.Sections, c.frozenBy()...)
	return c.sections(f, p)
}

// conductNoticeDo gives notice.
func (s *Server) conductNoticeDo(c *conduct) error {
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	err := c.house.GiveNotice(c.ctx, c.actor.Person, c.org.ID, c.p.ID)
	if refusable(err) {
		return c.showNotice(http.StatusConflict, c.words(err))
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("notice") + "?done=given")
}

func (v *visit) apiGiveNotice(p conductParams, _ none) (conductJSON, error) {
	c, err := v.conducted(p.Poll)
	if err == nil {
		err = c.only(poll.ReturningOfficer)
	}
	if err != nil {
		return conductJSON{}, err
	}
	return v.after(p.Poll, c.house.GiveNotice(c.ctx, c.actor.Person, c.org.ID, c.p.ID))
}

// heldMissingJSON is what a notice of poll waits for.
type heldMissingJSON struct {
	Missing []string `json:"missing" doc:"In sentences; nothing where notice can be given."`
}

func (v *visit) apiNoticeMissing(p conductParams) (heldMissingJSON, error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return heldMissingJSON{}, err
	}
	if !c.p.Announced.IsZero() || c.p.Called.IsZero() {
		return heldMissingJSON{}, nil
	}
	missing, err := c.noticeMissing()
	return heldMissingJSON{missing}, err
}
