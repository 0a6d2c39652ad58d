package web

import (
	"cmp"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/register"
	"commonweal/law"
)

// Requests to inspect the register: anybody asks, the secretary answers.

type inspectionTermsJSON struct {
	Form      law.FormID     `json:"form" doc:"The legal form, whose law says who may see the register."`
	Audiences []audienceJSON `json:"audiences"`
}

type audienceJSON struct {
	Audience     law.Audience `json:"audience" doc:"As whom one asks."`
	Right        bool         `json:"right" doc:"Whether the law opens the register to them."`
	Why          string       `json:"why"`
	Copy         bool         `json:"copy" doc:"A copy may be asked for as well as a look."`
	NeedsPurpose bool         `json:"needs_purpose" doc:"The request has to say what the information is for, whether it is passed on, and a postal address."`
	NeedsDuty    bool         `json:"needs_duty" doc:"The request has to say for which duty it is."`
	WorkingDays  int          `json:"working_days,omitempty" doc:"There are to answer; left out where the law sets no number."`
	Citation     string       `json:"citation,omitempty"`
}

// apiInspectionTerms are what the law asks of those who ask.
func (v *visit) apiInspectionTerms(none) (inspectionTermsJSON, error) {
	form, err := v.legalForm(v.today())
	if err != nil {
		return inspectionTermsJSON{}, err
	}
	if form == nil {
		return inspectionTermsJSON{}, fault.Errorf(fault.NotFound, "the organisation has no legal form yet, so no law says who may see its register")
	}
	out := inspectionTermsJSON{Form: form.ID}
	for _, o := range askerOptions {
		t := register.TermsFor(form, o.audience)
		out.Audiences = append(out.Audiences, audienceJSON{o.audience, t.Right, t.Why, t.Copy, t.NeedsPurpose, t.NeedsDuty, t.WorkingDays, t.Citation})
	}
	return out, nil
}

type askJSON struct {
	As           law.Audience    `json:"as" doc:"As whom you ask."`
	Name         string          `json:"name" max:"200"`
	Organisation string          `json:"organisation,omitempty" max:"200" doc:"On whose behalf, if not your own."`
	Address      string          `json:"address,omitempty" max:"2000" doc:"Your postal address."`
	Email        string          `json:"email,omitempty" max:"254" doc:"So that we can answer. Without it the answer comes by post."`
	Purpose      string          `json:"purpose,omitempty" max:"2000" doc:"What the information is for."`
	Shared       register.Answer `json:"shared,omitempty" doc:"Whether anybody else will get it."`
	Others       string          `json:"others,omitempty" max:"2000" doc:"Who else, their address, and what they want it for."`
	Wants        register.Wants  `json:"wants,omitempty" doc:"To look at it, or a copy; to look where it is left out."`
}

type askedJSON struct {
	ID       uuid           `json:"id" doc:"Keep it: it shows where the request stands, to you alone."`
	Number   int            `json:"number"`
	Received law.Date       `json:"received"`
	Due      law.Date       `json:"due,omitzero" doc:"The last day to answer; left out where the law sets none."`
	State    register.State `json:"state"`
	Stands   string         `json:"stands" doc:"Where it stands, in words."`
}

func askedOf(l register.Listed) askedJSON {
	return askedJSON{uuid(l.ID), l.Number, l.Received, l.Due, l.Status.State, l.Status.Sentence}
}

// apiAsk makes a request to inspect the register, for whoever asks.
func (v *visit) apiAsk(_ none, b askJSON) (askedJSON, error) {
	if err := v.house.Identity.Take(v.ctx, askLimit, v.client().Address); err != nil {
		return askedJSON{}, err
	}
	made, err := v.house.Register.Ask(v.ctx, v.org.ID, register.Ask{
		Audience: b.As, Person: v.actor.Person, Name: b.Name, Organisation: b.Organisation, Address: b.Address, Email: b.Email, Purpose: b.Purpose,
		Shared: b.Shared, Others: b.Others, Wants: b.Wants,
	})
	if err != nil {
		return askedJSON{}, err
	}
	return v.apiAsked(requestParams{uuid(made.ID)})
}

type requestParams struct {
	Request uuid `path:"request" doc:"The id of the request."`
}

// apiAsked is where a request stands, for whoever has its id. It says nothing of
// what they wrote.
func (v *visit) apiAsked(p requestParams) (askedJSON, error) {
	l, err := v.house.Register.Request(v.ctx, v.org.ID, string(p.Request))
	return askedOf(l), err
}

type inspectionJSON struct {
	askedJSON
	DueKnown     bool            `json:"due_known" doc:"The bank holidays of the year are published."`
	Overdue      bool            `json:"overdue"`
	Audience     law.Audience    `json:"audience" doc:"As whom they ask."`
	Person       string          `json:"person,omitempty" doc:"Of somebody who was signed in."`
	Name         string          `json:"name,omitempty" doc:"The details are left out once they are erased."`
	Organisation string          `json:"organisation,omitempty"`
	Address      string          `json:"address,omitempty"`
	Email        string          `json:"email,omitempty"`
	Purpose      string          `json:"purpose,omitempty"`
	Shared       register.Answer `json:"shared,omitempty"`
	Others       string          `json:"others,omitempty"`
	Wants        register.Wants  `json:"wants"`
	Grounds      []groundJSON    `json:"grounds" doc:"On which it may be refused, by the law of the form that it came under."`
	Steps        []stepJSON      `json:"steps" doc:"What was done about it."`
}

type groundJSON struct {
	ID       register.GroundID `json:"id"`
	Text     string            `json:"text"`
	Citation string            `json:"citation"`
}

type stepJSON struct {
	Kind        register.StepKind `json:"kind"`
	Day         law.Date          `json:"day"`
	By          string            `json:"by" doc:"The id of a person, public or system."`
	Ground      register.GroundID `json:"ground,omitempty"`
	Note        string            `json:"note,omitempty"`
	View        law.Audience      `json:"view,omitempty" doc:"What was shown or copied: whose view."`
	RegisterDay law.Date          `json:"register_day,omitzero"`
	Fields      []string          `json:"fields"`
	Entries     int               `json:"entries,omitempty"`
	SHA256      string            `json:"sha256,omitempty" doc:"The seal over it: the hash of its CSV form."`
}

func (v *visit) inspectionOf(l register.Listed) (inspectionJSON, error) {
	out := inspectionJSON{
		askedJSON: askedOf(l), DueKnown: l.DueKnown, Overdue: l.Status.Overdue, Audience: l.Audience, Person: l.Person, Name: l.Name, Organisation: l.Organisation,
		Address: l.Address, Email: l.Email, Purpose: l.Purpose, Shared: l.Shared, Others: l.Others, Wants: cmp.Or(l.Wants, register.Look),
	}
	grounds, err := v.house.Register.GroundsFor(l.Request)
	for _, g := range grounds {
		out.Grounds = append(out.Grounds, groundJSON{g.ID, g.Text, g.Citation})
	}
	for _, s := range l.Steps {
		out.Steps = append(out.Steps, stepJSON{s.Kind, s.Day, s.By, s.Ground, s.Note, s.View, s.RegisterDay, s.Fields, s.Entries, s.SHA256})
	}
	return out, err
}

type inspectionsParams struct {
	pageParams
	Open bool `query:"open" default:"false" doc:"Only requests that wait for an answer."`
}

func (v *visit) apiInspections(p inspectionsParams) (list[inspectionJSON], error) {
	all, err := v.house.Register.Requests(v.ctx, v.org.ID)
	if err != nil {
		return list[inspectionJSON]{}, err
	}
	var out []inspectionJSON
	for _, l := range all {
		if p.Open && l.Status.State == register.Closed {
			continue
		}
		one, err := v.inspectionOf(l)
		if err != nil {
			return list[inspectionJSON]{}, err
		}
		out = append(out, one)
	}
	return pageOf(p.pageParams, "inspections", out, func(x inspectionJSON) string { return inOrder(int64(x.Number)) })
}

func (v *visit) apiInspectionRequest(p requestParams) (inspectionJSON, error) {
	l, err := v.house.Register.Request(v.ctx, v.org.ID, string(p.Request))
	if err != nil {
		return inspectionJSON{}, err
	}
	return v.inspectionOf(l)
}
