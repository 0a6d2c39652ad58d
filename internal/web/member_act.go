package web

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// act is something the secretary records about one person's membership. Each has
// a page to fill in and a page to review, at /register/people/PERSON/NAME.
type act struct {
	name, link string
	heading    string // with {name}
	kind       string // of the entry in the record
	done       string
	action     policy.Action
	states     []member.State // in which it makes sense
	button     page.Button
	asksReason string // the question; none is asked where empty
	must       bool   // a reason has to be given
	asksDay    string // the question; none is asked where empty
	dayTerm    string // in the review: "From" where empty
	asksClass  bool
	follows    func(v *visit, st standing, in actInput) []string
	record     func(v *visit, st standing, in actInput) error
}

// actInput is what was filled in.
type actInput struct {
	Day     law.Date
	Reason  string
	Class   string
	Consent string
	Area    string
	Fact    string // the fact to strike out
}

type actPage struct {
	Follows []string
	Class   *page.Radios
	Day     *page.DateField
	Reason  *page.TextArea
	Paper   bool
	Agree   page.Checkboxes
	Area    page.Text
	Action  string
	Button  page.Actions
}

type actReviewPage struct {
	Answers page.Summary
	Follows []string
	Hidden  []page.Def
	Action  string
	Button  page.Actions
}

const (
	actDraft   = "act"
	mostReason = 1500
)

func actDone(kind string) string {
	switch kind {
	case "member.admitted_all":
		return "they are admitted"
	case "member.class_saved":
		return "the class is saved"
	case "person.change":
		return "their details are corrected"
	case "inspection.shown":
		return "it is recorded that they may look"
	case "inspection.copied":
		return "it is recorded that they get a copy"
	case "inspection.refused":
		return "the request is refused"
	case "inspection.to_court":
		return "it is recorded that the court was asked"
	case "inspection.withdrawn":
		return "the request is closed"
	case "member.constituencies_saved":
		return "the constituencies are saved"
	}
	for _, a := range acts() {
		if a.kind == kind {
			return a.done
		}
	}
	return "it is recorded"
}

func number0(n int64) string { return strconv.FormatInt(n, 10) }

// actLinks are the acts that make sense for a person now.
func (v *visit) actLinks(st standing) page.Links {
	var out page.Links
	for _, a := range acts() {
		if a.link == "" || !v.can(a.action) {
			continue
		}
		for _, state := range a.states {
			if st.Status.State == state && (a.name != "die" || st.File.MemberID != "") {
				out = append(out, page.LinkLine{Text: a.link, Href: "/register/people/" + st.File.Person + "/" + a.name})
			}
		}
	}
	return out
}

// acting is one act under way.
type acting struct {
	act
	*visit
	st   standing
	who  string // name
	path string
	fact string
}

func (v *visit) acting(name string) (acting, error) {
	a := acting{visit: v, path: v.r.URL.Path, fact: v.r.PathValue("fact")}
	for _, one := range acts() {
		if one.name == name {
			a.act = one
		}
	}
	person := v.r.PathValue("person")
	if err := v.may(a.action, v.about(person)); err != nil {
		return a, err
	}
	p, err := v.house.Identity.Person(v.ctx, v.org.ID, person)
	if err != nil {
		return a, err
	}
	a.who = p.Name()
	a.st, err = v.standingOf(person, v.today())
	return a, err
}

// entryPath is the entry that the act is about.
func (a acting) entryPath() string { return "/register/people/" + a.st.File.Person }

func (a acting) frame() page.Frame {
	f := a.visit.frame()
	f.Back = page.Link{Text: a.who, Href: a.entryPath()}
	f.Heading = strings.ReplaceAll(a.heading, "{name}", a.who)
	f.Sentence = a.entrySentence(a.st)
	if first, rest, _ := strings.Cut(f.Sentence, " "); first == "Is" || first == "Applied" {
		f.Sentence = a.who + " " + strings.ToLower(first) + " " + rest
	}
	return f
}

// form shows the page to fill in. What is wrong is said at its field.
func (a acting) form(status int, values url.Values, wrong error) error {
	p := actPage{Action: a.path, Button: page.Actions{Button: page.Button{Text: "Continue"}, Links: []page.Link{{Text: "Leave it as it is", Href: a.entryPath()}}}}
	field, message := fault.FieldOf(wrong), sentenceOf(wrong, "")
	at := func(name string) string {
		if field == name {
			return message
		}
		return ""
	}
	f := a.frame()
	if a.asksClass {
		p.Class = a.classField(values.Get("class"), at("class"))
		f.Errors = append(f.Errors, page.Problems(*p.Class)...)
		p.Paper = a.name == "apply" && a.anyPrivate()
	}
	if p.Paper {
		w := wordingNow()
		p.Agree = page.Checkboxes{
			Name: "consent", Legend: "For patients and the public", Values: values["consent"], Error: at("consent"),
			Options: []page.Option{{Value: w.Version, Label: "The signed paper agrees to our wording, version " + w.Version}},
		}
		p.Area = page.Text{Name: "area", Label: "First half of the postcode", Hint: "For patients and the public. For example, NP16.", Width: 5, Value: values.Get("area"), Error: at("area"), Verbatim: true}
		f.Errors = append(f.Errors, page.Problems(p.Agree, p.Area)...)
	}
	if a.asksDay != "" {
		d := page.DateField{Name: "effective", Legend: a.asksDay, Error: at("effective")}
		if d.Fill(values); values == nil {
			d.SetDay(a.today().String())
		}
		p.Day = &d
		f.Errors = append(f.Errors, page.Problems(d)...)
	}
	if a.asksReason != "" {
		p.Reason = &page.TextArea{Name: "reason", Label: a.asksReason, Hint: a.reasonHint(), Value: values.Get("reason"), Error: at("reason"), Rows: 4}
		f.Errors = append(f.Errors, page.Problems(*p.Reason)...)
	}
	if wrong != nil && len(f.Errors) == 0 {
		f.Errors = []page.Error{{Field: "act", Message: message}}
	}
	p.Follows = a.follows(a.visit, a.st, actInput{Fact: a.fact})
	f.Data = p
	return a.show(status, "member_act", f)
}

func (a acting) reasonHint() string {
	hint := "The person may read it, and the record keeps it."
	if !a.must {
		hint = "You may leave it empty. " + hint
	}
	return hint
}

// classField offers the classes that people come into by a decision.
func (a acting) classField(value, wrong string) *page.Radios {
	r := &page.Radios{Name: "class", Legend: "Which class?", Error: wrong, Value: cmp.Or(value, a.st.Status.Class)}
	for _, c := range a.st.Book.Classes(a.st.Day) {
		if c.Admission == member.Automatic {
			continue
		}
		o := page.Option{Value: c.Code, Label: c.Name}
		if says, err := chanceOf(c, a.st.File, a.st.Day); err == nil {
			o.Hint = inPlain(says.Why)
		}
		r.Options = append(r.Options, o)
	}
	return r
}

func (a acting) anyPrivate() bool {
	for _, c := range a.st.Book.Classes(a.st.Day) {
		if c.Kind.NeedsConsent() {
			return true
		}
	}
	return false
}

// read takes what was filled in, or says at which field it cannot be used.
func (a acting) read(values url.Values) (actInput, error) {
	in := actInput{
		Day: a.today(), Reason: strings.TrimSpace(values.Get("reason")), Class: values.Get("class"), Consent: values.Get("consent"),
		Area: strings.TrimSpace(values.Get("area")), Fact: a.fact,
	}
	if a.asksClass {
		c, err := a.st.Book.Class(in.Class, a.st.Day)
		if err != nil || c.Admission == member.Automatic {
			return in, fault.Fieldf("class", "choose a class")
		}
		if a.name == "apply" && c.Kind.NeedsConsent() && in.Consent == "" {
			return in, fault.Fieldf("consent", "the class %s rests on consent: tick the box when the signed paper is there", c.Name)
		}
		if !c.Kind.NeedsConsent() {
			in.Consent, in.Area = "", ""
		} else if a.name == "apply" {
			if in.Area, err = member.ParseArea(in.Area); err != nil {
				return in, err
			}
		}
	}
	if a.asksDay != "" {
		d := page.DateField{Name: "effective"}
		d.Fill(values)
		day, ok := readDay(&d, "day", true)
		if !ok {
			return in, fault.Fieldf("effective", "%s", strings.TrimSuffix(d.Error, "."))
		}
		in.Day = day
	}
	switch {
	case a.must && in.Reason == "":
		return in, fault.Fieldf("reason", "give a reason: the person has a right to it")
	case len(in.Reason) > mostReason:
		return in, fault.Fieldf("reason", "write at most %s letters", number(mostReason))
	case a.name == "die" && in.Day.After(a.today()):
		return in, fault.Fieldf("effective", "this day is yet to come")
	}
	return in, nil
}

func (in actInput) values() url.Values {
	out := url.Values{"reason": {in.Reason}, "class": {in.Class}, "consent": {in.Consent}, "area": {in.Area}}
	d := page.DateField{Name: "effective"}
	d.SetDay(in.Day.String())
	out.Set("effective-day", d.Day)
	out.Set("effective-month", d.Month)
	out.Set("effective-year", d.Year)
	return out
}

// actGet shows the page to fill in, or with ?review=1 the page to review.
func (v *visit) actGet(name string) error {
	a, err := v.acting(name)
	if err != nil {
		return err
	}
	if !v.r.URL.Query().Has("review") {
		return a.form(http.StatusOK, nil, nil)
	}
	draft, ok := v.draft(actDraft)
	if !ok || draft.Get("of") != a.path {
		return v.redirect(a.path)
	}
	in, err := a.read(draft)
	if err != nil {
		return a.form(http.StatusUnprocessableEntity, draft, err)
	}
	return a.review(in)
}

func (a acting) review(in actInput) error {
	p := actReviewPage{Action: a.path, Follows: a.follows(a.visit, a.st, in)}
	change := func(what string) page.Link { return page.Link{Text: "Change", Href: a.path, Hidden: what} }
	p.Answers = page.Summary{{Term: "Who", Fact: a.who}}
	if a.asksClass {
		p.Answers = append(p.Answers, page.SummaryRow{Term: "Class", Fact: className(a.st.Book, in.Class, a.st.Day), Change: change("the class")})
	}
	if in.Consent != "" {
		p.Answers = append(p.Answers, page.SummaryRow{Term: "Consent", Fact: "On paper, to the wording of version " + in.Consent, Change: change("the consent")},
			page.SummaryRow{Term: "Lives in", Fact: in.Area, Change: change("where they live")})
	}
	if a.asksDay != "" {
		p.Answers = append(p.Answers, page.SummaryRow{Term: cmp.Or(a.dayTerm, "From"), Fact: dayInFull(in.Day), Change: change("the day")})
	}
	if a.asksReason != "" {
		p.Answers = append(p.Answers, page.SummaryRow{Term: "Reason", Fact: cmp.Or(in.Reason, "none given"), Change: change("the reason")})
	}
	values := in.values()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		p.Hidden = append(p.Hidden, page.Def{Term: name, Fact: values.Get(name)})
	}
	p.Button = page.Actions{Button: a.button, Links: []page.Link{{Text: "Leave it as it is", Href: a.entryPath()}}}
	f := a.frame()
	f.Kicker = f.Heading
	f.Heading = "Check before it is recorded"
	f.Sentence = "What is recorded stays in the record for good. A mistake can be struck out, and that stays too."
	f.Data = p
	return a.show(http.StatusOK, "member_act_review", f)
}

// actPost takes the filled-in page to its review, or records what was reviewed.
func (v *visit) actPost(name string) error {
	a, err := v.acting(name)
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	in, err := a.read(values)
	if err != nil {
		return a.form(http.StatusUnprocessableEntity, values, err)
	}
	if values.Get("reviewed") == "" {
		draft := in.values()
		draft.Set("of", a.path)
		if err := v.keepDraft(actDraft, draft); err != nil {
			return a.form(http.StatusUnprocessableEntity, values, fault.Fieldf("reason", "%s", fault.Message(err)))
		}
		return v.redirect(a.path + "?review=1")
	}
	err = a.record(v, a.st, in)
	switch {
	case fault.Is(err, fault.Invalid):
		return a.form(http.StatusUnprocessableEntity, values, err)
	case fault.Is(err, fault.Conflict):
		return a.form(http.StatusConflict, values, err)
	case err != nil:
		return err
	}
	v.dropDraft(actDraft)
	e, ok, err := v.latestEntry(a.kind)
	switch {
	case err != nil:
		return err
	case !ok:
		return v.redirect(a.entryPath())
	}
	return v.redirect(a.entryPath() + "?entry=" + number0(e.Seq))
}
