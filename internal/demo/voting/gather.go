package voting

import (
	"context"
	"fmt"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/house"
	"commonweal/internal/own/member"
	"commonweal/law"
)

// Class is the class of members that Gather makes, and Constituency its one
// constituency.
const (
	Class        = "voters"
	Constituency = "everybody"
)

var given = []string{"Alys", "Bedwyr", "Carys", "Dylan", "Efa", "Gethin", "Heledd", "Idris", "Lleucu", "Macsen", "Nerys", "Osian"}

// Gather invents the people of a small poll in an organisation that has a secretary:
// members of one class, who joined on a day, and an official for each office.
func Gather(ctx context.Context, h *house.House, org, secretary string, voters int, joined law.Date) (Officials, []string, error) {
	o := Officials{Secretary: secretary}
	_, err := h.Members.SaveClass(ctx, secretary, org, member.Class{
		Code: Class, Name: "Voters", Kind: member.Partner, Admission: member.OnApplication, Leaving: member.Keeps, Votes: 1, Starts: joined,
	})
	if err != nil {
		return o, nil, err
	}
	_, err = h.Members.SaveConstituencies(ctx, secretary, org, Class, joined, []member.Constituency{
		{Class: Class, Code: Constituency, Name: "Everybody", Position: 1, Ref: "rule 9", Rule: "true"},
	})
	if err != nil {
		return o, nil, err
	}
	n := 0
	person := func(role policy.Role) (string, error) {
		n++
		name := given[n%len(given)]
		p, err := h.Identity.NewPerson(ctx, secretary, org, identity.Person{
			Given: name, Family: fmt.Sprintf("Invented %d", n), Email: fmt.Sprintf("person%d@example.org", n),
		})
		if err != nil || role == "" {
			return p.ID, err
		}
		_, err = h.Identity.Appoint(ctx, secretary, identity.Appointment{Org: org, Person: p.ID, Role: role})
		return p.ID, err
	}
	var keyholders [3]string
	var tellers [2]string
	for _, one := range []struct {
		to   *string
		role policy.Role
	}{
		{&o.StaffSide, policy.StaffSide},
		{&o.ReturningOfficer, policy.ReturningOfficer},
		{&o.Registrar, policy.Registrar},
		{&keyholders[0], policy.Trustee},
		{&keyholders[1], policy.Trustee},
		{&keyholders[2], policy.Trustee},
		{&tellers[0], policy.Teller},
		{&tellers[1], policy.Teller},
	} {
		if *one.to, err = person(one.role); err != nil {
			return o, nil, err
		}
	}
	o.Keyholders, o.Tellers = keyholders[:], tellers[:]
	var list []member.Entrant
	var ids []string
	for range voters {
		id, err := person("")
		if err != nil {
			return o, nil, err
		}
		ids = append(ids, id)
		list = append(list, member.Entrant{Person: id, Class: Class, Applied: joined, Effective: joined, Reason: "founding member"})
	}
	return o, ids, h.Members.AdmitAll(ctx, secretary, org, member.Source{}, list)
}
