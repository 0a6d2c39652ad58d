package web

import (
	"net/http"
	"slices"
	"strconv"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type classesPage struct {
	Classes []classView
	Closed  []string
	Empty   *page.Panel
	Edit    bool
	Day     page.DateField
}

// classView is one class as the rule-book has it.
type classView struct {
	Code, Name string
	Facts      page.Defs
	Says       string   // the rule in one phrase, where it has one way
	Ways       []string // of fitting it, where it has several
	Expression string
	Parts      []partView
	Versions   page.Links
	Edit       bool
}

// partView is one constituency.
type partView struct{ Name, Says, Expression string }

// lastDay is later than any day the rule-book knows.
var lastDay = law.NewDate(9999, 12, 31)

// versionsOf lists the versions of a class, the newest first.
func versionsOf(book *member.Book, code string) []member.Class {
	var out []member.Class
	for day := lastDay; ; {
		c, err := book.Class(code, day)
		if err != nil {
			return out
		}
		out = append(out, c)
		day = c.Starts.AddDays(-1)
	}
}

// setsOf lists the days on which sets of constituencies of a class begin, the
// newest first. A set without constituencies shows no day of its own.
func setsOf(book *member.Book, code string) []law.Date {
	var out []law.Date
	for day := lastDay; ; {
		set := book.Constituencies(code, day)
		if len(set) == 0 {
			return out
		}
		out = append(out, set[0].Starts)
		day = set[0].Starts.AddDays(-1)
	}
}

// classCodes are the classes there are, were or will be, those of today first.
func (v *visit) classCodes(book *member.Book) []string {
	var out []string
	note := func(day law.Date) {
		for _, c := range book.Classes(day) {
			if !slices.Contains(out, c.Code) {
				out = append(out, c.Code)
			}
		}
	}
	note(v.today())
	note(lastDay)
	for day := v.org.Opened; !day.IsZero() && day.Before(v.today()); day = day.AddMonths(1) {
		note(day)
	}
	return out
}

// classList is the rule-book of membership on a day: in words, and as written.
func (s *Server) classList(v *visit) error {
	day, field, ok := v.dayAsked("As it was on")
	status := http.StatusOK
	if !ok {
		status = http.StatusUnprocessableEntity
	}
	book, err := v.house.Members.Book(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	p := classesPage{Edit: v.can(policy.MemberClassEdit), Day: field}
	in := book.Classes(day)
	for _, c := range in {
		p.Classes = append(p.Classes, v.classView(book, c, day))
	}
	for _, code := range v.classCodes(book) {
		if slices.ContainsFunc(in, func(c member.Class) bool { return c.Code == code }) {
			continue
		}
		versions := versionsOf(book, code)
		switch first, last := versions[len(versions)-1], versions[0]; {
		case first.Starts.After(day):
			p.Closed = append(p.Closed, first.Name+" begins on "+v.day(first.Starts)+".")
		case last.Closed:
			p.Closed = append(p.Closed, last.Name+" was closed on "+v.day(last.Starts)+".")
		}
	}
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	f.Heading = "Classes and constituencies"
	f.Sentence = v.classesSentence(p.Classes, day)
	f.Errors = page.Problems(field)
	if f.Notice, err = v.recordedNotice(); err != nil {
		return err
	}
	if len(p.Classes) == 0 {
		panel := page.Empty("There is no class of membership on this day", "A class says who may be a member, how they join and when it ends. Without one nobody can join.", page.Link{})
		if p.Edit {
			panel.Next = page.Link{Text: "Write the first class", Href: "/classes/new"}
		}
		p.Empty = &panel
	}
	if len(p.Classes) > 0 {
		f.Files = []page.Files{v.files("/classes", "the classes", day)}
	}
	f.Data = p
	return v.show(status, "class_list", f)
}

func (v *visit) classesSentence(classes []classView, day law.Date) string {
	verb, when := said(page.Plural(len(classes), "is", "are")), "today"
	if day != v.today() {
		verb, when = said(page.Plural(len(classes), "was", "were")), "on "+v.whole(day)
		if day.After(v.today()) {
			verb = "will be"
		}
	}
	if len(classes) == 0 {
		return "There is no class of members " + when + "."
	}
	var names []string
	for _, c := range classes {
		names = append(names, c.Name)
	}
	return "There " + verb + " " + said(page.Words(len(classes))) + " " + said(page.Plural(len(classes), "class", "classes")) + " of members " + when + ": " + page.List(names) + "."
}

func (v *visit) classView(book *member.Book, c member.Class, day law.Date) classView {
	out := classView{Code: c.Code, Name: c.Name, Expression: c.Eligibility, Edit: v.can(policy.MemberClassEdit), Facts: classFacts(c)}
	switch ways := ruleInWords(c.Eligibility); {
	case c.Eligibility == "":
		out.Says = ruleSays(c)
	case len(ways) > 1:
		out.Says, out.Ways = page.Begin(nameOfRule(c))+" lets in those of whom one of these is so:", ways
	default:
		out.Says = ruleSays(c)
	}
	for _, x := range book.Constituencies(c.Code, day) {
		says := ruleSentence(x.Rule)
		if x.Ref != "" {
			says += " (" + x.Ref + ")"
		}
		out.Parts = append(out.Parts, partView{x.Name, says, x.Rule})
	}
	for _, version := range versionsOf(book, c.Code) {
		line := page.LinkLine{Text: "From " + v.day(version.Starts), Href: "/classes?on=" + version.Starts.String(), Note: "The class"}
		if version.Closed {
			line.Note = "The class is closed"
		}
		if version.Starts.After(v.today()) {
			line.Note += ", not begun yet"
		}
		out.Versions = append(out.Versions, line)
	}
	for _, starts := range setsOf(book, c.Code) {
		line := page.LinkLine{Text: "From " + v.day(starts), Href: "/classes?on=" + starts.String(), Note: "Its constituencies"}
		if starts.After(v.today()) {
			line.Note += ", not begun yet"
		}
		out.Versions = append(out.Versions, line)
	}
	return out
}

var kindWords = map[member.Kind]string{
	member.Staff: "people who work here", member.Public: "the public", member.Patient: "patients and carers", member.Partner: "partners",
}

var admissionWords = map[member.Admission]string{
	member.OnApplication: "People apply, and the secretary decides", member.ByEligibility: "People apply, and those whom the rule fits are admitted at once",
	member.Automatic: "Those whom the rule fits are members without asking, and may opt out",
}

// classFacts say how a class works.
func classFacts(c member.Class) page.Defs {
	votes := "none"
	if c.Votes > 0 {
		votes = strconv.Itoa(c.Votes)
	}
	return page.Defs{
		{Term: "For", Fact: kindWords[c.Kind]},
		{Term: "How one joins", Fact: admissionWords[c.Admission]},
		{Term: "When it ends", Fact: leavingWords(c)},
		{Term: "Votes of a member", Fact: votes},
	}
}

// leavingWords say when a membership of a class ends by itself.
func leavingWords(c member.Class) string {
	out := ""
	days := count(c.GraceDays, "day", "days") + " after "
	if c.GraceDays == 0 {
		days = "On the day that "
	}
	switch c.Leaving {
	case member.EmploymentEnds:
		out = page.Begin(days + "employment ends")
	case member.EligibilityEnds:
		out = page.Begin(days + "the rule stops fitting")
	default:
		out = "Not by itself: the member withdraws or is removed"
	}
	if c.LeavingRef != "" {
		out += " (" + c.LeavingRef + ")"
	}
	return out
}
