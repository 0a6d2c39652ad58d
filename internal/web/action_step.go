package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/listen/action"
	"commonweal/internal/web/page"
)

// stepWord is the address of each step that somebody takes.
var stepWord = map[action.StepKind]string{
	action.Begun: "begin", action.Reported: "report", action.Moved: "move", action.Done: "done", action.NotDone: "not-done",
	action.Handed: "hand-over", action.Reopened: "reopen",
}

// stepPages are the words of the page for each step.
var stepPages = map[action.StepKind]struct{ heading, label, hint, button, effect string }{
	action.Begun:    {"Say that it has begun", "What is the first thing?", "You may leave this out.", "It has begun", ""},
	action.Reported: {"Say what was done", "What was done?", "Members read it. Name nobody.", "Keep it", ""},
	action.Moved:    {"Move its day", "Why?", "Members read it, and the day that was first agreed stays visible.", "Move its day", ""},
	action.Done:     {"Say that it is done", "What was done?", "Members read it, and are asked whether it helped.", "It is done", "Members hear of it with Monday’s messages."},
	action.NotDone:  {"Say that it will not be done", "Why not?", "Members read it.", "It will not be done", "Members hear of it with Monday’s messages, with the reason."},
	action.Handed:   {"Hand it to another owner", "Why?", "You may leave this out.", "Hand it over", "The new owner is told."},
	action.Reopened: {"Reopen it", "Why?", "Members read it.", "Reopen it", ""},
}

// stepAsked is the action and step that the address names, after it was asked who may.
func (v *visit) stepAsked() (action.Listed, action.StepKind, error) {
	l, err := v.actionAsked()
	if err != nil {
		return l, "", err
	}
	for kind, word := range stepWord {
		if word == v.r.PathValue("step") {
			return l, kind, v.mayStep(l.Action, kind)
		}
	}
	return l, "", fault.Errorf(fault.NotFound, "there is no such step")
}

// mayStep asks policy: an owner reports, moves and ends their own; the rest is for those
// who edit all.
func (v *visit) mayStep(a action.Action, kind action.StepKind) error {
	if a.Owner == v.actor.Person && kind != action.Handed && kind != action.Reopened {
		return v.may(policy.ActionReportOwn, v.actor.Own())
	}
	return v.may(policy.ActionEdit, v.inside())
}

// stepForm is the form of a step.
type stepForm struct {
	note  page.TextArea
	due   *page.DateField
	owner *ownerField
}

func (v *visit) newStepForm(l action.Listed, kind action.StepKind, form url.Values) (*stepForm, error) {
	words := stepPages[kind]
	f := &stepForm{note: page.TextArea{Name: "note", Label: words.label, Hint: words.hint, Rows: 5, Value: form.Get("note")}}
	if kind == action.Moved || kind == action.Reopened {
		f.due = &page.DateField{Name: "due", Legend: "By which day?", Hint: "For example, 31 3 2027"}
		f.due.Fill(form)
	}
	if kind != action.Handed {
		return f, nil
	}
	var err error
	f.owner, err = v.ownerField("Who does it from now on?", form)
	return f, err
}

func (f *stepForm) fields() (out []page.Field) {
	if f.owner != nil {
		out = append(out, f.owner.fields()...)
	}
	if f.due != nil {
		out = append(out, *f.due)
	}
	return append(out, f.note)
}

func (v *visit) showStep(status int, l action.Listed, kind action.StepKind, sf *stepForm, wrong string) error {
	words := stepPages[kind]
	f := v.frame()
	f.Back = page.Link{Text: l.Title, Href: l.Path()}
	f.Kicker, f.Heading, f.Sentence = l.Title, words.heading, l.Status.Sentence
	a := conductAct{
		Action: l.Path() + "/step/" + stepWord[kind], Groups: ask(sf.fields()...),
		Button: page.Button{Text: words.button}, Cancel: page.Link{Text: "Cancel", Href: l.Path()},
	}
	if words.effect != "" {
		a.Effects = []string{words.effect}
	}
	return v.showAct(status, f, a, wrong)
}

// actionStep asks for a step.
func (s *Server) actionStep(v *visit) error {
	l, kind, err := v.stepAsked()
	if err != nil {
		return err
	}
	form, err := v.newStepForm(l, kind, nil)
	if err != nil {
		return err
	}
	return v.showStep(http.StatusOK, l, kind, form, "")
}

// actionStepDo takes it.
func (s *Server) actionStepDo(v *visit) error {
	l, kind, err := v.stepAsked()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	form, err := v.newStepForm(l, kind, values)
	if err != nil {
		return err
	}
	t := action.Take{Action: l.ID, Kind: kind, Note: values.Get("note")}
	ok := true
	if form.due != nil {
		t.Due, ok = readDay(form.due, "day", true)
	}
	if form.owner != nil {
		t.Owner = form.owner.chosen
		ok = ok && t.Owner != ""
	}
	if !ok {
		return v.showStep(http.StatusUnprocessableEntity, l, kind, form, "")
	}
	_, err = v.house.Actions.Take(v.ctx, v.actor.Person, v.org.ID, t)
	if refusable(err) {
		wrong := ""
		at := map[string]*string{"note": &form.note.Error}
		if form.due != nil {
			at["due"] = &form.due.Error
		}
		if form.owner != nil {
			at["owner"] = &form.owner.who.Error
		}
		v.refusedAt(err, &wrong, at)
		return v.showStep(http.StatusUnprocessableEntity, l, kind, form, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect(l.Path() + "?done=step")
}

// ownerField asks for a person by name: a line to type into, and where several fit, the
// choice of one. Names are sent in the form and stand in no address.
type ownerField struct {
	who    page.Text
	choice *page.Radios
	chosen string // id; "" where it is not settled
}

func (v *visit) ownerField(label string, form url.Values) (*ownerField, error) {
	f := &ownerField{who: page.Text{Name: "owner", Label: label, Hint: "The beginning of a name or of an e-mail address.", Value: clip(form.Get("owner"), longestWords), Width: 20, Verbatim: true}}
	if form == nil {
		return f, nil
	}
	if blank(f.who.Value) {
		f.who.Error = "Type the beginning of a name."
		return f, nil
	}
	found, err := v.house.Identity.FindPeople(v.ctx, v.org.ID, f.who.Value, maxFound)
	if err != nil {
		return nil, err
	}
	switch len(found) {
	case 0:
		f.who.Error = "Nobody is found for this. Type the beginning of their first name, surname or e-mail address."
	case 1:
		f.chosen = found[0].ID
	case maxFound:
		f.who.Error = "Many people fit. Type more of the name."
	default:
		f.choice = &page.Radios{Name: "owner_is", Legend: "Which of them?", Value: form.Get("owner_is"), Error: "Choose one of them, or type more of the name."}
		for _, x := range found {
			f.choice.Options = append(f.choice.Options, page.Option{Value: x.ID, Label: x.Name(), Hint: x.Email})
			if x.ID == f.choice.Value {
				f.chosen, f.choice.Error = x.ID, ""
			}
		}
	}
	return f, nil
}

func (f *ownerField) fields() []page.Field {
	if f.choice == nil {
		return []page.Field{f.who}
	}
	return []page.Field{f.who, *f.choice}
}
