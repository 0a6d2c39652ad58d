package web

import (
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/notice"
	"commonweal/internal/web/page"
)

type noticePreferencesPage struct {
	Choices []page.Radios
	Always  []string
}

// usual stands for the choice that is none: an empty value could not be told
// from a question that was left out.
const usual = "usual"

// digestName is the kind that is the weekly message itself.
const digestName = "notice.weekly"

func (v *visit) preferencesForm() (noticePreferencesPage, error) {
	list, err := v.house.Notices.Preferences(v.ctx, v.actor.Org, v.actor.Person)
	var p noticePreferencesPage
	for _, x := range list {
		if x.Kind.Statutory {
			p.Always = append(p.Always, x.Kind.Title)
			continue
		}
		field := page.Radios{Name: "kind-" + x.Kind.Name, Legend: x.Kind.Title, Value: string(x.Choice)}
		if x.Choice == notice.Usual {
			field.Value = usual
		}
		field.Options = []page.Option{
			{Value: usual, Label: "Both", Hint: "At once if it is urgent, otherwise on Mondays."},
			{Value: string(notice.Now), Label: "At once"},
			{Value: string(notice.Weekly), Label: "On Mondays, with everything else"},
			{Value: string(notice.Never), Label: "Never"},
		}
		if x.Kind.Name == digestName {
			field.Hint = "One e-mail with all that is not urgent."
			field.Options = []page.Option{{Value: usual, Label: "Every Monday"}, {Value: string(notice.Never), Label: "Never"}}
		}
		p.Choices = append(p.Choices, field)
	}
	return p, err
}

// noticePreferences asks which messages somebody wants, and says which are
// always sent.
func (s *Server) noticePreferences(v *visit) error {
	p, err := v.preferencesForm()
	if err != nil {
		return err
	}
	return v.preferencesPage(http.StatusOK, p)
}

func (v *visit) preferencesPage(status int, p noticePreferencesPage) error {
	f := v.frame()
	f.Back = page.Link{Text: "Messages to you", Href: "/notices"}
	f.Heading = "Which messages you get"
	f.Sentence = "You choose, except where the law wants you to be told."
	var fields []page.Field
	for _, c := range p.Choices {
		fields = append(fields, c)
	}
	f.Errors = page.Problems(fields...)
	if v.reading && v.r.URL.Query().Get("done") == "saved" {
		f.Notice = page.Notice{Done: true, Text: "Your choice is saved."}
	}
	f.Data = p
	return v.show(status, "notice_preferences", f)
}

// noticePreferencesSave keeps the choices. One that was left out stays.
func (s *Server) noticePreferencesSave(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	p, err := v.preferencesForm()
	if err != nil {
		return err
	}
	wrong := false
	for i := range p.Choices {
		field := &p.Choices[i]
		if !form.Has(field.Name) {
			continue
		}
		field.Value = form.Get(field.Name)
		if !employs(*field, field.Value) {
			field.Error, wrong = "Choose one of these.", true
		}
	}
	if wrong {
		return v.preferencesPage(http.StatusUnprocessableEntity, p)
	}
	for _, field := range p.Choices {
		choice := notice.Choice(strings.TrimPrefix(field.Value, usual))
		err := v.house.Notices.SetPreference(v.ctx, v.actor.Org, v.actor.Person, strings.TrimPrefix(field.Name, "kind-"), choice)
		if err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return v.redirect("/notices/preferences?done=saved")
}
