package web

import (
	"net/url"
	"strings"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/law"
	"commonweal/survey/instrument"
)

// A survey is drafted in steps with a page each: what is asked, who and when, how. The
// teams have a step of their own, because they come as a file.

// planStep is one of these pages.
type planStep string

const (
	stepAsk  planStep = "ask"
	stepWhom planStep = "whom"
	stepHow  planStep = "how"
)

var planSteps = map[planStep]struct{ Title, Sentence string }{
	stepAsk:  {"What is asked", "Nobody is told anything before you call the survey."},
	stepWhom: {"Who is asked, and when", "The census day decides who may answer, and in which team they are counted."},
	stepHow:  {"How it is asked and shown", "What you choose here is told to everybody who is asked, and does not change after the call."},
}

// planForm is the form of a step, filled from a plan.
type planForm struct {
	step planStep
	plan wave.Plan
	own  bool // the questions are not of those that come with the program

	Title, Code, Minimum, CommentMinimum, Keep page.Text
	About                                      page.TextArea
	Kind, Instrument, Whom, Comments, Paper    page.Radios
	Weighting                                  page.Radios
	Census, Opens, Closes, PaperUntil          page.DateField
	Languages                                  page.Checkboxes
	RemindOn                                   [3]page.DateField
}

// ownInstrument is the choice that keeps the questions of a file.
const ownInstrument = "own"

// newPlanForm is the form of a step for a plan.
func (v *visit) newPlanForm(step planStep, plan wave.Plan) (*planForm, error) {
	f := &planForm{step: step, plan: plan}
	f.Title = page.Text{Name: "title", Label: "What is it called?", Hint: "As members read it, such as: Staff survey, autumn 2026.", Value: plan.Title}
	f.Code = page.Text{Name: "code", Label: "Short name for addresses", Hint: "Small letters, digits and hyphens, such as 2026-autumn.", Width: 20, Verbatim: true, Value: plan.Code}
	f.Kind = page.Radios{Name: "kind", Legend: "What sort of survey is it?", Value: string(plan.Kind), Hint: "Surveys of one sort are set beside each other.", Options: []page.Option{
		{Value: string(wave.Annual), Label: "The survey of the year", Hint: "All scores, asked once a year."},
		{Value: string(wave.Pulse), Label: "A pulse", Hint: "A few questions between the surveys of the year."},
	}}
	f.About = page.TextArea{Name: "about", Label: "Why do you ask, and what will come of it?", Hint: "Everybody who is asked reads it. It may be left out.", Rows: 4, Value: plan.About}
	if err := f.layInstruments(plan); err != nil {
		return nil, err
	}
	f.Whom = page.Radios{Name: "whom", Legend: "Who is asked?", Value: string(plan.Whom), Options: []page.Option{
		{Value: string(wave.AllStaff), Label: "All staff", Hint: "Everybody employed on the census day, members or not."},
		{Value: string(wave.Members), Label: "Members only", Hint: "Those employed on the census day who were members then."},
	}}
	f.Census = page.DateField{Name: "census", Legend: "Census day", Hint: "Whoever was employed on this day is asked, in the team that the staff list had for them on it."}
	f.Opens = page.DateField{Name: "opens", Legend: "Which is its first day?", Hint: "People can fetch their pass and answer from the morning on."}
	f.Closes = page.DateField{Name: "closes", Legend: "Which is its last day?", Hint: "It closes at midnight. Two weeks are the least that the national pulse advises."}
	f.Census.SetDay(dateText(plan.Census))
	f.Opens.SetDay(dateText(plan.Opens))
	f.Closes.SetDay(dateText(plan.Closes))
	for i := range f.RemindOn {
		f.RemindOn[i] = page.DateField{Name: "remind" + number(i+1), Legend: [...]string{"First reminder", "Second reminder", "Third reminder"}[i], Hint: "It goes to everybody who has not fetched their pass. Leave it empty for none."}
		if i < len(plan.RemindOn) {
			f.RemindOn[i].SetDay(dateText(plan.RemindOn[i]))
		}
	}
	f.layHow(plan)
	return f, nil
}

// layInstruments offers the sets of questions that can be asked.
func (f *planForm) layInstruments(plan wave.Plan) error {
	f.Instrument = page.Radios{Name: "instrument", Legend: "Which questions?"}
	shipped, err := instrument.Shipped()
	if err != nil {
		return err
	}
	for _, in := range shipped {
		if len(in.Unworded()) > 0 || in.Series != instrument.ZeroToTen {
			continue // it only scores, or its figures are no scores of staff
		}
		f.Instrument.Options = append(f.Instrument.Options, page.Option{
			Value: in.ID, Label: in.Title.In("en"), Hint: count(len(in.Questions), "question", "questions") + ", " + count(len(in.Scores), "score", "scores") + ", in " + languageList(instrumentLanguages(in)) + ".",
		})
		if in.ID == plan.Instrument.ID && in.Version == plan.Instrument.Version {
			f.Instrument.Value = in.ID
		}
	}
	if f.Instrument.Value == "" && plan.Instrument.ID != "" {
		f.own, f.Instrument.Value = true, ownInstrument
		f.Instrument.Options = append(f.Instrument.Options, page.Option{
			Value: ownInstrument, Label: plan.Instrument.Title.In("en"), Hint: "Your own, from a file: " + count(len(plan.Instrument.Questions), "question", "questions") + ".",
		})
	}
	return nil
}

// instrumentLanguages are those in which every question is worded.
func instrumentLanguages(in instrument.Instrument) []string {
	out := []string{"en"}
	for code := range askedLanguages {
		if code == "en" {
			continue
		}
		all := len(in.Questions) > 0
		for _, q := range in.Questions {
			all = all && q.Text[code] != ""
		}
		if all {
			out = append(out, code)
		}
	}
	return out
}

func (f *planForm) layHow(plan wave.Plan) {
	f.Languages = page.Checkboxes{Name: "language", Legend: "In which languages besides English?", Values: plan.Languages, Hint: "Those in which every question is worded. What somebody chose is not kept."}
	for _, code := range instrumentLanguages(plan.Instrument) {
		if code != "en" {
			f.Languages.Options = append(f.Languages.Options, page.Option{Value: code, Label: languageName(code)})
		}
	}
	f.Paper = page.Radios{Name: "paper", Legend: "Can people answer on paper?", Value: yesNo(plan.Paper), Inline: true, Options: yesNoOptions, Hint: "They get a slip with a number that nobody notes down. Two tellers enter each sheet."}
	f.PaperUntil = page.DateField{Name: "paper_until", Legend: "Until when can tellers enter paper?", Hint: "For sheets that come in on the last day. Leave it empty for the last day itself."}
	f.PaperUntil.SetDay(dateText(plan.PaperUntil))
	f.Minimum = page.Text{Name: "minimum", Label: "Fewest answers of a group that is shown", Hint: "10 or more. A group with fewer, and any that would give it away, is not shown.", Width: 3, Mode: "numeric", Value: number(plan.Minimum)}
	f.Weighting = page.Radios{Name: "weighting", Legend: "Are the results weighted?", Value: string(plan.Weighting), Options: []page.Option{
		{Value: string(wave.Unweighted), Label: "No", Hint: "Every answer counts the same."},
		{Value: string(wave.ByGroup), Label: "By staff group", Hint: "In the scores of the whole organisation groups count as they do among those who were asked, as in the national survey. Teams and percentages are not weighted."},
	}}
	f.Comments = page.Radios{Name: "comments", Legend: "Can people write a comment?", Value: yesNo(plan.Comments), Inline: true, Options: yesNoOptions, Hint: "It is kept apart from the answers. Two people take names and places out before anybody else reads it."}
	f.CommentMinimum = page.Text{Name: "comment_minimum", Label: "Fewest comments of a group that are shown", Hint: "20 or more.", Width: 3, Mode: "numeric", Value: number(plan.CommentMinimum)}
	f.Keep = page.Text{Name: "keep", Label: "For how many months are the answers kept?", Hint: "After the close. Then they are erased; released results stay. Leave it empty for the period of the rules on keeping.", Width: 3, Mode: "numeric", Value: numberOrNone(plan.KeepMonths)}
}

var yesNoOptions = []page.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}

// fields are those of the step.
func (f *planForm) fields() []page.Field {
	switch f.step {
	case stepWhom:
		out := []page.Field{&f.Whom, &f.Census, &f.Opens, &f.Closes}
		for i := range f.RemindOn {
			out = append(out, &f.RemindOn[i])
		}
		return out
	case stepHow:
		var out []page.Field
		if len(f.Languages.Options) > 0 {
			out = append(out, &f.Languages)
		}
		return append(out, &f.Paper, &f.PaperUntil, &f.Minimum, &f.Weighting, &f.Comments, &f.CommentMinimum, &f.Keep)
	}
	return []page.Field{&f.Title, &f.Code, &f.Kind, &f.Instrument, &f.About}
}

// read takes what was typed into the plan and reports whether it can be kept.
func (f *planForm) read(form url.Values) bool {
	switch f.step {
	case stepWhom:
		f.readWhom(form)
	case stepHow:
		f.readHow(form)
	default:
		f.readAsk(form)
	}
	return len(page.Problems(f.fields()...)) == 0
}

func (f *planForm) readAsk(form url.Values) {
	f.Title.Value, f.Code.Value, f.Kind.Value, f.Instrument.Value, f.About.Value = form.Get("title"), strings.TrimSpace(form.Get("code")), form.Get("kind"), form.Get("instrument"), form.Get("about")
	f.plan.Title, f.plan.Code, f.plan.Kind, f.plan.About = strings.TrimSpace(f.Title.Value), f.Code.Value, wave.Kind(f.Kind.Value), strings.TrimSpace(f.About.Value)
	if f.plan.Title == "" {
		f.Title.Error = "Say what it is called."
	}
	if f.plan.Code == "" {
		f.Code.Error = "Choose a short name."
	}
	if !offers(f.Kind.Options, f.Kind.Value) {
		f.Kind.Error = "Choose what sort of survey it is."
	}
	switch {
	case !offers(f.Instrument.Options, f.Instrument.Value):
		f.Instrument.Error = "Choose which questions are asked."
	case f.Instrument.Value == ownInstrument: // stays
	default:
		in, err := instrument.Load(f.Instrument.Value)
		if err != nil {
			f.Instrument.Error = "Choose which questions are asked."
			return
		}
		f.plan.Instrument = in
	}
}

func offers(options []page.Option, value string) bool {
	for _, o := range options {
		if o.Value == value {
			return true
		}
	}
	return false
}

func (f *planForm) readWhom(form url.Values) {
	f.Whom.Value = form.Get("whom")
	f.plan.Whom = wave.Whom(f.Whom.Value)
	if !offers(f.Whom.Options, f.Whom.Value) {
		f.Whom.Error = "Choose who is asked."
	}
	for _, field := range []*page.DateField{&f.Census, &f.Opens, &f.Closes} {
		field.Fill(form)
	}
	if d, ok := readDay(&f.Census, "census day", true); ok {
		f.plan.Census = d
	}
	opens, opensOK := readDay(&f.Opens, "first day", true)
	if opensOK {
		f.plan.Opens = opens
	}
	closes, closesOK := readDay(&f.Closes, "last day", true)
	if closesOK {
		f.plan.Closes = closes
	}
	if opensOK && closesOK && closes.Before(opens) {
		f.Closes.Error = "It would close before it opens. Choose a later day."
	}
	f.plan.RemindOn = nil
	for i := range f.RemindOn {
		f.RemindOn[i].Fill(form)
		d, ok := readDay(&f.RemindOn[i], "day of the reminder", false)
		switch {
		case !ok || d.IsZero():
		case opensOK && closesOK && (d.Before(opens) || d.After(closes)):
			f.RemindOn[i].Error = "It is not open on this day. Choose one between its first and last day."
		default:
			f.plan.RemindOn = append(f.plan.RemindOn, d)
		}
	}
}

func (f *planForm) readHow(form url.Values) {
	f.Languages.Values = form["language"]
	f.plan.Languages = []string{"en"}
	for _, o := range f.Languages.Options {
		if f.Languages.Chosen(o.Value) {
			f.plan.Languages = append(f.plan.Languages, o.Value)
		}
	}
	f.Paper.Value, f.Comments.Value, f.Weighting.Value = form.Get("paper"), form.Get("comments"), form.Get("weighting")
	for _, r := range []*page.Radios{&f.Paper, &f.Comments, &f.Weighting} {
		if !offers(r.Options, r.Value) {
			r.Error = "Choose one."
		}
	}
	f.plan.Paper, f.plan.Comments, f.plan.Weighting = f.Paper.Value == "yes", f.Comments.Value == "yes", wave.Weighting(f.Weighting.Value)
	f.PaperUntil.Fill(form)
	f.plan.PaperUntil = law.Date{}
	if d, ok := readDay(&f.PaperUntil, "last day for paper", false); ok {
		switch {
		case d.IsZero():
		case !f.plan.Paper:
			f.PaperUntil.Error = "Nobody answers on paper. Leave this empty."
		case d.Before(f.plan.Closes):
			f.PaperUntil.Error = "People can still answer on this day. Choose the last day of the survey, or one after it."
		default:
			f.plan.PaperUntil = d
		}
	}
	f.plan.Minimum = readAtLeast(&f.Minimum, form, wave.LeastMinimum, 1000, "answers")
	f.plan.CommentMinimum = readAtLeast(&f.CommentMinimum, form, wave.LeastCommentMinimum, 1000, "comments")
	f.plan.KeepMonths, f.Keep.Value = 0, ""
	if !blank(form.Get("keep")) {
		f.plan.KeepMonths = readAtLeast(&f.Keep, form, 1, 120, "months")
	}
}

// readAtLeast reads a number between two, or says at its field what it has to be.
func readAtLeast(field *page.Text, form url.Values, least, most int, what string) int {
	field.Value = strings.TrimSpace(form.Get(field.Name))
	n, ok := readWhole(field.Value)
	switch {
	case !ok || n > int64(most):
		field.Error = "Give a number of " + what + ", from " + number(least) + " to " + number(most) + "."
	case n < int64(least):
		field.Error = number(least) + " is the fewest. Give " + number(least) + " or more."
	}
	return int(n)
}

func numberOrNone(n int) string {
	if n == 0 {
		return ""
	}
	return number(n)
}
