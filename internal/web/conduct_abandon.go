package web

import (
	"net/http"
	"strings"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

// stepField is how the room names a step in a refusal.
func stepField(s timetable.Step) string { return strings.ReplaceAll(string(s), "-", "_") }

// conductAbandon asks whether a vote is to be abandoned, and why.
func (s *Server) conductAbandon(c *conduct) error {
	return c.showAbandon(http.StatusOK, whyField(nil, abandonHint), "")
}

const abandonHint = "Everybody can read it. Write nothing about anybody’s health or private life."

func (c *conduct) showAbandon(status int, why *page.TextArea, wrong string) error {
	if !c.p.Called.IsZero() {
		if err := c.only(poll.ReturningOfficer); err != nil {
			return err
		}
	}
	if !c.mayAbandon() {
		f := c.frameOf("This vote cannot be abandoned", "")
		f.Data = page.Refused("Why", "Its result is declared, or it was abandoned before.", "A declared result can be questioned until the day that the rules give.", page.Link{Text: "Back to the vote", Href: c.at()})
		return c.show(http.StatusConflict, "fault", f)
	}
	f := c.frameOf("Abandon this vote?", "This cannot be taken back. The vote ends here, without a result.")
	a := conductAct{
		Action: c.at("abandon"), Groups: ask(why), Button: page.Button{Text: "Abandon the vote", Kind: page.Warning}, Cancel: page.Link{Text: "Go on with it", Href: c.at()},
		Effects: []string{"Nobody can vote in it any more, and no vote that was cast is opened.", "Everything that was done stays in the record, with your name and the reason.", "To ask the members again, prepare another vote."},
	}
	if c.p.Called.IsZero() {
		f.Heading, f.Sentence = "Drop this draft?", "Members were told nothing of it."
		a.Button.Text, a.Cancel.Text = "Drop the draft", "Keep it"
		a.Effects = []string{"The draft cannot be called any more. That there was one stays in the record."}
	}
	return c.showAct(status, f, a, wrong)
}

// conductAbandonDo abandons it.
func (s *Server) conductAbandonDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	why := whyField(form, abandonHint)
	if why.Error != "" {
		return c.showAbandon(http.StatusUnprocessableEntity, why, "")
	}
	err = c.house.AbandonPoll(c.ctx, c.actor.Person, c.org.ID, c.p.ID, form.Get("reason"))
	if refusable(err) {
		var other string
		c.wrongAt(err, &other, map[string]*string{"reason": &why.Error})
		return c.showAbandon(http.StatusUnprocessableEntity, why, other)
	}
	if err != nil {
		return err
	}
	return c.redirect(conductRoot + "?done=abandoned")
}
