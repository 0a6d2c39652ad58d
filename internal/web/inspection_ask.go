package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/own/register"
	"commonweal/internal/web/page"
	"commonweal/law"
)

const inspectionDraft = "inspection"

type inspectionAskPage struct {
	As      page.Radios
	Refused *page.Panel
	Form    inspectionForm
	Terms   register.Terms
	Source  string
	None    *page.Panel
}

type inspectionForm struct {
	As           law.Audience
	Name         page.Text
	Organisation page.Text
	Address      page.TextArea
	Email        page.Text
	Purpose      *page.TextArea
	Shared       *page.Radios
	Others       *page.TextArea
	Wants        *page.Radios
}

type inspectionReviewPage struct {
	Answers page.Summary
	Hidden  []page.Def
	Button  page.Actions
	When    string
}

// askerOptions are the ways in which one may ask, those without a right among
// them, so that they are told why.
var askerOptions = []struct {
	audience law.Audience
	label    string
}{
	{law.Member, "I am a member"},
	{law.OwnEntry, "I want to see my own entry"},
	{law.Interested, "I have an interest in the funds, and am no member"},
	{law.Trustee, "I am a trustee"},
	{law.Anyone, "None of these"},
}

// inspectionShow asks who asks; then either the law gives them a right and the
// form follows, or it is said why not.
func (s *Server) inspectionShow(v *visit) error {
	form, err := v.legalForm(v.today())
	if err != nil {
		return err
	}
	if form == nil {
		panel := page.Empty("There is no register yet", "The organisation has no legal form yet, so no law says who may see its register.", page.Link{Text: "Go to the front page", Href: "/"})
		return v.inspectionPage(http.StatusOK, inspectionAskPage{None: &panel}, "")
	}
	as := law.Audience(v.r.URL.Query().Get("as"))
	if as == "" {
		return v.inspectionWho(http.StatusOK, form, "", "")
	}
	if _, known := askerLabel(as); !known {
		return v.inspectionWho(http.StatusUnprocessableEntity, form, "", "Choose one.")
	}
	terms, err := v.house.Register.Terms(v.ctx, v.org.ID, as)
	if err != nil {
		return err
	}
	if !terms.Right {
		return v.inspectionRefused(terms)
	}
	values := url.Values{}
	if draft, ok := v.draft(inspectionDraft); ok && draft.Get("as") == string(as) {
		values = draft
	} else if v.actor.Person != "" {
		person, err := v.house.Identity.Person(v.ctx, v.org.ID, v.actor.Person)
		if err != nil {
			return err
		}
		values.Set("name", person.Name())
		values.Set("email", person.Email)
		values.Set("address", person.PostalAddress)
	}
	return v.inspectionAskForm(http.StatusOK, terms, values, nil)
}

func (v *visit) inspectionPage(status int, p inspectionAskPage, sentence string, problems ...page.Error) error {
	f := v.frame()
	f.Heading = "Ask to inspect the register"
	f.Sentence = cmp.Or(sentence, "The register of members of "+v.org.Name+" is open to those to whom the law opens it.")
	f.Errors = problems
	f.Data = p
	return v.show(status, "inspection_ask", f)
}

// inspectionWho is the first question.
func (v *visit) inspectionWho(status int, form *law.Form, value, wrong string) error {
	p := inspectionAskPage{As: page.Radios{Name: "as", Legend: "Who is asking?", Value: value, Error: wrong}}
	for _, o := range askerOptions {
		_, right := form.Inspection(o.audience)
		label := o.label
		if o.audience == law.Anyone && len(form.Inspections) == 1 {
			label = "Anyone"
		}
		if right || o.audience == law.Anyone {
			p.As.Options = append(p.As.Options, page.Option{Value: string(o.audience), Label: label})
		}
	}
	return v.inspectionPage(status, p, "", page.Problems(p.As)...)
}

// inspectionRefused says politely that the law gives no right, and who has one.
func (v *visit) inspectionRefused(terms register.Terms) error {
	panel := page.Refused("We cannot show you the register", terms.Why,
		"If you are one of those, ask again and say so. You can always see what is public about us without asking.", page.Link{Text: "Ask again", Href: "/inspection"})
	return v.inspectionPage(http.StatusOK, inspectionAskPage{Refused: &panel}, "The law does not open this register to everybody.")
}

func (v *visit) inspectionAskForm(status int, terms register.Terms, values url.Values, wrong error) error {
	field, message := fault.FieldOf(wrong), sentenceOf(wrong, "")
	said := func(name string) string {
		if name == field {
			return message
		}
		return ""
	}
	value := func(name string) string { return values.Get(name) }
	p := inspectionAskPage{Terms: terms, Source: sourceNote(terms.Provenance), Form: inspectionForm{
		As:           terms.Audience,
		Name:         page.Text{Name: "name", Label: "Your name", Value: value("name"), Error: said("name"), Autocomplete: "name"},
		Organisation: page.Text{Name: "organisation", Label: "On whose behalf, if not your own", Value: value("organisation"), Error: said("organisation"), Autocomplete: "organization"},
		Address:      page.TextArea{Name: "address", Label: "Your postal address", Value: value("address"), Error: said("address"), Rows: 3},
		Email:        page.Text{Name: "email", Label: "Your e-mail address", Hint: "So that we can answer. Leave it empty to be answered by post.", Type: "email", Value: value("email"), Error: said("email"), Autocomplete: "email", Verbatim: true},
	}}
	problems := page.Problems(p.Form.Name, p.Form.Organisation, p.Form.Address, p.Form.Email)
	if terms.NeedsPurpose || terms.NeedsDuty {
		label := "What do you want the information for?"
		if terms.NeedsDuty {
			label = "For which of your duties do you need it?"
		}
		p.Form.Purpose = &page.TextArea{Name: "purpose", Label: label, Hint: "The law asks for it.", Value: value("purpose"), Error: said("purpose"), Rows: 3}
		problems = append(problems, page.Problems(*p.Form.Purpose)...)
	}
	if terms.NeedsPurpose {
		p.Form.Shared = &page.Radios{Name: "shared", Legend: "Will anybody else get the information?", Value: value("shared"), Error: said("shared"), Options: []page.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}}
		p.Form.Others = &page.TextArea{Name: "others", Label: "If yes: who, their address, and what they want it for", Value: value("others"), Error: said("others"), Rows: 3}
		problems = append(problems, page.Problems(*p.Form.Shared, *p.Form.Others)...)
	}
	if terms.Copy {
		p.Form.Wants = &page.Radios{Name: "wants", Legend: "What do you ask for?", Value: value("wants"), Error: said("wants"), Options: []page.Option{{Value: string(register.Look), Label: "To look at it"}, {Value: string(register.Copy), Label: "A copy of it"}}}
		problems = append(problems, page.Problems(*p.Form.Wants)...)
	}
	if wrong != nil && len(problems) == 0 {
		problems = []page.Error{{Field: "name", Message: message}}
	}
	return v.inspectionPage(status, p, terms.Why, problems...)
}

// askOf makes a request of what was typed.
func (v *visit) askOf(as law.Audience, values url.Values) register.Ask {
	return register.Ask{
		Audience: as, Person: v.actor.Person, Name: strings.TrimSpace(values.Get("name")), Organisation: strings.TrimSpace(values.Get("organisation")),
		Address: strings.TrimSpace(values.Get("address")), Email: strings.TrimSpace(values.Get("email")), Purpose: strings.TrimSpace(values.Get("purpose")),
		Shared: register.Answer(values.Get("shared")), Others: strings.TrimSpace(values.Get("others")), Wants: register.Wants(values.Get("wants")),
	}
}

// complete says what is missing before the review; the room checks it again.
func complete(a register.Ask, t register.Terms) error {
	switch {
	case a.Name == "":
		return fault.Fieldf("name", "enter your name")
	case a.Address == "" && t.NeedsPurpose:
		return fault.Fieldf("address", "enter your postal address: the law asks for it")
	case a.Address == "" && a.Email == "":
		return fault.Fieldf("email", "enter an e-mail address or a postal address, so that we can answer")
	case a.Purpose == "" && (t.NeedsPurpose || t.NeedsDuty):
		return fault.Fieldf("purpose", "say what you want the information for: the law asks for it")
	case a.Shared == register.Unsaid && t.NeedsPurpose:
		return fault.Fieldf("shared", "say whether anybody else will get the information: the law asks for it")
	case a.Shared == register.Yes && a.Others == "":
		return fault.Fieldf("others", "say who else will get the information, their address, and what they want it for")
	case a.Wants == "" && t.Copy:
		return fault.Fieldf("wants", "choose a look or a copy")
	}
	if a.Email != "" {
		if _, err := identity.ParseEmail(a.Email); err != nil {
			return fault.Fieldf("email", "%s", fault.Message(err))
		}
	}
	return nil
}

// inspectionAsk takes the filled-in form to its review.
func (s *Server) inspectionAsk(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	as := law.Audience(values.Get("as"))
	if _, known := askerLabel(as); !known {
		return v.redirect("/inspection")
	}
	terms, err := v.house.Register.Terms(v.ctx, v.org.ID, as)
	if err != nil {
		return err
	}
	if !terms.Right {
		return v.redirect("/inspection?as=" + url.QueryEscape(string(as)))
	}
	if err := complete(v.askOf(as, values), terms); err != nil {
		return v.inspectionAskForm(http.StatusUnprocessableEntity, terms, values, err)
	}
	if err := v.keepDraft(inspectionDraft, values); err != nil {
		return v.inspectionAskForm(http.StatusUnprocessableEntity, terms, values, fault.Fieldf("purpose", "%s", fault.Message(err)))
	}
	return v.redirect("/inspection/review")
}

func askerLabel(as law.Audience) (string, bool) {
	for _, o := range askerOptions {
		if o.audience == as {
			return o.label, true
		}
	}
	return "", false
}

// inspectionReview shows what is about to be sent.
func (s *Server) inspectionReview(v *visit) error {
	draft, ok := v.draft(inspectionDraft)
	if !ok {
		return v.redirect("/inspection")
	}
	as := law.Audience(draft.Get("as"))
	terms, err := v.house.Register.Terms(v.ctx, v.org.ID, as)
	if err != nil {
		return err
	}
	a := v.askOf(as, draft)
	label, _ := askerLabel(as)
	change := func(what string) page.Link {
		return page.Link{Text: "Change", Href: "/inspection?as=" + url.QueryEscape(string(as)), Hidden: what}
	}
	p := inspectionReviewPage{Hidden: hiddenOf(draft), Answers: page.Summary{{Term: "Who asks", Fact: label, Change: page.Link{Text: "Change", Href: "/inspection", Hidden: "who asks"}}}}
	for _, one := range []struct{ term, fact, what string }{
		{"Name", a.Name, "your name"},
		{"On behalf of", a.Organisation, "on whose behalf you ask"},
		{"Postal address", a.Address, "your postal address"},
		{"E-mail", a.Email, "your e-mail address"},
		{"What for", a.Purpose, "what you want it for"},
		{"Passed on", string(a.Shared), "whether it is passed on"},
		{"To whom", a.Others, "to whom it is passed on"},
		{"Asks for", wantsWords(a.Wants), "what you ask for"},
	} {
		if one.fact != "" {
			p.Answers = append(p.Answers, page.SummaryRow{Term: one.term, Fact: one.fact, Change: change(one.what)})
		}
	}
	p.When = "The law sets no day to answer by. We answer within a reasonable time."
	if terms.WorkingDays > 0 {
		p.When = "We have " + said(page.Words(terms.WorkingDays)) + " working days to answer. Today does not count."
	}
	p.Button = page.Actions{Button: page.Button{Text: "Send the request"}, Links: []page.Link{{Text: "Not now", Href: "/"}}}
	f := v.frame()
	f.Back = page.Link{Text: "Ask to inspect the register", Href: "/inspection"}
	f.Heading = "Check before you send it"
	f.Sentence = "The secretary gets your request, and the record keeps that it came."
	f.Data = p
	return v.show(http.StatusOK, "inspection_review", f)
}

func wantsWords(w register.Wants) string {
	switch w {
	case register.Look:
		return "To look at it"
	case register.Copy:
		return "A copy of it"
	}
	return ""
}

// askLimit keeps a program from filling the list of requests.
var askLimit = identity.Limit{Name: "inspection", Burst: 10, Every: 10 * time.Minute}

// inspectionSend makes the request and leads to its receipt.
func (s *Server) inspectionSend(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	as := law.Audience(values.Get("as"))
	terms, err := v.house.Register.Terms(v.ctx, v.org.ID, as)
	if err != nil {
		return err
	}
	if err := v.house.Identity.Take(v.ctx, askLimit, v.client().Address); err != nil {
		return err
	}
	request, err := v.house.Register.Ask(v.ctx, v.org.ID, v.askOf(as, values))
	switch {
	case fault.Is(err, fault.Invalid) && terms.Right:
		return v.inspectionAskForm(http.StatusUnprocessableEntity, terms, values, err)
	case fault.Is(err, fault.Forbidden):
		return v.redirect("/inspection?as=" + url.QueryEscape(string(as)))
	case err != nil:
		return err
	}
	v.dropDraft(inspectionDraft)
	return v.redirect("/inspection/requests/" + request.ID)
}

type inspectionReceiptPage struct {
	Facts page.Defs
	Next  string
}

// inspectionReceipt is what whoever asked keeps. Its address is theirs alone; it
// shows the number and the clock, and nothing of what they wrote.
func (s *Server) inspectionReceipt(v *visit) error {
	l, err := v.house.Register.Request(v.ctx, v.org.ID, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := inspectionReceiptPage{Facts: page.Defs{{Term: "Request", Fact: "no. " + number(l.Number)}, {Term: "Received", Fact: dayInFull(l.Received)}}, Next: l.Status.Sentence}
	f := v.frame()
	f.Kicker = "Receipt"
	f.Heading = "We have your request"
	f.Sentence = "Keep the address of this page: it shows where your request stands."
	switch {
	case l.Status.State == register.Closed:
		f.Heading = "Your request is closed"
	case l.Due.IsZero():
	default:
		p.Facts = append(p.Facts, page.Def{Term: "We answer by", Fact: l.Due.Words()})
	}
	f.Data = p
	return v.show(http.StatusOK, "inspection_receipt", f)
}
