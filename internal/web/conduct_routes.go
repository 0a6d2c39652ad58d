package web

import (
	"net/http"

	"commonweal/internal/base/policy"
)

// conductRoutes are what the secretary and the returning officer do to hold a vote.
// The part after the code of a vote is always a word: the pages of members have the
// code of a contest there, below the code of a vote.
func (s *Server) conductRoutes() []route {
	get := func(path string, action policy.Action, do func(c *conduct) error) route {
		return route{pattern: http.MethodGet + " " + conductRoot + "/{poll}" + path, action: action, serve: s.held(do)}
	}
	post := func(path string, action policy.Action, do func(c *conduct) error) route {
		return route{pattern: http.MethodPost + " " + conductRoot + "/{poll}" + path, action: action, serve: s.held(do)}
	}
	return append([]route{
		{pattern: "GET " + conductRoot, action: policy.OfficialView, serve: s.conductList},
		{pattern: "GET " + conductRoot + "/new", action: policy.PollDraft, serve: s.conductNew},
		{pattern: "POST " + conductRoot + "/new", action: policy.PollDraft, serve: s.conductPrepare},
		get("", policy.OfficialView, s.conductShow),
		get("/edit", policy.PollDraft, s.conductEdit),
		post("/edit", policy.PollDraft, s.conductEditDo),
		get("/rules", policy.OfficialView, s.conductRules),
		get("/rules/edit", policy.PollDraft, s.conductRulesEdit),
		post("/rules/edit", policy.PollDraft, s.conductRulesEditDo),
		get("/call", policy.PollCall, s.conductCall),
		post("/call", policy.PollCall, s.conductCallDo),
		get("/days/{step}", policy.PollConduct, s.conductDay),
		post("/days/{step}", policy.PollConduct, s.conductDayDo),
		get("/close", policy.PollConduct, s.conductClose),
		post("/close", policy.PollConduct, s.conductCloseDo),
		// A draft is the secretary's to drop, what was called is the returning officer's.
		get("/abandon", policy.PollDraft, s.conductAbandon),
		post("/abandon", policy.PollDraft, s.conductAbandonDo),

		// Who names somebody depends on the office, so these ask again.
		get("/officials", policy.OfficialView, s.conductOfficials),
		get("/officials/new", policy.OfficialView, s.conductOfficialNew),
		post("/officials/new", policy.OfficialView, s.conductOfficialName),
		post("/officials/find", policy.OfficialView, s.conductOfficialFind),
		get("/officials/{official}/end", policy.OfficialView, s.conductOfficialEnd),
		post("/officials/{official}/end", policy.OfficialView, s.conductOfficialEndDo),
	}, s.conductFileRoutes()...)
}

// conductOperations are the same for programs.
func conductOperations() []operation {
	return group("Conduct of votes",
		reads("/conduct/tasks", policy.OfficialView, "listVoteTasks", "What has to be done about votes, what is late first", (*visit).apiTasks),
		reads("/conduct/votes/{poll}", policy.OfficialView, "getVoteConduct", "One vote as those who hold it see it: rules, timetable, contests", (*visit).apiConduct),
		does("/conduct/votes", policy.PollDraft, "prepareVote", "Keep a draft of a vote", http.StatusCreated, (*visit).apiPrepare).
			note("The rules are those of law and model rules, but for what is sent. Members are told nothing before the vote is called."),
		does("/conduct/votes/{poll}/edit", policy.PollDraft, "changeVoteDraft", "Put a draft in place of one that is there", http.StatusOK, (*visit).apiChangeDraft),
		does("/conduct/votes/{poll}/call", policy.PollCall, "callVote", "Call a vote", http.StatusOK, (*visit).apiCall).
			note("Its rules do not change after this."),
		does("/conduct/votes/{poll}/days/{step}", policy.PollConduct, "moveVoteDay", "Move one day of a timetable, with a reason", http.StatusOK, (*visit).apiMoveDay),
		does("/conduct/votes/{poll}/close", policy.PollConduct, "moveVoteClose", "Move the close, with a reason", http.StatusOK, (*visit).apiMoveClose),
		does("/conduct/votes/{poll}/abandon", policy.PollDraft, "abandonVote", "Abandon a vote, with a reason", http.StatusOK, (*visit).apiAbandon).
			note("A draft is the secretary’s to drop; what was called is its returning officer’s."),
		reads("/conduct/votes/{poll}/officials", policy.OfficialView, "listOfficials", "Who holds which office in a vote", (*visit).apiOfficials),
	)
}

func init() {
	listFiles[conductRoot] = "listVoteTasks"
	at := func(path string) string { return "POST " + conductRoot + path }
	for path, ids := range map[string][]string{
		"/new": {"prepareVote"}, "/{poll}/edit": {"changeVoteDraft"}, "/{poll}/rules/edit": {"changeVoteDraft"}, "/{poll}/call": {"callVote"},
		"/{poll}/days/{step}": {"moveVoteDay"}, "/{poll}/close": {"moveVoteClose"}, "/{poll}/abandon": {"abandonVote"},
	} {
		byProgram[at(path)] = ids
	}
	for path, why := range map[string]pageAlone{
		"/{poll}/officials/new": inPerson, "/{poll}/officials/{official}/end": inPerson, "/{poll}/officials/find": onlyLooks,
	} {
		pagesAlone[at(path)] = why
	}
}
