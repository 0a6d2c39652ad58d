package web

import (
	"net/http"

	"commonweal/internal/base/policy"
)

// runningActions are those of whoever has a part in running surveys.
var runningActions = []policy.Action{policy.SurveyPlan, policy.SurveyRelease, policy.SlipIssue, policy.SheetKey, policy.CommentGate}

// waveRoutes are the pages on which surveys are run.
func (s *Server) waveRoutes() []route {
	get := func(path string, action policy.Action, do func(p *planned) error) route {
		return route{pattern: http.MethodGet + " " + planRoot + "/waves/{wave}" + path, action: action, serve: s.planning(do)}
	}
	post := func(path string, action policy.Action, do func(p *planned) error) route {
		return route{pattern: http.MethodPost + " " + planRoot + "/waves/{wave}" + path, action: action, serve: s.planning(do)}
	}
	upload := func(r route, limit int64) route {
		r.upload = limit
		return r
	}
	const form = 64 << 10 // the rest of a form that carries a file
	return []route{
		{pattern: "GET " + planRoot, action: policy.SurveyView, serve: s.waveList},
		{pattern: "GET " + planRoot + "/new", action: policy.SurveyPlan, serve: s.waveNew},
		{pattern: "POST " + planRoot + "/new", action: policy.SurveyPlan, serve: s.waveNewDo},
		{pattern: "GET " + planRoot + "/bring", action: policy.SurveyPlan, serve: s.waveBring},
		{pattern: "POST " + planRoot + "/bring", action: policy.SurveyPlan, serve: s.waveBringRead, upload: maxBringFile + form},
		{pattern: "GET " + planRoot + "/bring/{file}", action: policy.SurveyPlan, serve: s.waveBringReview},
		{pattern: "POST " + planRoot + "/bring/{file}", action: policy.SurveyPlan, serve: s.waveBringDo},

		get("", policy.SurveyView, s.waveShow),
		get("/plan", policy.SurveyView, s.wavePlan),
		get("/ask", policy.SurveyPlan, s.waveStep(stepAsk)),
		post("/ask", policy.SurveyPlan, s.waveStepDo(stepAsk)),
		get("/whom", policy.SurveyPlan, s.waveStep(stepWhom)),
		post("/whom", policy.SurveyPlan, s.waveStepDo(stepWhom)),
		get("/how", policy.SurveyPlan, s.waveStep(stepHow)),
		post("/how", policy.SurveyPlan, s.waveStepDo(stepHow)),
		get("/questions", policy.SurveyPlan, s.waveQuestions),
		upload(post("/questions", policy.SurveyPlan, s.waveQuestionsDo), maxTeamsFile+form),
		get("/teams", policy.SurveyPlan, s.waveTeams),
		upload(post("/teams", policy.SurveyPlan, s.waveTeamsRead), maxTeamsFile+form),
		get("/teams/rules.csv", policy.SurveyPlan, s.waveRulesFile),
		post("/teams/clear", policy.SurveyPlan, s.waveTeamsClear),
		get("/teams/files/{file}", policy.SurveyPlan, s.waveTeamsReview),
		post("/teams/files/{file}", policy.SurveyPlan, s.waveTeamsKeep),
		get("/call", policy.SurveyPlan, s.waveCall),
		post("/call", policy.SurveyPlan, s.waveCallDo),
		get("/abandon", policy.SurveyPlan, s.waveAbandon),
		post("/abandon", policy.SurveyPlan, s.waveAbandonDo),

		get("/response", policy.SurveyPlan, s.waveResponse),
		get("/response.csv", policy.SurveyPlan, s.waveResponseFile),
		get("/response.json", policy.SurveyPlan, s.waveResponseFile),
		get("/remind", policy.SurveyPlan, s.waveRemind),
		post("/remind", policy.SurveyPlan, s.waveRemindDo),

		get("/slips", policy.SlipIssue, s.waveSlips),
		get("/slips/make", policy.SurveyPlan, s.waveSlipsMake),
		post("/slips/make", policy.SurveyPlan, s.waveSlipsMakeDo),
		get("/slips/give", policy.SlipIssue, s.waveSlipFind),
		post("/slips/find", policy.SlipIssue, s.waveSlipSearch),
		post("/slips/people/{person}", policy.SlipIssue, s.waveSlipGive),
		get("/sheets", policy.SheetKey, s.waveSheets),
		get("/sheets/enter", policy.SheetKey, s.waveSheet),
		post("/sheets/enter", policy.SheetKey, s.waveSheetDo),

		get("/comments", policy.CommentGate, s.waveComments),
		get("/comments/{comment}", policy.CommentGate, s.waveComment),
		post("/comments/{comment}", policy.CommentGate, s.waveCommentDo),
		get("/release", policy.SurveyRelease, s.waveRelease),
		post("/release", policy.SurveyRelease, s.waveReleaseDo),
	}
}

// waveOperations are the same for programs.
func waveOperations() []operation {
	return group("Surveys",
		reads("/survey-plans", policy.SurveyView, "listSurveyPlans", "The surveys of the organisation", (*visit).apiPlans),
		does("/survey-plans", policy.SurveyPlan, "planSurvey", "Plan a survey", http.StatusCreated, (*visit).apiPlanNew).
			note("It is a draft: nobody is told, and nothing is fixed."),
		reads("/survey-plans/{wave}", policy.SurveyView, "getSurveyPlan", "One survey: its plan, and where it stands", (*visit).apiPlan),
		does("/survey-plans/{wave}", policy.SurveyPlan, "changeSurveyPlan", "Change the draft of a survey", http.StatusOK, (*visit).apiPlanChange).
			note("It replaces the whole draft: what is left out is as in an empty form."),
		does("/survey-plans/{wave}/call", policy.SurveyPlan, "callSurvey", "Call a survey", http.StatusOK, (*visit).apiPlanCall).
			note("Questions, scoring, who is asked, teams and days are fixed with it."),
		does("/survey-plans/{wave}/abandon", policy.SurveyPlan, "abandonSurvey", "Abandon a survey, with a reason", http.StatusOK, (*visit).apiPlanAbandon).
			note("What was answered is never released."),
		does("/survey-plans/{wave}/reminders", policy.SurveyPlan, "remindSurvey", "Remind those who have not fetched their pass", http.StatusOK, (*visit).apiRemind).
			note("Who answered is not known, so it makes no difference."),
		reads("/survey-plans/{wave}/response", policy.SurveyPlan, "listSurveyResponse", "Who takes part, as far as it may be told", (*visit).apiResponse),
		does("/survey-plans/{wave}/slips", policy.SurveyPlan, "makeSurveySlips", "Make a stack of paper slips", http.StatusCreated, (*visit).apiMakeSlips).
			note("The numbers are in this answer and nowhere else."),
		does("/survey-plans/brought", policy.SurveyPlan, "bringSurvey", "Bring in a survey that somebody else asked", http.StatusCreated, (*visit).apiBring).
			note("All of it is taken, or nothing. A file of more than a megabyte is brought in on the page or with the command."),
	)
}

func init() {
	listFiles[planRoot] = "listSurveyPlans"
	at := func(path string) string { return "POST " + planRoot + path }
	for path, ids := range map[string][]string{
		"/new": {"planSurvey"}, "/bring": {"bringSurvey"}, "/bring/{file}": {"bringSurvey"},
		"/waves/{wave}/ask": {"changeSurveyPlan"}, "/waves/{wave}/whom": {"changeSurveyPlan"}, "/waves/{wave}/how": {"changeSurveyPlan"}, "/waves/{wave}/questions": {"changeSurveyPlan"},
		"/waves/{wave}/teams": {"changeSurveyPlan"}, "/waves/{wave}/teams/clear": {"changeSurveyPlan"}, "/waves/{wave}/teams/files/{file}": {"changeSurveyPlan"},
		"/waves/{wave}/call": {"callSurvey"}, "/waves/{wave}/abandon": {"abandonSurvey"}, "/waves/{wave}/remind": {"remindSurvey"}, "/waves/{wave}/slips/make": {"makeSurveySlips"},
	} {
		byProgram[at(path)] = ids
	}
	for path, why := range map[string]pageAlone{
		"/waves/{wave}/slips/find": onlyLooks, "/waves/{wave}/slips/people/{person}": inPerson, "/waves/{wave}/sheets/enter": inPerson, "/waves/{wave}/release": inPerson, "/waves/{wave}/comments/{comment}": inPerson,
	} {
		pagesAlone[at(path)] = why
	}
}
