package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/web/page"
)

type organisationEditPage struct {
	Name   page.Text
	Form   page.Radios
	Number page.Text
	Office page.TextArea
	ODS    page.Text
}

func (v *visit) organisationForm(values url.Values) organisationEditPage {
	p := organisationEditPage{
		Name:   page.Text{Name: "name", Label: "Name", Hint: "As it is registered.", Value: values.Get("name")},
		Form:   page.Radios{Name: "legal_form", Legend: "Legal form", Hint: "What the law asks of the registers, and who may inspect them, follows from it.", Value: values.Get("legal_form")},
		Number: page.Text{Name: "registered_no", Label: "Registered number", Width: 10, Value: values.Get("registered_no"), Verbatim: true},
		Office: page.TextArea{Name: "registered_office", Label: "Registered office", Rows: 4, Value: values.Get("registered_office")},
		ODS:    page.Text{Name: "ods", Label: "Code in the NHS directory", Hint: "For example, RY9. Leave it empty if there is none.", Width: 10, Value: values.Get("ods"), Verbatim: true},
	}
	for _, form := range v.house.Law.Forms(v.today()) {
		p.Form.Options = append(p.Form.Options, page.Option{Value: string(form.ID), Label: form.Label})
	}
	return p
}

// organisationEdit is the form for the organisation's details.
func (s *Server) organisationEdit(v *visit) error {
	o := v.org
	return v.organisationEditPage(http.StatusOK, v.organisationForm(url.Values{
		"name": {o.Name}, "legal_form": {o.LegalForm}, "registered_no": {o.RegisteredNo}, "registered_office": {o.RegisteredOffice}, "ods": {o.ODS},
	}))
}

func (v *visit) organisationEditPage(status int, p organisationEditPage) error {
	f := v.frame()
	f.Back = page.Link{Text: v.org.Name, Href: "/organisation"}
	f.Heading = "Change the details"
	f.Sentence = "What you change here is public, and each change is one entry in the record."
	f.Errors = page.Problems(p.Name, p.Form, p.Number, p.Office, p.ODS)
	f.Data = p
	return v.show(status, "organisation_edit", f)
}

// organisationSave changes the details.
func (s *Server) organisationSave(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	p := v.organisationForm(values)
	o := v.org
	o.Name, o.LegalForm, o.RegisteredNo, o.ODS = values.Get("name"), values.Get("legal_form"), values.Get("registered_no"), strings.TrimSpace(values.Get("ods"))
	o.RegisteredOffice = strings.Join(addressLines(values.Get("registered_office")), "\n")
	if v.checkOrganisation(&p, o); len(page.Problems(p.Name, p.Form, p.Number, p.Office, p.ODS)) > 0 {
		return v.organisationEditPage(http.StatusUnprocessableEntity, p)
	}
	err = v.house.Identity.ChangeOrganisation(v.ctx, v.actor.Person, o)
	if fault.Is(err, fault.Invalid) {
		p.Name.Error = plainly(err)
		return v.organisationEditPage(http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return v.redirect("/organisation?done=details")
}

// checkOrganisation says at each field what is wrong with it.
func (v *visit) checkOrganisation(p *organisationEditPage, o identity.Organisation) {
	switch {
	case strings.TrimSpace(o.Name) == "":
		p.Name.Error = "Give the name."
	case len(o.Name) > 200:
		p.Name.Error = "The name is longer than 200 letters. Make it shorter."
	}
	if _, err := v.house.Law.Form(lawForm(o.LegalForm), v.today()); err != nil && o.LegalForm != "" {
		p.Form.Error = "Choose one of these legal forms."
	}
	if len(o.RegisteredNo) > 40 {
		p.Number.Error = "The number is longer than 40 letters. Check it."
	}
	if len(o.RegisteredOffice) > 500 {
		p.Office.Error = "The address is longer than 500 letters. Make it shorter."
	}
	if o.ODS != "" {
		if _, err := identity.ParseODS(o.ODS); err != nil {
			p.ODS.Error = plainly(err)
		}
	}
}
