package web

import (
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/law"
)

var planDone = map[string]string{
	"abandoned": "The survey is abandoned. The reason is in the record.",
	"dropped":   "The draft is dropped. Nobody was told of it.",
}

// waveList lists the surveys of the organisation for those who run them.
func (s *Server) waveList(v *visit) error {
	plans, err := v.plans()
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Surveys", Href: "/surveys"}
	f.Heading = "Running surveys"
	f.Sentence = v.planListSentence(plans)
	f.Notice = doneNotice(v, planDone)
	var p conductPage
	if waits := v.planWaits(plans); len(waits) > 0 {
		p.Sections = append(p.Sections, conductSection{Heading: "What waits now", Show: []page.Component{waits}})
	}
	if len(plans) == 0 {
		p.Sections = append(p.Sections, conductSection{Show: []page.Component{page.Empty("No survey yet",
			"Every survey would be listed here, from its draft to its results. The engagement lead plans one.", page.Link{})}})
	} else {
		p.Sections = append(p.Sections, conductSection{Heading: "All surveys", Show: []page.Component{v.planTable(plans)}})
		f.Files = []page.Files{v.files(planRoot, "the surveys", v.today())}
	}
	if v.can(policy.SurveyPlan) {
		p.Sections = append(p.Sections, conductSection{
			Button: page.Button{Text: "Plan a survey", Href: planRoot + "/new"},
		}, conductSection{
			Links: page.Links{{Text: "Bring in a survey that somebody else asked", Href: planRoot + "/bring", Note: "From a file of answers, so that this year can be held against years before."}},
		})
	}
	return v.sections(f, p)
}

func (v *visit) planListSentence(plans []*planned) string {
	var open, drafts []*planned
	for _, p := range plans {
		switch p.stage {
		case wave.Open:
			open = append(open, p)
		case wave.Draft:
			drafts = append(drafts, p)
		}
	}
	switch {
	case len(open) == 1:
		return open[0].w.Title + " is open. It closes " + open[0].closesWords() + "."
	case len(open) > 1:
		return phrase(len(open), "survey is open.", "surveys are open.")
	case len(plans) == 0:
		return "No survey is planned, and none was held."
	case len(drafts) > 0:
		return "No survey is open. " + phrase(len(drafts), "draft waits to be called.", "drafts wait to be called.")
	}
	return "No survey is open."
}

func (v *visit) planTable(plans []*planned) page.Table {
	t := page.Table{Caption: "Surveys", Columns: []page.Column{{Head: "Survey"}, {Head: "Sort"}, {Head: "Asked", Wide: true}, {Head: "Where it stands"}}}
	for _, p := range plans {
		t.Rows = append(t.Rows, page.Row{{Text: p.w.Title, Href: p.at()}, {Text: kindTitle(p.w.Kind)}, {Text: p.span()}, {Show: p.state()}})
	}
	return t
}

// span is from when to when the survey is open.
func (p *planned) span() string {
	opens, closes := p.day(p.w.Opens), p.day(p.w.Closes)
	if p.w.BroughtIn() {
		return opens + " to " + closes + ", by " + p.w.Source
	}
	return opens + " to " + closes
}

// state is where the survey stands, with its shape.
func (p *planned) state() page.State {
	kind := page.StateDone
	switch p.stage {
	case wave.Draft, wave.Called, wave.Open:
		kind = page.StateOpen
	case wave.Closed:
		kind = page.StateYours
	}
	word := page.Begin(p.stage.Words())
	if p.stage == wave.Released {
		word = "Results released"
	}
	return page.State{Word: word, Kind: kind}
}

// waveListJSON is one survey as those who run it see it in a list.
type waveListJSON struct {
	Code      string     `json:"code"`
	Title     string     `json:"title"`
	Kind      wave.Kind  `json:"kind"`
	Stage     wave.Stage `json:"stage"`
	Opens     law.Date   `json:"opens"`
	Closes    law.Date   `json:"closes"`
	Eligible  int        `json:"eligible"`
	Answers   int        `json:"answers" doc:"How many came, once the counting is over; before it nought."`
	BroughtIn string     `json:"asked_by,omitempty" doc:"Who asked a survey that was brought in: that everybody answered once cannot be shown."`
}

func (p *planned) listed() waveListJSON {
	return waveListJSON{Code: p.w.Code, Title: p.w.Title, Kind: p.w.Kind, Stage: p.stage, Opens: p.w.Opens, Closes: p.w.Closes, Eligible: p.w.Eligible, Answers: p.w.Answers, BroughtIn: p.w.Source}
}

// apiPlans lists the surveys.
func (v *visit) apiPlans(q pageParams) (list[waveListJSON], error) {
	plans, err := v.plans()
	if err != nil {
		return list[waveListJSON]{}, err
	}
	var out []waveListJSON
	for _, p := range plans {
		out = append(out, p.listed())
	}
	return pageOf(q, "plans", out, func(j waveListJSON) string { return j.Opens.String() + j.Code })
}

// notYet answers a page that has nothing to show before the survey is at some stage.
func (p *planned) notYet(heading, why string) error {
	f := p.frameOf(heading, "")
	f.Data = page.Refused("Why", why, "Nothing was changed.", page.Link{Text: "Back to the survey", Href: p.at()})
	return p.show(http.StatusConflict, "fault", f)
}
