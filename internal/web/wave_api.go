package web

import (
	"encoding/json"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/law"
	"commonweal/survey/instrument"
)

func init() {
	among(wave.Annual, wave.Pulse)
	among(wave.AllStaff, wave.Members)
	among(wave.Unweighted, wave.ByGroup)
	among(wave.Draft, wave.Called, wave.Open, wave.Closed, wave.Released, wave.Ended, wave.Abandoned)
	among(wave.Organisation, wave.Directorate, wave.Team)
}

// planParams name a survey.
type planParams struct {
	Wave string `path:"wave" max:"60" doc:"The code of the survey."`
}

// planDraftJSON is a draft as a program sends it. What is left out is as in an empty form.
type planDraftJSON struct {
	Code           string          `json:"code" max:"40"`
	Title          string          `json:"title" max:"120"`
	Kind           wave.Kind       `json:"kind"`
	About          string          `json:"about,omitempty" max:"8000"`
	Instrument     string          `json:"instrument,omitempty" max:"60" doc:"The ID of a set of questions that comes with the program."`
	Questions      json.RawMessage `json:"questions,omitempty" doc:"A set of questions of your own, instead."`
	Census         law.Date        `json:"census,omitzero"`
	Opens          law.Date        `json:"opens,omitzero"`
	Closes         law.Date        `json:"closes,omitzero"`
	PaperUntil     law.Date        `json:"paper_until,omitzero"`
	Whom           wave.Whom       `json:"whom,omitempty"`
	Minimum        int             `json:"minimum,omitempty" min:"10" max:"1000"`
	Comments       bool            `json:"comments,omitempty"`
	CommentMinimum int             `json:"comment_minimum,omitempty" min:"20" max:"1000"`
	Languages      []string        `json:"languages,omitempty" max:"10"`
	Paper          bool            `json:"paper,omitempty"`
	Weighting      wave.Weighting  `json:"weighting,omitempty"`
	RemindOn       []law.Date      `json:"remind_on,omitempty" max:"4"`
	KeepMonths     int             `json:"keep_months,omitempty" min:"1" max:"120"`
	Teams          []teamRuleJSON  `json:"teams,omitempty" max:"5000" doc:"Who is counted in which team; the first rule that fits wins. Without rules each site is a team."`
}

// teamRuleJSON is one rule of the teams.
type teamRuleJSON struct {
	Code       string `json:"code" max:"40"`
	Name       string `json:"name" max:"120"`
	PartOf     string `json:"part_of,omitempty" max:"40"`
	Site       string `json:"site,omitempty" max:"200"`
	StaffGroup string `json:"staff_group,omitempty" max:"200"`
	Role       string `json:"job_role,omitempty" max:"200"`
}

// plan makes the plan that a program sends.
func (j planDraftJSON) plan(v *visit) (wave.Plan, error) {
	p := v.emptyPlan()
	p.Code, p.Title, p.Kind, p.About, p.Comments, p.Paper, p.PaperUntil = j.Code, j.Title, j.Kind, j.About, j.Comments, j.Paper, j.PaperUntil
	given(&p.Census, j.Census)
	given(&p.Whom, j.Whom)
	given(&p.Minimum, j.Minimum)
	given(&p.CommentMinimum, j.CommentMinimum)
	given(&p.Weighting, j.Weighting)
	p.KeepMonths = j.KeepMonths
	if !j.Opens.IsZero() || !j.Closes.IsZero() {
		p.Opens, p.Closes, p.RemindOn = j.Opens, j.Closes, nil
	}
	if j.RemindOn != nil {
		p.RemindOn = j.RemindOn
	}
	if len(j.Languages) > 0 {
		p.Languages = j.Languages
	}
	for _, r := range j.Teams {
		p.Rules = append(p.Rules, wave.Rule{Code: r.Code, Name: r.Name, PartOf: r.PartOf, Site: r.Site, StaffGroup: r.StaffGroup, Role: r.Role})
	}
	var err error
	switch {
	case len(j.Questions) > 0:
		p.Instrument, err = instrument.Read(j.Questions)
	case j.Instrument != "":
		p.Instrument, err = instrument.Load(j.Instrument)
	default:
		return p, fault.Fieldf("instrument", "say which questions are asked")
	}
	if err != nil {
		return p, fault.Fieldf("instrument", "%v", err)
	}
	return p, nil
}

// surveyPlanJSON is one survey as those who run it see it.
type surveyPlanJSON struct {
	waveListJSON
	About          string         `json:"about,omitempty"`
	Instrument     string         `json:"instrument"`
	InstrumentHash string         `json:"instrument_sha256,omitempty"`
	Census         law.Date       `json:"census,omitzero"`
	CensusHash     string         `json:"census_sha256,omitempty"`
	KeyHash        string         `json:"key_sha256,omitempty"`
	NoticeHash     string         `json:"notice_sha256,omitempty"`
	Whom           wave.Whom      `json:"whom"`
	Minimum        int            `json:"minimum"`
	Comments       bool           `json:"comments"`
	Languages      []string       `json:"languages"`
	Paper          bool           `json:"paper"`
	Weighting      wave.Weighting `json:"weighting"`
	RemindOn       []law.Date     `json:"remind_on"`
	Units          []planUnitJSON `json:"units"`
	Missing        []string       `json:"missing,omitempty" doc:"What keeps a draft from being called."`
	Reason         string         `json:"abandoned_because,omitempty"`
}

type planUnitJSON struct {
	Code   string     `json:"code"`
	Name   string     `json:"name"`
	PartOf string     `json:"part_of,omitempty"`
	Level  wave.Level `json:"level"`
}

func (v *visit) apiPlan(q planParams) (surveyPlanJSON, error) {
	p, err := v.planned(q.Wave)
	if err != nil {
		return surveyPlanJSON{}, err
	}
	w := p.w
	out := surveyPlanJSON{
		waveListJSON: p.listed(), About: w.About, Instrument: w.Instrument.ID, InstrumentHash: w.InstrumentHash, Census: w.Census, CensusHash: w.CensusHash, KeyHash: w.KeyHash,
		NoticeHash: w.NoticeHash, Whom: w.Whom, Minimum: w.Minimum, Comments: w.Comments, Languages: w.Languages, Paper: w.Paper, Weighting: w.Weighting, RemindOn: w.RemindOn, Reason: w.Reason,
	}
	units := w.Units
	if p.stage == wave.Draft {
		look, err := v.house.Waves.Foresee(v.ctx, v.org.ID, w.ID)
		if err != nil {
			return surveyPlanJSON{}, err
		}
		units, out.Missing = look.Units, p.missing(look)
	}
	for _, u := range units {
		out.Units = append(out.Units, planUnitJSON{u.Code, u.Name, u.PartOf, u.Level})
	}
	return out, nil
}

// planAfter is a survey after a change of it.
func (v *visit) planAfter(code string, err error) (surveyPlanJSON, error) {
	if err != nil {
		return surveyPlanJSON{}, err
	}
	return v.apiPlan(planParams{Wave: code})
}

func (v *visit) apiPlanNew(_ none, j planDraftJSON) (surveyPlanJSON, error) {
	plan, err := j.plan(v)
	if err == nil {
		_, err = v.house.Waves.Draft(v.ctx, v.actor.Person, v.org.ID, plan)
	}
	return v.planAfter(j.Code, err)
}

func (v *visit) apiPlanChange(q planParams, j planDraftJSON) (surveyPlanJSON, error) {
	p, err := v.planned(q.Wave)
	if err != nil {
		return surveyPlanJSON{}, err
	}
	plan, err := j.plan(v)
	if err == nil {
		err = v.house.Waves.Change(v.ctx, v.actor.Person, v.org.ID, p.w.ID, plan)
	}
	return v.planAfter(j.Code, err)
}

func (v *visit) apiPlanCall(q planParams, _ none) (surveyPlanJSON, error) {
	p, err := v.planned(q.Wave)
	if err != nil {
		return surveyPlanJSON{}, err
	}
	return v.planAfter(q.Wave, p.callNow())
}

func (v *visit) apiPlanAbandon(q planParams, j heldReasonJSON) (surveyPlanJSON, error) {
	p, err := v.planned(q.Wave)
	if err != nil {
		return surveyPlanJSON{}, err
	}
	return v.planAfter(q.Wave, v.house.AbandonWave(v.ctx, v.actor.Person, v.org.ID, p.w.ID, j.Reason))
}

// remindedJSON is what a reminder did.
type remindedJSON struct {
	Reminders []reminderJSON `json:"reminders"`
}

type reminderJSON struct {
	Number int      `json:"number"`
	Day    law.Date `json:"day"`
	Sent   int      `json:"sent" doc:"To how many people, never to whom."`
}

func (v *visit) apiRemind(q planParams, _ none) (remindedJSON, error) {
	p, err := v.planned(q.Wave)
	if err != nil {
		return remindedJSON{}, err
	}
	if err := p.remindNow(); err != nil {
		return remindedJSON{}, err
	}
	list, err := v.house.Waves.Reminders(v.ctx, v.org.ID, p.w.ID)
	out := remindedJSON{}
	for _, r := range list {
		out.Reminders = append(out.Reminders, reminderJSON{r.Number, r.Day, r.Sent})
	}
	return out, err
}

type slipsAskedJSON struct {
	Slips int `json:"slips" min:"1" max:"500"`
}

type slipsMadeJSON struct {
	Numbers []string `json:"numbers" doc:"Each lets one sheet in. They are shown once and kept nowhere. Where slips were made before that nobody got, because the server stopped, they are among these, even if they are more than were asked for."`
}

func (v *visit) apiMakeSlips(q planParams, j slipsAskedJSON) (slipsMadeJSON, error) {
	p, err := v.planned(q.Wave)
	if err != nil {
		return slipsMadeJSON{}, err
	}
	var out slipsMadeJSON
	err = v.house.MakeSlips(v.ctx, v.actor.Person, v.org.ID, p.w.ID, j.Slips, func(serials []string) error {
		out.Numbers = serials
		return nil
	})
	return out, err
}

type planListParams struct {
	planParams
	pageParams
}

func (v *visit) apiResponse(q planListParams) (list[responseLine], error) {
	p, err := v.planned(q.Wave)
	if err != nil {
		return list[responseLine]{}, err
	}
	if p.stage == wave.Draft || p.stage == wave.Called || p.w.BroughtIn() {
		return list[responseLine]{}, fault.Errorf(fault.Conflict, "nobody has fetched a pass for this survey")
	}
	lines, err := p.responseLines()
	if err != nil {
		return list[responseLine]{}, err
	}
	return pageOf(q.pageParams, "response", lines, func(l responseLine) string { return l.What + " " + l.Code })
}

// apiResults gives the newest release as it is stored: the one text that its hash is of.
func (v *visit) releasedFor(code string) (*results, error) {
	r, err := v.resultsOf(code)
	if err != nil {
		return nil, err
	}
	if r.stored.ID == "" {
		return nil, fault.Errorf(fault.NotFound, "nothing of this survey is released")
	}
	return r, nil
}

func (v *visit) apiScores(q planListParams) (list[scoreLine], error) {
	r, err := v.releasedFor(q.Wave)
	if err != nil {
		return list[scoreLine]{}, err
	}
	var lines []scoreLine
	r.scoreLines(func(l scoreLine) { lines = append(lines, l) })
	return pageOf(q.pageParams, "scores", lines, func(l scoreLine) string { return l.Unit + "\x00" + l.Group + "\x00" + l.Score })
}

func (v *visit) apiShares(q planListParams) (list[shareLine], error) {
	r, err := v.releasedFor(q.Wave)
	if err != nil {
		return list[shareLine]{}, err
	}
	var lines []shareLine
	r.shareLines(func(l shareLine) { lines = append(lines, l) })
	return pageOf(q.pageParams, "shares", lines, func(l shareLine) string {
		return l.Unit + "\x00" + l.Group + "\x00" + l.Question + "\x00" + string(rune('a'+l.Code))
	})
}

// runs reports whether the visitor has a part in running surveys.
func (v *visit) runsSurveys() bool {
	return slices.ContainsFunc(runningActions, v.can)
}
