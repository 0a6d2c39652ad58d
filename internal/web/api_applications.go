package web

import (
	"commonweal/internal/own/member"
	"commonweal/law"
)

type applicationJSON struct {
	Person  uuid        `json:"person"`
	Name    string      `json:"name"`
	Class   string      `json:"class"`
	Since   law.Date    `json:"since" doc:"The day it was made."`
	Fits    law.Verdict `json:"fits" doc:"What the rule of the class says of the person today."`
	Because string      `json:"because" doc:"What that turned on."`
}

type applicationsParams struct {
	dayParams
	pageParams
}

func (v *visit) apiApplications(p applicationsParams) (list[applicationJSON], error) {
	waiting, err := v.house.Members.Applications(v.ctx, v.org.ID, p.day(v))
	if err != nil {
		return list[applicationJSON]{}, err
	}
	ids := make([]string, len(waiting))
	for i, w := range waiting {
		ids[i] = w.Person
	}
	people, err := v.house.Identity.People(v.ctx, v.org.ID, ids)
	if err != nil {
		return list[applicationJSON]{}, err
	}
	var out []applicationJSON
	for _, w := range waiting {
		out = append(out, applicationJSON{uuid(w.Person), people[w.Person].Name(), w.Status.Class, w.Status.Since, w.Fits, w.Because})
	}
	return pageOf(p.pageParams, "applications", out, func(a applicationJSON) string { return a.Since.String() + " " + string(a.Person) })
}

type applyJSON struct {
	Class   string `json:"class" max:"60" doc:"The code of the class."`
	Consent string `json:"consent,omitempty" max:"200" doc:"The version of the wording agreed to, for a class whose members are private persons."`
	Area    string `json:"area,omitempty" max:"10" doc:"The first half of the postcode."`
}

type paperJSON struct {
	applyJSON
	Effective law.Date `json:"effective,omitzero" doc:"The day it was made; today where it is left out."`
}

// orToday is the day of a change.
func (v *visit) orToday(d law.Date) law.Date {
	if d.IsZero() {
		return v.today()
	}
	return d
}

func (v *visit) apiApply(_ none, b applyJSON) (statusJSON, error) {
	return v.applyFor(v.actor.Person, b, v.today())
}

func (v *visit) applyFor(person string, b applyJSON, on law.Date) (statusJSON, error) {
	status, err := v.house.Members.Apply(v.ctx, v.actor.Person, v.org.ID, member.Application{
		Person: person, Class: b.Class, Effective: on, Consent: b.Consent, Area: b.Area,
	})
	return statusOf(status), err
}

type onlyPersonParams struct {
	Person uuid `path:"person" doc:"The id of the person."`
}

func (v *visit) apiApplyFor(p onlyPersonParams, b paperJSON) (statusJSON, error) {
	return v.applyFor(string(p.Person), b.applyJSON, v.orToday(b.Effective))
}

type withdrawJSON struct {
	Effective law.Date `json:"effective,omitzero" doc:"The day it ends, today or later; today where it is left out."`
}

func (v *visit) apiWithdraw(_ none, b withdrawJSON) (statusJSON, error) {
	on := v.orToday(b.Effective)
	if on.Before(v.today()) {
		return statusJSON{}, misread("effective", "Send today or a later day.", "Nobody withdraws from a day that is past.")
	}
	status, err := v.house.Members.Withdraw(v.ctx, v.actor.Person, v.org.ID, v.actor.Person, on)
	return statusOf(status), err
}

type decisionJSON struct {
	Class     string   `json:"class,omitempty" max:"60" doc:"The code of the class. May be left out where the person has applied to one."`
	Effective law.Date `json:"effective,omitzero" doc:"The day it counts from; today where it is left out."`
	Reason    string   `json:"reason,omitempty" max:"1000" doc:"For the record. Needed where nobody applied, and to refuse."`
}

func (v *visit) decision(p onlyPersonParams, b decisionJSON) member.Decision {
	return member.Decision{Person: string(p.Person), Class: b.Class, Effective: v.orToday(b.Effective), Reason: b.Reason}
}

func (v *visit) apiAdmit(p onlyPersonParams, b decisionJSON) (statusJSON, error) {
	status, err := v.house.Members.Admit(v.ctx, v.actor.Person, v.org.ID, v.decision(p, b))
	return statusOf(status), err
}

func (v *visit) apiRefuse(p onlyPersonParams, b decisionJSON) (statusJSON, error) {
	status, err := v.house.Members.Refuse(v.ctx, v.actor.Person, v.org.ID, v.decision(p, b))
	return statusOf(status), err
}

func (v *visit) apiExpel(p onlyPersonParams, b decisionJSON) (statusJSON, error) {
	status, err := v.house.Members.Expel(v.ctx, v.actor.Person, v.org.ID, v.decision(p, b))
	return statusOf(status), err
}

func (v *visit) apiReinstate(p onlyPersonParams, b decisionJSON) (statusJSON, error) {
	status, err := v.house.Members.Reinstate(v.ctx, v.actor.Person, v.org.ID, v.decision(p, b))
	return statusOf(status), err
}
