package web

import (
	"commonweal/internal/base/fault"
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
	if err := checkWording(b.Consent, person == v.actor.Person); err != nil {
		return statusJSON{}, err
	}
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

type admitAllJSON struct {
	People []uuid `json:"people" min:"1" max:"500" doc:"The ids of people whose applications wait and whom the rule of their class fits."`
}

type admittedJSON struct {
	Admitted int `json:"admitted" doc:"How many became members."`
}

// apiAdmitAll admits several applicants today, in the order in which they
// applied: all of them, or none.
func (v *visit) apiAdmitAll(_ none, b admitAllJSON) (admittedJSON, error) {
	waiting, err := v.house.Members.Applications(v.ctx, v.org.ID, v.today())
	if err != nil {
		return admittedJSON{}, err
	}
	asked := map[string]bool{}
	for _, person := range b.People {
		asked[string(person)] = true
	}
	var list []member.Entrant
	for _, w := range waiting {
		if !asked[w.Person] {
			continue
		}
		if w.Fits != law.Holds {
			return admittedJSON{}, fault.Errorf(fault.Conflict, "the rule of the class %s does not fit %s for certain: decide on this application alone", w.Status.Class, w.Person)
		}
		list = append(list, member.Entrant{Person: w.Person, Class: w.Status.Class, Effective: v.today()})
		delete(asked, w.Person)
	}
	for _, person := range b.People {
		if asked[string(person)] {
			return admittedJSON{}, fault.Errorf(fault.Conflict, "no application of %s waits", person)
		}
	}
	return admittedJSON{len(list)}, v.house.Members.AdmitAll(v.ctx, v.actor.Person, v.org.ID, member.Source{}, list)
}
