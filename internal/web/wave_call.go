package web

import (
	"net/http"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

// waveCall shows all of a draft before it is called.
func (s *Server) waveCall(p *planned) error { return p.showCall(http.StatusOK, "") }

func (p *planned) showCall(status int, wrong string) error {
	if p.stage != wave.Draft {
		return p.fixed()
	}
	look, err := p.house.Waves.Foresee(p.ctx, p.org.ID, p.w.ID)
	if err != nil {
		return err
	}
	f := p.frameOf("Check before you call the survey", "Nothing is fixed yet. Calling it cannot be taken back: it can only be abandoned.")
	if missing := p.missing(look); len(missing) > 0 {
		f.Heading, f.Sentence = "This survey cannot be called yet", missing[0]
		f.Data = page.Refused("What is missing", page.List(missing), "Nothing was changed.", page.Link{Text: "Back to the draft", Href: p.at()})
		return p.show(http.StatusConflict, "fault", f)
	}
	hash, err := p.w.Instrument.Hash()
	if err != nil {
		return err
	}
	a := conductAct{
		Action: p.at("call"), Summary: p.planSummary(false), Button: page.Button{Text: "Call the survey", Kind: page.Warning}, Cancel: page.Link{Text: "Change it first", Href: p.at()},
		Sections: []conductSection{
			p.questionSection(),
			p.treeSection("Who is asked, by team", look.Units, look.Eligible, look.Unplaced),
			groupSection(look.Groups),
			{Heading: "What is fixed with its hash", Text: []string{"The questions with the way in which they are scored, as one text. Its SHA-256 goes into the notice, and answers are given under it."}, Show: []page.Component{page.Defs{{Term: "SHA-256 of the questions", Fact: hash}}}},
		},
		Effects: []string{
			"The questions, the scoring, who is asked, the teams, the days and the smallest group that is shown are fixed. Nobody changes them after this, for any reason.",
			"A key is made that signs one pass for each person who is asked. Its public half and the hashes are in the notice, and the notice is in the record.",
			"Everybody who is asked sees the survey from now on. It opens by itself on " + p.onDay(p.w.Opens) + " and closes by itself " + p.closesWords() + ".",
		},
	}
	return p.showAct(status, f, a, wrong)
}

// missing is what keeps a draft from being called, in sentences.
func (p *planned) missing(look wave.Foresight) []string {
	out := append([]string(nil), look.Missing...)
	if p.house.Answers == nil {
		out = append(out, noAnswerSide)
	}
	return out
}

const noAnswerSide = "This machine has no database for answers, so no survey can be opened. Whoever runs it starts it with --answers."

// questionSection lists what is asked.
func (p *planned) questionSection() conductSection {
	var questions []string
	for _, q := range p.w.Instrument.Questions {
		text := q.Text.In("en")
		if text == "" {
			text = q.Label.In("en")
		}
		questions = append(questions, text)
	}
	return conductSection{Heading: "What is asked", Show: []page.Component{page.Details{Summary: "See all " + count(len(questions), "question", "questions"), Paragraphs: questions}}}
}

// groupSection is the staff groups of a survey.
func groupSection(groups []wave.Group) conductSection {
	t := page.Table{Caption: "Staff groups", Columns: []page.Column{{Head: "Staff group"}, {Head: "People", Number: true}}}
	for _, g := range groups {
		t.Rows = append(t.Rows, page.Row{{Text: g.Name}, {Text: number(g.Eligible)}})
	}
	return conductSection{Heading: "Staff groups", Show: []page.Component{t}}
}
