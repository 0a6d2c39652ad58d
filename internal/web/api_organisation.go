package web

import (
	"cmp"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

type organisationJSON struct {
	ID               string        `json:"id" doc:"Its code, which never changes."`
	Name             string        `json:"name"`
	Kind             identity.Kind `json:"kind"`
	LegalForm        string        `json:"legal_form,omitempty" doc:"The id of a form in the law packs."`
	ODS              string        `json:"ods,omitempty" doc:"Its code in the NHS organisation directory."`
	Parent           string        `json:"parent,omitempty" doc:"The id of the organisation that it is part of."`
	RegisteredNumber string        `json:"registered_number,omitempty"`
	RegisteredOffice string        `json:"registered_office,omitempty"`
	Invented         bool          `json:"invented" doc:"It exists in a demonstration only."`
	Opened           law.Date      `json:"opened"`
	Closed           law.Date      `json:"closed,omitzero"`
}

func (v *visit) apiOrganisation(none) (organisationJSON, error) {
	o := v.org
	return organisationJSON{
		ID: o.ID, Name: o.Name, Kind: o.Kind, LegalForm: o.LegalForm, ODS: o.ODS, Parent: o.Parent, RegisteredNumber: o.RegisteredNo,
		RegisteredOffice: o.RegisteredOffice, Invented: o.Invented, Opened: o.Opened, Closed: o.Closed,
	}, nil
}

type meJSON struct {
	Person       string        `json:"person" doc:"Your id in this organisation."`
	Name         string        `json:"name"`
	Email        string        `json:"email,omitempty"`
	Organisation string        `json:"organisation"`
	Roles        []policy.Role `json:"roles" doc:"Those that you have today. Member and patient_member follow from the register."`
	Scopes       []string      `json:"scopes" doc:"Those of the token that asks; empty in a session on the website."`
	Today        law.Date      `json:"today" doc:"The day it is in London."`
}

func (v *visit) apiMe(none) (meJSON, error) {
	person, err := v.house.Identity.Person(v.ctx, v.actor.Org, v.actor.Person)
	return meJSON{
		Person: v.actor.Person, Name: v.actor.Name, Email: person.Email, Organisation: v.actor.Org, Roles: v.actor.Roles,
		Scopes: v.actor.Scopes, Today: v.today(),
	}, err
}

// dayParams is the day that a question is about.
type dayParams struct {
	On law.Date `query:"on" doc:"The day asked about; today where it is left out."`
}

// day is the day asked about.
func (p dayParams) day(v *visit) law.Date {
	if p.On.IsZero() {
		return v.today()
	}
	return p.On
}

type officersParams struct {
	dayParams
	pageParams
}

type officerJSON struct {
	ID     uuid        `json:"id"`
	Person uuid        `json:"person"`
	Name   string      `json:"name"`
	Role   policy.Role `json:"role"`
	Scope  string      `json:"scope,omitempty" doc:"The one thing that the office is for, such as an election's id."`
	Starts law.Date    `json:"starts"`
	Ends   law.Date    `json:"ends,omitzero" doc:"The first day on which it is not held any more."`
}

func (v *visit) apiOfficers(p officersParams) (list[officerJSON], error) {
	all, err := v.house.Identity.Appointments(v.ctx, v.org.ID)
	if err != nil {
		return list[officerJSON]{}, err
	}
	on, ids := p.day(v), []string{}
	var held []identity.Appointment
	for _, a := range all {
		if a.On(on) {
			held, ids = append(held, a), append(ids, a.Person)
		}
	}
	people, err := v.house.Identity.People(v.ctx, v.org.ID, ids)
	if err != nil {
		return list[officerJSON]{}, err
	}
	var out []officerJSON
	for _, a := range held {
		out = append(out, officerJSON{
			ID: uuid(a.ID), Person: uuid(a.Person), Name: cmp.Or(people[a.Person].Name(), a.Person), Role: a.Role, Scope: a.Scope, Starts: a.Starts, Ends: a.Ends,
		})
	}
	return pageOf(p.pageParams, "officers", out, func(o officerJSON) string { return string(o.Role) + " " + o.Starts.String() + " " + string(o.ID) })
}
