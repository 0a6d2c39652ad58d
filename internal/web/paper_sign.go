package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

// paperSignShow asks for what the returning officer has counted.
func (s *Server) paperSignShow(v *papers) error { return v.showSign(http.StatusOK, nil, nil) }

// channelAsked is the channel that the address names.
func (v *papers) channelAsked() (paper.Figures, error) {
	by := paper.Channel(v.r.PathValue("channel"))
	if !v.has(by) {
		return paper.Figures{}, fault.Errorf(fault.NotFound, "nobody votes so in this vote")
	}
	return v.house.Papers.Figures(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, by)
}

func (v *papers) showSign(status int, form url.Values, wrong error) error {
	known, err := v.channelAsked()
	if err != nil {
		return err
	}
	if known.Signed != "" {
		return v.redirect(v.at("reckoning"))
	}
	issued := page.Text{Name: "issued", Label: "How many papers were given out?", Hint: "Those given in place of others too.", Value: form.Get("issued"), Width: 5, Mode: "numeric"}
	back := page.Text{Name: "handed_back", Label: "How many were handed back spoilt, and others given for them?", Value: form.Get("handed_back"), Width: 5, Mode: "numeric"}
	out := page.Text{Name: "not_returned", Label: "How many did not come back?", Value: form.Get("not_returned"), Width: 5, Mode: "numeric"}
	if known.Channel == paper.Telephone {
		issued.Label, issued.Hint = "How many calls were begun?", "By the list that the operators keep."
		back.Label = "In how many could no vote be taken?"
		out.Label = "How many ended before a vote was cast?"
	}
	v.wrongAt(wrong, &issued.Error, map[string]*string{"handed_back": &back.Error, "not_returned": &out.Error})
	f := v.frameOf("Sign the reckoning of votes "+known.Channel.Title(), "What you count has to fit what came, or nothing is counted.")
	f.Back = page.Link{Text: "The reckoning", Href: v.at("reckoning")}
	f.Errors = page.Problems(issued, back, out)
	f.Data = paperForm{
		Action: v.at("sign", string(known.Channel)), Answers: page.Defs{{Term: "Returned, to be counted", Fact: number(int64(known.Returned))}, {Term: "Spoilt in the envelope", Fact: number(int64(known.Spoilt))}, {Term: "Disqualified", Fact: number(int64(known.Disqualified))}},
		Fields: []page.Component{issued, back, out}, Button: page.Button{Text: "Continue"}, Cancel: page.Link{Text: "Cancel", Href: v.at("reckoning")},
	}
	return v.show(status, "paper_form", f)
}

// paperSign shows the sum, and then signs it.
func (s *Server) paperSign(v *papers) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	known, err := v.channelAsked()
	if err != nil {
		return err
	}
	var n paper.Count
	for _, one := range []struct {
		field string
		to    *int
	}{{"issued", &n.Issued}, {"handed_back", &n.HandedBack}, {"not_returned", &n.NotReturned}} {
		typed, ok := readWhole(form.Get(one.field))
		if !ok || typed < 0 || typed > 10_000_000 {
			return v.showSign(http.StatusUnprocessableEntity, form, fault.Fieldf(one.field, "say how many, in digits. If there is none, say 0"))
		}
		*one.to = int(typed)
	}
	f := known
	f.Issued, f.NotReturned, f.Spoilt = n.Issued, n.NotReturned, known.Spoilt+n.HandedBack
	if wrong := f.Wrong(); wrong != "" {
		return v.showSign(http.StatusUnprocessableEntity, form, fault.Fieldf("issued", "%s", wrong))
	}
	if form.Get("reviewed") != "yes" {
		return v.reviewSign(f, form)
	}
	err = v.house.Papers.Sign(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, known.Channel, n)
	if refusable(err) {
		return v.showSign(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	return v.redirect(v.at("reckoning") + "?done=signed")
}

// reviewSign shows what is about to be signed.
func (v *papers) reviewSign(f paper.Figures, form url.Values) error {
	p := v.frameOf("Do you sign this?", "After it no envelope is entered, no paper keyed and nothing ruled in this channel.")
	p.Back = page.Link{Text: "Change the figures", Href: v.at("sign", string(f.Channel))}
	hidden := page.Defs{{Term: "reviewed", Fact: "yes"}}
	for _, name := range []string{"issued", "handed_back", "not_returned"} {
		hidden = append(hidden, page.Def{Term: name, Fact: strings.TrimSpace(form.Get(name))})
	}
	p.Data = paperForm{
		Action: v.at("sign", string(f.Channel)), Hidden: hidden,
		Answers: page.Defs{
			{Term: "Issued", Fact: number(int64(f.Issued))},
			{Term: "Returned", Fact: number(int64(f.Returned))},
			{Term: "Spoilt", Fact: number(int64(f.Spoilt))},
			{Term: "Disqualified", Fact: number(int64(f.Disqualified))},
			{Term: "Not returned", Fact: number(int64(f.NotReturned))},
		},
		Follows: []string{"The figures and the hash of every batch are on the public board.", "The votes can be counted once every channel is signed."},
		Button:  page.Button{Text: "Sign the reckoning"}, Cancel: page.Link{Text: "Change the figures", Href: v.at("sign", string(f.Channel))},
	}
	return v.show(http.StatusOK, "paper_form", p)
}
