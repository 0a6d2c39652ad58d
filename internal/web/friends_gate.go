package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/listen/friends"
	"commonweal/internal/web/page"
)

type patientGate struct {
	show   page.Radios
	words  page.TextArea
	reason page.TextArea
}

func newPatientGate(c friends.Comment, form url.Values) *patientGate {
	f := &patientGate{
		show: page.Radios{Name: "show", Legend: "May it be shown?", Value: form.Get("show"), Options: []page.Option{
			{Value: "yes", Label: "Yes, in the words below"}, {Value: "no", Label: "No"},
		}},
		words:  page.TextArea{Name: "words", Label: "The words as they are shown", Hint: "Names and places were taken out by machine, which misses some. Take out whatever tells who it is about.", Rows: 6, Value: c.Without},
		reason: page.TextArea{Name: "reason", Label: "If not, why?", Rows: 2, Value: form.Get("reason")},
	}
	if form != nil {
		f.words.Value = form.Get("words")
	}
	return f
}

// friendsGate shows the first comment that waits, to whoever decides.
func (s *Server) friendsGate(v *visit) error {
	list, err := v.house.Friends.Waiting(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		f := v.patientGateFrame(0)
		return v.sections(f, conductPage{Sections: []conductSection{{Show: []page.Component{page.Empty("Nothing waits", "What patients write waits here until somebody has read it.", page.Link{Text: "Comments that one reader kept back", Href: "/surveys/friends/gate/again"})}}}})
	}
	return v.showPatientGate(http.StatusOK, list[0], len(list), newPatientGate(list[0], nil), "")
}

func (v *visit) patientGateFrame(n int) page.Frame {
	f := v.frame()
	f.Back = page.Link{Text: "Friends and family", Href: "/surveys/friends"}
	f.Kicker, f.Heading, f.Sentence = "Friends and family", "What patients wrote, at the gate", page.Begin(count(n, "comment waits.", "comments wait."))
	f.Notice = doneNotice(v, map[string]string{"decided": "It is decided, and what the patient wrote is deleted.", "kept": "It is kept back until a second reader agrees or brings it back."})
	return f
}

func (v *visit) showPatientGate(status int, c friends.Comment, n int, form *patientGate, wrong string) error {
	names, err := v.pointNames()
	if err != nil {
		return err
	}
	consent := "The patient did not say that it may be published: it is read by those who run the service."
	if c.Publish {
		consent = "The patient said that it may be published."
	}
	return v.showAct(status, v.patientGateFrame(n), conductAct{
		Action: "/surveys/friends/gate", Hidden: []hiddenField{{"comment", c.ID}},
		Summary: page.Summary{{Term: "Where", Fact: names[c.Point] + ", " + c.Month.Words()}, {Term: "Answer", Fact: c.Rating.Words()}, {Term: "As written", Fact: c.Words}, {Term: "Consent", Fact: consent}},
		Groups:  ask(form.show, form.words, form.reason), Button: page.Button{Text: "Decide"}, Cancel: page.Link{Text: "Later", Href: "/surveys/friends"},
		Effects: []string{
			"If it is shown, what the patient wrote is deleted, and its seal stays in the record.",
			"If it is not, a second reader agrees or brings it back. Your reason is in the record, and everybody sees how many are kept back.",
		},
	}, wrong)
}

// friendsGateDo decides.
func (s *Server) friendsGateDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	list, err := v.house.Friends.Waiting(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.ID != values.Get("comment") {
			continue
		}
		form, wrong := newPatientGate(c, values), ""
		if show := values.Get("show"); show != "yes" && show != "no" {
			form.show.Error = "Choose whether it may be shown."
			return v.showPatientGate(http.StatusUnprocessableEntity, c, len(list), form, "")
		}
		err := v.house.Friends.Decide(v.ctx, v.actor.Person, v.org.ID, friends.Decision{Comment: c.ID, Show: values.Get("show") == "yes", Words: form.words.Value, Reason: form.reason.Value})
		if refusable(err) {
			v.refusedAt(err, &wrong, map[string]*string{"words": &form.words.Error, "reason": &form.reason.Error})
			return v.showPatientGate(http.StatusUnprocessableEntity, c, len(list), form, wrong)
		}
		if err != nil {
			return err
		}
		if values.Get("show") == "no" {
			return v.redirect("/surveys/friends/gate?done=kept")
		}
		return v.redirect("/surveys/friends/gate?done=decided")
	}
	return errGone
}
