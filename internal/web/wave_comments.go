package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
	"commonweal/internal/web/page"
	"commonweal/survey/comment"
)

// Comments stay with those who decide until two of them, each by themselves, agree on
// words in which nobody can be found. What a comment said as it was written, nobody else
// ever sees.

// gatePage is the list of comments for those who decide.
type gatePage struct {
	Figures page.Figures
	Items   []gateItem
	Text    []string
}

// gateItem is a comment in that list.
type gateItem struct {
	Text  string
	State page.State
	Href  string
	Note  string
}

const gateRows = 50

// waveComments lists the comments of a survey with what was decided.
func (s *Server) waveComments(p *planned) error {
	if stop, err := p.gateStop(); stop {
		return err
	}
	list, mine, err := p.house.GateComments(p.ctx, p.actor.Person, p.org.ID, p.w.ID)
	if fault.Is(err, fault.Conflict) {
		return p.notYet("No comment can be read yet", p.refusalWords(err))
	}
	if err != nil {
		return err
	}
	var shown, withheld int
	g := gatePage{}
	waits := 0
	for _, c := range list {
		item := gateItem{Href: p.at("comments", c.ID), Text: clip(openingLine(c.Text), 140)}
		decided := slices.ContainsFunc(c.Readings, func(r answers.Reading) bool { return r.Reader == mine })
		_, isShown := c.Shown()
		_, isWithheld := c.Withheld()
		switch {
		case isShown:
			shown++
			item.State = page.State{Word: "Shown", Kind: page.StateDone}
		case isWithheld:
			withheld++
			item.State = page.State{Word: "Withheld", Kind: page.StateDone}
		case c.KeptBack() && decided:
			item.State = page.State{Word: "Kept back by one reader", Kind: page.StateOpen}
		case c.KeptBack():
			waits++
			item.State = page.State{Word: "Kept back: waits for you as second reader", Kind: page.StateYours}
		case len(c.Readings) > 1:
			waits++
			item.State = page.State{Word: "Two readings differ", Kind: page.StateLate}
		case decided:
			item.State = page.State{Word: "Waits for a second reader", Kind: page.StateOpen}
		case len(c.Readings) == 1:
			waits++
			item.State = page.State{Word: "Waits for you as second reader", Kind: page.StateYours}
		default:
			waits++
			item.State = page.State{Word: "Nobody has read it", Kind: page.StateOpen}
		}
		if !isShown && !isWithheld && len(g.Items) < gateRows {
			g.Items = append(g.Items, item)
		}
	}
	f := p.frameOf("Comments: what is let through", gateSentence(len(list), waits))
	f.Notice = doneNotice(p.visit, map[string]string{"kept": "Your decision is kept."})
	g.Figures = page.Figures{Small: true, Items: []page.Figure{
		{Value: number(len(list)), Label: "comments were written"}, {Value: number(shown), Label: "are shown, in the words of two readers"}, {Value: number(withheld), Label: "are withheld by two readers, each with a reason"},
	}}
	g.Text = []string{
		"What you read here is for the engagement lead and the staff side alone. Do not copy it, and do not guess who wrote it.",
		"Names, places and numbers that the program found are taken out in the proposal. It misses some, and it cannot see that a story gives somebody away: that is for you to see.",
	}
	if len(list) > 0 && shown+withheld == len(list) {
		g.Text = append(g.Text, "Every comment is decided.")
	}
	f.Data = g
	return p.show(http.StatusOK, "wave_gate", f)
}

func gateSentence(all, waits int) string {
	switch {
	case all == 0:
		return "Nobody wrote a comment."
	case waits == 0:
		return "None waits for you."
	}
	return phrase(waits, "comment waits", "comments wait") + " for you. Two people read each."
}

func openingLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// gateStop answers for a survey without comments.
func (p *planned) gateStop() (bool, error) {
	switch {
	case !p.w.Comments:
		return true, p.notYet("There are no comments", "Nobody was asked for a comment in this survey.")
	case p.house.Answers == nil:
		return true, p.notYet("No comment can be read", noAnswerSide)
	case !p.w.Ended.IsZero():
		return true, p.notYet("The comments are erased", "They were erased with the answers on "+p.day(p.w.Ended)+".")
	}
	return false, nil
}

// gated finds one comment, with the reader that the visitor is.
func (p *planned) gated() (answers.Gated, string, error) {
	list, mine, err := p.house.GateComments(p.ctx, p.actor.Person, p.org.ID, p.w.ID)
	if err != nil {
		return answers.Gated{}, "", err
	}
	for _, c := range list {
		if c.ID == p.r.PathValue("comment") {
			return c, mine, nil
		}
	}
	return answers.Gated{}, "", fault.Errorf(fault.NotFound, "there is no such comment")
}

// gateForm is one comment to be decided about.
type gateForm struct {
	Action, Raw string
	Found       []string
	Before      *page.Panel
	Verdict     page.Radios
	Text        page.TextArea
	Reason      page.TextArea
	Cancel      string
}

// waveComment shows one comment with what is proposed.
func (s *Server) waveComment(p *planned) error { return p.showComment(http.StatusOK, nil) }

func (p *planned) showComment(status int, form url.Values) error {
	if stop, err := p.gateStop(); stop {
		return err
	}
	c, mine, err := p.gated()
	if fault.Is(err, fault.Conflict) {
		return p.notYet("No comment can be read yet", p.refusalWords(err))
	}
	if err != nil {
		return err
	}
	scrubber, err := p.house.Scrubber(p.ctx, p.org.ID)
	if err != nil {
		return err
	}
	scrubbed := scrubber.Scrub(c.Text)
	d := gateForm{Action: p.at("comments", c.ID), Raw: c.Text, Cancel: p.at("comments"), Found: foundIn(c.Text, scrubbed)}
	d.Verdict = page.Radios{Name: "verdict", Legend: "May it be shown?", Options: []page.Option{
		{Value: string(answers.Show), Label: "Show it in the words below"}, {Value: string(answers.Withhold), Label: "Withhold it", Hint: "It stays back once a second reader agrees. Two who would show it in the same words bring it back. The reason stays with those who decide; how many are withheld, everybody sees."},
	}}
	d.Text = page.TextArea{Name: "text", Label: "The words that would be shown", Hint: "Change what still gives somebody away, such as a shift, an event, or a post that one person holds. Put [name], [place] or another word in brackets in its place.", Rows: 6, Value: scrubbed.Text}
	d.Reason = page.TextArea{Name: "reason", Label: "Why is it withheld?", Hint: "Only if it is. Write no name.", Rows: 2}
	for _, r := range c.Readings {
		if r.Reader == mine {
			d.Verdict.Value, d.Reason.Value = string(r.Verdict), r.Reason
			if r.Verdict == answers.Show {
				d.Text.Value = r.Text
			}
			continue
		}
		other := page.Panel{Title: "What the other reader decided", Paragraphs: []string{"To withhold it: " + r.Reason}}
		if r.Verdict == answers.Show {
			other.Paragraphs = []string{"To show it in these words: " + r.Text, "It is shown once both of you have the same words."}
			if form == nil && d.Verdict.Value == "" {
				d.Text.Value = r.Text
			}
		}
		d.Before = &other
	}
	if form != nil {
		d.Verdict.Value, d.Text.Value, d.Reason.Value = form.Get("verdict"), form.Get("text"), form.Get("reason")
		switch {
		case d.Verdict.Value == "":
			d.Verdict.Error = "Choose whether it may be shown."
		case d.Verdict.Value == string(answers.Withhold) && blank(d.Reason.Value):
			d.Reason.Error = "Say why it is withheld."
		case d.Verdict.Value == string(answers.Show) && blank(d.Text.Value):
			d.Text.Error = "Nothing is left to show. Withhold it instead."
		}
	}
	f := p.frameOf("One comment", "Read it as somebody would who knows the place. Could they tell who wrote it, or who it is about?")
	f.Back = page.Link{Text: "All comments", Href: p.at("comments")}
	f.Errors = page.Problems(d.Verdict, d.Text, d.Reason)
	f.Data = d
	return p.show(status, "wave_comment", f)
}

var foundKinds = map[comment.Kind]string{
	comment.Name: "a name", comment.Place: "a place", comment.Contact: "an address or telephone number", comment.Number: "a number", comment.Date: "a day",
	comment.Job: "a post", comment.Only: "words by which somebody singles themselves out",
}

// foundIn says what the program found, and of what it is not sure.
func foundIn(raw string, s comment.Scrubbed) []string {
	var out []string
	for _, span := range s.Spans {
		if span.Start < 0 || span.End > len(raw) || span.Start >= span.End {
			continue
		}
		text := "“" + raw[span.Start:span.End] + "”, " + foundKinds[span.Kind]
		if span.Doubtful {
			text += ": perhaps. It is left in, look whether it has to go"
		} else {
			text += ": taken out"
		}
		out = append(out, text+".")
	}
	return out
}

// waveCommentDo keeps a decision.
func (s *Server) waveCommentDo(p *planned) error {
	form, err := p.form()
	if err != nil {
		return err
	}
	if stop, err := p.gateStop(); stop {
		return err
	}
	r := answers.Reading{Verdict: answers.Verdict(form.Get("verdict")), Text: strings.ReplaceAll(form.Get("text"), "\r\n", "\n"), Reason: form.Get("reason")}
	err = p.house.DecideComment(p.ctx, p.actor.Person, p.org.ID, p.w.ID, p.r.PathValue("comment"), r)
	if refusable(err) {
		return p.showComment(http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return p.redirect(p.at("comments") + "?done=kept")
}
