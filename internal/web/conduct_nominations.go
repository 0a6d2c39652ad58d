package web

import (
	"slices"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// nominationState says how a nomination stands.
func (c *conduct) nominationState(n poll.Nomination) page.State {
	switch {
	case !n.Withdrawn.IsZero():
		return page.State{Word: "withdrawn " + c.day(n.Withdrawn), Kind: page.StateDone}
	case n.Accepted:
		return page.State{Word: "accepted", Kind: page.StateDone}
	case !n.Decided.IsZero():
		return page.State{Word: "ruled out", Kind: page.StateDone}
	case len(n.Missing(c.p.Rules)) > 0:
		return page.State{Word: "not complete", Kind: page.StateOpen}
	}
	return page.State{Word: "to decide", Kind: page.StateYours}
}

// undecided reports whether a nomination waits for the returning officer.
func undecided(n poll.Nomination) bool { return n.Decided.IsZero() && n.Withdrawn.IsZero() }

// conductNominations lists who stands, or asks to, by contest.
func (s *Server) conductNominations(c *conduct) error {
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	if !c.p.Kind.Elects() {
		f := c.frameOf("Nobody stands in this vote", "It asks a question.")
		return c.sections(f, conductPage{})
	}
	f := c.frameOf("Nominations", "")
	f.Notice = doneNotice(c.visit, map[string]string{
		"accepted": "The nomination is accepted.", "refused": "The nomination is ruled out, and the reason is kept.", "withdrawn": "The candidate is withdrawn.",
		"uncontested": "It is recorded that there is no vote in this contest. Declare who is elected when you are ready.",
	})
	waits, all := 0, 0
	var p conductPage
	for _, one := range c.p.Contests {
		for _, n := range one.Nominations {
			if all++; undecided(n) {
				waits++
			}
		}
		p.Sections = append(p.Sections, c.nominationSection(one))
	}
	f.Sentence = c.nominationsSentence(all, waits)
	if all > 0 {
		f.Files = []page.Files{c.filesOf("the nominations", "nominations")}
	}
	return c.sections(f, p)
}

func (c *conduct) nominationsSentence(all, waits int) string {
	until := c.p.Timetable.Day(timetable.NominationsClose)
	switch {
	case all == 0 && c.stage.Rank() < poll.Nominating.Rank():
		return "Nominations open on " + c.onDay(c.p.Timetable.Day(timetable.NoticeOfElection)) + "."
	case c.stage == poll.Nominating && waits == 0:
		return "Nominations are open until the end of " + c.onDay(until) + ". " + phrase(all, "person asks", "people ask") + " to stand."
	case waits > 0:
		return phrase(waits, "nomination is", "nominations are") + " not decided about. Candidates are published on " + c.onDay(c.p.Timetable.Day(timetable.Statement)) + "."
	}
	return "All nominations are decided about."
}

func (c *conduct) nominationSection(one poll.Contest) conductSection {
	s := conductSection{Heading: one.Title}
	standing := len(one.Standing())
	s.Text = []string{count(one.Seats, "seat", "seats") + ", " + count(standing, "candidate", "candidates") + " accepted."}
	if !one.Uncontested.IsZero() {
		s.Text = append(s.Text, "On "+c.day(one.Uncontested)+" it was found that there is no vote: there are no more candidates than seats.")
	}
	if len(one.Nominations) == 0 {
		s.Show = []page.Component{page.Empty("Nobody stands yet", "Members nominate themselves on their own pages. What comes on paper you enter here.", page.Link{})}
	} else {
		t := page.Table{Caption: one.Title, Columns: []page.Column{{Head: "Name on the ballot"}, {Head: "Entered"}, {Head: "Backers", Number: true}, {Head: "Stands"}}}
		for _, n := range one.Nominations {
			t.Rows = append(t.Rows, page.Row{
				{Text: c.candidate(n.ID), Href: c.at("nominations", n.ID)}, {Text: c.day(n.Entered)}, {Text: number(n.Agreed()) + " of " + number(c.p.Rules.Backers)}, {Show: c.nominationState(n)},
			})
		}
		s.Show = []page.Component{t}
	}
	if c.stage == poll.Nominating {
		s.Links = append(s.Links, page.LinkLine{Text: "Enter a nomination that came on paper", Href: c.at("nominations", "new") + "?contest=" + one.Code})
	}
	if c.findable(one) {
		s.Links = append(s.Links, page.LinkLine{Text: "Record that there is no vote", Href: c.at("uncontested", one.Code), Note: "There are no more candidates than seats."})
	}
	return s
}

// findable reports whether a contest can be found uncontested now.
func (c *conduct) findable(one poll.Contest) bool {
	return slices.ContainsFunc(c.p.Next(c.now), func(n poll.Next) bool { return n.Task == poll.FindUncontested && n.Contest == one.ID })
}

type heldNominationJSON struct {
	ID         uuid     `json:"id"`
	Contest    string   `json:"contest" doc:"The code."`
	Person     uuid     `json:"person"`
	BallotName string   `json:"ballot_name,omitempty"`
	Statement  string   `json:"statement,omitempty"`
	Interests  string   `json:"interests,omitempty"`
	Entered    law.Date `json:"entered"`
	Decided    law.Date `json:"decided,omitzero"`
	Accepted   bool     `json:"accepted"`
	Reason     string   `json:"reason,omitempty" doc:"For ruling it out."`
	Withdrawn  law.Date `json:"withdrawn,omitzero"`
	Backers    int      `json:"backers" doc:"How many agreed."`
	Missing    []string `json:"missing" doc:"What it lacks, in words."`
}

// apiNominations lists who stands, or asks to.
func (v *visit) apiNominations(p conductListParams) (list[heldNominationJSON], error) {
	c, err := v.conducted(p.Poll)
	if err == nil {
		err = c.only(poll.ReturningOfficer)
	}
	if err != nil {
		return list[heldNominationJSON]{}, err
	}
	var out []heldNominationJSON
	for _, one := range c.p.Contests {
		for _, n := range one.Nominations {
			out = append(out, c.nominationJSON(one, n))
		}
	}
	return pageOf(p.pageParams, "nominations", out, func(n heldNominationJSON) string { return string(n.ID) })
}

func (c *conduct) nominationJSON(one poll.Contest, n poll.Nomination) heldNominationJSON {
	return heldNominationJSON{
		uuid(n.ID), one.Code, uuid(n.Person), n.BallotName, n.Statement, n.Interests, n.Entered, n.Decided, n.Accepted, n.Reason, n.Withdrawn, n.Agreed(), n.Missing(c.p.Rules),
	}
}
