package web

import (
	"slices"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
	"commonweal/law"
)

var conductDone = map[string]string{
	"prepared": "The draft is kept. Nobody is told before the vote is called.", "changed": "The draft is changed.", "rules": "The rules are kept.",
	"called": "The vote is called. Its rules do not change any more.", "day": "The day is moved, and the reason is kept.",
	"moved": "The close is moved, and all days with it that had not passed.",
}

// conductShow is one vote for those who hold it: a draft with what is missing, or
// the timetable with what is next.
func (s *Server) conductShow(c *conduct) error {
	f := c.frame()
	f.Back = page.Link{Text: "Holding votes", Href: conductRoot}
	f.Kicker = c.p.Kind.Title()
	f.Heading = c.p.Title
	f.Notice = doneNotice(c.visit, conductDone)
	if c.stage == poll.Draft {
		return c.showDraft(f)
	}
	f.Sentence = c.stageSentence()
	p := conductPage{Aside: c.lists()}
	if c.stage == poll.Abandoned {
		p.Sections = []conductSection{{Heading: "Why it was abandoned", Text: []string{c.p.Reason}, Show: []page.Component{page.Defs{{Term: "By", Fact: c.name(c.p.AbandonedBy)}, {Term: "On", Fact: c.day(c.p.Abandoned)}}}}}
	} else {
		p.Sections = append(c.nextSections(), c.timetable())
		p.Sections = append(p.Sections, c.contestSection())
	}
	return c.sections(f, p)
}

// stageSentence says where the vote stands.
func (c *conduct) stageSentence() string {
	closes := said(page.Moment(c.now, c.p.Closes))
	switch c.stage {
	case poll.Open:
		return "Members are voting. It closes " + closes + "."
	case poll.Called, poll.Nominating, poll.Nominated, poll.Announced:
		return "It is " + c.stage.Words() + ". It closes " + closes + "."
	case poll.Abandoned:
		return "It was abandoned on " + c.day(c.p.Abandoned) + "."
	case poll.Closed:
		return "Voting ended " + closes + ". The votes are still locked."
	case poll.Declared:
		return "The result is declared and can still be questioned."
	case poll.Settled:
		return "The result is settled. The key is still to be destroyed."
	case poll.Ended:
		return "It is over, and its key is destroyed."
	}
	return "It is " + c.stage.Words() + ". Voting ended " + closes + "."
}

// nextSections are what is next and who must do it.
func (c *conduct) nextSections() []conductSection {
	var mine page.Waits
	t := page.Table{Caption: "What others have to do", Columns: []page.Column{{Head: "What", Wide: true}, {Head: "Who", Wide: true}, {Head: "By"}}}
	for _, one := range c.tasks([]*conduct{c}) {
		if one.mine(c.visit) && one.Task != poll.Vote {
			w := page.Wait{Title: one.Text, Href: one.Href, Why: "For you, as " + c.myPart(one.Next) + ".", Verb: "by", When: c.onDay(one.By)}
			if one.Overdue {
				w.Verb = "late since"
			}
			mine = append(mine, w)
			continue
		}
		t.Rows = append(t.Rows, page.Row{{Text: one.Text}, {Text: c.doer(one.Next)}, {Show: c.byWhen(one.Next)}})
	}
	var out []conductSection
	if len(mine) > 0 {
		out = append(out, conductSection{Heading: "What waits for you", Show: []page.Component{mine}})
	}
	if parts := c.parts(); len(parts) > 0 {
		out = append(out, conductSection{Heading: "Your part", Links: parts})
	}
	if len(t.Rows) > 0 {
		out = append(out, conductSection{Heading: "What is next", Show: []page.Component{t}})
	}
	if len(mine)+len(t.Rows) == 0 {
		out = append(out, conductSection{Heading: "What is next", Text: []string{"Nothing has to be done now."}})
	}
	return out
}

func (c *conduct) myPart(n poll.Next) string {
	switch {
	case n.Who != poll.SecretaryDoes:
	case c.actor.Holds(policy.Secretary):
		return "secretary"
	default:
		return "staff side"
	}
	return poll.Office(n.Who).Title()
}

// mayRetime reports whether days can still be moved by the visitor.
func (c *conduct) mayRetime() bool {
	return c.holds(poll.ReturningOfficer) && c.p.Announced.IsZero() && slices.Contains([]poll.Stage{poll.Called, poll.Nominating, poll.Nominated, poll.Uncontested}, c.stage)
}

// timetable is the days of the vote as a line.
func (c *conduct) timetable() conductSection {
	s := conductSection{ID: "timetable", Heading: "Timetable", Show: []page.Component{c.line()}}
	if c.p.Called.IsZero() {
		s.Text = []string{"Counted back from the close in working days. Nothing of it is fixed yet."}
		return s
	}
	if !c.p.Announced.IsZero() {
		s.Text = []string{"Notice of poll is given, so no day moves any more."}
	}
	if c.mayRetime() {
		var days page.Links
		for _, d := range c.p.Timetable.Days {
			if movable(d, c.today()) {
				days = append(days, page.LinkLine{Text: d.Step.Title(), Href: c.at("days", string(d.Step)), After: ", " + c.onDay(d.Day)})
			}
		}
		if len(days) > 0 {
			s.Show = append(s.Show, page.Details{Summary: "Move one day", Show: days})
		}
		s.Links = append(s.Links, page.LinkLine{Text: "Move the close", Href: c.at("close"), Note: "All days move with it that have not passed."})
	}
	return s
}

// movable reports whether a day may be moved alone.
func movable(d timetable.Day, today law.Date) bool {
	return d.Step != timetable.Closes && d.Step != timetable.Petitions && d.Step != timetable.KeyDestroyed && !d.Day.Before(today)
}

// line is the timetable with what is done, what is now and what is to come.
func (c *conduct) line() page.Timeline {
	var out page.Timeline
	today, now := c.today(), false
	for i, d := range c.p.Timetable.Days {
		step := page.Step{Title: d.Step.Title() + ", " + c.onDay(d.Day), Detail: d.Step.About(), Stage: page.StepToCome}
		if d.Step == timetable.Closes {
			step.Title = d.Step.Title() + ", " + said(page.Moment(c.now, c.p.Closes))
		}
		if d.Step == timetable.NoticeOfPoll && !c.p.Announced.IsZero() {
			step.Detail = "Given " + said(page.Moment(c.now, c.p.Announced)) + "."
		}
		if d.Why != "" {
			step.Detail += " Moved by " + c.name(d.ChangedBy) + ": " + d.Why
		}
		switch {
		case c.p.Called.IsZero():
		case d.Day.Before(today) && (i+1 == len(c.p.Timetable.Days) || !c.p.Timetable.Days[i+1].Day.After(today)):
			step.Stage = page.StepDone
		case !now && !d.Day.After(today):
			step.Stage, now = page.StepNow, true
			step.Detail += c.nowWords(d)
		case d.Day == today:
			step.Stage = page.StepNow
			step.Detail += " Today."
		}
		out = append(out, step)
	}
	return out
}

func (c *conduct) nowWords(d timetable.Day) string {
	if d.Day == c.today() {
		return " Today."
	}
	return " We are here."
}

// contestSection lists the contests with where each stands.
func (c *conduct) contestSection() conductSection {
	t := page.Table{Caption: "Contests", Columns: []page.Column{{Head: "Contest"}, {Head: "Who may vote", Wide: true}, {Head: "Candidates", Number: true}, {Head: "Seats", Number: true}, {Head: "On the roll", Number: true}, {Head: "Stands"}}}
	if !c.p.Kind.Elects() {
		t.Columns = []page.Column{{Head: "Contest"}, {Head: "Question", Wide: true}, {Head: "On the roll", Number: true}, {Head: "Stands"}}
	}
	for _, one := range c.p.Contests {
		roll := page.Cell{Text: "not made", Kind: page.Quiet}
		if one.Roll != nil {
			roll = page.Cell{Text: number(one.Roll.Voters())}
		}
		if !one.Uncontested.IsZero() {
			roll = page.Cell{Text: "no vote", Kind: page.Quiet}
		}
		first := page.Cell{Text: one.Title}
		if c.can(policy.PollConduct) || c.can(policy.PetitionDecide) {
			first.Href = c.at("result", one.Code)
		}
		if c.p.Kind.Elects() {
			candidates := page.Cell{Text: number(len(one.Standing()))}
			if c.stage.Rank() <= poll.Nominating.Rank() && !c.holds(poll.ReturningOfficer) {
				candidates = page.Cell{Text: "not told yet", Kind: page.Quiet}
			}
			t.Rows = append(t.Rows, page.Row{first, {Text: c.voters(one)}, candidates, {Text: number(one.Seats)}, roll, {Text: c.contestStands(one)}})
			continue
		}
		t.Rows = append(t.Rows, page.Row{first, {Text: one.Question}, roll, {Text: c.contestStands(one)}})
	}
	return conductSection{Heading: "Contests", Show: []page.Component{t}}
}

// contestStands says where one contest stands.
func (c *conduct) contestStands(one poll.Contest) string {
	switch {
	case one.Declared != nil:
		return "declared " + c.day(one.Declared.Day)
	case !one.Counted.IsZero():
		return "counted"
	case !one.Uncontested.IsZero():
		return "uncontested"
	}
	return c.stage.Words()
}

// voters says who may vote in a contest.
func (c *conduct) voters(one poll.Contest) string {
	if one.Class == "" {
		return "every member"
	}
	book, err := c.house.Members.Book(c.ctx, c.org.ID)
	if err != nil {
		return one.Class
	}
	name := one.Class
	if class, err := book.Class(one.Class, c.today()); err == nil {
		name = class.Name
	}
	for _, part := range book.Constituencies(one.Class, c.today()) {
		if part.Code == one.Constituency {
			return name + ", " + part.Name
		}
	}
	return name
}

// lists are the pages of a vote beside its timetable.
func (c *conduct) lists() []conductSection {
	var links, acts page.Links
	add := func(to *page.Links, may bool, text, href string) {
		if may {
			*to = append(*to, page.LinkLine{Text: text, Href: href})
		}
	}
	officer := c.holds(poll.ReturningOfficer)
	add(&links, true, "Rules", c.at("rules"))
	add(&links, true, "Officials", c.at("officials"))
	add(&links, officer && c.p.Kind.Elects(), "Nominations", c.at("nominations"))
	add(&links, officer || c.holds(poll.Registrar), "Roll", c.at("roll"))
	add(&links, officer, "Claims and objections", c.at("claims"))
	add(&links, true, "Notice of poll", c.at("notice"))
	add(&links, true, "The key", c.at("key"))
	if officer && !c.p.Announced.IsZero() {
		for _, one := range c.p.Contests {
			add(&links, one.Uncontested.IsZero() && !c.now.Before(c.p.Closes), c.titled(one, "From the close to the result"), c.at("result", one.Code))
			add(&links, one.Uncontested.IsZero(), c.titled(one, "Who has voted"), c.at("pollbook", one.Code))
		}
	}
	add(&links, c.can(policy.PetitionDecide) || officer, "Questions about the result", c.at("petitions"))
	add(&links, c.p.Kind.Elects() && c.can(policy.VacancyRecord), "Empty seats", c.at("vacancies"))
	add(&links, true, "Page for members", "/votes/"+c.p.Code)
	out := []conductSection{{Heading: "Pages of this vote", Links: links}}
	add(&acts, c.mayAbandon(), "Abandon the vote", c.at("abandon"))
	if len(acts) > 0 {
		out = append(out, conductSection{Heading: "If it cannot be held", Links: acts})
	}
	return out
}

// mayAbandon reports whether the visitor could abandon it.
func (c *conduct) mayAbandon() bool {
	if c.stage == poll.Abandoned || slices.ContainsFunc(c.p.Contests, func(one poll.Contest) bool { return one.Declared != nil }) {
		return false
	}
	return c.holds(poll.ReturningOfficer) || c.p.Called.IsZero() && c.can(policy.PollDraft)
}

// showDraft is a draft with what is still to do.
func (c *conduct) showDraft(f page.Frame) error {
	missing := c.missing()
	f.Sentence = "It is being prepared. It can be called now."
	if len(missing) > 0 {
		f.Sentence = "It is being prepared. " + phrase(len(missing), "thing is", "things are") + " missing before it can be called."
	}
	edits := c.can(policy.PollDraft)
	change := func(href, what string) page.Link {
		if !edits {
			return page.Link{}
		}
		return page.Link{Text: "Change", Hidden: what, Href: href}
	}
	basics := page.Summary{
		{Term: "Title", Fact: c.p.Title, Change: change(c.at("edit"), "the title")},
		{Term: "Address for members", Fact: "/votes/" + c.p.Code, Change: change(c.at("edit"), "the short name")},
		{Term: "Closes", Fact: said(page.Moment(c.now, c.p.Closes)), Change: change(c.at("edit"), "the close")},
		{Term: "About", Fact: orNone(c.p.About), Change: change(c.at("edit"), "what it is about")},
	}
	basics = append(basics, c.contestSummary(change)...)
	p := conductPage{}
	if len(missing) > 0 {
		s := conductSection{Heading: "What is missing", Text: missing}
		if c.can(policy.OfficialName) {
			s.Links = page.Links{{Text: "Name the officials", Href: c.at("officials")}}
		}
		p.Sections = append(p.Sections, s)
	}
	p.Sections = append(p.Sections, conductSection{Heading: "The vote", Show: []page.Component{basics}})
	rules := conductSection{Heading: "The rules", Show: []page.Component{spelled(ruleDefs(c.p.Rules))}, Links: page.Links{{Text: "What they rest on", Href: c.at("rules")}}}
	if edits {
		rules.Links = append(page.Links{{Text: "Change the rules", Href: c.at("rules", "edit")}}, rules.Links...)
	}
	p.Sections = append(p.Sections, rules, c.timetable())
	if c.can(policy.PollCall) {
		p.Sections = append(p.Sections, conductSection{Button: page.Button{Text: "Look at all of it and call the vote", Href: c.at("call")}})
	}
	var links page.Links
	links = append(links, page.LinkLine{Text: "Officials", Href: c.at("officials")})
	if c.mayAbandon() {
		links = append(links, page.LinkLine{Text: "Drop this draft", Href: c.at("abandon")})
	}
	p.Aside = []conductSection{{Heading: "Pages of this draft", Links: links}}
	return c.sections(f, p)
}

func (c *conduct) contestSummary(change func(href, what string) page.Link) (out page.Summary) {
	for _, one := range c.p.Contests {
		link := change(c.at("edit"), "the contest "+one.Title)
		if !c.p.Kind.Elects() {
			return page.Summary{
				{Term: "Question", Fact: one.Question, Change: change(c.at("edit"), "the question")},
				{Term: "Answers", Fact: page.List(one.Answers), Change: change(c.at("edit"), "the answers")},
				{Term: "Who may vote", Fact: c.voters(one), Change: change(c.at("edit"), "who may vote")},
			}
		}
		fact := count(one.Seats, "seat", "seats") + ", voted on by " + c.voters(one) + "."
		if one.Role != "" {
			fact += " Those elected become " + one.Role.Title() + "."
		}
		out = append(out, page.SummaryRow{Term: one.Title, Fact: fact, Change: link})
	}
	return out
}

// missing are what stands against calling a draft, in sentences.
func (c *conduct) missing() []string {
	var out []string
	if len(c.p.Holders(poll.ReturningOfficer)) == 0 {
		out = append(out, "No returning officer is named. The secretary names one.")
	}
	earliest, err := c.house.Polls.EarliestClose(c.p.Kind)
	switch first := c.p.Timetable.First(); {
	case len(c.p.Timetable.Days) == 0:
		out = append(out, c.onDay(law.Today(c.p.Closes))+" is no working day, so the vote cannot close on it. Choose another.")
	case first.Before(c.today()) && err == nil:
		out = append(out, "The timetable would have begun on "+c.onDay(first)+", which has passed. Choose a later close: "+c.onDay(earliest)+" at the earliest.")
	}
	return out
}
