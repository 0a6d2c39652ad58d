package web

import (
	"net/http"
	"strings"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type memberPage struct {
	Reason  string
	Waiting string // what the rule says of an application
	History []factLine
	Posts   *page.Table
	Stake   stakePage
	Facts   page.Defs
	Person  page.Defs
	Correct string // where to correct them
	Acts    page.Links
	Day     page.DateField
	Path    string
}

// factLine is one fact, with a way to strike it out.
type factLine struct {
	page.Step
	Strike string
}

// memberShow is one entry of the register, found by the member's id.
func (s *Server) memberShow(v *visit) error {
	file, err := v.house.Members.FileByMember(v.ctx, v.org.ID, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	return v.memberEntry(file.Person)
}

// personShow is the same, found by the person; it is for those of whom nothing
// is recorded yet.
func (s *Server) personShow(v *visit) error {
	person := v.r.PathValue("person")
	file, err := v.house.Members.File(v.ctx, v.org.ID, person)
	if err != nil {
		return err
	}
	if file.MemberID != "" {
		path := "/register/members/" + file.MemberID
		if raw := v.r.URL.RawQuery; raw != "" {
			path += "?" + raw
		}
		return v.redirect(path)
	}
	return v.memberEntry(person)
}

func (v *visit) memberEntry(personID string) error {
	if err := v.may(policy.MemberViewAny, v.about(personID)); err != nil {
		return err
	}
	person, err := v.house.Identity.Person(v.ctx, v.org.ID, personID)
	if err != nil {
		return err
	}
	day, field, ok := v.dayAsked("As it was on")
	status := http.StatusOK
	if !ok {
		status = http.StatusUnprocessableEntity
	}
	st, err := v.standingOf(personID, day)
	if err != nil {
		return err
	}
	p := memberPage{Reason: inPlain(st.Status.Reason), Facts: v.membershipFacts(st), Person: personFacts(person), Day: field, Path: v.r.URL.Path}
	if v.can(policy.ShareViewAny) && v.can(policy.StakeViewAny) {
		if p.Stake, err = v.stakeOf(st.File.MemberID, day, "/shares/certificates/"); err != nil {
			return err
		}
	}
	p.Facts = append(p.Facts, p.Stake.Facts...)
	if p.History, err = v.factLines(st); err != nil {
		return err
	}
	p.Posts = v.postTable(st.File.Posts)
	if st.Status.State == member.Applicant {
		if class, known := st.class(); known {
			c, err := chanceOf(class, st.File, day)
			if err != nil {
				return err
			}
			p.Waiting = inPlain(c.Why)
		}
	}
	if day == v.today() {
		p.Acts = v.actLinks(st)
	}
	if v.can(policy.PersonEdit) && person.Erased == "" {
		p.Correct = "/register/people/" + personID + "/details"
	}
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	if v.can(policy.RegisterView) {
		f.Back = page.Link{Text: "Register of members", Href: registerQuery{Day: day}.address("/register", v.today())}
	}
	f.Kicker = v.entryKicker(st, day)
	f.Heading = person.Name()
	f.Sentence = v.entrySentence(st)
	f.Errors = page.Problems(field)
	if f.Notice, err = v.recordedNotice(); err != nil {
		return err
	}
	f.Data = p
	return v.show(status, "member_show", f)
}

func (v *visit) entryKicker(st standing, day law.Date) string {
	out := "Register of members"
	if st.File.Number > 0 {
		out = "Member no. " + number(st.File.Number)
	}
	if day != v.today() {
		out += ", as it was on " + v.day(day)
		if day.After(v.today()) {
			out = strings.Replace(out, "as it was", "as far as is known now", 1)
		}
	}
	return out
}

// entrySentence says what the person is on the day, for somebody else.
func (v *visit) entrySentence(st standing) string {
	s := st.Status
	is, was := "Is", "today"
	if st.Day != v.today() {
		was = "on " + v.whole(st.Day)
		if st.Day.Before(v.today()) {
			is = "Was"
		}
	}
	switch s.State {
	case member.Member:
		out := is + " a member " + was + ", since " + v.whole(s.Since)
		if s.ConstituencyName != "" {
			out += ", in " + s.ConstituencyName
		}
		if !s.Ends.IsZero() {
			return out + ". Membership ends on " + v.whole(s.Ends) + "."
		}
		return out + "."
	case member.Applicant:
		return "Applied on " + v.whole(s.Since) + " to join " + s.ClassName + ". It is not decided."
	case member.Ended:
		return "Membership ended on " + v.whole(s.Ends) + "."
	case member.CannotTell:
		return "We cannot tell whether this person is a member " + was + "."
	}
	return is + " not a member " + was + "."
}

func personFacts(p identity.Person) page.Defs {
	out := page.Defs{{Term: "E-mail", Fact: orNone(p.Email)}, {Term: "Postal address", Fact: orNone(p.PostalAddress)}}
	if p.Erased != "" {
		return page.Defs{{Term: "Details", Fact: "erased"}}
	}
	return out
}

// factLines are all facts with who decided and why; those that count can be
// struck out by whoever records facts.
func (v *visit) factLines(st standing) ([]factLine, error) {
	steps, err := v.history(st)
	if err != nil {
		return nil, err
	}
	struck := map[string]bool{}
	var facts []member.Fact
	for _, f := range factsInOrder(st.File.Facts) {
		if f.Kind == member.Voided {
			struck[f.Data] = true
			continue
		}
		facts = append(facts, f)
	}
	may := v.can(policy.MemberRecord)
	out := make([]factLine, len(steps))
	for i, step := range steps {
		out[i].Step = step
		if i < len(facts) && may && !struck[facts[i].ID] {
			out[i].Strike = "/register/people/" + st.File.Person + "/void/" + facts[i].ID
		}
	}
	return out, nil
}

// postTable is the history of posts, which the rules read.
func (v *visit) postTable(posts []member.Post) *page.Table {
	if len(posts) == 0 {
		return nil
	}
	t := page.Table{Caption: "Posts", Columns: []page.Column{{Head: "Post"}, {Head: "Staff group"}, {Head: "Site"}, {Head: "Contract"}, {Head: "From"}, {Head: "To"}}}
	for i := len(posts) - 1; i >= 0; i-- {
		x := posts[i]
		row := page.Row{said0(x.Role), said0(x.StaffGroup), said0(x.Site), said0(stafflist.Category(x.Category).Label()), v.dayCell(x.From), v.dayCell(x.To)}
		if x.To.IsZero() {
			row[5] = page.Cell{Text: "now", Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, row)
	}
	return &t
}

// recordedNotice says what was just recorded, when the address names an entry of
// the record that the visitor made.
func (v *visit) recordedNotice() (page.Notice, error) {
	e, ok, err := v.entryOf(v.r.URL.Query().Get("entry"))
	if err != nil || !ok {
		return page.Notice{}, err
	}
	return page.Notice{
		Done: true, Text: page.Begin(actDone(e.Kind)) + ". It is entry " + number(e.Seq) + " of the record.",
		More: page.Link{Text: "Keep its proof", Href: "/record/proof/" + number0(e.Seq)},
	}, nil
}
