package web

import (
	"net/http"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

// waveAbandon asks whether a survey is to be abandoned, and why.
func (s *Server) waveAbandon(p *planned) error {
	return p.showAbandon(http.StatusOK, whyField(nil, abandonHint), "")
}

func (p *planned) showAbandon(status int, why *page.TextArea, wrong string) error {
	if !p.mayAbandon() {
		return p.refuse("This survey cannot be abandoned", "Its results are released, or it ended before.", "What was released stays.", page.Link{})
	}
	f := p.frameOf("Abandon this survey?", "This cannot be taken back. What was answered is never released.")
	a := conductAct{
		Action: p.at("abandon"), Groups: ask(why), Button: page.Button{Text: "Abandon the survey", Kind: page.Warning}, Cancel: page.Link{Text: "Go on with it", Href: p.at()},
		Effects: []string{"Nobody can answer it any more, and no result of it is shown to anybody.", "What was done stays in the record, with your name and the reason.", "To ask again, plan another survey."},
	}
	if p.stage == wave.Draft {
		f.Heading, f.Sentence = "Drop this draft?", "Nobody was told of it."
		a.Button.Text, a.Cancel.Text = "Drop the draft", "Keep it"
		a.Effects = []string{"The draft cannot be called any more. That there was one stays in the record."}
	}
	return p.showAct(status, f, a, wrong)
}

// waveAbandonDo abandons it.
func (s *Server) waveAbandonDo(p *planned) error {
	form, err := p.form()
	if err != nil {
		return err
	}
	why := whyField(form, abandonHint)
	if why.Error != "" {
		return p.showAbandon(http.StatusUnprocessableEntity, why, "")
	}
	done := "abandoned"
	if p.stage == wave.Draft {
		done = "dropped"
	}
	err = p.house.AbandonWave(p.ctx, p.actor.Person, p.org.ID, p.w.ID, form.Get("reason"))
	if refusable(err) {
		var other string
		p.refusedAt(err, &other, map[string]*string{"reason": &why.Error})
		return p.showAbandon(http.StatusUnprocessableEntity, why, other)
	}
	if err != nil {
		return err
	}
	return p.redirect(planRoot + "?done=" + done)
}
