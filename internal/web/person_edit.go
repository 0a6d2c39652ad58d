package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/web/page"
)

type personEditPage struct {
	Person               string
	Given, Family, Email page.Text
	Address              page.TextArea
	Back                 string
}

func personForm(id string, values url.Values) personEditPage {
	return personEditPage{
		Person:  id,
		Back:    "/register/people/" + id,
		Given:   page.Text{Name: "given", Label: "First name", Value: values.Get("given"), Width: 20},
		Family:  page.Text{Name: "family", Label: "Surname", Value: values.Get("family"), Width: 20},
		Email:   page.Text{Name: "email", Label: "E-mail address", Hint: "They sign in with it. Leave it empty if they have none: they are then written to by post.", Type: "email", Value: values.Get("email"), Verbatim: true},
		Address: page.TextArea{Name: "postal_address", Label: "Postal address", Value: values.Get("postal_address"), Rows: 4},
	}
}

// personEditShow is the form for somebody's name and how to reach them.
func (s *Server) personEditShow(v *visit) error {
	p, err := v.house.Identity.Person(v.ctx, v.org.ID, v.r.PathValue("person"))
	if err != nil {
		return err
	}
	return v.personEditPage(http.StatusOK, personForm(p.ID, url.Values{
		"given": {p.Given}, "family": {p.Family}, "email": {p.Email}, "postal_address": {p.PostalAddress},
	}))
}

func (v *visit) personEditPage(status int, p personEditPage) error {
	f := v.frame()
	f.Back = page.Link{Text: "Back", Href: p.Back}
	f.Heading = "Correct their details"
	f.Sentence = "For people on the staff list, the next list may write the name and e-mail address anew: have them put right there too."
	f.Errors = page.Problems(p.Given, p.Family, p.Email, p.Address)
	f.Data = p
	return v.show(status, "person_edit", f)
}

// personEdit corrects them.
func (s *Server) personEdit(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	p, err := v.house.Identity.Person(v.ctx, v.org.ID, v.r.PathValue("person"))
	if err != nil {
		return err
	}
	form := personForm(p.ID, values)
	if strings.TrimSpace(form.Family.Value) == "" {
		form.Family.Error = "Give their surname."
		return v.personEditPage(http.StatusUnprocessableEntity, form)
	}
	p.Given, p.Family, p.Email = strings.TrimSpace(values.Get("given")), strings.TrimSpace(values.Get("family")), strings.TrimSpace(values.Get("email"))
	p.PostalAddress = strings.Join(addressLines(values.Get("postal_address")), "\n")
	err = v.correctPerson(p)
	switch {
	case refusable(err):
		v.refusedAt(err, &form.Family.Error, map[string]*string{"given": &form.Given.Error, "email": &form.Email.Error, "postal_address": &form.Address.Error})
		return v.personEditPage(http.StatusUnprocessableEntity, form)
	case err != nil:
		return err
	}
	return v.redirectRecorded(form.Back, "person.change")
}

// correctPerson writes a person's name and addresses. The message of a refusal
// names nobody.
func (v *visit) correctPerson(p identity.Person) error {
	err := v.house.Identity.CorrectPerson(v.ctx, v.actor.Person, v.org.ID, p)
	if fault.Is(err, fault.Conflict) && fault.FieldOf(err) == "email" {
		return fault.Fieldf("email", "somebody else here has this e-mail address")
	}
	return err
}
