package web

import (
	"errors"
	"slices"
	"strings"

	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// standing is all that the pages about one person's membership rest on.
type standing struct {
	File   member.File
	Status member.Status
	Book   *member.Book
	Form   *law.Form // nil where the organisation has no legal form yet
	Day    law.Date
}

func (v *visit) standingOf(person string, day law.Date) (standing, error) {
	s := standing{Day: day}
	var err error
	if s.File, err = v.house.Members.File(v.ctx, v.org.ID, person); err != nil {
		return s, err
	}
	if s.Book, err = v.house.Members.Book(v.ctx, v.org.ID); err != nil {
		return s, err
	}
	s.Status = s.File.Timeline.On(day)
	s.Form, err = v.legalForm(day)
	return s, err
}

// legalForm is the law of the organisation's legal form on a day, or nil where
// it has none.
func (v *visit) legalForm(day law.Date) (*law.Form, error) {
	if v.org.LegalForm == "" {
		return nil, nil
	}
	f, err := v.house.Law.Form(lawForm(v.org.LegalForm), day)
	var unknown *law.NotFoundError
	if errors.As(err, &unknown) {
		return nil, nil
	}
	return f, err
}

// class is the class that the person is, was or asks to be in.
func (s standing) class() (member.Class, bool) {
	if s.Status.Class == "" {
		return member.Class{}, false
	}
	c, err := s.Book.Class(s.Status.Class, s.Day)
	return c, err == nil
}

// chance is what the rule of a class says of somebody today.
type chance struct {
	Class   member.Class
	Verdict law.Verdict
	Because string // the facts that the rule turned on, in words
	Missing []string
	Why     string // a sentence
}

// theRule is how the question is named inside: it is cut out of the answer again.
const theRule = "the rule"

// chanceOf asks the rule of a class about somebody on a day, as if the class took
// in at once whomever its rule fits and had begun on that day. The room for
// members answers; only the words are put together here.
func chanceOf(class member.Class, file member.File, day law.Date) (chance, error) {
	out := chance{Class: class, Verdict: law.Fails}
	if class.Eligibility == "" && class.Kind != member.Staff {
		out.Verdict, out.Why = law.Holds, page.Begin(nameOfRule(class))+" lets in everybody who asks."
		return out, nil
	}
	fits := member.Class{
		Code: "fits", Name: class.Name, Kind: class.Kind, Eligibility: class.Eligibility, EligibilityRef: theRule,
		Admission: member.Automatic, Leaving: member.Keeps, Position: 1, Starts: day,
	}
	if class.Kind.NeedsConsent() {
		fits.Kind = member.Partner // nobody joins those without asking; the rule is the same
	}
	asked := []member.Class{fits}
	if class.Eligibility != "" {
		not := fits
		not.Code, not.Position, not.Eligibility = "not", 2, "!("+class.Eligibility+")"
		asked = append(asked, not)
	}
	book, err := member.NewBook(member.NewCompiler(), asked, nil)
	if err != nil {
		return out, err
	}
	// Only what a rule may turn on counts here: where somebody lives, and posts.
	facts := []member.Fact{{ID: "asked", Kind: member.OptedIn, Class: "asked", Effective: day}}
	for _, f := range file.Facts {
		if f.Kind == member.AreaGiven {
			facts = append(facts, f)
		}
	}
	status := member.StatusOn(day, member.Inputs{Book: book, Facts: facts, Posts: file.Posts})
	switch {
	case status.State == member.CannotTell:
		out.Verdict, out.Missing = law.CannotTell, status.Missing
		out.Why = strings.Replace(status.Reason, theRule, nameOfRule(class), 1)
		return out, nil
	case status.State == member.Member && status.Class == "fits":
		out.Verdict = law.Holds
	}
	if _, because, found := strings.Cut(status.Reason, "under "+theRule+": "); found {
		out.Because = strings.TrimSuffix(because, ".")
	}
	out.Why = chanceWords(out, slices.ContainsFunc(file.Posts, func(p member.Post) bool { return held(p, day) }))
	return out, nil
}

// chanceWords says why a rule fits somebody or does not.
func chanceWords(c chance, works bool) string {
	rule := page.Begin(nameOfRule(c.Class))
	turned := "."
	if c.Because != "" {
		turned = ": " + inPlain(c.Because) + "."
	}
	switch {
	case c.Verdict == law.Holds:
		return rule + " fits" + turned
	case c.Class.Kind == member.Staff && !works:
		return rule + " is for people who work here, and the staff list of today does not have them."
	}
	return rule + " does not fit" + turned
}

func held(p member.Post, day law.Date) bool {
	return !day.Before(p.From) && (p.To.IsZero() || !day.After(p.To))
}

// inPlain puts into words what a reason has from the staff list as a code.
func inPlain(text string) string { return strings.ReplaceAll(text, "fixed_term", "fixed term") }

// toYou words a reason for the person it is about.
func toYou(text string) string { return strings.ReplaceAll(inPlain(text), "this person", "you") }

// nameOfRule is what a page calls the rule about who may belong to a class.
func nameOfRule(c member.Class) string {
	if c.EligibilityRef != "" {
		return c.EligibilityRef
	}
	return "the rule of the class " + c.Name
}

// chances asks every class that is open on the day.
func (s standing) chances() ([]chance, error) {
	var out []chance
	for _, class := range s.Book.Classes(s.Day) {
		c, err := chanceOf(class, s.File, s.Day)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// openTo are the classes that the person may apply to today: those whose rule fits
// or may fit. A class that takes people in by itself is not applied to.
func openTo(all []chance) []chance {
	var out []chance
	for _, c := range all {
		if c.Class.Admission != member.Automatic && c.Verdict != law.Fails {
			out = append(out, c)
		}
	}
	return out
}
