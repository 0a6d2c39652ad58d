package web

import (
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/law"
)

var waveDone = map[string]string{
	"changed": "The draft is changed.", "called": "The survey is called. It is fixed, and its notice is in the record.",
	"reminded": "The reminders are on their way.", "stack": "The stack is in the record, with its seal.", "released": "The results are released.",
	"brought": "The survey is brought in.",
}

// waveShow is one survey for those who run it: a draft with its steps, or where it
// stands and what waits.
func (s *Server) waveShow(p *planned) error {
	f := p.frame()
	f.Back = page.Link{Text: "Running surveys", Href: planRoot}
	f.Kicker, f.Heading = kindTitle(p.w.Kind), p.w.Title
	f.Notice = doneNotice(p.visit, waveDone)
	if p.stage == wave.Draft {
		return p.showDraft(f)
	}
	f.Sentence = p.stageSentence()
	out := conductPage{Aside: p.aside()}
	if p.stage == wave.Abandoned {
		out.Sections = []conductSection{{Heading: "Why it was abandoned", Text: []string{p.w.Reason}, Show: []page.Component{page.Defs{{Term: "By", Fact: p.nameOrNobody(p.w.AbandonedBy)}, {Term: "On", Fact: p.day(p.w.Abandoned)}}}}}
		return p.sections(f, out)
	}
	if waits := p.waits(); len(waits) > 0 {
		out.Sections = append(out.Sections, conductSection{Heading: "What waits now", Show: []page.Component{waits}})
	} else {
		out.Sections = append(out.Sections, conductSection{Heading: "What waits now", Text: []string{p.nothingWaits()}})
	}
	out.Sections = append(out.Sections, conductSection{Heading: "Where it stands", Show: []page.Component{p.line()}})
	if !p.w.BroughtIn() {
		counts, err := p.countSection()
		if err != nil {
			return err
		}
		out.Sections = append(out.Sections, counts)
	}
	out.Sections = append(out.Sections, p.fixedSection())
	return p.sections(f, out)
}

// nameOrNobody is somebody's name for those who run surveys.
func (p *planned) nameOrNobody(person string) string {
	if person == "" {
		return "nobody"
	}
	name, err := p.nameOf(person)
	if err != nil {
		return "somebody who is not here any more"
	}
	return name
}

// stageSentence says where the survey stands.
func (p *planned) stageSentence() string {
	if p.w.BroughtIn() {
		return "It was asked by " + p.w.Source + ". That everybody answered once cannot be shown for it."
	}
	switch p.stage {
	case wave.Called:
		if p.w.Published.IsZero() && !p.today().Before(p.w.Opens) {
			return "Its day has come, and the answer side has not taken its terms yet. It opens as soon as it has."
		}
		return "It is called and fixed. It opens by itself on " + p.onDay(p.w.Opens) + "."
	case wave.Open:
		return "People are answering. It closes " + p.closesWords() + "."
	case wave.Closed:
		if p.w.Settled.IsZero() {
			return "It closed " + p.closesWords() + ". What came last is still being counted."
		}
		return "It is over. " + count(p.w.Answers, "answer", "answers") + " came. The results wait for you to release them."
	case wave.Released:
		return "Its results are released."
	case wave.Ended:
		return "Its results stay, and its answers are erased."
	case wave.Abandoned:
		return "It was abandoned on " + p.day(p.w.Abandoned) + "."
	}
	return ""
}

// line is the survey from the call to its end.
func (p *planned) line() page.Timeline {
	rank := p.stage.Rank()
	step := func(title, detail, code string, stage wave.Stage, now bool) page.Step {
		s := page.Step{Title: title, Detail: detail, Code: code, Stage: page.StepToCome}
		switch {
		case now:
			s.Stage = page.StepNow
		case rank >= stage.Rank():
			s.Stage = page.StepDone
		}
		return s
	}
	if p.w.BroughtIn() {
		return page.Timeline{
			{Title: "Asked by " + p.w.Source, Detail: p.day(p.w.Opens) + " to " + p.day(p.w.Closes)},
			{Title: "Brought in", Detail: p.day(p.w.Called)},
			step("Results released", p.releasedOn(), "", wave.Released, p.stage == wave.Closed),
			step("Answers erased", p.erasedOn(), "", wave.Ended, false),
		}
	}
	return page.Timeline{
		step("Called", p.day(p.w.Called)+", with everything fixed", "", wave.Called, false),
		step("Opens", p.onDay(p.w.Opens), "", wave.Open, p.stage == wave.Called),
		step("Closes", page.Begin(p.closesWords()), "", wave.Closed, p.stage == wave.Open),
		step("Results released", p.releasedOn(), "", wave.Released, p.stage == wave.Closed),
		step("Answers erased", p.erasedOn(), "", wave.Ended, p.stage == wave.Released),
	}
}

func (p *planned) releasedOn() string {
	if n := len(p.w.Releases); n > 0 {
		return p.day(p.w.Releases[n-1].Day)
	}
	return "Once you have looked at what would be shown, and the attack found nothing"
}

func (p *planned) erasedOn() string {
	if !p.w.Ended.IsZero() {
		return p.day(p.w.Ended)
	}
	return p.keepWords()
}

// waits is what somebody has to do about the survey now.
func (p *planned) waits() page.Waits {
	if p.w.BroughtIn() {
		if len(p.w.Releases) == 0 && p.stage != wave.Ended && p.engagementLead() {
			return page.Waits{{Title: "Release the results", Href: p.at("release"), Why: "They were brought in and nobody sees them yet."}}
		}
		return nil
	}
	var out page.Waits
	lead := p.engagementLead()
	if p.stage == wave.Draft && lead {
		out = append(out, page.Wait{Title: "Call " + p.w.Title, Href: p.at("call"), Why: "It is a draft, and nobody knows of it.", Verb: "opens", When: p.onDay(p.w.Opens)})
	}
	if p.stage == wave.Open && p.w.Paper && p.actor.Holds(policy.Teller) {
		out = append(out, page.Wait{Title: "Enter the sheets on paper", Href: p.at("sheets"), Why: "Two tellers enter each sheet.", Verb: "by", When: p.onDay(p.paperUntil())})
	}
	if p.stage == wave.Closed && !p.w.Settled.IsZero() && lead {
		out = append(out, page.Wait{Title: "Release the results", Href: p.at("release"), Why: count(p.w.Answers, "answer", "answers") + " came. Nobody has seen a figure yet."})
	}
	return out
}

// nothingWaits says what comes by itself.
func (p *planned) nothingWaits() string {
	switch p.stage {
	case wave.Called:
		return "Nothing. It opens by itself on " + p.onDay(p.w.Opens) + ", and everybody who is asked is told."
	case wave.Open:
		if len(p.w.RemindOn) > 0 {
			for _, d := range p.w.RemindOn {
				if !d.Before(p.today()) {
					return "Nothing. A reminder goes out by itself on " + p.onDay(d) + " to those who have not fetched their pass."
				}
			}
		}
		return "Nothing. It closes by itself " + p.closesWords() + "."
	case wave.Closed:
		return "Nothing for you. The answers that came last are counted tonight."
	}
	return "Nothing. " + p.stageSentence()
}

// paperUntil is the last day on which paper may be entered.
func (p *planned) paperUntil() law.Date {
	if p.w.PaperUntil.IsZero() {
		return p.w.Closes
	}
	return p.w.PaperUntil
}

// planWaits is what waits over all surveys.
func (v *visit) planWaits(plans []*planned) page.Waits {
	var out page.Waits
	for _, p := range plans {
		for _, w := range p.waits() {
			if p.stage != wave.Draft {
				w.Title += ": " + p.w.Title
			}
			out = append(out, w)
		}
	}
	return out
}

// aside leads to the pages of the survey.
func (p *planned) aside() []conductSection {
	var run, see, other page.Links
	add := func(to *page.Links, action policy.Action, text, note string, parts ...string) {
		if p.can(action) {
			*to = append(*to, page.LinkLine{Text: text, Href: p.at(parts...), Note: note})
		}
	}
	own := !p.w.BroughtIn()
	if own && (p.stage == wave.Called || p.stage == wave.Open || p.stage == wave.Closed) {
		add(&run, policy.SurveyPlan, "Remind people", "", "remind")
	}
	if own && p.w.Paper && p.stage != wave.Abandoned {
		add(&run, policy.SlipIssue, "Paper slips", "", "slips")
		add(&run, policy.SheetKey, "Enter sheets", "", "sheets")
	}
	if own {
		add(&see, policy.SurveyPlan, "Who takes part", "", "response")
	}
	if p.stage.Rank() >= wave.Closed.Rank() && p.stage != wave.Abandoned {
		add(&see, policy.SurveyRelease, "Release results", "", "release")
		if p.w.Comments {
			add(&run, policy.CommentGate, "Comments: what is let through", "", "comments")
		}
	}
	if len(p.w.Releases) > 0 {
		see = append(see, page.LinkLine{Text: "The results", Href: "/surveys/" + p.w.Code + "/results"})
	}
	if own && p.stage != wave.Draft {
		see = append(see, page.LinkLine{Text: "What members see", Href: "/surveys/" + p.w.Code})
	}
	if p.mayAbandon() {
		add(&other, policy.SurveyPlan, "Abandon the survey", "", "abandon")
	}
	var out []conductSection
	if len(run) > 0 {
		out = append(out, conductSection{Heading: "Do", Links: run})
	}
	if len(see) > 0 {
		out = append(out, conductSection{Heading: "See", Links: see})
	}
	if len(other) > 0 {
		out = append(out, conductSection{Heading: "If it cannot be held", Links: other})
	}
	return out
}

func (p *planned) mayAbandon() bool {
	return p.can(policy.SurveyPlan) && (p.stage == wave.Draft || p.stage == wave.Called || p.stage == wave.Open || p.stage == wave.Closed && !p.w.BroughtIn())
}

// fixedSection is what the call fixed.
func (p *planned) fixedSection() conductSection {
	facts := page.Defs{{Term: "Questions", Fact: p.w.Instrument.Title.In("en")}, {Term: "Smallest group shown", Fact: count(p.w.Minimum, "answer", "answers")}}
	if !p.w.BroughtIn() {
		facts = append(facts, page.Def{Term: "Asked", Fact: count(p.w.Eligible, "person", "people")}, page.Def{Term: "Census day", Fact: p.day(p.w.Census)})
	}
	hashes := page.Defs{{Term: "Questions", Fact: p.w.InstrumentHash}}
	for _, h := range []page.Def{{Term: "Who is asked", Fact: p.w.CensusHash}, {Term: "Key", Fact: p.w.KeyHash}, {Term: "Notice", Fact: p.w.NoticeHash}} {
		if h.Fact != "" {
			hashes = append(hashes, h)
		}
	}
	return conductSection{Heading: "What is fixed", Show: []page.Component{facts, page.Details{Summary: "The hashes (SHA-256)", Show: hashes}}, Links: page.Links{{Text: "All that was called", Href: p.at("plan")}}}
}

// wavePlan is the whole plan of a survey that was called.
func (s *Server) wavePlan(p *planned) error {
	f := p.frameOf("What was called", "Everything here has been fixed since "+p.day(p.w.Called)+".")
	if p.stage == wave.Draft {
		f.Sentence = "Nothing here is fixed yet."
	}
	return p.sections(f, conductPage{Sections: []conductSection{
		{Show: []page.Component{p.planSummary(false)}},
		p.questionSection(),
		p.treeSection("Teams and directorates", p.w.Units, p.w.Eligible, p.w.Unplaced), groupSection(p.w.Groups),
	}})
}

// showDraft is a draft with its steps.
func (p *planned) showDraft(f page.Frame) error {
	look, err := p.house.Waves.Foresee(p.ctx, p.org.ID, p.w.ID)
	if err != nil {
		return err
	}
	missing := p.missing(look)
	f.Sentence = "It is being prepared. It can be called now."
	if len(missing) > 0 {
		f.Sentence = "It is being prepared. " + phrase(len(missing), "thing is", "things are") + " missing before it can be called."
	}
	lead := p.can(policy.SurveyPlan)
	var out conductPage
	if len(missing) > 0 {
		out.Sections = append(out.Sections, conductSection{Heading: "What is missing", Text: missing})
	}
	out.Sections = append(out.Sections, conductSection{Heading: "The plan", Show: []page.Component{p.planSummary(lead)}})
	teams := p.treeSection("Teams and directorates", look.Units, look.Eligible, look.Unplaced)
	if len(teams.Show) > 0 && len(look.Units) > maxRows {
		teams.Show = []page.Component{page.Details{Summary: "See all " + count(len(look.Units), "unit", "units"), Show: teams.Show[0]}}
	}
	if lead {
		teams.Links = page.Links{{Text: "Change the teams", Href: p.at("teams")}}
	}
	out.Sections = append(out.Sections, teams, p.questionSection())
	if lead {
		out.Sections = append(out.Sections, conductSection{Button: page.Button{Text: "Look at all of it and call the survey", Href: p.at("call")}})
		out.Aside = []conductSection{{Heading: "Pages of this draft", Links: page.Links{
			{Text: "Use questions of your own", Href: p.at("questions"), Note: "From a file."}, {Text: "Drop this draft", Href: p.at("abandon")},
		}}}
	}
	return p.sections(f, out)
}

// waveCallDo calls it.
func (s *Server) waveCallDo(p *planned) error {
	err := p.callNow()
	if refusable(err) {
		return p.showCall(http.StatusConflict, p.refusalWords(err))
	}
	if err != nil {
		return err
	}
	return p.redirect(p.at() + "?done=called")
}
