package web

import (
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/friends"
)

// friendsRoutes are the friends-and-family test: where patients answer, without signing
// in, and the pages of its figures.
func (s *Server) friendsRoutes() []route {
	const root = "/surveys/friends"
	const month, point = root + "/months/{month}", root + "/points/{code}"
	return []route{
		{pattern: "GET /friends/{code}", action: policy.FriendsAnswer, serve: s.friendsAsk},
		{pattern: "POST /friends/{code}", action: policy.FriendsAnswer, serve: s.friendsTake, upload: maxAnswer},
		{pattern: "GET /friends/{code}/thanks", action: policy.FriendsAnswer, serve: s.friendsThanks},

		{pattern: "GET " + root, action: policy.FriendsView, serve: s.friendsList},
		{pattern: "GET " + month, action: policy.FriendsView, serve: s.friendsMonth},
		{pattern: "GET " + month + "/submit/{setting}", action: policy.FriendsEdit, serve: s.friendsFile},
		{pattern: "GET " + month + "/close", action: policy.FriendsEdit, serve: s.friendsClose},
		{pattern: "POST " + month + "/close", action: policy.FriendsEdit, serve: s.friendsCloseDo},
		{pattern: "GET " + month + "/cards", action: policy.FriendsEdit, serve: s.friendsStacks},
		{pattern: "GET " + month + "/cards/{stack}/strike", action: policy.FriendsEdit, serve: s.friendsStrike},
		{pattern: "POST " + month + "/cards/{stack}/strike", action: policy.FriendsEdit, serve: s.friendsStrikeDo},
		{pattern: "GET " + month + "/eligible", action: policy.FriendsEdit, serve: s.friendsEligible},
		{pattern: "POST " + month + "/eligible", action: policy.FriendsEdit, serve: s.friendsEligibleDo},
		{pattern: "GET " + friendsImportRoot, action: policy.FriendsEdit, serve: s.friendsImport},
		{pattern: "POST " + friendsImportRoot, action: policy.FriendsEdit, serve: s.friendsImportRead, upload: friends.MaxFile + 64<<10},
		{pattern: "GET " + friendsImportRoot + "/{file}", action: policy.FriendsEdit, serve: s.friendsImportDry},
		{pattern: "POST " + friendsImportRoot + "/{file}", action: policy.FriendsEdit, serve: s.friendsImportDo},
		{pattern: "GET " + root + "/past", action: policy.FriendsEdit, serve: s.friendsPast},
		{pattern: "GET " + root + "/past/{month}", action: policy.FriendsEdit, serve: s.friendsPastFile},
		{pattern: "GET " + root + "/points", action: policy.FriendsEdit, serve: s.friendsPoints},
		{pattern: "GET " + root + "/points/new", action: policy.FriendsEdit, serve: s.friendsPoint},
		{pattern: "POST " + root + "/points/new", action: policy.FriendsEdit, serve: s.friendsPointDo},
		{pattern: "GET " + point + "/edit", action: policy.FriendsEdit, serve: s.friendsPoint},
		{pattern: "POST " + point + "/edit", action: policy.FriendsEdit, serve: s.friendsPointDo},
		{pattern: "GET " + point + "/poster", action: policy.FriendsEdit, serve: s.friendsPoster},
		{pattern: "GET " + point + "/cards", action: policy.FriendsEdit, serve: s.friendsCards},
		{pattern: "POST " + point + "/cards", action: policy.FriendsEdit, serve: s.friendsCardsDo},
		{pattern: "GET " + root + "/comments", action: policy.FriendsView, serve: s.friendsComments},
		{pattern: "GET " + root + "/gate", action: policy.CommentGate, serve: s.friendsGate},
		{pattern: "POST " + root + "/gate", action: policy.CommentGate, serve: s.friendsGateDo},
		{pattern: "GET " + root + "/gate/again", action: policy.CommentGate, serve: s.friendsAgain},
		{pattern: "POST " + root + "/gate/again", action: policy.CommentGate, serve: s.friendsAgainDo},
		{pattern: "GET " + root + "/comments/{comment}/take-back", action: policy.CommentGate, serve: s.friendsTakeBack},
		{pattern: "POST " + root + "/comments/{comment}/take-back", action: policy.CommentGate, serve: s.friendsTakeBackDo},
	}
}

// friendsOperations are the same for programs.
func friendsOperations() []operation {
	return group("Friends and family",
		reads("/friends/points", policy.FriendsView, "listFriendsPoints", "Where patients are asked", (*visit).apiFriendsPoints),
		does("/friends/points", policy.FriendsEdit, "saveFriendsPoint", "Open or change a point where patients are asked", http.StatusOK, (*visit).apiSavePoint),
		does("/friends/{code}/answers", policy.FriendsAnswer, "answerFriends", "Send a patient’s answer", http.StatusOK, (*visit).apiFriendsAnswer).
			note("Without a token as well. No address, day or time is kept; the same nonce counts once."),
		reads("/friends/months", policy.FriendsView, "listFriendsMonths", "The months, as everybody may see them", (*visit).apiFriendsMonths),
		does("/friends/points/{code}/cards", policy.FriendsEdit, "keyFriendsCards", "Key a stack of cards", http.StatusCreated, (*visit).apiKeyCards),
		reads("/friends/months/{month}/cards", policy.FriendsEdit, "listFriendsCards", "The stacks of cards of a month, with those that were struck", (*visit).apiStacks),
		does("/friends/months/{month}/cards/{cards}/strike", policy.FriendsEdit, "strikeFriendsCards", "Strike a stack of cards that was keyed wrongly", http.StatusOK, (*visit).apiStrike),
		does("/friends/points/{code}/eligible", policy.FriendsEdit, "sayFriendsEligible", "Say how many patients of a point could have answered in a month", http.StatusOK, (*visit).apiEligible),
		takes("/friends/imports", policy.FriendsEdit, "importFriends", "Load patients’ answers, or months counted before, from a file", friendsFileUpload, (*visit).apiFriendsImport).
			note("One wrong row keeps the whole file out. The same file again changes nothing."),
		reads("/friends/past", policy.FriendsEdit, "listFriendsPast", "The months that were counted before, with nothing hidden", (*visit).apiFriendsPast),
		does("/friends/months/{month}/close", policy.FriendsEdit, "closeFriendsMonth", "Close a month, or correct one with a reason", http.StatusOK, (*visit).apiCloseMonth),
	)
}

func init() {
	listFiles["/surveys/friends/points"] = "listFriendsPoints"
	listFiles["/surveys/friends/months"] = "listFriendsMonths"
	byProgram["POST /friends/{code}"] = []string{"answerFriends"}
	byProgram["POST /surveys/friends/points/new"] = []string{"saveFriendsPoint"}
	byProgram["POST /surveys/friends/points/{code}/edit"] = []string{"saveFriendsPoint"}
	byProgram["POST /surveys/friends/points/{code}/cards"] = []string{"keyFriendsCards"}
	byProgram["POST /surveys/friends/months/{month}/close"] = []string{"closeFriendsMonth"}
	listFiles["/surveys/friends/past"] = "listFriendsPast"
	byProgram["POST /surveys/friends/months/{month}/cards/{stack}/strike"] = []string{"strikeFriendsCards"}
	byProgram["POST /surveys/friends/months/{month}/eligible"] = []string{"sayFriendsEligible"}
	byProgram["POST "+friendsImportRoot] = []string{"importFriends"}
	byProgram["POST "+friendsImportRoot+"/{file}"] = []string{"importFriends"}
	for _, page := range []string{"/gate", "/gate/again", "/comments/{comment}/take-back"} {
		pagesAlone["POST /surveys/friends"+page] = inPerson
	}
}
