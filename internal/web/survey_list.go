package web

import (
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type surveyListPage struct {
	Empty  *page.Panel
	Now    page.Waits // open, and no pass is fetched yet
	Drawn  page.Links // open, and the pass is fetched
	Others page.Links // open, and not theirs
	Coming page.Links
	Counts page.Links // closed, and nothing is out yet
	Found  page.Links // results are out
	Ended  page.Links // abandoned
	Look   page.Links
	Work   page.Links
}

// surveyList is all surveys: what waits first, then what was found.
func (s *Server) surveyList(v *visit) error {
	list, err := v.surveys()
	if err != nil {
		return err
	}
	p := surveyListPage{}
	for _, one := range list {
		if err := v.listSurvey(&p, one); err != nil {
			return err
		}
	}
	p.Look, p.Work = v.surveyLinks()
	f := v.frame()
	f.Heading = "Surveys"
	f.Sentence = surveysSentence(p)
	if len(list) == 0 {
		panel := page.Empty("No surveys yet", "When you are asked what it is like to work here, it stands here: what is asked, who sees what, and until when. The engagement lead calls a survey.", page.Link{})
		p.Empty = &panel
		f.Sentence = ""
	} else {
		f.Files = []page.Files{v.files("/surveys", "the surveys", law.Date{})}
	}
	f.Data = p
	return v.show(http.StatusOK, "survey_list", f)
}

// surveyLinks are what follows from surveys, and the pages of those who run them.
func (v *visit) surveyLinks() (look, work page.Links) {
	if v.can(policy.ActionView) {
		look = append(look, page.LinkLine{Text: "What is being done", Href: "/surveys/actions", Note: "what followed from what you said, by whom, and by when"})
	}
	if v.can(policy.FriendsView) {
		look = append(look, page.LinkLine{Text: "Friends and family", Href: "/surveys/friends", Note: "what patients say, month by month"})
	}
	if v.can(policy.SurveyPlan) || v.can(policy.SlipIssue) || v.can(policy.SheetKey) || v.can(policy.CommentGate) {
		work = append(work, page.LinkLine{Text: "Running surveys", Href: "/surveys/plan", Note: "what is next in each survey, and who has to do it"})
	}
	return v.there(look), v.there(work)
}

// there keeps the links to pages that this server has.
func (v *visit) there(links page.Links) page.Links {
	var out page.Links
	for _, l := range links {
		if v.patterns["GET "+l.Href] {
			out = append(out, l)
		}
	}
	return out
}

// listSurvey puts a survey where it belongs on the page.
func (v *visit) listSurvey(p *surveyListPage, s survey) error {
	line := page.LinkLine{Text: s.Title, Href: s.path(), Note: v.surveyStands(s)}
	switch s.stage {
	case wave.Called:
		p.Coming = append(p.Coming, line)
	case wave.Open:
		st, err := v.standsTo(s)
		if err != nil {
			return err
		}
		switch {
		case st.Eligible && !st.Drawn:
			p.Now = append(p.Now, v.surveyWait(s))
		case st.Eligible:
			line.Note += " You have your pass. Whether you have answered is known to nobody."
			p.Drawn = append(p.Drawn, line)
		default:
			p.Others = append(p.Others, line)
		}
	case wave.Closed:
		p.Counts = append(p.Counts, line)
	case wave.Released, wave.Ended:
		line.Href += "/results"
		if s.BroughtIn() {
			line.Note = "Closed on " + v.day(s.Closes) + ". Held by " + s.Source + ": that everybody answered once cannot be shown for it."
		}
		p.Found = append(p.Found, line)
	case wave.Abandoned:
		line.Note += " " + s.Reason
		p.Ended = append(p.Ended, line)
	}
	return nil
}

// surveyWait is a survey that is open to the visitor, who has no pass for it yet.
func (v *visit) surveyWait(s survey) page.Wait {
	n := len(s.Instrument.Questions)
	return page.Wait{
		Title: s.Title, Href: s.path(), When: v.weekday(s.Closes),
		Why: page.Begin(few(n, "question", "questions")) + ". Fetch your one-time pass, then answer when and where you like.",
	}
}

func surveysSentence(p surveyListPage) string {
	switch open := len(p.Now) + len(p.Drawn) + len(p.Others); {
	case len(p.Now) > 0:
		return page.Begin(few(len(p.Now), "survey waits", "surveys wait")) + " for you."
	case len(p.Drawn) > 0:
		return "You have your pass. Answer when you like, until the survey closes."
	case open > 0:
		return page.Begin(few(open, "survey is", "surveys are")) + " open, and you are not among those who are asked."
	}
	return "No survey is open now."
}
