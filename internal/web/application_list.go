package web

import (
	"net/http"
	"net/url"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type applicationsPage struct {
	Waiting []waitingLine
	Empty   *page.Panel
	Admit   page.Button
	Fits    int
}

// waitingLine is one application with what the rule says of it.
type waitingLine struct {
	Name, Entry   string
	Class, Since  string
	State         page.State
	Why           string
	Admit, Refuse string // where to decide
	person        string
	class         string
	fits          bool
}

// applicationList is what waits to be decided, the oldest first.
func (s *Server) applicationList(v *visit) error {
	lines, err := v.applications()
	if err != nil {
		return err
	}
	p := applicationsPage{Waiting: lines}
	for _, l := range lines {
		if l.fits {
			p.Fits++
		}
	}
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	f.Heading = "Applications"
	f.Sentence = applicationsSentence(len(lines), p.Fits)
	if f.Notice, err = v.recordedNotice(); err != nil {
		return err
	}
	switch {
	case len(lines) == 0:
		panel := page.Empty("Nothing waits", "When somebody applies for membership, the application waits here until it is decided.", page.Link{Text: "Enter an application made on paper", Href: "/register/new"})
		p.Empty = &panel
	case p.Fits > 0:
		p.Admit = page.Button{Text: "Admit " + said(page.Words(p.Fits)) + " whom the rule fits", Href: "/applications/admit"}
		if p.Fits == 1 {
			p.Admit.Text = "Admit the one whom the rule fits"
		}
	}
	if len(lines) > 0 {
		f.Files = []page.Files{v.files("/applications", "the applications", v.today())}
	}
	f.Data = p
	return v.show(http.StatusOK, "application_list", f)
}

func applicationsSentence(all, fits int) string {
	if all == 0 {
		return "No application waits."
	}
	out := page.Begin(said(page.Words(all))) + " " + said(page.Plural(all, "application waits", "applications wait")) + "."
	switch {
	case all == fits && all == 1:
		return out + " The rule fits."
	case all == fits:
		return out + " The rule fits all of them."
	case fits == 0:
		return out + " The rule fits none of them for certain."
	}
	return out + " The rule fits " + said(page.Words(fits)) + " of them."
}

// applications are the applications that wait today, in words.
func (v *visit) applications() ([]waitingLine, error) {
	list, err := v.house.Members.Applications(v.ctx, v.org.ID, v.today())
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, w := range list {
		ids[i] = w.Person
	}
	people, err := v.house.Identity.People(v.ctx, v.org.ID, ids)
	if err != nil {
		return nil, err
	}
	book, err := v.house.Members.Book(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	out := make([]waitingLine, len(list))
	for i, w := range list {
		at := "/register/people/" + w.Person
		person := people[w.Person]
		out[i] = waitingLine{
			Name: person.Name(), Entry: "/register/members/" + w.MemberID, Class: w.Status.ClassName, Since: v.day(w.Status.Since),
			Admit: at + "/admit", Refuse: at + "/refuse", person: w.Person, class: w.Status.Class, fits: w.Fits == law.Holds,
		}
		class, err := book.Class(w.Status.Class, v.today())
		if err != nil {
			return nil, err
		}
		if err := v.sayFit(&out[i], w, class); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sayFit says what the rule of the class says of the applicant.
func (v *visit) sayFit(l *waitingLine, w member.Waiting, class member.Class) error {
	says := chance{Class: class, Verdict: w.Fits, Because: w.Because}
	switch w.Fits {
	case law.Holds:
		l.State, l.Why = page.State{Word: "The rule fits", Kind: page.StateOpen}, chanceWords(says, true)
		if class.Eligibility == "" {
			l.Why = page.Begin(nameOfRule(class)) + " lets in everybody who asks."
		}
	case law.Fails:
		l.State, l.Why = page.State{Word: "The rule does not fit", Kind: page.StateLate}, chanceWords(says, w.Because != "")
	default:
		file, err := v.house.Members.File(v.ctx, v.org.ID, w.Person)
		if err != nil {
			return err
		}
		unclear, err := chanceOf(class, file, v.today())
		if err != nil {
			return err
		}
		l.State, l.Why = page.State{Word: "We cannot tell", Kind: page.StateDone}, inPlain(unclear.Why)
	}
	return nil
}

type applicationsAdmitPage struct {
	Who    page.Checkboxes
	Button page.Actions
}

// applicationsAdmitShow is the review before several are admitted at once.
func (s *Server) applicationsAdmitShow(v *visit) error {
	lines, err := v.applications()
	if err != nil {
		return err
	}
	return v.applicationsAdmitForm(http.StatusOK, lines, nil, "")
}

func (v *visit) applicationsAdmitForm(status int, lines []waitingLine, ticked []string, wrong string) error {
	p := applicationsAdmitPage{Who: page.Checkboxes{Name: "person", Legend: "Who is admitted today", Hint: "Take the tick away from those you want to look at again.", Values: ticked, Error: wrong}}
	for _, l := range lines {
		if !l.fits {
			continue
		}
		p.Who.Options = append(p.Who.Options, page.Option{Value: l.person, Label: l.Name, Hint: l.Class + ", applied " + l.Since + ". " + l.Why})
		if ticked == nil {
			p.Who.Values = append(p.Who.Values, l.person)
		}
	}
	if len(p.Who.Options) == 0 {
		return v.redirect("/applications")
	}
	p.Button = page.Actions{Button: page.Button{Text: "Admit them"}, Links: []page.Link{{Text: "Not now", Href: "/applications"}}}
	f := v.frame()
	f.Back = page.Link{Text: "Applications", Href: "/applications"}
	f.Heading = "Admit those whom the rule fits"
	f.Sentence = "They become members today and get the next numbers, in the order shown. All are admitted in one entry of the record, or none."
	f.Errors = page.Problems(p.Who)
	f.Data = p
	return v.show(status, "application_admit", f)
}

// applicationsAdmit admits those ticked, if the rule fits them still.
func (s *Server) applicationsAdmit(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	lines, err := v.applications()
	if err != nil {
		return err
	}
	var list []member.Entrant
	for _, l := range lines {
		if !l.fits || !slices.Contains(values["person"], l.person) {
			continue
		}
		if err := v.may(policy.MemberAdmit, v.about(l.person)); err != nil {
			return err
		}
		list = append(list, member.Entrant{Person: l.person, Class: l.class, Effective: v.today()})
	}
	ticked := append([]string{}, values["person"]...)
	switch {
	case len(ticked) == 0:
		return v.applicationsAdmitForm(http.StatusUnprocessableEntity, lines, ticked, "Tick those who are admitted.")
	case len(list) < len(ticked):
		return v.applicationsAdmitForm(http.StatusConflict, lines, nil, "Something has changed since you opened the page. Look again.")
	}
	err = v.house.Members.AdmitAll(v.ctx, v.actor.Person, v.org.ID, member.Source{}, list)
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
		return v.applicationsAdmitForm(http.StatusConflict, lines, ticked, sentenceOf(err, ""))
	}
	if err != nil {
		return err
	}
	e, ok, err := v.latestEntry("member.admitted_all")
	switch {
	case err != nil:
		return err
	case !ok:
		return v.redirect("/applications")
	}
	return v.redirect("/applications?" + url.Values{"entry": {number0(e.Seq)}}.Encode())
}
