package web

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/register"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type inspectionPage struct {
	State  string
	Facts  page.Summary
	Steps  page.Timeline
	Terms  register.Terms
	Source string
	Acts   page.Links
	Copy   string
	Print  string
}

// inspectionRequest is one request, for the secretary who answers it.
func (s *Server) inspectionRequest(v *visit) error {
	l, err := v.house.Register.Request(v.ctx, v.org.ID, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := inspectionPage{State: l.Status.Sentence, Facts: v.requestFacts(l)}
	if form, err := v.house.Law.Form(l.Form, l.Received); err == nil {
		p.Terms = register.TermsFor(form, l.Audience)
		p.Source = sourceNote(p.Terms.Provenance)
	}
	if p.Steps, err = v.requestSteps(l); err != nil {
		return err
	}
	at := "/inspections/" + l.ID
	if l.Status.State != register.Closed {
		p.Acts = page.Links{{Text: "Show it or hand out a copy", Href: at + "/answer"}, {Text: "Refuse it", Href: at + "/refuse", Note: "On a ground that the law allows"}}
		if p.Terms.NeedsPurpose && p.Terms.WorkingDays > 0 && l.Status.State == register.Open {
			p.Acts = append(p.Acts, page.LinkLine{Text: "Ask the court", Href: at + "/court", Note: "The clock stops until it decides"})
		}
		p.Acts = append(p.Acts, page.LinkLine{Text: "They took it back", Href: at + "/withdrawn"})
	}
	if step, ok := answered(l); ok {
		p.Copy, p.Print = at+"/copy.csv", "/register/print?"+url.Values{"on": {step.RegisterDay.String()}, "view": {string(step.View)}}.Encode()
		if step.View == law.OwnEntry {
			p.Print = ""
		}
	}
	f := v.frame()
	f.Back = page.Link{Text: "Requests to inspect", Href: "/inspections"}
	f.Kicker = "Request no. " + number(l.Number) + " to inspect the register"
	f.Heading = cmp.Or(l.Name, "Details erased")
	f.Sentence = l.Status.Sentence
	if f.Notice, err = v.recordedNotice(); err != nil {
		return err
	}
	f.Data = p
	return v.show(http.StatusOK, "inspection_show", f)
}

func answered(l register.Listed) (register.Step, bool) {
	return l.Status.Last, l.Status.State == register.Closed && l.Status.Last.SHA256 != ""
}

func (v *visit) requestFacts(l register.Listed) page.Summary {
	out := page.Summary{{Term: "Asks as", Fact: register.AskerWords(l.Audience)}}
	add := func(term, fact string) {
		if fact != "" {
			out = append(out, page.SummaryRow{Term: term, Fact: fact})
		}
	}
	add("On behalf of", l.Organisation)
	add("Postal address", l.Address)
	add("E-mail", l.Email)
	add("What for", l.Purpose)
	add("Passed on to others", map[register.Answer]string{register.Yes: "yes", register.No: "no"}[l.Shared])
	add("To whom", l.Others)
	add("Asks for", wantsWords(l.Wants))
	add("Received", dayInFull(l.Received))
	if !l.Due.IsZero() {
		add("Answer by", l.Due.Words())
	}
	return out
}

func (v *visit) requestSteps(l register.Listed) (page.Timeline, error) {
	var ids []string
	for _, s := range l.Steps {
		ids = append(ids, s.By)
	}
	people, err := v.house.Identity.People(v.ctx, v.org.ID, ids)
	if err != nil {
		return nil, err
	}
	var out page.Timeline
	for _, s := range l.Steps {
		step := page.Step{Title: s.Sentence()}
		var parts []string
		if p, ok := people[s.By]; ok {
			parts = append(parts, "By "+p.Name()+".")
		}
		if s.Ground != "" {
			grounds, err := v.house.Register.GroundsFor(l.Request)
			if err != nil {
				return nil, err
			}
			for _, g := range grounds {
				if g.ID == s.Ground {
					parts = append(parts, g.Text+" ("+g.Citation+")")
				}
			}
		}
		if s.Note != "" {
			parts = append(parts, s.Note)
		}
		if s.SHA256 != "" {
			parts = append(parts, viewNames[s.View]+", as of "+v.day(s.RegisterDay)+", "+count(s.Entries, "entry", "entries")+".")
			parts = append(parts, "Its seal:")
			step.Code = s.SHA256
		}
		step.Detail = strings.Join(parts, " ")
		out = append(out, step)
	}
	if l.Status.State == register.Open && !l.Due.IsZero() {
		out = append(out, page.Step{Title: "Answer by " + l.Due.Words(), Stage: page.StepToCome})
	}
	return out, nil
}

type inspectionActPage struct {
	Says   []string
	Means  *page.Radios
	View   *page.Select
	Day    *page.DateField
	Number *page.Text
	Ground *page.Radios
	Note   page.TextArea
	Action string
	Button page.Actions
}

// inspectionAct is one way of dealing with a request: the page for it, and what
// it records.
type inspectionAct struct {
	name, heading, sentence, button, kind string
	stop                                  bool
	send                                  func(v *visit, l register.Listed, values url.Values) error
}

var inspectionActs = []inspectionAct{
	{"answer", "Answer the request", "What you hand out is recorded: which view, of which day, how many entries, and a seal over it.", "Record the answer", "inspection.", false, (*visit).answerRequest},
	{
		"refuse", "Refuse the request", "A request can be refused only on a ground that the law allows. The one who asked is told which.", "Refuse the request", "inspection.refused", true,
		func(v *visit, l register.Listed, values url.Values) error {
			_, err := v.house.Register.Refuse(v.ctx, v.actor.Person, v.org.ID, register.Refusal{Request: l.ID, Ground: register.GroundID(values.Get("ground")), Note: values.Get("note")})
			return err
		},
	},
	{
		"court", "Ask the court", "Record that the court was asked for leave not to answer. The one who asked is told, and the clock stops.", "Record it", "inspection.to_court", true,
		func(v *visit, l register.Listed, values url.Values) error {
			_, err := v.house.Register.AskCourt(v.ctx, v.actor.Person, v.org.ID, l.ID, values.Get("note"))
			return err
		},
	},
	{
		"withdrawn", "They took it back", "Record that the one who asked took the request back. It is then closed.", "Record it", "inspection.withdrawn", false,
		func(v *visit, l register.Listed, values url.Values) error {
			_, err := v.house.Register.Withdraw(v.ctx, v.actor.Person, v.org.ID, l.ID, values.Get("note"))
			return err
		},
	},
}

func (v *visit) inspectionAct() (inspectionAct, register.Listed, error) {
	l, err := v.house.Register.Request(v.ctx, v.org.ID, v.r.PathValue("id"))
	if err != nil {
		return inspectionAct{}, l, err
	}
	for _, a := range inspectionActs {
		if a.name == v.r.PathValue("act") {
			if l.Status.State == register.Closed {
				return a, l, fault.Errorf(fault.Conflict, "request %d is closed", l.Number)
			}
			return a, l, nil
		}
	}
	return inspectionAct{}, l, fault.Errorf(fault.NotFound, "nothing of this kind can be done about a request")
}

func (s *Server) inspectionActShow(v *visit) error {
	a, l, err := v.inspectionAct()
	if err != nil {
		return err
	}
	values := url.Values{"view": {string(l.Audience)}}
	d := page.DateField{Name: "day"}
	d.SetDay(v.today().String())
	setDay(values, d)
	return v.inspectionActForm(http.StatusOK, a, l, values, nil)
}

func (v *visit) inspectionActForm(status int, a inspectionAct, l register.Listed, values url.Values, wrong error) error {
	field, message := fault.FieldOf(wrong), sentenceOf(wrong, "")
	said := func(name string) string {
		if name == field {
			return message
		}
		return ""
	}
	at := "/inspections/" + l.ID
	p := inspectionActPage{
		Action: at + "/" + a.name, Note: page.TextArea{Name: "note", Label: "A note for the one who asked", Hint: "You may leave it empty. It is kept with the request.", Value: values.Get("note"), Error: said("note"), Rows: 3},
		Button: page.Actions{Button: page.Button{Text: a.button}, Links: []page.Link{{Text: "Leave it as it is", Href: at}}},
	}
	if a.stop {
		p.Button.Button.Kind = page.Warning
	}
	form, err := v.house.Law.Form(l.Form, l.Received)
	if err != nil {
		return err
	}
	var problems []page.Error
	switch a.name {
	case "answer":
		v.answerFields(&p, form, l, values, said)
		problems = page.Problems(*p.Means, *p.View, *p.Day)
		if p.Number != nil {
			problems = append(problems, page.Problems(*p.Number)...)
		}
	case "refuse":
		grounds, err := v.house.Register.GroundsFor(l.Request)
		if err != nil {
			return err
		}
		p.Ground = &page.Radios{Name: "ground", Legend: "On which ground?", Value: values.Get("ground"), Error: said("ground")}
		for _, g := range grounds {
			p.Ground.Options = append(p.Ground.Options, page.Option{Value: string(g.ID), Label: g.Text, Hint: g.Citation})
		}
		problems = page.Problems(*p.Ground)
	}
	problems = append(problems, page.Problems(p.Note)...)
	if wrong != nil && len(problems) == 0 {
		problems = []page.Error{{Field: "note", Message: message}}
	}
	f := v.frame()
	f.Back = page.Link{Text: "Request no. " + number(l.Number), Href: at}
	f.Kicker = "From " + cmp.Or(l.Name, "somebody whose details are erased") + ", who asks as " + register.AskerWords(l.Audience)
	f.Heading, f.Sentence = a.heading, a.sentence
	f.Errors = problems
	f.Data = p
	return v.show(status, "inspection_act", f)
}

func (v *visit) answerFields(p *inspectionActPage, form *law.Form, l register.Listed, values url.Values, said func(string) string) {
	p.Means = &page.Radios{Name: "means", Legend: "How was it answered?", Value: values.Get("means"), Error: said("means"), Options: []page.Option{
		{Value: string(register.Shown), Label: "They may look at it", Hint: "They are told that it is ready."}, {Value: string(register.Copied), Label: "They get a copy", Hint: "You fetch the file on the next page and send it."},
	}}
	p.View = &page.Select{Name: "view", Label: "What they may see", Value: values.Get("view"), Error: said("view")}
	for _, i := range form.Inspections {
		label := viewNames[i.Audience]
		if i.Audience == law.OwnEntry {
			label = "One person’s own entry"
			p.Number = &page.Text{Name: "number", Label: "For one’s own entry: the member number", Width: 5, Mode: "numeric", Value: values.Get("number"), Error: cmp.Or(said("number"), said("person"))}
		}
		p.View.Options = append(p.View.Options, page.Option{Value: string(i.Audience), Label: label})
	}
	d := page.DateField{Name: "day", Legend: "The register of which day?", Error: said("day")}
	d.Fill(values)
	p.Day = &d
	p.Says = append(p.Says, register.TermsFor(form, l.Audience).Why)
}

// answerRequest records what was shown or handed out.
func (v *visit) answerRequest(l register.Listed, values url.Values) error {
	out := register.HandingOut{Request: l.ID, Means: register.StepKind(values.Get("means")), View: law.Audience(values.Get("view")), Note: values.Get("note")}
	if out.Means != register.Shown && out.Means != register.Copied {
		return fault.Fieldf("means", "choose how it was answered")
	}
	if out.View == register.Full {
		return fault.Fieldf("view", "choose what they may see")
	}
	d := page.DateField{Name: "day"}
	d.Fill(values)
	day, ok := readDay(&d, "day", true)
	if !ok {
		return fault.Fieldf("day", "%s", strings.TrimSuffix(d.Error, "."))
	}
	out.Day = day
	if out.View == law.OwnEntry && strings.TrimSpace(values.Get("number")) != "" {
		var err error
		if out.Person, err = v.personNumbered(strings.TrimSpace(values.Get("number")), day); err != nil {
			return err
		}
	}
	_, err := v.house.Register.HandOut(v.ctx, v.actor.Person, v.org.ID, out)
	return err
}

// personNumbered finds whose entry a member number is.
func (v *visit) personNumbered(text string, day law.Date) (string, error) {
	n, err := strconv.Atoi(text)
	rows, readErr := v.house.Members.Register(v.ctx, v.org.ID, day)
	if readErr != nil {
		return "", readErr
	}
	for _, r := range rows {
		if err == nil && n > 0 && r.Number == n {
			return r.Person, nil
		}
	}
	return "", fault.Fieldf("number", "no member has the number %q on that day", clip(text, 20))
}

func (s *Server) inspectionActSend(v *visit) error {
	a, l, err := v.inspectionAct()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	err = a.send(v, l, values)
	switch {
	case fault.Is(err, fault.Invalid):
		return v.inspectionActForm(http.StatusUnprocessableEntity, a, l, values, err)
	case fault.Is(err, fault.Conflict), fault.Is(err, fault.Forbidden):
		return v.inspectionActForm(http.StatusConflict, a, l, values, err)
	case err != nil:
		return err
	}
	kind := a.kind
	if a.name == "answer" {
		kind += values.Get("means")
	}
	return v.redirectRecorded("/inspections/"+l.ID, kind)
}

// inspectionCopy gives the file that a request was answered with, made again. It
// is sent only if its seal is the one that was recorded.
func (s *Server) inspectionCopy(v *visit) error {
	l, err := v.house.Register.Request(v.ctx, v.org.ID, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	step, ok := answered(l)
	if !ok {
		return fault.Errorf(fault.NotFound, "nothing was handed out for this request")
	}
	person := l.Person
	if step.View == law.OwnEntry && person == "" {
		return fault.Errorf(fault.Conflict, "whose entry was handed out is not kept with the request: print it from the register")
	}
	reg, err := v.house.Register.View(v.ctx, v.org.ID, step.RegisterDay, step.View, person)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := reg.WriteCSV(&body); err != nil {
		return err
	}
	sum := sha256.Sum256(body.Bytes())
	if hex.EncodeToString(sum[:]) != step.SHA256 {
		return fault.Errorf(fault.Conflict, "the register of that day has been corrected since it was handed out, so the same file can no longer be made")
	}
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	v.w.Header().Set("Content-Disposition", `attachment; filename="register-`+v.org.ID+`-request-`+strconv.Itoa(l.Number)+`.csv"`)
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(body.Bytes()) // the reader has gone away if this fails
	return nil
}
