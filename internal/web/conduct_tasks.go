package web

import (
	"cmp"
	"slices"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// task is something that has to be done about a poll, with where it is done.
type task struct {
	poll.Next
	Poll poll.Poll
	Href string
}

// taskHref is the page on which something is done about a poll.
func taskHref(p poll.Poll, n poll.Next) string {
	code := ""
	for _, c := range p.Contests {
		if c.ID == n.Contest {
			code = c.Code
		}
	}
	at := func(parts ...string) string {
		return strings.Join(append([]string{conductRoot, p.Code}, parts...), "/")
	}
	switch n.Task {
	case poll.CallPoll:
		return at("call")
	case poll.NameOfficer, poll.NameRegistrar, poll.NameKeyholders:
		return at("officials")
	case poll.DecideNominations:
		return at("nominations")
	case poll.FindUncontested:
		return at("uncontested", code)
	case poll.MakeRoll:
		return at("roll")
	case poll.DecideClaims:
		return at("claims")
	case poll.MakeKey, poll.OpenVotes, poll.DestroyKey:
		return "/keys"
	case poll.GiveNotice:
		return at("notice")
	case poll.MoveOrAbandon:
		return at("close")
	case poll.DeclareResult, poll.CountVotes:
		return at("result", code)
	case poll.DecidePetitions:
		return at("petitions")
	case poll.FillVacancies:
		return at("vacancies")
	case poll.AppointElected:
		return "/officers/appoint"
	case poll.Vote:
		return "/votes/" + p.Code
	}
	return at()
}

// mine reports whether the visitor is one of those who have to do a task.
func (t task) mine(v *visit) bool {
	if t.Who == poll.SecretaryDoes {
		// The staff side names one of the keyholders.
		return v.actor.Holds(policy.Secretary) || t.Task == poll.NameKeyholders && v.actor.Holds(policy.StaffSide)
	}
	return slices.Contains(t.People, v.actor.Person)
}

// doer says who has to do something, by name where one is named.
func (c *conduct) doer(n poll.Next) string {
	switch n.Who {
	case poll.SecretaryDoes:
		return "the secretary"
	case poll.VotersDo:
		return "everybody who may vote"
	}
	office := poll.Office(n.Who)
	switch len(n.People) {
	case 0:
		return "the " + office.Title() + ", whom nobody has named yet"
	case 1:
		return c.name(n.People[0]) + ", " + office.Title()
	}
	return c.names(n.People) + ", " + office.Title() + "s"
}

// byWhen says until when something has to be done.
func (v *visit) byWhen(n poll.Next) page.Component {
	switch {
	case n.Overdue:
		return page.State{Word: "late since " + v.day(n.By), Kind: page.StateLate}
	case n.By.IsZero():
		return page.State{Word: "as soon as you can", Kind: page.StateOpen}
	}
	return page.State{Word: "by " + v.onDay(n.By), Kind: page.StateOpen}
}

// tasks are what has to be done about polls, what is late first.
func (v *visit) tasks(polls []*conduct) []task {
	var out []task
	for _, c := range polls {
		for _, n := range c.p.Next(v.now) {
			out = append(out, task{n, c.p, taskHref(c.p, n)})
		}
	}
	slices.SortStableFunc(out, func(a, b task) int {
		return cmp.Or(lateFirst(a.Next, b.Next), cmp.Compare(a.By.String(), b.By.String()))
	})
	return out
}

func lateFirst(a, b poll.Next) int {
	rank := func(n poll.Next) int {
		switch {
		case n.Overdue:
			return 0
		case n.By.IsZero():
			return 2
		}
		return 1
	}
	return cmp.Compare(rank(a), rank(b))
}

// conducts are all polls that the visitor may know of.
func (v *visit) conducts() ([]*conduct, error) {
	list, err := v.house.Polls.Polls(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	var out []*conduct
	for _, p := range list {
		c := &conduct{visit: v, p: p, stage: p.Stage(v.now)}
		if c.shown() {
			out = append(out, c)
		}
	}
	return out, nil
}

// conductList is all votes with what is next about each.
func (s *Server) conductList(v *visit) error {
	polls, err := v.conducts()
	if err != nil {
		return err
	}
	byID := map[string]*conduct{}
	var current, over []*conduct
	for _, c := range polls {
		byID[c.p.ID] = c
		if c.stage == poll.Ended || c.stage == poll.Abandoned {
			over = append(over, c)
		} else {
			current = append(current, c)
		}
	}
	tasks := v.tasks(current)
	var p conductPage
	mine, late := waitsOf(v, tasks, byID)
	if len(mine) > 0 {
		p.Sections = append(p.Sections, conductSection{Heading: "What waits for you", Show: []page.Component{mine}})
	}
	p.Sections = append(p.Sections, partsOf(v, current)...)
	if len(current) == 0 {
		p.Sections = append(p.Sections, conductSection{Show: []page.Component{page.Empty("No vote is being held",
			"Votes that are prepared, under way or being counted stand here. The secretary or a returning officer prepares one.", page.Link{})}})
	} else {
		p.Sections = append(p.Sections, conductSection{Heading: "Votes being held", Show: []page.Component{pollTable(v, "Votes being held", current)}})
	}
	if v.can(policy.PollDraft) {
		p.Sections = append(p.Sections, conductSection{Button: page.Button{Text: "Prepare a vote", Href: conductRoot + "/new", Kind: secondWhere(len(mine) > 0)}})
	}
	if len(over) > 0 {
		slices.Reverse(over)
		p.Sections = append(p.Sections, conductSection{Heading: "Votes that are over", Show: []page.Component{pollTable(v, "Votes that are over", over)}})
	}
	f := v.frame()
	f.Back = page.Link{Text: "Votes", Href: "/votes"}
	f.Heading = "Holding votes"
	f.Sentence = conductSentence(len(mine), late, len(current))
	if len(current) > 0 {
		f.Files = []page.Files{v.files(conductRoot, "what has to be done", v.today())}
	}
	f.Notice = doneNotice(v, map[string]string{"abandoned": "The vote is abandoned. Its record stays."})
	return v.sections(f, p)
}

func secondWhere(second bool) page.ButtonKind {
	if second {
		return page.Secondary
	}
	return page.Primary
}

func conductSentence(mine, late, current int) string {
	switch {
	case late > 0:
		return phrase(late, "thing is late", "things are late") + " that you have to do about votes."
	case mine > 0:
		return phrase(mine, "thing waits", "things wait") + " for you in the votes of your mutual."
	case current == 0:
		return "No vote is prepared or under way."
	}
	return phrase(current, "vote is", "votes are") + " prepared or under way. Nothing waits for you."
}

// waitsOf are the tasks of the visitor, and how many of them are late.
func waitsOf(v *visit, tasks []task, byID map[string]*conduct) (out page.Waits, late int) {
	for _, t := range tasks {
		if !t.mine(v) || t.Task == poll.Vote {
			continue
		}
		w := page.Wait{Title: t.Text, Href: t.Href, Why: byID[t.Poll.ID].p.Title, Verb: "by", When: v.onDay(t.By)}
		if t.Overdue {
			w.Verb = "late since"
			late++
		}
		out = append(out, w)
	}
	return out, late
}

// partsOf leads registrars, keyholders, tellers and observers to where they work.
func partsOf(v *visit, polls []*conduct) []conductSection {
	var links page.Links
	for _, c := range polls {
		links = append(links, c.parts()...)
	}
	if len(links) == 0 {
		return nil
	}
	return []conductSection{{Heading: "Your part in them", Links: links}}
}

// parts are where the visitor works in this poll, by the offices that they hold.
func (c *conduct) parts() page.Links {
	var out page.Links
	add := func(o poll.Office, text, href, note string) {
		if c.holds(o) {
			out = append(out, page.LinkLine{Text: text, Href: href, Note: note})
		}
	}
	if c.mayMakeKey() {
		add(poll.ReturningOfficer, "The making of the key", c.at("key"), c.p.Title+": you begin it, and the keyholders make it together.")
	}
	add(poll.Keyholder, "Your part of the key", "/keys", c.p.Title+": make the key with the others, open the votes, destroy it.")
	if c.p.Called.IsZero() {
		return out
	}
	for _, one := range c.p.Contests {
		if !one.Uncontested.IsZero() || !one.Counted.IsZero() {
			continue
		}
		at := "/votes/" + c.p.Code + "/" + one.Code
		if one.Roll != nil {
			add(poll.Registrar, c.titled(one, "Codes to vote with"), at+"/credentials", c.p.Title+": hand them out, replace lost ones.")
		}
		if !c.p.Announced.IsZero() {
			if c.p.Rules.Has(poll.Paper) || c.p.Rules.Has(poll.Telephone) {
				add(poll.Teller, c.titled(one, "Votes on paper and by telephone"), at+"/paper", c.p.Title+": receive and key them.")
				add(poll.ReturningOfficer, c.titled(one, "The reckoning of votes on paper"), at+"/paper/reckoning", c.p.Title+": rule on papers, sign the figures.")
			}
			add(poll.Observer, c.titled(one, "The public board"), "/board/"+one.UUID, c.p.Title+": every step, to check.")
		}
	}
	return out
}

// pollTable lists polls with where they stand and what is next.
func pollTable(v *visit, caption string, polls []*conduct) page.Table {
	t := page.Table{Caption: caption, Columns: []page.Column{{Head: "Vote"}, {Head: "Stands"}, {Head: "Closes"}, {Head: "What is next", Wide: true}, {Head: "Who", Wide: true}, {Head: "By"}}}
	type row struct {
		poll.Next
		cells page.Row
	}
	var rows []row
	for _, c := range polls {
		next := c.p.Next(v.now)
		slices.SortStableFunc(next, func(a, b poll.Next) int {
			return cmp.Or(lateFirst(a, b), cmp.Compare(a.By.String(), b.By.String()))
		})
		r := row{cells: page.Row{{Text: c.p.Title, Href: c.at()}, {Text: c.stage.Words()}, {Text: said(page.Moment(v.now, c.p.Closes))}, {Text: "nothing", Kind: page.Quiet}, {Text: "nobody", Kind: page.Quiet}, {Text: "no day", Kind: page.Quiet}}}
		if len(next) > 0 {
			n := next[0]
			r.Next = n
			r.cells[3], r.cells[4], r.cells[5] = page.Cell{Text: n.Text}, page.Cell{Text: c.doer(n)}, page.Cell{Show: v.byWhen(n)}
		}
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b row) int { return lateFirst(a.Next, b.Next) })
	for _, r := range rows {
		t.Rows = append(t.Rows, r.cells)
	}
	return t
}

type heldTaskJSON struct {
	Poll    string     `json:"poll" doc:"The code of the vote."`
	Title   string     `json:"title"`
	Stage   poll.Stage `json:"stage"`
	Contest string     `json:"contest,omitempty" doc:"The code, where it is about one contest."`
	Task    string     `json:"task" doc:"What it is, as a word that does not change."`
	Text    string     `json:"text"`
	Who     string     `json:"who" doc:"The office that has to do it, the secretary, or the voters."`
	By      string     `json:"by,omitempty" format:"date" doc:"The last day, where there is one."`
	Late    bool       `json:"late"`
	Mine    bool       `json:"mine" doc:"Whether it is for the one who asks."`
}

// apiTasks lists what has to be done about votes, what is late first.
func (v *visit) apiTasks(p pageParams) (list[heldTaskJSON], error) {
	polls, err := v.conducts()
	if err != nil {
		return list[heldTaskJSON]{}, err
	}
	var out []heldTaskJSON
	for _, t := range v.tasks(polls) {
		c := conduct{visit: v, p: t.Poll}
		one, _ := c.contestByID(t.Contest)
		j := heldTaskJSON{Poll: t.Poll.Code, Title: t.Poll.Title, Stage: t.Poll.Stage(v.now), Contest: one.Code, Task: string(t.Task), Text: t.Text, Who: string(t.Who), Late: t.Overdue, Mine: t.mine(v)}
		if !t.By.IsZero() {
			j.By = t.By.String()
		}
		out = append(out, j)
	}
	return pageOf(p, "tasks", out, func(t heldTaskJSON) string {
		late := "1"
		if t.Late {
			late = "0"
		}
		return late + " " + cmp.Or(t.By, "9999") + " " + t.Poll + " " + t.Task + " " + t.Contest
	})
}

func init() {
	among[poll.Stage]("draft", "called", "nominating", "nominated", "announced", "open", "closed", "counted", "uncontested", "declared", "settled", "ended", "abandoned")
}
