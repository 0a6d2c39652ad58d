package web

import (
	"net/http"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

type voteStandPage struct {
	Start   page.Button // of one who does not stand yet
	Needs   []string
	Answers page.Summary
	Missing []string
	Backers page.Defs
	Photo   string
	Links   page.Links
	Facts   page.Defs
	Where   string
}

const standHeading = "Stand for election"

// voteStand is how one stands: what it takes, or the nomination that is there.
func (s *Server) voteStand(v *visit) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	if n, ok := c.ownNomination(v.actor.Person); ok && n.Withdrawn.IsZero() {
		return v.standNomination(c, n)
	}
	why, err := v.whyNotStand(c)
	if err != nil {
		return err
	}
	if why != nil {
		return v.stop(c, standHeading, *why)
	}
	f := v.frame()
	f.Back = c.back()
	f.Kicker, f.Heading = c.title(), standHeading
	f.Sentence = "Nominations are open until the end of " + v.closesOn(c, timetable.NominationsClose) + "."
	f.Data = voteStandPage{
		Start: page.Button{Text: "Start", Href: c.path() + "/stand/name"},
		Needs: standNeeds(c.Rules),
	}
	return v.show(http.StatusOK, "vote_stand", f)
}

// standNeeds is what a nomination takes.
func standNeeds(r poll.Rules) []string {
	out := []string{
		"Your name, as it is to stand on the ballot.",
		"What you want to say to the voters, in at most " + number(r.StatementWords) + " words.",
		"What interests you have to declare, or that you have none.",
	}
	if r.Photographs {
		out = append(out, "A photograph, if you want one.")
	}
	if r.Backers > 0 {
		out = append(out, page.Begin(few(r.Backers, "member who backs", "members who back"))+" you. You ask them here, and they answer here.")
	}
	return out
}

// nominationState says where a nomination stands.
func nominationState(v *visit, c vote, n poll.Nomination) string {
	switch {
	case !n.Withdrawn.IsZero():
		return "You withdrew on " + v.day(n.Withdrawn) + "."
	case n.Accepted:
		return "The returning officer accepted it on " + v.day(n.Decided) + ". You are a candidate."
	case !n.Decided.IsZero():
		return "The returning officer ruled it out on " + v.day(n.Decided) + ": " + n.Reason
	case c.stage != poll.Nominating:
		return "Nominations are closed. The returning officer decides about it by " + v.closesOn(c, timetable.Statement) + "."
	}
	if missing := n.Missing(c.Rules); len(missing) > 0 {
		return "It still needs " + page.List(missing) + ", by the end of " + v.closesOn(c, timetable.NominationsClose) + "."
	}
	return "It is complete. The returning officer decides about it by " + v.closesOn(c, timetable.Statement) + "."
}

// standDone says what was just done.
var standDone = map[string]string{
	"entered": "Your nomination is entered.", "changed": "Your nomination is changed.", "asked": "We have asked them. They see it on their home page.",
	"photo": "Your photograph is kept.", "no-photo": "Your photograph is taken away.",
}

// standNomination shows the visitor their own nomination.
func (v *visit) standNomination(c vote, n poll.Nomination) error {
	open := c.stage == poll.Nominating && n.Decided.IsZero()
	change := func(step, what string) page.Link {
		if !open {
			return page.Link{}
		}
		return page.Link{Text: "Change", Href: c.path() + "/stand/" + step, Hidden: what}
	}
	p := voteStandPage{
		Where: nominationState(v, c, n),
		Answers: page.Summary{
			{Term: "On the ballot", Fact: n.BallotName, Change: change("name", "your name on the ballot")},
			{Term: "Statement", Fact: orNothing(n.Statement), Change: change("statement", "your statement")},
			{Term: "Interests", Fact: n.Interests, Change: change("interests", "your interests")},
		},
	}
	if c.Rules.Photographs {
		row := page.SummaryRow{Term: "Photograph", Fact: "None", Change: change("photo", "your photograph")}
		if n.Photo != "" {
			row.Fact, p.Photo = "Shown below", "/photos/"+n.Photo
		}
		p.Answers = append(p.Answers, row)
	}
	var err error
	if p.Backers, err = v.backersOf(n); err != nil {
		return err
	}
	if open && n.Agreed() < c.Rules.Backers {
		p.Start = page.Button{Text: "Ask a member to back you", Href: c.path() + "/stand/backers"}
	}
	if v.mayWithdraw(c, n) {
		p.Links = append(p.Links, page.LinkLine{Text: "Withdraw", Href: c.path() + "/stand/withdraw", Note: "until the end of " + v.closesOn(c, timetable.Withdrawals)})
	}
	if p.Facts, err = v.standReceipt(); err != nil {
		return err
	}
	f := v.frame()
	f.Back = c.back()
	f.Kicker, f.Heading = c.title(), "Your nomination"
	f.Sentence = p.Where
	if text := standDone[v.r.URL.Query().Get("done")]; text != "" {
		f.Notice = page.Notice{Done: true, Text: text}
	}
	f.Data = p
	return v.show(http.StatusOK, "vote_stand", f)
}

// standReceipt is where the record has what the visitor has just sent. Their newest
// entry may be about another vote at any other time.
func (v *visit) standReceipt() (page.Defs, error) {
	if done := v.r.URL.Query().Get("done"); done != "entered" && done != "changed" {
		return nil, nil
	}
	e, ok, err := v.latestEntry("nomination.entered")
	if err != nil || !ok {
		return nil, err
	}
	return page.Defs{
		{Term: "Entered", Fact: v.moment(e.At)},
		{Term: "Entry in the record", Fact: number(e.Seq), Href: "/record/proof/" + strconv.FormatInt(e.Seq, 10)},
	}, nil
}

func orNothing(text string) string {
	if text == "" {
		return "Nothing yet"
	}
	return text
}

// mayWithdraw reports whether a candidate may still withdraw.
func (v *visit) mayWithdraw(c vote, n poll.Nomination) bool {
	in := c.stage == poll.Nominating || c.stage == poll.Nominated
	ruledOut := !n.Decided.IsZero() && !n.Accepted
	return in && n.Withdrawn.IsZero() && !ruledOut && !v.today().After(c.Timetable.Day(timetable.Withdrawals))
}

// backersOf are those who were asked, and what they said.
func (v *visit) backersOf(n poll.Nomination) (page.Defs, error) {
	var ids []string
	for _, b := range n.Backers {
		ids = append(ids, b.Person)
	}
	people, err := v.house.Identity.People(v.ctx, v.org.ID, ids)
	if err != nil {
		return nil, err
	}
	var out page.Defs
	for _, b := range n.Backers {
		said := "was asked on " + v.day(b.Asked) + " and has not answered"
		switch {
		case !b.Declined.IsZero():
			said = "declined on " + v.day(b.Declined)
		case !b.Agreed.IsZero():
			said = "agreed on " + v.day(b.Agreed)
		}
		name := people[b.Person].Name()
		if name == "" {
			name = "Somebody whose details are erased"
		}
		out = append(out, page.Def{Term: name, Fact: page.Begin(string(b.Role)) + ", " + said})
	}
	return out, nil
}

// standing is the visitor's nomination that may still be changed, or a page that
// says why there is none.
func (v *visit) standing(c vote, what string) (poll.Nomination, error) {
	n, ok := c.ownNomination(v.actor.Person)
	if !ok || !n.Withdrawn.IsZero() {
		return n, fault.Errorf(fault.NotFound, "you have not entered a nomination in this vote yet")
	}
	switch {
	case !n.Decided.IsZero():
		return n, stopped{"This cannot be changed any more", "The returning officer decided about your nomination on " + v.day(n.Decided) + ".", ""}
	case c.stage != poll.Nominating:
		return n, stopped{"This cannot be changed any more", what + " until nominations closed, at the end of " + v.closesOn(c, timetable.NominationsClose) + ".", ""}
	}
	return n, nil
}
