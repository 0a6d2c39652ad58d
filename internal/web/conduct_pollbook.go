package web

import (
	"slices"

	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// marked is a voter with the mark of their vote, where one was received.
type marked struct {
	poll.Entry
	mark *box.Mark
}

// pollbook is who has voted in a contest and by which channel. How is in no table.
func (c *conduct) pollbook(code string) (poll.Contest, []marked, error) {
	one, err := c.contest(code)
	if err == nil {
		err = c.only(poll.ReturningOfficer)
	}
	if err != nil || one.Roll == nil || c.p.Announced.IsZero() {
		return one, nil, err
	}
	voters, err := c.house.Polls.Voters(c.ctx, c.org.ID, one.ID)
	if err != nil {
		return one, nil, err
	}
	marks, err := c.house.Boxes.Pollbook(c.ctx, c.org.ID, one.ID)
	if err != nil {
		return one, nil, err
	}
	byEntry := map[string]*box.Mark{}
	for i := range marks {
		// Further lines of a voter are of papers that do not count: the first says what does.
		if byEntry[marks[i].Entry] == nil {
			byEntry[marks[i].Entry] = &marks[i]
		}
	}
	var out []marked
	for _, e := range voters {
		if e.Stands() {
			out = append(out, marked{e, byEntry[e.ID]})
		}
	}
	return one, out, nil
}

// received reports whether a vote counts as received from the voter.
func (m marked) received() bool {
	return m.mark != nil && (m.mark.State == box.Voted || m.mark.State == box.Returned)
}

var markWords = map[box.State]string{box.Voted: "voted", box.Returned: "received", box.Spoilt: "spoilt", box.Disqualified: "disqualified"}

// conductPollbook is who has voted, for the returning officer.
func (s *Server) conductPollbook(c *conduct) error {
	one, list, err := c.pollbook(c.r.PathValue("contest"))
	if err != nil {
		return err
	}
	f := c.resultFrame(one, "Who has voted", "Notice of poll is not given yet, so nobody could vote.")
	if c.p.Announced.IsZero() || one.Roll == nil {
		return c.sections(f, conductPage{})
	}
	voted := 0
	for _, m := range list {
		if m.received() {
			voted++
		}
	}
	f.Sentence = count(voted, "vote", "votes") + " of " + number(len(list)) + " were received. How anybody voted is not in this list."
	show := c.queried().Get("show")
	if show == "not" {
		list = slices.DeleteFunc(list, marked.received)
	}
	part, pages := leafing(c.visit, list, listSize)
	entries := make([]poll.Entry, len(part))
	for i, m := range part {
		entries[i] = m.Entry
	}
	names, err := c.nameAll(entries)
	if err != nil {
		return err
	}
	t := page.Table{Caption: "Pollbook", Columns: []page.Column{{Head: "Name"}, {Head: "Voter", Number: true}, {Head: "Vote"}}}
	for _, m := range part {
		row := page.Row{{Text: names[m.Person]}, {Text: number(m.Number)}, {Text: "none received", Kind: page.Quiet}}
		if m.mark != nil {
			row[2] = page.Cell{Text: markWords[m.mark.State] + " " + channelNames[poll.Channel(m.mark.Channel)]}
			if m.mark.Reason != "" {
				row[2].Text += ": " + m.mark.Reason
			}
		}
		t.Rows = append(t.Rows, row)
	}
	at := c.at("pollbook", one.Code)
	choose := page.Links{{Text: "Only those from whom no vote has come", Href: at + "?show=not"}}
	if show == "not" {
		choose = page.Links{{Text: "Everybody on the roll", Href: at}}
	}
	f.Files = []page.Files{c.filesOf("the pollbook", "pollbook", one.Code, "marks")}
	return c.sections(f, conductPage{Sections: []conductSection{
		{Show: []page.Component{t}, Pages: pages, Links: choose},
		{Heading: "Keep it to yourself", Text: []string{
			"Only the returning officer of a vote sees this page. It is for help and for reminders, and never for asking anybody why they have not voted.",
			"Everybody else sees turnout on the board at fixed times alone: " + inRunningText(turnoutWords(c.p.Rules)),
		}},
	}})
}

type heldMarkJSON struct {
	Number  int    `json:"number" doc:"On the roll."`
	Person  uuid   `json:"person"`
	Name    string `json:"name,omitempty"`
	State   string `json:"state" doc:"none, voted, returned, spoilt or disqualified."`
	Channel string `json:"channel,omitempty"`
	Reason  string `json:"reason,omitempty"`
}

// apiPollbook is who has voted in a contest, never how.
func (v *visit) apiPollbook(p heldContestListParams) (list[heldMarkJSON], error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return list[heldMarkJSON]{}, err
	}
	_, all, err := c.pollbook(p.Contest)
	if err != nil {
		return list[heldMarkJSON]{}, err
	}
	entries := make([]poll.Entry, len(all))
	for i, m := range all {
		entries[i] = m.Entry
	}
	names, err := c.nameAll(entries)
	if err != nil {
		return list[heldMarkJSON]{}, err
	}
	var out []heldMarkJSON
	for _, m := range all {
		j := heldMarkJSON{Number: m.Number, Person: uuid(m.Person), Name: names[m.Person], State: "none"}
		if m.mark != nil {
			j.State, j.Channel, j.Reason = string(m.mark.State), string(m.mark.Channel), m.mark.Reason
		}
		out = append(out, j)
	}
	return pageOf(p.pageParams, "pollbook", out, func(m heldMarkJSON) string { return inOrder(int64(m.Number)) })
}
