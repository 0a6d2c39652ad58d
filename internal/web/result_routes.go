package web

import (
	"net/http"

	"commonweal/internal/base/policy"
)

// resultRoutes are the pages of released results, for everybody who is signed in.
func (s *Server) resultRoutes() []route {
	get := func(path string, do func(r *results) error) route {
		return route{pattern: http.MethodGet + " /surveys/{wave}/results" + path, action: policy.SurveyView, serve: s.shownResults(do)}
	}
	out := []route{
		get("", s.resultShow), get("/scores", s.resultScores), get("/teams", s.resultTeams), get("/teams/{unit}", s.resultTeam), get("/groups", s.resultGroups),
		get("/questions", s.resultQuestions), get("/beside", s.resultBeside), get("/change", s.resultChange), get("/response", s.resultResponse),
		get("/drivers", s.resultDrivers), get("/filter", s.resultFilter), get("/tested", s.resultTested), get("/bundle.json", s.resultBundle),
	}
	for _, file := range []struct {
		path string
		do   func(r *results) error
	}{
		{"/scores", s.resultScoresFile},
		{"/questions", s.resultQuestionsFile},
		{"/beside", s.resultBesideFile},
		{"/change", s.resultChangeFile},
		{"/response", s.resultResponseFile},
		{"/drivers", s.resultDriversFile},
	} {
		out = append(out, get(file.path+".csv", file.do), get(file.path+".json", file.do))
	}
	return append(out,
		route{pattern: "GET /surveys/{wave}/comments", action: policy.CommentView, serve: s.resultComments},
		route{pattern: "GET /surveys/{wave}/comments.csv", action: policy.CommentView, serve: s.resultCommentsFile},
		route{pattern: "GET /surveys/{wave}/comments.json", action: policy.CommentView, serve: s.resultCommentsFile},
	)
}

// resultOperations are the same for programs.
func resultOperations() []operation {
	return group("Surveys",
		reads("/surveys/{wave}/scores", policy.SurveyView, "listSurveyScores", "Every score of every group in the newest release of a survey", (*visit).apiScores).
			note("What is not shown is null, whatever the reason."),
		reads("/surveys/{wave}/answers", policy.SurveyView, "listSurveyAnswers", "How the answers to every question are spread, in every group", (*visit).apiShares).
			note("In whole percent. What is not shown is null, whatever the reason."),
	)
}
