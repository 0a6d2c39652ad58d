package web

import (
	"commonweal/internal/own/register"
	"commonweal/law"
)

// handingOut is how a request may be answered.
type handingOut string

const (
	letLook  handingOut = "shown"
	handCopy handingOut = "copied"
)

type answerJSON struct {
	Means  handingOut   `json:"means" doc:"They may look at it, or get a copy."`
	View   law.Audience `json:"view,omitempty" doc:"What they may see; as they asked where it is left out."`
	Day    law.Date     `json:"day,omitzero" doc:"The day of the register; today where it is left out."`
	Person uuid         `json:"person,omitempty" doc:"Whose entry it is, where it is one’s own that was asked for by somebody who was not signed in."`
	Note   string       `json:"note,omitempty" max:"2000" doc:"Kept with the request, for the one who asked."`
}

type answeredJSON struct {
	Request  inspectionJSON `json:"request"`
	Register registerJSON   `json:"register" doc:"What is handed out, whole."`
}

// apiAnswer answers a request with the register of a day, as the view allows.
func (v *visit) apiAnswer(p requestParams, b answerJSON) (answeredJSON, error) {
	made, err := v.house.Register.HandOut(v.ctx, v.actor.Person, v.org.ID, register.HandingOut{
		Request: string(p.Request), Means: register.StepKind(b.Means), View: b.View, Day: b.Day, Person: string(b.Person), Note: b.Note,
	})
	if err != nil {
		return answeredJSON{}, err
	}
	request, err := v.apiInspectionRequest(p)
	if err != nil {
		return answeredJSON{}, err
	}
	handed, err := registerOf(made, pageParams{Limit: len(made.Entries) + 1})
	return answeredJSON{request, handed}, err
}

type refuseJSON struct {
	Ground register.GroundID `json:"ground" max:"60" doc:"One of the grounds of the request."`
	Note   string            `json:"note,omitempty" max:"2000" doc:"For the one who asked."`
}

func (v *visit) apiRefuseInspection(p requestParams, b refuseJSON) (inspectionJSON, error) {
	return v.afterStep(v.house.Register.Refuse(v.ctx, v.actor.Person, v.org.ID, register.Refusal{Request: string(p.Request), Ground: b.Ground, Note: b.Note}))
}

type stepNoteJSON struct {
	Note string `json:"note,omitempty" max:"2000" doc:"Kept with the request, for the one who asked."`
}

func (v *visit) apiAskCourt(p requestParams, b stepNoteJSON) (inspectionJSON, error) {
	return v.afterStep(v.house.Register.AskCourt(v.ctx, v.actor.Person, v.org.ID, string(p.Request), b.Note))
}

func (v *visit) apiInspectionWithdrawn(p requestParams, b stepNoteJSON) (inspectionJSON, error) {
	return v.afterStep(v.house.Register.Withdraw(v.ctx, v.actor.Person, v.org.ID, string(p.Request), b.Note))
}

// afterStep is a request once something was done about it.
func (v *visit) afterStep(l register.Listed, err error) (inspectionJSON, error) {
	if err != nil {
		return inspectionJSON{}, err
	}
	return v.inspectionOf(l)
}
