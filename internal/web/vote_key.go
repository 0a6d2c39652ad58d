package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

type voteKeyPage struct {
	// For the script.
	UUID, Group, Held, How string
	Open                   bool
	Action, Carry, Done    string
	File                   string
	// Said without it.
	Without []string
	Lost    string
	Script  bool // there is something to do in the browser
}

// voteKey is the visitor's voting key: made in the browser, brought to it, or lost.
func (s *Server) voteKey(v *visit) error {
	c, o, err := v.ownKeyAsked()
	if err != nil {
		return err
	}
	const heading = "Your voting key"
	if why := whyNoKey(v, c, o); why != nil {
		return v.stop(c, heading, *why)
	}
	p := voteKeyPage{
		UUID: o.Enrol.UUID, Group: o.Enrol.Group, Open: o.Enrol.Open, Action: c.path() + "/key", Carry: c.path() + "/carry", Done: c.path() + "/key?done=made",
		File: "voting-key-" + c.Code + "-" + c.Contest.Code + ".txt", Script: true,
		Without: []string{
			"Your browser runs no scripts, and the key is made by one.", "You need not do anything: a code to vote with comes from the registrar.",
		},
		Lost: "If you lose your key or your code before you have voted, the registrar gives you a code in its place, and the lost one stops working.",
	}
	if o.Key != nil {
		p.Held, p.How = o.Key.Public, string(o.Key.How)
	}
	f := v.frame()
	f.Back = c.back()
	f.Kicker, f.Heading = c.title(), heading
	f.Sentence = v.keySentence(c, o)
	switch {
	case o.Key == nil && !p.Open:
		p.Script = false
	case o.Key != nil && o.Key.How != box.Enrolled && !p.Open:
		p.Script = false
		p.Lost = "You type the code in the booth. " + p.Lost
	case o.Key != nil && o.Key.How == box.Enrolled:
		p.Without = []string{"Your browser runs no scripts, so it cannot say whether it has your key, and the booth does not run in it.", "Ask the registrar for a code, or the returning officer for a ballot paper."}
	}
	if v.r.URL.Query().Get("done") == "made" && o.Key != nil {
		f.Notice = page.Notice{Done: true, Text: "Your key is made. Save it as a file before you close this page."}
	}
	if p.Script {
		f.Modules = v.modules("vote_key.js")
	}
	f.Data = p
	return v.show(http.StatusOK, "vote_key", f)
}

// ownKeyAsked is the contest whose key the visitor asks about, with what they are to it.
func (v *visit) ownKeyAsked() (vote, ownVote, error) {
	c, err := v.voteAsked()
	if err != nil {
		return c, ownVote{}, err
	}
	o, err := v.ownIn(c)
	return c, o, err
}

// whyNoKey says why there is nothing to make or to find, nil where there is.
func whyNoKey(v *visit, c vote, o ownVote) *stopped {
	switch {
	case c.stage == poll.Abandoned || !c.Contest.Uncontested.IsZero():
		return &stopped{"There is no vote, so no key is needed", v.stands(c.seen), ""}
	case c.stage.Rank() > poll.Open.Rank():
		return &stopped{"Voting is over", v.stands(c.seen), "The key is of no use any more. You may throw its file away."}
	case c.Contest.Roll == nil:
		return &stopped{"It is too early to make a key", "Keys are made by those who are on the roll. It is made after " + v.closesOn(c, timetable.Roll) + ".", ""}
	case !o.Eligible.OnRoll:
		return &stopped{o.Eligible.Answer, o.Eligible.Rule + " " + toYou(o.Eligible.Fact), o.Eligible.Object}
	}
	return nil
}

func (v *visit) keySentence(c vote, o ownVote) string {
	switch {
	case o.Enrol.Open:
		return "You can make it, and replace it, until the end of " + v.closesOn(c, timetable.CredentialsClose) + ". Everybody else gets a code from the registrar."
	case o.Key == nil && c.stage.Rank() < poll.Announced.Rank():
		return "It is too late to make one in a browser. A code comes from the registrar before voting opens."
	case o.Key == nil:
		return "You have none. Ask the registrar for a code."
	case o.Key.How == box.Enrolled:
		return "You made it in a browser on " + v.dayOf(o.Key.Made) + "."
	}
	return "A code came to you from the registrar."
}

// keyMade is the answer to the browser that made a key.
type keyMade struct {
	Public string `json:"public"`
}

// voteKeyEnrol keeps the public part of a key that the visitor's browser made.
func (s *Server) voteKeyEnrol(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	public := form.Get("public")
	if public == "" {
		return fault.Fieldf("public", "a voting key is made by the script of this page; without it a code comes from the registrar")
	}
	err = v.house.Boxes.Enrol(v.ctx, v.org.ID, c.Contest.ID, v.actor.Person, public)
	switch {
	case fault.Is(err, fault.Conflict):
		return fault.Wrap(fault.Conflict, err, "keys cannot be made in a browser now; a code comes from the registrar")
	case fault.Is(err, fault.Forbidden):
		return fault.Wrap(fault.Forbidden, err, "you are not on the roll of this vote")
	case fault.Is(err, fault.Invalid):
		return fault.Wrap(fault.Invalid, err, "this is not the public part of a key for this vote")
	case err != nil:
		return err
	}
	if v.script() {
		v.writeJSON(http.StatusOK, keyMade{public})
		return nil
	}
	return v.redirect(c.path() + "/key")
}

// voteCarry is the page that a QR code opens on another device. The key stands behind
// the # of the address and is not sent to us, so whoever opens it need not be signed
// in.
func (s *Server) voteCarry(v *visit) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = c.back()
	f.Kicker, f.Heading = c.title(), "Bring your voting key"
	f.Sentence = "The key goes from one of your devices to another, and not to us."
	f.Modules = v.modules("vote_key.js")
	f.Data = voteKeyPage{
		UUID: c.Contest.UUID, Group: v.house.PlannedGroup(c.Poll), Done: c.path(), Script: true,
		Without: []string{"Your browser runs no scripts, so it cannot keep the key."},
	}
	return v.show(http.StatusOK, "vote_key", f)
}
