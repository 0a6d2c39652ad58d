package web

import (
	"net/http"
	"net/url"
	"slices"

	"commonweal/internal/listen/friends"
	"commonweal/internal/web/page"
)

// friendsAgain shows the first comment that somebody else kept back, to be looked at a
// second time.
func (s *Server) friendsAgain(v *visit) error {
	list, err := v.house.Friends.Held(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	for _, h := range list {
		if h.By != v.actor.Person {
			return v.showAgain(http.StatusOK, h, len(list), nil, "")
		}
	}
	none := page.Empty("Nothing waits for you", "What one reader keeps back or takes back waits here for a second.", page.Link{Text: "Comments that nobody has read", Href: "/surveys/friends/gate"})
	if len(list) > 0 {
		none = page.Empty("Nothing waits for you", "You kept back "+count(len(list), "comment that waits", "comments that wait")+" for a second reader: an engagement lead or a staff-side representative.", page.Link{Text: "Comments that nobody has read", Href: "/surveys/friends/gate"})
	}
	return v.sections(v.againFrame(len(list)), conductPage{Sections: []conductSection{{Show: []page.Component{none}}}})
}

func (v *visit) againFrame(n int) page.Frame {
	f := v.frame()
	f.Back = page.Link{Text: "Friends and family", Href: "/surveys/friends"}
	f.Kicker, f.Heading, f.Sentence = "Friends and family", "Kept back by one reader", page.Begin(count(n, "comment is", "comments are"))+" kept back until a second reader agrees or brings it back."
	f.Notice = doneNotice(v, map[string]string{"decided": "It is decided, and what the patient wrote is deleted."})
	return f
}

func (v *visit) showAgain(status int, h friends.Held, n int, form url.Values, wrong string) error {
	names, err := v.pointNames()
	if err != nil {
		return err
	}
	who, err := v.people(h.By)
	if err != nil {
		return err
	}
	f := newPatientGate(h.Comment, form)
	f.show.Legend, f.show.Options = "May it be shown after all?", []page.Option{{Value: "yes", Label: "Yes, in the words below"}, {Value: "no", Label: "No, it stays so and its words are deleted"}}
	if form != nil && form.Get("show") != "yes" && form.Get("show") != "no" {
		f.show.Error = "Choose whether it may be shown."
	}
	if form != nil && form.Get("show") == "yes" && blank(f.words.Value) {
		f.words.Error = "Enter the words as they are to be shown."
	}
	return v.showAct(status, v.againFrame(n), conductAct{
		Action: "/surveys/friends/gate/again", Hidden: []hiddenField{{"comment", h.ID}},
		Summary: page.Summary{
			{Term: "Where", Fact: names[h.Point] + ", " + h.Month.Words()},
			{Term: "Answer", Fact: h.Rating.Words()},
			{Term: "In their words", Fact: h.Words},
			{Term: "Why it is kept back", Fact: h.Reason},
			{Term: "By", Fact: who.name(h.By)},
		},
		Groups: ask(f.show, f.words), Button: page.Button{Text: "Decide"}, Cancel: page.Link{Text: "Later", Href: "/surveys/friends"},
		Effects: []string{"The words are deleted with your decision, but for those that are shown."},
	}, wrong)
}

// friendsAgainDo decides a second time.
func (s *Server) friendsAgainDo(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	list, err := v.house.Friends.Held(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(h friends.Held) bool { return h.ID == form.Get("comment") })
	if i < 0 {
		return errGone
	}
	show := form.Get("show")
	if show != "yes" && show != "no" || show == "yes" && blank(form.Get("words")) {
		return v.showAgain(http.StatusUnprocessableEntity, list[i], len(list), form, "")
	}
	err = v.house.Friends.Again(v.ctx, v.actor.Person, v.org.ID, friends.Decision{Comment: list[i].ID, Show: show == "yes", Words: form.Get("words")})
	if refusable(err) {
		return v.showAgain(http.StatusUnprocessableEntity, list[i], len(list), form, v.refusalWords(err))
	}
	if err != nil {
		return err
	}
	return v.redirect("/surveys/friends/gate/again?done=decided")
}
