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

		get("/nominations", policy.NominationDecide, s.conductNominations),
		get("/nominations/new", policy.NominationDecide, s.conductPaper),
		post("/nominations/new", policy.NominationDecide, s.conductPaperDo),
		post("/nominations/find", policy.NominationDecide, s.conductPaperFind),
		get("/nominations/{nomination}", policy.NominationDecide, s.conductNomination),
		get("/nominations/{nomination}/photo", policy.NominationDecide, s.conductPhoto),
		post("/nominations/{nomination}/accept", policy.NominationDecide, s.conductAccept),
		get("/nominations/{nomination}/refuse", policy.NominationDecide, s.conductRefuse),
		post("/nominations/{nomination}/refuse", policy.NominationDecide, s.conductRefuseDo),
		get("/nominations/{nomination}/withdraw", policy.NominationDecide, s.conductWithdraw),
		post("/nominations/{nomination}/withdraw", policy.NominationDecide, s.conductWithdrawDo),
		get("/nominations/{nomination}/backer", policy.NominationDecide, s.conductBacker),
		post("/nominations/{nomination}/backer", policy.NominationDecide, s.conductBackerDo),
		post("/nominations/{nomination}/find", policy.NominationDecide, s.conductBackerFind),
		get("/uncontested/{contest}", policy.NominationDecide, s.conductUncontested),
		post("/uncontested/{contest}", policy.NominationDecide, s.conductUncontestedDo),

		get("/roll", policy.RollView, s.conductRoll),
		post("/roll", policy.RollMake, s.conductRollMake),
		get("/roll/{contest}/voters", policy.RollView, s.conductVoters),
		get("/claims", policy.RollDecide, s.conductClaims),
		get("/claims/{claim}", policy.RollDecide, s.conductClaim),
		post("/claims/{claim}", policy.RollDecide, s.conductClaimDo),

		get("/notice", policy.OfficialView, s.conductNotice),
		post("/notice", policy.PollConduct, s.conductNoticeDo),
		get("/key", policy.OfficialView, s.conductKey),
		get("/key/absent", policy.PollConduct, s.conductAbsent),
		post("/key/absent", policy.PollConduct, s.conductAbsentDo),
		get("/pollbook/{contest}", policy.PollbookView, s.conductPollbook),

		get("/result/{contest}", policy.OfficialView, s.conductResult),
		post("/result/{contest}/close", policy.PollConduct, s.resultAct("closed", closeBox)),
		post("/result/{contest}/mixes", policy.PollConduct, s.resultAct("mixed", endMixes)),
		post("/result/{contest}/open", policy.PollConduct, s.resultAct("opened", openVotes)),
		get("/result/{contest}/declare", policy.DeclarationMake, s.conductDeclare),
		post("/result/{contest}/declare", policy.DeclarationMake, s.conductDeclareDo),
		get("/petitions", policy.OfficialView, s.conductPetitions),
		get("/petitions/{petition}", policy.OfficialView, s.conductPetition),
		post("/petitions/{petition}", policy.PetitionDecide, s.conductPetitionDo),
		get("/vacancies", policy.VacancyRecord, s.conductVacancies),
		get("/vacancies/new", policy.VacancyRecord, s.conductVacate),
		post("/vacancies/new", policy.VacancyRecord, s.conductVacateDo),
		get("/vacancies/{vacancy}", policy.VacancyRecord, s.conductFill),
		post("/vacancies/{vacancy}", policy.VacancyRecord, s.conductFillDo),
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
		reads("/conduct/votes/{poll}/nominations", policy.NominationDecide, "listNominations", "Who stands in a vote, or asks to", (*visit).apiNominations).
			note("Only the returning officer of the vote may ask."),
		does("/conduct/votes/{poll}/nominations", policy.NominationDecide, "enterPaperNomination", "Enter a nomination that came on paper", http.StatusCreated, (*visit).apiEnterNomination).
			note("Sent again for the same person it corrects what was entered, while nobody has decided about it."),
		does("/conduct/votes/{poll}/nominations/{nomination}/accept", policy.NominationDecide, "acceptNomination", "Accept a nomination", http.StatusOK, (*visit).apiAccept),
		does("/conduct/votes/{poll}/nominations/{nomination}/refuse", policy.NominationDecide, "ruleOutNomination", "Rule a nomination out, with a reason", http.StatusOK, (*visit).apiRuleOut),
		does("/conduct/votes/{poll}/nominations/{nomination}/withdraw", policy.NominationDecide, "withdrawCandidate", "Withdraw a candidate who asked for it on paper", http.StatusOK, (*visit).apiWithdrawCandidate),
		does("/conduct/votes/{poll}/nominations/{nomination}/backers", policy.NominationDecide, "recordBacker", "Record a backer’s signature on paper", http.StatusOK, (*visit).apiBacker),
		does("/conduct/votes/{poll}/contests/{contest}/uncontested", policy.NominationDecide, "findUncontested", "Record that there is no vote in a contest", http.StatusOK, (*visit).apiUncontested),
		reads("/conduct/votes/{poll}/rolls", policy.RollView, "listRolls", "The rolls of a vote in figures", (*visit).apiRolls),
		does("/conduct/votes/{poll}/rolls", policy.RollMake, "makeRoll", "Make the rolls from the register", http.StatusOK, (*visit).apiMakeRoll),
		reads("/conduct/votes/{poll}/contests/{contest}/voters", policy.RollView, "listVoters", "Who is on the roll of a contest", (*visit).apiVoters).
			note("Only the returning officer and the registrar of the vote may ask."),
		reads("/conduct/votes/{poll}/claims", policy.RollView, "listClaims", "What was said against the rolls", (*visit).apiClaims),
		does("/conduct/votes/{poll}/claims/{claim}", policy.RollDecide, "decideClaim", "Decide about a claim or an objection", http.StatusOK, (*visit).apiDecideClaim),
		reads("/conduct/votes/{poll}/notice/missing", policy.OfficialView, "getNoticeMissing", "What a notice of poll waits for", (*visit).apiNoticeMissing),
		does("/conduct/votes/{poll}/notice", policy.PollConduct, "giveNotice", "Give notice of poll and set the ballot boxes up", http.StatusOK, (*visit).apiGiveNotice).
			note("Rules, timetable, candidates and rolls are frozen with it. Sent again it finishes what broke off."),
		reads("/conduct/votes/{poll}/contests/{contest}/pollbook", policy.PollbookView, "listPollbook", "Who has voted in a contest and by which channel, never how", (*visit).apiPollbook).
			note("Only the returning officer of the vote may ask."),
		does("/conduct/votes/{poll}/contests/{contest}/close", policy.PollConduct, "closeBox", "Close a ballot box after the close", http.StatusOK, apiStep(closeBox)),
		does("/conduct/votes/{poll}/contests/{contest}/mixes/end", policy.PollConduct, "endMixes", "Say that no mix comes any more", http.StatusOK, apiStep(endMixes)),
		does("/conduct/votes/{poll}/contests/{contest}/open", policy.PollConduct, "openVotes", "Open the votes and count them", http.StatusOK, apiStep(openVotes)),
		does("/conduct/votes/{poll}/key/absent", policy.PollConduct, "recordAbsentKeyholder", "Record that a keyholder’s part counts as destroyed", http.StatusOK, (*visit).apiAbsent),
		reads("/conduct/votes/{poll}/petitions", policy.OfficialView, "listPetitions", "What was asked about the results", (*visit).apiPetitions).
			note("Only the secretary and the returning officer of the vote may ask."),
		reads("/conduct/votes/{poll}/vacancies", policy.VacancyRecord, "listVacancies", "The seats that stayed or fell empty", (*visit).apiVacancies),
		does("/conduct/votes/{poll}/vacancies", policy.VacancyRecord, "recordVacancy", "Record that somebody elected has left their seat", http.StatusOK, (*visit).apiVacate),
		does("/conduct/votes/{poll}/vacancies/{vacancy}", policy.VacancyRecord, "fillVacancy", "Record how an empty seat is filled", http.StatusOK, (*visit).apiFill),
	)
}

func init() {
	listFiles[conductRoot] = "listVoteTasks"
	at := func(path string) string { return "POST " + conductRoot + path }
	for path, ids := range map[string][]string{
		"/new": {"prepareVote"}, "/{poll}/edit": {"changeVoteDraft"}, "/{poll}/rules/edit": {"changeVoteDraft"}, "/{poll}/call": {"callVote"},
		"/{poll}/days/{step}": {"moveVoteDay"}, "/{poll}/close": {"moveVoteClose"}, "/{poll}/abandon": {"abandonVote"},
		"/{poll}/nominations/new": {"enterPaperNomination"}, "/{poll}/nominations/{nomination}/accept": {"acceptNomination"},
		"/{poll}/nominations/{nomination}/refuse": {"ruleOutNomination"}, "/{poll}/nominations/{nomination}/withdraw": {"withdrawCandidate"},
		"/{poll}/nominations/{nomination}/backer": {"recordBacker"}, "/{poll}/uncontested/{contest}": {"findUncontested"},
		"/{poll}/roll": {"makeRoll"}, "/{poll}/claims/{claim}": {"decideClaim"}, "/{poll}/notice": {"giveNotice"}, "/{poll}/key/absent": {"recordAbsentKeyholder"},
		"/{poll}/result/{contest}/close": {"closeBox"}, "/{poll}/result/{contest}/mixes": {"endMixes"}, "/{poll}/result/{contest}/open": {"openVotes"},
		"/{poll}/vacancies/new": {"recordVacancy"}, "/{poll}/vacancies/{vacancy}": {"fillVacancy"},
	} {
		byProgram[at(path)] = ids
	}
	for path, why := range map[string]pageAlone{
		"/{poll}/officials/new": inPerson, "/{poll}/officials/{official}/end": inPerson, "/{poll}/officials/find": onlyLooks,
		"/{poll}/nominations/find": onlyLooks, "/{poll}/nominations/{nomination}/find": onlyLooks,
		"/{poll}/result/{contest}/declare": inPerson, "/{poll}/petitions/{petition}": inPerson,
	} {
		pagesAlone[at(path)] = why
	}
}
