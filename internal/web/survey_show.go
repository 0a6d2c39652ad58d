package web

import (
	"net/http"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

type surveyShowPage struct {
	About    []string
	Reason   string // why it was abandoned
	Act      page.Actions
	Standing string // why the visitor is asked or is not
	Facts    page.Defs
	Parts    []surveyPart
	Minimum  int
	Comments int // fewest answers of a group whose comments are read; 0 for no comments
	Keep     string
	Own      bool // one of our own, with passes
	Links    page.Links
}

// surveyShow is one survey: what is asked, who sees what, when, and how to check it.
func (s *Server) surveyShow(v *visit) error {
	a, err := v.surveyAsked()
	if err != nil {
		return err
	}
	st, err := v.standsTo(a)
	if err != nil {
		return err
	}
	p := surveyShowPage{
		About: paragraphs(a.About), Reason: a.Reason, Parts: surveyParts(a.Instrument), Minimum: a.Minimum, Own: !a.BroughtIn(),
		Facts: page.Defs{{Term: "Open", Fact: v.day(a.Opens) + " to " + v.day(a.Closes)}, {Term: "Asked", Fact: v.whomInWords(a)}},
	}
	if a.Comments {
		p.Comments = a.CommentMinimum
	}
	if p.Own {
		p.Facts = append(p.Facts, page.Def{Term: "Languages", Fact: languagesInWords(a.Languages)})
		p.Keep = "Answers are erased after " + v.day(a.KeptUntil()) + "."
		if !a.Ended.IsZero() {
			p.Keep = "The answers were erased on " + v.day(a.Ended) + "."
		}
	}
	p.Act, p.Standing = v.surveyAct(a, st)
	p.Links = v.surveyMore(a)
	f := v.frame()
	f.Back = page.Link{Text: "Surveys", Href: "/surveys"}
	f.Kicker = page.Begin(a.Kind.Words())
	f.Heading = a.Title
	f.Sentence = v.surveyStands(a)
	f.Data = p
	return v.show(http.StatusOK, "survey_show", f)
}

// surveyAct is the one thing to do about a survey now, and how the visitor stands to it.
func (v *visit) surveyAct(a survey, st wave.Standing) (page.Actions, string) {
	results := page.Button{Text: "See what was found", Href: a.path() + "/results"}
	switch {
	case a.stage == wave.Released || a.stage == wave.Ended:
		return page.Actions{Button: results}, ""
	case a.stage != wave.Open || !v.isAsked():
		return page.Actions{}, st.Reason
	case !st.Eligible:
		return page.Actions{}, st.Reason
	case st.Slip:
		return page.Actions{Button: page.Button{Text: "Answer the survey", Href: v.answersAddress(a)}}, "You were given a paper slip. Its number lets you answer once."
	case st.Drawn:
		return page.Actions{Button: page.Button{Text: "Go to your pass", Href: a.path() + "/token"}}, "You have fetched your pass. Whether you have answered is known to nobody."
	}
	return page.Actions{Button: page.Button{Text: "Get your one-time pass", Href: a.path() + "/token"}}, st.Reason
}

// surveyMore are the other pages of a survey.
func (v *visit) surveyMore(a survey) page.Links {
	if a.BroughtIn() {
		return nil
	}
	out := page.Links{{Text: "How to check it", Href: a.path() + "/check", Note: "how many were asked, have a pass and have used it"}}
	if v.isAsked() {
		out = append(out, page.LinkLine{Text: "What is known of you", Href: a.path() + "/receipt", Note: "that you were asked, and whether you have a pass"})
	}
	return append(out, page.LinkLine{Text: "The notice", Href: a.path() + "/files/notice.json", Note: "JSON; what was fixed before the survey opened"})
}
