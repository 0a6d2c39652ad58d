package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
)

func destroyedFields(form url.Values) (page.Text, page.TextArea) {
	return page.Text{Name: "witness", Label: "Who saw it?", Hint: "The name of somebody who was there. It is in the record.", Width: 30, Value: form.Get("witness"), Autocomplete: "off"},
		page.TextArea{Name: "statement", Label: "What did you destroy, and how?", Hint: "Such as: I wiped the USB stick and shredded the paper. There is no other copy.", Rows: 3, Value: form.Get("statement")}
}

// keyDestroyedShow asks a keyholder who saw that they destroyed their part.
func (s *Server) keyDestroyedShow(v *visit) error {
	k, err := v.keyAskedOwn()
	if err != nil {
		return err
	}
	witness, statement := destroyedFields(v.r.URL.Query())
	return k.destroyedForm(http.StatusOK, witness, statement, "")
}

func (k *keySetup) destroyedForm(status int, witness page.Text, statement page.TextArea, wrong string) error {
	if !k.mine.Destroyed.IsZero() || !k.over() {
		return k.v.redirect(k.path(""))
	}
	f := k.frame("Destroy your part of the key", "Delete every copy of your secret first, with somebody there who sees it. Then say so here.")
	f.Back = page.Link{Text: "The key", Href: k.path("")}
	return k.v.showKeyAct(status, f, keyAct{
		Action: k.path("/destroyed/review"), Fields: []page.Field{witness, statement}, Button: page.Button{Text: "Continue"}, Cancel: k.path(""),
		Says: []string{"The result can no longer be questioned, so nobody needs the key any more. While it is there, its holders together could still open single votes."},
	}, wrong)
}

// destroyedAsked reads the form and says what is missing.
func destroyedAsked(form url.Values) (witness page.Text, statement page.TextArea, ok bool) {
	witness, statement = destroyedFields(form)
	if strings.TrimSpace(witness.Value) == "" {
		witness.Error = "Give the name of who saw it."
	}
	if strings.TrimSpace(statement.Value) == "" {
		statement.Error = "Say what you destroyed, and how."
	}
	return witness, statement, witness.Error == "" && statement.Error == ""
}

// keyDestroyedReview shows what will be recorded.
func (s *Server) keyDestroyedReview(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	k, err := v.keyAskedOwn()
	if err != nil {
		return err
	}
	witness, statement, ok := destroyedAsked(form)
	if !ok {
		return k.destroyedForm(http.StatusUnprocessableEntity, witness, statement, "")
	}
	back := k.path("/destroyed")
	f := k.frame("Is this true?", "It goes into the record with your name and cannot be taken back.")
	f.Back = page.Link{Text: "Change it", Href: back}
	return v.showKeyAct(http.StatusOK, f, keyAct{
		Action:  k.path("/destroyed"),
		Summary: page.Summary{{Term: "Seen by", Fact: witness.Value}, {Term: "What was destroyed", Fact: statement.Value}},
		Hidden:  map[string]string{"witness": witness.Value, "statement": statement.Value},
		Button:  page.Button{Text: "I have destroyed my part", Kind: page.Warning}, Cancel: k.path(""),
	}, "")
}

// keyDestroyed records it.
func (s *Server) keyDestroyed(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	k, err := v.keyAskedOwn()
	if err != nil {
		return err
	}
	witness, statement, ok := destroyedAsked(form)
	if !ok {
		return k.destroyedForm(http.StatusUnprocessableEntity, witness, statement, "")
	}
	if !k.over() {
		return fault.Errorf(fault.Conflict, "the key of this vote is kept until its result can no longer be questioned")
	}
	err = v.house.Keys.Destroy(v.ctx, v.actor.Person, v.org.ID, k.of.ID, witness.Value, statement.Value)
	if refusable(err) {
		wrong := ""
		at := map[string]*string{"witness": &witness.Error, "statement": &statement.Error}
		v.refusedAt(err, &wrong, at)
		return k.destroyedForm(http.StatusUnprocessableEntity, witness, statement, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect(k.path("?done=destroyed"))
}
