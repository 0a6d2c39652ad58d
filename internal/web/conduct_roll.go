package web

import (
	"net/http"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// conductRoll is the rolls of a vote in figures, with what makes them.
func (s *Server) conductRoll(c *conduct) error {
	if err := c.only(poll.ReturningOfficer, poll.Registrar); err != nil {
		return err
	}
	f := c.frameOf("The roll", c.rollSentence())
	f.Notice = doneNotice(c.visit, map[string]string{"made": "The roll is made and sealed. Members can see whether they are on it."})
	t := page.Table{Caption: "Rolls", Columns: []page.Column{{Head: "Contest"}, {Head: "As of"}, {Head: "Voters", Number: true}, {Head: "Votes", Number: true}, {Head: "Struck out", Number: true}, {Head: "Seal", Wide: true}}}
	made := 0
	for _, one := range c.p.Contests {
		if one.Roll == nil {
			why := page.Cell{Text: "not made", Kind: page.Quiet}
			if !one.Uncontested.IsZero() {
				why.Text = "no vote"
			}
			t.Rows = append(t.Rows, page.Row{{Text: one.Title}, why, {}, {}, {}, {}})
			continue
		}
		made++
		t.Rows = append(t.Rows, page.Row{
			{Text: one.Title, Href: c.at("roll", one.Code, "voters")},
			{Text: c.day(one.Roll.Day)},
			{Text: number(one.Roll.Voters())},
			{Text: number(one.Roll.Votes)},
			{Text: number(one.Roll.Struck)},
			{Text: one.Roll.Seal[:min(16, len(one.Roll.Seal))] + "…"},
		})
	}
	p := conductPage{Sections: []conductSection{{Show: []page.Component{t}}}}
	if c.rollDue() && c.holds(poll.ReturningOfficer) {
		p.Sections = append(p.Sections, conductSection{
			Text: []string{"Making it reads the register as it stood at the end of the record date, draws a number for each voter and seals the lines. What is sealed is not made again: it is corrected by claims and objections."},
			Post: c.at("roll"), Button: page.Button{Text: "Make the roll"},
		})
	}
	links := page.Links{}
	if c.holds(poll.ReturningOfficer) {
		links = append(links, page.LinkLine{Text: "Claims and objections", Href: c.at("claims")})
	}
	if made > 0 && len(links) > 0 {
		p.Sections = append(p.Sections, conductSection{Links: links})
	}
	return c.sections(f, p)
}

// rollDue reports whether a roll can be made now.
func (c *conduct) rollDue() bool {
	for _, n := range c.p.Next(c.now) {
		if n.Task == poll.MakeRoll {
			return true
		}
	}
	return false
}

func (c *conduct) rollSentence() string {
	day := c.p.Timetable.Day(timetable.Roll)
	voters, all := 0, true
	for _, one := range c.p.Contests {
		if one.Roll != nil {
			voters += one.Roll.Voters()
		} else if one.Uncontested.IsZero() {
			all = false
		}
	}
	switch {
	case !c.today().After(day):
		return "Whoever is a member at the end of " + c.onDay(day) + " may vote. The roll is made from the day after."
	case !all:
		return "The record date was " + c.onDay(day) + ". The roll has to be made."
	case !c.p.Announced.IsZero():
		return count(voters, "person", "people") + " may vote. The roll is frozen."
	}
	return count(voters, "person", "people") + " may vote. It can be put right until " + c.onDay(c.p.Timetable.Day(timetable.ClaimsClose)) + "."
}

// conductRollMake makes the rolls.
func (s *Server) conductRollMake(c *conduct) error {
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	err := c.house.Polls.MakeRoll(c.ctx, c.actor.Person, c.org.ID, c.p.ID)
	if refusable(err) {
		f := c.frameOf("The roll cannot be made now", "")
		f.Data = page.Refused("Why", c.words(err), "Nothing was changed.", page.Link{Text: "The roll", Href: c.at("roll")})
		return c.show(http.StatusConflict, "fault", f)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("roll") + "?done=made")
}

// conductVoters is one roll, page by page, in order of the number that was drawn.
func (s *Server) conductVoters(c *conduct) error {
	one, voters, err := c.rollOf(c.r.PathValue("contest"))
	if err != nil {
		return err
	}
	f := c.frameOf("Who is on the roll", c.rollSentence())
	f.Back = page.Link{Text: "The roll", Href: c.at("roll")}
	if len(c.p.Contests) > 1 {
		f.Kicker += ": " + one.Title
	}
	if one.Roll == nil {
		return c.sections(f, conductPage{Sections: []conductSection{{Show: []page.Component{page.Empty("There is no roll yet", "It is made from the register of the record date.", page.Link{Text: "The roll", Href: c.at("roll")})}}}})
	}
	f.Sentence = count(one.Roll.Voters(), "person", "people") + " may vote, as of " + c.day(one.Roll.Day) + ". Numbers were drawn and say nothing of anybody."
	part, pages := leafing(c.visit, voters, listSize)
	t := page.Table{Caption: "Roll", Columns: []page.Column{{Head: "Name"}, {Head: "Voter", Number: true}, {Head: "Votes", Number: true}, {Head: "Since"}}}
	names, err := c.nameAll(part)
	if err != nil {
		return err
	}
	for _, e := range part {
		t.Rows = append(t.Rows, page.Row{{Text: names[e.Person]}, {Text: number(e.Number)}, {Text: number(e.Weight)}, {Text: lineStands(e)}})
	}
	seal := page.Defs{{Term: "Seal of the roll", Fact: one.Roll.Seal}, {Term: "Seal when it was made", Fact: one.Roll.FirstSeal}, {Term: "Made by", Fact: c.name(one.Roll.MadeBy)}}
	f.Files = []page.Files{c.filesOf("the roll", "roll", one.Code, "voters")}
	return c.sections(f, conductPage{Sections: []conductSection{{Show: []page.Component{t}, Pages: pages}, {Heading: "The seal", Text: []string{"Anybody can be shown that they are on the roll, and nobody can be added unseen."}, Show: []page.Component{seal}}}})
}

// lineStands says how a line of a roll came about.
func lineStands(e poll.Entry) string {
	switch {
	case !e.Stands():
		return "struck out by an objection"
	case e.Added != "":
		return "added by a claim"
	}
	return "the record date"
}

// rollOf reads the roll of a contest, for those who may see it.
func (c *conduct) rollOf(code string) (poll.Contest, []poll.Entry, error) {
	one, err := c.contest(code)
	if err == nil {
		err = c.only(poll.ReturningOfficer, poll.Registrar)
	}
	if err != nil || one.Roll == nil {
		return one, nil, err
	}
	voters, err := c.house.Polls.Voters(c.ctx, c.org.ID, one.ID)
	return one, voters, err
}

// nameAll are the names of voters.
func (c *conduct) nameAll(voters []poll.Entry) (map[string]string, error) {
	ids := make([]string, len(voters))
	for i, e := range voters {
		ids[i] = e.Person
	}
	people, err := c.house.Identity.People(c.ctx, c.org.ID, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(people))
	for _, id := range ids {
		if out[id] = people[id].Name(); out[id] == "" {
			out[id] = unnamed
		}
	}
	return out, nil
}

type heldVoterJSON struct {
	Number int    `json:"number" doc:"It was drawn."`
	Person uuid   `json:"person"`
	Name   string `json:"name,omitempty"`
	Votes  int    `json:"votes"`
	Stands bool   `json:"stands" doc:"False where an objection struck the line out."`
	How    string `json:"how" doc:"How the line came about."`
}

// apiVoters is the roll of a contest.
func (v *visit) apiVoters(p heldContestListParams) (list[heldVoterJSON], error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return list[heldVoterJSON]{}, err
	}
	_, voters, err := c.rollOf(p.Contest)
	if err != nil {
		return list[heldVoterJSON]{}, err
	}
	names, err := c.nameAll(voters)
	if err != nil {
		return list[heldVoterJSON]{}, err
	}
	var out []heldVoterJSON
	for _, e := range voters {
		out = append(out, heldVoterJSON{e.Number, uuid(e.Person), names[e.Person], e.Weight, e.Stands(), lineStands(e)})
	}
	return pageOf(p.pageParams, "voters", out, func(e heldVoterJSON) string { return inOrder(int64(e.Number)) })
}

type heldRollJSON struct {
	Contest string   `json:"contest" doc:"The code."`
	Day     law.Date `json:"day" doc:"The record date."`
	Voters  int      `json:"voters"`
	Votes   int      `json:"votes"`
	Struck  int      `json:"struck"`
	Seal    string   `json:"seal"`
}

// apiRolls are the rolls in figures.
func (v *visit) apiRolls(p conductListParams) (list[heldRollJSON], error) {
	c, err := v.conducted(p.Poll)
	if err == nil {
		err = c.only(poll.ReturningOfficer, poll.Registrar)
	}
	if err != nil {
		return list[heldRollJSON]{}, err
	}
	var out []heldRollJSON
	for _, one := range c.p.Contests {
		if r := one.Roll; r != nil {
			out = append(out, heldRollJSON{one.Code, r.Day, r.Voters(), r.Votes, r.Struck, r.Seal})
		}
	}
	return pageOf(p.pageParams, "rolls", out, func(r heldRollJSON) string { return r.Contest })
}

func (v *visit) apiMakeRoll(p conductParams, _ none) (list[heldRollJSON], error) {
	c, err := v.conducted(p.Poll)
	if err == nil {
		err = c.house.Polls.MakeRoll(c.ctx, c.actor.Person, c.org.ID, c.p.ID)
	}
	if err != nil {
		return list[heldRollJSON]{}, err
	}
	return v.apiRolls(conductListParams{p, pageParams{Limit: 500}})
}
