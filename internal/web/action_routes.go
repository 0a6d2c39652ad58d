package web

import (
	"net/http"

	"commonweal/internal/base/policy"
)

// actionRoutes are what follows from surveys. An action is named by its number: below
// /surveys/ a name of our own would be in the way of the code of a survey.
func (s *Server) actionRoutes() []route {
	const root = "/surveys/actions"
	const one = root + "/no/{number}"
	return []route{
		{pattern: "GET " + root, action: policy.ActionView, serve: s.actionList},
		{pattern: "GET " + root + "/board", action: policy.ActionView, serve: s.actionBoard},
		{pattern: "GET " + root + "/mine", action: policy.ActionReportOwn, own: true, serve: s.actionMine},
		{pattern: "GET " + root + "/new", action: policy.ActionEdit, serve: s.actionNew},
		{pattern: "POST " + root + "/new", action: policy.ActionEdit, serve: s.actionNewDo},
		{pattern: "GET " + root + "/heads", action: policy.ActionEdit, serve: s.actionHeads},
		{pattern: "POST " + root + "/heads", action: policy.ActionEdit, serve: s.actionHeadsDo},
		{pattern: "GET " + one, action: policy.ActionView, serve: s.actionShow},
		{pattern: "GET " + one + "/say", action: policy.ActionAnswerOwn, own: true, serve: s.actionSay},
		{pattern: "POST " + one + "/say", action: policy.ActionAnswerOwn, own: true, serve: s.actionSayDo},
		// The owner's own, or that of those who may edit all: the handler asks which.
		{pattern: "GET " + one + "/step/{step}", action: policy.ActionReportOwn, own: true, serve: s.actionStep},
		{pattern: "POST " + one + "/step/{step}", action: policy.ActionReportOwn, own: true, serve: s.actionStepDo},
	}
}

// actionOperations are the same for programs.
func actionOperations() []operation {
	return group("Actions",
		reads("/actions", policy.ActionView, "listActions", "The actions that followed from surveys, those overdue first", (*visit).apiActions),
		reads("/actions/{action}", policy.ActionView, "getAction", "One action with its history, and what the next survey says", (*visit).apiAction),
		does("/actions", policy.ActionEdit, "agreeAction", "Make an action of a finding of a survey", http.StatusCreated, (*visit).apiAgree).
			note("The owner is told. What the survey said is taken from its release; only of comments it is said in your words."),
		does("/actions/{action}/steps", policy.ActionReportOwn, "stepAction", "Say what was done about an action, move its day, or end it", http.StatusOK, (*visit).apiStep).
			note("For its owner, and for those who edit all actions; only these hand it over or reopen it."),
		does("/actions/{action}/word", policy.ActionAnswerOwn, "sayOfAction", "Say whether an action helped", http.StatusOK, (*visit).apiSay).
			note("Once each; said again it takes the place of what was said before. The record does not name you."),
		reads("/directorate-heads", policy.ActionView, "listDirectorateHeads", "Who answers for which directorate today", (*visit).apiHeads),
		does("/directorate-heads", policy.ActionEdit, "nameDirectorateHead", "Name who answers for a directorate", http.StatusOK, (*visit).apiNameHead).
			note("They are told what is two weeks late in it."),
	)
}

func init() {
	listFiles["/surveys/actions"] = "listActions"
	listFiles["/surveys/actions/heads"] = "listDirectorateHeads"
	byProgram["POST /surveys/actions/new"] = []string{"agreeAction"}
	byProgram["POST /surveys/actions/heads"] = []string{"nameDirectorateHead"}
	byProgram["POST /surveys/actions/no/{number}/say"] = []string{"sayOfAction"}
	byProgram["POST /surveys/actions/no/{number}/step/{step}"] = []string{"stepAction"}
}
