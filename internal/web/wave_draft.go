package web

import (
	"net/http"
	"slices"
	"time"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// leadDays is how long before it opens a survey is planned where nothing is said, so
// that there is time to tell people of it; runDays is how long it is open then.
const leadDays, runDays = 14, 21

// emptyPlan is what a draft begins with.
func (v *visit) emptyPlan() wave.Plan {
	opens := v.today().AddDays(leadDays)
	for opens.Weekday() != time.Monday {
		opens = opens.AddDays(1)
	}
	closes := opens.AddDays(runDays - 3) // the Friday of the third week
	return wave.Plan{
		Whom: wave.AllStaff, Census: v.today(), Opens: opens, Closes: closes,
		Minimum: wave.LeastMinimum, CommentMinimum: wave.LeastCommentMinimum,
		Languages: []string{"en"}, Weighting: wave.Unweighted, RemindOn: []law.Date{opens.AddDays(8), opens.AddDays(15)},
	}
}

// waveNew asks what the survey is.
func (s *Server) waveNew(v *visit) error {
	f, err := v.newPlanForm(stepAsk, v.emptyPlan())
	if err != nil {
		return err
	}
	return v.showPlanForm(http.StatusOK, f, nil, "")
}

// waveNewDo keeps the draft.
func (s *Server) waveNewDo(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	f, err := v.newPlanForm(stepAsk, v.emptyPlan())
	if err != nil {
		return err
	}
	if !f.read(form) {
		return v.showPlanForm(http.StatusUnprocessableEntity, f, nil, "")
	}
	_, err = v.house.Waves.Draft(v.ctx, v.actor.Person, v.org.ID, f.plan)
	if refusable(err) {
		return v.showPlanForm(http.StatusUnprocessableEntity, f, nil, f.refused(v, err))
	}
	if err != nil {
		return err
	}
	return v.redirect(planRoot + "/waves/" + f.plan.Code + "/" + string(stepWhom) + "?done=drafted")
}

// showPlanForm shows a step. was is the draft that is changed; nil for a new one.
func (v *visit) showPlanForm(status int, f *planForm, was *planned, wrong string) error {
	words := planSteps[f.step]
	frame := v.frame()
	a := conductAct{Action: planRoot + "/new", Button: page.Button{Text: "Keep the draft"}, Cancel: page.Link{Text: "Keep nothing", Href: planRoot}, Groups: ask(f.fields()...)}
	frame.Back, frame.Kicker = page.Link{Text: "Running surveys", Href: planRoot}, "Plan a survey"
	if was != nil {
		frame = was.frameOf("", "")
		frame.Notice = doneNotice(v, map[string]string{"drafted": "The draft is kept. Say now who is asked, and when."})
		a.Action, a.Cancel = was.at(string(f.step)), page.Link{Text: "Change nothing", Href: was.at()}
		a.Button.Text = "Keep it"
	}
	frame.Heading, frame.Sentence = words.Title, words.Sentence
	return v.showAct(status, frame, a, wrong)
}

// refused puts what the room refused at its field, and returns what is about none.
func (f *planForm) refused(v *visit, err error) (other string) {
	fields := map[string]*string{
		"title": &f.Title.Error, "code": &f.Code.Error, "kind": &f.Kind.Error, "about": &f.About.Error, "instrument": &f.Instrument.Error, "whom": &f.Whom.Error,
		"census": &f.Census.Error, "opens": &f.Opens.Error, "closes": &f.Closes.Error, "minimum": &f.Minimum.Error, "comment_minimum": &f.CommentMinimum.Error,
		"languages": &f.Languages.Error, "weighting": &f.Weighting.Error, "remind_on": &f.RemindOn[0].Error, "keep_months": &f.Keep.Error, "paper_until": &f.PaperUntil.Error,
	}
	shown := map[string][]string{
		string(stepAsk): {"title", "code", "kind", "about", "instrument"}, string(stepWhom): {"whom", "census", "opens", "closes", "remind_on"},
		string(stepHow): {"minimum", "comment_minimum", "languages", "weighting", "keep_months", "paper_until"},
	}[string(f.step)]
	for name := range fields {
		if !slices.Contains(shown, name) || name == "languages" && len(f.Languages.Options) == 0 {
			delete(fields, name) // no field of this page: the words go above the form
		}
	}
	v.refusedAt(err, &other, fields)
	return other
}

// waveStep shows a step of a draft.
func (s *Server) waveStep(step planStep) func(p *planned) error {
	return func(p *planned) error {
		if p.stage != wave.Draft {
			return p.fixed()
		}
		f, err := p.newPlanForm(step, p.w.Plan)
		if err != nil {
			return err
		}
		return p.showPlanForm(http.StatusOK, f, p, "")
	}
}

// waveStepDo keeps it.
func (s *Server) waveStepDo(step planStep) func(p *planned) error {
	return func(p *planned) error {
		form, err := p.form()
		if err != nil {
			return err
		}
		if p.stage != wave.Draft {
			return p.fixed()
		}
		f, err := p.newPlanForm(step, p.w.Plan)
		if err != nil {
			return err
		}
		if !f.read(form) {
			return p.showPlanForm(http.StatusUnprocessableEntity, f, p, "")
		}
		err = p.house.Waves.Change(p.ctx, p.actor.Person, p.org.ID, p.w.ID, f.plan)
		if refusable(err) {
			return p.showPlanForm(http.StatusUnprocessableEntity, f, p, f.refused(p.visit, err))
		}
		if err != nil {
			return err
		}
		return p.redirect(planRoot + "/waves/" + f.plan.Code + "?done=changed")
	}
}

// fixed says that what was called does not change.
func (p *planned) fixed() error {
	if p.stage == wave.Abandoned {
		return p.refuse("This does not change any more", "The survey was abandoned on "+p.day(p.w.Abandoned)+".", "Plan another one.", page.Link{Text: "Plan a survey", Href: planRoot + "/new"})
	}
	if p.w.BroughtIn() {
		return p.refuse("This does not change any more", "The survey was asked by "+p.w.Source+" and brought in as it was.", "Nothing was changed.", page.Link{})
	}
	return p.refuse("This does not change any more", "The survey was called on "+p.day(p.w.Called)+". People were told what is asked, of whom, when and how it is counted, and all of it is in the record.",
		"A survey that cannot be held as announced is abandoned, with a reason that everybody can read.", page.Link{})
}

// planSummary is a plan with the pages where it is changed.
func (p *planned) planSummary(change bool) page.Summary {
	link := func(step planStep, what string) page.Link {
		if !change {
			return page.Link{}
		}
		return page.Link{Text: "Change", Hidden: what, Href: p.at(string(step))}
	}
	w := p.w
	out := page.Summary{
		{Term: "Title", Fact: w.Title, Change: link(stepAsk, "the title")},
		{Term: "Address for members", Fact: "/surveys/" + w.Code, Change: link(stepAsk, "the short name")},
		{Term: "Sort", Fact: kindTitle(w.Kind), Change: link(stepAsk, "the sort")},
		{Term: "Questions", Fact: w.Instrument.Title.In("en") + ", " + count(len(w.Instrument.Questions), "question", "questions"), Change: link(stepAsk, "the questions")},
		{Term: "Why", Fact: orNone(w.About), Change: link(stepAsk, "why you ask")},
		{Term: "Who is asked", Fact: page.Begin(whomWords[w.Whom]), Change: link(stepWhom, "who is asked")},
		{Term: "Census day", Fact: p.onDay(w.Census), Change: link(stepWhom, "the census day")},
		{Term: "Opens", Fact: p.onDay(w.Opens), Change: link(stepWhom, "when it opens")},
		{Term: "Closes", Fact: p.closesWords(), Change: link(stepWhom, "when it closes")},
		{Term: "Reminders", Fact: p.remindDays(), Change: link(stepWhom, "the reminders")},
		{Term: "Languages", Fact: languageList(w.Languages), Change: link(stepHow, "the languages")},
		{Term: "On paper too", Fact: p.paperWords(), Change: link(stepHow, "paper")},
		{Term: "Smallest group that is shown", Fact: count(w.Minimum, "answer", "answers"), Change: link(stepHow, "the smallest group")},
		{Term: "Weighting", Fact: page.Begin(weightingWords[w.Weighting]), Change: link(stepHow, "the weighting")},
		{Term: "Comments", Fact: p.commentWords(), Change: link(stepHow, "comments")},
		{Term: "Answers are kept", Fact: p.keepWords(), Change: link(stepHow, "how long answers are kept")},
	}
	return out
}

func (p *planned) remindDays() string {
	if len(p.w.RemindOn) == 0 {
		return "None by themselves"
	}
	var days []string
	for _, d := range p.w.RemindOn {
		days = append(days, p.onDay(d))
	}
	return page.List(days)
}

func (p *planned) keepWords() string {
	if p.w.KeepMonths == 0 {
		return "As long as the rules on keeping say"
	}
	return count(p.w.KeepMonths, "month", "months") + " after the close"
}

func (p *planned) paperWords() string {
	switch {
	case !p.w.Paper:
		return "No"
	case p.w.PaperUntil.IsZero():
		return "Yes"
	}
	return "Yes, entered until " + p.onDay(p.w.PaperUntil)
}

func (p *planned) commentWords() string {
	if !p.w.Comments {
		return "No"
	}
	return "Yes, shown from " + number(p.w.CommentMinimum) + " on, after names are taken out"
}
