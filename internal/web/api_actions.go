package web

import (
	"commonweal/internal/listen/action"
	"commonweal/law"
)

type actionJSON struct {
	ID          uuid           `json:"id"`
	Number      int            `json:"number"`
	Title       string         `json:"title"`
	Doing       string         `json:"doing" doc:"What will be done."`
	Survey      string         `json:"survey" doc:"The code of the survey that found it."`
	FoundIn     string         `json:"found_in" doc:"The team or directorate; empty is everybody."`
	About       action.About   `json:"about"`
	Measure     string         `json:"measure,omitempty" doc:"The id of the score or question."`
	Label       string         `json:"label"`
	Says        string         `json:"says" doc:"What was found, as it was released."`
	Directorate string         `json:"directorate,omitempty"`
	Team        string         `json:"team,omitempty"`
	Owner       string         `json:"owner" doc:"The name."`
	Agreed      law.Date       `json:"agreed"`
	Due         law.Date       `json:"due"`
	FirstDue    law.Date       `json:"first_due" doc:"As it was agreed."`
	State       action.State   `json:"state"`
	Overdue     bool           `json:"overdue"`
	DaysLate    int            `json:"days_late"`
	Moves       int            `json:"moves" doc:"How often its day was moved."`
	Said        actionSaidJSON `json:"said"`
}

type actionSaidJSON struct {
	Shown        bool `json:"shown" doc:"False for nobody and for a few: counts are shown from ten on, each to the nearest five."`
	Of           int  `json:"of"`
	Helped       int  `json:"helped"`
	NotYet       int  `json:"not_yet"`
	DidNotHappen int  `json:"did_not_happen"`
}

func actionOf(l action.Listed, names people) actionJSON {
	w := l.Words
	return actionJSON{
		ID: uuid(l.ID), Number: l.Number, Title: l.Title, Doing: l.Doing, Survey: l.Wave, FoundIn: l.Finding.UnitName, About: l.About,
		Measure: l.Finding.ID, Label: l.Label, Says: l.Says, Directorate: l.DirectorateName, Team: l.Place.UnitName, Owner: names.name(l.Owner),
		Agreed: l.Agreed, Due: l.Due, FirstDue: l.FirstDue, State: l.Status.State, Overdue: l.Status.Overdue, DaysLate: l.Status.Late, Moves: l.Status.Moves,
		Said: actionSaidJSON{w.Shown, w.Of, w.Helped, w.NotYet, w.Didnt},
	}
}

type actionsParams struct {
	pageParams
	Overdue bool `query:"overdue" doc:"Only those that are overdue."`
}

func (v *visit) apiActions(p actionsParams) (list[actionJSON], error) {
	all, err := v.house.Actions.All(v.ctx, v.org.ID)
	if err != nil {
		return list[actionJSON]{}, err
	}
	names, err := v.owners(all)
	if err != nil {
		return list[actionJSON]{}, err
	}
	var out []actionJSON
	for _, l := range all {
		if l.Status.Overdue || !p.Overdue {
			out = append(out, actionOf(l, names))
		}
	}
	return pageOf(p.pageParams, "actions", out, func(a actionJSON) string {
		rank := "1"
		if a.Overdue {
			rank = "0"
		}
		return rank + " " + a.Due.String() + " " + string(a.ID)
	})
}

type actionParams struct {
	Action uuid `path:"action" doc:"The id of the action."`
}

type actionWholeJSON struct {
	actionJSON
	Steps []actionStepJSON `json:"steps" doc:"All that happened, in order."`
	Next  actionChangeJSON `json:"next" doc:"What the next survey says."`
}

type actionStepJSON struct {
	Kind action.StepKind `json:"kind"`
	Day  law.Date        `json:"day"`
	By   string          `json:"by" doc:"The name, or what did it by itself."`
	Note string          `json:"note,omitempty"`
	Due  law.Date        `json:"due,omitzero" doc:"The day that holds from here."`
}

type actionChangeJSON struct {
	Sentence string            `json:"sentence"`
	Before   *actionFigureJSON `json:"before,omitempty" doc:"Left out where it is not shown."`
	After    *actionFigureJSON `json:"after,omitempty"`
}

type actionFigureJSON struct {
	Survey string `json:"survey"`
	Value  string `json:"value" doc:"With as many decimals as were released."`
	Range  string `json:"range"`
}

func figureOf(f action.Figure) *actionFigureJSON {
	if !f.Shown {
		return nil
	}
	return &actionFigureJSON{f.Wave, f.Text(), f.Range()}
}

func (v *visit) apiAction(p actionParams) (actionWholeJSON, error) {
	return v.wholeAction(string(p.Action))
}

func (v *visit) wholeAction(id string) (actionWholeJSON, error) {
	l, err := v.house.Actions.One(v.ctx, v.org.ID, id)
	if err != nil {
		return actionWholeJSON{}, err
	}
	names, err := v.owners([]action.Listed{l})
	if err != nil {
		return actionWholeJSON{}, err
	}
	out := actionWholeJSON{actionJSON: actionOf(l, names)}
	for _, s := range l.Steps {
		out.Steps = append(out.Steps, actionStepJSON{s.Kind, s.Day, names.name(s.By), s.Note, s.Due})
	}
	c, err := v.house.Actions.Measured(v.ctx, v.org.ID, id)
	out.Next = actionChangeJSON{Sentence: c.Sentence}
	if c.Shown {
		out.Next.Before, out.Next.After = figureOf(c.Before), figureOf(c.After)
	}
	return out, err
}

type agreeActionJSON struct {
	Survey string       `json:"survey" max:"100" doc:"The code of the survey that found it."`
	Unit   string       `json:"unit,omitempty" max:"100" doc:"The code of the team or directorate it was found in; everybody where it is left out."`
	About  action.About `json:"about"`
	ID     string       `json:"id,omitempty" max:"200" doc:"The id of the score or question; left out for comments."`
	Says   string       `json:"says,omitempty" max:"2000" doc:"Of comments: what many wrote, in your own words."`
	Where  string       `json:"where,omitempty" max:"100" doc:"The code of the team or directorate that does it; the whole organisation where it is left out."`
	Title  string       `json:"title" max:"150"`
	Doing  string       `json:"doing" max:"2000" doc:"What will be done."`
	Owner  uuid         `json:"owner" doc:"The id of the person who does it."`
	Due    law.Date     `json:"due"`
}

func (v *visit) apiAgree(_ none, b agreeActionJSON) (actionWholeJSON, error) {
	f, w, err := v.finding(findingAsked{Wave: b.Survey, Unit: b.Unit, About: b.About, ID: b.ID, Says: b.Says})
	if err != nil {
		return actionWholeJSON{}, err
	}
	place, err := placeIn(w, b.Where)
	if err != nil {
		return actionWholeJSON{}, err
	}
	made, err := v.house.Actions.Agree(v.ctx, v.actor.Person, v.org.ID, action.Draft{
		Finding: f, Place: place, Title: b.Title, Doing: b.Doing, Owner: string(b.Owner), Due: b.Due,
	})
	if err != nil {
		return actionWholeJSON{}, err
	}
	return v.wholeAction(made.ID)
}

type takeStepJSON struct {
	Kind  action.StepKind `json:"kind" doc:"begun, reported, moved, done, not_done, handed or reopened."`
	Note  string          `json:"note,omitempty" max:"2000" doc:"What was done, or the reason. Members read it."`
	Due   law.Date        `json:"due,omitzero" doc:"Of moved and reopened: the new day."`
	Owner uuid            `json:"owner,omitempty" doc:"Of handed: the id of the new owner."`
}

func (v *visit) apiStep(p actionParams, b takeStepJSON) (actionWholeJSON, error) {
	l, err := v.house.Actions.One(v.ctx, v.org.ID, string(p.Action))
	if err != nil {
		return actionWholeJSON{}, err
	}
	if err := v.mayStep(l.Action, b.Kind); err != nil {
		return actionWholeJSON{}, err
	}
	_, err = v.house.Actions.Take(v.ctx, v.actor.Person, v.org.ID, action.Take{Action: l.ID, Kind: b.Kind, Note: b.Note, Due: b.Due, Owner: string(b.Owner)})
	if err != nil {
		return actionWholeJSON{}, err
	}
	return v.wholeAction(l.ID)
}

type actionWordJSON struct {
	Says  action.Says `json:"says"`
	Words string      `json:"words,omitempty" max:"1000" doc:"For the owner and those who follow actions up, without your name."`
}

func (v *visit) apiSay(p actionParams, b actionWordJSON) (actionWholeJSON, error) {
	if err := v.house.Actions.Say(v.ctx, v.org.ID, v.actor.Person, string(p.Action), action.Word{Says: b.Says, Text: b.Words}); err != nil {
		return actionWholeJSON{}, err
	}
	return v.wholeAction(string(p.Action))
}

type directorateHeadJSON struct {
	Directorate string   `json:"directorate" doc:"Its code."`
	Name        string   `json:"name"`
	Head        string   `json:"head" doc:"The name of who answers for it."`
	Since       law.Date `json:"since"`
}

func (v *visit) apiHeads(p pageParams) (list[directorateHeadJSON], error) {
	heads, err := v.house.Actions.Heads(v.ctx, v.org.ID)
	if err != nil {
		return list[directorateHeadJSON]{}, err
	}
	var ids []string
	for _, h := range heads {
		ids = append(ids, h.Person)
	}
	names, err := v.people(ids...)
	if err != nil {
		return list[directorateHeadJSON]{}, err
	}
	var out []directorateHeadJSON
	for _, h := range heads {
		out = append(out, directorateHeadJSON{h.Directorate, h.Name, names.name(h.Person), h.Starts})
	}
	return pageOf(p, "heads", out, func(h directorateHeadJSON) string { return h.Name + " " + h.Directorate })
}

type nameHeadJSON struct {
	Directorate string `json:"directorate" max:"100" doc:"Its code."`
	Name        string `json:"name" max:"200" doc:"As people call it."`
	Person      uuid   `json:"person"`
}

func (v *visit) apiNameHead(_ none, b nameHeadJSON) (directorateHeadJSON, error) {
	h := action.Head{Directorate: b.Directorate, Name: b.Name, Person: string(b.Person)}
	if err := v.house.Actions.Name(v.ctx, v.actor.Person, v.org.ID, h); err != nil {
		return directorateHeadJSON{}, err
	}
	names, err := v.people(h.Person)
	return directorateHeadJSON{h.Directorate, h.Name, names.name(h.Person), v.today()}, err
}

func init() {
	among(action.Score, action.Question, action.Comments)
	among(action.Helped, action.NotYet, action.Didnt)
	among(action.Waiting, action.Running, action.Ended, action.Given)
	among(action.Agreed, action.Begun, action.Reported, action.Moved, action.Handed, action.Done, action.NotDone, action.Reopened, action.Reminded, action.Late, action.Escalated)
}
