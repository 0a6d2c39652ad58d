package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/listen/action"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

// directorates are those that the newest survey knew, and those that have actions.
func (v *visit) directorates() ([]page.Option, error) {
	waves, err := v.house.Waves.List(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	var out []page.Option
	seen := map[string]bool{"": true}
	add := func(code, name string) {
		if !seen[code] {
			seen[code] = true
			out = append(out, page.Option{Value: code, Label: name})
		}
	}
	for _, w := range waves {
		for _, u := range w.Units {
			if u.Level == wave.Directorate {
				add(u.Code, u.Name)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	list, err := v.house.Actions.All(v.ctx, v.org.ID)
	for _, l := range list {
		add(l.Directorate, l.DirectorateName)
	}
	return out, err
}

// headsForm asks who answers for a directorate.
type headsForm struct {
	directorate page.Select
	who         *ownerField
}

func (v *visit) newHeadsForm(form url.Values) (*headsForm, error) {
	options, err := v.directorates()
	if err != nil {
		return nil, err
	}
	f := &headsForm{directorate: page.Select{Name: "directorate", Label: "Which directorate?", Value: form.Get("directorate"), Options: append([]page.Option{{Label: "Choose one"}}, options...)}}
	f.who, err = v.ownerField("Who answers for it?", form)
	return f, err
}

// name is the name of the directorate that was chosen.
func (f *headsForm) name() string {
	for _, o := range f.directorate.Options {
		if o.Value == f.directorate.Value && o.Value != "" {
			return o.Label
		}
	}
	return ""
}

func (v *visit) showHeads(status int, form *headsForm, wrong string) error {
	heads, err := v.house.Actions.Heads(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	var ids []string
	for _, h := range heads {
		ids = append(ids, h.Person)
	}
	names, err := v.people(ids...)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Who owns what", Href: "/surveys/actions/board"}
	f.Kicker, f.Heading = "You said, we did", "Who answers for a directorate"
	f.Sentence = "Whoever answers for a directorate is told when an action in it is " + said(page.Words(action.EscalateAfter)) + " days late. The directors are told of all."
	f.Notice = doneNotice(v, map[string]string{"named": "It is recorded."})
	f.Files = []page.Files{v.files("/surveys/actions/heads", "who answers for directorates", v.today())}
	t := page.Table{Caption: "Who answers for which directorate", Columns: []page.Column{{Head: "Directorate"}, {Head: "Who answers for it"}, {Head: "Since"}}}
	for _, h := range heads {
		t.Rows = append(t.Rows, page.Cells(h.Name, names.name(h.Person), v.day(h.Starts)))
	}
	a := conductAct{
		Action: "/surveys/actions/heads", Groups: []conductFields{{Heading: "Name somebody", Fields: append([]page.Field{form.directorate}, form.who.fields()...)}},
		Button: page.Button{Text: "Name them"}, Cancel: page.Link{Text: "Cancel", Href: "/surveys/actions/board"},
	}
	if len(t.Rows) > 0 {
		a.Sections = []conductSection{{Show: []page.Component{t}}}
	}
	if len(form.directorate.Options) == 1 {
		f.Data = conductPage{Sections: []conductSection{{Show: []page.Component{page.Empty("No directorates yet", "Directorates are those of the newest survey. Without one there are none to answer for.", page.Link{Text: "Surveys", Href: "/surveys"})}}}}
		return v.show(status, "conduct_page", f)
	}
	return v.showAct(status, f, a, wrong)
}

// actionHeads shows who answers for which directorate, and asks for another.
func (s *Server) actionHeads(v *visit) error {
	form, err := v.newHeadsForm(nil)
	if err != nil {
		return err
	}
	return v.showHeads(http.StatusOK, form, "")
}

// actionHeadsDo names somebody.
func (s *Server) actionHeadsDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	form, err := v.newHeadsForm(values)
	if err != nil {
		return err
	}
	if form.name() == "" {
		form.directorate.Error = "Choose a directorate."
	}
	if form.name() == "" || form.who.chosen == "" {
		return v.showHeads(http.StatusUnprocessableEntity, form, "")
	}
	err = v.house.Actions.Name(v.ctx, v.actor.Person, v.org.ID, action.Head{Directorate: form.directorate.Value, Name: form.name(), Person: form.who.chosen})
	if refusable(err) {
		wrong := ""
		v.refusedAt(err, &wrong, map[string]*string{"directorate": &form.directorate.Error, "person": &form.who.who.Error})
		return v.showHeads(http.StatusUnprocessableEntity, form, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect("/surveys/actions/heads?done=named")
}
