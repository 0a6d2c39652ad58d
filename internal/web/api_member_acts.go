package web

import (
	"commonweal/internal/own/member"
	"commonweal/law"
)

// What the secretary decides and records about one person's membership.

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

type diedJSON struct {
	Effective law.Date `json:"effective" doc:"The day of the death, today or before."`
}

func (v *visit) apiDie(p onlyPersonParams, b diedJSON) (statusJSON, error) {
	if b.Effective.After(v.today()) {
		return statusJSON{}, misread("effective", "Send today or a day before.", "This day is yet to come.")
	}
	status, err := v.house.Members.Die(v.ctx, v.actor.Person, v.org.ID, string(p.Person), b.Effective)
	return statusOf(status), err
}

type factParams struct {
	onlyPersonParams
	Fact uuid `path:"fact" doc:"The id of the fact."`
}

type voidJSON struct {
	Reason string `json:"reason" max:"1000" doc:"What was wrong with it."`
}

func (v *visit) apiVoid(p factParams, b voidJSON) (statusJSON, error) {
	status, err := v.house.Members.Void(v.ctx, v.actor.Person, v.org.ID, string(p.Person), string(p.Fact), b.Reason)
	return statusOf(status), err
}
