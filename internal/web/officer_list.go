package web

import (
	"net/http"
	"slices"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

type officerListPage struct {
	Held    page.Table
	ToCome  *page.Table
	Past    *page.Table
	Empty   *page.Panel
	Vacant  string
	Appoint bool
	Rules   page.Details
}

// officerList is who holds which office, who will, and who did.
func (s *Server) officerList(v *visit) error {
	list, names, err := v.appointments()
	if err != nil {
		return err
	}
	var held, toCome, past []identity.Appointment
	filled := map[policy.Role]bool{}
	for _, a := range list {
		switch {
		case a.On(v.today()):
			held, filled[a.Role] = append(held, a), true
		case a.Starts.After(v.today()) && a.Ends != a.Starts:
			toCome = append(toCome, a)
		default:
			past = append(past, a)
		}
	}
	slices.SortStableFunc(past, func(a, b identity.Appointment) int { return b.Ends.Compare(a.Ends) })
	p := officerListPage{Appoint: len(v.appointable()) > 0, Held: v.heldTable(held, names), Rules: apartDetails()}
	if len(held) == 0 {
		panel := page.Empty("Nobody holds an office today", "Offices are given by appointment. Each is one entry in the record.", page.Link{})
		p.Empty = &panel
	}
	if len(toCome) > 0 {
		t := v.heldTable(toCome, names)
		t.Caption = "Offices that begin later"
		p.ToCome = &t
	}
	if len(past) > 0 {
		t := v.pastTable(past, names)
		p.Past = &t
	}
	if !filled[policy.Secretary] && v.org.Kind == identity.Mutual {
		p.Vacant = "There is no secretary today. The registers cannot be kept until a director appoints one."
	}
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	f.Heading = "Who holds which office"
	f.Sentence = officerSentence(len(held))
	switch v.r.URL.Query().Get("done") {
	case "appointed":
		f.Notice = page.Notice{Done: true, Text: "The appointment is made and recorded. They sign in anew to use it."}
	case "ended":
		f.Notice = page.Notice{Done: true, Text: "The end of the appointment is recorded."}
	}
	if len(held) > 0 {
		f.Files = []page.Files{v.files("/officers", "who holds which office today", v.today())}
	}
	f.Data = p
	return v.show(http.StatusOK, "officer_list", f)
}

func officerSentence(n int) string {
	if n == 0 {
		return "No office is filled today."
	}
	return phrase(n, "office is", "offices are") + " filled today. Nobody can appoint themselves."
}

// appointments are all of the organisation, with the names of everybody in them.
func (v *visit) appointments() ([]identity.Appointment, map[string]string, error) {
	list, err := v.house.Identity.Appointments(v.ctx, v.org.ID)
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, a := range list {
		ids = append(ids, a.Person, a.By, a.Ended)
	}
	people, err := v.house.Identity.People(v.ctx, v.org.ID, ids)
	if err != nil {
		return nil, nil, err
	}
	names := map[string]string{"setup": "at the setting up"}
	for id, p := range people {
		names[id] = p.Name()
	}
	return list, names, nil
}

// appointable are the offices that the actor may give to somebody else.
func (v *visit) appointable() []policy.Role {
	var out []policy.Role
	for _, role := range policy.Roles() {
		if role.AppointableIn(string(v.org.Kind)) && policy.Allow(v.actor, policy.OfficerAppoint, v.office(role, "")).Allowed {
			out = append(out, role)
		}
	}
	return out
}

// office is the resource of a role held by somebody.
func (v *visit) office(role policy.Role, person string) policy.Resource {
	return policy.Resource{Org: v.org.ID, Owner: person, Kind: string(role)}
}

// mayEnd reports whether the actor may end an appointment: one's own may be
// given up, another's takes the right to end it.
func (v *visit) mayEnd(a identity.Appointment) error {
	if a.Person == v.actor.Person {
		return v.may(policy.OfficerResignOwn, v.actor.Own())
	}
	return v.may(policy.OfficerEnd, v.office(a.Role, a.Person))
}

func (v *visit) heldTable(list []identity.Appointment, names map[string]string) page.Table {
	t := page.Table{
		Caption: "Offices held today",
		Columns: []page.Column{{Head: "Office"}, {Head: "Who"}, {Head: "From"}, {Head: "Last day"}, {Head: "Appointed by"}},
	}
	for _, a := range list {
		until := page.Cell{Text: "no end set", Kind: page.Quiet}
		if !a.Ends.IsZero() {
			until = page.Cell{Text: v.day(a.Ends.AddDays(-1))}
		}
		t.Rows = append(t.Rows, page.Row{
			{Text: page.Begin(a.Role.Title())}, {Text: names[a.Person], Href: "/officers/" + a.ID}, {Text: v.day(a.Starts)}, until, {Text: byWhom(names, a.By)},
		})
	}
	return t
}

// byWhom names who did something to an appointment.
func byWhom(names map[string]string, id string) string {
	if name, ok := names[id]; ok {
		return name
	}
	if id == "" {
		return "not said"
	}
	return "somebody of another organisation"
}

func (v *visit) pastTable(list []identity.Appointment, names map[string]string) page.Table {
	t := page.Table{Caption: "Offices held before", Columns: []page.Column{{Head: "Office"}, {Head: "Who"}, {Head: "From"}, {Head: "Last day"}, {Head: "Ended by"}}}
	for _, a := range list {
		until := page.Cell{Text: v.day(a.Ends.AddDays(-1))}
		if a.Ends == a.Starts {
			until = page.Cell{Text: "taken back before it began", Kind: page.Quiet}
		}
		who := page.Cell{Text: byWhom(names, a.Ended)}
		switch a.Ended {
		case a.Person:
			who.Text = "themselves"
		case "":
			who = page.Cell{Text: "its term", Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, page.Row{{Text: page.Begin(a.Role.Title())}, {Text: names[a.Person], Href: "/officers/" + a.ID}, {Text: v.day(a.Starts)}, until, who})
	}
	return t
}

// apartDetails lists the offices that one person may not hold together.
func apartDetails() page.Details {
	t := page.Table{Caption: "Offices that are kept apart", Columns: []page.Column{{Head: "Office"}, {Head: "Not together with"}, {Head: "Why", Wide: true}}}
	for _, x := range policy.Incompatibilities() {
		t.Rows = append(t.Rows, page.Row{{Text: page.Begin(x.A.Title())}, {Text: x.B.Title()}, {Text: x.Reason}})
	}
	return page.Details{Summary: "Which offices are kept apart, and why", Show: t}
}
