package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

// officerPerson is the form for somebody who is not known here yet.
type officerPerson struct {
	Given, Family, Email page.Text
	Open                 bool
}

// maxFound is how many people a search shows; whoever is not among them is
// found with another letter.
const maxFound = 20

func (v *visit) askOfficer(status int, role policy.Role, add *officerPerson) error {
	p := officerAppointPage{
		Role:   string(role),
		Search: v.searchField("/officers/appoint", "Who?"),
	}
	p.Search.Heading, p.Search.Hint, p.Search.Width = true, "The beginning of a name or of an e-mail address.", 20
	if v.may(policy.PersonEdit, v.inside()) == nil {
		p.New = v.newOfficerPerson(url.Values{})
	}
	if add != nil {
		p.New = add
	}
	if p.Search.Value != "" {
		people, err := v.house.Identity.FindPeople(v.ctx, v.org.ID, p.Search.Value, maxFound)
		if err != nil {
			return err
		}
		for _, x := range people {
			to := url.Values{"role": {string(role)}, "person": {x.ID}}
			p.Found = append(p.Found, page.LinkLine{Text: x.Name(), Href: "/officers/appoint?" + to.Encode(), Note: x.Email})
		}
		if len(people) == maxFound {
			p.Note = "These are the first " + number(maxFound) + ". Write more of the name to find others."
		}
		if len(people) == 0 {
			panel := page.Empty("Nobody is found", "Look for the beginning of their first name, surname or e-mail address.", page.Link{})
			p.Nobody = &panel
		}
	}
	f := v.officerFrame(role)
	f.Title = "Who?"
	f.Errors = page.Problems(p.Search)
	if p.New != nil {
		f.Errors = append(f.Errors, page.Problems(p.New.Given, p.New.Family, p.New.Email)...)
	}
	f.Data = p
	return v.show(status, "officer_person", f)
}

func (v *visit) newOfficerPerson(form url.Values) *officerPerson {
	return &officerPerson{
		Given:  page.Text{Name: "given", Label: "First name", Value: form.Get("given"), Width: 20},
		Family: page.Text{Name: "family", Label: "Surname", Value: form.Get("family"), Width: 20},
		Email:  page.Text{Name: "email", Label: "E-mail address", Hint: "They sign in with it.", Type: "email", Value: form.Get("email"), Verbatim: true},
	}
}

// officerAdd adds somebody from outside, such as a scrutineer, and goes on
// with their appointment.
func (s *Server) officerAdd(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	role := policy.Role(form.Get("role"))
	if err := v.may(policy.OfficerAppoint, v.office(role, "")); err != nil {
		return err
	}
	add := v.newOfficerPerson(form)
	add.Open = true
	if strings.TrimSpace(add.Family.Value) == "" {
		add.Family.Error = "Give their surname."
	}
	if strings.TrimSpace(add.Email.Value) == "" {
		add.Email.Error = "Give their e-mail address, or they could not sign in."
	}
	if add.Family.Error+add.Email.Error != "" {
		return v.askOfficer(http.StatusUnprocessableEntity, role, add)
	}
	p, err := v.house.Identity.NewPerson(v.ctx, v.actor.Person, v.org.ID, identity.Person{
		Given: add.Given.Value, Family: add.Family.Value, Email: add.Email.Value,
	})
	switch {
	case fault.Is(err, fault.Conflict):
		add.Email.Error = "Somebody here has this address already. Look for them above."
		return v.askOfficer(http.StatusUnprocessableEntity, role, add)
	case fault.Is(err, fault.Invalid):
		add.Email.Error = plainly(err)
		return v.askOfficer(http.StatusUnprocessableEntity, role, add)
	case err != nil:
		return err
	}
	return v.redirect("/officers/appoint?" + url.Values{"role": {string(role)}, "person": {p.ID}}.Encode())
}
