package web

import (
	"net/http"

	"commonweal/internal/listen/action"
	"commonweal/internal/web/page"
)

type sayForm struct {
	says  page.Radios
	words page.TextArea
}

func newSayForm(w action.Word) *sayForm {
	return &sayForm{
		says: page.Radios{Name: "says", Legend: "What do you say of it?", Value: string(w.Says), Options: []page.Option{
			{Value: string(action.Helped), Label: "It helped"}, {Value: string(action.NotYet), Label: "Not yet"}, {Value: string(action.Didnt), Label: "It did not happen"},
		}},
		words: page.TextArea{Name: "words", Label: "Do you want to add something?", Hint: "The owner and those who follow actions up read it, without your name. Write nothing that shows who you are.", Rows: 4, Value: w.Text},
	}
}

func (v *visit) showSay(status int, l action.Listed, form *sayForm, wrong string) error {
	f := v.frame()
	f.Back = page.Link{Text: l.Title, Href: l.Path()}
	f.Kicker, f.Heading, f.Sentence = l.Title, "Say whether it helped", "You said: "+saidIn(l.Action)+", "+lowerFirst(l.Label)+": "+l.Says+" ("+l.WaveName+")."
	a := conductAct{
		Action: l.Path() + "/say", Groups: ask(form.says, form.words), Button: page.Button{Text: "Say it"}, Cancel: page.Link{Text: "Cancel", Href: l.Path()},
		Effects: []string{
			"Everybody says it once, and may change it. It is shown only in sum, and only once enough have answered.",
			"The record keeps it sealed and without your name. It is less than the survey promises: whoever runs the machine and has its key could find out that you said it.",
		},
	}
	return v.showAct(status, f, a, wrong)
}

// actionSay asks what a member says of an action.
func (s *Server) actionSay(v *visit) error {
	l, err := v.actionAsked()
	if err != nil {
		return err
	}
	w, _, err := v.house.Actions.Said(v.ctx, v.org.ID, v.actor.Person, l.ID)
	if err != nil {
		return err
	}
	return v.showSay(http.StatusOK, l, newSayForm(w), "")
}

// actionSayDo keeps it.
func (s *Server) actionSayDo(v *visit) error {
	l, err := v.actionAsked()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	w := action.Word{Says: action.Says(values.Get("says")), Text: values.Get("words")}
	err = v.house.Actions.Say(v.ctx, v.org.ID, v.actor.Person, l.ID, w)
	if refusable(err) {
		form, wrong := newSayForm(w), ""
		v.refusedAt(err, &wrong, map[string]*string{"says": &form.says.Error, "words": &form.words.Error})
		return v.showSay(http.StatusUnprocessableEntity, l, form, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect(l.Path() + "?done=said")
}
