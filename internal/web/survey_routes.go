package web

import "commonweal/internal/base/policy"

// surveyRoutes are what those who are asked do about surveys, and what anybody may check.
// Where surveys are answered is not among them: see package answer.
func (s *Server) surveyRoutes() []route {
	const one = "/surveys/{wave}"
	return []route{
		{pattern: "GET /surveys", action: policy.SurveyView, serve: s.surveyList},
		{pattern: "GET " + one, action: policy.SurveyView, serve: s.surveyShow},
		{pattern: "GET " + one + "/check", action: policy.SurveyCheck, serve: s.surveyCheck},
		{pattern: "GET " + one + "/files/notice.json", action: policy.SurveyCheck, serve: s.surveyNotice},
		{pattern: "GET " + one + "/files/survey.json", action: policy.SurveyCheck, serve: s.surveyBundle},
		{pattern: "GET " + one + "/files/{file}", action: policy.SurveyCheck, serve: s.surveyCounted},
		{pattern: "GET " + one + "/token", action: policy.SurveyAnswerOwn, own: true, serve: s.surveyToken},
		{pattern: "POST " + one + "/token", action: policy.SurveyAnswerOwn, own: true, serve: s.surveyTokenDraw},
		{pattern: "GET " + one + "/receipt", action: policy.SurveyAnswerOwn, own: true, serve: s.surveyReceipt},
	}
}

func init() {
	pagesAlone["POST /surveys/{wave}/token"] = inPerson
	listFiles["/surveys"] = "listSurveys"
}

// surveyOperations are the same for programs.
func surveyOperations() []operation {
	return group("Surveys",
		reads("/surveys", policy.SurveyView, "listSurveys", "The surveys that were called, in order of their last day", (*visit).apiSurveys),
		reads("/surveys/{wave}", policy.SurveyView, "getSurvey", "One survey: what is asked, of whom, when, and what was fixed with the call", (*visit).apiSurvey),
		reads("/surveys/{wave}/check", policy.SurveyCheck, "checkSurvey", "How many are asked, have a pass and have used it", (*visit).apiSurveyChecks).
			note("Who has answered is known to nobody."),
		reads("/surveys/{wave}/counted/{list}", policy.SurveyCheck, "getCountedPasses", "The marks of passes that were counted together", (*visit).apiSurveyCounted),
	)
}
