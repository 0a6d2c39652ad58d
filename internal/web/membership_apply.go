package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

const applyDraft = "apply"

type applyPage struct {
	Classes page.Radios
	Wording wording
	Lines   []string
	Agree   page.Checkboxes
	Area    page.Text
	Class   string
}

type applyReviewPage struct {
	Answers page.Summary
	Says    string // what the rule says
	Lines   []string
	Class   string
	Area    string
	Consent string
	Button  page.Actions
}

// applicant is the visitor with the classes that are open to them. It refuses
// those who have nothing to apply for, with the reason.
func (v *visit) applicant() (standing, []chance, error) {
	st, err := v.standingOf(v.actor.Person, v.today())
	if err != nil {
		return st, nil, err
	}
	if st.Status.State == member.Applicant {
		return st, nil, fault.Errorf(fault.Conflict, "you have applied already, on %s", v.day(st.Status.Since))
	}
	all, err := st.chances()
	if err != nil {
		return st, nil, err
	}
	var choices []chance
	for _, c := range openTo(all) {
		if st.Status.State != member.Member || st.Status.Class != c.Class.Code {
			choices = append(choices, c)
		}
	}
	if len(choices) == 0 {
		return st, nil, fault.Errorf(fault.Conflict, "there is no class of membership that you may apply to today; your membership page says why")
	}
	return st, choices, nil
}

func pick(choices []chance, code string) (chance, bool) {
	for _, c := range choices {
		if c.Class.Code == code {
			return c, true
		}
	}
	return chance{}, false
}

// applyShow asks one question: which class, and then, of private persons, the
// consent that their membership rests on.
func (s *Server) applyShow(v *visit) error {
	_, choices, err := v.applicant()
	if err != nil {
		return err
	}
	code := v.r.URL.Query().Get("class")
	if code == "" && len(choices) == 1 {
		code = choices[0].Class.Code
	}
	c, ok := pick(choices, code)
	switch {
	case !ok:
		return v.applyClassForm(http.StatusOK, choices, "")
	case c.Class.Kind.NeedsConsent():
		return v.applyConsentForm(http.StatusOK, c, url.Values{}, nil)
	}
	return v.redirect("/membership/apply/review?class=" + url.QueryEscape(code))
}

func (v *visit) applyClassForm(status int, choices []chance, wrong string) error {
	p := applyPage{Classes: page.Radios{Name: "class", Legend: "What do you want to be a member as?", Heading: true, Error: wrong}}
	for _, c := range choices {
		p.Classes.Options = append(p.Classes.Options, page.Option{Value: c.Class.Code, Label: c.Class.Name, Hint: inPlain(c.Why)})
	}
	f := v.frame()
	f.Title = "Apply for membership"
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	f.Errors = page.Problems(p.Classes)
	f.Data = p
	return v.show(status, "membership_apply_class", f)
}

func (v *visit) applyConsentForm(status int, c chance, values url.Values, wrong error) error {
	w := wordingNow()
	p := applyPage{
		Class: c.Class.Code, Wording: w, Lines: w.For(v.org.Name),
		Agree: page.Checkboxes{
			Name: "consent", Legend: "Do you agree?", Values: values["consent"],
			Options: []page.Option{{Value: w.Version, Label: "I agree to this wording, version " + w.Version}},
		},
		Area: page.Text{
			Name: "area", Label: "First half of your postcode", Hint: "For example, NP16. We do not need the second half.",
			Width: 5, Value: values.Get("area"), Verbatim: true,
		},
	}
	if wrong != nil {
		if fault.FieldOf(wrong) == "area" {
			p.Area.Error = sentenceOf(wrong, "")
		} else {
			p.Agree.Error = sentenceOf(wrong, "")
		}
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	f.Kicker = "Apply to join " + c.Class.Name
	f.Heading = "What you agree to"
	f.Sentence = "This membership is yours as a private person, so it rests on your consent."
	f.Errors = page.Problems(p.Agree, p.Area)
	f.Data = p
	return v.show(status, "membership_apply_consent", f)
}

// applyAnswer takes the answer to one question and leads to the next.
func (s *Server) applyAnswer(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	_, choices, err := v.applicant()
	if err != nil {
		return err
	}
	c, ok := pick(choices, values.Get("class"))
	if !ok {
		return v.applyClassForm(http.StatusUnprocessableEntity, choices, "Choose one.")
	}
	next := "/membership/apply/review?class=" + url.QueryEscape(c.Class.Code)
	if !c.Class.Kind.NeedsConsent() {
		return v.redirect(next)
	}
	if values.Get("step") != "consent" {
		return v.redirect("/membership/apply?class=" + url.QueryEscape(c.Class.Code))
	}
	if err := checkConsent(values); err != nil {
		return v.applyConsentForm(http.StatusUnprocessableEntity, c, values, err)
	}
	area, err := member.ParseArea(values.Get("area"))
	if err != nil {
		return v.applyConsentForm(http.StatusUnprocessableEntity, c, values, err)
	}
	if err := v.keepDraft(applyDraft, url.Values{"class": {c.Class.Code}, "area": {area}, "consent": {values.Get("consent")}}); err != nil {
		return err
	}
	return v.redirect(next)
}

func checkConsent(values url.Values) error {
	if values.Get("consent") == "" {
		return fault.Fieldf("consent", "tick the box if you agree; without it there is nothing to apply for")
	}
	if values.Get("consent") != wordingNow().Version {
		return fault.Fieldf("consent", "the wording has changed since you opened the page: read it again")
	}
	return nil
}

// applyReview shows everything that is about to be sent.
func (s *Server) applyReview(v *visit) error {
	_, choices, err := v.applicant()
	if err != nil {
		return err
	}
	code := v.r.URL.Query().Get("class")
	c, ok := pick(choices, code)
	if !ok {
		return v.redirect("/membership/apply")
	}
	var draft url.Values
	if c.Class.Kind.NeedsConsent() {
		draft, ok = v.draft(applyDraft)
		if !ok || draft.Get("class") != code {
			return v.redirect("/membership/apply?class=" + url.QueryEscape(code))
		}
	}
	return v.applyReviewPage(http.StatusOK, c, draft, nil)
}

func (v *visit) applyReviewPage(status int, c chance, draft url.Values, wrong error) error {
	again := "/membership/apply?class=" + url.QueryEscape(c.Class.Code)
	p := applyReviewPage{
		Class: c.Class.Code, Area: draft.Get("area"), Consent: draft.Get("consent"), Says: inPlain(c.Why),
		Answers: page.Summary{{Term: "Name", Fact: v.actor.Name}, {Term: "To join", Fact: c.Class.Name}},
		Button:  page.Actions{Button: page.Button{Text: "Send your application"}, Links: []page.Link{{Text: "Not now", Href: "/membership"}}},
	}
	if p.Consent != "" {
		change := func(what string) page.Link { return page.Link{Text: "Change", Href: again, Hidden: what} }
		p.Answers = append(p.Answers,
			page.SummaryRow{Term: "Lives in", Fact: p.Area, Change: change("where you live")},
			page.SummaryRow{Term: "Agrees to", Fact: "The wording of version " + p.Consent, Change: change("what you agree to")})
		if w, ok := wordingOf(p.Consent); ok {
			p.Lines = w.For(v.org.Name)
		}
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	f.Kicker = "Apply to join " + c.Class.Name
	f.Heading = "Check before you send it"
	f.Sentence = applyWill(c)
	if wrong != nil {
		f.Errors = []page.Error{{Field: "send", Message: sentenceOf(wrong, "")}}
	}
	f.Data = p
	return v.show(status, "membership_apply_review", f)
}

// applyWill says what an application begins.
func applyWill(c chance) string {
	switch {
	case c.Class.Admission == member.ByEligibility && c.Verdict == law.Holds:
		return "You become a member at once: " + nameOfRule(c.Class) + " fits."
	case c.Verdict == law.CannotTell:
		return "The secretary decides, because a fact is missing that " + nameOfRule(c.Class) + " turns on."
	}
	return "The secretary admits you or refuses with a reason."
}

// applySend records the application, and leads to its receipt.
func (s *Server) applySend(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	_, choices, err := v.applicant()
	if err != nil {
		return err
	}
	c, ok := pick(choices, values.Get("class"))
	if !ok {
		return v.redirect("/membership/apply")
	}
	a := member.Application{Person: v.actor.Person, Class: c.Class.Code, Effective: v.today()}
	if c.Class.Kind.NeedsConsent() {
		if err := checkConsent(values); err != nil {
			return v.applyConsentForm(http.StatusUnprocessableEntity, c, values, err)
		}
		a.Consent, a.Area = values.Get("consent"), values.Get("area")
	}
	_, err = v.house.Members.Apply(v.ctx, v.actor.Person, v.org.ID, a)
	switch {
	case fault.Is(err, fault.Invalid) && c.Class.Kind.NeedsConsent():
		return v.applyConsentForm(http.StatusUnprocessableEntity, c, values, err)
	case fault.Is(err, fault.Invalid):
		return v.applyReviewPage(http.StatusUnprocessableEntity, c, values, err)
	case err != nil:
		return err
	}
	v.dropDraft(applyDraft)
	return v.toReceipt("member.applied")
}
