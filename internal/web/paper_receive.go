package web

import (
	"net/http"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

// paperFind finds a voter by number.
func (s *Server) paperFind(v *papers) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(form.Get("voter"))
	n, err := strconv.Atoi(typed)
	if err != nil {
		return v.showPaper(http.StatusUnprocessableEntity, typed, "Type the number of the voter, in digits.")
	}
	if _, err := v.house.Papers.Look(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, n); fault.Is(err, fault.NotFound) {
		return v.showPaper(http.StatusUnprocessableEntity, typed, "No voter on this roll has the number "+strconv.Itoa(n)+". Look at the envelope again, or ask the caller again.")
	} else if err != nil {
		return err
	}
	return v.redirect(v.at("voters", strconv.Itoa(n)))
}

// paperVoter asks what came from a voter.
func (s *Server) paperVoter(v *papers) error { return v.showVoter(http.StatusOK, nil, nil) }

func (v *papers) showVoter(status int, typed map[string]string, wrong error) error {
	who, err := v.voterAsked()
	if err != nil {
		return err
	}
	number := strconv.Itoa(who.Number)
	came, err := v.cameFrom(who)
	if err != nil {
		return err
	}
	f := v.frameOf("Voter "+number, "")
	form := paperForm{Action: v.at("voters", number), Hidden: page.Defs{{Term: "came", Fact: came}}, Cancel: page.Link{Text: "Another voter", Href: v.at()}}
	if who.Weight > 1 && v.room.Shape.Weighted {
		form.Answers = page.Defs{{Term: "Votes", Fact: strconv.Itoa(who.Weight)}}
	}
	late := page.Checkboxes{Name: "late", Legend: "When did it arrive?", Options: []page.Option{{Value: "yes", Label: "It arrived before voting closed", Hint: "Voting closed " + v.whenIs(v.room.Closes) + ". What arrived later is not entered and not opened."}}}
	switch {
	case who.By != "" && !v.has(paper.Paper):
		f.Sentence = "A vote of this voter has come already. Tell the caller that it cannot be changed."
		f.Data = page.Empty("What happened", "A vote came "+channelWords(who.By)+". In this vote one vote counts, the first that comes on paper or by telephone or is on the web before it.", page.Link{Text: "Another voter", Href: v.at()})
		return v.show(status, "fault", f)
	case who.By != "":
		f.Sentence = "A vote of this voter has come already, " + channelWords(who.By) + "."
		form.Text = []string{"If you hold an envelope from this voter, do not open it. Enter it: it is listed as disqualified. If the voter is on the telephone, tell them that a vote has come and cannot be changed."}
		form.Button = page.Button{Text: "Enter the envelope as disqualified"}
	case v.has(paper.Paper):
		f.Sentence = "No vote of this voter has come."
		form.Text = []string{"Compare the number on the envelope with the one above. Once the envelope is entered this voter cannot vote on the web any more."}
		form.Button = page.Button{Text: "Enter the envelope"}
	default:
		f.Sentence = "No vote of this voter has come."
	}
	if v.has(paper.Paper) && v.closed() {
		v.wrongAt(wrong, &late.Error, nil)
		if typed["late"] == "yes" {
			late.Values = []string{"yes"}
		}
		form.Fields = append(form.Fields, late)
		f.Errors = page.Problems(late)
	} else if wrong != nil {
		f.Errors = []page.Error{{Field: "maincontent", Message: v.words(wrong)}}
	}
	if who.By == "" && v.has(paper.Telephone) && v.open() {
		call := page.Button{Text: "Take a vote by telephone", Href: v.at("voters", number, "call")}
		if v.has(paper.Paper) {
			form.Cancel = page.Link{Text: "The voter is on the telephone", Href: call.Href}
		} else {
			f.Data = []paperSection{{Text: []string{"Ask the caller who they are, in the way that the returning officer has laid down, before you go on."}, Button: call}}
			return v.show(status, "paper_page", f)
		}
	}
	if !v.has(paper.Paper) {
		f.Data = page.Empty("Why", "Votes by telephone are taken only while voting is open.", page.Link{Text: "Back", Href: v.at()})
		return v.show(status, "fault", f)
	}
	f.Data = form
	return v.show(status, "paper_form", f)
}

// cameFrom is what had come from a voter when a page was shown. A form that was sent
// twice is told by it: without it the second sending would be another envelope.
func (v *papers) cameFrom(who paper.Voter) (string, error) {
	list, err := v.allMarks()
	n := 0
	for _, m := range list {
		if m.Voter == who.Number {
			n++
		}
	}
	return who.By + " " + strconv.Itoa(n), err
}

// channelWords say by which channel a vote came.
func channelWords(by string) string {
	if by == "web" {
		return "on the web"
	}
	return paper.Channel(by).Title()
}

// paperReceive enters an envelope.
func (s *Server) paperReceive(v *papers) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	who, err := v.voterAsked()
	if err != nil {
		return err
	}
	came, err := v.cameFrom(who)
	if err != nil {
		return err
	}
	if came != form.Get("came") {
		return v.showVoter(http.StatusConflict, nil, fault.Errorf(fault.Conflict, "something was entered of this voter since the page was shown. If it was the envelope in your hand, there is nothing more to do"))
	}
	late := form.Get("late") == "yes"
	if v.closed() && !late {
		return v.showVoter(http.StatusUnprocessableEntity, nil, fault.Fieldf("late", "voting has closed. Enter the envelope only if it arrived before, and say so here"))
	}
	m, err := v.house.Papers.Receive(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, who.Number, late)
	if refusable(err) {
		return v.showVoter(http.StatusUnprocessableEntity, map[string]string{"late": form.Get("late")}, err)
	}
	if err != nil {
		return err
	}
	done := "received"
	if m.State == paper.Disqualified {
		done = "disqualified"
	}
	return v.redirect(v.at() + "?done=" + done + "&voter=" + strconv.Itoa(who.Number))
}

// paperReason is a form that asks why.
func (v *papers) paperReason(status int, f page.Frame, form paperForm, label, hint, typed string, wrong error) error {
	why := page.TextArea{Name: "reason", Label: label, Hint: hint, Value: typed, Rows: 2}
	v.wrongAt(wrong, &why.Error, nil)
	form.Fields = append(form.Fields, why)
	f.Errors = page.Problems(why)
	f.Data = form
	return v.show(status, "paper_form", f)
}

// paperSpoiltShow asks why there is nothing to count in an envelope.
func (s *Server) paperSpoiltShow(v *papers) error { return v.showSpoilt(http.StatusOK, "", nil) }

func (v *papers) showSpoilt(status int, typed string, wrong error) error {
	who, err := v.voterAsked()
	if err != nil {
		return err
	}
	number := strconv.Itoa(who.Number)
	f := v.frameOf("Nothing to count in the envelope of voter "+number+"?", "The voter has voted all the same, and the envelope is counted as spoilt.")
	return v.paperReason(status, f, paperForm{
		Action: v.at("voters", number, "spoilt"), Button: page.Button{Text: "Enter it as spoilt", Kind: page.Warning}, Cancel: page.Link{Text: "Cancel", Href: v.at()},
	}, "What was in it?", "Such as: no paper, or two papers. Do not say what is on a paper.", typed, wrong)
}

func (s *Server) paperSpoilt(v *papers) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	who, err := v.voterAsked()
	if err != nil {
		return err
	}
	err = v.house.Papers.SpoilEnvelope(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, who.Number, form.Get("reason"))
	if refusable(err) {
		return v.showSpoilt(http.StatusUnprocessableEntity, form.Get("reason"), err)
	}
	if err != nil {
		return err
	}
	return v.redirect(v.at() + "?done=spoilt&voter=" + strconv.Itoa(who.Number))
}

// paperBackShow asks why an envelope is taken back.
func (s *Server) paperBackShow(v *papers) error { return v.showBack(http.StatusOK, "", nil) }

func (v *papers) showBack(status int, typed string, wrong error) error {
	who, err := v.voterAsked()
	if err != nil {
		return err
	}
	number := strconv.Itoa(who.Number)
	f := v.frameOf("Take the envelope of voter "+number+" back?", "This is for a number that was entered by mistake. The record keeps that it was entered, and why it was taken back.")
	return v.paperReason(status, f, paperForm{
		Action: v.at("voters", number, "back"), Button: page.Button{Text: "Take it back", Kind: page.Warning}, Cancel: page.Link{Text: "Cancel", Href: v.at("reckoning")},
		Follows: []string{"If another envelope of this voter is listed as disqualified, the last one of those goes.", "Otherwise the voter has not voted, and may vote while voting is open."},
	}, "Why?", "Such as: the number was 21, and 12 was typed.", typed, wrong)
}

func (s *Server) paperBack(v *papers) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	who, err := v.voterAsked()
	if err != nil {
		return err
	}
	err = v.house.Papers.TakeBack(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, who.Number, form.Get("reason"))
	if refusable(err) {
		return v.showBack(http.StatusUnprocessableEntity, form.Get("reason"), err)
	}
	if err != nil {
		return err
	}
	return v.redirect(v.at("reckoning") + "?done=back&voter=" + strconv.Itoa(who.Number))
}
