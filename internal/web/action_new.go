package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/action"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// An action is made from a finding in two steps: which finding, and what is done about
// it. The first is in the address, so that the pages of results lead here.

// actionNew asks what is not yet answered.
func (s *Server) actionNew(v *visit) error {
	q := v.queried()
	if !q.Has("wave") {
		return v.askWave()
	}
	if !q.Has("measure") && !q.Has("about") {
		return v.askMeasure(http.StatusOK, q, nil)
	}
	asked := askedIn(q)
	finding, w, err := v.finding(asked)
	if fault.Is(err, fault.Invalid) {
		return v.askMeasure(http.StatusUnprocessableEntity, q, err)
	}
	if err != nil {
		return err
	}
	form, err := v.newActionForm(asked, finding, w, nil)
	if err != nil {
		return err
	}
	return v.showActionForm(http.StatusOK, form, "")
}

// askedIn reads which finding an address or a form means. Pages of results name kind and
// id apart; the form here has them in one field.
func askedIn(q url.Values) findingAsked {
	a := findingAsked{Wave: q.Get("wave"), Unit: q.Get("unit"), About: action.About(q.Get("about")), ID: q.Get("id"), Says: q.Get("says")}
	for about, name := range map[action.About]string{action.Score: "score", action.Question: "question"} {
		if a.About == "" && q.Has(name) {
			a.About, a.ID = about, q.Get(name)
		}
	}
	if measure := q.Get("measure"); a.About == "" && measure != "" {
		kind, id, _ := strings.Cut(measure, ":")
		a.About, a.ID = action.About(kind), id
	}
	return a
}

func (v *visit) actionFrame(heading, sentence string) page.Frame {
	f := v.frame()
	f.Back = page.Link{Text: "You said, we did", Href: "/surveys/actions"}
	f.Kicker, f.Heading, f.Sentence = "Make an action of a finding", heading, sentence
	return f
}

// askWave asks which survey.
func (v *visit) askWave() error {
	all, err := v.house.Waves.List(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f := v.actionFrame("Which survey found it?", "An action begins with something that a survey has shown.")
	var links page.Links
	for _, w := range all {
		if len(w.Releases) > 0 {
			links = append(links, page.LinkLine{Text: w.Title, Href: "/surveys/actions/new?wave=" + url.QueryEscape(w.Code), Note: "closed on " + v.day(w.Closes)})
		}
	}
	p := conductPage{Sections: []conductSection{{Links: links}}}
	if len(links) == 0 {
		p.Sections = []conductSection{{Show: []page.Component{page.Empty("No results yet", "When the results of a survey are released, actions can be made of what they show.", page.Link{Text: "Surveys", Href: "/surveys"})}}}
	}
	return v.sections(f, p)
}

// askMeasure asks which team and which figure.
func (v *visit) askMeasure(status int, q url.Values, wrong error) error {
	w, err := v.house.Waves.ByCode(v.ctx, v.org.ID, q.Get("wave"))
	if err != nil {
		return err
	}
	unit := unitSelect("unit", "Where was it found?", w, q.Get("unit"))
	measure := page.Select{Name: "measure", Label: "What was found?", Value: q.Get("measure"), Options: []page.Option{{Value: "", Label: "Choose a score, a question or the comments"}}}
	for _, s := range w.Instrument.Scores {
		measure.Options = append(measure.Options, page.Option{Value: "score:" + s.ID, Label: s.Label.In("en")})
	}
	for _, one := range w.Instrument.Questions {
		measure.Options = append(measure.Options, page.Option{Value: "question:" + one.ID, Label: "Question: " + one.Label.In("en")})
	}
	if w.Comments {
		measure.Options = append(measure.Options, page.Option{Value: "comments:", Label: "What many wrote"})
	}
	v.refusedAt(wrong, &measure.Error, map[string]*string{"unit": &unit.Error})
	f := v.actionFrame("What did "+w.Title+" find?", "What it found is taken from its results, as they were released.")
	f.Errors = page.Problems(unit, measure)
	f.Data = actionFindPage{Wave: w.Code, Fields: []page.Field{unit, measure}}
	return v.show(status, "action_find", f)
}

type actionFindPage struct {
	Wave   string
	Fields []page.Field
}

// unitSelect offers the parts of the organisation as a survey knew them.
func unitSelect(name, label string, w wave.Wave, value string) page.Select {
	s := page.Select{Name: name, Label: label, Value: value, Options: []page.Option{{Value: wave.Whole, Label: "The whole organisation"}}}
	for _, d := range w.Units {
		if d.Level == wave.Directorate {
			s.Options = append(s.Options, page.Option{Value: d.Code, Label: d.Name})
		}
	}
	for _, u := range w.Units {
		if u.Level == wave.Team {
			label := u.Name
			if above, ok := w.Unit(u.PartOf); ok && above.Level == wave.Directorate {
				label += " (" + above.Name + ")"
			}
			s.Options = append(s.Options, page.Option{Value: u.Code, Label: label})
		}
	}
	return s
}

// actionForm is the form for a new action.
type actionForm struct {
	asked   findingAsked
	finding action.Finding
	says    *page.TextArea
	title   page.Text
	doing   page.TextArea
	where   page.Select
	owner   *ownerField
	due     page.DateField
}

func (v *visit) newActionForm(asked findingAsked, finding action.Finding, w wave.Wave, form url.Values) (*actionForm, error) {
	f := &actionForm{
		asked: asked, finding: finding,
		title: page.Text{Name: "title", Label: "What is it called?", Hint: "As members read it after “We will”, such as: Cover breaks on every theatre list", Value: form.Get("title")},
		doing: page.TextArea{Name: "doing", Label: "What will be done?", Rows: 4, Value: form.Get("doing")},
		where: unitSelect("where", "Where is it done?", w, cmp.Or(form.Get("where"), finding.Unit, wave.Whole)),
		due:   page.DateField{Name: "due", Legend: "By which day?", Hint: "For example, 31 3 2027"},
	}
	if asked.About == action.Comments {
		f.says = &page.TextArea{Name: "says", Label: "What did many write?", Hint: "In your own words: quote nobody.", Rows: 2, Value: form.Get("says")}
	}
	f.due.Fill(form)
	var err error
	f.owner, err = v.ownerField("Who does it?", form)
	return f, err
}

func (v *visit) showActionForm(status int, form *actionForm, wrong string) error {
	where := "All of us"
	if form.finding.UnitName != "" {
		where = form.finding.UnitName
	}
	sentence := form.finding.WaveName + " found in " + lowerFirst(where) + ": " + lowerFirst(form.finding.Label) + ", " + form.finding.Says + "."
	if form.finding.UnitName != "" {
		sentence = form.finding.WaveName + " found in " + where + ": " + lowerFirst(form.finding.Label) + ", " + form.finding.Says + "."
	}
	if form.says != nil {
		sentence = "You say what many wrote in " + form.finding.WaveName + "."
	}
	f := v.actionFrame("What will be done about it?", sentence)
	f.Back = page.Link{Text: "Another finding", Href: "/surveys/actions/new?wave=" + url.QueryEscape(form.asked.Wave)}
	var fields []page.Field
	if form.says != nil {
		fields = append(fields, *form.says)
	}
	fields = append(fields, form.title, form.doing, form.where)
	fields = append(fields, form.owner.fields()...)
	fields = append(fields, form.due)
	a := conductAct{
		Action: "/surveys/actions/new", Groups: ask(fields...), Button: page.Button{Text: "Agree it"}, Cancel: page.Link{Text: "Cancel", Href: "/surveys/actions"},
		Effects: []string{
			"Everybody who is signed in sees it, with the name of its owner. The owner is told.",
			"It stays: it is ended or handed over, and never deleted.",
		},
		Hidden: []hiddenField{{"wave", form.asked.Wave}, {"unit", form.asked.Unit}, {"about", string(form.asked.About)}, {"id", form.asked.ID}},
	}
	return v.showAct(status, f, a, wrong)
}

// actionNewDo agrees it.
func (s *Server) actionNewDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	asked := askedIn(values)
	finding, w, err := v.finding(asked)
	if fault.Is(err, fault.Invalid) {
		return v.askMeasure(http.StatusUnprocessableEntity, values, err)
	}
	if err != nil {
		return err
	}
	form, err := v.newActionForm(asked, finding, w, values)
	if err != nil {
		return err
	}
	due, whole := form.whole()
	d, err := draftOf(finding, w, values, due)
	d.Owner = form.owner.chosen
	var made action.Action
	if err == nil && whole {
		made, err = v.house.Actions.Agree(v.ctx, v.actor.Person, v.org.ID, d)
	}
	if err == nil && !whole {
		return v.showActionForm(http.StatusUnprocessableEntity, form, "")
	}
	if refusable(err) {
		wrong := ""
		at := map[string]*string{"title": &form.title.Error, "doing": &form.doing.Error, "where": &form.where.Error, "owner": &form.owner.who.Error, "due": &form.due.Error}
		if form.says != nil {
			at["finding"] = &form.says.Error
		}
		v.refusedAt(err, &wrong, at)
		return v.showActionForm(http.StatusUnprocessableEntity, form, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect(made.Path() + "?done=agreed")
}

// whole reads the day and reports whether everything is answered; what is not says so at
// its field.
func (f *actionForm) whole() (due law.Date, ok bool) {
	due, ok = readDay(&f.due, "day", true)
	if blank(f.title.Value) {
		f.title.Error, ok = "Say what it is called, in a few words.", false
	}
	if blank(f.doing.Value) {
		f.doing.Error, ok = "Say what will be done.", false
	}
	if f.says != nil && blank(f.says.Value) {
		f.says.Error, ok = "Say what many wrote.", false
	}
	return due, ok && f.owner.chosen != ""
}

func draftOf(f action.Finding, w wave.Wave, values url.Values, due law.Date) (action.Draft, error) {
	place, err := placeIn(w, values.Get("where"))
	return action.Draft{Finding: f, Place: place, Title: values.Get("title"), Doing: values.Get("doing"), Due: due}, err
}
