package web

import (
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/portrait"
)

// voteRoutes are what a member does in votes, and what anybody may see of them.
func (s *Server) voteRoutes() []route {
	const (
		one     = "/votes/{poll}"
		contest = one + "/{contest}"
		stand   = contest + "/stand"
	)
	out := []route{
		{pattern: "GET /votes", action: policy.PollView, serve: s.voteList},
		{pattern: "GET /photos/{sum}", action: policy.PollView, serve: s.votePhoto},
		{pattern: "GET " + one, action: policy.PollView, serve: s.votePoll},
		{pattern: "GET " + one + "/files/calendar.ics", action: policy.PollView, serve: s.voteCalendar},
		{pattern: "GET " + one + "/files/rules.json", action: policy.PollView, serve: s.voteRules},
		{pattern: "GET " + one + "/files/notice.json", action: policy.PollView, serve: s.voteNotice},
		{pattern: "GET " + contest, action: policy.PollView, serve: s.voteContest},
		{pattern: "GET " + contest + "/candidates", action: policy.PollView, serve: s.voteCandidates},
		{pattern: "GET " + contest + "/candidates.csv", action: policy.PollView, serve: s.voteCandidatesFile},
		{pattern: "GET " + contest + "/candidates.json", action: policy.PollView, serve: s.voteCandidatesFile},
		{pattern: "GET " + contest + "/result", action: policy.PollView, serve: s.voteResult},
		{pattern: "GET " + contest + "/carry", action: policy.PollView, serve: s.voteCarry},

		{pattern: "GET " + contest + "/entry", action: policy.RollViewOwn, own: true, serve: s.voteEntry},
		{pattern: "GET " + contest + "/entry.json", action: policy.RollViewOwn, own: true, serve: s.voteEntryFile},
		{pattern: "GET " + contest + "/claim", action: policy.RollClaim, own: true, serve: s.voteClaim},
		{pattern: "POST " + contest + "/claim", action: policy.RollClaim, own: true, serve: s.voteClaimSend},
		{pattern: "GET " + contest + "/objection", action: policy.RollClaim, own: true, serve: s.voteObjection},
		{pattern: "POST " + contest + "/objection", action: policy.RollClaim, own: true, serve: s.voteObjectionSend},
		{pattern: "GET " + contest + "/key", action: policy.CredentialEnrol, own: true, serve: s.voteKey},
		{pattern: "POST " + contest + "/key", action: policy.CredentialEnrol, own: true, serve: s.voteKeyEnrol},
		{pattern: "GET " + contest + "/question", action: policy.PetitionMake, own: true, serve: s.voteQuestion},
		{pattern: "POST " + contest + "/question", action: policy.PetitionMake, own: true, serve: s.voteQuestionSend},
		{pattern: "GET " + contest + "/back/{nomination}", action: policy.NominationBack, own: true, serve: s.voteBack},
		{pattern: "POST " + contest + "/back/{nomination}", action: policy.NominationBack, own: true, serve: s.voteBackAnswer},

		{pattern: "GET " + stand, action: policy.NominationMakeOwn, own: true, serve: s.voteStand},
		{pattern: "GET " + stand + "/review", action: policy.NominationMakeOwn, own: true, serve: s.voteStandReview},
		{pattern: "POST " + stand + "/review", action: policy.NominationMakeOwn, own: true, serve: s.voteStandSend},
		{pattern: "GET " + stand + "/photo", action: policy.NominationMakeOwn, own: true, serve: s.voteStandPhoto},
		{pattern: "POST " + stand + "/photo", action: policy.NominationMakeOwn, own: true, serve: s.voteStandPhotoKeep, upload: photoUpload},
		{pattern: "POST " + stand + "/photo/remove", action: policy.NominationMakeOwn, own: true, serve: s.voteStandPhotoDrop},
		{pattern: "GET " + stand + "/backers", action: policy.NominationMakeOwn, own: true, serve: s.voteBackers},
		{pattern: "POST " + stand + "/backers", action: policy.NominationMakeOwn, own: true, serve: s.voteBackersAsk},
		{pattern: "GET " + stand + "/withdraw", action: policy.NominationMakeOwn, own: true, serve: s.voteWithdraw},
		{pattern: "POST " + stand + "/withdraw", action: policy.NominationMakeOwn, own: true, serve: s.voteWithdrawDo},
	}
	for _, step := range standSteps {
		out = append(out,
			route{pattern: "GET " + stand + "/" + step, action: policy.NominationMakeOwn, own: true, serve: func(v *visit) error { return v.voteStandStep(step) }},
			route{pattern: "POST " + stand + "/" + step, action: policy.NominationMakeOwn, own: true, serve: func(v *visit) error { return v.voteStandAnswer(step) }},
		)
	}
	return out
}

func init() {
	const contest = "POST /votes/{poll}/{contest}"
	byProgram[contest+"/claim"] = []string{"claimPlaceOnRoll"}
	byProgram[contest+"/objection"] = []string{"findVotersToObject", "objectToRoll"}
	byProgram[contest+"/question"] = []string{"questionResult"}
	byProgram[contest+"/back/{nomination}"] = []string{"answerBacking"}
	for _, step := range standSteps {
		byProgram[contest+"/stand/"+step] = []string{"enterNomination"}
	}
	byProgram[contest+"/stand/review"] = []string{"enterNomination"}
	byProgram[contest+"/stand/photo"] = []string{"setCandidatePhoto"}
	byProgram[contest+"/stand/photo/remove"] = []string{"removeCandidatePhoto"}
	byProgram[contest+"/stand/backers"] = []string{"findBackers", "askBacker"}
	byProgram[contest+"/stand/withdraw"] = []string{"withdrawNomination"}
	pagesAlone[contest+"/key"] = inPerson
	listFiles["/votes"] = "listVotes"
}

// candidatePhoto is what a program sends of a photograph.
var candidatePhoto = upload{media: []string{"image/jpeg", "image/png"}, limit: portrait.MaxBytes, about: "A photograph, JPEG or PNG, of at most 8 megabytes. It is made smaller, and what it says of place and time is dropped."}

// voteOperations are the same for programs.
func voteOperations() []operation {
	return group("Votes",
		reads("/votes", policy.PollView, "listVotes", "The votes of the organisation, in order of the close", (*visit).apiVotes),
		reads("/votes/{poll}", policy.PollView, "getVote", "One vote: its rules, timetable and contests", (*visit).apiVote),
		reads("/votes/{poll}/{contest}", policy.PollView, "getContest", "One contest of a vote: what is asked, who stands, and what came of it", (*visit).apiContest).
			note("Candidates are in the answer once nominations are closed."),
		reads("/me/votes", policy.RollViewOwn, "listMyVotes", "The contests that concern you", (*visit).apiMyVotes),
		reads("/me/votes/{poll}/{contest}", policy.RollViewOwn, "getMyVote", "Whether you may vote in a contest and why, and whether you have", (*visit).apiMyVote),
		reads("/me/votes/{poll}/{contest}/entry", policy.RollViewOwn, "getMyRollEntry", "The proof that your line is on the roll", (*visit).apiMyEntryOnRoll).
			note("The seal that it leads to stands in the notice of poll."),
		reads("/me/backings", policy.NominationBack, "listBackingsAsked", "The candidates who asked you to back them and wait for an answer", (*visit).apiBackingsAsked),
		does("/votes/{poll}/{contest}/claims", policy.RollClaim, "claimPlaceOnRoll", "Say that you should be on the roll", http.StatusCreated, (*visit).apiClaimPlace),
		does("/votes/{poll}/{contest}/voters/search", policy.RollClaim, "findVotersToObject", "Find voters of a contest by name, to object to one", http.StatusOK, (*visit).apiFindToObject).
			note("Names are sent in the body, because they do not belong in an address."),
		does("/votes/{poll}/{contest}/objections", policy.RollClaim, "objectToRoll", "Say that somebody does not belong on the roll", http.StatusCreated, (*visit).apiObject),
		does("/votes/{poll}/{contest}/nomination", policy.NominationMakeOwn, "enterNomination", "Stand for election, or change what you said", http.StatusOK, (*visit).apiStand).
			note("What is changed after backers agreed needs them again."),
		takes("/votes/{poll}/{contest}/nomination/photo", policy.NominationMakeOwn, "setCandidatePhoto", "Put a photograph to your nomination", candidatePhoto, (*visit).apiStandPhoto),
		does("/votes/{poll}/{contest}/nomination/photo/remove", policy.NominationMakeOwn, "removeCandidatePhoto", "Take the photograph away", http.StatusOK, (*visit).apiStandNoPhoto),
		does("/votes/{poll}/{contest}/nomination/backers/search", policy.NominationMakeOwn, "findBackers", "Find voters of your contest by name, to ask one to back you", http.StatusOK, (*visit).apiFindBackers).
			note("Names are sent in the body, because they do not belong in an address."),
		does("/votes/{poll}/{contest}/nomination/backers", policy.NominationMakeOwn, "askBacker", "Ask a member to back you", http.StatusOK, (*visit).apiAskBacker),
		does("/votes/{poll}/{contest}/nomination/withdraw", policy.NominationMakeOwn, "withdrawNomination", "Withdraw your nomination", http.StatusOK, (*visit).apiWithdrawNomination),
		does("/votes/{poll}/{contest}/backings/{nomination}", policy.NominationBack, "answerBacking", "Agree to back a candidate who asked you, or decline", http.StatusOK, (*visit).apiAnswerBacking),
		does("/votes/{poll}/{contest}/questions", policy.PetitionMake, "questionResult", "Question a declared result", http.StatusCreated, (*visit).apiQuestion),
	)
}
