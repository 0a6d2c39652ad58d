package web

import "commonweal/internal/base/identity"

// People of the organisation, whether or not they are members or staff.

type knownJSON struct {
	Person        uuid   `json:"person"`
	Given         string `json:"given"`
	Family        string `json:"family"`
	Email         string `json:"email,omitempty"`
	PostalAddress string `json:"postal_address,omitempty" doc:"Its lines, one to a line."`
}

func knownOf(p identity.Person) knownJSON {
	return knownJSON{uuid(p.ID), p.Given, p.Family, p.Email, p.PostalAddress}
}

type findJSON struct {
	Search string `json:"search" max:"100" doc:"The beginning of a first name, a surname or an e-mail address; several words narrow it."`
	Limit  int    `json:"limit,omitempty" min:"1" max:"100" doc:"How many to give at most; 20 where it is left out."`
}

type foundJSON struct {
	Items []knownJSON `json:"items" doc:"By surname."`
}

// apiFindPeople takes the words in the body, because names do not belong in an
// address.
func (v *visit) apiFindPeople(_ none, b findJSON) (foundJSON, error) {
	if b.Limit == 0 {
		b.Limit = mostFound
	}
	people, err := v.house.Identity.FindPeople(v.ctx, v.org.ID, b.Search, b.Limit)
	var out foundJSON
	for _, p := range people {
		out.Items = append(out.Items, knownOf(p))
	}
	return out, err
}

type personJSON struct {
	Given         string `json:"given,omitempty" max:"100"`
	Family        string `json:"family" max:"100"`
	Email         string `json:"email,omitempty" max:"254" doc:"They sign in with it."`
	PostalAddress string `json:"postal_address,omitempty" max:"500" doc:"Its lines, one to a line."`
}

// apiAddPerson adds somebody who is on no staff list, such as a scrutineer.
func (v *visit) apiAddPerson(_ none, b personJSON) (knownJSON, error) {
	made, err := v.house.Identity.NewPerson(v.ctx, v.actor.Person, v.org.ID, identity.Person{
		Given: b.Given, Family: b.Family, Email: b.Email, PostalAddress: b.PostalAddress,
	})
	return knownOf(made), err
}

type correctJSON struct {
	Given         string `json:"given,omitempty" max:"100"`
	Family        string `json:"family" max:"100"`
	PostalAddress string `json:"postal_address,omitempty" max:"500" doc:"Its lines, one to a line."`
}

// apiCorrectPerson writes name and postal address as they are now: what is left
// out is empty from now on. It keeps off the e-mail address, because whoever
// changes that could sign in as the person.
func (v *visit) apiCorrectPerson(p onlyPersonParams, b correctJSON) (knownJSON, error) {
	person, err := v.house.Identity.Person(v.ctx, v.org.ID, string(p.Person))
	if err != nil {
		return knownJSON{}, err
	}
	person.Given, person.Family, person.PostalAddress = b.Given, b.Family, b.PostalAddress
	if err := v.correctPerson(person); err != nil {
		return knownJSON{}, err
	}
	now, err := v.house.Identity.Person(v.ctx, v.org.ID, string(p.Person))
	return knownOf(now), err
}
