package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// An appointment is asked for in four steps, each with an address of its own
// and nothing kept between them: which office, who, from when, and a review.
// The address holds ids alone once a person is chosen.

type officerAppointPage struct {
	Role, Person string
	Office       page.Radios
	Search       page.Text
	Found        page.Links
	Nobody       *page.Panel
	New          *officerPerson
	Starts       page.DateField
	Summary      page.Summary
	Note         string
	Day          string
}

// officerAppoint asks what is not yet answered.
func (s *Server) officerAppoint(v *visit) error {
	roles := v.appointable()
	if len(roles) == 0 {
		return v.may(policy.OfficerAppoint, v.inside())
	}
	q := v.r.URL.Query()
	role := policy.Role(q.Get("role"))
	switch {
	case !q.Has("role"):
		return v.askOffice(http.StatusOK, roles, "")
	case !slices.Contains(roles, role):
		return v.askOffice(http.StatusUnprocessableEntity, roles, "Choose one of these offices.")
	case !q.Has("person"):
		return v.askOfficer(http.StatusOK, role, nil)
	}
	person, wrong, err := v.candidate(role, q.Get("person"))
	if err != nil {
		return err
	}
	if wrong != "" {
		return v.cannotAppoint(http.StatusConflict, role, person, wrong)
	}
	starts := v.startField(q)
	if !q.Has("from-day") {
		starts.SetDay(v.today().String())
		return v.askStart(http.StatusOK, role, person, starts)
	}
	day, ok := readDay(&starts, "first day", true)
	if ok && day.Before(v.today()) {
		starts.Error, ok = "The first day is past. An office is held from today at the earliest.", false
	}
	if !ok {
		return v.askStart(http.StatusUnprocessableEntity, role, person, starts)
	}
	return v.reviewOfficer(http.StatusOK, role, person, day, nil)
}

func (v *visit) startField(values url.Values) page.DateField {
	f := page.DateField{Name: "from", Legend: "From when?", Heading: true, Hint: "The first day in office. For example, 1 12 2026"}
	f.Fill(values)
	return f
}

func (v *visit) officerFrame(role policy.Role) page.Frame {
	f := v.frame()
	f.Back = page.Link{Text: "Who holds which office", Href: "/officers"}
	f.Kicker = "Appoint an officer"
	if role != "" {
		f.Back = page.Link{Text: "Another office", Href: "/officers/appoint"}
		f.Kicker = "Appoint a " + role.Title()
		if strings.ContainsRune("aeiou", rune(role.Title()[0])) {
			f.Kicker = "Appoint an " + role.Title()
		}
	}
	return f
}

func (v *visit) askOffice(status int, roles []policy.Role, wrong string) error {
	field := page.Radios{Name: "role", Legend: "Which office?", Heading: true, Error: wrong}
	for _, r := range roles {
		field.Options = append(field.Options, page.Option{Value: string(r), Label: page.Begin(r.Title()), Hint: r.About()})
	}
	f := v.officerFrame("")
	f.Title = "Which office?"
	f.Errors = page.Problems(field)
	f.Data = officerAppointPage{Office: field}
	return v.show(status, "officer_office", f)
}

// candidate finds who is to be appointed and says why they cannot be, as far as
// that is known before a day is chosen.
func (v *visit) candidate(role policy.Role, id string) (identity.Person, string, error) {
	person, err := v.house.Identity.Person(v.ctx, v.org.ID, id)
	if err != nil {
		return person, "", err
	}
	if d := policy.Allow(v.actor, policy.OfficerAppoint, v.office(role, id)); !d.Allowed {
		return person, d.Reason, nil
	}
	list, err := v.house.Identity.AppointmentsOf(v.ctx, v.org.ID, id)
	if err != nil {
		return person, "", err
	}
	for _, a := range list {
		if !a.Ends.IsZero() {
			continue
		}
		if a.Role == role && a.Scope == "" {
			return person, person.Name() + " is " + role.Title() + " already, since " + v.day(a.Starts) + ".", nil
		}
		if rule, clash := policy.Clash(role, a.Role); clash {
			return person, person.Name() + " is " + a.Role.Title() + ". " + rule.Reason, nil
		}
	}
	return person, "", nil
}

func (v *visit) cannotAppoint(status int, role policy.Role, person identity.Person, why string) error {
	f := v.officerFrame(role)
	f.Heading = person.Name() + " cannot be appointed"
	f.Data = page.Refused("Why", why, "The rule is the same for everybody. Nothing was changed.",
		page.Link{Text: "Choose somebody else", Href: "/officers/appoint?" + url.Values{"role": {string(role)}}.Encode()})
	return v.show(status, "fault", f)
}

func (v *visit) askStart(status int, role policy.Role, person identity.Person, starts page.DateField) error {
	f := v.officerFrame(role)
	f.Kicker += ": " + person.Name()
	f.Title = "From when?"
	f.Errors = page.Problems(starts)
	f.Data = officerAppointPage{Role: string(role), Person: person.ID, Starts: starts}
	return v.show(status, "officer_start", f)
}

func (v *visit) reviewOfficer(status int, role policy.Role, person identity.Person, day law.Date, problems []page.Error) error {
	step := func(pairs ...string) string {
		q := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			q.Set(pairs[i], pairs[i+1])
		}
		return "/officers/appoint?" + q.Encode()
	}
	p := officerAppointPage{
		Role: string(role), Person: person.ID, Day: day.String(),
		Summary: page.Summary{
			{Term: "Office", Fact: page.Begin(role.Title()), Change: page.Link{Text: "Change", Hidden: "the office", Href: "/officers/appoint"}},
			{Term: "Who", Fact: person.Name(), Change: page.Link{Text: "Change", Hidden: "who it is", Href: step("role", string(role))}},
			{Term: "From", Fact: v.day(day), Change: page.Link{Text: "Change", Hidden: "the first day", Href: step("role", string(role), "person", person.ID)}},
			{Term: "What it is", Fact: role.About()},
		},
		Note: "They are signed out where they are signed in, and sign in anew with the office. You can end it again; that it was held stays in the record.",
	}
	if person.Email == "" {
		p.Note = "They have no e-mail address with us and cannot sign in until one is known. " + p.Note
	}
	f := v.officerFrame(role)
	f.Heading = "Check before you appoint"
	f.Sentence = "Nothing is recorded yet."
	f.Errors = problems
	f.Data = p
	return v.show(status, "officer_review", f)
}

// officerAppointDo makes the appointment.
func (s *Server) officerAppointDo(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	role, id := policy.Role(form.Get("role")), form.Get("person")
	if err := v.may(policy.OfficerAppoint, v.office(role, id)); err != nil {
		return err
	}
	person, err := v.house.Identity.Person(v.ctx, v.org.ID, id)
	if err != nil {
		return err
	}
	day, err := law.ParseDate(form.Get("from"))
	if err != nil || day.Before(v.today()) {
		starts := v.startField(url.Values{})
		starts.SetDay(v.today().String())
		starts.Error = "The first day is missing or past. An office is held from today at the earliest."
		return v.askStart(http.StatusUnprocessableEntity, role, person, starts)
	}
	_, err = v.house.Identity.Appoint(v.ctx, v.actor.Person, identity.Appointment{Org: v.org.ID, Person: id, Role: role, Starts: day})
	switch {
	case fault.Is(err, fault.Conflict):
		return v.cannotAppoint(http.StatusConflict, role, person, withName(plainly(err), person))
	case fault.Is(err, fault.Invalid):
		return v.reviewOfficer(http.StatusUnprocessableEntity, role, person, day, []page.Error{{Message: withName(plainly(err), person)}})
	case err != nil:
		return err
	}
	return v.redirect("/officers?done=appointed")
}

// withName puts a name where a fault has an id, because faults name nobody.
func withName(text string, p identity.Person) string {
	return strings.NewReplacer("Person "+p.ID, p.Name(), "person "+p.ID, p.Name()).Replace(text)
}
