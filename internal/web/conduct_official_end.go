package web

import (
	"net/http"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// official finds the official of the address and asks whether the visitor may end
// the office.
func (c *conduct) official() (poll.Official, error) {
	i := slices.IndexFunc(c.p.Officials, func(o poll.Official) bool { return o.ID == c.r.PathValue("official") })
	if i < 0 {
		return poll.Official{}, fault.Errorf(fault.NotFound, "this vote has no such official")
	}
	return c.p.Officials[i], nil
}

// conductOfficialEnd asks whether somebody's office is to end.
func (s *Server) conductOfficialEnd(c *conduct) error {
	o, err := c.official()
	if err != nil {
		return err
	}
	return c.showOfficialEnd(http.StatusOK, o, "")
}

func (c *conduct) showOfficialEnd(status int, o poll.Official, wrong string) error {
	f := c.officialFrame("")
	f.Heading = "End the office of " + c.name(o.Person) + "?"
	f.Sentence = page.Begin(o.Office.Title()) + " of this vote since " + c.day(o.Named) + "."
	if wrong == "" && !c.mayEndOffice(o) {
		wrong = c.staysBecause(o)
	}
	if wrong != "" {
		f.Heading, f.Sentence = "This office does not end", ""
		f.Data = page.Refused("Why", wrong, "Nothing was changed.", page.Link{Text: "Who holds this vote", Href: c.at("officials")})
		return c.show(http.StatusConflict, "fault", f)
	}
	a := conductAct{
		Action: c.at("officials", o.ID, "end"), Button: page.Button{Text: "End the office", Kind: page.Warning}, Cancel: page.Link{Text: "Leave it", Href: c.at("officials")},
		Effects: []string{
			"They take no part in holding this vote from now on.", "What they did stays done, and that they held the office stays in the record.",
			"They cannot take an office later that is kept apart from this one: what somebody has seen they have seen.",
		},
	}
	return c.showAct(status, f, a, "")
}

// staysBecause says why an office does not end.
func (c *conduct) staysBecause(o poll.Official) string {
	switch {
	case !o.Holds():
		return "It ended on " + c.day(o.Ended) + "."
	case o.Office == poll.Keyholder && !c.p.KeyMade.IsZero():
		return "The key is made, so who holds it does not change. If a part is lost, it is made anew before notice of poll."
	}
	return "The secretary ends an office, while the vote is not over."
}

// conductOfficialEndDo ends it.
func (s *Server) conductOfficialEndDo(c *conduct) error {
	o, err := c.official()
	if err != nil {
		return err
	}
	if err := c.may(policy.OfficialName, policy.Resource{Org: c.org.ID, Owner: o.Person, Kind: string(o.Office.Role())}); err != nil {
		return err
	}
	if !c.mayEndOffice(o) {
		return c.showOfficialEnd(http.StatusConflict, o, c.staysBecause(o))
	}
	err = c.house.Polls.EndOffice(c.ctx, c.actor.Person, c.org.ID, c.p.ID, o.ID)
	if refusable(err) {
		return c.showOfficialEnd(http.StatusConflict, o, c.words(err))
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("officials") + "?done=ended")
}
