package web

import (
	"commonweal/internal/base/policy"
)

// boardRoutes are what anybody can see and check of a vote, and the way a ballot comes in.
func (s *Server) boardRoutes() []route {
	return []route{
		{pattern: "GET /board", action: policy.PollView, serve: s.boardList},
		{pattern: "GET /board/{uuid}", action: policy.PollView, serve: s.boardShow},
		{pattern: "GET /board/{uuid}/trackers", action: policy.PollView, serve: s.boardTrackers},
		{pattern: "GET /board/{uuid}/trackers.csv", action: policy.PollView, serve: s.sendTrackers},
		{pattern: "GET /board/{uuid}/trackers.json", action: policy.PollView, serve: s.sendTrackers},
		{pattern: "POST /board/{uuid}/find", action: policy.PollView, serve: s.boardFind},
		{pattern: "GET /board/{uuid}/result", action: policy.PollView, serve: s.boardResult},
		{pattern: "GET /board/{uuid}/transcript.txt", action: policy.PollView, serve: s.boardTranscript},
		{pattern: "GET /board/{uuid}/transcript.json", action: policy.PollView, serve: s.boardCount},

		// What a mirror, the booth and a program that verifies ask for.
		{pattern: "GET /board/{uuid}/election.json", action: policy.PollView, serve: s.boardSetup(0)},
		{pattern: "GET /board/{uuid}/trustees.json", action: policy.PollView, serve: s.boardSetup(1)},
		{pattern: "GET /board/{uuid}/credentials.json", action: policy.PollView, serve: s.boardSetup(2)},
		{pattern: "GET /board/{uuid}/rules.json", action: policy.PollView, serve: s.boardRules},
		{pattern: "GET /board/{uuid}/notice.json", action: policy.PollView, serve: s.boardNotice},
		{pattern: "GET /board/{uuid}/roll", action: policy.PollView, serve: s.boardRoll},
		{pattern: "GET /board/{uuid}/archive.bel", action: policy.PollView, serve: s.boardArchive},
		{pattern: "GET /board/{uuid}/key", action: policy.PollView, serve: s.boardKey},
		{pattern: "GET /board/{uuid}/head", action: policy.PollView, serve: s.boardHead},
		{pattern: "GET /board/{uuid}/heads", action: policy.PollView, serve: s.boardHeads},

		// Rankings one by one: policy says who may ask, the rules of the poll who may see.
		{pattern: "GET /board/{uuid}/whole.bel", action: policy.RankingsView, serve: s.boardWhole},
		{pattern: "GET /board/{uuid}/rankings.blt", action: policy.RankingsView, serve: s.boardRankings},

		{pattern: "POST /board/{uuid}/ballots", action: policy.BallotCast, own: true, serve: s.boardCast, upload: largestBallot},
	}
}

// boardOperations are the same for programs.
func boardOperations() []operation {
	return group("Boards",
		reads("/boards", policy.PollView, "listBoards", "The public boards of votes", (*visit).apiBoards).
			note("Without a token as well, as all of this group. Archive, signed heads, rules, notice and roll are files below the board’s own address."),
		reads("/boards/{uuid}", policy.PollView, "getBoard", "One board: what is fixed, how far the archive has come, its signed head", (*visit).apiBoard),
		reads("/boards/{uuid}/trackers", policy.PollView, "listTrackers", "The ballots of a vote by tracker", (*visit).apiTrackers).
			note("In the order of their words, which tells nothing about when anybody voted."),
		reads("/boards/{uuid}/result", policy.PollView, "getBoardResult", "The declared result with what it was counted from", (*visit).apiBoardResult),
		reads("/booth", policy.PollView, "getBooth", "The pages of the polling booth with their hashes", (*visit).apiBooth),
	)
}

const fromTheBooth pageAlone = "a ballot comes from the booth in the voter’s browser, signed in as the voter; policy lets no token cast one"

func init() {
	listFiles["/board"] = "listBoards"
	pagesAlone["POST /board/{uuid}/find"] = onlyLooks
	pagesAlone["POST /board/{uuid}/ballots"] = fromTheBooth
}
