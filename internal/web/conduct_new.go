package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// A vote is prepared in two steps with an address each: what sort it is (and of a
// resolution, which), then one form. What is sent there is a draft, which can be
// changed until it is called. The rules are those of law and model rules; they have
// a page of their own.

var kindHints = map[poll.Kind]string{
	poll.Constituency: "Each constituency elects its own people to a council or board.",
	poll.Post:         "All elect one person, such as a chair.",
	poll.Proposal:     "A question to members, as advice or as a decision: yes or no.",
	poll.Resolution:   "A decision that the law gives to the members, with the majority that the law asks for.",
}

var kindOrder = []poll.Kind{poll.Constituency, poll.Post, poll.Proposal, poll.Resolution}

// conductKinds is a page with one question, asked by GET.
type conductKinds struct {
	Hidden   []hiddenField
	Question page.Radios
	Note     string
}

// conductNew asks what is not yet answered.
func (s *Server) conductNew(v *visit) error {
	q := v.queried()
	a, wrong := v.readKind(q)
	switch {
	case wrong != "" && !q.Has("kind"):
		return v.askKind(http.StatusOK, "")
	case wrong != "" && a.Kind == "":
		return v.askKind(http.StatusUnprocessableEntity, wrong)
	case wrong != "" && !q.Has("resolution"):
		return v.askResolution(http.StatusOK, "")
	case wrong != "":
		return v.askResolution(http.StatusUnprocessableEntity, wrong)
	}
	d, err := v.newDraft(a)
	if err != nil {
		return err
	}
	return v.showDraftForm(http.StatusOK, d, "")
}

// readKind reads what sort of vote is asked for, or says what is wrong.
func (v *visit) readKind(q url.Values) (poll.Ask, string) {
	a := poll.Ask{Form: law.FormID(v.org.LegalForm), Kind: poll.Kind(q.Get("kind"))}
	if !a.Kind.Known() {
		return poll.Ask{}, "Choose what sort of vote it is."
	}
	if a.Kind != poll.Resolution {
		return a, ""
	}
	id, stage, _ := strings.Cut(q.Get("resolution"), ":")
	a.Resolution, a.Stage = id, 1
	if n, err := strconv.Atoi(stage); err == nil {
		a.Stage = n
	}
	form := v.formToday()
	if form == nil {
		return a, "The legal form of this organisation is not set, so we do not know its resolutions."
	}
	if r, ok := form.Resolution(id); !ok || a.Stage < 1 || a.Stage > len(r.Stages) {
		return a, "Choose which resolution it is."
	}
	return a, ""
}

func (v *visit) newFrame() page.Frame {
	f := v.frame()
	f.Back = page.Link{Text: "Holding votes", Href: conductRoot}
	f.Kicker = "Prepare a vote"
	return f
}

func (v *visit) askKind(status int, wrong string) error {
	field := page.Radios{Name: "kind", Legend: "What sort of vote is it?", Heading: true, Error: wrong}
	for _, k := range kindOrder {
		field.Options = append(field.Options, page.Option{Value: string(k), Label: k.Title(), Hint: kindHints[k]})
	}
	f := v.newFrame()
	f.Title = "What sort of vote is it?"
	f.Errors = page.Problems(field)
	f.Data = conductKinds{Question: field, Note: "Nothing is called by preparing it. You can change all of it until the vote is called."}
	return v.show(status, "conduct_kind", f)
}

func (v *visit) askResolution(status int, wrong string) error {
	form := v.formToday()
	if form == nil {
		f := v.newFrame()
		f.Heading = "Which resolutions there are is not known"
		f.Data = page.CannotTell("Why", []string{"the legal form of the organisation"}, page.Link{Text: "Set it", Href: "/organisation/edit"})
		return v.show(http.StatusConflict, "fault", f)
	}
	field := page.Radios{Name: "resolution", Legend: "Which resolution is it?", Heading: true, Error: wrong, Hint: "The law for " + article(inRunningText(form.Label)) + " knows these."}
	for _, r := range form.Resolutions {
		for i := range r.Stages {
			o := page.Option{Value: fmt.Sprintf("%s:%d", r.ID, i+1), Label: r.Label, Hint: r.Text + " " + r.Citation + "."}
			if len(r.Stages) > 1 {
				o.Label = fmt.Sprintf("%s, vote %d of %d", r.Label, i+1, len(r.Stages))
			}
			field.Options = append(field.Options, o)
		}
	}
	f := v.newFrame()
	f.Back = page.Link{Text: "Another sort of vote", Href: conductRoot + "/new"}
	f.Title = field.Legend
	f.Errors = page.Problems(field)
	f.Data = conductKinds{Hidden: []hiddenField{{"kind", string(poll.Resolution)}}, Question: field}
	return v.show(status, "conduct_kind", f)
}

// conductPrepare keeps the draft.
func (s *Server) conductPrepare(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	a, wrong := v.readKind(form)
	if wrong != "" {
		if a.Kind == poll.Resolution {
			return v.askResolution(http.StatusUnprocessableEntity, wrong)
		}
		return v.askKind(http.StatusUnprocessableEntity, wrong)
	}
	d, err := v.newDraft(a)
	if err != nil {
		return err
	}
	return v.prepare(d, form, "prepared")
}

// prepare reads the form of a draft into it, keeps it, and shows what was kept.
func (v *visit) prepare(d *draftForm, form url.Values, done string) error {
	p, ok := d.read(v, form)
	if !ok {
		return v.showDraftForm(http.StatusUnprocessableEntity, d, "")
	}
	_, err := v.house.Polls.Prepare(v.ctx, v.actor.Person, v.org.ID, p)
	if refusable(err) {
		return v.showDraftForm(http.StatusUnprocessableEntity, d, d.refused(v, err))
	}
	if err != nil {
		return err
	}
	return v.redirect(conductRoot + "/" + p.Code + "?done=" + done)
}

// refused puts what the room refused at its field, and returns what is about none.
func (d *draftForm) refused(v *visit, err error) (other string) {
	c := &conduct{visit: v, p: d.was}
	if d.was.Code == "" {
		c.p = poll.Poll{Code: d.Code.Value, Title: d.Title.Value}
	}
	c.wrongAt(err, &other, map[string]*string{
		"title": &d.Title.Error, "code": &d.Code.Error, "about": &d.About.Error, "closes": &d.Closes.Error, "question": &d.Question.Error,
		"answers": &d.For.Error, "follows": &d.Follows.Error,
	})
	return other
}

// codeWrong says why a code cannot stand in addresses, or nothing.
func codeWrong(code string) string {
	for _, word := range reservedCodes {
		if code == word {
			return "The word “" + word + "” has another meaning in addresses. Choose another."
		}
	}
	return ""
}

// checkCode refuses the same for programs.
func checkCode(code string) error {
	if why := codeWrong(code); why != "" {
		return fault.Fieldf("code", "%s", strings.TrimSuffix(why, "."))
	}
	return nil
}
