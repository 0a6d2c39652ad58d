package web

import (
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// keyAct is a page with one act about a key: what it is about, what is asked, one
// button.
type keyAct struct {
	Action  string
	Facts   page.Defs
	Says    []string
	Hidden  map[string]string
	Fields  []page.Field
	Button  page.Button
	Cancel  string
	Summary page.Summary
}

func (v *visit) showKeyAct(status int, f page.Frame, a keyAct, wrong string) error {
	f.Errors = page.Problems(a.Fields...)
	if wrong != "" {
		f.Errors = append([]page.Error{{Message: wrong}}, f.Errors...)
	}
	f.Data = a
	return v.show(status, "key_act", f)
}

// keyPoll is the poll that the address asks about, for its returning officer.
func (v *visit) keyPoll(code string) (poll.Poll, error) {
	p, err := v.house.Polls.PollByCode(v.ctx, v.org.ID, code)
	if fault.Is(err, fault.NotFound) {
		return p, fault.Errorf(fault.NotFound, "there is no vote at this address")
	}
	if err == nil && !conductsPoll(v, p) {
		err = fault.Errorf(fault.Forbidden, "only the returning officer of this vote may begin its key, and you are not")
	}
	return p, err
}

func keyKind(value string) page.Radios {
	return page.Radios{Name: "kind", Legend: "What do you begin?", Value: value, Options: []page.Option{
		{Value: "rehearsal", Label: "A rehearsal", Hint: "The same steps. The key is thrown away. Hold one first: it shows whether everybody finds the page and keeps a secret."},
		{Value: "key", Label: "The key", Hint: "Votes are locked with it."},
	}}
}

// keyBeginShow asks the returning officer what is begun.
func (s *Server) keyBeginShow(v *visit) error {
	p, err := v.keyPoll(v.r.URL.Query().Get("poll"))
	if err != nil {
		return err
	}
	return v.keyBeginForm(http.StatusOK, p, keyKind(""), "")
}

func (v *visit) keyBeginForm(status int, p poll.Poll, kind page.Radios, wrong string) error {
	var names []string
	for i, o := range p.Holders(poll.Keyholder) {
		names = append(names, number(i+1)+" "+v.keyholderName(keys.Holder{Number: i + 1, Person: o.Person}))
	}
	f := v.frame()
	f.Back = page.Link{Text: "Keys", Href: "/keys"}
	f.Kicker = p.Title
	f.Heading = "Begin the key"
	f.Sentence = "The keyholders make it together, each on their own device. You see how far they are, and never the key."
	return v.showKeyAct(status, f, keyAct{
		Action: "/keys/begin?poll=" + p.Code,
		Facts: page.Defs{
			{Term: "Keyholders", Fact: orNone(strings.Join(names, ", "))},
			{Term: "Needed to open votes", Fact: page.Begin(said(page.Words(p.Rules.Threshold)) + " of " + said(page.Words(p.Rules.Keyholders)))},
			{Term: "Group of numbers", Fact: v.house.PlannedGroup(p)},
		},
		Fields: []page.Field{kind}, Button: page.Button{Text: "Begin"}, Cancel: "/keys",
	}, wrong)
}

// keyBegin begins it.
func (s *Server) keyBegin(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	p, err := v.keyPoll(v.r.URL.Query().Get("poll"))
	if err != nil {
		return err
	}
	kind := keyKind(form.Get("kind"))
	if kind.Value != "key" && kind.Value != "rehearsal" {
		kind.Value, kind.Error = "", "Choose the rehearsal or the key."
		return v.keyBeginForm(http.StatusUnprocessableEntity, p, kind, "")
	}
	id, err := v.house.Keys.Begin(v.ctx, v.actor.Person, v.org.ID, p.ID, kind.Value == "rehearsal")
	if refusable(err) {
		return v.keyBeginForm(http.StatusUnprocessableEntity, p, kind, v.keyWords(err))
	}
	if err != nil {
		return err
	}
	return v.redirect("/keys/" + id + "?done=begun")
}
