package web

import (
	"encoding/hex"
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

type voteEntryPage struct {
	Facts  page.Defs
	File   string
	Verify page.Verify
}

// ownEntry is the receipt of the visitor's line of the roll.
func (v *visit) ownEntry(c vote) (poll.Receipt, error) {
	r, err := v.house.Polls.OwnEntry(v.ctx, v.org.ID, c.Contest.ID, v.actor.Person)
	if fault.Is(err, fault.NotFound) {
		err = fault.Errorf(fault.NotFound, "you are not on the roll of this vote, or it is not made yet")
	}
	return r, err
}

// voteEntry shows the visitor that their line is under the seal of the roll.
func (s *Server) voteEntry(v *visit) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	r, err := v.ownEntry(c)
	if err != nil {
		return err
	}
	roll := c.Contest.Roll
	f := v.frame()
	f.Back = c.back()
	f.Kicker, f.Heading = c.title(), "Your line of the roll"
	f.Sentence = "You are voter " + number(r.Number) + " of " + number(roll.Entries) + ". Your line is under the seal of the roll."
	f.Data = voteEntryPage{
		Facts: page.Defs{
			{Term: "Voter", Fact: number(r.Number)},
			{Term: "Votes", Fact: number(r.Weight)},
			{Term: "Record date", Fact: v.day(roll.Day)},
			{Term: "Seal of the roll", Fact: r.Seal},
			{Term: "Secret of your line", Fact: hex.EncodeToString(r.Salt)},
		},
		File: c.path() + "/entry.json",
		Verify: page.Verify{
			Title: "What this shows",
			Intro: "The seal is the root of a tree of hashes (RFC 6962) over one line a voter. A line holds the voter’s number and a hash of who it is with a secret. Whoever has the receipt can work out the line and its way to the seal, and needs nothing from us but the seal, which stands in the notice of poll.",
			Steps: []page.Command{{
				Title: "Your line", Label: "What the line is made of",
				Text: "SHA-256 of: commonweal/roll/1, a zero byte, the secret, and\n{\"contest\":…,\"member\":…,\"number\":…,\"person\":…,\"weight\":…}", Output: "the commitment in your line",
			}},
			Limits: "who else is on the roll. Keep the receipt to yourself: it says that you are this voter.",
		},
	}
	return v.show(http.StatusOK, "vote_entry", f)
}

// voteEntryFile is the same as a file, which poll.Receipt.Check takes.
func (s *Server) voteEntryFile(v *visit) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	r, err := v.ownEntry(c)
	if err != nil {
		return err
	}
	return v.sendJSON("roll-"+c.Code+"-"+c.Contest.Code+"-voter-"+number0(int64(r.Number)), r)
}
