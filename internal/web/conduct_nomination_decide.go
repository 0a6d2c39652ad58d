package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

// conductAccept accepts a nomination.
func (s *Server) conductAccept(c *conduct) error {
	one, n, err := c.nomination(c.r.PathValue("nomination"))
	if err != nil {
		return err
	}
	err = c.house.Polls.DecideNomination(c.ctx, c.actor.Person, c.org.ID, one.ID, n.ID, poll.Yes, "")
	if refusable(err) {
		return c.notDone(one, n, "This nomination cannot be accepted", err)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("nominations") + "?done=accepted")
}

// notDone says why something about a nomination was not done.
func (c *conduct) notDone(one poll.Contest, n poll.Nomination, heading string, err error) error {
	f := c.nominationFrame(one, heading, "")
	f.Data = page.Refused("Why", c.words(err), "Nothing was changed.", page.Link{Text: "Back to the nomination", Href: c.at("nominations", n.ID)})
	return c.show(http.StatusConflict, "fault", f)
}

const outHint = "The candidate reads it, and it is kept. Name what is missing or which rule it breaks."

// conductRefuse asks why a nomination is to be ruled out.
func (s *Server) conductRefuse(c *conduct) error {
	return c.showRefuse(http.StatusOK, whyField(nil, outHint), "")
}

func (c *conduct) showRefuse(status int, why *page.TextArea, wrong string) error {
	one, n, err := c.nomination(c.r.PathValue("nomination"))
	if err != nil {
		return err
	}
	if !undecided(n) {
		return c.notDone(one, n, "This was decided before", fault.Errorf(fault.Conflict, "the nomination was decided about or withdrawn"))
	}
	f := c.nominationFrame(one, "Rule out "+c.candidate(n.ID)+"?", "They cannot stand in this vote then. This cannot be taken back.")
	f.Back = page.Link{Text: c.candidate(n.ID), Href: c.at("nominations", n.ID)}
	a := conductAct{Action: c.at("nominations", n.ID, "refuse"), Groups: ask(why), Button: page.Button{Text: "Rule it out", Kind: page.Warning}, Cancel: page.Link{Text: "Decide later", Href: c.at("nominations", n.ID)}}
	if missing := n.Missing(c.p.Rules); len(missing) > 0 && c.stage == poll.Nominating {
		a.Effects = []string{"It lacks " + page.List(missing) + ". Until " + c.onDay(c.p.Timetable.Day(timetable.NominationsClose)) + " they can still complete it, if you decide later."}
	}
	return c.showAct(status, f, a, wrong)
}

// conductRefuseDo rules it out.
func (s *Server) conductRefuseDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	one, n, err := c.nomination(c.r.PathValue("nomination"))
	if err != nil {
		return err
	}
	why := whyField(form, outHint)
	if why.Error != "" {
		return c.showRefuse(http.StatusUnprocessableEntity, why, "")
	}
	err = c.house.Polls.DecideNomination(c.ctx, c.actor.Person, c.org.ID, one.ID, n.ID, poll.No, form.Get("reason"))
	if refusable(err) {
		var other string
		c.wrongAt(err, &other, map[string]*string{"reason": &why.Error})
		return c.showRefuse(http.StatusUnprocessableEntity, why, other)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("nominations") + "?done=refused")
}

// conductWithdraw asks whether a candidate is to be withdrawn, as they asked on paper.
func (s *Server) conductWithdraw(c *conduct) error {
	one, n, err := c.nomination(c.r.PathValue("nomination"))
	if err != nil {
		return err
	}
	f := c.nominationFrame(one, "Withdraw "+c.candidate(n.ID)+"?", "They have asked for it in writing. Candidates can withdraw until "+c.onDay(c.p.Timetable.Day(timetable.Withdrawals))+".")
	f.Back = page.Link{Text: c.candidate(n.ID), Href: c.at("nominations", n.ID)}
	return c.showAct(http.StatusOK, f, conductAct{
		Action: c.at("nominations", n.ID, "withdraw"), Button: page.Button{Text: "Withdraw the candidate", Kind: page.Warning}, Cancel: page.Link{Text: "Leave it", Href: c.at("nominations", n.ID)},
		Effects: []string{"They do not stand any more.", "While nominations are open they can ask to stand again, if nobody had decided yet.", "Keep the paper: it shows that they asked."},
	}, "")
}

// conductWithdrawDo withdraws them.
func (s *Server) conductWithdrawDo(c *conduct) error {
	one, n, err := c.nomination(c.r.PathValue("nomination"))
	if err != nil {
		return err
	}
	err = c.house.Polls.Withdraw(c.ctx, c.actor.Person, c.org.ID, one.ID, n.ID)
	if refusable(err) {
		return c.notDone(one, n, "This candidate cannot be withdrawn", err)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("nominations") + "?done=withdrawn")
}

// conductUncontested asks whether it is to be recorded that there is no vote.
func (s *Server) conductUncontested(c *conduct) error {
	one, err := c.contest(c.r.PathValue("contest"))
	if err != nil {
		return err
	}
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	standing := one.Standing()
	var names []string
	for _, n := range standing {
		names = append(names, c.candidate(n.ID))
	}
	f := c.nominationFrame(one, "Is there no vote in "+one.Title+"?", phrase(len(standing), "candidate stands", "candidates stand")+" for "+count(one.Seats, "seat", "seats")+".")
	a := conductAct{
		Action: c.at("uncontested", one.Code), Button: page.Button{Text: "Record that there is no vote", Kind: page.Warning}, Cancel: page.Link{Text: "Not yet", Href: c.at("nominations")},
		Facts:   page.Defs{{Term: "Candidates", Fact: orNone(page.List(names))}},
		Effects: []string{"Whoever stands is elected, once you declare it.", "Nobody votes in this contest, and no roll, code or key is needed for it.", "This cannot be taken back."},
	}
	if empty := one.Seats - len(standing); empty > 0 {
		a.Effects = append(a.Effects, phrase(empty, "seat stays", "seats stay")+" empty, and "+said(page.Plural(empty, "is", "are"))+" filled as the rules say: "+vacancyWays[emptyWay(c.p.Rules)]+".")
	}
	return c.showAct(http.StatusOK, f, a, "")
}

// emptyWay is how a seat is filled that nobody was elected to.
func emptyWay(r poll.Rules) poll.Vacating {
	if r.Vacancies == poll.LeftVacant {
		return poll.LeftVacant
	}
	return poll.ByElection
}

// conductUncontestedDo records it.
func (s *Server) conductUncontestedDo(c *conduct) error {
	one, err := c.contest(c.r.PathValue("contest"))
	if err != nil {
		return err
	}
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	err = c.house.Polls.FindUncontested(c.ctx, c.actor.Person, c.org.ID, one.ID)
	if refusable(err) {
		f := c.nominationFrame(one, "This cannot be recorded", "")
		f.Data = page.Refused("Why", c.words(err), "Nothing was changed.", page.Link{Text: "Nominations", Href: c.at("nominations")})
		return c.show(http.StatusConflict, "fault", f)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("nominations") + "?done=uncontested")
}
