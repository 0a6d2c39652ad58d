package web

import (
	"net/http"
	"net/url"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type officerShowPage struct {
	ID     string
	Facts  page.Defs
	About  string
	End    string // the words of the link that ends it; "" where the actor may not, or it has ended
	When   page.Radios
	Last   page.DateField
	Note   []string
	Button string
	Day    string // the first day on which it is not held
}

// appointment finds the appointment of the address.
func (v *visit) appointment() (identity.Appointment, map[string]string, error) {
	list, names, err := v.appointments()
	if err != nil {
		return identity.Appointment{}, nil, err
	}
	i := slices.IndexFunc(list, func(a identity.Appointment) bool { return a.ID == v.r.PathValue("id") })
	if i < 0 {
		return identity.Appointment{}, nil, fault.Errorf(fault.NotFound, "there is no such appointment")
	}
	return list[i], names, nil
}

// open reports whether there is an end still to be set, or an earlier one.
func (v *visit) open(a identity.Appointment) bool { return a.Ends.IsZero() || a.Ends.After(v.today()) }

// officerShow is one appointment.
func (s *Server) officerShow(v *visit) error {
	a, names, err := v.appointment()
	if err != nil {
		return err
	}
	p := officerShowPage{
		ID: a.ID, About: a.Role.About(),
		Facts: page.Defs{{Term: "First day", Fact: v.day(a.Starts)}, {Term: "Appointed by", Fact: byWhom(names, a.By)}},
	}
	if !a.Ends.IsZero() {
		p.Facts = append(p.Facts, page.Def{Term: "Last day", Fact: v.day(a.Ends.AddDays(-1))})
		if a.Ended != "" {
			p.Facts = append(p.Facts, page.Def{Term: "Ended by", Fact: byWhom(names, a.Ended)})
		}
	}
	if v.open(a) && v.mayEnd(a) == nil {
		p.End = "End this appointment"
		if a.Person == v.actor.Person {
			p.End = "Give up this office"
		}
	}
	f := v.frame()
	f.Back = page.Link{Text: "Who holds which office", Href: "/officers"}
	f.Kicker = page.Begin(a.Role.Title())
	f.Heading = names[a.Person]
	f.Sentence = v.holdsSentence(a)
	f.Data = p
	return v.show(http.StatusOK, "officer_show", f)
}

func (v *visit) holdsSentence(a identity.Appointment) string {
	title := a.Role.Title()
	switch {
	case a.Starts.After(v.today()) && a.Ends != a.Starts:
		return "Will be " + title + " from " + v.day(a.Starts) + "."
	case a.Ends.IsZero():
		return "Has been " + title + " since " + v.day(a.Starts) + "."
	case a.On(v.today()):
		return "Is " + title + " until " + v.day(a.Ends.AddDays(-1)) + "."
	case a.Ends == a.Starts:
		return "Was to be " + title + ", and the appointment was taken back."
	}
	return "Was " + title + " until " + v.day(a.Ends.AddDays(-1)) + "."
}

// officerEnd asks when an appointment is to end, then for a last look.
func (s *Server) officerEnd(v *visit) error {
	a, names, err := v.appointment()
	if err != nil {
		return err
	}
	if err := v.mayEnd(a); err != nil {
		return err
	}
	if !v.open(a) {
		return v.redirect("/officers/" + a.ID)
	}
	q := v.r.URL.Query()
	if !q.Has("when") && !q.Has("asked") {
		return v.askEnd(http.StatusOK, a, names, v.endForm(q))
	}
	p, day, ok := v.readEnd(a, q)
	if !ok {
		return v.askEnd(http.StatusUnprocessableEntity, a, names, p)
	}
	return v.reviewEnd(http.StatusOK, a, names, day, nil)
}

func (v *visit) endForm(values url.Values) officerShowPage {
	p := officerShowPage{
		When: page.Radios{
			Name: "when", Legend: "When does it end?", Heading: true, Value: values.Get("when"),
			Options: []page.Option{{Value: "now", Label: "At once"}, {Value: "later", Label: "At the end of a day"}},
		},
		Last: page.DateField{Name: "last", Legend: "The last day in office, where it is not at once", Hint: "For example, 31 12 2026"},
	}
	p.Last.Fill(values)
	return p
}

// readEnd reads the day on which an office is no longer held.
func (v *visit) readEnd(a identity.Appointment, values url.Values) (officerShowPage, law.Date, bool) {
	p := v.endForm(values)
	p.ID = a.ID
	switch p.When.Value {
	case "now":
		return p, v.today(), true
	case "later":
		last, ok := readDay(&p.Last, "last day", true)
		switch {
		case !ok:
			return p, law.Date{}, false
		case last.Before(v.today()):
			p.Last.Error = "The last day is past. What was done in office was done in office: choose today or later."
			return p, law.Date{}, false
		case !a.Ends.IsZero() && !last.AddDays(1).Before(a.Ends):
			p.Last.Error = "It ends on " + v.day(a.Ends.AddDays(-1)) + " already. Choose an earlier day."
			return p, law.Date{}, false
		}
		return p, last.AddDays(1), true
	}
	p.When.Error = "Choose when it ends."
	return p, law.Date{}, false
}

func (v *visit) endFrame(a identity.Appointment, names map[string]string) page.Frame {
	f := v.frame()
	f.Back = page.Link{Text: names[a.Person], Href: "/officers/" + a.ID}
	f.Kicker = "End an appointment: " + names[a.Person] + ", " + a.Role.Title()
	return f
}

func (v *visit) askEnd(status int, a identity.Appointment, names map[string]string, p officerShowPage) error {
	p.ID = a.ID
	f := v.endFrame(a, names)
	f.Title = "When does it end?"
	f.Errors = page.Problems(p.When, p.Last)
	f.Data = p
	return v.show(status, "officer_end", f)
}

func (v *visit) reviewEnd(status int, a identity.Appointment, names map[string]string, day law.Date, problems []page.Error) error {
	p := officerShowPage{ID: a.ID, Day: day.String(), Button: "End this appointment"}
	p.Facts = page.Defs{{Term: "Office", Fact: page.Begin(a.Role.Title())}, {Term: "Who", Fact: names[a.Person]}}
	if day == v.today() {
		p.Facts = append(p.Facts, page.Def{Term: "Ends", Fact: "at once"})
		p.Note = append(p.Note, names[a.Person]+" is signed out everywhere. They can sign in again, without this office.")
	} else {
		p.Facts = append(p.Facts, page.Def{Term: "Last day", Fact: v.day(day.AddDays(-1))})
	}
	p.Note = append(p.Note, "That the office was held stays in the record. To hold it again takes a new appointment.")
	if a.Role == policy.Secretary {
		others, err := v.house.Identity.Holders(v.ctx, v.org.ID, policy.Secretary, day)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(others, func(p identity.Person) bool { return p.ID != a.Person }) {
			p.Note = append(p.Note, "After that there is no secretary, and the registers cannot be kept. Appoint another first: a secretary or a director can.")
		}
	}
	f := v.endFrame(a, names)
	f.Heading = "Check before you end it"
	f.Sentence = "Nothing is recorded yet."
	f.Errors = problems
	f.Data = p
	return v.show(status, "officer_end_review", f)
}

// officerEndDo ends an appointment, or gives up one's own.
func (s *Server) officerEndDo(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	a, names, err := v.appointment()
	if err != nil {
		return err
	}
	if err := v.mayEnd(a); err != nil {
		return err
	}
	day, err := law.ParseDate(form.Get("day"))
	if err != nil {
		p := v.endForm(url.Values{})
		p.When.Error = "Choose when it ends."
		return v.askEnd(http.StatusUnprocessableEntity, a, names, p)
	}
	err = v.house.Identity.EndAppointment(v.ctx, v.actor.Person, v.org.ID, a.ID, day)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		p := v.endForm(url.Values{"when": {"later"}})
		p.Last.Error = "The appointment cannot end on this day: it has ended by then, or the day is past. Choose another."
		return v.askEnd(http.StatusUnprocessableEntity, a, names, p)
	}
	if err != nil {
		return err
	}
	return v.redirect("/officers?done=ended")
}
