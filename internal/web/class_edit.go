package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
)

const versionDraft = "class"

type classEditPage struct {
	Code      *page.Text
	Kind      *page.Radios
	Name      page.Text
	Rule      page.TextArea
	RuleRef   page.Text
	Admission page.Radios
	Leaving   page.Radios
	Grace     page.Text
	LeaveRef  page.Text
	Votes     page.Text
	Position  page.Text
	Starts    page.DateField
	Closed    *page.Checkboxes
	Action    string
	Names     []string
	Button    page.Actions
}

type classReviewPage struct {
	Answers page.Summary
	Tally   page.Tally
	Notes   []string
	Hidden  []page.Def
	Action  string
	Button  page.Actions
}

// classWriting is one version of a class being written.
type classWriting struct {
	*visit
	book   *member.Book
	was    member.Class // the newest version, zero for a new class
	code   string
	action string
}

func (v *visit) classWriting() (classWriting, error) {
	w := classWriting{visit: v, code: v.r.PathValue("code"), action: "/classes/new"}
	var err error
	if w.book, err = v.house.Members.Book(v.ctx, v.org.ID); err != nil || w.code == "" {
		return w, err
	}
	w.action = "/classes/" + w.code + "/edit"
	w.was, err = w.book.Class(w.code, lastDay)
	return w, err
}

// values are those of the newest version, to begin with.
func (w classWriting) values() url.Values {
	c := w.was
	if c.Code == "" {
		c = member.Class{Admission: member.OnApplication, Leaving: member.EmploymentEnds, Votes: 1, Position: len(w.book.Classes(w.today())) + 1}
	}
	out := url.Values{
		"name": {c.Name}, "eligibility": {c.Eligibility}, "eligibility_ref": {c.EligibilityRef}, "admission": {string(c.Admission)}, "leave_rule": {string(c.Leaving)},
		"grace_days": {strconv.Itoa(c.GraceDays)}, "leave_ref": {c.LeavingRef}, "votes": {strconv.Itoa(c.Votes)}, "position": {strconv.Itoa(c.Position)},
	}
	d := page.DateField{Name: "starts"}
	d.SetDay(w.today().AddDays(1).String())
	setDay(out, d)
	return out
}

func setDay(values url.Values, d page.DateField) {
	values.Set(d.Name+"-day", d.Day)
	values.Set(d.Name+"-month", d.Month)
	values.Set(d.Name+"-year", d.Year)
}

func (w classWriting) form(status int, values url.Values, wrong error) error {
	field, message := fault.FieldOf(wrong), sentenceOf(wrong, "")
	if text := wrongRule(wrong, values.Get("eligibility")); text != "" && (field == "" || field == "rule" || field == "eligibility") {
		field, message = "eligibility", text
	}
	at := func(name string) string {
		if field == name {
			return message
		}
		return ""
	}
	text := func(name, label, hint string, width int) page.Text {
		return page.Text{Name: name, Label: label, Hint: hint, Width: width, Value: values.Get(name), Error: at(name)}
	}
	p := classEditPage{
		Action: w.action, Names: member.ParticularNames(),
		Name:    text("name", "What is the class called?", "", 20),
		Rule:    page.TextArea{Name: "eligibility", Label: "Who may belong?", Hint: "As an expression. Empty lets in everybody that the class is for.", Value: values.Get("eligibility"), Error: at("eligibility"), Rows: 4},
		RuleRef: text("eligibility_ref", "Which rule says who may belong?", "Such as: rule 6", 10),
		Admission: page.Radios{Name: "admission", Legend: "How do people join?", Value: values.Get("admission"), Error: at("admission"), Options: []page.Option{
			{Value: string(member.OnApplication), Label: admissionWords[member.OnApplication]},
			{Value: string(member.ByEligibility), Label: admissionWords[member.ByEligibility]},
			{Value: string(member.Automatic), Label: admissionWords[member.Automatic]},
		}},
		Leaving: page.Radios{Name: "leave_rule", Legend: "What ends membership by itself?", Value: values.Get("leave_rule"), Error: at("leave_rule"), Options: []page.Option{
			{Value: string(member.EmploymentEnds), Label: "The end of employment"}, {Value: string(member.EligibilityEnds), Label: "That the rule stops fitting"}, {Value: string(member.Keeps), Label: "Nothing"},
		}},
		Grace:    text("grace_days", "How many days after that?", "", 4),
		LeaveRef: text("leave_ref", "Which rule says when it ends?", "Such as: rule 14", 10),
		Votes:    text("votes", "How many votes has a member?", "", 4),
		Position: text("position", "Where does the class stand among the others?", "A number. Where two classes would take somebody in by themselves, the lower one does.", 4),
		Starts:   page.DateField{Name: "starts", Legend: "From which day?", Hint: "Days on which people have become members under a rule cannot be changed any more.", Error: at("starts")},
		Button:   page.Actions{Button: page.Button{Text: "See what it would do"}, Links: []page.Link{{Text: "Leave it as it is", Href: "/classes"}}},
	}
	p.Starts.Fill(values)
	f := w.frame()
	f.Back = page.Link{Text: "Classes and constituencies", Href: "/classes"}
	if w.code == "" {
		p.Code = &page.Text{Name: "code", Label: "A short name for addresses and files", Hint: "Small letters, digits and hyphens. It never changes.", Width: 10, Value: values.Get("code"), Error: at("code"), Verbatim: true}
		p.Kind = &page.Radios{Name: "kind", Legend: "Whom is it for?", Value: values.Get("kind"), Error: at("kind")}
		for _, k := range []member.Kind{member.Staff, member.Patient, member.Public, member.Partner} {
			p.Kind.Options = append(p.Kind.Options, page.Option{Value: string(k), Label: page.Begin(kindWords[k])})
		}
		f.Heading, f.Sentence = "Write a new class", "A class says who may be a member, how they join and when it ends."
		f.Errors = page.Problems(p.Kind, p.Code)
	} else {
		p.Closed = &page.Checkboxes{Name: "closed", Legend: "Is it the end of the class?", Values: values["closed"], Error: at("closed"), Options: []page.Option{
			{Value: "yes", Label: "Close the class on that day", Hint: "The membership of everybody in it ends then."},
		}}
		f.Heading, f.Sentence = "Write a new version of "+w.was.Name, "The version in force stays as it is until the day that the new one begins."
	}
	f.Errors = append(f.Errors, page.Problems(p.Name, p.Rule, p.RuleRef, p.Admission, p.Leaving, p.Grace, p.LeaveRef, p.Votes, p.Position, p.Starts)...)
	if wrong != nil && len(f.Errors) == 0 {
		f.Errors = []page.Error{{Field: "name", Message: message}}
	}
	f.Data = p
	return w.show(status, "class_edit", f)
}

// read makes a version of the class of what was typed.
func (w classWriting) read(values url.Values) (member.Class, error) {
	c := member.Class{
		Code: w.code, Kind: w.was.Kind, Name: strings.TrimSpace(values.Get("name")), Eligibility: strings.TrimSpace(values.Get("eligibility")),
		EligibilityRef: strings.TrimSpace(values.Get("eligibility_ref")), Admission: member.Admission(values.Get("admission")),
		Leaving: member.Leaving(values.Get("leave_rule")), LeavingRef: strings.TrimSpace(values.Get("leave_ref")), Closed: values.Get("closed") != "",
	}
	if w.code == "" {
		c.Code, c.Kind = strings.TrimSpace(values.Get("code")), member.Kind(values.Get("kind"))
		switch {
		case kindWords[c.Kind] == "":
			return c, fault.Fieldf("kind", "choose whom the class is for")
		case !classCode.MatchString(c.Code):
			return c, fault.Fieldf("code", "use small letters, digits and hyphens, such as staff")
		case len(versionsOf(w.book, c.Code)) > 0 || c.Code == "new":
			return c, fault.Fieldf("code", "there is a class of this short name already")
		}
	}
	switch {
	case c.Name == "":
		return c, fault.Fieldf("name", "give the class a name")
	case admissionWords[c.Admission] == "":
		return c, fault.Fieldf("admission", "choose how people join")
	case c.Leaving != member.EmploymentEnds && c.Leaving != member.EligibilityEnds && c.Leaving != member.Keeps:
		return c, fault.Fieldf("leave_rule", "choose what ends membership")
	}
	for _, n := range []struct {
		name, what string
		into       *int
	}{{"grace_days", "days", &c.GraceDays}, {"votes", "votes", &c.Votes}, {"position", "place", &c.Position}} {
		value, err := strconv.Atoi(strings.TrimSpace(values.Get(n.name)))
		if err != nil || value < 0 || value > 100_000 {
			return c, fault.Fieldf(n.name, "%q is not a number of %s", clip(values.Get(n.name), 20), n.what)
		}
		*n.into = value
	}
	if c.Leaving == member.Keeps && c.GraceDays != 0 {
		return c, fault.Fieldf("grace_days", "nothing ends membership of this class by itself, so there are no days after it: write 0")
	}
	d := page.DateField{Name: "starts"}
	d.Fill(values)
	day, ok := readDay(&d, "first day", true)
	if !ok {
		return c, fault.Fieldf("starts", "%s", strings.TrimSuffix(d.Error, "."))
	}
	c.Starts = day
	return c, nil
}

var classCode = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// classEditShow is the page to write a version of a class, or with ?review=1 what
// it would do.
func (s *Server) classEditShow(v *visit) error {
	w, err := v.classWriting()
	if err != nil {
		return err
	}
	if !v.r.URL.Query().Has("review") {
		return w.form(http.StatusOK, w.values(), nil)
	}
	draft, ok := v.draft(versionDraft)
	if !ok || draft.Get("of") != w.action {
		return v.redirect(w.action)
	}
	c, err := w.read(draft)
	if err != nil {
		return w.form(http.StatusUnprocessableEntity, draft, err)
	}
	return w.review(c, draft)
}

func (w classWriting) review(c member.Class, values url.Values) error {
	preview, err := w.house.Members.PreviewClass(w.ctx, w.org.ID, c)
	if err != nil {
		return w.wrong(values, err)
	}
	says := ruleSays(c)
	change := page.Link{Text: "Change", Href: w.action, Hidden: "the class"}
	p := classReviewPage{
		Action: w.action, Hidden: hiddenOf(values),
		Answers: page.Summary{{Term: "Class", Fact: c.Name, Change: change}, {Term: "Who may belong", Fact: says}},
		Tally: page.Tally{Label: "Whom the rule fits", Items: []page.Figure{
			{Value: number(preview.Fits), Label: "it fits"},
			{Value: number(preview.Not), Label: "it does not fit"},
			{Value: number(preview.Unclear), Label: "we cannot tell"},
			{Value: number(preview.Members), Label: "members then"},
			{Value: number(preview.MembersNotFitting), Label: "of them it does not fit"},
		}},
		Button: page.Actions{Button: page.Button{Text: "Save it"}, Links: []page.Link{{Text: "Leave it as it is", Href: "/classes"}}},
	}
	if c.Closed {
		p.Button.Button.Kind = page.Warning
		p.Notes = append(p.Notes, "The class is closed on "+dayInFull(c.Starts)+". The membership of everybody in it ends then.")
	}
	for _, d := range classFacts(c) {
		p.Answers = append(p.Answers, page.SummaryRow{Term: d.Term, Fact: d.Fact})
	}
	p.Answers = append(p.Answers, page.SummaryRow{Term: "From", Fact: dayInFull(c.Starts)})
	if preview.MembersNotFitting > 0 && c.Leaving == member.EligibilityEnds {
		p.Notes = append(p.Notes, "The membership of those whom it does not fit ends, "+strings.ToLower(leavingWords(c))+".")
	} else if preview.MembersNotFitting > 0 {
		p.Notes = append(p.Notes, "Members whom it does not fit stay members. The rule is asked when somebody joins.")
	}
	f := w.frame()
	f.Back = page.Link{Text: "Classes and constituencies", Href: "/classes"}
	f.Kicker = "Class " + c.Name
	f.Heading = "What it would do"
	f.Sentence = fmt.Sprintf("On %s it would fit %s. Nothing has changed yet.", w.whole(preview.On), count(preview.Fits, "person", "people"))
	f.Data = p
	return w.show(http.StatusOK, "class_review", f)
}

// wrong shows the form again where the room refuses what was typed.
func (w classWriting) wrong(values url.Values, err error) error {
	switch {
	case fault.Is(err, fault.Invalid):
		return w.form(http.StatusUnprocessableEntity, values, err)
	case fault.Is(err, fault.Conflict):
		return w.form(http.StatusConflict, values, err)
	}
	return err
}

// hiddenOf are the values of a form, to be sent again from a review.
func hiddenOf(values url.Values) []page.Def {
	var out []page.Def
	for _, name := range sortedKeys(values) {
		if name != "of" && name != "reviewed" && values.Get(name) != "" {
			out = append(out, page.Def{Term: name, Fact: values.Get(name)})
		}
	}
	return out
}

// classEdit takes what was typed to its review, or saves what was reviewed.
func (s *Server) classEdit(v *visit) error {
	w, err := v.classWriting()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	c, err := w.read(values)
	if err != nil {
		return w.form(http.StatusUnprocessableEntity, values, err)
	}
	if values.Get("reviewed") == "" {
		if _, err := v.house.Members.PreviewClass(v.ctx, v.org.ID, c); err != nil {
			return w.wrong(values, err)
		}
		values.Set("of", w.action)
		if err := v.keepDraft(versionDraft, values); err != nil {
			return w.wrong(values, err)
		}
		return v.redirect(w.action + "?review=1")
	}
	if _, err := v.house.Members.SaveClass(v.ctx, v.actor.Person, v.org.ID, c); err != nil {
		return w.wrong(values, err)
	}
	v.dropDraft(versionDraft)
	return v.redirectRecorded("/classes", "member.class_saved")
}

// redirectRecorded leads to a page that says which entry of the record was made.
func (v *visit) redirectRecorded(path, kind string) error {
	e, ok, err := v.latestEntry(kind)
	switch {
	case err != nil:
		return err
	case !ok:
		return v.redirect(path)
	}
	return v.redirect(path + "?entry=" + number0(e.Seq))
}
