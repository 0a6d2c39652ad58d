package web

import (
	"net/http"

	"commonweal/internal/base/policy"
)

// keyRoutes are how keyholders make the key of a poll, open votes with it and destroy it.
func (s *Server) keyRoutes() []route {
	return []route{
		{pattern: "GET /keys", action: policy.OfficialView, serve: s.keyList},
		{pattern: "GET /keys/begin", action: policy.PollConduct, serve: s.keyBeginShow},
		{pattern: "POST /keys/begin", action: policy.PollConduct, serve: s.keyBegin},
		{pattern: "GET /keys/{setup}", action: policy.OfficialView, serve: s.keyShow},
		{pattern: "GET /keys/{setup}/files/{name}", action: policy.OfficialView, serve: s.keyFile},
		{pattern: "GET /keys/{setup}/mine/{name}", action: policy.KeyHold, serve: s.keyMine},
		{pattern: "POST /keys/{setup}/messages", action: policy.KeyHold, serve: s.keySend, upload: maxKeyMessage},
		{pattern: "GET /keys/{setup}/give-up", action: policy.PollConduct, serve: s.keyGiveUpShow},
		{pattern: "POST /keys/{setup}/give-up", action: policy.PollConduct, serve: s.keyGiveUp},
		{pattern: "GET /keys/{setup}/stop", action: policy.KeyHold, serve: s.keyStopShow},
		{pattern: "POST /keys/{setup}/stop", action: policy.KeyHold, serve: s.keyStop},
		{pattern: "GET /keys/{setup}/destroyed", action: policy.KeyHold, serve: s.keyDestroyedShow},
		{pattern: "POST /keys/{setup}/destroyed/review", action: policy.KeyHold, serve: s.keyDestroyedReview},
		{pattern: "POST /keys/{setup}/destroyed", action: policy.KeyHold, serve: s.keyDestroyed},

		{pattern: "GET /votes/{poll}/{contest}/open", action: policy.KeyHold, serve: s.openShow},
		{pattern: "POST /votes/{poll}/{contest}/open", action: policy.KeyHold, serve: s.openSend, upload: maxKeyWork},
		{pattern: "POST /votes/{poll}/{contest}/mix", action: policy.KeyHold, serve: s.mixSend, upload: maxKeyWork},
		{pattern: "GET /votes/{poll}/{contest}/open/{name}", action: policy.KeyHold, serve: s.openFile},
	}
}

// keyOperations are the same for programs. What keyholders do is done in person.
func keyOperations() []operation {
	return group("Keys of votes",
		reads("/keys", policy.OfficialView, "listKeys", "The keys of votes and how far their making is, the oldest first", (*visit).apiKeys),
		reads("/keys/{key}", policy.OfficialView, "getKey", "One key, with the public messages that made it", (*visit).apiKey),
		does("/keys", policy.PollConduct, "beginKey", "Begin the making of the key of a vote, or a rehearsal of it", http.StatusCreated, (*visit).apiBeginKey),
		does("/keys/{key}/give-up", policy.PollConduct, "giveUpKey", "Give a key up, so that it can be begun again", http.StatusOK, (*visit).apiGiveUpKey),
	)
}

func init() {
	byProgram["POST /keys/begin"] = []string{"beginKey"}
	byProgram["POST /keys/{setup}/give-up"] = []string{"giveUpKey"}
	for _, page := range []string{
		"/keys/{setup}/messages", "/keys/{setup}/stop", "/keys/{setup}/destroyed/review", "/keys/{setup}/destroyed",
		"/votes/{poll}/{contest}/open", "/votes/{poll}/{contest}/mix",
	} {
		pagesAlone["POST "+page] = inPerson
	}
	listFiles["/keys"] = "listKeys"
}
