package web

import (
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// conductJSON is one vote as those who hold it see it.
type conductJSON struct {
	Code       string            `json:"code"`
	Title      string            `json:"title"`
	Kind       poll.Kind         `json:"kind"`
	About      string            `json:"about,omitempty"`
	Stage      poll.Stage        `json:"stage"`
	Closes     instant           `json:"closes"`
	Called     law.Date          `json:"called,omitzero"`
	Announced  instant           `json:"announced,omitempty" doc:"When notice of poll was given."`
	KeyMade    law.Date          `json:"key_made,omitzero"`
	RulesHash  string            `json:"rules_sha256,omitempty"`
	NoticeHash string            `json:"notice_sha256,omitempty"`
	Reason     string            `json:"abandoned_because,omitempty"`
	Rules      ruleLines         `json:"rules" doc:"In plain words, with what they rest on."`
	Timetable  []conductDayJSON  `json:"timetable"`
	Contests   []conductContJSON `json:"contests"`
}

type ruleLines struct {
	Words []ruleTermJSON `json:"words"`
	Law   []ruleTermJSON `json:"law"`
}

type ruleTermJSON struct {
	Term string `json:"term"`
	Fact string `json:"fact"`
}

type conductDayJSON struct {
	Step     timetable.Step `json:"step"`
	Day      law.Date       `json:"day"`
	Earliest law.Date       `json:"earliest,omitzero"`
	Latest   law.Date       `json:"latest,omitzero"`
	Counted  string         `json:"counted" doc:"How the day was counted."`
	Moved    string         `json:"moved_because,omitempty"`
}

type conductContJSON struct {
	Code        string      `json:"code"`
	Title       string      `json:"title"`
	Class       string      `json:"class,omitempty"`
	Place       string      `json:"constituency,omitempty"`
	Seats       int         `json:"seats,omitempty"`
	Question    string      `json:"question,omitempty"`
	Answers     []string    `json:"answers"`
	Board       string      `json:"board" doc:"The id of its public board."`
	Role        policy.Role `json:"role,omitempty"`
	Uncontested law.Date    `json:"uncontested,omitzero"`
	Counted     law.Date    `json:"counted,omitzero"`
	Declared    law.Date    `json:"declared,omitzero"`
}

func (c *conduct) json() conductJSON {
	out := conductJSON{
		Code: c.p.Code, Title: c.p.Title, Kind: c.p.Kind, About: c.p.About, Stage: c.p.Stage(c.now), Closes: stamp(c.p.Closes), Called: c.p.Called,
		Announced: stamp(c.p.Announced), KeyMade: c.p.KeyMade, RulesHash: c.p.RulesHash, NoticeHash: c.p.NoticeHash, Reason: c.p.Reason,
	}
	for _, d := range ruleDefs(c.p.Rules) {
		out.Rules.Words = append(out.Rules.Words, ruleTermJSON{d.Term, d.Fact})
	}
	for _, d := range lawDefs(c.p.Rules) {
		out.Rules.Law = append(out.Rules.Law, ruleTermJSON{d.Term, d.Fact})
	}
	for _, d := range c.p.Timetable.Days {
		out.Timetable = append(out.Timetable, conductDayJSON{d.Step, d.Day, d.Earliest, d.Latest, d.Reason, d.Why})
	}
	for _, one := range c.p.Contests {
		j := conductContJSON{
			Code: one.Code, Title: one.Title, Class: one.Class, Place: one.Constituency, Seats: one.Seats, Question: one.Question, Answers: one.Answers,
			Board: one.UUID, Role: one.Role, Uncontested: one.Uncontested, Counted: one.Counted,
		}
		if one.Declared != nil {
			j.Declared = one.Declared.Day
		}
		out.Contests = append(out.Contests, j)
	}
	return out
}

// stamp is an instant for programs; none is left out.
func stamp(t time.Time) instant {
	if t.IsZero() {
		return ""
	}
	return instant(t.UTC().Format("2006-01-02T15:04:05.000Z"))
}

func (v *visit) apiConduct(p conductParams) (conductJSON, error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return conductJSON{}, err
	}
	return c.json(), nil
}

// after is the vote after a change of it.
func (v *visit) after(code string, err error) (conductJSON, error) {
	if err != nil {
		return conductJSON{}, err
	}
	return v.apiConduct(conductParams{Poll: code})
}

func (v *visit) apiCall(p conductParams, _ none) (conductJSON, error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return conductJSON{}, err
	}
	return v.after(p.Poll, c.house.Polls.Call(c.ctx, c.actor.Person, c.org.ID, c.p.ID))
}

type heldStepParams struct {
	conductParams
	Step string `path:"step" doc:"The step, as it stands in the timetable."`
}

type heldMoveJSON struct {
	Day    law.Date `json:"day"`
	Reason string   `json:"reason" max:"1000"`
}

func (v *visit) apiMoveDay(p heldStepParams, b heldMoveJSON) (conductJSON, error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return conductJSON{}, err
	}
	return v.after(p.Poll, c.house.Polls.ChangeDay(c.ctx, c.actor.Person, c.org.ID, c.p.ID, timetable.Step(p.Step), b.Day, b.Reason))
}

func (v *visit) apiMoveClose(p conductParams, b heldMoveJSON) (conductJSON, error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return conductJSON{}, err
	}
	return v.after(p.Poll, c.house.Polls.MoveClose(c.ctx, c.actor.Person, c.org.ID, c.p.ID, timetable.CloseOn(b.Day), b.Reason))
}

type heldReasonJSON struct {
	Reason string `json:"reason" max:"1000" doc:"It is kept, and those who may see the decision can read it."`
}

func (v *visit) apiAbandon(p conductParams, b heldReasonJSON) (conductJSON, error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return conductJSON{}, err
	}
	return v.after(p.Poll, c.house.AbandonPoll(c.ctx, c.actor.Person, c.org.ID, c.p.ID, b.Reason))
}

// errNoSuch is for an id that leads nowhere.
func errNoSuch(what string) error {
	return fault.Errorf(fault.NotFound, "this vote has no such %s", what)
}
